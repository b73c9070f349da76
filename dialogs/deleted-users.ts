import { deletedUsersCard } from '../cards/deleted-users.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { DeletedUser } from '../partner/directory.ts';
import type { Job, Stage } from './job.ts';
import { targetOf } from './person.ts';
import type { Turn } from './turn.ts';

const usersPerPage = 6;

async function showDeleted(turn: Turn, query: { find: string; next: string | undefined }): Promise<void> {
  const account = turn.requireAccount();
  requireCapability('delete-user', await turn.situation());
  const find = query.find.slice(0, 200);
  const page = await turn
    .directory()
    .deletedUsers({ find: find || undefined, next: query.next, size: usersPerPage });
  const { items: users, next } = page;
  turn.show(deletedUsersCard(turn.words, { account, users, find, next, now: turn.now }));
}

/** Nobody deletes more in 30 days through a chat; whoever is further back is found by name. */
const mostPages = 3;

async function deletedUser(turn: Turn, id: string): Promise<DeletedUser | undefined> {
  let next: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const found = await turn.directory().deletedUsers({ next, size: 999 });
    const user = found.items.find((each) => each.id === id);
    if (user !== undefined || found.next === undefined) return user;
    next = found.next;
  }
  return undefined;
}

async function restore(turn: Turn, stage: Stage, id: string): Promise<void> {
  requireCapability('delete-user', await turn.situation());
  const user = await deletedUser(turn, id);
  if (user === undefined) {
    const reference = turn.reference({ problem: 'deleted-users.gone' });
    return turn.say(`${turn.words('deleted-users.gone')} ${turn.words('error.reference', { reference })}`);
  }
  await stage.begin('wish', { kind: 'restore-user', args: targetOf(user) });
}

export const deletedUsersJob: Job = {
  commands: {
    'deleted-users': (turn, _stage, rest) => showDeleted(turn, { find: rest, next: undefined }),
  },
  presses: {
    'deleted-users': (turn, _stage, pressed) =>
      showDeleted(turn, { find: pressed.text('find') ?? '', next: pressed.text('next') }),
    'restore-user': (turn, stage, pressed) => restore(turn, stage, pressed.text('id') ?? ''),
  },
};
