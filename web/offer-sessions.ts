import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { AccountRef } from '../partner/accounts.ts';
import type { ClientCompany, ClientPerson } from '../partner/offers.ts';
import type { SignInAttempt } from '../partner/sign-in.ts';
import type { Storage } from '../storage/storage.ts';
import { createFormTokens, type FormTokens } from './form-tokens.ts';
import { createSealedCookie } from './sealed-cookie.ts';
import { attemptShape } from './sign-in-cookie.ts';

/** Somebody who signed in to answer offers; nothing of it was said by the browser itself. */
export interface OfferVisitor extends ClientCompany {
  person: ClientPerson;
  /** Roles that may bind the company; undefined when Microsoft told none at all. */
  roles?: readonly string[] | undefined;
}

/** An answer that waits for Microsoft to say once more who it is, and with which roles. */
export interface WaitingAnswer {
  /** Where it lies sealed meanwhile. */
  key: string;
  by: AccountRef;
  signInName: string;
  /** Microsoft was asked without a page of its own. */
  silent: boolean;
}

/** A sign-in on its way, which only the browser that began it can finish. */
export interface OfferSignIn {
  /** What Microsoft's answer must fit. */
  attempt: SignInAttempt;
  /** Code of the offer to come back to. */
  code: string;
  language: 'vi' | 'en';
  answer?: WaitingAnswer | undefined;
}

/**
 * The one sealed cookie of the pages for clients: first the sign-in on its way, then who came of it, so that a sign-in
 * ends with its first use. It is of no use on the pages for staff, and theirs is of none here.
 */
export interface OfferSessions {
  /** The Set-Cookie value that makes this browser the visitor's, for one hour. `cloud` is where they signed in. */
  cookieFor(visitor: OfferVisitor, cloud: string): Promise<string>;
  /**
   * The visitor, if they signed in to this cloud (what another one says of a company counts for nothing here) and have
   * signed out nowhere since.
   */
  read(headers: IncomingHttpHeaders, cloud: string): Promise<OfferVisitor | undefined>;
  /** The Set-Cookie value that leaves neither a visitor nor a sign-in. */
  end(): string;
  forms: FormTokens;
  /** The Set-Cookie value that keeps a sign-in, for ten minutes. */
  signInCookie(signIn: OfferSignIn): Promise<string>;
  readSignIn(headers: IncomingHttpHeaders): Promise<OfferSignIn | undefined>;
}

const visitorShape = z.object({
  tenantId: z.string(),
  name: z.string(),
  domain: z.string(),
  person: z.object({ objectId: z.string(), name: z.string(), signInName: z.string() }),
  roles: z.array(z.string()).optional(),
});
const signInShape = z.object({
  attempt: attemptShape,
  code: z.string(),
  language: z.enum(['vi', 'en']),
  answer: z
    .object({
      key: z.string(),
      by: z.object({ tenantId: z.string(), objectId: z.string() }),
      signInName: z.string(),
      silent: z.boolean(),
    })
    .optional(),
});
const shape = z.union([
  z.object({ visitor: visitorShape, cloud: z.string() }),
  z.object({ signIn: signInShape }),
]);

const minuteMs = 60 * 1000;

/** `now` is real time, `secure` for https. */
export function createOfferSessions(deps: {
  key: Buffer;
  signOuts: Storage['signOuts'];
  now(): number;
  secure: boolean;
}): OfferSessions {
  const { key, now, secure } = deps;
  const cookie = createSealedCookie<z.infer<typeof shape>>({
    ...{ name: 'partner_offer_session', path: '/offers', key, shape, now, secure },
  });

  async function hasLeft({ tenantId, person }: OfferVisitor, since: number): Promise<boolean> {
    const at = await deps.signOuts.last({ tenantId, objectId: person.objectId });
    return at !== undefined && since <= at;
  }

  return {
    cookieFor: ({ roles, ...visitor }, cloud) =>
      cookie.write(
        { visitor: { ...visitor, ...(roles === undefined ? {} : { roles: [...roles] }) }, cloud },
        60 * minuteMs,
      ),
    async read(headers, cloud) {
      const held = await cookie.read(headers);
      if (held === undefined || !('visitor' in held.value) || held.value.cloud !== cloud) return undefined;
      const { visitor } = held.value;
      return (await hasLeft(visitor, held.at)) ? undefined : visitor;
    },
    end: cookie.end,
    forms: createFormTokens(key),
    signInCookie: (signIn) => cookie.write({ signIn }, 10 * minuteMs),
    async readSignIn(headers) {
      const held = await cookie.read(headers);
      return held !== undefined && 'signIn' in held.value ? held.value.signIn : undefined;
    },
  };
}

/** The account that a visitor signed in with. */
export const accountOf = ({ tenantId, person }: OfferVisitor): AccountRef => ({
  tenantId,
  objectId: person.objectId,
});
