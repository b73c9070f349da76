import type { Situation } from './capabilities.ts';
import type { Directory } from './directory.ts';
import type { JsonObject, Operation, Step } from './operations.ts';

/** What a step may use while it runs: the actor's own directory, and the secret sealed for this operation. */
export interface Work {
  directory: Directory;
  operation: Operation;
  step: Step;
  /** The secret that `before` made; throws when it is gone. */
  secret(): Promise<string>;
}

/** What `before` hands over to be stored together with the intent. */
export interface Intent {
  before: JsonObject;
  /** Sealed in the vault under the operation, readable for this long (domain time, ms). */
  secret?: { value: string; lifetimeMs: number };
}

/** After an unknown outcome: did the call of this step take effect? */
export type Finding =
  | { happened: true; result: JsonObject }
  | { happened: false }
  | { happened: 'cannot-tell' };

export interface StepDefinition {
  id: string;
  /** Runs once, before the intent is stored; only reads. */
  before?(work: Work): Promise<Intent>;
  /** Performs the write and answers what later steps need. Throws PartnerError. */
  run(work: Work): Promise<JsonObject>;
  /** Reads whether an earlier attempt took effect. */
  find(work: Work): Promise<Finding>;
  /** A person may go on without it. */
  optional?: true;
}

export interface OperationKind {
  kind: string;
  schema: number;
  /** Throws PartnerError when the actor may not (or no longer) do this. Asked before every step. */
  authorise(operation: Operation, situation: Situation): void;
  steps: Readonly<Record<string, StepDefinition>>;
  /** What the audit names as the object. */
  object(operation: Operation): string;
}

export function resultOf(operation: Operation, stepId: string): JsonObject {
  return operation.steps.find((step) => step.id === stepId)?.result ?? {};
}

export function requireText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`operation lacks ${what}`);
}
