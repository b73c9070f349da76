import { clientsPageMail } from '../cards/delegation-mail.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import { type ChatSources, chatOf } from '../notices/chats.ts';
import { type Noticed, noticesOfEvents } from '../notices/record.ts';
import type { Zones } from '../partner/company-zones.ts';
import { clientsPage } from '../partner/delegation-pages.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Relationships } from '../partner/relationships.ts';
import { type SendMailWish, sendMailKind } from '../partner/send-mail.ts';
import type { Storage } from '../storage/storage.ts';
import { createRecorder, type Recorded, type RecorderDeps } from './recorder.ts';

interface Deps extends RecorderDeps {
  storage: ChatSources & Pick<Storage, 'offers'>;
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

type Consequences = Partial<Recorded> & Noticed;

/**
 * What follows from the moves of a delegation that an operation carries: whoever answers for it is told, and once the approval is the
 * client's turn, whoever allowed it gets Microsoft's link by mail. Only reads.
 */
export function createDelegationConsequences(deps: Deps) {
  const { storage } = deps;
  const record = createRecorder(deps);

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
    const told = noticesOfEvents(events, { delegationId: after.id, newId: deps.newId });
    // Where our own work failed and goes on, they have been told before.
    const isTheirTurn = after.state === 'waiting-for-approval' && before.status !== after.status;
    const { jobs = [], ...mailed } = isTheirTurn ? await approval(after) : {};
    return { ...mailed, notices: told.notices, jobs: [...jobs, ...told.jobs] };
  };
}
