import { roleWords } from '../locales/role-words.ts';
import { type Language, localeOf, type Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { SupportGroup, User } from '../partner/directory.ts';
import { roleById } from '../partner/roles.ts';
import { button } from './buttons.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import userTemplate from './templates/user.json' with { type: 'json' };
import template from './templates/users.json' with { type: 'json' };
import { type UserRights, userJobs } from './user-jobs.ts';

/** A page of users; a row opens the person's card. */
export function usersCard(
  words: Words,
  view: {
    account: Account;
    users: readonly User[];
    find: string;
    next: string | undefined;
    mayAdd: boolean;
    /** May see who was deleted, and bring them back. */
    mayRestore: boolean;
  },
): Card {
  const { users, find } = view;
  const count = users.length;
  const none = words('users.none', { find });
  const intro =
    find === ''
      ? words('users.shown', { count })
      : count === 0
        ? none
        : words('users.found', { count, find });
  const rows = users.map((user) => ({
    name: user.displayName,
    signInName: user.signInName,
    mark: user.accountEnabled ? '' : `  ${words('users.blocked')}`,
    title: user.displayName,
    data: { verb: 'user', id: user.id },
  }));
  const buttons = [
    ...(view.next === undefined
      ? []
      : [button(words('button.next-page'), 'users', { find, next: view.next })]),
    ...(view.mayAdd ? [button(words('button.add-user'), 'add-user')] : []),
    ...(view.mayRestore ? [button(words('button.deleted-users'), 'deleted-users')] : []),
    button(words('button.overview'), 'overview'),
  ];
  return render(
    template,
    {
      rows,
      find,
      findLabel: words('users.find'),
      findPlaceholder: words('users.find-placeholder'),
      findButton: words('button.find'),
      buttons,
    },
    { ...ownCompany(words, view.account), title: words('users.title'), intro },
  );
}

/** One person: what they have, and what the one who looks may do about it. */
export function userCard(
  words: Words,
  language: Language,
  view: {
    account: Account;
    user: User;
    licences: readonly string[];
    roles: readonly string[];
    support: readonly SupportGroup[];
    rights: UserRights;
  },
): Card {
  const { user, licences, roles, support, rights } = view;
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  const lines = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(', '));
  const facts = [
    { name: words('user.sign-in-name'), value: user.signInName },
    { name: words('user.status'), value: words(user.accountEnabled ? 'user.active' : 'user.blocked') },
    { name: words('user.licences'), value: lines(licences, words('user.no-licences')) },
    {
      name: words('user.roles'),
      value: lines(
        roles.map((id) => roleName(language, id)),
        words('user.no-roles'),
      ),
    },
    {
      name: words('user.support'),
      value: lines(
        support.map((group) => words(`support.${group}`)),
        words('support.none'),
      ),
    },
    {
      name: words('user.location'),
      value:
        user.usageLocation === undefined ? '–' : (countries.of(user.usageLocation) ?? user.usageLocation),
    },
  ];
  const notes = [
    ...(rights.isSelf && rights.wouldAct ? [words('user.yourself')] : []),
    ...(rights.outranked && !rights.isSelf ? [words('user.outranked')] : []),
  ];
  return render(
    userTemplate,
    {
      facts,
      notes: notes.map((text) => ({ text })),
      ...userJobs(words, user, rights),
      buttons: [button(words('button.users'), 'users'), button(words('button.overview'), 'overview')],
    },
    { ...ownCompany(words, view.account), title: words('user.title'), intro: user.displayName },
  );
}

/** A role by its name in this language, Microsoft's own beside it; one that the catalogue lacks keeps its id. */
export function roleName(language: Language, templateId: string): string {
  const role = roleById(templateId);
  if (role === undefined) return templateId;
  const { name } = roleWords(language, role.key);
  return name === role.englishName ? name : `${name} (${role.englishName})`;
}

/** Roles of which any one is enough: "A, B or C". */
export function anyRoleOf(language: Language, templateIds: readonly string[]): string {
  const list = new Intl.ListFormat(localeOf[language], { type: 'disjunction' });
  return list.format(templateIds.map((id) => roleName(language, id)));
}
