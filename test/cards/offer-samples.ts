import { mainButton } from '../../cards/buttons.ts';
import { offerCard } from '../../cards/offer.ts';
import { createWords, type Language } from '../../locales/words.ts';
import { acceptanceStates } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptanceOf, offeredLine, offerView } from '../partner/offer-record.ts';
import type { Sample } from './sample-cards.ts';

/** The card that a client sees: trials and purchases, priced or not, in every state. */
export function offerSamples(language: Language): Sample[] {
  const words = createWords(language, hanoi);
  const plain = offerView();
  const trial = offerView({
    kind: 'trial',
    lines: [offeredLine({ trial: true, price: null, seats: 25, minSeats: 25, maxSeats: 25, term: 'P1M' })],
    note: '',
  });
  const advisor = offerView({
    route: 'advisor',
    lines: [offeredLine({ price: null, term: 'x', billing: 'y' })],
  });
  const many = offerView({
    lines: [
      offeredLine(),
      offeredLine({ price: null, term: 'P3Y', billing: 'triennial', minSeats: 15, maxSeats: 15 }),
    ],
  });
  const bare = {
    ...plain,
    signature: { ...plain.signature, address: [], phone: '', mail: '', website: '' },
    standing: 'withdrawn' as const,
    forAnybody: true,
  };
  const views = [
    ...[plain, trial, advisor, many, bare, { ...plain, standing: 'expired' as const, number: 3 }],
    ...acceptanceStates.map((state) => ({ ...many, acceptance: acceptanceOf({ state, seats: [12, 15] }) })),
  ];
  const buttons = [mainButton('x', 'answer-offer')];
  return views.map((view, index) => ({
    template: 'offer',
    title: `offer ${index}`,
    card: offerCard(words, language, view, index % 2 === 0 ? buttons : []),
  }));
}
