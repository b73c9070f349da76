import { accessStep, consentStep, probeStep } from './delegate-access.ts';
import { activatedStep, approvedStep, lockStep, readableStep, requestStep } from './delegate-request.ts';
import type { DelegateWish } from './delegate-wish.ts';
import { problemsOfDelegation } from './delegation-terms.ts';
import { endedCodes, PartnerError } from './errors.ts';
import {
  type FollowedDelegation,
  type OperationKind,
  requireText,
  resultOf,
  type StepDefinition,
} from './operation-kinds.ts';
import { currentStep, type JsonObject, newStep, type Operation } from './operations.ts';
import { readFrom } from './relationship-reading.ts';

const wishOf = (args: JsonObject) => args as DelegateWish;

const steps: Readonly<Record<string, StepDefinition>> = {
  request: requestStep,
  readable: readableStep,
  lock: lockStep,
  approved: approvedStep,
  activated: activatedStep,
  access: accessStep,
  consent: consentStep,
  probe: probeStep,
};

function stageOf({ status }: Operation, reason: string): FollowedDelegation['stage'] {
  if (status === 'done') return 'usable';
  if (status === 'cancelled') return 'failed';
  if (status !== 'failed') return 'under-way';
  return endedCodes.some((code) => code === reason) ? 'ended' : 'failed';
}

function followsDelegation(operation: Operation): FollowedDelegation {
  const step = currentStep(operation);
  const { relationshipId } = resultOf(operation, 'request');
  const reason = step?.error?.code ?? '';
  return {
    delegationId: wishOf(operation.args).delegationId,
    carries: true,
    stage: stageOf(operation, reason),
    relationshipId: typeof relationshipId === 'string' ? relationshipId : null,
    relationship: operation.steps
      .map(({ result }) => readFrom(result?.['relationship']))
      .findLast((read) => read !== undefined),
    step: step?.id ?? '',
    reason,
  };
}

/**
 * Delegated administration from the client's yes to the first call that works: request → readable → lock → approved by
 * the client → activated → access → consent → probe. One relationship, whatever happens.
 */
export const delegateKind: OperationKind = {
  kind: 'delegate',
  schema: 1,
  needs: () => ['offer-delegation'],
  plan: () => Object.keys(steps).map(newStep),
  steps,
  object: (args) => requireText(wishOf(args).client.name, 'client'),
  async guard({ operation }) {
    const { level, roles, days, autoExtend } = wishOf(operation.args);
    const problems = problemsOfDelegation({ level, roles, days, autoExtend });
    if (problems.length > 0) throw new PartnerError('delegation-roles');
  },
  followsDelegation,
};
