import type { DelegationTerms } from './delegation-terms.ts';
import { PartnerError } from './errors.ts';
import {
  type FollowedDelegation,
  type OperationKind,
  requireText,
  type StepDefinition,
  type Work,
} from './operation-kinds.ts';
import { type JsonObject, newStep, type Operation } from './operations.ts';
import {
  eitherReader,
  hasEnded,
  isMicrosofts,
  keptOf,
  lookUp,
  readFrom,
  soon,
} from './relationship-reading.ts';

/** One relationship of the partner, made by the bot or elsewhere; `clientName` is for people. */
export interface DelegationTarget extends JsonObject {
  delegationId: string;
  relationshipId: string;
  clientName: string;
  /** As they were when this was confirmed; one that was stored before has none. */
  terms?: DelegationTerms;
  endsAt?: number | null;
  /** Another one with this client was in force when this was confirmed. */
  isOneOfMore?: boolean;
}

const targetOf = (args: JsonObject) => args as DelegationTarget;
const idOf = ({ operation }: Work) => targetOf(operation.args).relationshipId;

/** How an operation that changes one relationship is followed: what its last step read, once it is done. */
export function changedDelegation(
  { args, status, steps }: Operation,
  stage: 'under-way' | 'ended',
): FollowedDelegation {
  const { delegationId, relationshipId } = targetOf(args);
  const isDone = status === 'done';
  return {
    ...{ delegationId, relationshipId, carries: false, step: '', reason: '' },
    stage: isDone ? stage : 'under-way',
    relationship: isDone ? readFrom(steps.at(-1)?.result?.['relationship']) : undefined,
  };
}

/**
 * What was never locked is removed, everything else is asked to end.
 * https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-requests
 */
const endStep: StepDefinition = {
  id: 'end',
  async run(work) {
    const relationship = await lookUp(work.relationships, idOf(work));
    if (relationship === undefined || hasEnded(relationship)) return {};
    if (isMicrosofts(relationship)) throw new PartnerError('relationship-refused');
    const isNew = relationship.status === 'created';
    await (isNew ? work.relationships.remove(idOf(work)) : work.relationships.terminate(idOf(work)));
    return {};
  },
  async find(work) {
    const relationship = await lookUp(work.relationships, idOf(work));
    const isEnding = relationship === undefined || hasEnded(relationship);
    return isEnding ? { happened: true, result: {} } : { happened: false };
  },
};

const ended: readonly string[] = ['expired', 'terminated'];

/** Done when Microsoft says that nobody has access any more. */
async function lookForEnd(work: Work): Promise<JsonObject> {
  const relationship = await lookUp(eitherReader(work), idOf(work));
  if (relationship === undefined) return {};
  if (!ended.includes(relationship.status)) throw new PartnerError('not-visible-yet');
  return { relationship: keptOf(relationship) };
}

const endedStep: StepDefinition = {
  id: 'ended',
  unattended: true,
  run: lookForEnd,
  find: async (work) => ({ happened: true, result: await lookForEnd(work) }),
  onlyReads: true,
  waitsFor: { 'not-visible-yet': { ...soon, forMs: 2 * 60 * 60 * 1000, afterwards: 'not-visible-yet' } },
};

/** Ends delegated administration of one client, for good. */
export const endDelegationKind: OperationKind = {
  kind: 'end-delegation',
  schema: 1,
  needs: () => ['end-delegation'],
  plan: () => [newStep('end'), newStep('ended')],
  steps: { end: endStep, ended: endedStep },
  object: (args) => requireText(args['clientName'], 'clientName'),
  followsDelegation: (operation) => changedDelegation(operation, 'ended'),
};
