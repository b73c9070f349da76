import { inTurn } from '../graph/writes.ts';
import type { SandboxCart } from '../shop-kinds.ts';
import { type PartnerAnswer, refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import { type JudgedLine, judged, sentLines, usedTrials } from './cart-lines.ts';
import { linkTo } from './collection.ts';
import { type Customer, customerOf } from './customers.ts';
import { currencyOf } from './offering.ts';
import { demandSeller } from './rights.ts';

/** Microsoft's newer example lives for seven days, an older one for a quarter of an hour. */
const lifeMs = 7 * 24 * 3_600_000;

/** https://learn.microsoft.com/partner-center/developer/create-a-cart */
export async function createCart(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const customer = await customerOf(call);
  const lines = sentLines(call);
  const now = call.clock.now();
  const cart: SandboxCart = {
    id: crypto.randomUUID(),
    customerId: customer.tenant.id,
    createdAt: now,
    modifiedAt: now,
    modifiedBy: actorOf(call),
    lines,
    ordered: null,
  };
  const read = await judged(call, customer, lines);
  demandUnusedTrials(await usedTrials(call, customer, read));
  await call.world.put('cart', call.tenant.id, cart.id, cart);
  return cartAnswer(call, cart, read, 201);
}

/** Not on a page of its own; Microsoft's library has it. */
export async function getCart(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const customer = await customerOf(call);
  const cart = await cartOf(call, customer);
  return cartAnswer(call, cart, await judged(call, customer, cart.lines), 200);
}

/** All lines anew: https://learn.microsoft.com/partner-center/developer/update-a-cart, which answers with 201. */
export async function updateCart(call: PartnerCall): Promise<PartnerAnswer> {
  await demandSeller(call);
  const customer = await customerOf(call);
  const lines = sentLines(call);
  return inTurn(call.world, call.tenant.id, async () => {
    const cart = await cartOf(call, customer);
    if (cart.ordered !== null) refuseAsOrdered(cart.id);
    const read = await judged(call, customer, lines);
    demandUnusedTrials(await usedTrials(call, customer, read));
    const changed = { ...cart, lines, modifiedAt: call.clock.now(), modifiedBy: actorOf(call) };
    await call.world.put('cart', call.tenant.id, cart.id, changed);
    return cartAnswer(call, changed, read, 201);
  });
}

/** The cart that the address names; 404 for one of another client, and for one whose time is over. */
export async function cartOf(call: PartnerCall, { tenant }: Customer): Promise<SandboxCart> {
  const id = (call.params['cart'] ?? '').toLowerCase();
  const cart = await call.world.get('cart', call.tenant.id, id);
  const isGone = cart === undefined || (cart.ordered === null && call.clock.now() >= cart.createdAt + lifeMs);
  if (isGone || cart.customerId !== tenant.id) return refuse(404, 800008, 'Unable to retrieve cart ID');
  return cart;
}

export function refuseAsOrdered(cartId: string): never {
  refuse(400, 800065, `can't check out an already submitted cart ${cartId}.`);
}

/** Which number a second trial gets is not documented; this one is for offers that are used up. */
export const trialUsed = { code: 27006, description: 'Use limit is exceeded for Offer ID' } as const;

function demandUnusedTrials(used: ReadonlySet<string>): void {
  if (used.size > 0) refuse(400, trialUsed.code, trialUsed.description, { data: [...used] });
}

/** Lines with one billing cycle go into one order together. */
export function orderGroups(lines: readonly JudgedLine[]): Map<string, JudgedLine[]> {
  const cycles = [...new Set(lines.map(({ line }) => line.billingCycle))];
  return new Map(
    cycles.map((cycle, index) => [String(index), lines.filter(({ line }) => line.billingCycle === cycle)]),
  );
}

function actorOf({ caller }: PartnerCall): string {
  return caller.objectId ?? caller.appId;
}

const cent = (amount: number): number => Math.round(amount * 100) / 100;

/** What the lines cost the partner. */
function pricingOf({ line, bought }: JudgedLine): object | undefined {
  if (bought === undefined) return undefined;
  const { cost, bills } = bought.term;
  return {
    listPrice: cost,
    discountedPrice: cost,
    proratedPrice: cost,
    price: cost,
    extendedPrice: cent(cost * bills * line.quantity),
  };
}

function cartAnswer(
  call: PartnerCall,
  cart: SandboxCart,
  lines: readonly JudgedLine[],
  status: number,
): PartnerAnswer {
  const groups = [...orderGroups(lines)];
  const { code } = currencyOf(call.tenant.cloud);
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    status,
    body: {
      id: cart.id,
      creationTimestamp: time(cart.createdAt),
      lastModifiedTimestamp: time(cart.modifiedAt),
      expirationTimestamp: time(cart.createdAt + lifeMs),
      lastModifiedUser: cart.modifiedBy,
      status: cart.ordered === null ? 'Active' : 'Ordered',
      lineItems: lines.map((judgedLine) => {
        const { line, error } = judgedLine;
        const pricing = pricingOf(judgedLine);
        return {
          id: line.id,
          catalogItemId: line.catalogItemId,
          ...(line.friendlyName === null ? {} : { friendlyName: line.friendlyName }),
          quantity: line.quantity,
          currencyCode: code,
          billingCycle: line.billingCycle,
          termDuration: line.termDuration,
          provisioningContext: {},
          ...(line.renewsTo === null ? {} : { renewsTo: { termDuration: line.renewsTo } }),
          orderGroup: groups.find(([, members]) => members.includes(judgedLine))?.[0] ?? '0',
          ...(pricing === undefined ? {} : { pricing }),
          ...(error === undefined ? {} : { error }),
        };
      }),
      links: { self: linkTo(`/customers/${cart.customerId}/carts/${cart.id}`) },
      attributes: { objectType: 'Cart' },
    },
  };
}
