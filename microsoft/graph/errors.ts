import { z } from 'zod';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import { requestIdOf } from '../http.ts';
import { retryAfterSeconds } from '../retry-after.ts';

const errorBody = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: z.object({ 'request-id': z.string().optional() }).optional().catch(undefined),
    details: z
      .array(z.object({ code: z.string().catch(''), target: z.string().catch('') }))
      .catch([])
      .default([]),
  }),
});

type GraphFailure = z.infer<typeof errorBody>['error'];

/** What people are told to wait when Microsoft names no time. */
const usualWaitSeconds = 10;

/**
 * A refused or failed Graph call as PartnerError, with Microsoft's request id. Microsoft's sentence is read to
 * tell cases apart that share a code, and goes no further. https://learn.microsoft.com/graph/errors
 */
export function graphError(call: {
  method: string;
  status: number;
  headers: Headers;
  body: string;
}): PartnerError {
  const failure = parse(call.body);
  const requestId = requestIdOf(call.headers) ?? failure.innerError?.['request-id'];
  const wait = retryAfterSeconds(call.headers);
  const code = codeOf(call.method, call.status, failure);
  const busy = code === 'microsoft-busy';
  return new PartnerError(code, {
    requestId,
    details: { status: call.status },
    retryAfterSeconds: busy ? (wait ?? usualWaitSeconds) : wait,
  });
}

function codeOf(method: string, status: number, failure: GraphFailure): ErrorCode {
  const isWrite = method !== 'GET';
  if (status === 429) return 'microsoft-busy';
  // A gateway may say so although the write behind it was done.
  if (isWrite && (status >= 500 || status === 408)) return 'microsoft-unknown-outcome';
  if (status === 408) return 'microsoft-timeout';
  if (status >= 500) return 'microsoft-unavailable';
  if (status === 401) return 'sign-in-needed';
  if (status === 403) return 'not-allowed';
  if (status === 404) return 'not-found';
  if (status === 409 || status === 412)
    return nameTaken(failure) ? 'sign-in-name-taken' : 'changed-meanwhile';
  if (status === 400) return refusalOf(failure);
  return status < 400 ? 'unexpected' : 'microsoft-refused';
}

/** Most refusals of the directory share the code Request_BadRequest; details come first, the sentence last. */
function refusalOf(failure: GraphFailure): ErrorCode {
  const says = (...words: RegExp[]) => words.every((word) => word.test(failure.message));
  const about = (target: RegExp) => failure.details.some((detail) => target.test(detail.target));

  if (nameTaken(failure)) return 'sign-in-name-taken';
  if (says(/licen[sc]e/i, /inherited from a group|group membership/i)) return 'licence-from-group';
  if (says(/licen[sc]e/i, /usage ?location/i)) return 'usage-location-missing';
  if (says(/licen[sc]e/i, /available|enough|limit/i)) return 'no-licence-left';
  if (says(/domain/i, /verified|userPrincipalName|invalid/i)) return 'domain-not-verified';
  if (about(/^passwordProfile/i) || says(/password/i)) return 'password-rejected';
  if (about(/^(userPrincipalName|mailNickname)$/i) || says(/userPrincipalName|mailNickname/i)) {
    return 'sign-in-name-invalid';
  }
  return 'microsoft-refused';
}

function nameTaken(failure: GraphFailure): boolean {
  const conflict = failure.details.some(
    ({ code, target }) =>
      code === 'ObjectConflict' && /^(userPrincipalName|proxyAddresses|mail)$/i.test(target),
  );
  return conflict || /same value for property (userPrincipalName|proxyAddresses)/i.test(failure.message);
}

function parse(body: string): GraphFailure {
  const nothing: GraphFailure = { code: '', message: '', innerError: undefined, details: [] };
  try {
    const parsed = errorBody.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.error : nothing;
  } catch {
    return nothing;
  }
}
