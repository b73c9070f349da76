import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { isLanguage, type Language } from '../locales/words.ts';
import type { SignInUnderWay } from '../partner/sign-in-port.ts';
import { createSealedCookie } from './sealed-cookie.ts';

/** A sign-in of staff or in a chat that this browser began, and the language that it began in. */
export interface BegunSignIn {
  underWay: SignInUnderWay;
  language: Language;
}

/** The browser that began a sign-in keeps it and alone can finish it, within ten minutes; each new one replaces the last. */
export interface SignInCookie {
  write(begun: BegunSignIn): Promise<string>;
  read(headers: IncomingHttpHeaders): Promise<BegunSignIn | undefined>;
  end(): string;
}

const text = z.string();
export const attemptShape = z.object({ state: text, nonce: text, codeVerifier: text, redirectUri: text });
const shape = z.object({
  underWay: z.object({
    purpose: z.union([z.object({ state: text }), z.object({ returnTo: text })]),
    cloud: z.enum(['worldwide', '21vianet']),
    attempt: attemptShape,
    staff: z.object({ tenantId: text, objectId: text }).optional(),
  }),
  language: text.transform((each): Language => (isLanguage(each) ? each : 'vi')),
});

const lifetimeMs = 10 * 60 * 1000;

/** `now` is real time, `secure` for https. */
export function createSignInCookie(deps: { key: Buffer; now(): number; secure: boolean }): SignInCookie {
  const cookie = createSealedCookie<BegunSignIn>({
    ...deps,
    ...{ name: 'partner_bot_sign_in', path: '/sign-in', shape },
  });
  return {
    write: (begun) => cookie.write(begun, lifetimeMs),
    read: async (headers) => (await cookie.read(headers))?.value,
    end: cookie.end,
  };
}
