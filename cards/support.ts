import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { SupportLevel } from '../partner/change-support.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { User } from '../partner/directory.ts';
import { roleIds } from '../partner/role-ids.ts';
import { supportRoles } from '../partner/support-roles.ts';
import { button } from './buttons.ts';
import { roleList } from './delegation-terms.ts';
import { idOf } from './delegations.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';
import { roleName } from './users.ts';

interface Reader {
  words: Words;
  language: Language;
  account: Account;
}

/** Who may administer the companies we support; a press on a person leads to their access. */
export function supportCard(
  { words, account }: Omit<Reader, 'language'>,
  view: {
    /** How many let us support them; null where Microsoft does not show that to this person. */
    clients: number | null;
    full: { items: readonly User[]; total: number };
    limited: { items: readonly User[]; total: number };
    /** Where the next page begins. */
    next: number | undefined;
    /** May change somebody's access. */
    mayChange: boolean;
  },
): Card {
  const { full, limited, next } = view;
  const row = ({ id, displayName, signInName, accountEnabled }: User): Row => ({
    title: displayName,
    small: signInName,
    ...(accountEnabled ? {} : { mark: words('users.blocked') }),
    open: { verb: 'user-support', id },
  });
  const section = (level: 'full' | 'limited', { items, total }: typeof full) => ({
    name: words('support.section', { level: words(`support.${level}`), count: total }),
    rows: items.map(row),
  });
  const nobody = full.total + limited.total === 0;
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('support.title'),
      intro: view.clients === null ? '' : words('support.reach', { count: view.clients }),
    },
    paragraphs: nobody ? [words('support.nobody')] : [],
    sections: [section('full', full), section('limited', limited)],
    note: view.mayChange ? words('support.change-hint') : '',
    buttons: [
      ...(next === undefined ? [] : [button(words('button.next-page'), 'support', { from: String(next) })]),
      button(words('button.users'), 'users'),
      button(words('button.roles'), 'roles'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** What a support group may do at one client. */
export interface ClientReach {
  delegation: Delegation;
  /** Template ids. */
  roles: readonly string[];
}

/** One person's access, where it works, and what each other choice would mean. */
export function userSupportCard(
  { words, language, account }: Reader,
  view: {
    user: User;
    now: SupportLevel;
    clients: number | null;
    choices: readonly { level: SupportLevel; secondPerson: boolean }[];
    /** Why other choices are missing. */
    cannot: readonly string[];
    /** Where this access works now, one page of it. */
    reach: readonly ClientReach[];
    /** Microsoft told this person about all of it. */
    isReachShown: boolean;
    /** Where the next page begins. */
    next: number | undefined;
  },
): Card {
  const { user, now, clients, choices, cannot, reach, isReachShown, next } = view;
  const isEmpty = now !== 'none' && reach.length === 0 && next === undefined;
  const rows = choices.map(
    ({ level, secondPerson }): Row => ({
      title: words(`support.to.${level}`),
      ...(secondPerson ? { mark: words('roles.second-person') } : {}),
      detail: supportWords(words, language, level, clients),
      open: { verb: 'support-choose', id: user.id, to: level },
    }),
  );
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('support.of-title'),
      intro: `${user.displayName} · ${user.signInName}`,
    },
    paragraphs: [words('support.now', { level: words(`support.${now}`) }), ...cannot],
    sections: [
      { name: words('support.clients'), rows: reach.map((each) => reachRow(words, language, each)) },
      { name: words('support.choose'), rows },
    ],
    note: !isReachShown ? words('support.not-shown') : isEmpty ? words('support.no-clients') : '',
    buttons: [
      ...(next === undefined
        ? []
        : [button(words('support.more-clients'), 'user-support', { id: user.id, from: String(next) })]),
      button(words('button.open-user'), 'user', { id: user.id }),
      button(words('button.support'), 'support'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** A client, the roles there, and until when. */
function reachRow(words: Words, language: Language, { delegation, roles }: ClientReach): Row {
  const { client, endsAt, terms } = delegation;
  return {
    title: client.name,
    small: [
      endsAt === null ? '' : words('support.until', { at: new Date(endsAt) }),
      terms.autoExtend ? words('delegation-offer.extends') : '',
    ]
      .filter(Boolean)
      .join(' · '),
    detail: roleList(language, roles),
    open: { verb: 'delegation-open', ...idOf(delegation) },
  };
}

/** To how many clients it applies where that is known, which roles it stands for there, and which it never does. */
export function supportWords(
  words: Words,
  language: Language,
  level: SupportLevel,
  clients: number | null,
): string {
  if (level === 'none') return words('support.takes-away');
  const gives = words('support.gives', {
    roles: roleList(language, supportRoles[level]),
    never: roleName(language, roleIds.globalAdministrator),
  });
  return clients === null ? gives : `${words('support.applies', { count: clients })} ${gives}`;
}
