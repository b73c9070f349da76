import { type ErrorCode, PartnerError } from '../../partner/errors.ts';

/** Microsoft's numbers that say something about client or order. What is not here is a plain refusal of the order. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  // No commerce relationship · no such tenant · no customer of this id.
  '20002': 'not-our-customer',
  '60003': 'not-our-customer',
  '900118': 'not-our-customer',
  '13605': 'agreement-missing',
  // No longer sold · no such product, SKU, availability · not sold here · the term is gone · not to be bought.
  '2091': 'service-withdrawn',
  '400013': 'service-withdrawn',
  '400018': 'service-withdrawn',
  '400019': 'service-withdrawn',
  '400072': 'service-withdrawn',
  '800020': 'service-withdrawn',
  '800028': 'service-withdrawn',
  '800070': 'service-withdrawn',
  '10001': 'service-withdrawn',
  catalogitemidisnotvalid: 'service-withdrawn',
  // The offer's use limit is reached: one trial per client and service.
  '27006': 'trial-used',
  // No such cart any more: https://learn.microsoft.com/partner-center/developer/cart-resources (`expirationTimestamp`)
  '800008': 'cart-expired',
  // An order or this very cart is in hand or through already: whoever asked must look.
  '800060': 'microsoft-unknown-outcome',
  '800064': 'microsoft-unknown-outcome',
  '800065': 'microsoft-unknown-outcome',
};

/** These say that a person or a sign-in may not, not that the order is wrong. */
const aboutAccess = ['2032', '900150', '900308', '900309', '900329'];

/** What Partner Center writes into a cart's line or beside an order, under several names. */
export interface OrderProblem {
  code: string | number;
  /** Line that it is about, where that is known. */
  item?: string | undefined;
  /** Orders that were placed all the same. */
  placed?: readonly string[];
}

/**
 * An order that was refused inside an answer that says it went well.
 * https://learn.microsoft.com/partner-center/developer/cart-resources
 */
export function orderProblem({ code, item, placed = [] }: OrderProblem): PartnerError {
  const number = String(code);
  const meaning = placed.length > 0 ? undefined : meanings[number.toLowerCase().replaceAll('_', '')];
  return new PartnerError(meaning ?? 'order-refused', {
    details: {
      partnerCode: number,
      ...(item === undefined ? {} : { item }),
      ...(placed.length === 0 ? {} : { placed: placed.join(', ') }),
    },
  });
}

/**
 * The refusal of a cart, checkout or agreement in the words of an order; anything else comes back as it was.
 * `item` names the line when the order has only one.
 * https://learn.microsoft.com/partner-center/developer/error-codes
 */
export function asOrderError(error: unknown, item?: string): unknown {
  if (!(error instanceof PartnerError)) return error;
  const number = numberOf(error);
  const isRefused = Number(error.details['status']) < 500 && !kept.includes(error.code);
  if (number === undefined || !isRefused || aboutAccess.includes(number)) return error;
  const { code, details } = orderProblem({ code: number, item });
  return new PartnerError(code, {
    details: { ...error.details, ...details },
    requestId: error.requestId,
    cause: error,
  });
}

/** Waiting, signing in or looking is what helps with these, whatever number they carry. */
const kept: readonly ErrorCode[] = [
  'microsoft-busy',
  'microsoft-timeout',
  'microsoft-unknown-outcome',
  'sign-in-needed',
  'mfa-needed',
  'conditional-access',
];

/** Whether a refused call says that this company is no client of ours. */
export function isNoCustomer(error: unknown): boolean {
  if (!(error instanceof PartnerError)) return false;
  return error.code === 'not-found' || meanings[numberOf(error) ?? ''] === 'not-our-customer';
}

/** A reading of something of a client: who is no client of ours gets `not-our-customer`. */
export async function ofCustomer<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const isKnown = error instanceof PartnerError && meanings[numberOf(error) ?? ''] === 'not-our-customer';
    if (!isKnown) throw error;
    throw new PartnerError('not-our-customer', { requestId: error.requestId, cause: error });
  }
}

function numberOf(error: PartnerError): string | undefined {
  const { microsoftCode } = error.details;
  return microsoftCode === undefined ? undefined : String(microsoftCode);
}
