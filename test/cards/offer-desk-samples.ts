import { offerClientCard } from '../../cards/offer-client.ts';
import { fieldsCard } from '../../cards/offer-fields.ts';
import { anyone, type OfferMakeValues, offerMakeCard } from '../../cards/offer-make.ts';
import { handedOverCard, orderWaitsCard } from '../../cards/offer-passed.ts';
import { offerPreviewCard } from '../../cards/offer-preview.ts';
import { offerStaffCard } from '../../cards/offer-staff.ts';
import { offersCard } from '../../cards/offers.ts';
import { createWords, type Language } from '../../locales/words.ts';
import { newAcceptance } from '../../partner/acceptance-life.ts';
import type { Account } from '../../partner/accounts.ts';
import { newDraft, type OfferStanding } from '../../partner/offer-life.ts';
import { defaultTerms } from '../../partner/offer-terms.ts';
import {
  type Acceptance,
  acceptanceStates,
  type Offer,
  type OfferEvent,
  type OfferLine,
  type OfferTerms,
  offerEventKinds,
} from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { aDelegation, globalTerms } from './delegation-staff-samples.ts';
import type { Sample } from './sample-cards.ts';

const line: OfferLine = {
  ...{ item: 'CFQ7TTC0LDPB:0001', name: 'Microsoft 365 Business Standard', trial: false },
  ...{ seats: 15, minSeats: 1, maxSeats: 300, term: 'P1Y', billing: 'monthly' },
  price: { amount: '250000', currency: 'VND', per: 'month', vat: 'excluded' },
};
const trialLine: OfferLine = {
  ...{ ...line, trial: true, price: null, term: 'P1M', billing: 'none' },
  ...{ seats: 25, minSeats: 25, maxSeats: 25 },
};
const fabrikam = {
  ...{ name: 'Fabrikam **Việt Nam**', tenantId: '3f6d7a52-0000-4000-8000-00000000000f' },
  ...{ domain: 'fabrikam.vn', person: 'Minh', mail: 'minh@fabrikam.vn' },
};
const nobody = { name: '', tenantId: null, domain: null, person: '', mail: '' };
const signature = {
  ...{ name: 'Contoso Partner', address: ['12 Lê Lợi'], phone: '+84 28 3822 0100', mail: 'a@contoso.vn' },
  ...{ website: '', domains: ['contoso.vn'], partnerId: '' },
};

function termsOf(language: Language, kind: OfferTerms['kind'], lines: OfferLine[]): OfferTerms {
  const recipient = kind === 'trial' ? nobody : fabrikam;
  return { ...defaultTerms({ kind, route: 'reseller', recipient, language }), lines };
}

/** Cards of the staff's side of offers. */
export function offerDeskSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const many = termsOf(language, 'purchase', [line, { ...line, item: 'other', price: null }, line, line]);
  const draft = newDraft({
    ...{ id: 'offer', company: account.tenantId, code: 'code', maker: account, makerName: 'Lan' },
    ...{ terms: many, now: 0 },
  });
  const published: Offer = { ...draft, status: 'published', version: 2, draft: null, expiresAt: 1 };
  const acceptance: Acceptance = {
    ...newAcceptance({
      ...{
        id: 'acceptance',
        offerId: 'offer',
        company: account.tenantId,
        version: 1,
        versionHash: 'x',
        now: 0,
      },
      client: { tenantId: fabrikam.tenantId, name: fabrikam.name, domain: fabrikam.domain },
      person: { objectId: 'person', name: 'Minh <b>', signInName: 'minh@fabrikam.vn' },
    }),
    ...{ seats: [12, 1, 1, 1], reason: 'đắt quá' },
  };
  const events: OfferEvent[] = offerEventKinds.map((kind, index) => ({
    ...{ id: `${index}`, offerId: 'offer', company: account.tenantId, at: index * 1e9, kind },
    ...{ client: index % 2 ? fabrikam.tenantId : null, by: null, byName: kind === 'expired' ? '' : 'Lan' },
    details: kind === 'wished' ? { seats: [20] } : kind === 'asked' ? { text: 'Giá *bao nhiêu*?' } : {},
  }));
  return [
    ...makeSamples(language, account),
    ...previewSamples(language, account, [
      draft,
      {
        ...draft,
        version: 1,
        draft: termsOf(language, 'purchase', [{ ...line, minSeats: 15, maxSeats: 15 }]),
      },
      { ...draft, draft: termsOf(language, 'trial', [trialLine]) },
      { ...draft, draft: { ...termsOf(language, 'delegation', []), delegation: globalTerms } },
    ]),
    ...staffSamples(language, { account, draft, published, acceptance, events }),
    ...clientSamples(language, { account, acceptance, events, terms: many }),
    ...[true, false].map((isFull) => ({
      template: 'rows',
      title: `offers ${isFull}`,
      card: offersCard(words, language, {
        ...{ account, mayMake: isFull, mayDelegate: isFull, next: isFull ? '1 offer' : undefined },
        waiting: isFull
          ? (['confirm', 'failed', 'question', 'wish'] as const).map((attention) => ({
              acceptance,
              attention,
            }))
          : [],
        offers: isFull
          ? [
              { offer: draft, terms: many, standing: 'draft' },
              {
                offer: { ...published, draft: many },
                terms: termsOf(language, 'trial', []),
                standing: 'open',
              },
              { offer: published, terms: undefined, standing: 'expired' },
            ]
          : [],
      }),
    })),
    {
      template: 'message',
      title: 'handed over',
      card: handedOverCard({ words, language, account }, { from: account, offer: draft, terms: many }),
    },
    {
      template: 'message',
      title: 'order waits',
      card: orderWaitsCard({ words, account }, { from: account, acceptance, terms: many }),
    },
  ];
}

function makeSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const values: OfferMakeValues = {
    ...{ client: anyone, find: 'fab', service: line.item, other: '', seats: '15', portalLink: '' },
    ...{
      person: '',
      mail: '',
      amount: '250.000',
      currency: 'VND',
      per: 'month',
      vat: 'excluded',
      note: 'Chào',
    },
  };
  const empty = Object.fromEntries(
    Object.keys(values).map((name) => [name, '']),
  ) as unknown as OfferMakeValues;
  const fields = fieldsCard(words, {
    frame: {
      title: words('order.attest-title'),
      problem: words('order.problem-day', { today: '2026-11-30' }),
    },
    ...{ verb: 'order-attest-form', nonce: 'nonce', note: words('order.attest-note') },
    fields: (['text', 'long', 'number', 'date', 'choice'] as const).map((kind) => ({
      ...{ kind, id: kind, label: words('offer-edit.days'), value: '' },
      choices: [{ title: '[a](https://b)', value: '1' }],
    })),
    proceed: words('button.continue'),
  });
  return [
    ...(['trial', 'purchase'] as const).flatMap((kind) =>
      (['reseller', 'advisor'] as const).map((route) => ({
        template: 'offer-make',
        title: `make ${kind} ${route}`,
        card: offerMakeCard(words, {
          ...{ account, nonce: 'nonce', kind, route, hasMore: route === 'reseller' },
          problem: kind === 'trial' ? words('offer-make.problem-client') : '',
          values: kind === 'trial' ? empty : values,
          clients: kind === 'trial' ? [] : [{ title: fabrikam.name, value: fabrikam.tenantId }],
          services: [{ title: line.name, value: line.item }],
          currencies: ['VND', 'USD'],
        }),
      })),
    ),
    { template: 'offer-fields', title: 'fields', card: fields },
  ];
}

function previewSamples(language: Language, account: Account, offers: readonly Offer[]): Sample[] {
  return offers.flatMap((offer) => {
    const { draft: terms } = offer;
    if (terms === null) return [];
    const { mail } = terms.recipient;
    const card = offerPreviewCard(createWords(language, hanoi), language, {
      ...{ account, offerId: offer.id, nonceFor: () => 'nonce' },
      clientWords: createWords(terms.language, hanoi),
      problem: offer.version === 0 ? '' : createWords(language, hanoi)('offer-desk.changed'),
      view: {
        ...{ terms, signature, expiresAt: 1e12, number: offer.version + 1, standing: 'open' },
        contact: { name: 'Lan', mail: 'lan@contoso.vn', phone: '' },
      },
      mail: mail === '' ? undefined : { to: mail, subject: 'Thư chào', text: 'Chào Minh '.repeat(60) },
      unsellable: [
        { index: 0, why: 'gone', most: 0 },
        { index: 1, why: 'too-many', most: 300 },
      ],
      alsoTold: offer.version === 0 ? [] : ['oanh@fabrikam.vn'],
      noDelegation: offer.version === 0 ? '' : 'Công ty chưa được ủy quyền.',
    });
    return [{ template: 'offer-preview', title: `preview ${terms.kind} ${offer.version}`, card }];
  });
}

function staffSamples(
  language: Language,
  known: { account: Account; draft: Offer; published: Offer; acceptance: Acceptance; events: OfferEvent[] },
): Sample[] {
  const { account, draft, published, acceptance, events } = known;
  const standings: readonly OfferStanding[] = ['draft', 'open', 'withdrawn', 'expired'];
  return standings.flatMap((standing) =>
    [true, false].map((mayMake) => ({
      template: 'offer-staff',
      title: `offer ${standing} ${mayMake}`,
      card: offerStaffCard(createWords(language, hanoi), language, {
        ...{ account, standing, mayMake, nonceFor: () => 'nonce' },
        ...{ problem: '', said: mayMake ? '' : 'Đã đăng.' },
        offer: standing === 'draft' ? draft : { ...published, draft: mayMake ? draft.draft : null },
        terms: standing === 'withdrawn' ? undefined : (draft.draft ?? undefined),
        acceptances: mayMake ? [acceptance] : [],
        delegations: mayMake ? [aDelegation(), aDelegation({ state: 'declined' })] : [],
        now: 0,
        events: mayMake ? events : [],
        link: standing === 'open' ? 'https://bot.example/offers/code' : undefined,
      }),
    })),
  );
}

function clientSamples(
  language: Language,
  known: { account: Account; acceptance: Acceptance; events: OfferEvent[]; terms: OfferTerms },
): Sample[] {
  const { account, acceptance, events, terms } = known;
  const questions = events.filter(({ kind }) => kind === 'asked');
  return acceptanceStates.flatMap((state) =>
    (['reseller', 'advisor'] as const).flatMap((route) =>
      [true, false].map((mayConfirm) => ({
        template: 'message',
        title: `client ${state} ${route} ${mayConfirm}`,
        card: offerClientCard(createWords(language, hanoi), language, {
          ...{ account, problem: '', mayConfirm, mayMake: true },
          acceptance: {
            ...{ ...acceptance, state, operationId: 'operation', orderId: null, seats: acceptance.seats },
            ...{ wish: mayConfirm ? [20] : [], reason: state === 'failed' ? 'agreement-missing' : 'đắt' },
          },
          terms: { ...terms, route },
          questions: mayConfirm ? questions : [],
          whoMay: state === 'accepted' && route === 'reseller' ? ['Hùng'] : [],
          mayStop: mayConfirm && ['confirmed', 'ordering', 'failed'].includes(state),
          mayTakeOver: mayConfirm && state === 'ordering',
          waits: state === 'ordering' ? createWords(language, hanoi)('take-over.waits', { name: 'Bảo' }) : '',
          links: route === 'advisor' ? [{ title: 'Microsoft', url: 'https://admin.microsoft.com/x' }] : [],
          nonceFor: () => 'nonce',
        }),
      })),
    ),
  );
}
