import { toBeTold } from '../notices/record.ts';
import { move } from '../partner/acceptance-life.ts';
import type { Clock } from '../partner/clock.ts';
import type { Log } from '../partner/log.ts';
import { type Notice, newNotice } from '../partner/notices.ts';
import { expire } from '../partner/offer-life.ts';
import type { Offer } from '../partner/offers.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { type ComeBack, createEachApart, sooner } from './each-apart.ts';
import type { JobHandler } from './runner.ts';

const atOnce = 100;
/** There are more: real time, ms. */
const againMs = 1_000;

/**
 * Records that the time of offers is over; companies that only looked at one have nothing to answer any more, and the
 * maker of one that nobody answered is told.
 */
export function createExpireOffers(deps: {
  storage: Storage;
  clock: Clock;
  newId(): string;
  log: Log;
}): JobHandler {
  const { storage, clock, log } = deps;
  const each = createEachApart<Offer>({ idOf: ({ id }) => id, what: 'expire-offers', log });

  async function end(offer: Offer): Promise<void> {
    const at = clock.now();
    const expired = expire(offer, at);
    if (expired === undefined) return;
    const acceptances = await storage.acceptances.ofOffer(offer.id);
    const delegations = await storage.delegations.ofOffer(offer.id);
    const lookers = acceptances.filter(({ state }) => state === 'viewed');
    // Services and delegated administration have an answer each; one of the two is one.
    const isUnanswered = [...acceptances, ...delegations].every(({ answeredAt }) => answeredAt === null);
    const { id: offerId, company } = offer;
    const event = { id: deps.newId(), offerId, company, client: null, at, kind: 'expired' as const };
    await storage.commit({
      offers: [{ save: expired }],
      acceptances: lookers.map((acceptance) => ({ save: move(acceptance, { do: 'lapse' }) })),
      offerEvents: [{ ...event, by: null, byName: '', details: {} }],
      ...(isUnanswered ? toBeTold([noticeOf(expired, at)]) : {}),
    });
  }

  function noticeOf({ id, company, version }: Offer, at: number): Notice {
    const subject = `offer/${id}` as const;
    return newNotice({ id: deps.newId(), company, subject, kind: 'offer-expired', at, details: { version } });
  }

  /** When the offer that this job was made for ends by now: a new version has put that off. */
  async function endOf(offerId: unknown): Promise<number | undefined> {
    const offer = typeof offerId === 'string' ? await storage.offers.find(offerId) : undefined;
    return offer?.status === 'published' ? (offer.expiresAt ?? undefined) : undefined;
  }

  return async (job) => {
    const over = await storage.offers.expired(clock.now(), atOnce);
    // A client answered, or staff changed the offer, at the same moment: looked at once more.
    const comeBack = await each(over, end);
    const more: ComeBack =
      over.length === atOnce ? { againAt: Date.now() + againMs, clock: 'real' } : undefined;
    const soon = sooner(comeBack, more);
    if (soon !== undefined) return soon;
    const againAt = await endOf(job.args['offerId']);
    return againAt === undefined ? 'done' : { againAt, clock: 'domain' };
  };
}

/** To be added whenever an offer is published. `at` in domain time, ms. */
export const offerExpiryJob = (offerId: string, at: number): NewJob => ({
  key: `offer:${offerId}`,
  kind: 'expire-offers',
  args: { offerId },
  dueAt: at,
  clock: 'domain',
});
