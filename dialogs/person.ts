import { z } from 'zod';
import type { User } from '../partner/directory.ts';
import type { TargetUser } from '../partner/targets.ts';
import type { Pressed } from './job.ts';
import type { Turn } from './turn.ts';

const objectId = z.guid();

/** The user whom a press names, read from Microsoft now; says so and gives nothing when there is none. */
export async function pressedUser(turn: Turn, pressed: Pressed): Promise<User | undefined> {
  turn.requireAccount();
  const id = objectId.safeParse(pressed.text('id'));
  const user = id.success ? await turn.directory().userById(id.data) : undefined;
  if (user === undefined) {
    const reference = turn.reference({ problem: 'user.not-found' });
    turn.say(`${turn.words('user.not-found')} ${turn.words('error.reference', { reference })}`);
  }
  return user;
}

/** The part of a wish that names the person. */
export function targetOf(user: Pick<User, 'id' | 'signInName' | 'displayName'>): TargetUser {
  const { id, signInName, displayName } = user;
  return { userId: id, signInName, displayName };
}

/** Where a page of a list begins; what was pressed is not believed. */
export function pageStart(pressed: Pressed): number {
  const from = Number(pressed.text('from') ?? 0);
  return Number.isSafeInteger(from) && from > 0 && from < 10_000 ? from : 0;
}
