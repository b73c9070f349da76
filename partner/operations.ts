import type { AccountRef } from './accounts.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';

/** Plain data that can be stored. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What went wrong, as it is kept and told: the code is worded in locales, the reference is in the log. */
export interface StoredError {
  code: ErrorCode;
  details: ErrorDetails;
  reference: string;
}

/**
 * `started` is stored before the call leaves, so a step found in it after a crash has an unknown outcome.
 * `asked`: we cannot tell whether it happened and a person must look.
 */
export type StepStatus = 'todo' | 'started' | 'done' | 'failed' | 'asked';

export interface Step {
  id: string;
  status: StepStatus;
  attempts: number;
  /** When the intent of the first attempt was stored (real time, ms). */
  startedAt: number | null;
  /** What was read before the first attempt, to recognise our own work afterwards. */
  before: JsonObject | null;
  result: JsonObject | null;
  error: StoredError | null;
  /** An attempt may have taken effect, and nobody was told how it ended. */
  unclear?: boolean;
  /** By error code, since when it waits for something that is no failure, on both clocks (ms); null: it does not. */
  waits?: Readonly<Record<string, { real: number; domain: number }>> | null;
}

export type OperationStatus =
  | 'running'
  | 'waiting-sign-in'
  | 'waiting-approval'
  | 'done'
  | 'failed'
  | 'cancelled';

/** A recorded write to Microsoft's clouds: intent first, then step by step, each result stored. */
export interface Operation {
  id: string;
  kind: string;
  /** Shape of `args` and `steps`; an unknown one ends politely after an upgrade. */
  schema: number;
  /** Counts stored changes; a save with an old one is a conflict. */
  version: number;
  status: OperationStatus;
  actor: AccountRef;
  /** The second person who said yes; null when none was needed, or not yet. */
  approvedBy: AccountRef | null;
  /** Chat person who has the progress card. This and `cardKey` are moved by themselves: a save of the operation leaves them. */
  personKey: string;
  /** Tenant id of the company that is changed. */
  company: string;
  args: JsonObject;
  steps: Step[];
  /** Key of the progress card in the outbox. */
  cardKey: string;
  /** Counts drawn progress cards. */
  drawn: number;
  createdAt: number;
  /** The sign-in with which Microsoft refused it last: only a newer one lets it go on. */
  refusedGeneration?: number;
}

/** Where the progress card of an operation stands. */
export interface OperationCard {
  operationId: string;
  personKey: string;
  cardKey: string;
}

export function cardOf({ id, personKey, cardKey }: Operation): OperationCard {
  return { operationId: id, personKey, cardKey };
}

/** A wish as an operation that has just been confirmed. */
export function newOperation(wish: {
  id: string;
  kind: string;
  schema: number;
  actor: AccountRef;
  personKey: string;
  args: JsonObject;
  steps: Step[];
  cardKey: string;
  now: number;
}): Operation {
  const { actor, now, ...rest } = wish;
  return {
    ...rest,
    version: 1,
    status: 'running',
    actor: { tenantId: actor.tenantId, objectId: actor.objectId },
    approvedBy: null,
    company: actor.tenantId,
    drawn: 0,
    createdAt: now,
  };
}

/** Where the new password of an operation lies in the vault until it is revealed. */
export function passwordKey(operationId: string): string {
  return `password:${operationId}`;
}

export function newStep(id: string): Step {
  return { id, status: 'todo', attempts: 0, startedAt: null, before: null, result: null, error: null };
}

/** The first step that is not done, or undefined when all are. */
export function currentStep(operation: Operation): Step | undefined {
  return operation.steps.find((step) => step.status !== 'done');
}

/** Whether Microsoft may have done what this step wants. */
export function mayHaveHappened(step: Step): boolean {
  return step.status === 'done' || (step.unclear ?? step.startedAt !== null);
}

/** It was told what the step waits for, and that is so until it is not. */
export function isWaiting({ waits }: Step): boolean {
  return waits !== undefined && waits !== null;
}

/** The operation with one of its steps changed. */
export function withStep(operation: Operation, id: string, change: Partial<Step>): Operation {
  return {
    ...operation,
    steps: operation.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
  };
}

/** The operation with this step and all after it to be done anew. `before`: what the step is to use this time. */
export function begunAgain(
  operation: Operation,
  { from, before }: { from: string; before: JsonObject },
): Operation {
  const at = operation.steps.findIndex(({ id }) => id === from);
  const steps = operation.steps.map((step, index) => (index < at ? step : newStep(step.id)));
  return withStep({ ...operation, steps }, from, { before });
}
