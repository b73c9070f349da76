import { visibleStep } from './one-step.ts';
import type { OperationKind } from './operation-kinds.ts';
import { newStep } from './operations.ts';
import {
  refuseGone,
  refuseLastGlobalAdministrator,
  refuseOutranked,
  refuseOwnAccount,
  targetId,
  targetName,
} from './targets.ts';

const revokeStep = {
  id: 'revoke-sessions',
  async run(work: Parameters<NonNullable<OperationKind['guard']>>[0]) {
    await work.directory.revokeSessions(targetId(work));
    return {};
  },
  // Ending sessions twice does no harm.
  find: async () => ({ happened: false }) as const,
};

/** Blocks sign-in and ends all sessions. */
export const blockUserKind: OperationKind = {
  kind: 'block-user',
  schema: 1,
  needs: () => ['block-user'],
  plan: () => [newStep('block'), newStep('revoke-sessions')],
  steps: {
    block: visibleStep({
      id: 'block',
      isDone: async (work) => (await work.directory.userById(targetId(work)))?.accountEnabled === false,
      write: (work) => work.directory.setAccountEnabled(targetId(work), false),
    }),
    'revoke-sessions': revokeStep,
  },
  object: targetName,
  async guard(aim) {
    refuseOwnAccount(aim);
    await refuseGone(aim);
    await refuseLastGlobalAdministrator(aim);
    await refuseOutranked(aim, 'sensitive');
  },
  undo: (args) => ({ kind: 'unblock-user', args }),
};

export const unblockUserKind: OperationKind = {
  kind: 'unblock-user',
  schema: 1,
  needs: () => ['block-user'],
  plan: () => [newStep('unblock')],
  steps: {
    unblock: visibleStep({
      id: 'unblock',
      isDone: async (work) => (await work.directory.userById(targetId(work)))?.accountEnabled === true,
      write: (work) => work.directory.setAccountEnabled(targetId(work), true),
    }),
  },
  object: targetName,
  async guard(aim) {
    await refuseGone(aim);
    await refuseOutranked(aim, 'sensitive');
  },
  undo: (args) => ({ kind: 'block-user', args }),
};
