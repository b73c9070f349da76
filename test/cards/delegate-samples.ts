import { operationCardFor } from '../../cards/operation-views.ts';
import { wishReviewCard } from '../../cards/wish-review.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { ErrorCode, ErrorDetails } from '../../partner/errors.ts';
import { kindNamed } from '../../partner/kinds.ts';
import {
  type JsonObject,
  newOperation,
  type Operation,
  type Step,
  withStep,
} from '../../partner/operations.ts';
import { hanoi } from '../helpers/zones.ts';
import type { Sample } from './sample-cards.ts';

const wish: DelegateWish = {
  ...{ delegationId: 'd', offerId: 'offer', name: 'Fabrikam d' },
  client: { tenantId: '3f6d7a52-0000-4000-8000-000000000009', name: 'Công ty *Fabrikam* [VN]' },
  ...termsFor('full', { days: 365, autoExtend: true }),
};
const target = { delegationId: 'd', relationshipId: 'r', clientName: wish.client.name };
const approve = { link: 'https://admin.microsoft.example/AdminPortal/Home#/partners/invitation/r' };
const consent = { link: 'https://login.microsoft.example/3f6d7a52/adminconsent?client_id=1' };

/** Delegated administration on its way, at every place where it can stand still. */
export function delegateSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);

  function operationOf(kind: string, args: JsonObject): Operation {
    const { schema, plan } = kindNamed(kind);
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
  const stands = (step: string, code: ErrorCode, details: ErrorDetails = {}) =>
    at(operationOf('delegate', wish), step, {
      status: 'started',
      error: { code, details, reference: 'ABCD2345' },
    });
  const failed = (operation: Operation): Operation => ({ ...operation, status: 'failed' });
  const ended = at(operationOf('end-delegation', target), 'ended', {
    status: 'started',
    error: { code: 'not-visible-yet', details: { turn: 'microsoft' }, reference: 'ABCD2345' },
  });
  const extended = at(operationOf('extend-delegation', target), 'extend', { status: 'done' });
  const operations: Operation[] = [
    operationOf('delegate', wish),
    stands('approved', 'approval-waiting', { ...approve, turn: 'client' }),
    stands('activated', 'not-visible-yet', { turn: 'microsoft' }),
    { ...stands('access', 'sign-in-needed'), status: 'waiting-sign-in' },
    failed(stands('request', 'relationship-refused')),
    failed(stands('approved', 'delegation-ended')),
    failed(stands('access', 'not-allowed')),
    failed(stands('consent', 'consent-missing', consent)),
    failed(stands('probe', 'delegation-not-usable', consent)),
    { ...at(operationOf('delegate', wish), 'probe', { status: 'done' }), status: 'done' },
    { ...operationOf('end-delegation', target), status: 'waiting-approval' },
    ended,
    { ...extended, status: 'done' },
  ];
  const asked = { account, nonce: 'nonce', problem: '', intro: words('wish.intro') };
  const wishes = [
    { kind: 'extend-delegation', secondPerson: false },
    { kind: 'end-delegation', secondPerson: true },
  ];
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
    ...wishes.map((each) => ({
      template: 'wish-review',
      title: `review ${each.kind}`,
      card: wishReviewCard(words, language, {
        ...{ ...asked, ...each, args: target, typed: {}, canGoBack: false },
      }),
    })),
  ];
}
