import { PartnerError } from './errors.ts';
import { type Aim, requireText } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';
import { mayActSensitively, mayResetPassword } from './reset-rights.ts';
import { roleIds } from './role-ids.ts';

/** The person whom an operation is about; both are shown, only `userId` is acted on. */
export interface TargetUser extends JsonObject {
  userId: string;
  signInName: string;
  displayName: string;
}

export const targetId = (aim: Pick<Aim, 'operation'>): string =>
  requireText(aim.operation.args['userId'], 'userId');
export const targetName = (args: JsonObject): string => requireText(args['signInName'], 'signInName');

/** Nobody blocks, deletes or disempowers themselves by mistake. Throws `own-account`. */
export function refuseOwnAccount(aim: Aim): void {
  if (targetId(aim) === aim.operation.actor.objectId) throw new PartnerError('own-account');
}

/** A company keeps at least one Global administrator. Throws `last-global-admin`. */
export async function refuseLastGlobalAdministrator(aim: Aim): Promise<void> {
  const holders = await aim.directory.holdersOf(roleIds.globalAdministrator);
  const others = holders.filter((holder) => holder.id !== targetId(aim) && holder.accountEnabled);
  const isHolder = holders.some((holder) => holder.id === targetId(aim));
  if (isHolder && others.length === 0) throw new PartnerError('last-global-admin');
}

/** Throws `user-gone`, which trying again does not mend, when somebody deleted the person meanwhile. */
export async function refuseGone(aim: Aim): Promise<void> {
  if ((await aim.directory.userById(targetId(aim))) === undefined) throw new PartnerError('user-gone');
}

const rights = { password: mayResetPassword, sensitive: mayActSensitively } as const;

/** Roles of both and the target's support access, read now: whether the target is not this person's to touch. */
export async function isOutranked(
  { directory, operation }: Aim,
  what: keyof typeof rights,
): Promise<boolean> {
  const [me, target] = await Promise.all([directory.me(), directory.rightsOf(targetId({ operation }))]);
  return !rights[what](me.roles, target);
}

/** Throws `outranked` when the target is not this person's to touch, as things are now. */
export async function refuseOutranked(aim: Aim, what: keyof typeof rights): Promise<void> {
  if (await isOutranked(aim, what)) throw new PartnerError('outranked');
}
