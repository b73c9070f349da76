import { operationCardFor } from '../../cards/operation-views.ts';
import { wishReviewCard } from '../../cards/wish-review.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { type ConfirmOrderWish, confirmOrderKind } from '../../partner/confirm-order.ts';
import type { ErrorCode, ErrorDetails } from '../../partner/errors.ts';
import type { SendMailWish } from '../../partner/mail-wish.ts';
import type { OperationKind } from '../../partner/operation-kinds.ts';
import {
  type JsonObject,
  newOperation,
  type Operation,
  type Step,
  withStep,
} from '../../partner/operations.ts';
import { sendMailKind } from '../../partner/send-mail.ts';
import { hanoi } from '../helpers/zones.ts';
import type { Sample } from './sample-cards.ts';

const line = { item: 'CFQ7:0001', quantity: 15, term: 'P1Y', billing: 'monthly', trial: false };
const order: ConfirmOrderWish = {
  ...{ offerId: 'offer', acceptanceId: 'acceptance', version: 1, country: 'VN' },
  ...{ clientTenantId: '3f6d7a52-0000-4000-8000-000000000009', clientName: 'Công ty *Fabrikam* [VN]' },
  lines: [
    { ...line, name: 'Microsoft 365 Business Standard' },
    { ...line, name: 'Microsoft Teams Premium', quantity: 25, trial: true },
  ],
  requestIds: { cart: 'cart', checkout: 'checkout', agreement: 'agreement' },
  attestation: {
    ...{
      firstName: 'Minh',
      lastName: 'Lê',
      mail: 'minh@fabrikam.example',
      phone: '',
      agreedOn: '2026-01-05',
    },
  },
};
const { attestation: _, ...plain } = order;
const trialOnly = { ...plain, lines: order.lines.slice(1) };
const mail: SendMailWish = {
  ...{ to: 'minh@fabrikam.example', subject: 'Thư *chào* hàng', text: 'Chào anh', html: '<p>Chào anh</p>' },
  about: { what: 'offer', offerId: 'offer', version: 1 },
};

/** Orders and mails on their way, at every place where they can stand still. */
export function orderSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const link = 'https://admin.microsoft.example/Adminportal/Home?invType=ResellerRelationship';

  function operationOf({ kind, schema, plan }: OperationKind, args: JsonObject): Operation {
    const where = { personKey: 'p', cardKey: 'k', now: 0 };
    return newOperation({ id: 'operation', kind, schema, actor: account, args, steps: plan(args), ...where });
  }
  function at(operation: Operation, id: string, change: Partial<Step>): Operation {
    const index = operation.steps.findIndex((step) => step.id === id);
    const steps = operation.steps.map((step, place) =>
      place < index ? { ...step, status: 'done' as const } : step,
    );
    return withStep({ ...operation, steps }, id, change);
  }
  const failing = (code: ErrorCode, details: ErrorDetails = {}) => ({
    error: { code, details, reference: 'ABCD2345' },
  });
  const ordering = operationOf(confirmOrderKind, order);
  const mailing = operationOf(sendMailKind, mail);
  const started = { status: 'started' } as const;
  const failed = (operation: Operation): Operation => ({ ...operation, status: 'failed' });
  const operations = [
    at(ordering, 'customer', { ...started, ...failing('not-our-customer', { turn: 'client', link }) }),
    at(ordering, 'provisioned', { ...started, ...failing('not-visible-yet', { turn: 'microsoft' }) }),
    failed(at(ordering, 'agreement', { status: 'failed', ...failing('agreement-missing') })),
    failed(at(ordering, 'checkout', { status: 'asked', ...failing('order-not-visible') })),
    failed(at(ordering, 'checkout', { status: 'asked', ...failing('order-in-part') })),
    { ...at(ordering, 'provisioned', { status: 'done' }), status: 'done' as const },
    at(mailing, 'send', started),
    failed(at(mailing, 'send', { status: 'asked', ...failing('mail-unknown') })),
  ];
  const wishes = [
    { kind: 'confirm-order', args: order },
    { kind: 'confirm-order', args: trialOnly },
    { kind: 'send-mail', args: mail },
  ];
  const asked = { account, nonce: 'nonce', problem: '', intro: words('wish.intro') };
  return [
    ...operations.map((operation) => ({
      template: 'operation',
      title: `${operation.kind} ${operation.status}`,
      card: operationCardFor(words, account, operation, {
        revealAddress: undefined,
        language,
        nonceFor: () => 'nonce',
      }),
    })),
    ...wishes.map(({ kind, args }) => ({
      template: 'wish-review',
      title: `review ${kind}`,
      card: wishReviewCard(words, language, {
        ...{ ...asked, kind, args, secondPerson: false, typed: {}, canGoBack: false },
      }),
    })),
  ];
}
