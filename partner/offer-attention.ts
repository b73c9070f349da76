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

/** The most pressing thing about this client: `asks` a question that is open, `wishes` what no version has answered. */
export function attentionOf(
  acceptance: Acceptance,
  { asks, wishes }: { asks: boolean; wishes: boolean },
): Attention | undefined {
  if (canConfirm(acceptance)) return 'confirm';
  if (acceptance.state === 'failed') return 'failed';
  if (asks) return 'question';
  return wishes ? 'wish' : undefined;
}

/** Whether this client company (tenant id) has put its answer to the delegation of this version off before. */
export function hasPutOff(events: readonly OfferEvent[], tenantId: string, version: number): boolean {
  return events.some(
    ({ kind, client, details }) =>
      kind === 'delegation-later' && client === tenantId && details['version'] === version,
  );
}
