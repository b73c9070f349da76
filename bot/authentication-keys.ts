import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';

/** The signing keys of a cloud's channels. */
export interface ChannelKeys {
  /**
   * The token's claims and the channels that its key may speak for. Throws when the token is not a current
   * one of this issuer for this audience, or the keys cannot be read.
   */
  verify(token: string, expected: { issuer: string; audience: string }): Promise<VerifiedToken>;
}

export interface VerifiedToken {
  claims: JWTPayload;
  endorsements: readonly string[];
}

interface KeySet {
  find: ReturnType<typeof createLocalJWKSet>;
  endorsements: ReadonlyMap<string, readonly string[]>;
  readAt: number;
}

const metadataSchema = z.looseObject({ jwks_uri: z.url() });
const keysSchema = z.looseObject({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), endorsements: z.array(z.string()).optional() }),
  ),
});

// What the documentation asks for: keys are read again after a day, or earlier for an unknown key id.
const staleAfter = 24 * 60 * 60 * 1000;
const soonestRetry = 5 * 60 * 1000;
const readTimeout = 5_000;

/**
 * Reads a cloud's OpenID metadata and keys, and keeps them. The SDK accepts tokens without an end and keys
 * without endorsements, and prints key material when one does not fit, so tokens are verified here first.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function createChannelKeys(metadataUrl: string): ChannelKeys {
  let current: KeySet | undefined;
  let reading: Promise<KeySet> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<KeySet> {
    const { jwks_uri } = metadataSchema.parse(await getJson(metadataUrl));
    const { keys } = keysSchema.parse(await getJson(jwks_uri));
    const endorsements = new Map(keys.map((key) => [key.kid, key.endorsements ?? []] as const));
    current = { find: createLocalJWKSet({ keys }), endorsements, readAt: performance.now() };
    return current;
  }

  function reread(): Promise<KeySet> {
    triedAt = performance.now();
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function keysFor(kid: string | undefined): Promise<KeySet> {
    const known = current;
    if (known === undefined) return reread();
    const isKnown = kid !== undefined && known.endorsements.has(kid);
    const isFresh = performance.now() - known.readAt < staleAfter;
    const mayRetry = performance.now() - triedAt > soonestRetry;
    if ((isKnown && isFresh) || !mayRetry) return known;
    // Keys that cannot be read again just now are better than none.
    return reread().catch(() => known);
  }

  return {
    async verify(token, expected) {
      let endorsements: readonly string[] = [];
      const { payload } = await jwtVerify(
        token,
        async (header, parts) => {
          const keys = await keysFor(header.kid);
          endorsements = keys.endorsements.get(header.kid ?? '') ?? [];
          return keys.find(header, parts);
        },
        { ...expected, algorithms: ['RS256'], clockTolerance: 300, requiredClaims: ['exp'] },
      );
      return { claims: payload, endorsements };
    },
  };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(readTimeout) });
  if (!response.ok) throw new Error(`Keys of the channel: status ${response.status}`);
  return response.json();
}
