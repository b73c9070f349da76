import { visibleStep } from './one-step.ts';
import type { OperationKind } from './operation-kinds.ts';
import { newStep } from './operations.ts';
import { refuseLastGlobalAdministrator, refuseOwnAccount, targetId, targetName } from './targets.ts';

/** Takes licences, roles and support access away, then deletes; Microsoft keeps the user for 30 days. */
export const deleteUserKind: OperationKind = {
  kind: 'delete-user',
  schema: 1,
  needs: () => ['delete-user'],
  plan: () => ['free-licences', 'remove-roles', 'remove-support', 'delete'].map(newStep),
  steps: {
    'free-licences': visibleStep({
      id: 'free-licences',
      isDone: async (work) => ((await work.directory.userById(targetId(work)))?.licences ?? []).length === 0,
      async write(work) {
        const held = (await work.directory.userById(targetId(work)))?.licences ?? [];
        if (held.length > 0) await work.directory.changeLicences(targetId(work), { add: [], remove: held });
      },
    }),
    'remove-roles': visibleStep({
      id: 'remove-roles',
      optional: true,
      isDone: async (work) => (await work.directory.rolesOf(targetId(work))).length === 0,
      async write(work) {
        for (const role of await work.directory.rolesOf(targetId(work))) {
          await work.directory.removeRole(targetId(work), role);
        }
      },
    }),
    'remove-support': visibleStep({
      id: 'remove-support',
      optional: true,
      isDone: async (work) => (await work.directory.supportOf(targetId(work))).length === 0,
      async write(work) {
        for (const group of await work.directory.supportOf(targetId(work))) {
          await work.directory.removeFromSupportGroup(targetId(work), group);
        }
      },
    }),
    delete: visibleStep({
      id: 'delete',
      isDone: async (work) => (await work.directory.userById(targetId(work))) === undefined,
      write: (work) => work.directory.deleteUser(targetId(work)),
    }),
  },
  object: targetName,
  async guard(work) {
    refuseOwnAccount(work);
    await refuseLastGlobalAdministrator(work);
  },
};

/** Brings a user back within 30 days; roles and licences are given anew by hand. */
export const restoreUserKind: OperationKind = {
  kind: 'restore-user',
  schema: 1,
  needs: () => ['delete-user'],
  plan: () => [newStep('restore'), newStep('read-back')],
  steps: {
    restore: visibleStep({
      id: 'restore',
      isDone: async (work) => (await work.directory.userById(targetId(work))) !== undefined,
      write: (work) => work.directory.restoreUser(targetId(work)),
    }),
    'read-back': visibleStep({
      id: 'read-back',
      isDone: async (work) => (await work.directory.userById(targetId(work))) !== undefined,
      write: async () => undefined,
    }),
  },
  object: targetName,
};
