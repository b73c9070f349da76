import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { AccountRef } from '../partner/accounts.ts';
import type { Storage } from '../storage/storage.ts';
import { createFormTokens, type FormTokens } from './form-tokens.ts';
import { createSealedCookie } from './sealed-cookie.ts';

/** Who signed in on our own pages in this browser, for one hour, and no longer than until they sign out anywhere. */
export interface Sessions {
  /** The Set-Cookie value that makes this browser the account's. */
  cookieFor(account: AccountRef): Promise<string>;
  read(headers: IncomingHttpHeaders): Promise<AccountRef | undefined>;
  forms: FormTokens;
}

const lifetimeMs = 60 * 60 * 1000;
const accountShape = z.object({ tenantId: z.string(), objectId: z.string() });

/** `now` is real time, `secure` for https. */
export function createSessions(deps: {
  key: Buffer;
  signOuts: Storage['signOuts'];
  now(): number;
  secure: boolean;
}): Sessions {
  const { key, now, secure } = deps;
  const cookie = createSealedCookie({
    ...{ name: 'partner_bot_session', path: '/', key, shape: accountShape, now, secure },
  });
  return {
    cookieFor: ({ tenantId, objectId }) => cookie.write({ tenantId, objectId }, lifetimeMs),
    async read(headers) {
      const held = await cookie.read(headers);
      if (held === undefined) return undefined;
      const signedOutAt = await deps.signOuts.last(held.value);
      return signedOutAt !== undefined && held.at <= signedOutAt ? undefined : held.value;
    },
    forms: createFormTokens(key),
  };
}
