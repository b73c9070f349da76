import type { Offer, OfferEvent, OfferEventKind, OfferVersion } from '../partner/offers.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Turn } from './turn.ts';

/** One line of the timeline: what this person has just done. */
export function eventOf(
  turn: Turn,
  offer: Offer,
  kind: OfferEventKind,
  details: JsonObject,
  client: string | null = null,
): OfferEvent {
  const { tenantId, objectId, displayName: byName } = turn.requireAccount();
  const by = { tenantId, objectId };
  const { id: offerId, company } = offer;
  return { id: turn.newId(), offerId, company, client, at: turn.now, kind, by, byName, details };
}

/** The newest published version, where there is one. */
export async function newestVersion(turn: Turn, offer: Offer): Promise<OfferVersion | undefined> {
  return offer.version === 0 ? undefined : turn.offers.version(offer.id, offer.version);
}

/** Whether somebody who got this offer, or an earlier one at this address, asked for no more mails. */
export async function isStopped(turn: Turn, offer: Offer, mail = ''): Promise<boolean> {
  return (await turn.offers.stoppedAt(offer, mail)) !== undefined;
}

/** The offer of this id as it is now; says so and gives nothing when the company has none. */
export async function offerById(turn: Turn, id: unknown): Promise<Offer | undefined> {
  const isId = typeof id === 'string' && id.length > 0 && id.length <= 100;
  const offer = isId ? await turn.offers.find(id) : undefined;
  if (offer === undefined) refuse(turn, 'offer-desk.gone');
  return offer;
}

/** Tells a problem as a sentence with its reference. */
export function refuse(turn: Turn, problem: 'offer-desk.gone' | 'offer-desk.client-gone'): void {
  turn.say(problemText(turn, problem));
}

export function problemText(
  turn: Turn,
  problem: 'offer-desk.gone' | 'offer-desk.client-gone' | 'offer-desk.changed',
): string {
  const reference = turn.reference({ problem });
  return `${turn.words(problem)} ${turn.words('error.reference', { reference })}`;
}

/** Term and billing of this person's last purchase offer: most sell the same way again. */
export async function termUsedLast(turn: Turn): Promise<{ term: string; billing: string } | undefined> {
  const [last] = await turn.offers.list({ mine: true, limit: 1 });
  if (last === undefined) return undefined;
  const terms = last.draft ?? (await newestVersion(turn, last))?.terms;
  const line = terms?.lines.find(({ trial }) => !trial);
  return line && { term: line.term, billing: line.billing };
}
