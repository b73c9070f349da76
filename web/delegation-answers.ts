import { answerDelegation, type DelegationAction } from '../partner/delegating.ts';
import { PartnerError } from '../partner/errors.ts';
import { hasPutOff } from '../partner/offer-attention.ts';
import { againOnConflict } from './again-on-conflict.ts';
import type { OfferAnswersDeps } from './offer-answers.ts';
import type { OfferVisitor } from './offer-sessions.ts';

/** So much of a timeline is looked through. */
const mostEvents = 500;

/** Records what clients say on the page to the delegation of an offer; the answer to its lines is another one. */
export function createDelegationAnswers(deps: OfferAnswersDeps) {
  const { storage, clock, newId } = deps;

  async function once(code: string, visitor: OfferVisitor, action: DelegationAction): Promise<void> {
    const offer = await storage.offers.byCode(code);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) throw new PartnerError('offer-unknown');
    const { tenantId, roles = [] } = visitor;
    const [existing, acceptance, events] = await Promise.all([
      storage.delegations.ofClient(offer.id, tenantId),
      storage.acceptances.ofClient(offer.id, tenantId),
      storage.offerEvents.ofOffer(offer.id, mostEvents),
    ]);
    const client = { ...visitor, roles };
    const said = answerDelegation({ offer, version, existing, client, action, now: clock.now(), newId });
    const isSaidBefore = action.do === 'later' && hasPutOff(events, tenantId, version.number);
    if (said.events.length === 0 || isSaidBefore) return;
    const delegation = said.delegation === undefined ? existing : writtenBy(said.delegation);
    const did = { offer, version, acceptance, events: said.events };
    const more = await deps.consequences(delegation === undefined ? did : { ...did, delegation });
    const delegations = said.delegation === undefined ? [] : [said.delegation];
    // What was decided holds only for the offer as it was read.
    const offerGuards = [{ id: offer.id, rev: offer.rev }];
    await storage.commit({ ...more, delegations, offerEvents: said.events, offerGuards });
  }

  /** Throws PartnerError as `answerDelegation` does, and `acceptance-moved-on` when others kept answering first. */
  return (code: string, visitor: OfferVisitor, action: DelegationAction): Promise<void> =>
    againOnConflict(() => once(code, visitor, action));
}

function writtenBy<Written>(write: { add: Written } | { save: Written }): Written {
  return 'add' in write ? write.add : write.save;
}
