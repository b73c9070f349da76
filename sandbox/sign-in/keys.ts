import { createHash } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Settings } from '../settings.ts';

export interface SigningKeys {
  privateKey: CryptoKey;
  /** Public half as published under `/discovery/v2.0/keys`. */
  publicKey: JWK & { kid: string };
}

const setting = 'signing-key';

/** The sandbox's RS256 key: made on first start, then the same for the life of the file. */
export async function loadSigningKeys(settings: Settings): Promise<SigningKeys> {
  const stored = await settings.read(setting);
  const jwk = stored === undefined ? await make(settings) : (JSON.parse(stored) as JWK);
  const privateKey = await importJWK(jwk, 'RS256');
  if (privateKey instanceof Uint8Array) throw new Error('The stored signing key is no RSA key');
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 27);
  return {
    privateKey,
    publicKey: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n: String(jwk.n), e: String(jwk.e) },
  };
}

/** Finding the primes takes up to half a second, so a process with many sandboxes does it once. */
let fresh: Promise<JWK> | undefined;

async function make(settings: Settings): Promise<JWK> {
  fresh ??= generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => exportJWK(privateKey));
  const jwk = await fresh;
  await settings.write(setting, JSON.stringify(jwk));
  return jwk;
}
