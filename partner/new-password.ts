import { type OperationKind, requireText } from './operation-kinds.ts';
import { newStep } from './operations.ts';
import { newPassword, passwordLifetimeMs } from './passwords.ts';
import { refuseGone, refuseOutranked, refuseOwnAccount, targetName } from './targets.ts';

/**
 * A new password for a user, which must be changed at the next sign-in. The same password is sent again after an
 * unknown outcome, so a repeat changes nothing.
 */
export const newPasswordKind: OperationKind = {
  kind: 'new-password',
  schema: 1,
  needs: () => ['new-password'],
  plan: () => [newStep('set-password')],
  steps: {
    'set-password': {
      id: 'set-password',
      async before({ randomBelow }) {
        return { before: {}, secret: { value: newPassword(randomBelow), lifetimeMs: passwordLifetimeMs } };
      },
      async run({ directory, operation, secret }) {
        const userId = requireText(operation.args['userId'], 'userId');
        await directory.setPassword(userId, await secret());
        return { userId };
      },
      async find() {
        return { happened: false };
      },
    },
  },
  object: targetName,
  async guard(aim) {
    refuseOwnAccount(aim);
    await refuseGone(aim);
    await refuseOutranked(aim, 'password');
  },
};
