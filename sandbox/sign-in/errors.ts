import { type HttpAnswer, json } from '../http.ts';
import type { SandboxClock } from '../world.ts';

/** A refusal of the identity platform: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export interface SignInProblem {
  /** OAuth error name such as `invalid_grant`. */
  error: string;
  /** The AADSTS number. */
  number: number;
  text: string;
  status?: number;
  suberror?: string;
}

/** The description as Microsoft words it: number and sentence first, the ids and the time after it. */
function describe(problem: SignInProblem, ids: { trace: string; correlation: string; time: string }): string {
  return `AADSTS${problem.number}: ${problem.text}\r\nTrace ID: ${ids.trace}\r\nCorrelation ID: ${ids.correlation}\r\nTimestamp: ${ids.time}`;
}

/** The body of a refused token request. */
export function tokenProblem(
  problem: SignInProblem,
  context: { clock: SandboxClock; correlationId: string },
): HttpAnswer {
  const time = new Date(context.clock.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const trace = crypto.randomUUID();
  return json(problem.status ?? 400, {
    error: problem.error,
    error_description: describe(problem, { trace, correlation: context.correlationId, time }),
    error_codes: [problem.number],
    timestamp: time,
    trace_id: trace,
    correlation_id: context.correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${problem.number}`,
    ...(problem.suberror === undefined ? {} : { suberror: problem.suberror }),
  });
}

export const problems = {
  unknownTenant: (tenant: string): SignInProblem => ({
    error: 'invalid_request',
    number: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  }),
  unknownApplication: (clientId: string): SignInProblem => ({
    error: 'unauthorized_client',
    number: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory.`,
  }),
  missing: (parameter: string): SignInProblem => ({
    error: 'invalid_request',
    number: 900144,
    text: `The request body must contain the following parameter: '${parameter}'.`,
  }),
  wrongSecret: (clientId: string): SignInProblem => ({
    error: 'invalid_client',
    number: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    status: 401,
  }),
  noCredential: {
    error: 'invalid_client',
    number: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    status: 401,
  } satisfies SignInProblem,
  unknownGrantType: (grantType: string): SignInProblem => ({
    error: 'unsupported_grant_type',
    number: 70003,
    text: `The app requested an unsupported grant type '${grantType}'.`,
  }),
  badScope: (scope: string): SignInProblem => ({
    error: 'invalid_scope',
    number: 70011,
    text: `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  badAppScope: (scope: string): SignInProblem => ({
    error: 'invalid_scope',
    number: 1002012,
    text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  }),
  malformedGrant: {
    error: 'invalid_grant',
    number: 9002313,
    text: 'Invalid request. Request is malformed or invalid.',
  },
  codeUsed: {
    error: 'invalid_grant',
    number: 54005,
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  codeExpired: {
    error: 'invalid_grant',
    number: 70008,
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  },
  codeOfAnotherApplication: {
    error: 'invalid_grant',
    number: 700005,
    text: 'Provided Authorization Code is intended to use against other tenant or application, thus rejected.',
  },
  otherRedirect: (redirectUri: string): SignInProblem => ({
    error: 'invalid_client',
    number: 500112,
    text: `The reply address '${redirectUri}' does not match the reply address provided when requesting Authorization code.`,
  }),
  wrongVerifier: {
    error: 'invalid_grant',
    number: 501481,
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  refreshExpired: {
    error: 'invalid_grant',
    number: 700082,
    text: 'The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.',
  },
  refreshRevoked: {
    error: 'invalid_grant',
    number: 50173,
    text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    suberror: 'bad_token',
  },
  accountMissing: {
    error: 'invalid_grant',
    number: 50034,
    text: 'The user account does not exist in the directory. To sign into this application, the account must be added to the directory.',
  },
  accountDisabled: { error: 'invalid_grant', number: 50057, text: 'The user account is disabled.' },
  guest: {
    error: 'invalid_grant',
    number: 50020,
    text: 'User account from identity provider does not exist in tenant and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.',
  },
  notDelegated: (tenant: string): SignInProblem => ({
    error: 'invalid_grant',
    number: 50177,
    text: `The user account does not exist in the tenant '${tenant}' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.`,
  }),
  noConsent: (clientId: string): SignInProblem => ({
    error: 'invalid_grant',
    number: 65001,
    text: `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
    suberror: 'consent_required',
  }),
  applicationNotInTenant: (clientId: string, tenant: string): SignInProblem => ({
    error: 'unauthorized_client',
    number: 7000229,
    text: `The client application '${clientId}' is missing service principal in the tenant '${tenant}'.`,
    status: 401,
  }),
  badRedirect: (redirectUri: string): SignInProblem => ({
    error: 'invalid_request',
    number: 50011,
    text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application.`,
  }),
  personalAccounts: {
    error: 'invalid_request',
    number: 500200,
    text: 'User account is a personal Microsoft account. Personal Microsoft accounts are not supported for this application.',
  },
  badChallenge: {
    error: 'invalid_request',
    number: 50147,
    text: "The Code_Challenge parameter is not valid. The sandbox wants 43 characters or more with method 'S256'.",
  },
  badResponseType: {
    error: 'unsupported_response_type',
    number: 700054,
    text: "response_type is not supported for the application. The sandbox knows 'code' with response_mode 'query' or 'fragment'.",
  },
} as const;
