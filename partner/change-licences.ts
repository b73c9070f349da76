import { PartnerError } from './errors.ts';
import { directLicences } from './group-licences.ts';
import { visibleStep } from './one-step.ts';
import { type OperationKind, requireText } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { refuseGone, type TargetUser, targetId, targetName } from './targets.ts';

/** SKU ids to give and to take; `usageLocation` only for a person who has none, since Microsoft wants it first. */
export interface ChangeLicencesWish extends TargetUser {
  add: string[];
  remove: string[];
  usageLocation?: string;
}

const wishOf = (args: JsonObject) => args as ChangeLicencesWish;

export const changeLicencesKind: OperationKind = {
  kind: 'change-licences',
  schema: 1,
  needs: () => ['assign-licences'],
  plan: (args) =>
    [...(wishOf(args).usageLocation === undefined ? [] : ['usage-location']), 'licences'].map(newStep),
  steps: {
    'usage-location': visibleStep({
      id: 'usage-location',
      isDone: async (work) => (await work.directory.userById(targetId(work)))?.usageLocation !== undefined,
      write: (work) =>
        work.directory.setUsageLocation(
          targetId(work),
          requireText(work.operation.args['usageLocation'], 'usageLocation'),
        ),
    }),
    licences: visibleStep({
      id: 'licences',
      async isDone(work) {
        const { add, remove } = wishOf(work.operation.args);
        const user = await work.directory.userById(targetId(work));
        if (user === undefined) throw new PartnerError('user-gone');
        const own = directLicences(user);
        return add.every((sku) => user.licences.includes(sku)) && !remove.some((sku) => own.includes(sku));
      },
      write(work) {
        const { add, remove } = wishOf(work.operation.args);
        return work.directory.changeLicences(targetId(work), { add, remove });
      },
    }),
  },
  object: targetName,
  guard: refuseGone,
  undo(args) {
    const { add, remove, usageLocation: _stays, ...target } = wishOf(args);
    return { kind: 'change-licences', args: { ...target, add: remove, remove: add } };
  },
};
