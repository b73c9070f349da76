import { roleWords } from '../locales/role-words.ts';
import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { needsForRole } from '../partner/change-role.ts';
import type { User } from '../partner/directory.ts';
import { type Role, roleById } from '../partner/roles.ts';
import { type Button, button, mainButton } from './buttons.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';

interface Reader {
  words: Words;
  language: Language;
  account: Account;
}

interface Paged<T> {
  items: readonly T[];
  /** Where the next page begins; undefined on the last. */
  next: number | undefined;
}

/** Which admin roles are held in the company, each with how many people hold it. */
export function rolesCard(
  { words, language, account }: Reader,
  view: { roles: Paged<{ roleTemplateId: string; holders: number }>; total: number },
): Card {
  const { roles, total } = view;
  const rows = roles.items.map(
    ({ roleTemplateId, holders }): Row => ({
      ...naming(language, roleTemplateId),
      detail: words('roles.holders', { count: holders }),
      open: { verb: 'role', role: roleTemplateId },
    }),
  );
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('roles.title'),
      intro: words('roles.intro', { count: total }),
    },
    sections: [{ name: '', rows }],
    note: words('roles.direct'),
    buttons: [
      ...nextButton(words, 'roles', roles.next),
      button(words('button.users'), 'users'),
      button(words('button.support'), 'support'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** Who holds one role. */
export function roleCard(
  { words, language, account }: Reader,
  view: { role: string; holders: Paged<User>; total: number; mayRemove: boolean },
): Card {
  const { role, holders, total, mayRemove } = view;
  const { title, small = '' } = naming(language, role);
  const known = roleById(role);
  const rows = holders.items.map(
    ({ id, displayName, signInName, accountEnabled }): Row => ({
      title: displayName,
      small: signInName,
      ...(accountEnabled ? {} : { mark: words('users.blocked') }),
      open: { verb: 'user', id },
      ...(mayRemove ? { side: button(words('button.remove-role'), 'role-remove', { id, role }) } : {}),
    }),
  );
  return rowsCard({
    frame: { ...ownCompany(words, account), title, intro: small },
    paragraphs: [
      ...(known === undefined ? [] : [roleWords(language, known.key).what]),
      words('roles.holders', { count: total }),
    ],
    sections: [{ name: '', rows }],
    buttons: [
      ...nextButton(words, 'role', holders.next, { role }),
      button(words('button.roles'), 'roles'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** The roles of one person. */
export function userRolesCard(
  { words, language, account }: Reader,
  view: { user: User; roles: readonly string[]; mayChange: boolean; cannot: string },
): Card {
  const { user, roles, mayChange, cannot } = view;
  const { id } = user;
  const rows = roles.map(
    (role): Row => ({
      ...naming(language, role),
      detail: sentence(language, role),
      open: { verb: 'role', role },
      ...(mayChange ? { side: button(words('button.remove-role'), 'role-remove', { id, role }) } : {}),
    }),
  );
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('roles.of-title'),
      intro: `${user.displayName} · ${user.signInName}`,
    },
    paragraphs: [...(roles.length === 0 ? [words('user.no-roles')] : []), ...(cannot === '' ? [] : [cannot])],
    sections: [{ name: '', rows }],
    buttons: [
      ...(mayChange ? [mainButton(words('button.grant-role'), 'role-choose', { id })] : []),
      button(words('button.open-user'), 'user', { id }),
      button(words('button.roles'), 'roles'),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** Roles that this person does not hold yet; a press on one goes to the review. */
export function chooseRoleCard(
  { words, language, account }: Reader,
  view: { user: User; roles: Paged<Role> },
): Card {
  const { user, roles } = view;
  const rows = roles.items.map(
    ({ templateId: role }): Row => ({
      ...naming(language, role),
      ...(needsForRole(role) === 'grant-privileged-role' ? { mark: words('roles.second-person') } : {}),
      detail: sentence(language, role),
      open: { verb: 'role-grant', id: user.id, role },
    }),
  );
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('button.grant-role'),
      intro: words('roles.choose', { name: user.displayName }),
    },
    sections: [{ name: '', rows }],
    buttons: [
      ...nextButton(words, 'role-choose', roles.next, { id: user.id }),
      button(words('button.user-roles'), 'user-roles', { id: user.id }),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** A role's name with Microsoft's own in small; one that the catalogue lacks keeps its id. */
function naming(language: Language, templateId: string): Pick<Row, 'title' | 'small'> {
  const role = roleById(templateId);
  if (role === undefined) return { title: templateId };
  const { name } = roleWords(language, role.key);
  return name === role.englishName ? { title: name } : { title: name, small: role.englishName };
}

function sentence(language: Language, templateId: string): string {
  const role = roleById(templateId);
  return role === undefined ? '' : roleWords(language, role.key).what;
}

function nextButton(
  words: Words,
  verb: string,
  next: number | undefined,
  more: Readonly<Record<string, string>> = {},
): Button[] {
  return next === undefined ? [] : [button(words('button.next-page'), verb, { ...more, from: String(next) })];
}
