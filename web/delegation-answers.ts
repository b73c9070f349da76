import { answerDelegation, type DelegationAction } from '../partner/delegating.ts';
import { PartnerError } from '../partner/errors.ts';
import { hasPutOff } from '../partner/offer-attention.ts';
import { writtenBy } from '../partner/written.ts';
import { answerAgain } from './answer-again.ts';
import type { OfferAnswersDeps } from './offer-answers.ts';
import type { OfferVisitor } from './offer-sessions.ts';

/** Records what clients say on the page to the delegation of an offer; the answer to its lines is another one. */
export function createDelegationAnswers(deps: OfferAnswersDeps) {
  const { storage, clock, newId } = deps;

  /** Undefined: the same was said before, and there is nothing to write. */
  async function decide(code: string, visitor: OfferVisitor, action: DelegationAction) {
    const offer = await storage.offers.byCode(code);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) throw new PartnerError('offer-unknown');
    const { tenantId, roles = [] } = visitor;
    const [existing, acceptance, events] = await Promise.all([
      storage.delegations.ofClient(offer.id, tenantId),
      storage.acceptances.ofClient(offer.id, tenantId),
      storage.offerEvents.ofKinds(offer.id, ['delegation-later'], tenantId),
    ]);
    const client = { ...visitor, roles };
    const said = answerDelegation({ offer, version, existing, client, action, now: clock.now(), newId });
    const isSaidBefore = action.do === 'later' && hasPutOff(events, tenantId, version.number);
    if (said.events.length === 0 || isSaidBefore) return undefined;
    const delegation = said.delegation === undefined ? existing : writtenBy(said.delegation);
    const did = { offer, version, acceptance, events: said.events };
    return {
      did: delegation === undefined ? did : { ...did, delegation },
      write: said.delegation,
    };
  }

  async function once(code: string, visitor: OfferVisitor, action: DelegationAction): Promise<void> {
    const decided = await decide(code, visitor, action);
    if (decided === undefined) return;
    const { did, write } = decided;
    const { offer, events } = did;
    const more = await deps.consequences(did);
    const delegations = write === undefined ? [] : [write];
    // What was decided holds only for the offer as it was read.
    const offerGuards = [{ id: offer.id, rev: offer.rev }];
    await storage.commit({ ...more, delegations, offerEvents: events, offerGuards });
  }

  return {
    /** Throws PartnerError as `answerDelegation` does, and `acceptance-moved-on` when others kept answering first. */
    say: (code: string, visitor: OfferVisitor, action: DelegationAction): Promise<void> =>
      answerAgain(() => once(code, visitor, action)),

    /** Whether saying this would change anything; throws as `say` does where it would be refused. Writes nothing. */
    async changes(code: string, visitor: OfferVisitor, action: DelegationAction): Promise<boolean> {
      return (await decide(code, visitor, action)) !== undefined;
    },
  };
}
