/** Every way in which a wish of a person can fail. Each code is worded in locales under `error.<code>`. */
export const errorCodes = [
  'sign-in-needed',
  'sign-in-expired',
  'sign-in-to-answer',
  'sign-in-failed',
  'sign-in-code-wrong',
  'consent-missing',
  'guest-account',
  'conditional-access',
  'mfa-needed',
  'not-staff',
  'not-allowed',
  'needs-second-person',
  'own-account',
  'last-global-admin',
  'outranked',
  'not-in-cloud',
  'sign-in-name-taken',
  'sign-in-name-invalid',
  'restored-name-taken',
  'domain-not-verified',
  'no-licence-left',
  'licence-from-group',
  'usage-location-missing',
  'password-rejected',
  'ambiguous-user',
  'not-found',
  'not-visible-yet',
  'user-gone',
  'changed-meanwhile',
  'microsoft-busy',
  'microsoft-unavailable',
  'microsoft-timeout',
  'microsoft-unreachable',
  'microsoft-refused',
  'microsoft-unknown-outcome',
  'offer-unknown',
  'offer-withdrawn',
  'offer-expired',
  'offer-superseded',
  'offer-answered',
  'offer-incomplete',
  'seats-out-of-bounds',
  'wrong-company',
  'not-client-administrator',
  'acceptance-moved-on',
  'said-too-often',
  'company-not-confirmed',
  'service-withdrawn',
  'not-our-customer',
  'agreement-missing',
  'order-refused',
  'order-not-visible',
  'order-in-part',
  'trial-used',
  'cart-expired',
  'mail-unknown',
  'mail-offer-withdrawn',
  'mail-offer-expired',
  'mail-offer-superseded',
  'mail-answer-changed',
  'mail-delegation-changed',
  'mail-stopped',
  'mail-signature-outdated',
  'company-mailbox-none',
  'company-mailbox-refused',
  'company-mailbox-missing',
  'relationship-name-taken',
  'relationship-refused',
  'approval-waiting',
  'consent-waiting',
  'delegation-not-usable',
  'delegation-ended',
  'delegation-unapproved',
  'delegation-roles',
  'product-key-typed',
  'input-invalid',
  'input-too-long',
  'form-outdated',
  'already-submitted',
  'after-upgrade',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Microsoft may well answer later, whoever asks. */
export const passingCodes: readonly ErrorCode[] = [
  'microsoft-busy',
  'microsoft-unavailable',
  'microsoft-timeout',
  'microsoft-unreachable',
];

/** Why something could not be read just now: nothing follows from it, and the same question may be answered later. */
export interface Unread {
  code: ErrorCode;
  retryAfterSeconds?: number | undefined;
  requestId?: string | undefined;
}

const signInCodes: readonly ErrorCode[] = ['sign-in-needed', 'sign-in-expired'];

/** Undefined: Microsoft did answer, or it is a bug. */
export function unreadOf(error: unknown): Unread | undefined {
  if (!(error instanceof PartnerError)) return undefined;
  const { code, retryAfterSeconds, requestId } = error;
  const isUnread = passingCodes.includes(code) || signInCodes.includes(code);
  return isUnread ? { code, retryAfterSeconds, requestId } : undefined;
}

/** It is over: the same again would find the same. */
export const endedCodes: readonly ErrorCode[] = ['delegation-ended', 'delegation-unapproved'];

/** Plain values that the words of an error may name: never a secret, never Microsoft's own message. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/**
 * A failure that a person can be told about. Anything else that is thrown is a bug.
 * `requestId` is Microsoft's own id of the failed call; `retryAfterSeconds` comes from Retry-After.
 */
export class PartnerError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    more: {
      details?: ErrorDetails;
      requestId?: string | undefined;
      retryAfterSeconds?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: more.cause });
    this.name = 'PartnerError';
    this.code = code;
    this.details = more.details ?? {};
    this.requestId = more.requestId;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
