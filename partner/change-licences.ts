import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import type { OperationKind } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { type TargetUser, targetId, targetName } from './targets.ts';

/** SKU ids to give and to take. */
export interface ChangeLicencesWish extends TargetUser {
  add: string[];
  remove: string[];
}

const wishOf = (args: JsonObject) => args as ChangeLicencesWish;

export const changeLicencesKind: OperationKind = {
  kind: 'change-licences',
  schema: 1,
  needs: () => ['assign-licences'],
  plan: () => [newStep('licences')],
  steps: {
    licences: visibleStep({
      id: 'licences',
      async isDone(work) {
        const { add, remove } = wishOf(work.operation.args);
        const user = await work.directory.userById(targetId(work));
        if (user === undefined) throw new PartnerError('not-found');
        const has = (sku: string) => user.licences.includes(sku);
        return add.every(has) && !remove.some(has);
      },
      write(work) {
        const { add, remove } = wishOf(work.operation.args);
        return work.directory.changeLicences(targetId(work), { add, remove });
      },
    }),
  },
  object: targetName,
  undo(args) {
    const { add, remove } = wishOf(args);
    return { kind: 'change-licences', args: { ...args, add: remove, remove: add } };
  },
};
