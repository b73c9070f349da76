import { mostQuestions } from '../partner/answer-limits.ts';
import { answer, type ClientAction } from '../partner/answering.ts';
import type { Clock } from '../partner/clock.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Acceptance, Offer, OfferEvent, OfferVersion } from '../partner/offers.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import type { OfferVisitor } from './offer-sessions.ts';

/** What somebody of a client has just done about an offer. */
export interface ClientDid {
  offer: Offer;
  version: OfferVersion;
  acceptance: Acceptance | undefined;
  events: readonly OfferEvent[];
}

export interface OfferAnswersDeps {
  storage: Pick<Storage, 'offers' | 'acceptances' | 'offerEvents' | 'commit'>;
  clock: Clock;
  newId(): string;
  /** Who is told, and what is mailed; written together with the answer. */
  consequences(
    did: ClientDid,
  ): Promise<Pick<Changes, 'outbox' | 'operations' | 'jobs' | 'audit' | 'cardActions'>>;
}

const mostTries = 3;

/** Thrown when a company has asked so often that it had better call. */
export class TooManyQuestions extends Error {}

/** Records what clients do on the page: decided by the same rules as in chat, written in one commit. */
export function createOfferAnswers(deps: OfferAnswersDeps) {
  const { storage, clock } = deps;

  async function once(code: string, visitor: OfferVisitor, action: ClientAction): Promise<void> {
    const offer = await storage.offers.byCode(code);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) throw new PartnerError('offer-unknown');
    const existing = await storage.acceptances.ofClient(offer.id, visitor.tenantId);
    if (action.do === 'ask') await requireFewQuestions(offer, visitor.tenantId);
    const client = { ...visitor, roles: visitor.roles ?? [] };
    const now = clock.now();
    const said = answer({ offer, version, existing, client, action, now, newId: deps.newId });
    if (said.acceptance === undefined && said.events.length === 0) return;
    const acceptance = said.acceptance === undefined ? existing : writtenBy(said.acceptance);
    const more = await deps.consequences({ offer, version, acceptance, events: said.events });
    const acceptances = said.acceptance === undefined ? [] : [said.acceptance];
    await storage.commit({ ...more, acceptances, offerEvents: said.events });
  }

  async function requireFewQuestions(offer: Offer, tenantId: string): Promise<void> {
    const events = await storage.offerEvents.ofOffer(offer.id, 500);
    const asked = events.filter(({ kind, client }) => kind === 'asked' && client === tenantId);
    if (asked.length >= mostQuestions) throw new TooManyQuestions();
  }

  return {
    /** Throws PartnerError as `answer` does, and `acceptance-moved-on` when others kept answering first. */
    async say(code: string, visitor: OfferVisitor, action: ClientAction): Promise<void> {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(code, visitor, action);
        } catch (error) {
          if (!isConflict(error)) throw error;
          if (tries === mostTries) throw new PartnerError('acceptance-moved-on', { cause: error });
        }
      }
    },

    /** Somebody who got the mail wants no more of them; said once, known by whoever has the link. */
    async stop(offer: Offer, version: OfferVersion): Promise<void> {
      const events = await storage.offerEvents.ofOffer(offer.id, 500);
      if (events.some(({ kind, details }) => kind === 'noted' && details['what'] === 'stop')) return;
      const event: OfferEvent = {
        ...{ id: deps.newId(), offerId: offer.id, company: offer.company, client: null },
        ...{ at: clock.now(), kind: 'noted', byName: '', details: { what: 'stop' } },
      };
      const did = { offer, version, acceptance: undefined, events: [event] };
      await storage.commit({ ...(await deps.consequences(did)), offerEvents: [event] });
    },
  };
}

function writtenBy(write: { add: Acceptance } | { save: Acceptance }): Acceptance {
  return 'add' in write ? write.add : write.save;
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConflictError';
}
