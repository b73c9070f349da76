import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { isBinding } from '../partner/acceptance-life.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { hasPutOff, openQuestions } from '../partner/offer-attention.ts';
import type { OfferEventKind } from '../partner/offers.ts';
import type { Storage } from '../storage/storage.ts';
import { accountOf } from './offer-sessions.ts';
import { answers, delegationAnswers, type SaidAnswer } from './pages/offer-notice.ts';
import type { OfferVisit } from './pages/offer-visit.ts';
import { createSealedCookie } from './sealed-cookie.ts';

const shape = z.object({
  code: z.string(),
  by: z.object({ tenantId: z.string(), objectId: z.string() }),
  said: z.enum([...answers, ...delegationAnswers]),
});

/** From the answer to the page that follows it at once, real time, ms. */
const lifetimeMs = 60 * 1000;

/** *Recorded: …* on the page that follows an answer: for who gave it, once, and only while it is so. */
export interface OfferFlash {
  /** The Set-Cookie value that has it said on the next page of this offer. */
  cookieFor(code: string, by: AccountRef, said: SaidAnswer): Promise<string>;
  /** What to say to this visitor, if anything is due and so; and the Set-Cookie values after which it is due no more. */
  take(headers: IncomingHttpHeaders, visit: OfferVisit): Promise<{ said?: SaidAnswer; cookies: string[] }>;
}

/** The browser keeps it sealed, so that no address can have it said. `now` is real time, `secure` for https. */
export function createOfferFlash(deps: {
  key: Buffer;
  storage: Pick<Storage, 'offerEvents'>;
  now(): number;
  secure: boolean;
}): OfferFlash {
  const { key, now, secure } = deps;
  const cookie = createSealedCookie({
    ...{ name: 'partner_offer_said', path: '/offers', key, shape, now, secure },
  });

  async function isSo(said: SaidAnswer, visit: OfferVisit): Promise<boolean> {
    const { acceptance, delegation, offer, version, visitor } = visit;
    const tenantId = visitor?.tenantId ?? '';
    const told = (kinds: readonly OfferEventKind[]) =>
      deps.storage.offerEvents.ofKinds(offer.id, kinds, tenantId);
    switch (said) {
      case 'accept':
        return acceptance !== undefined && isBinding(acceptance);
      case 'decline':
        return acceptance?.state === 'declined';
      case 'withdraw':
        return acceptance?.state === 'withdrawn';
      case 'wish':
        return acceptance !== undefined && acceptance.wish.length > 0;
      case 'ask':
        return openQuestions(await told(['asked', 'answered'])).length > 0;
      case 'allow':
        // What comes after an approval that has been given is no news.
        return delegation?.state === 'requested' || delegation?.state === 'waiting-for-approval';
      case 'refuse':
        return delegation?.state === 'declined';
      case 'later':
        return hasPutOff(await told(['delegation-later']), tenantId, version.number);
    }
  }

  return {
    cookieFor: (code, { tenantId, objectId }, said) =>
      cookie.write({ code, by: { tenantId, objectId }, said }, lifetimeMs),
    async take(headers, visit) {
      const { visitor, offer } = visit;
      const held = (await cookie.read(headers))?.value;
      if (held === undefined) return { cookies: [] };
      const { code, by, said } = held;
      const isTheirs =
        visitor !== undefined && code === offer.code && accountKey(by) === accountKey(accountOf(visitor));
      const isDue = isTheirs && (await isSo(said, visit));
      return { ...(isDue ? { said } : {}), cookies: [cookie.end()] };
    },
  };
}
