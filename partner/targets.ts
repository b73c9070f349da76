import { PartnerError } from './errors.ts';
import { requireText, type Work } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';
import { roleIds } from './role-ids.ts';

/** The person whom an operation is about; both are shown, only `userId` is acted on. */
export interface TargetUser extends JsonObject {
  userId: string;
  signInName: string;
  displayName: string;
}

export const targetId = (work: Work): string => requireText(work.operation.args['userId'], 'userId');
export const targetName = (args: JsonObject): string => requireText(args['signInName'], 'signInName');

/** Nobody blocks, deletes or disempowers themselves by mistake. Throws `own-account`. */
export function refuseOwnAccount(work: Work): void {
  if (targetId(work) === work.operation.actor.objectId) throw new PartnerError('own-account');
}

/** A company keeps at least one Global administrator. Throws `last-global-admin`. */
export async function refuseLastGlobalAdministrator(work: Work): Promise<void> {
  const holders = await work.directory.holdersOf(roleIds.globalAdministrator);
  const others = holders.filter((holder) => holder.id !== targetId(work) && holder.accountEnabled);
  const isHolder = holders.some((holder) => holder.id === targetId(work));
  if (isHolder && others.length === 0) throw new PartnerError('last-global-admin');
}
