import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { type Choice, type Field, plainChoices } from './offer-fields.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/offer-make.json' with { type: 'json' };

/** What the first card of an offer holds, as it was typed. */
export interface OfferMakeValues {
  client: string;
  find: string;
  service: string;
  other: string;
  seats: string;
  portalLink: string;
  person: string;
  mail: string;
  amount: string;
  currency: string;
  per: string;
  vat: string;
  note: string;
}

export interface OfferMakeView {
  account: Account | undefined;
  nonce: string;
  problem: string;
  kind: OfferTerms['kind'];
  route: OfferTerms['route'];
  values: OfferMakeValues;
  /** Recent clients or those that were found; whoever has the link comes last. */
  clients: readonly Choice[];
  services: readonly Choice[];
  /** There are more services than are listed. */
  hasMore: boolean;
  currencies: readonly string[];
}

/** Value of the choice that lets any company answer. */
export const anyone = 'anyone';

/** The first of two steps: for whom, what, how many; a price and a note where somebody wants them. */
export function offerMakeCard(words: Words, view: OfferMakeView): Card {
  const { account, nonce, problem, kind, route, values, clients, services, hasMore } = view;
  const isTrial = kind === 'trial';
  const isWanted = (wanted: boolean, text: string) => (wanted ? text : '');
  const price = priceFields(words, values, view.currencies);
  return render(
    template,
    {
      values,
      clients: [...plainChoices(clients), { title: words('offer-make.anyone'), value: anyone }],
      services: plainChoices(services),
      labels: {
        client: words('offer-make.client'),
        find: words('offer-make.find'),
        service: words('offer-make.service'),
        other: isWanted(hasMore, words('offer-make.other')),
        seats: isWanted(!isTrial, words('offer-make.seats')),
        portalLink: isWanted(route === 'advisor', words('offer-make.portal-link')),
        person: words('offer-make.person'),
        mail: words('offer-make.mail'),
        amount: isWanted(!isTrial, price.amount.label),
        currency: price.currency.label,
        per: price.per.label,
        vat: price.vat.label,
        note: words('offer-make.note'),
      },
      examples: {
        find: words('offer-make.find-example'),
        service: words('offer-make.service-choose'),
        portalLink: words('offer-make.portal-link-example'),
        amount: words('offer-make.amount-example'),
      },
      fixed: isTrial ? words('offer-make.trial-fixed') : '',
      currencies: price.currency.choices,
      periods: price.per.choices,
      taxes: price.vat.choices,
      showMore: values.amount !== '' || values.note !== '',
      more: words(isTrial ? 'offer-make.more-note' : 'offer-make.more'),
      proceed: words('offer-make.preview'),
      cancel: words('button.cancel'),
      submit: { verb: 'offer-make', nonce },
    },
    {
      ...ownCompany(words, account),
      title: words(`offer-make.title.${kind}`),
      intro: words(route === 'advisor' ? 'offer-make.intro-advisor' : 'offer-make.intro'),
      problem,
    },
  );
}

/** A price as the partner states it, in four fields. */
export function priceFields(
  words: Words,
  values: Pick<OfferMakeValues, 'amount' | 'currency' | 'per' | 'vat'>,
  currencies: readonly string[],
) {
  const choice = (id: 'currency' | 'per' | 'vat', choices: readonly Choice[]) =>
    ({ kind: 'choice', id, label: words(`offer-make.${id}`), value: values[id], choices }) as const;
  return {
    amount: { kind: 'text', id: 'amount', label: words('offer-make.amount'), value: values.amount },
    currency: choice(
      'currency',
      currencies.map((each) => ({ title: each, value: each })),
    ),
    per: choice(
      'per',
      (['month', 'year'] as const).map((value) => ({ title: words(`offer-make.per.${value}`), value })),
    ),
    vat: choice(
      'vat',
      (['excluded', 'included'] as const).map((value) => ({
        title: words(`offer.vat.${value}`),
        value,
      })),
    ),
  } satisfies Record<string, Field>;
}
