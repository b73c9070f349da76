import { z } from 'zod';
import type { SandboxCartLine } from '../shop-kinds.ts';
import { refuse } from './answer.ts';
import type { PartnerCall } from './call.ts';
import type { Customer } from './customers.ts';
import { findOffering, type Offering, type Term } from './offering.ts';
import { withSmallNames } from './shapes.ts';

/** Documented are the names of the properties; how many lines a cart holds is ours. */
const lineShape = z.object({
  id: z.number().int().min(0),
  catalogItemId: z.string().min(1).max(200),
  friendlyName: z.string().max(200).nullish(),
  quantity: z.number().int(),
  billingCycle: z.string().nullish(),
  termDuration: z.string().nullish(),
  renewsTo: z.object({ termDuration: z.string().nullish() }).nullish(),
});
const cartShape = z.object({ lineItems: z.array(lineShape).min(1).max(200) });

/** The lines of a cart as they were sent; small and large first letters are the same. */
export function sentLines(call: PartnerCall): SandboxCartLine[] {
  const sent = cartShape.safeParse(withSmallNames(call.body));
  if (!sent.success) return refuse(400, 800002, 'Invalid request input.');
  const lines = sent.data.lineItems;
  if (new Set(lines.map(({ id }) => id)).size < lines.length) refuse(400, 800002, 'Invalid request input.');
  return lines.map(({ friendlyName, billingCycle, termDuration, renewsTo, ...line }) => ({
    ...line,
    friendlyName: friendlyName ?? null,
    billingCycle: (billingCycle ?? '').toLowerCase(),
    termDuration: (termDuration ?? '').toUpperCase(),
    renewsTo: renewsTo?.termDuration ?? null,
  }));
}

/** https://learn.microsoft.com/partner-center/developer/cart-resources#carterror */
export interface LineError {
  errorCode: number;
  errorDescription: string;
  additionalInformation?: { availableQuantity: number; purchasedQuantity: number };
}

export interface JudgedLine {
  /** With the term and the billing cycle that it has when it names none. */
  line: SandboxCartLine;
  /** What the line buys; undefined for an item that is unknown, or sold no more. */
  bought: { offering: Offering; term: Term } | undefined;
  error: LineError | undefined;
}

/**
 * What the lines mean now, in the client's country. The codes are documented; that a wrong quantity or term is
 * a line's error and no refusal of the cart is ours.
 */
export async function judged(
  call: PartnerCall,
  { tenant }: Customer,
  lines: readonly SandboxCartLine[],
): Promise<JudgedLine[]> {
  const about = { cloud: tenant.cloud, country: tenant.countryLetterCode };
  return Promise.all(
    lines.map(async (line): Promise<JudgedLine> => {
      const offering = await findOffering(call.world, { ...about, catalogItemId: line.catalogItemId });
      if (offering === undefined)
        return { line, bought: undefined, error: lineError(10001, "Catalog item ID isn't valid") };
      const term = termOf(line, offering);
      if (term === undefined)
        return { line, bought: undefined, error: lineError(10010, "Term or billing cycle isn't valid") };
      const resolved = {
        ...line,
        termDuration: term.duration,
        billingCycle: term.billingCycle.toLowerCase(),
      };
      return { line: resolved, bought: { offering, term }, error: quantityError(line, offering) };
    }),
  );
}

function lineError(errorCode: number, errorDescription: string): LineError {
  return { errorCode, errorDescription };
}

/** A line that names no term or billing cycle gets the first that fits. */
function termOf({ termDuration, billingCycle }: SandboxCartLine, { terms }: Offering): Term | undefined {
  return terms.find(
    (term) =>
      (termDuration === '' || term.duration === termDuration) &&
      (billingCycle === '' || term.billingCycle.toLowerCase() === billingCycle),
  );
}

function quantityError({ quantity }: SandboxCartLine, { sku }: Offering): LineError | undefined {
  if (quantity < sku.minimumQuantity)
    return lineError(10010, `Quantity should be at least ${sku.minimumQuantity}`);
  if (quantity <= sku.maximumQuantity) return undefined;
  return {
    ...lineError(10015, 'Requested number of seats exceeds the limit.'),
    additionalInformation: { availableQuantity: sku.maximumQuantity, purchasedQuantity: quantity },
  };
}

/** Catalogue items of these lines that the client has tried before, here or with an order still under way. */
export async function usedTrials(
  call: PartnerCall,
  { tenant }: Customer,
  lines: readonly JudgedLine[],
): Promise<Set<string>> {
  const orders = await call.world.all('order', call.tenant.id);
  const tried = orders
    .filter(({ customerId }) => customerId === tenant.id)
    .flatMap((order) =>
      order.lines.filter(({ isTrial }) => isTrial).map(({ catalogItemId }) => catalogItemId),
    );
  const wanted = lines.filter(({ bought }) => bought?.offering.sku.isTrial === true);
  const seen = new Set(tried.map(itemOf));
  const used = new Set<string>();
  for (const { line } of wanted) {
    const item = itemOf(line.catalogItemId);
    if (seen.has(item)) used.add(line.catalogItemId);
    seen.add(item);
  }
  return used;
}

/** One trial of a SKU, whatever the country. */
const itemOf = (catalogItemId: string): string => catalogItemId.toUpperCase().split(':', 2).join(':');
