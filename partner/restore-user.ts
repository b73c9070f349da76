import { deletedUserById } from './deleted-user.ts';
import { PartnerError } from './errors.ts';
import { type Aim, type OperationKind, resultOf, type StepDefinition, type Work } from './operation-kinds.ts';
import { newStep, type Step } from './operations.ts';
import { roleIds } from './role-ids.ts';
import { isOutranked, targetId, targetName } from './targets.ts';

/** Throws `restored-name-taken`: another name can be given only by hand, in Microsoft's portal. */
async function restore(work: Work): Promise<void> {
  try {
    await work.directory.restoreUser(targetId(work));
  } catch (error) {
    if (!(error instanceof PartnerError) || error.code !== 'sign-in-name-taken') throw error;
    throw nameTaken(work, error);
  }
}

function nameTaken({ operation }: Aim, cause?: PartnerError): PartnerError {
  const details = { signInName: targetName(operation.args) };
  return new PartnerError('restored-name-taken', { details, cause, requestId: cause?.requestId });
}

const isEnabled = async (work: Work) =>
  (await work.directory.userById(targetId(work)))?.accountEnabled === true;

/**
 * Whoever was deleted elsewhere comes back with their groups, which nobody can read before:
 * https://learn.microsoft.com/graph/api/user-delete . So, unless a Global administrator restores them, they come back
 * blocked, in the same breath, and are let in once it is seen that the actor may touch them.
 */
const restoreStep: StepDefinition = {
  id: 'restore',
  async before(work) {
    const [{ roles }, deleted] = await Promise.all([
      work.directory.me(),
      deletedUserById(work.directory, targetId(work)),
    ]);
    const wasEnabled = deleted?.accountEnabled === true;
    return { before: { holds: wasEnabled && !roles.includes(roleIds.globalAdministrator) } };
  },
  async run(work) {
    await restore(work);
    if (holds(work.step)) await work.directory.setAccountEnabled(targetId(work), false);
    if (!(await isBack(work))) throw new PartnerError('not-visible-yet');
    return { holds: holds(work.step) };
  },
  async find(work) {
    return (await isBack(work))
      ? { happened: true, result: { holds: holds(work.step) } }
      : { happened: false };
  },
};

const holds = ({ before }: Step) => before?.['holds'] === true;

async function isBack(work: Work): Promise<boolean> {
  const user = await work.directory.userById(targetId(work));
  return user !== undefined && !(holds(work.step) && user.accountEnabled);
}

/** Who outranks the actor stays blocked until a Global administrator lets them in, as if nobody had restored them. */
const holdStep: StepDefinition = {
  id: 'hold',
  async run(work) {
    const blocked = await isOutranked(work, 'sensitive');
    const isHeld = resultOf(work.operation, 'restore')['holds'] === true;
    if (blocked || isHeld) await work.directory.setAccountEnabled(targetId(work), !blocked);
    if ((blocked || isHeld) && (await isEnabled(work)) === blocked) throw new PartnerError('not-visible-yet');
    return { blocked };
  },
  find: async () => ({ happened: false }),
};

/** Brings a user back within 30 days; what our own deletion took away is given anew by hand. */
export const restoreUserKind: OperationKind = {
  kind: 'restore-user',
  schema: 2,
  needs: () => ['delete-user'],
  plan: () => [newStep('restore'), newStep('hold')],
  steps: {
    restore: restoreStep,
    hold: holdStep,
  },
  object: targetName,
  async guard(aim) {
    const holder = await aim.directory.userBySignInName(targetName(aim.operation.args));
    if (holder !== undefined && holder.id !== targetId(aim)) throw nameTaken(aim);
  },
};
