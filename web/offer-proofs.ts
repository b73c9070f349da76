import { isBinding } from '../partner/acceptance-life.ts';
import type { Storage } from '../storage/storage.ts';
import { seeOther, type WebAnswer } from './http.ts';
import { type Html, html } from './pages/html.ts';
import { delegationProof } from './pages/offer-delegation-proof.ts';
import { offerFrame } from './pages/offer-frame.ts';
import { proofBody, proofWays } from './pages/offer-proof.ts';
import { factsOf, type OfferVisit } from './pages/offer-visit.ts';

/** The proof of what was accepted or allowed, for the company that did; the offer's page for anybody else. */
export function createOfferProofs({ storage }: { storage: Pick<Storage, 'offers' | 'offerEvents'> }) {
  async function linesProof(visit: OfferVisit): Promise<Html | undefined> {
    const { offer, acceptance } = visit;
    const accepted = acceptance && (await storage.offers.version(offer.id, acceptance.version));
    if (acceptance === undefined || accepted === undefined || !isBinding(acceptance)) return undefined;
    const proved = { ...visit, version: accepted };
    return proofBody(proved, acceptance, factsOf(proved));
  }

  async function allowedProof(visit: OfferVisit): Promise<Html | undefined> {
    const { offer, delegation } = visit;
    const isAllowed = delegation !== undefined && delegation.answeredAt !== null;
    if (!isAllowed || delegation.state === 'declined') return undefined;
    const { tenantId } = delegation.client;
    const [allowed] = await storage.offerEvents.ofKinds(offer.id, ['delegation-allowed'], tenantId);
    return delegationProof(visit, delegation, { facts: factsOf(visit), allowed });
  }

  return async (visit: OfferVisit): Promise<WebAnswer> => {
    const { language, words, path, version } = visit;
    const lines = await linesProof(visit);
    const delegation = await allowedProof(visit);
    if (lines === undefined && delegation === undefined) return seeOther(`${path}?lang=${language}`);
    const body = html`${lines ?? html``}${delegation ?? html``}${proofWays(visit)}`;
    const title = words(lines === undefined ? 'accept-delegation.proof.title' : 'offer-page.proof.title');
    const { signature } = version;
    return offerFrame({ language, words, title, body, signature, formsTo: [], scripts: ['page'] });
  };
}
