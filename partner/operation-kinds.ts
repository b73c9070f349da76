import type { CapabilityId } from './capabilities.ts';
import type { Commerce, CommerceReads } from './commerce.ts';
import type { CompanyDesk } from './company.ts';
import type { Directory, PeopleDesk } from './directory.ts';
import type { ErrorCode } from './errors.ts';
import type { Mailbox } from './mail.ts';
import type { MailFacts } from './mail-guard.ts';
import type { JsonObject, Operation, Step } from './operations.ts';
import type { ReadRelationship, RelationshipDesks, Relationships } from './relationships.ts';

/** What a step may use while it runs: what the actor may do at Microsoft, and the secret sealed for this operation. */
export interface Work {
  directory: Directory & PeopleDesk;
  company: CompanyDesk;
  commerce: Commerce;
  mailbox: Mailbox;
  /** What mails are about, as it is stored now. */
  mailFacts: MailFacts;
  /** From which mails leave that nobody presses; throws `company-mailbox-none` where the company has none. */
  companyMailbox(): Promise<{ address: string; mailbox: Mailbox }>;
  relationships: Relationships;
  /** Reads that take nobody's sign-in. */
  asPartner: ReturnType<RelationshipDesks['asPartner']>;
  commerceAsPartner: CommerceReads;
  operation: Operation;
  step: Step;
  /** An earlier attempt may have taken effect: nobody was told how it ended. */
  again: boolean;
  /** The secret that `before` made; throws when it is gone. */
  secret(): Promise<string>;
  /** Domain time, ms. */
  now(): number;
  /** An evenly spread whole number from 0 to `bound` − 1, from a cryptographic source. */
  randomBelow(bound: number): number;
}

/** What a look before a write may use: the same in a turn, before anything is recorded. */
export type Aim = Pick<Work, 'directory' | 'company' | 'operation' | 'mailFacts'>;

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

/** Waiting that is no failure, e.g. for the client, or for what Microsoft shows only after a while. */
export interface Patience {
  /** How long, in ms of the clock that is named: `domain` for what is agreed with people, `real` for machines. */
  forMs: number;
  clock: 'real' | 'domain';
  /** Who has to do something meanwhile: the card says whose turn it is. */
  turn: 'client' | 'microsoft';
  /**
   * From one look to the next, real time, ms; the last one again and again. Left out: often at first, then ever more
   * rarely.
   */
  pausesMs?: readonly number[];
  /** What the person is told when it was too long. */
  afterwards: ErrorCode;
}

export interface StepDefinition {
  id: string;
  /** Runs before the first intent is stored, and again where the secret that it made is gone; only reads. */
  before?(work: Work): Promise<Intent>;
  /** Performs the write and answers what later steps need. Throws PartnerError. */
  run(work: Work): Promise<JsonObject>;
  /** Reads whether an earlier attempt took effect. */
  find(work: Work): Promise<Finding>;
  /** Writes nothing: takes neither the guard nor a second person's yes, which are for writes. */
  onlyReads?: true;
  /** Only reads, and may have to do so for months: goes on without the sign-in of who confirmed it. */
  unattended?: true;
  /** Unattended, and a write: with the partner's own token, which takes nobody's rights. The guard is asked all the same. */
  asCompany?: true;
  /** A person may go on without it. */
  optional?: true;
  /** By the code that the step throws meanwhile; whatever else may pass is tried a few times only. */
  waitsFor?: Readonly<Partial<Record<ErrorCode, Patience>>>;
  /** Code that tells a person that nobody can say whether it happened; they look, and decide. */
  unclear?: ErrorCode;
  /**
   * By the code of a refusal after which surely nothing was done: from which earlier step on all is done anew. `before` is
   * what that step is to use this time.
   */
  beginsAgain?: Readonly<
    Partial<Record<ErrorCode, { from: string; before(newId: () => string): JsonObject }>>
  >;
  /** Who has looked and says "again" wants it done anew; otherwise it is looked for once more. */
  againIsAnew?: true;
}

/** How far the order of a client's acceptance is. `reason`: the code of the failure, or ''. */
export interface FollowedOrder {
  acceptanceId: string;
  /** What was confirmed: an acceptance of something else is not ordered. */
  version: number;
  seats: readonly number[];
  stage: 'confirmed' | 'ordering' | 'ordered' | 'provisioned' | 'failed' | 'given-up';
  orderId: string | null;
  /** Microsoft may hold an order, so that nobody may begin another one. */
  checkoutBegan: boolean;
  step: string;
  reason: string;
}

/** How far a delegation is by this operation. */
export interface FollowedDelegation {
  delegationId: string;
  /** It carries the delegation from the client's yes on, and no other one may; or it changes one that is there. */
  carries: boolean;
  stage: 'under-way' | 'usable' | 'ended' | 'failed';
  /** Null before it is at Microsoft. */
  relationshipId: string | null;
  /** As Microsoft has it; undefined: nothing new was read. */
  relationship: ReadRelationship | undefined;
  step: string;
  /** Code of what failed, or ''. */
  reason: string;
}

export interface OperationKind {
  kind: string;
  schema: number;
  /** Rights that it takes by what was asked for. Asked at the confirm, and again before every step. */
  needs(args: JsonObject): readonly CapabilityId[];
  /**
   * Rights that it takes besides, as things are now and not as the review saw them. Asked right after the guard; none of
   * them takes a second person, who is asked by `needs` alone.
   */
  needsNow?(aim: Aim): Promise<readonly CapabilityId[]>;
  /** The steps that these arguments need, in the order in which Microsoft accepts them. */
  plan(args: JsonObject): Step[];
  steps: Readonly<Record<string, StepDefinition>>;
  /** What the audit names as the object. */
  object(args: JsonObject): string;
  /**
   * A look at Microsoft before the review is shown and again before every write, also when earlier steps of the same
   * operation are done; throws PartnerError when it must not be done after all.
   */
  guard?(aim: Aim): Promise<void>;
  /** Nobody pressed it: nothing of it is shown before it fails, or somebody asks for it anew. */
  isUnasked?(args: JsonObject): boolean;
  /** Nobody pressed it, and after this refusal of its guard nothing is left to do: it ends, and nobody is told. */
  isObsolete?(args: JsonObject, code: ErrorCode): boolean;
  /** Object id of the person who is no longer there afterwards: what of theirs still waits is withdrawn. */
  leaver?(args: JsonObject): string;
  /** The client's acceptance that moves along with it, in the same commits. */
  follows?(operation: Operation): FollowedOrder;
  /** The client's delegation that moves along with it, in the same commits. */
  followsDelegation?(operation: Operation): FollowedDelegation;
  /** Id of its operation, where there is only one of the same arguments; any new id otherwise. */
  idOf?(args: JsonObject): string;
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
