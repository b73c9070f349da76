import { withinLimits } from '../partner/answer-limits.ts';
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

/** Records what clients do on the page: decided by the same rules as in chat, written in one commit. */
export function createOfferAnswers(deps: OfferAnswersDeps) {
  const { storage, clock } = deps;

  async function once(code: string, visitor: OfferVisitor, action: ClientAction): Promise<void> {
    const offer = await storage.offers.byCode(code);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) throw new PartnerError('offer-unknown');
    const existing = await storage.acceptances.ofClient(offer.id, visitor.tenantId);
    const client = { ...visitor, roles: visitor.roles ?? [] };
    const now = clock.now();
    const said = answer({ offer, version, existing, client, action, now, newId: deps.newId });
    if (said.acceptance === undefined && said.events.length === 0) return;
    const events = await withinLimits(said.events, (kinds) =>
      storage.offerEvents.count(offer.id, visitor.tenantId, kinds),
    );
    const acceptance = said.acceptance === undefined ? existing : writtenBy(said.acceptance);
    const more = await deps.consequences({ offer, version, acceptance, events });
    const acceptances = said.acceptance === undefined ? [] : [said.acceptance];
    // What was decided holds only for the offer as it was read.
    const offerGuards = [{ id: offer.id, rev: offer.rev }];
    await storage.commit({ ...more, acceptances, offerEvents: events, offerGuards });
  }

  return {
    /** Throws PartnerError as `answer` and `withinLimits` do, and `acceptance-moved-on` when others kept writing first. */
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
