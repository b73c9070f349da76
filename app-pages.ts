import type { OfferConsequences } from './bot/offer-desk.ts';
import type { CloudsInUse } from './microsoft/clouds-in-use.ts';
import type { Clock } from './partner/clock.ts';
import type { Zones } from './partner/company-zones.ts';
import type { Log } from './partner/log.ts';
import type { Operation } from './partner/operations.ts';
import type { SignInPort } from './partner/sign-in-port.ts';
import type { Storage } from './storage/storage.ts';
import type { Surroundings } from './surroundings.ts';
import { createOfferFlash } from './web/offer-flash.ts';
import { createOfferPages } from './web/offer-pages.ts';
import { createOfferSessions } from './web/offer-sessions.ts';
import { pageLanguage } from './web/page-language.ts';
import { createPasswordPages } from './web/password-pages.ts';
import { createSessions } from './web/session.ts';
import { createSignInCookie } from './web/sign-in-cookie.ts';
import { createSignInPages } from './web/sign-in-pages.ts';

interface PagesDeps {
  surroundings: Surroundings;
  storage: Storage;
  zones: Zones;
  clock: Clock;
  publicUrl: string;
  signIns: SignInPort;
  microsoft: CloudsInUse;
  offerLink(code: string, language?: 'vi' | 'en'): string;
  offerConsequences: OfferConsequences;
  newId(): string;
  newReference(): string;
  /** 256 random bits, base64url. */
  newSecret(): string;
  /** Whether whoever confirmed this operation may see the password that it made. */
  mayReveal(operation: Operation): Promise<boolean>;
  /** A key of its own for each purpose. */
  keyFor(purpose: string): Buffer;
  log: Log;
}

/** Puts the pages together that people open in a browser: staff their sign-in and passwords, clients their offers. */
export function createPages(deps: PagesDeps) {
  const { surroundings, storage, clock, publicUrl, signIns, microsoft, log } = deps;
  const { newId, newReference, newSecret } = deps;
  const { clouds, companies, sandboxOrigin } = surroundings;
  const signInOrigins = sandboxOrigin === undefined ? clouds.map(({ login }) => login) : [sandboxOrigin];
  const kept = { now: Date.now, secure: publicUrl.startsWith('https://') };
  const { signOuts } = storage;
  const sessions = createSessions({ key: deps.keyFor('sessions'), signOuts, ...kept });
  const begun = createSignInCookie({ key: deps.keyFor('sign-ins'), ...kept });
  const cloudOf = (company: string) => companies.cloudOf(company) ?? clouds[0].name;
  const pages = { signIns, sessions, begun, newReference, log, language: pageLanguage };
  return {
    signIn: createSignInPages(pages),
    passwords: createPasswordPages({
      ...pages,
      storage,
      clock,
      newId,
      signInOrigins,
      mayReveal: deps.mayReveal,
    }),
    offers: createOfferPages({
      ...{ storage, zones: deps.zones, clock, newId, newReference, newSecret, signInOrigins, log },
      language: pageLanguage,
      consequences: deps.offerConsequences.of,
      cloudOf,
      isPartner: (tenantId) => companies.cloudOf(tenantId) !== undefined,
      clientSignIn: (company) => microsoft.clientSignInTo(cloudOf(company)),
      tenantLookups: microsoft.tenantLookups,
      relationships: microsoft.relationships,
      offerSessions: createOfferSessions({ key: deps.keyFor('offer-sessions'), signOuts, ...kept }),
      offerFlash: createOfferFlash({ key: deps.keyFor('offer-flashes'), storage, ...kept }),
      callbackAddress: `${publicUrl}/offers/callback`,
      offerLink: deps.offerLink,
    }),
  };
}
