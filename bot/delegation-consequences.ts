import { isToldOfDelegation, offerDelegationNoticeCard } from '../cards/offer-delegation-notice.ts';
import { createWords } from '../locales/words.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Relationships } from '../partner/relationships.ts';
import type { OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { chatOf, messageFor } from './maker-chat.ts';
import { type OfferMails, writesOf } from './offer-mails.ts';
import type { Recorded } from './recorder.ts';

interface Deps {
  storage: Pick<Storage, 'people' | 'accounts'>;
  relationships: { asPartner(company: string): Pick<Relationships, 'approvalLink' | 'consentLink'> };
  mails: Pick<OfferMails, 'clientsPage'>;
}

/** A delegation before and after, and what its offer's timeline says of that. */
interface Move {
  before: Delegation;
  after: Delegation;
  events: readonly OfferEvent[];
}

type Consequences = Partial<Recorded> & { outbox: OutboxMessage[] };

/** Tells the maker what the client or Microsoft did with a delegation; nothing where that is no news. */
export function createDelegationNotices(storage: Pick<Storage, 'people' | 'accounts'>) {
  return async (delegation: Delegation, event: OfferEvent): Promise<OutboxMessage[]> => {
    const { maker } = delegation;
    if (maker === null || !isToldOfDelegation(event)) return [];
    const person = await chatOf(storage, maker);
    const account = await storage.accounts.find(maker);
    const language = person?.language ?? 'vi';
    const card = offerDelegationNoticeCard(createWords(language), language, { account, delegation, event });
    return [messageFor(maker, person, { key: `offer-notice.${event.id}`, card })];
  };
}

/**
 * What follows from the moves of a delegation that an operation carries: the maker is told, and once the approval is the
 * client's turn, whoever allowed it gets Microsoft's link by mail. Only reads.
 */
export function createDelegationConsequences(deps: Deps) {
  const notice = createDelegationNotices(deps.storage);

  const approval = async (delegation: Delegation): Promise<Partial<Recorded>> =>
    delegation.maker === null
      ? {}
      : writesOf(await deps.mails.clientsPage(delegation, deps.relationships.asPartner(delegation.company)));

  return async ({ before, after, events }: Move): Promise<Consequences> => {
    const told = await Promise.all(events.map((event) => notice(after, event)));
    // Where our own work failed and goes on, they have been told before.
    const isTheirTurn = after.state === 'waiting-for-approval' && before.status !== after.status;
    return { outbox: told.flat(), ...(isTheirTurn ? await approval(after) : {}) };
  };
}
