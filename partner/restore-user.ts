import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import type { Aim, OperationKind, StepDefinition, Work } from './operation-kinds.ts';
import { newStep } from './operations.ts';
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
 * https://learn.microsoft.com/graph/api/user-delete . Where that makes them somebody whom the actor must not touch,
 * their sign-in is blocked until a Global administrator allows it, as if nobody had restored them.
 */
const holdStep: StepDefinition = {
  id: 'hold',
  async run(work) {
    if (!(await isOutranked(work, 'sensitive'))) return { blocked: false };
    await work.directory.setAccountEnabled(targetId(work), false);
    if (await isEnabled(work)) throw new PartnerError('not-visible-yet');
    return { blocked: true };
  },
  async find(work) {
    if (await isEnabled(work)) return { happened: false };
    return { happened: true, result: { blocked: await isOutranked(work, 'sensitive') } };
  },
};

/** Brings a user back within 30 days; what our own deletion took away is given anew by hand. */
export const restoreUserKind: OperationKind = {
  kind: 'restore-user',
  schema: 2,
  needs: () => ['delete-user'],
  plan: () => [newStep('restore'), newStep('hold')],
  steps: {
    restore: visibleStep({
      id: 'restore',
      isDone: async (work) => (await work.directory.userById(targetId(work))) !== undefined,
      write: restore,
    }),
    hold: holdStep,
  },
  object: targetName,
  async guard(aim) {
    const holder = await aim.directory.userBySignInName(targetName(aim.operation.args));
    if (holder !== undefined && holder.id !== targetId(aim)) throw nameTaken(aim);
  },
};
