import { deletedUsersCard } from '../cards/deleted-users.ts';
import { requireCapability } from '../partner/authorise.ts';
import { deletedUserById } from '../partner/deleted-user.ts';
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

async function restore(turn: Turn, stage: Stage, id: string): Promise<void> {
  requireCapability('delete-user', await turn.situation());
  const user = await deletedUserById(turn.directory(), id);
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
