import { answerButtons, passOnCard, refusedCard, wrongCompanyCard } from '../../cards/answer-offer.ts';
import { offerCard } from '../../cards/offer.ts';
import { isTold, offerNoticeCard, offerNoticesCard } from '../../cards/offer-notice.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { type OfferEvent, offerEventKinds } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptanceOf, fabrikam, madeAt, offerView, publishedOffer } from '../partner/offer-record.ts';
import type { Sample } from './sample-cards.ts';

/** What a client sees beside the offer itself, and what its maker is told. */
export function answerSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const { version } = publishedOffer();
  const person = { objectId: 'minh', name: 'Lê Minh', signInName: 'minh@fabrikam.vn' };
  const client = { tenantId: fabrikam, name: 'Fabrikam', domain: 'fabrikam.vn', person, roles: [] };
  const asides = (['open', 'expired', 'withdrawn'] as const).flatMap((standing) => {
    const view = { version, standing, client, rolesKnown: standing === 'open' };
    return [passOnCard, refusedCard, wrongCompanyCard].map((card) => card(words, account, view));
  });
  const may = { terms: version.terms, mayAccept: true, mayDecline: true, mayWithdraw: true };
  const offers = [true, false].map((isAdministrator) =>
    offerCard(words, language, offerView(), answerButtons(words, 'code', { ...may, isAdministrator })),
  );
  return [
    ...[...asides, ...noticeCards(language, account)].map((card, index) => ({
      template: 'message',
      title: `answer ${index}`,
      card,
    })),
    ...offers.map((card, index) => ({ template: 'offer', title: `answer ${index}`, card })),
  ];
}

function noticeCards(language: Language, account: Account) {
  const words = createWords(language, hanoi);
  const { offer, version } = publishedOffer();
  const advisor = publishedOffer({ route: 'advisor' }).version;
  return offerEventKinds.flatMap((kind) => {
    const event: OfferEvent = {
      ...{ id: 'event', offerId: offer.id, company: offer.company, client: fabrikam, at: madeAt, kind },
      ...{
        by: null,
        byName: 'Lê Minh',
        details: { seats: [20], text: 'Bao giờ có?', signInName: 'minh@fabrikam.vn' },
      },
    };
    if (!isTold(event)) return [];
    const unsigned = { ...event, by: null, byName: '', details: {} };
    const acceptance = acceptanceOf({ wish: [20] });
    return [
      { account, version, acceptance, event, newVersion: 'nonce' },
      { account, version: advisor, acceptance: { ...acceptance, wish: [20, 5] }, event, newVersion: 'nonce' },
      { account: undefined, version, acceptance, event: unsigned, newVersion: '' },
      { account: undefined, version, acceptance: undefined, event: unsigned, newVersion: '' },
    ].flatMap((view) => [
      offerNoticeCard(words, { ...view, lacksMailbox: false, insteadOf: undefined, take: '' }),
      offerNoticeCard(words, { ...view, lacksMailbox: true, insteadOf: 'Nguyễn Thị Lan', take: 'nonce' }),
      offerNoticesCard(words, {
        ...{ account: view.account, version: view.version, kind: event.kind },
        ...{ news: Array.from({ length: 12 }, () => view), insteadOf: undefined, take: '' },
      }),
    ]);
  });
}
