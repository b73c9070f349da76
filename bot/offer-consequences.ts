import type { ClientDid } from '../dialogs/offer-desk.ts';
import { type ChatSources, chatOf } from '../notices/chats.ts';
import { noticesOfEvents } from '../notices/record.ts';
import { delegateKind } from '../partner/delegate.ts';
import type { DelegateWish } from '../partner/delegate-wish.ts';
import { nameFor } from '../partner/delegation-names.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Changes } from '../storage/changes.ts';
import type { OfferConsequences } from './offer-desk.ts';
import { type OfferMails, writesOf } from './offer-mails.ts';
import { createRecorder, type RecorderDeps } from './recorder.ts';

interface Deps extends RecorderDeps {
  storage: ChatSources;
  mails: Pick<OfferMails, 'answered'>;
}

type Consequences = Required<Pick<Changes, 'operations' | 'jobs' | 'notices'>>;

/**
 * What follows from what a client did, on the page as in chat: whoever answers for the offer is told, whoever accepted gets the
 * proof by mail, and what was allowed is carried on. Only reads; all of it is written together with the answer itself.
 */
export function createOfferConsequences(deps: Deps): OfferConsequences {
  const { storage } = deps;
  const record = createRecorder(deps);
  /** What the client allowed is asked for at Microsoft in the name of whoever made the offer. */
  function carriedOn({ offer, delegation }: ClientDid, personKey: string) {
    if (delegation === undefined || delegation.operationId === null) return {};
    const { id, client, terms, operationId } = delegation;
    const { tenantId, name } = client;
    const args: DelegateWish = {
      ...{ delegationId: id, offerId: offer.id, client: { tenantId, name }, name: nameFor(delegation) },
      ...{ level: terms.level, roles: terms.roles, days: terms.days, autoExtend: terms.autoExtend },
    };
    return record(delegateKind, { actor: offer.maker, personKey, args, id: operationId });
  }

  return {
    async of(did) {
      const person = await chatOf(storage, did.offer.maker);
      const personKey = person?.key ?? '';
      const { events } = did;
      const was = (kind: OfferEvent['kind']) => events.some((event) => event.kind === kind);
      const all: Partial<Consequences>[] = [
        noticesOfEvents(events, { delegationId: did.delegation?.id, newId: deps.newId }),
        writesOf(await deps.mails.answered(did)),
        was('delegation-allowed') ? carriedOn(did, personKey) : {},
      ];
      return {
        operations: all.flatMap(({ operations = [] }) => operations),
        jobs: all.flatMap(({ jobs = [] }) => jobs),
        notices: all.flatMap(({ notices = [] }) => notices),
      };
    },
  };
}
