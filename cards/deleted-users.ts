import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { DeletedUser } from '../partner/directory.ts';
import { button } from './buttons.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/deleted-users.json' with { type: 'json' };

const dayMs = 24 * 60 * 60 * 1000;
/** https://learn.microsoft.com/graph/api/resources/directory */
const keptDays = 30;

/** Who was deleted in the last 30 days, each with the way back. `now`: domain time, ms. */
export function deletedUsersCard(
  words: Words,
  view: {
    account: Account;
    users: readonly DeletedUser[];
    find: string;
    next: string | undefined;
    now: number;
  },
): Card {
  const { users, find, next, now } = view;
  const count = users.length;
  const rows = users.map((user) => {
    const at = Date.parse(user.deletedAt);
    const days = Math.max(0, Math.ceil((at + keptDays * dayMs - now) / dayMs));
    return {
      name: user.displayName || user.signInName,
      signInName: user.signInName,
      left: words('deleted-users.left', { at, days }),
      restore: words('button.restore-user'),
      data: { verb: 'restore-user', id: user.id },
    };
  });
  return render(
    template,
    {
      rows,
      find,
      findLabel: words('users.find'),
      findPlaceholder: words('users.find-placeholder'),
      findButton: words('button.find'),
      buttons: [
        ...(next === undefined ? [] : [button(words('button.next-page'), 'deleted-users', { find, next })]),
        button(words('button.users'), 'users'),
        button(words('button.overview'), 'overview'),
      ],
    },
    {
      ...ownCompany(words, view.account),
      title: words('deleted-users.title'),
      intro:
        count === 0 && find !== '' ? words('users.none', { find }) : words('deleted-users.shown', { count }),
    },
  );
}
