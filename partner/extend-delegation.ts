import { includesGlobalAdministrator } from './delegation-terms.ts';
import { changedDelegation, type DelegationTarget } from './end-delegation.ts';
import { PartnerError } from './errors.ts';
import { type OperationKind, requireText, type StepDefinition, type Work } from './operation-kinds.ts';
import { type JsonObject, newStep } from './operations.ts';
import { isMicrosofts, keptOf, requireAlive, soon } from './relationship-reading.ts';

const idOf = ({ operation }: Work) => (operation.args as DelegationTarget).relationshipId;

/** Undefined while it does not extend by itself. */
async function extended(work: Work): Promise<JsonObject | undefined> {
  const relationship = await requireAlive(work.relationships, idOf(work));
  return relationship.autoExtend ? { relationship: keptOf(relationship) } : undefined;
}

/** https://learn.microsoft.com/graph/api/delegatedadminrelationship-update */
const extendStep: StepDefinition = {
  id: 'extend',
  async run(work) {
    const relationship = await requireAlive(work.relationships, idOf(work));
    const isPossible = !isMicrosofts(relationship) && !includesGlobalAdministrator(relationship);
    if (!isPossible) throw new PartnerError('relationship-refused');
    await work.relationships.setAutoExtend(idOf(work), true);
    const result = await extended(work);
    if (result === undefined) throw new PartnerError('not-visible-yet');
    return result;
  },
  async find(work) {
    const result = await extended(work);
    return result === undefined ? { happened: false } : { happened: true, result };
  },
  waitsFor: {
    'changed-meanwhile': { ...soon, afterwards: 'changed-meanwhile' },
    'not-found': { ...soon, forMs: 60_000, afterwards: 'delegation-ended' },
  },
};

/** Lets delegated administration of one client go on by itself, 180 days at a time; the client can end it any time. */
export const extendDelegationKind: OperationKind = {
  kind: 'extend-delegation',
  schema: 1,
  needs: () => ['extend-delegation'],
  plan: () => [newStep('extend')],
  steps: { extend: extendStep },
  object: (args) => requireText(args['clientName'], 'clientName'),
  followsDelegation: (operation) => changedDelegation(operation, 'under-way'),
};
