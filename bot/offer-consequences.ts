import { proofMail } from '../cards/offer-mail.ts';
import { isTold, offerNoticeCard } from '../cards/offer-notice.ts';
import type { ClientDid } from '../dialogs/offer-desk.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import { delegateKind } from '../partner/delegate.ts';
import type { DelegateWish } from '../partner/delegate-wish.ts';
import { nameFor } from '../partner/delegation-names.ts';
import type { Acceptance, OfferEvent } from '../partner/offers.ts';
import { type SendMailWish, sendMailKind } from '../partner/send-mail.ts';
import type { Changes, ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createDelegationNotices } from './delegation-consequences.ts';
import { chatOf, messageFor } from './maker-chat.ts';
import type { OfferConsequences } from './offer-desk.ts';
import { createRecorder, type RecorderDeps } from './recorder.ts';
import { cardActionFor } from './turn-buttons.ts';

interface Deps extends RecorderDeps {
  storage: Pick<Storage, 'people' | 'accounts'>;
  /** 256 random bits, base64url. */
  newNonce(): string;
  /** Address of an offer's page. */
  link(code: string, language?: Language): string;
}

type Consequences = Required<Pick<Changes, 'outbox' | 'operations' | 'jobs' | 'cardActions'>>;

/**
 * What follows from what a client did, on the page as in chat: the maker of the offer is told, whoever accepted gets the
 * proof by mail, and what was allowed is carried on. Only reads; all of it is written together with the answer itself.
 */
export function createOfferConsequences(deps: Deps): OfferConsequences {
  const { storage, clock } = deps;
  const record = createRecorder(deps);
  const delegationNotice = createDelegationNotices(storage);

  async function notice(
    did: ClientDid,
    event: OfferEvent,
    person: ChatPerson | undefined,
  ): Promise<Partial<Consequences>> {
    const { offer, version, acceptance, delegation } = did;
    if (delegation !== undefined) return { outbox: await delegationNotice(delegation, event) };
    if (!isTold(event)) return {};
    const action = person && wishAction(did, event, person);
    const language = person?.language ?? 'vi';
    const account = await storage.accounts.find(offer.maker);
    const newVersion = action?.nonce ?? '';
    const card = offerNoticeCard(createWords(language), { account, version, acceptance, event, newVersion });
    const message = messageFor(offer.maker, person, { key: `offer-notice.${event.id}`, card });
    return { outbox: [message], cardActions: action === undefined ? [] : [{ add: action }] };
  }

  /** *Gửi phiên bản mới với N*: for exactly the licences that were wished now. */
  function wishAction({ offer, version, acceptance }: ClientDid, event: OfferEvent, { key }: ChatPerson) {
    if (event.kind !== 'wished' || acceptance === undefined) return undefined;
    const { id, wish } = acceptance;
    const { number } = version;
    return cardActionFor(
      { verb: 'offer-wish-version', args: { acceptance: id, seats: [...wish], version: number } },
      { nonce: deps.newNonce(), personKey: key, account: offer.maker, now: clock.now() },
    );
  }

  /** The proof leaves from the maker's own mailbox, as a recorded operation of theirs. */
  function proof({ offer, version }: ClientDid, acceptance: Acceptance, personKey: string) {
    const to = acceptance.person.signInName;
    if (!isMail(to)) return {};
    const { language } = version.terms;
    const link = deps.link(offer.code, language);
    const mail = proofMail(createWords(language), language, { offer, version, acceptance, link });
    const args: SendMailWish = { to, ...mail, about: { what: 'proof', offerId: offer.id } };
    return record(sendMailKind, { actor: offer.maker, personKey, args });
  }

  /** What the client allowed is asked for at Microsoft in the name of whoever made the offer. */
  function carriedOn({ offer, delegation }: ClientDid, personKey: string) {
    if (delegation === undefined) return {};
    const { id, client, terms } = delegation;
    const { tenantId, name } = client;
    const args: DelegateWish = {
      ...{ delegationId: id, offerId: offer.id, client: { tenantId, name }, name: nameFor(delegation) },
      ...{ level: terms.level, roles: terms.roles, days: terms.days, autoExtend: terms.autoExtend },
    };
    return record(delegateKind, { actor: offer.maker, personKey, args });
  }

  return {
    async of(did) {
      const person = await chatOf(storage, did.offer.maker);
      const personKey = person?.key ?? '';
      const { events, acceptance } = did;
      const was = (kind: OfferEvent['kind']) => events.some((event) => event.kind === kind);
      const all: Partial<Consequences>[] = [
        ...(await Promise.all(events.map((event) => notice(did, event, person)))),
        acceptance !== undefined && was('accepted') ? proof(did, acceptance, personKey) : {},
        was('delegation-allowed') ? carriedOn(did, personKey) : {},
      ];
      return {
        outbox: all.flatMap(({ outbox = [] }) => outbox),
        operations: all.flatMap(({ operations = [] }) => operations),
        jobs: all.flatMap(({ jobs = [] }) => jobs),
        cardActions: all.flatMap(({ cardActions = [] }) => cardActions),
      };
    },
  };
}
