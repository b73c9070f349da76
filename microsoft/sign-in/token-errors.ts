import { AuthError, InteractionRequiredAuthError } from '@azure/msal-node';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';

/**
 * Numbers of the identity platform that have an answer of their own.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const codeByNumber: Readonly<Record<string, ErrorCode>> = {
  // Nobody allowed the application, or it is not in that company yet.
  '65001': 'consent-missing',
  '650051': 'consent-missing',
  '650052': 'consent-missing',
  '700016': 'consent-missing',
  '7000229': 'consent-missing',
  // No account of that company.
  '50020': 'guest-account',
  '50177': 'guest-account',
  '90072': 'guest-account',
  // A rule of the company forbids it.
  '53000': 'conditional-access',
  '53001': 'conditional-access',
  '53003': 'conditional-access',
  '530003': 'conditional-access',
  // The person must be there again: expired, revoked, second factor, password changed, account gone or blocked.
  '50034': 'sign-in-needed',
  '50055': 'sign-in-needed',
  '50057': 'sign-in-needed',
  '50076': 'sign-in-needed',
  '50078': 'sign-in-needed',
  '50079': 'sign-in-needed',
  '50132': 'sign-in-needed',
  '50133': 'sign-in-needed',
  '50173': 'sign-in-needed',
  '70008': 'sign-in-needed',
  '70043': 'sign-in-needed',
  '700082': 'sign-in-needed',
  '700084': 'sign-in-needed',
  // Microsoft's own trouble.
  '90033': 'microsoft-unavailable',
  '90006': 'microsoft-unavailable',
};

/**
 * What a failed token call means for the person. `during`: at the end of a sign-in nothing but trying again
 * helps; in a silent refresh the stored sign-in is gone; `app` has no person to ask.
 */
export function tokenError(error: unknown, during: 'sign-in' | 'refresh' | 'app'): PartnerError {
  if (error instanceof PartnerError) return error;
  const number = error instanceof AuthError ? numberOf(error) : undefined;
  const reason = error instanceof AuthError ? error.errorCode : 'not-from-msal';
  const details = number === undefined ? { reason } : { reason, aadsts: number };
  return new PartnerError(codeOf(error, number, during), {
    details,
    // MSAL's own errors hold Microsoft's sentence and are left behind; any other one is a bug to be seen.
    cause: error instanceof AuthError ? undefined : error,
    requestId: error instanceof AuthError && error.correlationId !== '' ? error.correlationId : undefined,
  });
}

function codeOf(
  error: unknown,
  number: string | undefined,
  during: 'sign-in' | 'refresh' | 'app',
): ErrorCode {
  const known = number === undefined ? undefined : codeByNumber[number];
  const asksForPerson = known === 'sign-in-needed' || error instanceof InteractionRequiredAuthError;
  const grantRefused = error instanceof AuthError && error.errorCode === 'invalid_grant';

  if (known !== undefined && known !== 'sign-in-needed') return known;
  if (during === 'refresh' && (asksForPerson || grantRefused)) return 'sign-in-needed';
  if (during === 'sign-in') return 'sign-in-failed';
  return 'unexpected';
}

function numberOf(error: AuthError): string | undefined {
  const given = 'errorNo' in error && typeof error.errorNo === 'string' ? error.errorNo : undefined;
  return given ?? /AADSTS(\d+)/.exec(error.errorMessage)?.[1];
}
