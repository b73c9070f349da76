import { requireCapability } from '../partner/authorise.ts';
import type { CapabilityId } from '../partner/capabilities.ts';
import type { User } from '../partner/directory.ts';
import { directLicences } from '../partner/group-licences.ts';
import type { JsonObject } from '../partner/operations.ts';
import { inheritedOf } from './inherited-licences.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { pressedUser, targetOf } from './person.ts';
import type { Turn } from './turn.ts';
import { showUser } from './users.ts';

/** A button on a person's card that leads straight to the review of one wish. */
function wishButton(
  kind: string,
  capability: CapabilityId,
  more: (turn: Turn, user: User) => Promise<JsonObject> = async () => ({}),
) {
  return async (turn: Turn, stage: Stage, pressed: Pressed): Promise<void> => {
    requireCapability(capability, await turn.situation());
    const user = await pressedUser(turn, pressed);
    if (user === undefined) return;
    await stage.begin('wish', { kind, args: { ...targetOf(user), ...(await more(turn, user)) } });
  };
}

/** Blocks or unblocks; who pressed a card that is no longer true sees how things are. */
function blockButton(kind: 'block-user' | 'unblock-user') {
  const begin = wishButton(kind, 'block-user');
  return async (turn: Turn, stage: Stage, pressed: Pressed): Promise<void> => {
    const user = await pressedUser(turn, pressed);
    if (user === undefined) return;
    const isSo = user.accountEnabled === (kind === 'unblock-user');
    return isSo ? showUser(turn, pressed) : begin(turn, stage, pressed);
  };
}

/** What the deletion sets free, for the review: read now, and looked up anew by each step. */
async function whatIsFreed(turn: Turn, user: User): Promise<JsonObject> {
  const directory = turn.directory();
  const [roles, support, groupLicences, work] = await Promise.all([
    directory.rolesOf(user.id),
    directory.supportOf(user.id),
    inheritedOf(turn, user),
    turn.records.waitingWorkOf(user.id),
  ]);
  return { licences: directLicences(user), groupLicences, roles, support, work: work.length };
}

export const userJobsJob: Job = {
  presses: {
    'block-user': blockButton('block-user'),
    'unblock-user': blockButton('unblock-user'),
    'user-password': wishButton('new-password', 'new-password'),
    'delete-user': wishButton('delete-user', 'delete-user', whatIsFreed),
  },
};
