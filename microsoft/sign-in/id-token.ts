import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { PartnerError } from '../../partner/errors.ts';
import type { Cloud } from '../clouds.ts';
import type { Http } from '../http.ts';
import type { Log } from '../log.ts';

const guid = z.guid().transform((text) => text.toLowerCase());

const claimsShape = z.object({
  iss: z.string(),
  tid: guid,
  oid: guid,
  nonce: z.string(),
  name: z.string().default(''),
  preferred_username: z.string().default(''),
  wids: z.array(z.string().transform((text) => text.toLowerCase())).optional(),
  /** 1 = a guest of the tenant, where the application asks for this claim. */
  acct: z.number().optional(),
});

/** What a verified ID token says of the person; ids in lower case. */
export type IdClaims = z.infer<typeof claimsShape>;

interface IdTokensDependencies {
  cloud: Cloud;
  clientId: string;
  http: Http;
  log: Log;
  /** A token with an unknown key asks for the published ones again, but not every forged one does: at most so often. */
  keysAskedAgainMs?: number;
}

const keysKeptMs = 60 * 60_000;

/**
 * Checks ID tokens: signature by the cloud's published keys (RS256 only), issuer of the token's own tenant,
 * audience, life, nonce. MSAL leaves the signature unchecked, and roles are read from these claims.
 * https://learn.microsoft.com/entra/identity-platform/id-tokens#validate-tokens
 */
export function createIdTokens({
  cloud,
  clientId,
  http,
  log,
  keysAskedAgainMs = 60_000,
}: IdTokensDependencies) {
  let known: { keys: JSONWebKeySet; at: number } | undefined;

  async function keys(askAgain: boolean): Promise<JSONWebKeySet> {
    const age = known === undefined ? Number.POSITIVE_INFINITY : performance.now() - known.at;
    if (known !== undefined && age < (askAgain ? keysAskedAgainMs : keysKeptMs)) return known.keys;
    const fetched = await publishedKeys(http, cloud);
    known = { keys: fetched, at: performance.now() };
    return fetched;
  }

  async function payloadOf(idToken: string, askAgain = false): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(idToken, createLocalJWKSet(await keys(askAgain)), {
        algorithms: ['RS256'],
        audience: clientId,
        requiredClaims: ['exp', 'iat', 'iss', 'tid', 'oid', 'nonce'],
        clockTolerance: 300,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && !askAgain) return payloadOf(idToken, true);
      throw error;
    }
  }

  /** Throws PartnerError `sign-in-failed` for a token that is not what it should be, `guest-account` for a guest's. */
  async function verify(idToken: string, nonce: string): Promise<IdClaims> {
    const refuse = (reason: string) => {
      log.warn({ reason }, 'ID token refused');
      return new PartnerError('sign-in-failed', { details: { reason } });
    };
    const payload = await payloadOf(idToken).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? refuse(error.code) : error;
    });
    const parsed = claimsShape.safeParse(payload);
    if (!parsed.success) throw refuse('claims');
    const claims = parsed.data;
    if (claims.iss !== `${cloud.login}/${claims.tid}/v2.0`) throw refuse('issuer');
    if (claims.nonce !== nonce) throw refuse('nonce');
    if (claims.acct === 1) throw new PartnerError('guest-account');
    return claims;
  }

  return { verify };
}

/** jose checks each key's own form. */
const publishedKey = z.custom<JWK & { issuer?: unknown }>(
  (value) => typeof value === 'object' && value !== null,
);
const keySetShape = z.object({ keys: z.array(publishedKey) });

async function publishedKeys(http: Http, cloud: Cloud): Promise<JSONWebKeySet> {
  const answer = await http.send({ method: 'GET', url: `${cloud.login}/common/discovery/v2.0/keys` });
  const parsed = answer.ok ? keySetShape.safeParse(await answer.json().catch(() => undefined)) : undefined;
  if (parsed?.success !== true) throw new PartnerError('microsoft-unavailable');
  // Keys of personal accounts name one fixed tenant; they may not vouch for a company's people.
  return {
    keys: parsed.data.keys.filter(
      ({ issuer }) => issuer === undefined || String(issuer).includes('{tenantid}'),
    ),
  };
}
