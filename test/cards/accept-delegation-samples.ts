import {
  clientsPageCard,
  delegationButtons,
  delegationPassOnCard,
  delegationQuestionCard,
} from '../../cards/accept-delegation.ts';
import { offerCard } from '../../cards/offer.ts';
import { isToldOfDelegation, offerDelegationNoticeCard } from '../../cards/offer-delegation-notice.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import { delegationStates } from '../../partner/delegations.ts';
import { type OfferEvent, offerEventKinds } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { fabrikam, madeAt, offerView, publishedOffer } from '../partner/offer-record.ts';
import { aDelegation, globalTerms } from './delegation-staff-samples.ts';
import type { Sample } from './sample-cards.ts';

/** A delegation as its client sees it and answers it, and what the maker of the offer is told. */
export function acceptDelegationSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const { version } = publishedOffer();
  const person = { objectId: 'minh', name: 'Lê *Minh*', signInName: 'minh@fabrikam.vn' };
  const client = { tenantId: fabrikam, name: 'Fabrikam', domain: 'fabrikam.vn', person, roles: [] };
  const company = version.signature.name;
  const answers = [true, false].flatMap((isGlobal) =>
    [true, false].map((isDeclined) =>
      delegationButtons(words, 'code', { isGlobal, isDeclined, nonceFor: () => 'nonce' }),
    ),
  );
  const messages = [
    ...answers.map((buttons, index) =>
      delegationQuestionCard(words, account, { company, isDeclined: index % 2 === 0, buttons }),
    ),
    ...(['approve', 'consent'] as const).map((what) =>
      clientsPageCard(words, account, {
        page: { what, link: 'https://admin.microsoft.com/approve', thenConsent: undefined },
        company,
      }),
    ),
    ...[true, false].map((rolesKnown) =>
      delegationPassOnCard(words, account, { version, standing: 'open', client, rolesKnown }),
    ),
    ...noticeCards(language, account),
  ];
  return [
    ...messages.map((card, index) => ({ template: 'message', title: `accept-delegation ${index}`, card })),
    ...offerCards(language, answers),
  ];
}

function offerCards(language: Language, answers: readonly ReturnType<typeof delegationButtons>[]): Sample[] {
  const words = createWords(language, hanoi);
  const limited = termsFor('limited', { days: 1, autoExtend: true });
  const beside = offerView({ delegation: termsFor('full', { days: 365, autoExtend: false }) });
  const alone = offerView({ kind: 'delegation', lines: [], delegation: limited });
  const views = [
    ...[beside, alone, offerView({ kind: 'delegation', lines: [], delegation: globalTerms, note: '' })],
    ...delegationStates.map((state) => ({ ...alone, delegation: aDelegation({ state }) })),
  ];
  return views.map((view, index) => ({
    template: 'offer',
    title: `accept-delegation offer ${index}`,
    card: offerCard(words, language, view, answers[index % answers.length] ?? []),
  }));
}

function noticeCards(language: Language, account: Account) {
  const words = createWords(language, hanoi);
  return offerEventKinds.flatMap((kind) => {
    const event: OfferEvent = {
      ...{ id: 'event', offerId: 'offer', company: 'contoso', client: fabrikam, at: madeAt, kind },
      ...{ by: null, byName: 'Lê *Minh*', details: { signInName: 'minh@fabrikam.vn' } },
    };
    if (!isToldOfDelegation(event)) return [];
    return [
      { account, delegation: aDelegation(), event },
      {
        account: undefined,
        delegation: aDelegation({ endsAt: null }),
        event: { ...event, by: null, byName: '' },
      },
    ].flatMap((view) => [
      offerDelegationNoticeCard(words, language, { ...view, insteadOf: undefined, take: '' }),
      offerDelegationNoticeCard(words, language, { ...view, insteadOf: 'Lan', take: 'nonce' }),
    ]);
  });
}
