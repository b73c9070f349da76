import { asEither } from './as-either.ts';
import type { AgreementAttestation, OrderLine } from './commerce.ts';
import { PartnerError } from './errors.ts';
import { visibleStep } from './one-step.ts';
import {
  type FollowedOrder,
  type OperationKind,
  requireText,
  type StepDefinition,
  type Work,
} from './operation-kinds.ts';
import { currentStep, type JsonObject, mayHaveHappened, newStep, type Operation } from './operations.ts';
import { checkOutStep, orderIdsOf } from './order-checkout.ts';

/** A line of the offer with the licences that the client accepted; `name` is for people. */
export interface ConfirmedLine extends JsonObject {
  item: OrderLine['item'];
  name: string;
  quantity: OrderLine['quantity'];
  term: OrderLine['term'];
  billing: OrderLine['billing'];
  trial: OrderLine['trial'];
}

/** Who of the client agreed to Microsoft's agreement; which agreement that is, is read when it is attested. */
export interface Attestation extends JsonObject {
  firstName: AgreementAttestation['firstName'];
  lastName: AgreementAttestation['lastName'];
  mail: AgreementAttestation['mail'];
  phone: AgreementAttestation['phone'];
  agreedOn: AgreementAttestation['agreedOn'];
}

/**
 * An acceptance as staff confirmed it, from the server's own records. `requestIds`: GUIDs made with the confirm, so that
 * Microsoft does each write once. `attestation`: left out where the client has agreed by itself, or nobody knows yet.
 */
export interface ConfirmOrderWish extends JsonObject {
  offerId: string;
  acceptanceId: string;
  version: number;
  clientTenantId: string;
  clientName: string;
  country: string;
  lines: ConfirmedLine[];
  requestIds: { cart: string; checkout: string; agreement: string };
  attestation?: Attestation;
}

const wishOf = (args: JsonObject) => args as ConfirmOrderWish;
const clientOf = (work: Work) => wishOf(work.operation.args).clientTenantId;

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** Microsoft lists some who only advise the client, or did so once: nothing can be ordered for them. */
const cannotOrder: readonly string[] = ['advisor', 'none'];

/** Done when Microsoft lists the client as ours; only the client can bring that about, by the reseller link. */
async function lookForCustomer(work: Work): Promise<JsonObject> {
  const id = clientOf(work);
  const customer = await asEither(
    () => work.commerceAsPartner.customer(id),
    () => work.commerce.customer(id),
  );
  if (customer !== undefined && !cannotOrder.includes(customer.relationship)) return {};
  const link = await relationshipLink(work);
  throw new PartnerError('not-our-customer', { details: link === undefined ? {} : { link } });
}

/** Microsoft gives it to people only. The card is of use without it, so a failure here waits for the next look. */
async function relationshipLink({ commerce, step }: Work): Promise<string | undefined> {
  const known = step.error?.details['link'];
  if (typeof known === 'string') return known;
  try {
    return await commerce.relationshipLink();
  } catch (error) {
    if (error instanceof PartnerError) return undefined;
    throw error;
  }
}

/** Nobody has to be signed in while a client takes their time. */
const customerStep: StepDefinition = {
  id: 'customer',
  unattended: true,
  run: lookForCustomer,
  find: async (work) => ({ happened: true, result: await lookForCustomer(work) }),
  onlyReads: true,
  waitsFor: {
    'not-our-customer': {
      forMs: 30 * dayMs,
      clock: 'domain',
      turn: 'client',
      afterwards: 'not-our-customer',
    },
  },
};

/** Throws `agreement-missing` where neither the client has signed nor staff said who agreed. */
const agreementStep = visibleStep({
  id: 'agreement',
  isDone: async (work) => (await work.commerce.agreement(clientOf(work))).state === 'accepted',
  async write(work) {
    const agreement = await work.commerce.agreement(clientOf(work));
    if (agreement.state === 'accepted') return;
    const { attestation, requestIds } = wishOf(work.operation.args);
    if (attestation === undefined) throw new PartnerError('agreement-missing');
    const { firstName, lastName, mail, phone, agreedOn } = attestation;
    const { templateId } = agreement;
    const attested = { templateId, firstName, lastName, mail, phone, agreedOn };
    await work.commerce.attestAgreement(clientOf(work), attested, requestIds.agreement);
  },
});

const cartStep: StepDefinition = {
  id: 'cart',
  async run(work) {
    const { lines, country, requestIds } = wishOf(work.operation.args);
    const ordered = lines.map(({ item, quantity, term, billing, trial }) => ({
      ...{ item, quantity, term, billing, trial },
    }));
    // Another cart than the first: asked for by the same id Microsoft would give the one that has run out.
    const { cart, checkout } = work.step.before ?? {};
    const requestId = typeof cart === 'string' ? cart : requestIds.cart;
    const { cartId } = await work.commerce.createCart(clientOf(work), country, ordered, requestId);
    return { cartId, ...(typeof checkout === 'string' ? { checkout } : {}) };
  },
  // A cart buys nothing, and the same request id gives the same one.
  find: async () => ({ happened: false }),
};

/** Done when each line has a subscription that Microsoft has finished setting up. */
async function lookForSubscriptions(work: Work): Promise<JsonObject> {
  const client = clientOf(work);
  const orders = orderIdsOf(work.operation);
  const found = await Promise.all(
    orders.map((id) =>
      asEither(
        () => work.commerceAsPartner.subscriptionsOf(client, id),
        () => work.commerce.subscriptionsOf(client, id),
      ),
    ),
  );
  const ready = found.flat().filter(({ status }) => status !== 'pending' && status !== 'none');
  const left = ready.map(({ quantity }) => quantity);
  for (const { quantity } of wishOf(work.operation.args).lines) {
    const place = left.indexOf(quantity);
    if (place === -1) throw new PartnerError('not-visible-yet');
    left.splice(place, 1);
  }
  return { subscriptions: ready.map(({ subscriptionId }) => subscriptionId) };
}

/** Microsoft shows a new order, and what follows from it, after up to 15 minutes. */
const provisioning = {
  forMs: 30 * minuteMs,
  clock: 'real',
  turn: 'microsoft',
  afterwards: 'order-not-visible',
} as const;

const provisionedStep: StepDefinition = {
  id: 'provisioned',
  unattended: true,
  run: lookForSubscriptions,
  find: async (work) => ({ happened: true, result: await lookForSubscriptions(work) }),
  onlyReads: true,
  waitsFor: { 'not-visible-yet': provisioning, 'not-found': provisioning },
};

const steps: Readonly<Record<string, StepDefinition>> = {
  customer: customerStep,
  agreement: agreementStep,
  cart: cartStep,
  checkout: checkOutStep,
  provisioned: provisionedStep,
};

/** Whether Microsoft may hold an order of this operation: then nobody may begin another one in its place. */
export function checkoutBegan(operation: Operation): boolean {
  const checkout = operation.steps.find(({ id }) => id === 'checkout');
  return checkout !== undefined && mayHaveHappened(checkout);
}

/** Whether it can be called off: it has not ended well, and Microsoft cannot hold an order of it. */
export function canStop(operation: Operation): boolean {
  const { kind, status } = operation;
  const isOpen = status === 'running' || status === 'waiting-sign-in' || status === 'failed';
  return kind === 'confirm-order' && isOpen && !checkoutBegan(operation);
}

function stageOf(operation: Operation): FollowedOrder['stage'] {
  const { status } = operation;
  if (status === 'done') return 'provisioned';
  if (status === 'failed') return 'failed';
  if (status === 'cancelled') return 'given-up';
  if (orderIdsOf(operation).length > 0) return 'ordered';
  return operation.steps.some(({ startedAt }) => startedAt !== null) ? 'ordering' : 'confirmed';
}

function follows(operation: Operation): FollowedOrder {
  const { acceptanceId, version, lines } = wishOf(operation.args);
  const step = currentStep(operation);
  return {
    ...{ acceptanceId, version },
    seats: lines.map(({ quantity }) => quantity),
    stage: stageOf(operation),
    orderId: orderIdsOf(operation).join(', ') || null,
    checkoutBegan: checkoutBegan(operation),
    step: step?.id ?? '',
    reason: step?.error?.code ?? '',
  };
}

/** The operation with what staff say about the client's agreement, to be tried again. */
export function withAttestation(operation: Operation, attestation: Attestation): Operation {
  return { ...operation, args: { ...operation.args, attestation } };
}

/** Ordering what a client accepted: customer → agreement → cart → checkout → provisioned. One order, whatever happens. */
export const confirmOrderKind: OperationKind = {
  kind: 'confirm-order',
  schema: 1,
  needs: () => ['confirm-order'],
  plan: () => Object.keys(steps).map(newStep),
  steps,
  object: (args) => requireText(args['clientName'], 'clientName'),
  follows,
};
