import type { IncomingHttpHeaders } from 'node:http';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** One cookie that only we can read and write, with what it holds and since when. */
export interface SealedCookie<T> {
  /** The Set-Cookie value that keeps this. */
  write(value: T, lifetimeMs: number): Promise<string>;
  /** Undefined where there is none, where its time is over, or where it is not ours. `at`: real time, ms. */
  read(headers: IncomingHttpHeaders): Promise<{ value: T; at: number } | undefined>;
  /** The Set-Cookie value that removes it. */
  end(): string;
}

/**
 * Encrypted and authenticated (AES-256-GCM, compact JWE), so that a browser keeps what the server would have to store
 * for everybody who only knocks. `key`: 32 bytes of its own; `now` is real time; `secure` for https.
 */
export function createSealedCookie<T>(deps: {
  name: string;
  path: string;
  key: Buffer;
  shape: z.ZodType<T>;
  now(): number;
  secure: boolean;
}): SealedCookie<T> {
  const { name, path, key, shape, now, secure } = deps;
  const flags = `Path=${path}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const content = z.object({ value: shape, at: z.number() });

  function sent(headers: IncomingHttpHeaders): string | undefined {
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
    return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  }

  return {
    async write(value, lifetimeMs) {
      const at = now();
      const text = await new EncryptJWT({ value, at })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(at + lifetimeMs))
        .encrypt(key);
      return `${name}=${text}; ${flags}; Max-Age=${Math.floor(lifetimeMs / 1000)}`;
    },
    async read(headers) {
      const text = sent(headers);
      if (text === undefined || text === '') return undefined;
      try {
        const options = {
          currentDate: new Date(now()),
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        };
        const { payload } = await jwtDecrypt(text, key, options);
        return content.safeParse(payload).data;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    end: () => `${name}=; ${flags}; Max-Age=0`,
  };
}
