import { companyCard } from '../../cards/company.ts';
import { companyEditCard, companyPartsCard } from '../../cards/company-edit.ts';
import { companyWrongCard, companyWrongKeptCard, companyWrongToldCard } from '../../cards/company-wrong.ts';
import {
  companyWrongAnswerCard,
  companyWrongAnsweredCard,
  companyWrongListCard,
} from '../../cards/company-wrong-answer.ts';
import { companyZoneCard } from '../../cards/company-zone.ts';
import { operationCardFor } from '../../cards/operation-views.ts';
import { subscriptionsCard } from '../../cards/subscriptions.ts';
import { wishReviewCard } from '../../cards/wish-review.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import type { CompanyConfirmation, ConfirmationState } from '../../partner/company-confirmation.ts';
import { type CompanyZone, companyZone } from '../../partner/company-zones.ts';
import type { OwnSubscription } from '../../partner/directory.ts';
import { companyParts, editCompanyKind } from '../../partner/edit-company.ts';
import { newOperation } from '../../partner/operations.ts';
import { hanoi } from '../helpers/zones.ts';
import { wholeCompany, withGap } from '../partner/company-record.ts';
import type { Sample } from './sample-cards.ts';

const link = { title: 'x', url: 'https://partner.microsoft.com/dashboard' };
const gaps = [
  'no-partner-center',
  'no-right',
  'not-in-cloud',
  'second-factor',
  'no-consent',
  'no-answer',
] as const;

/** The company's own cards, whole and with gaps. */
export function companySamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const confirmation: CompanyConfirmation = {
    company: account.tenantId,
    hash: 'x',
    by: account,
    byName: 'Trần Văn Hùng',
    at: Date.UTC(2026, 2, 3),
  };
  const button = { title: 'x', style: 'default', data: { verb: 'company-confirm' } } as const;
  const now = confirmation.at;
  const of = (country: string | null, stated: string | null = null): CompanyZone => {
    const said = stated && { company: account.tenantId, zone: stated, by: account, byName: 'Hùng', at: now };
    return companyZone({ company: account.tenantId, country, readAt: now, stated: said || null });
  };
  const more = { account, confirmation, buttons: [button], links: [link], now, zone: of('VN') };
  const states: readonly ConfirmationState[] = ['confirmed', 'changed', 'too-old', 'never'];
  const problem = words('form.used');
  const form = { account, nonce: 'nonce', problem };
  const wanted = { phone: '+84 1', technicalMails: ['a@b.vn'], website: '' };
  const args = { companyName: 'Contoso', wanted, seen: { phone: '' }, requestIds: {}, undoIds: {} };
  const operation = newOperation({
    ...{
      id: 'o',
      kind: 'edit-company',
      schema: 1,
      actor: account,
      personKey: 'p',
      args,
      now: 0,
      cardKey: 'k',
    },
    steps: editCompanyKind.plan(args),
  });
  const error = {
    code: 'microsoft-refused',
    details: { companyField: 'postalCode' },
    reference: 'ABCD2345',
  } as const;
  const [first, ...others] = operation.steps;
  const refused = {
    ...operation,
    status: 'failed' as const,
    steps: [...(first === undefined ? [] : [{ ...first, status: 'failed' as const, error }]), ...others],
  };
  return [
    ...states.map((state) => ({
      template: 'company',
      title: `company ${state}`,
      card: companyCard(words, language, { ...more, record: wholeCompany(), state, problem: '' }),
    })),
    ...gaps.map((gap) => ({
      template: 'company',
      title: `company ${gap}`,
      card: companyCard(words, language, { ...more, record: withGap(gap), state: 'incomplete', problem }),
    })),
    ...[of('US'), of('US', 'America/Chicago'), of(null)].map((zone) => ({
      template: 'company',
      title: `company in ${zone.zone}`,
      card: companyCard(words, language, {
        ...{ ...more, record: wholeCompany(), state: 'confirmed', zone, problem: '' },
      }),
    })),
    {
      template: 'choices',
      title: 'zones of a country',
      card: companyZoneCard(words, language, {
        ...{ ...form, of: of('US'), chosen: 'America/Denver', now, verb: 'company-zone-form' },
      }),
    },
    ...companyParts.map((part) => ({
      template: 'company-edit',
      title: part,
      card: companyEditCard(words, { ...form, part, values: {}, filled: ['name'] }),
    })),
    {
      template: 'message',
      title: 'company parts',
      card: companyPartsCard(words, {
        account,
        links: [link],
        parts: companyParts.map((part, index) => ({ part, gap: gaps[index], writable: index > 0 })),
      }),
    },
    { template: 'few-words', title: 'wrong', card: companyWrongCard(words, { ...form, what: '' }) },
    {
      template: 'message',
      title: 'company wrong told',
      card: companyWrongToldCard({ words, account }, { from: account, what: 'x', notice: 'n' }),
    },
    {
      template: 'message',
      title: 'company wrong kept',
      card: companyWrongKeptCard(words, { account, what: 'x', roles: 'x', names: '', links: [link] }),
    },
    {
      template: 'few-words',
      title: 'company wrong answer',
      card: companyWrongAnswerCard(words, { ...form, typed: {}, name: 'Lan', what: 'x' }),
    },
    ...(['corrected', 'as-it-is'] as const).map((outcome) => ({
      template: 'message',
      title: `company wrong ${outcome}`,
      card: companyWrongAnsweredCard({ words, account }, { by: 'Minh', what: 'x', outcome, answer: 'y' }),
    })),
    ...[[], [{ id: 'n', name: 'Lan', what: 'x', at: 0 }]].map((waiting) => ({
      template: 'rows',
      title: `company wrong list ${waiting.length}`,
      card: companyWrongListCard(words, { account, waiting }),
    })),
    {
      template: 'wish-review',
      title: 'edit company',
      card: wishReviewCard(words, language, {
        ...form,
        ...{ kind: 'edit-company', args, intro: 'x', secondPerson: false, typed: {}, canGoBack: true },
      }),
    },
    ...[operation, refused, { ...operation, status: 'done' as const }].map((each) => ({
      template: 'operation',
      title: `edit company ${each.status}`,
      card: operationCardFor(words, account, each, { revealAddress: undefined, nonceFor: () => 'nonce' }),
    })),
    ...[many, [], [one]].map((subscriptions) => ({
      template: 'subscriptions',
      title: `subscriptions ${subscriptions.length}`,
      card: subscriptionsCard(words, { account, subscriptions, from: 0, size: 4, links: [link] }),
    })),
  ];
}

const one: OwnSubscription = {
  id: 's',
  skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
  partNumber: 'O365_BUSINESS_PREMIUM',
  total: 25,
  used: 24,
  status: 'Enabled',
  renewsAt: '2026-04-15T03:00:00Z',
  isTrial: false,
};

const many: OwnSubscription[] = [
  { ...one, used: 0 },
  { ...one, used: 25, isTrial: true },
  { ...one, used: 27, status: 'Warning' },
  { ...one, total: 0, used: 0, status: 'Suspended', renewsAt: undefined },
  { ...one, status: '' },
  { ...one, status: 'Unheard-of', renewsAt: 'never' },
];
