import { clientsPageMail } from '../cards/delegation-mail.ts';
import { isToldOfDelegation, offerDelegationNoticeCard } from '../cards/offer-delegation-notice.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import type { Zones } from '../partner/company-zones.ts';
import { clientsPage } from '../partner/delegation-pages.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Relationships } from '../partner/relationships.ts';
import { type SendMailWish, sendMailKind } from '../partner/send-mail.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { chatOf, messageFor } from './maker-chat.ts';
import { createRecorder, type Recorded, type RecorderDeps } from './recorder.ts';

interface Deps extends RecorderDeps {
  storage: Pick<Storage, 'people' | 'accounts' | 'offers'>;
  zones: Zones;
  relationships: { asPartner(company: string): Pick<Relationships, 'approvalLink' | 'consentLink'> };
  /** Address of an offer's page. */
  link(code: string, language?: Language): string;
}

/** A delegation before and after, and what its offer's timeline says of that. */
interface Move {
  before: Delegation;
  after: Delegation;
  events: readonly OfferEvent[];
}

type Consequences = Partial<Recorded> & { outbox: OutboxMessage[] };

/** Tells the maker what the client or Microsoft did with a delegation; nothing where that is no news. */
export function createDelegationNotices({
  storage,
  zones,
}: {
  storage: Pick<Storage, 'people' | 'accounts'>;
  zones: Zones;
}) {
  return async (delegation: Delegation, event: OfferEvent): Promise<OutboxMessage[]> => {
    const { maker } = delegation;
    if (maker === null || !isToldOfDelegation(event)) return [];
    const person = await chatOf(storage, maker);
    const account = await storage.accounts.find(maker);
    const language = person?.language ?? 'vi';
    const words = createWords(language, await zones.ofReader(maker, person));
    const card = offerDelegationNoticeCard(words, language, { account, delegation, event });
    return [messageFor(maker, person, { key: `offer-notice.${event.id}`, card })];
  };
}

/**
 * What follows from the moves of a delegation that an operation carries: the maker is told, and once the approval is the
 * client's turn, whoever allowed it gets Microsoft's link by mail. Only reads.
 */
export function createDelegationConsequences(deps: Deps) {
  const { storage } = deps;
  const record = createRecorder(deps);
  const notice = createDelegationNotices(deps);

  /** It leaves from the mailbox of whoever made the offer, as a recorded operation of theirs. */
  async function approval(delegation: Delegation): Promise<Partial<Recorded>> {
    const { company, offerId, person, maker } = delegation;
    const page = clientsPage(delegation, deps.relationships.asPartner(company));
    const offer = offerId === null ? undefined : await storage.offers.find(offerId);
    const version = offer && (await storage.offers.version(offer.id, offer.version));
    const to = person?.signInName ?? '';
    if (offer === undefined || version === undefined || maker === null || page === undefined) return {};
    if (!isMail(to)) return {};
    const { language } = version.terms;
    const link = deps.link(offer.code, language);
    const words = createWords(language, await deps.zones.ofCompany(company));
    const mail = clientsPageMail(words, language, {
      ...{ offer, version, link, page, delegation },
    });
    const args: SendMailWish = { to, ...mail, about: { what: 'approval', offerId: offer.id } };
    const personKey = (await chatOf(storage, maker))?.key ?? '';
    return record(sendMailKind, { actor: maker, personKey, args });
  }

  return async ({ before, after, events }: Move): Promise<Consequences> => {
    const told = await Promise.all(events.map((event) => notice(after, event)));
    // Where our own work failed and goes on, they have been told before.
    const isTheirTurn = after.state === 'waiting-for-approval' && before.status !== after.status;
    return { outbox: told.flat(), ...(isTheirTurn ? await approval(after) : {}) };
  };
}
