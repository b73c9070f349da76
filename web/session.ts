import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { AccountRef } from '../partner/accounts.ts';

/** Who signed in on our own pages in this browser, for one hour. */
export interface Sessions {
  /** The Set-Cookie value that makes this browser the account's. */
  cookieFor(account: AccountRef): string;
  read(headers: IncomingHttpHeaders): AccountRef | undefined;
  /** Token of one form of one session; pages put it into the form and check it on POST. */
  formToken(account: AccountRef, path: string): string;
  isFormToken(account: AccountRef, path: string, token: string): boolean;
}

const lifetimeMs = 60 * 60 * 1000;
const cookieName = 'partner_bot_session';
const content = z.object({ t: z.string(), o: z.string(), until: z.number() });

/** Signed cookies; `now` is real time, `secure` for https. */
export function createSessions(deps: { key: Buffer; now(): number; secure: boolean }): Sessions {
  const sign = (text: string) => createHmac('sha256', deps.key).update(text).digest('base64url');

  return {
    cookieFor({ tenantId, objectId }) {
      const until = deps.now() + lifetimeMs;
      const text = Buffer.from(JSON.stringify({ t: tenantId, o: objectId, until })).toString('base64url');
      const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifetimeMs / 1000}${deps.secure ? '; Secure' : ''}`;
      return `${cookieName}=${text}.${sign(text)}; ${flags}`;
    },
    read(headers) {
      const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
      const [text = '', signature = ''] = value?.split('.') ?? [];
      if (text === '' || !same(signature, sign(text))) return undefined;
      const read = content.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
      if (!read.success || read.data.until < deps.now()) return undefined;
      return { tenantId: read.data.t, objectId: read.data.o };
    },
    formToken: ({ tenantId, objectId }, path) => sign(`form ${tenantId} ${objectId} ${path}`),
    isFormToken: ({ tenantId, objectId }, path, token) =>
      same(token, sign(`form ${tenantId} ${objectId} ${path}`)),
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
