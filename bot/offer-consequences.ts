import { proofMail } from '../cards/offer-mail.ts';
import type { ClientDid } from '../dialogs/offer-desk.ts';
import { isMail } from '../dialogs/offer-inputs.ts';
import { createWords, type Language } from '../locales/words.ts';
import { type ChatSources, chatOf } from '../notices/chats.ts';
import { noticesOfEvents } from '../notices/record.ts';
import type { Zones } from '../partner/company-zones.ts';
import { delegateKind } from '../partner/delegate.ts';
import type { DelegateWish } from '../partner/delegate-wish.ts';
import { nameFor } from '../partner/delegation-names.ts';
import type { Acceptance, OfferEvent } from '../partner/offers.ts';
import { type SendMailWish, sendMailKind } from '../partner/send-mail.ts';
import type { Changes } from '../storage/changes.ts';
import type { OfferConsequences } from './offer-desk.ts';
import { createRecorder, type RecorderDeps } from './recorder.ts';

interface Deps extends RecorderDeps {
  storage: ChatSources;
  zones: Zones;
  /** Address of an offer's page. */
  link(code: string, language?: Language): string;
}

type Consequences = Required<Pick<Changes, 'operations' | 'jobs' | 'audit' | 'notices'>>;

/**
 * What follows from what a client did, on the page as in chat: whoever answers for the offer is told, whoever accepted gets the
 * proof by mail, and what was allowed is carried on. Only reads; all of it is written together with the answer itself.
 */
export function createOfferConsequences(deps: Deps): OfferConsequences {
  const { storage } = deps;
  const record = createRecorder(deps);

  /** The proof leaves from the maker's own mailbox, as a recorded operation of theirs. */
  async function proof({ offer, version }: ClientDid, acceptance: Acceptance, personKey: string) {
    const to = acceptance.person.signInName;
    if (!isMail(to)) return {};
    const { language } = version.terms;
    const link = deps.link(offer.code, language);
    const words = createWords(language, await deps.zones.ofCompany(offer.company));
    const mail = proofMail(words, language, { offer, version, acceptance, link });
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
        noticesOfEvents(events, { delegationId: did.delegation?.id, newId: deps.newId }),
        acceptance !== undefined && was('accepted') ? await proof(did, acceptance, personKey) : {},
        was('delegation-allowed') ? carriedOn(did, personKey) : {},
      ];
      return {
        operations: all.flatMap(({ operations = [] }) => operations),
        jobs: all.flatMap(({ jobs = [] }) => jobs),
        audit: all.flatMap(({ audit = [] }) => audit),
        notices: all.flatMap(({ notices = [] }) => notices),
      };
    },
  };
}
