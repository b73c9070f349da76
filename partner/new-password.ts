import { requireCapability } from './authorise.ts';
import { type OperationKind, requireText } from './operation-kinds.ts';
import { newStep, type Operation, type Step } from './operations.ts';
import { newPassword, passwordLifetimeMs } from './passwords.ts';

export const newPasswordSteps = (): Step[] => [newStep('set-password')];

const userIdOf = (operation: Operation) => requireText(operation.args['userId'], 'userId');

/**
 * A new password for a user that the bot has just added, when the first was not revealed in time.
 * The same password is sent again after an unknown outcome, so a repeat changes nothing.
 */
export function createNewPassword(deps: { randomBelow(bound: number): number }): OperationKind {
  return {
    kind: 'new-password',
    schema: 1,
    authorise: (_operation, situation) => requireCapability('new-password', situation),
    steps: {
      'set-password': {
        id: 'set-password',
        async before() {
          return {
            before: {},
            secret: { value: newPassword(deps.randomBelow), lifetimeMs: passwordLifetimeMs },
          };
        },
        async run({ directory, operation, secret }) {
          await directory.setPassword(userIdOf(operation), await secret());
          return { userId: userIdOf(operation) };
        },
        async find() {
          return { happened: false };
        },
      },
    },
    object: (operation) => requireText(operation.args['signInName'], 'signInName'),
  };
}
