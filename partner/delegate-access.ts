import { clientsTurn, gone, refuseEnded, relationshipOf } from './delegate-request.ts';
import type { DelegateWish } from './delegate-wish.ts';
import { includesConsent } from './delegation-terms.ts';
import { type ErrorCode, PartnerError } from './errors.ts';
import type { StepDefinition, Work } from './operation-kinds.ts';
import type { JsonObject } from './operations.ts';
import { soon } from './relationship-reading.ts';
import { supportRoles } from './support-roles.ts';

const wishOf = ({ operation }: Work) => operation.args as DelegateWish;
const clientOf = (work: Work) => wishOf(work).client.tenantId;

/**
 * Which support group may do what at the client: Full all that was allowed; Limited its own part of it. Where roles
 * were chosen one by one, only when all of that part is among them.
 */
function accessOf({
  level,
  roles,
}: Pick<DelegateWish, 'level' | 'roles'>): { group: 'full' | 'limited'; roles: string[] }[] {
  const shared = roles.filter((role) => supportRoles.limited.includes(role));
  const limited = level === 'roles' && shared.length < supportRoles.limited.length ? [] : shared;
  return [
    { group: 'full', roles: [...roles] },
    ...(limited.length === 0 ? [] : [{ group: 'limited' as const, roles: limited }]),
  ];
}

/** What is not assigned yet, and what is but does not work yet. */
async function lackingAccess(work: Work) {
  const id = relationshipOf(work.operation);
  const [assignments, wanted] = await Promise.all([
    work.relationships.assignments(id),
    Promise.all(
      accessOf(wishOf(work)).map(async ({ group, roles }) => ({
        roles,
        groupId: await work.relationships.groupOf(group),
      })),
    ),
  ]);
  const isThere = ({ groupId, roles }: (typeof wanted)[number], statuses: readonly string[]) =>
    assignments.some(
      (each) =>
        each.groupId === groupId &&
        statuses.includes(each.status) &&
        roles.every((role) => each.roles.includes(role)),
    );
  return {
    unasked: wanted.filter((each) => !isThere(each, ['active', 'pending'])),
    inactive: wanted.filter((each) => !isThere(each, ['active'])),
  };
}

const notUsable = { ...soon, afterwards: 'delegation-not-usable' } as const;

/** Without it nobody of the partner can do anything at the client. */
export const accessStep: StepDefinition = {
  id: 'access',
  async run(work) {
    await refuseEnded(work);
    const id = relationshipOf(work.operation);
    const { unasked } = await lackingAccess(work);
    for (const { groupId, roles } of unasked) await work.relationships.assign(id, groupId, roles);
    if ((await lackingAccess(work)).inactive.length > 0) throw new PartnerError('not-visible-yet');
    return {};
  },
  async find(work) {
    const isDone = (await lackingAccess(work)).inactive.length === 0;
    return isDone ? { happened: true, result: {} } : { happened: false };
  },
  waitsFor: { 'not-visible-yet': notUsable, 'not-found': notUsable, 'changed-meanwhile': notUsable },
};

/** What a relationship of some minutes ago is answered with; later on it means what it says. */
const refusals: readonly ErrorCode[] = [
  'not-allowed',
  'not-found',
  'not-our-customer',
  'guest-account',
  'consent-missing',
  'microsoft-refused',
  'relationship-refused',
];

const isRefusal = (error: unknown): error is PartnerError =>
  error instanceof PartnerError && refusals.includes(error.code);

async function works(work: Work): Promise<boolean> {
  try {
    return await work.relationships.probe(clientOf(work));
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** The page on which the client's administrator does by hand what was refused to us. */
function byHand(code: ErrorCode, work: Work, cause?: unknown): PartnerError {
  const link = work.relationships.consentLink(clientOf(work));
  return new PartnerError(code, { details: { link }, cause });
}

async function consent(work: Work): Promise<JsonObject> {
  await refuseEnded(work);
  try {
    await work.relationships.consent(clientOf(work));
    return {};
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Not every role may consent, and the client's administrator can have done so by hand.
    if (await works(work)) return {};
    throw byHand(includesConsent(wishOf(work)) ? 'consent-missing' : 'consent-waiting', work, error);
  }
}

/** Lets our application work at the client; asked twice is success, so it is simply asked again. */
export const consentStep: StepDefinition = {
  id: 'consent',
  run: consent,
  find: async () => ({ happened: false }),
  waitsFor: {
    'consent-missing': { ...soon, afterwards: 'consent-missing' },
    'consent-waiting': clientsTurn('consent-waiting'),
    'not-found': gone,
  },
};

async function probe(work: Work): Promise<JsonObject> {
  await refuseEnded(work);
  if (!(await works(work))) throw byHand('delegation-not-usable', work);
  return {};
}

/** Only what was tried is said to work. A new relationship takes some minutes until it does. */
export const probeStep: StepDefinition = {
  id: 'probe',
  run: probe,
  find: async (work) => ({ happened: true, result: await probe(work) }),
  onlyReads: true,
  waitsFor: { 'delegation-not-usable': notUsable, 'not-found': gone },
};
