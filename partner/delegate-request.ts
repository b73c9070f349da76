import type { DelegateWish } from './delegate-wish.ts';
import { stateFrom } from './delegation-life.ts';
import { nameFor } from './delegation-names.ts';
import { includesGlobalAdministrator } from './delegation-terms.ts';
import { type ErrorCode, PartnerError } from './errors.ts';
import {
  type Finding,
  type Patience,
  requireText,
  resultOf,
  type StepDefinition,
  type Work,
} from './operation-kinds.ts';
import type { JsonObject, Operation } from './operations.ts';
import { eitherReader, hasEnded, keptOf, lookUp, requireAlive, soon } from './relationship-reading.ts';
import type { Relationship } from './relationships.ts';

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

const wishOf = ({ operation }: Work) => operation.args as DelegateWish;

/** Throws a plain Error before it is at Microsoft. */
export function relationshipOf(operation: Operation): string {
  return requireText(resultOf(operation, 'request')['relationshipId'], 'the relationship');
}

/** The name that was meant, and one without the client's, should somebody else have the first. */
function namesOf({ name, delegationId: id }: DelegateWish): string[] {
  return [name, nameFor({ client: { name: '' }, id })];
}

/** What an attempt of this operation has made; its names hold the delegation's id, so nobody else's has them. */
async function findOurs(work: Work): Promise<Relationship | undefined> {
  const { tenantId } = wishOf(work).client;
  for (const name of namesOf(wishOf(work))) {
    const found = await work.relationships.byName(name);
    if (found?.client?.tenantId.toLowerCase() === tenantId.toLowerCase()) return found;
  }
  return undefined;
}

async function request(work: Work): Promise<JsonObject> {
  const wish = wishOf(work);
  const { client, roles, days: durationDays } = wish;
  const autoExtend = wish.autoExtend && !includesGlobalAdministrator(wish);
  const wanted = { clientTenantId: client.tenantId, roles, durationDays, autoExtend };
  for (const name of namesOf(wish)) {
    try {
      return { relationshipId: (await work.relationships.create({ ...wanted, name })).id };
    } catch (error) {
      if (!(error instanceof PartnerError) || error.code !== 'relationship-name-taken') throw error;
      const ours = await findOurs(work);
      if (ours !== undefined) return { relationshipId: ours.id };
      // It may be our own that is not shown yet: another one beside it must not be made.
      const isSomebodyElses = (await work.relationships.byName(name)) !== undefined;
      if (work.again && !isSomebodyElses) throw new PartnerError('not-visible-yet', { cause: error });
    }
  }
  throw new PartnerError('relationship-name-taken');
}

/** Makes the relationship for this client alone. After an unknown outcome it is found by its unique name. */
export const requestStep: StepDefinition = {
  id: 'request',
  run: request,
  async find(work): Promise<Finding> {
    const ours = await findOurs(work);
    if (ours === undefined) return { happened: false };
    return { happened: true, result: { relationshipId: ours.id } };
  },
  waitsFor: { 'not-visible-yet': { ...soon, afterwards: 'relationship-name-taken' } },
};

/** A step that is done when Microsoft says so; `look` throws until then. */
function lookStep(
  id: string,
  look: (work: Work) => Promise<JsonObject>,
  more: Pick<StepDefinition, 'waitsFor' | 'unattended'>,
): StepDefinition {
  const find: StepDefinition['find'] = async (work) => ({ happened: true, result: await look(work) });
  return { id, run: look, find, onlyReads: true, ...more };
}

/** A new relationship is answered with 404 for a while. */
const notYet = { ...soon, afterwards: 'not-visible-yet' } as const;

export const readableStep = lookStep(
  'readable',
  async (work) => {
    const relationship = await requireAlive(eitherReader(work), relationshipOf(work.operation));
    if (stateFrom(relationship.status) === undefined) throw new PartnerError('not-visible-yet');
    return { relationship: keptOf(relationship) };
  },
  { unattended: true, waitsFor: { 'not-found': notYet, 'not-visible-yet': notYet } },
);

/** Undefined while the client cannot approve yet. */
async function locked(work: Work): Promise<JsonObject | undefined> {
  const id = relationshipOf(work.operation);
  const relationship = await requireAlive(work.relationships, id);
  if (relationship.status === 'created') return undefined;
  return { relationship: keptOf(relationship), link: work.relationships.approvalLink(id) };
}

/**
 * From here on the terms are fixed and the client's Global administrator can approve.
 * https://learn.microsoft.com/graph/api/delegatedadminrelationship-post-requests
 */
export const lockStep: StepDefinition = {
  id: 'lock',
  async run(work) {
    await work.relationships.lockForApproval(relationshipOf(work.operation));
    const result = await locked(work);
    if (result === undefined) throw new PartnerError('not-visible-yet');
    return result;
  },
  async find(work) {
    const result = await locked(work);
    return result === undefined ? { happened: false } : { happened: true, result };
  },
  waitsFor: { 'not-found': notYet, 'not-visible-yet': notYet },
};

const approved: readonly string[] = ['approved', 'activating', 'active', 'expiring'];
const active: readonly string[] = ['active', 'expiring'];

/** Read as it is now; `not-found` is an end, once it has been so for a while. */
async function lookForApproval(work: Work): Promise<JsonObject> {
  const relationship = await lookUp(eitherReader(work), relationshipOf(work.operation));
  if (relationship === undefined) throw new PartnerError('not-found');
  if (hasEnded(relationship)) {
    const wasActive = relationship.activatedAt !== undefined || relationship.endsAt !== undefined;
    throw new PartnerError(wasActive ? 'delegation-ended' : 'delegation-unapproved');
  }
  if (!approved.includes(relationship.status)) {
    const { link } = resultOf(work.operation, 'lock');
    throw new PartnerError('approval-waiting', { details: typeof link === 'string' ? { link } : {} });
  }
  return { relationship: keptOf(relationship) };
}

export const gone = { ...soon, afterwards: 'delegation-ended' } as const;

/** Until an administrator of the client has done something on a page of Microsoft's. */
export const clientsTurn = (afterwards: ErrorCode): Patience => ({
  // An unapproved relationship dies after 90 days; a little more, so that this is read and not assumed.
  forMs: 92 * dayMs,
  clock: 'domain',
  turn: 'client',
  pausesMs: [minuteMs, 2 * minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs],
  afterwards,
});

/** Microsoft tells nobody when the client approves, and nothing at all when the client declines. */
export const approvedStep = lookStep('approved', lookForApproval, {
  unattended: true,
  waitsFor: {
    'approval-waiting': clientsTurn('approval-waiting'),
    'not-found': { ...gone, afterwards: 'delegation-unapproved' },
  },
});

export const activatedStep = lookStep(
  'activated',
  async (work) => {
    const relationship = await requireAlive(eitherReader(work), relationshipOf(work.operation));
    if (!active.includes(relationship.status)) throw new PartnerError('not-visible-yet');
    return { relationship: keptOf(relationship) };
  },
  {
    unattended: true,
    waitsFor: {
      'not-visible-yet': {
        ...soon,
        forMs: dayMs,
        afterwards: 'delegation-not-usable',
      },
      'not-found': gone,
    },
  },
);

/**
 * Whether the client ended it, or let it run out, since it was active. Throws `delegation-ended`; `not-found` where it is
 * not there, which is an end only when it lasts (`gone`).
 */
export async function refuseEnded(work: Work): Promise<void> {
  await requireAlive(eitherReader(work), relationshipOf(work.operation));
}
