import { z } from 'zod';
import { type ErrorCode, PartnerError } from '../../partner/errors.ts';
import { requestIdOf } from '../http.ts';
import { retryAfterSeconds } from '../retry-after.ts';

/** A 429 has `{statusCode, message}` instead: neither is needed. */
const errorBody = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  description: z.string().catch(''),
  data: z.array(z.unknown()).catch([]),
});

/** What people are told to wait when Microsoft names no time. */
const usualWaitSeconds = 10;

/** The person signed in without a second factor. */
const noSecondFactor = '900421';
const etagLost = '2055';
const blockedByPolicy = '900309';
/** The person lacks a role, or the application came without a person: nothing is said of the company. */
const aboutThePerson = ['900150', '900308', '900329'];

/**
 * A refused or failed call of Partner Center as PartnerError. `details.microsoftCode` is Microsoft's number,
 * `details.property` a property of ours that the refusal names; Microsoft's sentence goes no further.
 * https://learn.microsoft.com/partner-center/developer/error-codes
 */
export function partnerCenterError(call: {
  method: string;
  status: number;
  headers: Headers;
  body: unknown;
}): PartnerError {
  const parsed = errorBody.safeParse(call.body);
  const failure = parsed.success ? parsed.data : undefined;
  const wait = retryAfterSeconds(call.headers);
  const code = codeOf(call, failure?.code);
  const property = failure === undefined ? undefined : propertyIn(failure);
  return new PartnerError(code, {
    requestId: requestIdOf(call.headers),
    details: {
      status: call.status,
      ...(failure === undefined ? {} : { microsoftCode: failure.code }),
      ...(property === undefined ? {} : { property }),
    },
    retryAfterSeconds: code === 'microsoft-busy' ? (wait ?? usualWaitSeconds) : wait,
  });
}

/** Whether fetching a new token cannot help: the next one would have the same way of signing in behind it. */
export function lacksSecondFactor(body: unknown): boolean {
  const parsed = errorBody.safeParse(body);
  return parsed.success && parsed.data.code === noSecondFactor;
}

/** Whether Partner Center turned the company away, and not only this person. */
export function refusesCompany(error: PartnerError): boolean {
  const { microsoftCode } = error.details;
  return error.code === 'not-allowed' && !aboutThePerson.includes(String(microsoftCode));
}

function codeOf(call: { method: string; status: number }, number: string | undefined): ErrorCode {
  const { method, status } = call;
  const isWrite = method !== 'GET';
  if (status === 429) return 'microsoft-busy';
  // A gateway may say so although the write behind it was done.
  if (isWrite && (status >= 500 || status === 408)) return 'microsoft-unknown-outcome';
  if (status === 408) return 'microsoft-timeout';
  if (status >= 500) return 'microsoft-unavailable';
  if (status === 401) return number === noSecondFactor ? 'mfa-needed' : 'sign-in-needed';
  if (status === 403) return number === blockedByPolicy ? 'conditional-access' : 'not-allowed';
  if (status === 404) return 'not-found';
  const isStale = status === 409 || status === 412 || (status === 400 && number === etagLost);
  if (isStale) return 'changed-meanwhile';
  return status < 400 ? 'unexpected' : 'microsoft-refused';
}

/** Properties that people fill in; nothing else of a refusal's text is kept. */
const properties = [
  'addressLine1',
  'addressLine2',
  'city',
  'companyName',
  'country',
  'email',
  'firstName',
  'lastName',
  'phoneNumber',
  'postalCode',
  'state',
  'telephone',
  'website',
];

function propertyIn({ description, data }: z.infer<typeof errorBody>): string | undefined {
  const words = [description, ...data.filter((one) => typeof one === 'string')]
    .join(' ')
    .split(/[^a-z0-9]+/i);
  return properties.find((name) => words.some((word) => word.toLowerCase() === name.toLowerCase()));
}
