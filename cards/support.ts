import { roleWords } from '../locales/role-words.ts';
import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { SupportLevel } from '../partner/change-support.ts';
import type { User } from '../partner/directory.ts';
import { roleIds } from '../partner/role-ids.ts';
import { roleById } from '../partner/roles.ts';
import { supportRoles } from '../partner/support-roles.ts';
import { button } from './buttons.ts';
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
    clients: number;
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
      intro: words('support.reach', { count: view.clients }),
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

/** One person's access, and what each other choice would mean. */
export function userSupportCard(
  { words, language, account }: Reader,
  view: {
    user: User;
    now: SupportLevel;
    clients: number;
    choices: readonly { level: SupportLevel; secondPerson: boolean }[];
    /** Why other choices are missing. */
    cannot: readonly string[];
  },
): Card {
  const { user, now, clients, choices, cannot } = view;
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
    sections: [{ name: words('support.choose'), rows }],
    buttons: [
      button(words('button.open-user'), 'user', { id: user.id }),
      button(words('button.support'), 'support'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** To how many clients it applies, which roles it stands for there, and which it never does. */
export function supportWords(words: Words, language: Language, level: SupportLevel, clients: number): string {
  if (level === 'none') return words('support.takes-away', { count: clients });
  const names = supportRoles[level].map((id) => shortName(language, id));
  const list = new Intl.ListFormat(localeOf[language], { type: 'conjunction' }).format(names);
  const never = roleName(language, roleIds.globalAdministrator);
  return words('support.gives', { count: clients, roles: list, never });
}

/** In a list of many Microsoft's own names would hide the words. */
function shortName(language: Language, templateId: string): string {
  const role = roleById(templateId);
  return role === undefined ? templateId : roleWords(language, role.key).name;
}
