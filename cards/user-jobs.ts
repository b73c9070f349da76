import type { Words } from '../locales/words.ts';
import type { User } from '../partner/directory.ts';
import { type Button, button } from './buttons.ts';

/** What the one who looks may do to this person. */
export interface UserRights {
  edit: boolean;
  licences: boolean;
  password: boolean;
  roles: boolean;
  support: boolean;
  block: boolean;
  remove: boolean;
  /** It is the one who looks. */
  isSelf: boolean;
  /** Has the right for one of these, were it not for this person's rank. */
  outranked: boolean;
  /** Has the right for one of these, were it not for themselves. */
  wouldAct: boolean;
}

/** As many as a phone shows in a row or two, beside the ways on. */
const shownAtOnce = 4;

/** The jobs that begin on a person's card, the daily ones first; the rest waits behind one button. */
export function userJobs(
  words: Words,
  user: User,
  rights: UserRights,
): { jobs: readonly Button[]; more: string; moreJobs: readonly Button[] } {
  const id = { id: user.id };
  const block = user.accountEnabled
    ? button(words('button.block-user'), 'block-user', id)
    : button(words('button.unblock-user'), 'unblock-user', id);
  const all: readonly Button[] = [
    ...(rights.edit ? [button(words('button.edit-user'), 'edit-user', id)] : []),
    ...(rights.licences ? [button(words('button.change-licences'), 'user-licences', id)] : []),
    ...(rights.password ? [button(words('button.new-password'), 'user-password', id)] : []),
    ...(rights.roles ? [button(words('button.user-roles'), 'user-roles', id)] : []),
    ...(rights.support ? [button(words('button.user-support'), 'user-support', id)] : []),
    ...(rights.block ? [block] : []),
    ...(rights.remove
      ? [{ ...button(words('button.delete-user'), 'delete-user', id), style: 'destructive' as const }]
      : []),
  ];
  if (all.length <= shownAtOnce) return { jobs: all, more: '', moreJobs: [] };
  const first = all.slice(0, shownAtOnce - 1);
  return { jobs: first, more: words('button.more'), moreJobs: all.slice(first.length) };
}
