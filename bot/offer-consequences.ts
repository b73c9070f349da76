import { proofMail } from '../cards/offer-mail.ts';
import { isTold, offerNoticeCard } from '../cards/offer-notice.ts';
import type { ClientDid } from '../dialogs/offer-desk.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import { accountKey } from '../partner/accounts.ts';
import type { Clock } from '../partner/clock.ts';
import type { Acceptance, OfferEvent } from '../partner/offers.ts';
import { newOperation, type Operation } from '../partner/operations.ts';
import { type SendMailWish, sendMailKind } from '../partner/send-mail.ts';
import type { AuditRow, Changes, ChatPerson, NewJob, OutboxMessage } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { conversationKeyOf } from './conversation-key.ts';
import type { OfferConsequences } from './offer-desk.ts';
import { cardActionFor } from './turn-buttons.ts';
import { cardActivity } from './voice.ts';

interface Deps {
  storage: Pick<Storage, 'people' | 'accounts'>;
  clock: Clock;
  newId(): string;
  /** 256 random bits, base64url. */
  newNonce(): string;
  /** Address of an offer's page. */
  link(code: string, language?: Language): string;
  /** The job that runs an operation. */
  operationJob(operationId: string): NewJob;
}

type Consequences = Required<Pick<Changes, 'outbox' | 'operations' | 'jobs' | 'audit' | 'cardActions'>>;

/**
 * What follows from what a client did, on the page as in chat: the maker of the offer is told, and whoever accepted
 * gets the proof by mail. Only reads; all of it is written together with the answer itself.
 */
export function createOfferConsequences(deps: Deps): OfferConsequences {
  const { storage, clock, newId } = deps;

  /** The maker's 1:1 chat, if they are signed in to one. */
  async function chatOf({ offer }: ClientDid): Promise<ChatPerson | undefined> {
    const people = await storage.people.signedInAs(offer.maker);
    return people.find(({ reference }) => reference !== null);
  }

  async function notice(
    did: ClientDid,
    event: OfferEvent,
    person: ChatPerson | undefined,
  ): Promise<Partial<Consequences>> {
    if (!isTold(event)) return {};
    const { offer, version, acceptance } = did;
    const action = person && wishAction(did, event, person);
    const language = person?.language ?? 'vi';
    const account = await storage.accounts.find(offer.maker);
    const newVersion = action?.nonce ?? '';
    const card = offerNoticeCard(createWords(language), { account, version, acceptance, event, newVersion });
    const reference = person?.reference ?? null;
    const message: OutboxMessage = {
      key: `offer-notice.${event.id}`,
      conversationKey: reference === null ? '' : conversationKeyOf(reference),
      reference: reference ?? {},
      activity: cardActivity(card),
      replaces: null,
      passing: false,
      forAccount: reference === null ? accountKey(offer.maker) : null,
    };
    return { outbox: [message], cardActions: action === undefined ? [] : [{ add: action }] };
  }

  /** *Gửi phiên bản mới với N*: for exactly the licences that were wished now. */
  function wishAction({ offer, version, acceptance }: ClientDid, event: OfferEvent, { key }: ChatPerson) {
    if (event.kind !== 'wished' || acceptance === undefined) return undefined;
    const { id, wish } = acceptance;
    const { number } = version;
    return cardActionFor(
      { verb: 'offer-new-version', args: { acceptance: id, seats: [...wish], version: number } },
      { nonce: deps.newNonce(), personKey: key, account: offer.maker, now: clock.now() },
    );
  }

  /** The proof leaves from the maker's own mailbox, as a recorded operation of theirs. */
  function proof(
    did: ClientDid,
    acceptance: Acceptance,
    person: ChatPerson | undefined,
  ): Partial<Consequences> {
    const { offer, version } = did;
    const to = acceptance.person.signInName;
    if (!isMail(to)) return {};
    const { language } = version.terms;
    const link = deps.link(offer.code, language);
    const mail = proofMail(createWords(language), language, { offer, version, acceptance, link });
    const args: SendMailWish = { to, ...mail, about: { what: 'proof', offerId: offer.id } };
    const { kind, schema, plan } = sendMailKind;
    const operation = newOperation({
      ...{ id: newId(), kind, schema, actor: offer.maker, personKey: person?.key ?? '', args },
      ...{ steps: plan(args), cardKey: newId(), now: clock.now() },
    });
    return {
      operations: [{ add: operation }],
      audit: [intended(operation, sendMailKind.object(args))],
      jobs: [deps.operationJob(operation.id)],
    };
  }

  function intended(operation: Operation, object: string): AuditRow {
    const { id: operationId, actor, company, kind: verb, createdAt: at } = operation;
    return { id: newId(), at, operationId, actor, company, verb, object, outcome: 'intended', details: {} };
  }

  return {
    async of(did) {
      const person = await chatOf(did);
      const { events, acceptance } = did;
      const notices = await Promise.all(events.map((event) => notice(did, event, person)));
      const isAccepted = acceptance !== undefined && events.some(({ kind }) => kind === 'accepted');
      const all = [...notices, isAccepted ? proof(did, acceptance, person) : {}];
      return {
        outbox: all.flatMap(({ outbox = [] }) => outbox),
        operations: all.flatMap(({ operations = [] }) => operations),
        jobs: all.flatMap(({ jobs = [] }) => jobs),
        audit: all.flatMap(({ audit = [] }) => audit),
        cardActions: all.flatMap(({ cardActions = [] }) => cardActions),
      };
    },
  };
}
