import type { OperationKind } from './operation-kinds.ts';
import { currentStep, newStep, type Operation, withStep } from './operations.ts';

/**
 * A failed operation that its person wants to go on: from the step that failed, with all its tries and its patience
 * anew. Whether that step took effect is looked up first, unless its person has done so (`againIsAnew`).
 */
export function retried(operation: Operation, kind: OperationKind): Operation {
  const step = currentStep(operation);
  if (step === undefined) return operation;
  const running: Operation = { ...operation, status: 'running' };
  const isAnew = step.status === 'asked' && kind.steps[step.id]?.againIsAnew === true;
  if (isAnew) return withStep(running, step.id, newStep(step.id));
  const again = withStep(running, step.id, {
    status: step.startedAt === null ? 'todo' : 'started',
    attempts: 0,
    error: null,
    waits: null,
  });
  // Somebody took the usage location away again: it is looked up and set before the licences.
  const before = step.error?.code === 'usage-location-missing' ? 'usage-location' : '';
  return withStep(again, before, { status: 'started', attempts: 0 });
}
