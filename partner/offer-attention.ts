import { canConfirm } from './acceptance-life.ts';
import type { Acceptance, OfferEvent } from './offers.ts';

/** What a client's answer wants from the staff now; undefined: nothing. */
export type Attention = 'confirm' | 'failed' | 'question' | 'wish';

/** Questions that nobody has answered yet, the oldest first. `events`: an offer's timeline, newest first. */
export function openQuestions(events: readonly OfferEvent[]): OfferEvent[] {
  const isAnswered = (asked: OfferEvent) =>
    events.some((event) => event.kind === 'answered' && event.details['question'] === asked.id);
  // What a forgotten person asked has no words any more.
  const isThere = ({ details }: OfferEvent) => details['text'] !== undefined;
  return events
    .filter((event) => event.kind === 'asked' && isThere(event) && !isAnswered(event))
    .toReversed();
}

/** The most pressing thing about this client; `events`: the timeline of the offer. */
export function attentionOf(acceptance: Acceptance, events: readonly OfferEvent[]): Attention | undefined {
  if (canConfirm(acceptance)) return 'confirm';
  if (acceptance.state === 'failed') return 'failed';
  const isTheirs = ({ client }: OfferEvent) => client === acceptance.client.tenantId;
  if (openQuestions(events).some(isTheirs)) return 'question';
  return acceptance.wish.length > 0 && !isMet(events, isTheirs) ? 'wish' : undefined;
}

/** A version that was published after the wish is our answer to it. */
function isMet(events: readonly OfferEvent[], isTheirs: (event: OfferEvent) => boolean): boolean {
  const published = events.findIndex(({ kind }) => kind === 'published' || kind === 'renewed');
  const wished = events.findIndex((event) => event.kind === 'wished' && isTheirs(event));
  return published !== -1 && published < wished;
}

/** Whether this client company (tenant id) has put its answer to the delegation of this version off before. */
export function hasPutOff(events: readonly OfferEvent[], tenantId: string, version: number): boolean {
  return events.some(
    ({ kind, client, details }) =>
      kind === 'delegation-later' && client === tenantId && details['version'] === version,
  );
}
