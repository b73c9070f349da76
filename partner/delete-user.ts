import { directLicences } from './group-licences.ts';
import { visibleStep } from './one-step.ts';
import { type OperationKind, requireText, type Work } from './operation-kinds.ts';
import { newStep } from './operations.ts';
import {
  refuseGone,
  refuseLastGlobalAdministrator,
  refuseOutranked,
  refuseOwnAccount,
  targetId,
  targetName,
} from './targets.ts';

/** What groups give goes with the user, and cannot be taken before. */
async function ownLicences(work: Work): Promise<string[]> {
  const user = await work.directory.userById(targetId(work));
  return user === undefined ? [] : directLicences(user);
}

/** Takes licences, roles and support access away, then deletes; Microsoft keeps the user for 30 days. */
export const deleteUserKind: OperationKind = {
  kind: 'delete-user',
  schema: 1,
  needs: () => ['delete-user'],
  async needsNow(aim) {
    const support = await aim.directory.supportOf(targetId(aim));
    return support.includes('full') ? ['support-full-remove'] : [];
  },
  plan: () => ['free-licences', 'remove-roles', 'remove-support', 'delete'].map(newStep),
  steps: {
    'free-licences': visibleStep({
      id: 'free-licences',
      isDone: async (work) => (await ownLicences(work)).length === 0,
      async write(work) {
        const held = await ownLicences(work);
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
  async guard(aim) {
    refuseOwnAccount(aim);
    await refuseGone(aim);
    await refuseLastGlobalAdministrator(aim);
    await refuseOutranked(aim, 'sensitive');
  },
  leaver: (args) => requireText(args['userId'], 'userId'),
};
