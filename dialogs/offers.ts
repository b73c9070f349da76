import { offersCard } from '../cards/offers.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry } from '../partner/capabilities.ts';
import { standingOf } from '../partner/offer-life.ts';
import type { Offer } from '../partner/offers.ts';
import type { Job } from './job.ts';
import { newestVersion } from './offer-record.ts';
import type { Turn } from './turn.ts';
import { waitingClients } from './waiting-clients.ts';

const perPage = 8;
/** Whoever else waits moves up as these are dealt with. */
const mostWaiting = 6;

async function showOffers(turn: Turn, before?: { createdAt: number; id: string }): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('offers', situation);
  const [waiting, found] = await Promise.all([
    before === undefined ? waitingClients(turn) : [],
    turn.offers.list({ limit: perPage + 1, ...(before === undefined ? {} : { before }) }),
  ]);
  const offers = found.slice(0, perPage);
  const last = found.length > perPage ? offers.at(-1) : undefined;
  turn.show(
    offersCard(turn.words, turn.chat.language, {
      account,
      waiting: waiting.slice(0, mostWaiting),
      offers: await Promise.all(offers.map((offer) => listed(turn, offer))),
      next: last === undefined ? undefined : `${last.createdAt} ${last.id}`,
      mayMake: mayTry('make-offer', situation),
      mayDelegate: mayTry('offer-delegation', situation),
    }),
  );
}

async function listed(turn: Turn, offer: Offer) {
  const version = await newestVersion(turn, offer);
  const terms = version?.terms ?? offer.draft ?? undefined;
  return { offer, terms, standing: standingOf(offer, turn.now) };
}

/** Where a page begins; what was pressed only moves the window over our own offers. */
function pageFrom(text: string | undefined): { createdAt: number; id: string } | undefined {
  const [, at = '', id = ''] = /^(\d{1,15}) ([\w-]{1,64})$/.exec(text ?? '') ?? [];
  return id === '' ? undefined : { createdAt: Number(at), id };
}

export const offersJob: Job = {
  commands: { offers: (turn) => showOffers(turn) },
  presses: { offers: (turn, _stage, pressed) => showOffers(turn, pageFrom(pressed.text('before'))) },
};
