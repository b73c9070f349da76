import { isTold, offerNoticeCard } from '../cards/offer-notice.ts';
import type { ClientDid } from '../dialogs/offer-desk.ts';
import { createWords } from '../locales/words.ts';
import { delegateKind } from '../partner/delegate.ts';
import type { DelegateWish } from '../partner/delegate-wish.ts';
import { nameFor } from '../partner/delegation-names.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Changes, ChatPerson } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createDelegationNotices } from './delegation-consequences.ts';
import { chatOf, messageFor } from './maker-chat.ts';
import type { OfferConsequences } from './offer-desk.ts';
import { type OfferMails, writesOf } from './offer-mails.ts';
import { createRecorder, type RecorderDeps } from './recorder.ts';
import { cardActionFor } from './turn-buttons.ts';

interface Deps extends RecorderDeps {
  storage: Pick<Storage, 'people' | 'accounts'>;
  /** 256 random bits, base64url. */
  newNonce(): string;
  mails: Pick<OfferMails, 'answered'>;
}

type Consequences = Required<Pick<Changes, 'outbox' | 'operations' | 'jobs' | 'audit' | 'cardActions'>>;

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
    lacksMailbox: boolean,
  ): Promise<Partial<Consequences>> {
    const { offer, version, acceptance, delegation } = did;
    if (delegation !== undefined) return { outbox: await delegationNotice(delegation, event) };
    if (!isTold(event)) return {};
    const action = person && wishAction(did, event, person);
    const language = person?.language ?? 'vi';
    const account = await storage.accounts.find(offer.maker);
    const newVersion = action?.nonce ?? '';
    const view = { account, version, acceptance, event, newVersion, lacksMailbox };
    const card = offerNoticeCard(createWords(language), view);
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
      const { events } = did;
      const mail = await deps.mails.answered(did);
      const lacksMailbox = mail === 'no-mailbox';
      const was = (kind: OfferEvent['kind']) => events.some((event) => event.kind === kind);
      const all: Partial<Consequences>[] = [
        ...(await Promise.all(events.map((event) => notice(did, event, person, lacksMailbox)))),
        writesOf(mail),
        was('delegation-allowed') ? carriedOn(did, personKey) : {},
      ];
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
