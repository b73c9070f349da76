import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { ClientCompany, ClientPerson } from '../partner/offers.ts';
import type { SignInAttempt } from '../partner/sign-in.ts';

/** Somebody who signed in to answer offers; nothing of it was said by the browser itself. */
export interface OfferVisitor extends ClientCompany {
  person: ClientPerson;
  /** Roles that may bind the company; undefined when Microsoft told none at all. */
  roles?: readonly string[] | undefined;
}

/** A sign-in on its way, which only the browser that began it can finish. */
export interface OfferSignIn {
  /** What Microsoft's answer must fit. */
  attempt: SignInAttempt;
  /** Code of the offer to come back to. */
  code: string;
  language: 'vi' | 'en';
}

/**
 * The one signed cookie of the pages for clients: first the sign-in on its way, then who came of it, so that a sign-in
 * ends with its first use. It is of no use on the pages for staff, and theirs is of none here.
 */
export interface OfferSessions {
  /** The Set-Cookie value that makes this browser the visitor's, for one hour. `cloud` is where they signed in. */
  cookieFor(visitor: OfferVisitor, cloud: string): string;
  /** The visitor, if they signed in to this cloud: what another one says of a company counts for nothing here. */
  read(headers: IncomingHttpHeaders, cloud: string): OfferVisitor | undefined;
  /** The Set-Cookie value that leaves neither a visitor nor a sign-in. */
  end(): string;
  /** Token of one form of one session; the page puts it into the form and checks it on POST. */
  formToken(visitor: OfferVisitor, path: string): string;
  isFormToken(visitor: OfferVisitor, path: string, token: string): boolean;
  /** The Set-Cookie value that keeps a sign-in, for ten minutes. */
  signInCookie(signIn: OfferSignIn): string;
  readSignIn(headers: IncomingHttpHeaders): OfferSignIn | undefined;
}

const visitorShape = z.object({
  tenantId: z.string(),
  name: z.string(),
  domain: z.string(),
  person: z.object({ objectId: z.string(), name: z.string(), signInName: z.string() }),
  roles: z.array(z.string()).optional(),
});
const signInShape = z.object({
  attempt: z.object({
    state: z.string(),
    nonce: z.string(),
    codeVerifier: z.string(),
    redirectUri: z.string(),
  }),
  code: z.string(),
  language: z.enum(['vi', 'en']),
});

const content = z.object({
  until: z.number(),
  visitor: visitorShape.optional(),
  cloud: z.string().optional(),
  signIn: signInShape.optional(),
});

const name = 'partner_offer_session';
const minuteMs = 60 * 1000;

/** `now` is real time, `secure` for https. */
export function createOfferSessions(deps: { key: Buffer; now(): number; secure: boolean }): OfferSessions {
  const sign = (text: string) => createHmac('sha256', deps.key).update(`offers ${text}`).digest('base64url');
  const flags = `Path=/offers; HttpOnly; SameSite=Lax${deps.secure ? '; Secure' : ''}`;

  function write(
    held: { visitor: OfferVisitor; cloud: string } | { signIn: OfferSignIn },
    lifetimeMs: number,
  ): string {
    const until = deps.now() + lifetimeMs;
    const text = Buffer.from(JSON.stringify({ ...held, until })).toString('base64url');
    return `${name}=${text}.${sign(`cookie ${text}`)}; ${flags}; Max-Age=${lifetimeMs / 1000}`;
  }

  function held(headers: IncomingHttpHeaders): Partial<z.infer<typeof content>> {
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    const [text = '', signature = ''] = value?.split('.') ?? [];
    if (text === '' || !same(signature, sign(`cookie ${text}`))) return {};
    const read = content.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return read.success && read.data.until >= deps.now() ? read.data : {};
  }

  const formToken = ({ tenantId, person }: OfferVisitor, path: string) =>
    sign(`form ${tenantId} ${person.objectId} ${path}`);

  return {
    cookieFor: (visitor, cloud) => write({ visitor, cloud }, 60 * minuteMs),
    read(headers, cloud) {
      const session = held(headers);
      return session.cloud === cloud ? session.visitor : undefined;
    },
    end: () => `${name}=; ${flags}; Max-Age=0`,
    formToken,
    isFormToken: (visitor, path, token) => same(token, formToken(visitor, path)),
    signInCookie: (signIn) => write({ signIn }, 10 * minuteMs),
    readSignIn: (headers) => held(headers).signIn,
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
