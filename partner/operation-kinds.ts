import type { CapabilityId } from './capabilities.ts';
import type { CompanyDesk } from './company.ts';
import type { Directory, PeopleDesk } from './directory.ts';
import type { JsonObject, Operation, Step } from './operations.ts';

/** What a step may use while it runs: what the actor may do at Microsoft, and the secret sealed for this operation. */
export interface Work {
  directory: Directory & PeopleDesk;
  company: CompanyDesk;
  operation: Operation;
  step: Step;
  /** An earlier attempt may have taken effect. */
  again: boolean;
  /** The secret that `before` made; throws when it is gone. */
  secret(): Promise<string>;
  /** Domain time, ms. */
  now(): number;
  /** An evenly spread whole number from 0 to `bound` − 1, from a cryptographic source. */
  randomBelow(bound: number): number;
}

/** What a look before the first step may use: the same in a turn, before anything is recorded. */
export type Aim = Pick<Work, 'directory' | 'company' | 'operation'>;

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
  /** Runs before the first intent is stored, and again where the secret that it made is gone; only reads. */
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
  /** Rights that it takes. Asked at the confirm, and again before every step. */
  needs(args: JsonObject): readonly CapabilityId[];
  /** The steps that these arguments need, in the order in which Microsoft accepts them. */
  plan(args: JsonObject): Step[];
  steps: Readonly<Record<string, StepDefinition>>;
  /** What the audit names as the object. */
  object(args: JsonObject): string;
  /**
   * A look at Microsoft before the review is shown and again before the first step; throws PartnerError when it must
   * not be done after all.
   */
  guard?(aim: Aim): Promise<void>;
  /** Object id of the person who is no longer there afterwards: what of theirs still waits is withdrawn. */
  leaver?(args: JsonObject): string;
  /** What takes it back, where that is possible. */
  undo?(args: JsonObject): Undo | undefined;
}

export interface Undo {
  kind: string;
  args: JsonObject;
}

export function resultOf(operation: Operation, stepId: string): JsonObject {
  return operation.steps.find((step) => step.id === stepId)?.result ?? {};
}

export function requireText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`operation lacks ${what}`);
}
