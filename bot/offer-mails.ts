import { clientsPageMail } from '../cards/delegation-mail.ts';
import { type OfferMail, proofMail, withdrawalMail } from '../cards/offer-mail.ts';
import type { ClientDid } from '../dialogs/offer-desk.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import { type ChatSources, chatOf } from '../notices/chats.ts';
import type { AccountRef } from '../partner/accounts.ts';
import type { CompanyMailboxes } from '../partner/company-mailbox.ts';
import type { Zones } from '../partner/company-zones.ts';
import { type ClientsPage, clientsPage } from '../partner/delegation-pages.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { MailAbout, SendMailWish } from '../partner/mail-wish.ts';
import type { Offer, OfferEvent, OfferVersion } from '../partner/offers.ts';
import type { Relationships } from '../partner/relationships.ts';
import { sendMailKind } from '../partner/send-mail.ts';
import type { Storage } from '../storage/storage.ts';
import { createRecorder, type Recorded, type RecorderDeps } from './recorder.ts';

interface Deps extends RecorderDeps {
  storage: ChatSources & Pick<Storage, 'offers'>;
  zones: Zones;
  companyMailboxes: CompanyMailboxes;
  /** Address of an offer's page. */
  link(code: string, language?: Language): string;
}

/**
 * What has to be written for a mail. `none`: there is nobody to write to; `no-mailbox`: the company has no mailbox that
 * it could leave from.
 */
type Queued = Partial<Recorded> | 'none' | 'no-mailbox';

interface Addressed {
  offer: Offer;
  version: OfferVersion;
  to: string;
  about: MailAbout;
}

export type OfferMails = ReturnType<typeof createOfferMails>;

/**
 * Mails that nobody presses, since they follow from what a client or Microsoft did. They leave from the company's mailbox,
 * whoever is signed in, and their answers go to whom the offer names. Only reads.
 */
export function createOfferMails(deps: Deps) {
  const { storage } = deps;
  const record = createRecorder(deps);

  async function queued({ offer, version, to, about }: Addressed, mail: () => OfferMail): Promise<Queued> {
    if (!isMail(to)) return 'none';
    if ((await deps.companyMailboxes.of(offer.company)) === undefined) return 'no-mailbox';
    const { mail: contact } = version.contact;
    const replyTo = isMail(contact) ? { replyTo: contact } : {};
    const args: SendMailWish = { to, ...mail(), about, from: 'company', ...replyTo };
    return record(sendMailKind, { actor: offer.maker, personKey: await chatOfMaker(offer.maker), args });
  }

  /** Where the maker sees how it went. */
  const chatOfMaker = async (maker: AccountRef) => (await chatOf(storage, maker))?.key ?? '';

  async function viewOf({ offer, version }: Pick<Addressed, 'offer' | 'version'>) {
    const { language } = version.terms;
    const link = deps.link(offer.code, language);
    const words = createWords(language, await deps.zones.ofCompany(offer.company));
    return { language, words, view: { offer, version, link } };
  }

  return {
    /** For whoever accepted, what they accepted; for whoever took that back, that it is. */
    async answered({ offer, version: newest, acceptance, events }: ClientDid): Promise<Queued> {
      const was = (kind: OfferEvent['kind']) => events.some((event) => event.kind === kind);
      const what: 'proof' | 'withdrawal' | undefined = was('accepted')
        ? 'proof'
        : was('withdrawn-by-client')
          ? 'withdrawal'
          : undefined;
      if (acceptance === undefined || what === undefined) return 'none';
      // What was accepted, also where there is a newer version by now.
      const version = (await storage.offers.version(offer.id, acceptance.version)) ?? newest;
      const { language, words, view } = await viewOf({ offer, version });
      const { id: acceptanceId, person, answeredAt, createdAt } = acceptance;
      const since = answeredAt ?? createdAt;
      const about = { what, offerId: offer.id, acceptanceId, version: version.number, since };
      const make = what === 'proof' ? proofMail : withdrawalMail;
      const addressed = { offer, version, to: person.signInName, about };
      return queued(addressed, () => make(words, language, { ...view, acceptance }));
    },

    /** For whoever allowed a delegation: Microsoft's page that is the client's turn now. */
    async clientsPage(
      delegation: Delegation,
      links: Pick<Relationships, 'approvalLink' | 'consentLink'>,
    ): Promise<Queued> {
      const { id: delegationId, offerId, person, answeredAt, createdAt } = delegation;
      const page: ClientsPage | undefined = clientsPage(delegation, links);
      const offer = offerId === null ? undefined : await storage.offers.find(offerId);
      const version = offer && (await storage.offers.version(offer.id, offer.version));
      if (offer === undefined || version === undefined || page === undefined) return 'none';
      const { language, words, view } = await viewOf({ offer, version });
      const since = answeredAt ?? createdAt;
      const about = { what: 'delegation', offerId: offer.id, delegationId, page: page.what, since } as const;
      const addressed = { offer, version, to: person?.signInName ?? '', about };
      return queued(addressed, () => clientsPageMail(words, language, { ...view, page, delegation }));
    },
  };
}

/** What is to be written of it. */
export const writesOf = (mail: Queued): Partial<Recorded> => (typeof mail === 'string' ? {} : mail);
