import { withinLimits } from '../partner/answer-limits.ts';
import { answer, type ClientAction } from '../partner/answering.ts';
import type { Clock } from '../partner/clock.ts';
import type { Delegation } from '../partner/delegations.ts';
import { PartnerError } from '../partner/errors.ts';
import {
  type Acceptance,
  type Offer,
  type OfferEvent,
  type OfferVersion,
  offerEventKinds,
} from '../partner/offers.ts';
import { writtenBy } from '../partner/written.ts';
import type { Changes } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { answerAgain } from './answer-again.ts';
import type { OfferVisitor } from './offer-sessions.ts';

/** What somebody of a client has just done about an offer. */
export interface ClientDid {
  offer: Offer;
  version: OfferVersion;
  acceptance: Acceptance | undefined;
  /** Where it was about the delegated administration. */
  delegation?: Delegation;
  events: readonly OfferEvent[];
}

export interface OfferAnswersDeps {
  storage: Pick<Storage, 'offers' | 'acceptances' | 'delegations' | 'offerEvents' | 'commit'>;
  clock: Clock;
  newId(): string;
  /** Who is told, and what is mailed; written together with the answer. */
  consequences(did: ClientDid): Promise<Pick<Changes, 'operations' | 'jobs' | 'notices'>>;
}

/** Records what clients do on the page: decided by the same rules as in chat, written in one commit. */
export function createOfferAnswers(deps: OfferAnswersDeps) {
  const { storage, clock } = deps;

  /** Undefined: the same was said before, and there is nothing to write. */
  async function decide(code: string, visitor: OfferVisitor, action: ClientAction) {
    const offer = await storage.offers.byCode(code);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) throw new PartnerError('offer-unknown');
    const existing = await storage.acceptances.ofClient(offer.id, visitor.tenantId);
    const client = { ...visitor, roles: visitor.roles ?? [] };
    const now = clock.now();
    const said = answer({ offer, version, existing, client, action, now, newId: deps.newId });
    if (said.acceptance === undefined && said.events.length === 0) return undefined;
    const events = await withinLimits(said.events, (kinds) =>
      storage.offerEvents.count(offer.id, visitor.tenantId, kinds),
    );
    const acceptance = said.acceptance === undefined ? existing : writtenBy(said.acceptance);
    return { offer, version, acceptance, events, write: said.acceptance };
  }

  async function once(code: string, visitor: OfferVisitor, action: ClientAction): Promise<void> {
    const decided = await decide(code, visitor, action);
    if (decided === undefined) return;
    const { write, ...did } = decided;
    const { offer, events } = did;
    const more = await deps.consequences(did);
    const acceptances = write === undefined ? [] : [write];
    // What was decided holds only for the offer as it was read.
    const offerGuards = [{ id: offer.id, rev: offer.rev }];
    await storage.commit({ ...more, acceptances, offerEvents: events, offerGuards });
  }

  return {
    /** Throws PartnerError as `answer` and `withinLimits` do, and `acceptance-moved-on` when others kept writing first. */
    say: (code: string, visitor: OfferVisitor, action: ClientAction): Promise<void> =>
      answerAgain(() => once(code, visitor, action)),

    /** Whether saying this would change anything; throws as `say` does where it would be refused. Writes nothing. */
    async changes(code: string, visitor: OfferVisitor, action: ClientAction): Promise<boolean> {
      return (await decide(code, visitor, action)) !== undefined;
    },

    /**
     * Somebody who got the mail wants no more of them; known by whoever has the link. Said once, and anew after something
     * was done about the offer, since a stop does not hold against who turns to the company after it.
     */
    async stop(offer: Offer, version: OfferVersion): Promise<void> {
      const acted = offerEventKinds.filter((kind) => kind !== 'viewed');
      const events = await storage.offerEvents.ofKinds(offer.id, acted);
      const [last] = events;
      if (last?.kind === 'noted' && last.details['what'] === 'stop') return;
      const sent = events.filter(({ kind }) => kind === 'sent');
      const to = onlyAddress(sent, await storage.acceptances.ofOffer(offer.id));
      const event: OfferEvent = {
        ...{ id: deps.newId(), offerId: offer.id, company: offer.company, client: null, at: clock.now() },
        ...{ kind: 'noted', by: null, byName: '', details: { what: 'stop', ...(to && { to }) } },
      };
      const did = { offer, version, acceptance: undefined, events: [event] };
      await storage.commit({ ...(await deps.consequences(did)), offerEvents: [event] });
    },
  };
}

/** The link is the same in all mails about an offer: whose stop it is can be said only where one address got them. */
function onlyAddress(sent: readonly OfferEvent[], answered: readonly Acceptance[]): string | undefined {
  const mails = [
    ...sent.map(({ details }) => String(details['to'] ?? '')),
    ...answered.map(({ person }) => person.signInName),
  ];
  const [only, ...others] = new Set(mails.filter((mail) => mail !== '').map((mail) => mail.toLowerCase()));
  return others.length > 0 ? undefined : only;
}
