import { offerExpiredCard } from '../cards/offer-expired.ts';
import { type GatheredNews, offerNoticeCard, offerNoticesCard } from '../cards/offer-notice.ts';
import { accountKey } from '../partner/accounts.ts';
import type { CompanyMailboxes } from '../partner/company-mailbox.ts';
import { type ClientNoticeKind, idOfSubject, type Notice } from '../partner/notices.ts';
import { neededToOwn } from '../partner/offer-owner.ts';
import type { Acceptance, Offer, OfferEvent, OfferVersion } from '../partner/offers.ts';
import type { Storage } from '../storage/storage.ts';
import { type Duty, type DutyOf, type NoticeReader, nobodysDuty } from './duty.ts';

type Sources = Pick<Storage, 'offers' | 'acceptances' | 'delegations' | 'offerEvents'>;

/** One notice with what it tells of. */
interface News {
  notice: Notice;
  event: OfferEvent;
  /** Undefined where nobody of the client signed in for it. */
  acceptance: Acceptance | undefined;
}

/** What a client did about an offer is its maker's business, and then everybody's who may act on it. */
export function createOfferDuty(
  { storage, mailboxes }: { storage: Sources; mailboxes: CompanyMailboxes },
  kind: ClientNoticeKind,
): DutyOf {
  async function newsOf(offer: Offer, notice: Notice): Promise<News | undefined> {
    const event = notice.eventId === null ? undefined : await storage.offerEvents.find(notice.eventId);
    if (event === undefined) return undefined;
    const { client } = event;
    const acceptance = client === null ? undefined : await storage.acceptances.ofClient(offer.id, client);
    return { notice, event, acceptance };
  }

  /** The client has not changed its mind since, and nobody has answered. */
  async function isStillSo(offer: Offer, { event, acceptance }: News): Promise<boolean> {
    switch (kind) {
      case 'noted':
        return true;
      case 'accepted':
        return acceptance?.state === 'accepted';
      case 'declined':
        return acceptance?.state === 'declined';
      case 'withdrawn-by-client':
        return acceptance?.state === 'withdrawn';
      case 'wished':
        // A version that was published after the wish is the answer to it.
        if (acceptance === undefined || acceptance.wish.length === 0 || isOver(offer)) return false;
        return (offer.publishedAt ?? 0) <= event.at;
      case 'asked':
        // What a forgotten person asked has no words any more.
        return event.details['text'] !== undefined && !isOver(offer) && !(await isAnswered(event));
    }
  }

  async function isAnswered({ id, offerId, client }: OfferEvent): Promise<boolean> {
    const answers = await storage.offerEvents.ofKinds(offerId, ['answered'], client ?? '');
    return answers.some(({ details }) => details['question'] === id);
  }

  /** Which version a client had before it, for what the card says of it. */
  async function versionOf(offer: Offer, { event, acceptance }: News): Promise<OfferVersion | undefined> {
    const told = event.details['version'];
    const number = typeof told === 'number' ? told : (acceptance?.version ?? offer.version);
    return (
      (await storage.offers.version(offer.id, number)) ?? storage.offers.version(offer.id, offer.version)
    );
  }

  async function draw(offer: Offer, reader: NoticeReader, news: readonly News[]) {
    const { account, words, insteadOf } = reader;
    const [first] = news;
    const version = first && (await versionOf(offer, first));
    if (first === undefined || version === undefined) throw new Error(`offer ${offer.id} has no version`);
    const take = takeNonce(reader, offer, first.notice);
    if (news.length > 1) {
      const gathered: GatheredNews[] = news.map(({ event, acceptance }) => ({ event, acceptance }));
      return offerNoticesCard(words, { account, version, kind, news: gathered, insteadOf, take });
    }
    const { acceptance } = first;
    const event = { ...first.event, kind };
    // What the client gets a mail about, from the company's own mailbox.
    const isMailed = kind === 'accepted' || kind === 'withdrawn-by-client';
    const lacksMailbox = isMailed && (await mailboxes.of(offer.company)) === undefined;
    return offerNoticeCard(words, {
      ...{ account, version, acceptance, event, insteadOf, take, lacksMailbox },
      newVersion: insteadOf === undefined ? wishNonce(reader, version, acceptance, kind) : '',
    });
  }

  return async (notices) => {
    const [one] = notices;
    const offer = one && (await storage.offers.find(idOfSubject(one.subject)));
    if (offer === undefined) return nobodysDuty;
    const known = (await Promise.all(notices.map((notice) => newsOf(offer, notice)))).filter(
      (each) => each !== undefined,
    );
    const so = await Promise.all(known.map((news) => isStillSo(offer, news)));
    const still = newestOfEach(known.filter((_, index) => so[index]));
    return {
      first: offer.maker,
      ...(await rightsFor(storage, offer, kind)),
      still: new Set(still.map(({ notice }) => notice.id)),
      draw: (reader, told) =>
        draw(
          offer,
          reader,
          known.filter(({ notice }) => told.some(({ id }) => id === notice.id)),
        ),
    };
  };
}

/** Nobody can take it up any more. */
const isOver = ({ status }: Offer) => status === 'withdrawn' || status === 'expired';

/** Of one client only the last counts, but for questions: each of them wants an answer. */
function newestOfEach(news: readonly News[]): News[] {
  const isLater = ({ event }: News, other: News) =>
    event.kind !== 'asked' && event.client !== null && event.client === other.event.client;
  return news.filter((each, index) => !news.slice(index + 1).some((other) => isLater(each, other)));
}

/** Whoever takes an offer carries its delegation on in their name. */
async function rightsFor(
  storage: Sources,
  offer: Offer,
  kind: ClientNoticeKind,
): Promise<Pick<Duty, 'capabilities' | 'takes'>> {
  const { terms } = (await storage.offers.version(offer.id, offer.version)) ?? {};
  const isOrder = kind === 'accepted' && terms?.route === 'reseller';
  const delegations = await storage.delegations.ofOffer(offer.id);
  return {
    capabilities: [isOrder ? 'confirm-order' : 'make-offer'],
    takes: [neededToOwn(offer, terms, delegations)],
  };
}

/** *Tôi nhận*, for whoever it is not first. */
export function takeNonce(
  { insteadOf, mayTake, nonceFor }: NoticeReader,
  { maker }: Pick<Offer, 'maker'>,
  { id }: Notice,
): string {
  if (insteadOf === undefined || !mayTake) return '';
  return nonceFor({ verb: 'notice-take', args: { notice: id, from: accountKey(maker) } });
}

/** *Gửi phiên bản mới với N*: for exactly the licences that were wished. */
function wishNonce(
  { nonceFor }: NoticeReader,
  { number }: OfferVersion,
  acceptance: Acceptance | undefined,
  kind: ClientNoticeKind,
): string {
  if (kind !== 'wished' || acceptance === undefined) return '';
  const { id, wish } = acceptance;
  return nonceFor({
    verb: 'offer-wish-version',
    args: { acceptance: id, seats: [...wish], version: number },
  });
}

/** Its time is over and nobody answered: once for each version. */
export function createExpiredDuty(storage: Sources): DutyOf {
  return async (notices): Promise<Duty> => {
    const [one] = notices;
    const offer = one && (await storage.offers.find(idOfSubject(one.subject)));
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    if (offer === undefined || version === undefined) return nobodysDuty;
    const isSo = ({ details }: Notice) => offer.status === 'expired' && details['version'] === offer.version;
    const all = await storage.acceptances.ofOffer(offer.id);
    const lookers = all.filter(({ state }) => state === 'lapsed' || state === 'viewed');
    return {
      first: offer.maker,
      capabilities: ['make-offer'],
      takes: [],
      still: new Set(notices.filter(isSo).map(({ id }) => id)),
      draw(reader) {
        const { account, words, language, insteadOf, nonceFor } = reader;
        const nonce = nonceFor({
          verb: 'offer-renew',
          args: { offer: offer.id, version: offer.version },
        });
        const { terms } = version;
        return offerExpiredCard(words, language, { account, offer, terms, lookers, nonce, insteadOf });
      },
    };
  };
}
