import assert from 'node:assert/strict';
import { createRunOperations } from '../../jobs/run-operations.ts';
import { detect } from '../../partner/authorisations.ts';
import type { AgreementAttestation, Commerce, OrderLine, PlacedOrder } from '../../partner/commerce.ts';
import type { CompanyDesk } from '../../partner/company.ts';
import type { CompanyMailbox } from '../../partner/company-mailbox.ts';
import { type ConfirmOrderWish, confirmOrderKind } from '../../partner/confirm-order.ts';
import type { Directory, PeopleDesk } from '../../partner/directory.ts';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import { kindNamed, operationKinds } from '../../partner/kinds.ts';
import type { Mail } from '../../partner/mail.ts';
import { retried } from '../../partner/operation-retry.ts';
import { cardOf, type Operation } from '../../partner/operations.ts';
import type { RelationshipDesks, Relationships } from '../../partner/relationships.ts';
import { roleIds } from '../../partner/role-ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { operation } from '../storage/samples.ts';
import { mailFactsOf } from './fake-mails.ts';

/** How one write ends: `lost-*`: no answer came, before or after it was done; `killed-*`: our process ended there. */
export type End = 'ok' | 'busy' | 'lost-before' | 'lost-after' | 'killed-before' | 'killed-after';
export const ends: readonly End[] = [
  'ok',
  'busy',
  'lost-before',
  'lost-after',
  'killed-before',
  'killed-after',
];

/** After which Microsoft forgets a cart that nobody bought. */
const cartLifeMs = 7 * 24 * 3_600_000;

export class Killed extends Error {}

const client = 'fabrikam';
const wish: ConfirmOrderWish = {
  ...{ offerId: 'offer-1', acceptanceId: 'a', version: 1, clientTenantId: client, clientName: 'Fabrikam' },
  country: 'VN',
  lines: [
    {
      ...{ item: 'CFQ7:0001', name: 'Microsoft 365 Business Standard', quantity: 15 },
      ...{ term: 'P1Y', billing: 'monthly', trial: false },
    },
  ],
  requestIds: { cart: 'cart-request', checkout: 'checkout-request', agreement: 'agreement-request' },
};
export const attestation = {
  ...{ firstName: 'Minh', lastName: 'Lê', mail: 'minh@fabrikam.example', phone: '', agreedOn: '2026-01-05' },
};

/** Writes that end as `ends` says, one after the other, and then well; `calls` keeps their names. */
export function faultyWrites(state: { calls: string[]; ends: End[] }) {
  return async <T>(name: string, does: () => T): Promise<T> => {
    state.calls.push(name);
    const end = state.ends.shift() ?? 'ok';
    if (end === 'busy') throw new PartnerError('microsoft-busy', { retryAfterSeconds: 1 });
    if (end === 'lost-before') throw new PartnerError('microsoft-unknown-outcome');
    if (end === 'killed-before') throw new Killed();
    const done = does();
    if (end === 'lost-after') throw new PartnerError('microsoft-unknown-outcome');
    if (end === 'killed-after') throw new Killed();
    return done;
  };
}

/** Microsoft as far as an order meets it, with what went on there. */
export function fakeMicrosoft() {
  const state = {
    isCustomer: true,
    agreed: true,
    attested: [] as AgreementAttestation[],
    carts: new Map<string, { id: string; lines: readonly OrderLine[]; isSold: boolean; madeAt: number }>(),
    orders: [] as (PlacedOrder & { visibleAt: number })[],
    answers: new Map<string, string[]>(),
    mails: [] as Mail[],
    /** How long an order stays unseen, ms. */
    lateMs: 0,
    /** Whether a repeated request gets the answer of the first one. */
    knowsRepeats: true,
    refusal: undefined as PartnerError | undefined,
    ends: [] as End[],
    calls: [] as string[],
  };

  const write = faultyWrites(state);

  function sell(cartId: string, requestId: string): string[] {
    const answered = state.answers.get(requestId);
    if (answered !== undefined && state.knowsRepeats) return answered;
    if (state.refusal !== undefined) throw state.refusal;
    const cart = [...state.carts.values()].find(({ id }) => id === cartId);
    // One that remembers its requests looks at nothing else: another request id is another order.
    if (cart === undefined || (!cart.isSold && Date.now() >= cart.madeAt + cartLifeMs))
      throw new PartnerError('cart-expired');
    if (cart.isSold && !state.knowsRepeats) throw new PartnerError('not-found');
    cart.isSold = true;
    const orderId = `order-${state.orders.length + 1}`;
    const lines = cart.lines.map(({ item, quantity }) => ({ item, quantity, subscriptionId: undefined }));
    const createdAt = new Date().toISOString();
    const visibleAt = Date.now() + state.lateMs;
    state.orders.push({ orderId, status: 'completed', lines, createdAt, visibleAt });
    state.answers.set(requestId, [orderId]);
    return [orderId];
  }

  const visible = () => state.orders.filter(({ visibleAt }) => visibleAt <= Date.now());
  const commerce: Partial<Commerce> = {
    async customer(tenantId) {
      return state.isCustomer
        ? { tenantId, name: 'Fabrikam', domain: 'fabrikam.example', relationship: 'reseller' }
        : undefined;
    },
    relationshipLink: async () => 'https://admin.microsoft.example/reseller',
    agreement: async () => (state.agreed ? { state: 'accepted' } : { state: 'missing', templateId: 'mca' }),
    attestAgreement: (_tenant, said) =>
      write('attest', () => {
        state.attested.push(said);
        state.agreed = true;
      }),
    createCart: (_tenant, _country, lines, requestId) =>
      write('cart', () => {
        const cart = state.carts.get(requestId) ?? {
          id: `cart-${state.carts.size + 1}`,
          lines,
          isSold: false,
          madeAt: Date.now(),
        };
        state.carts.set(requestId, cart);
        return { cartId: cart.id };
      }),
    checkOut: (_tenant, cartId, requestId) =>
      write('checkout', () => ({ orderIds: sell(cartId, requestId) })),
    orders: async () => visible(),
    async subscriptionsOf(_tenant, orderId) {
      const order = visible().find((each) => each.orderId === orderId);
      return (order?.lines ?? []).map(({ quantity }, index) => ({
        ...{ subscriptionId: `${orderId}.${index}`, name: '', quantity, status: 'active', orderId },
      }));
    },
  };
  const mailbox = { send: (mail: Mail) => write('mail', () => void state.mails.push(mail)) };
  return { state, commerce: commerce as Commerce, mailbox };
}

export type FakeMicrosoft = ReturnType<typeof fakeMicrosoft>;

const authorised = {
  ...detect(
    { cloud: 'worldwide', partnerTenantType: undefined, partnerId: 'unknown', agreementSigned: 'unknown' },
    0,
  ),
  csp: { value: 'direct', source: undefined, at: 0 } as const,
  delegatedAdministration: { value: 'on', source: undefined, at: 0 } as const,
};

const noDesks: RelationshipDesks = {
  as: () => ({}) as Relationships,
  asPartner: () => ({}) as Relationships,
};

type Surroundings = Pick<FakeMicrosoft, 'commerce' | 'mailbox'> & {
  desks?: RelationshipDesks;
  /** Whether Lan's stored sign-in is still good. */
  isSignedIn?: () => boolean;
  /** Whether Microsoft answers the application itself. */
  isPartnerLetIn?: () => boolean;
  /** From which mails leave that nobody presses. */
  companyMailbox?: () => CompanyMailbox | undefined;
  /** The company's details. */
  company?: CompanyDesk;
};

function refusing(commerce: Commerce, code: ErrorCode): Commerce {
  const refuse = () => Promise.reject(new PartnerError(code));
  return { ...commerce, customer: refuse, relationshipLink: refuse, subscriptionsOf: refuse };
}

/** A bot that carries operations on against that Microsoft, as a process that has just been started. */
export function handlerOf(
  storage: Storage,
  {
    commerce,
    mailbox,
    desks = noDesks,
    isSignedIn = () => true,
    isPartnerLetIn = () => true,
    companyMailbox = () => undefined,
    company = {} as CompanyDesk,
  }: Surroundings,
  shown: Operation[] = [],
) {
  const directory: Partial<Directory> = {
    async me() {
      if (!isSignedIn()) throw new PartnerError('sign-in-needed');
      const names = { id: 'lan', displayName: 'Lan', signInName: '' };
      return { ...names, support: [], roles: [roleIds.globalAdministrator] };
    },
  };
  const handler = createRunOperations({
    storage,
    kinds: operationKinds,
    randomBelow: () => 0,
    directories: { as: () => directory as Directory & PeopleDesk },
    companyRecords: { as: () => company },
    commerces: {
      as: () => (isSignedIn() ? commerce : refusing(commerce, 'sign-in-needed')),
      asPartner: () => (isPartnerLetIn() ? commerce : refusing(commerce, 'not-allowed')),
    },
    mailboxes: { as: () => mailbox, ofCompany: () => mailbox },
    companyMailboxes: { of: async () => companyMailbox() },
    mailFacts: mailFactsOf(storage),
    relationships: desks,
    situations: {
      companies: { cloudOf: () => 'worldwide' },
      authorisations: { of: async () => authorised },
    },
    presenter: {
      async progress(drawn, passing) {
        if (!passing) shown.push(drawn);
        return { outbox: [], cardActions: [], operationCards: [{ same: cardOf(drawn) }] };
      },
    },
    clock: { now: () => Date.now() },
    newId: () => crypto.randomUUID(),
    newReference: () => 'REFERENCE',
    log: { info() {}, warn() {}, error() {} },
  });
  const job = { key: 'j', kind: 'run-operation', dueAt: 0, clock: 'real', attempts: 1 } as const;
  return (operationId = 'o') => handler({ ...job, args: { operationId } });
}

/** A confirmed order that has not begun. */
export function confirmedOrder(more: Pick<ConfirmOrderWish, 'attestation'> = {}, id = 'o'): Operation {
  const full: ConfirmOrderWish = { ...wish, ...more };
  const { kind, schema, plan } = confirmOrderKind;
  return operation(id, { kind, schema, args: full, steps: plan(full), createdAt: Date.now() });
}

export async function stored(storage: Storage, id = 'o'): Promise<Operation> {
  return (await storage.operations.find(id)) ?? assert.fail('no operation');
}

/** What a person does who presses "try again". */
export async function retry(storage: Storage, id = 'o'): Promise<void> {
  const failed = await stored(storage, id);
  assert.equal(failed.status, 'failed');
  await storage.commit({ operations: [{ save: retried(failed, kindNamed(failed.kind)) }] });
}
