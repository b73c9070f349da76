import { button } from '../../cards/buttons.ts';
import { delegationNewsCard } from '../../cards/delegation-news.ts';
import { delegationOfferCard } from '../../cards/delegation-offer.ts';
import { type DelegationRights, delegationStaffCard } from '../../cards/delegation-staff.ts';
import { delegationsCard, inListOrder } from '../../cards/delegations.ts';
import { operationCardFor } from '../../cards/operation-views.ts';
import { takenOverCard, takeOverCard } from '../../cards/take-over.ts';
import { wishReviewCard } from '../../cards/wish-review.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import { type AskGlobalRoleWish, askGlobalRoleKind } from '../../partner/ask-global-role.ts';
import { delegateKind } from '../../partner/delegate.ts';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import type { DelegationNews } from '../../partner/delegation-news.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import { type Delegation, type DelegationTerms, delegationStates } from '../../partner/delegations.ts';
import { newOperation } from '../../partner/operations.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { hanoi } from '../helpers/zones.ts';
import type { Sample } from './sample-cards.ts';

const dayMs = 24 * 60 * 60 * 1000;
const client = {
  tenantId: '3f6d7a52-0000-4000-8000-00000000000f',
  name: 'Fabrikam **VN**',
  domain: 'fabrikam.vn',
};

export const globalTerms: DelegationTerms = {
  ...{ level: 'roles', roles: [roleIds.globalAdministrator, 'unknown-role'], days: 30, autoExtend: false },
};

/** One that works for ten more days. */
export function aDelegation(change: Partial<Delegation> = {}): Delegation {
  return {
    ...{ id: 'delegation', company: 'contoso', client, offerId: 'offer' },
    terms: termsFor('full', { days: 365, autoExtend: false }),
    person: { objectId: 'minh', name: 'Minh *', signInName: 'minh@fabrikam.vn' },
    maker: { tenantId: 'contoso', objectId: 'lan' },
    ...{ state: 'usable', status: 'active', relationshipId: 'relationship', operationId: 'operation' },
    ...{ answeredAt: 0, endsAt: 10 * dayMs, wasUsable: true, reminded: [], reason: '', createdAt: 0, rev: 1 },
    ...change,
  };
}

const elsewhere = aDelegation({ id: '', offerId: null, maker: null, person: null, answeredAt: null });
const byHand = aDelegation({ offerId: null, person: null, relationshipId: null, status: '' });
const all: DelegationRights = {
  ...{ offer: true, extend: true, end: true, remind: true, record: true, operation: true, takeOver: false },
};
/** A colleague's stands still. */
const successor: DelegationRights = { ...all, operation: false, takeOver: true };
const none: DelegationRights = {
  ...{
    offer: false,
    extend: false,
    end: false,
    remind: false,
    record: false,
    operation: false,
    takeOver: false,
  },
};

/** Cards of the staff's side of delegated administration. */
export function delegationStaffSamples(language: Language, account: Account): Sample[] {
  return [
    ...formSamples(language, account),
    ...listSamples(language, account),
    ...oneSamples(language, account),
    ...takeOverSamples(language, account),
    ...newsSamples(language, account),
    ...secondLookSamples(language, account),
  ];
}

function formSamples(language: Language, account: Account): Sample[] {
  const values = {
    ...{ client: 'anyone', find: '', person: '', mail: '', note: '', days: '365', autoExtend: 'no' },
    ...{ level: 'roles', roles: roleIds.globalAdministrator.slice(0, 8) },
  };
  const clients = [{ title: 'Fabrikam *', value: client.tenantId }];
  return ([undefined, 'purchase', 'delegation'] as const).map((within) => ({
    template: 'delegation-offer',
    title: `delegation ${within}`,
    card: delegationOfferCard(createWords(language, hanoi), language, {
      ...{ account, nonce: 'nonce', problem: within === undefined ? '' : 'x', within, values, clients },
    }),
  }));
}

function listSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const every = inListOrder([
    elsewhere,
    ...delegationStates.map((state) => aDelegation({ state, terms: globalTerms })),
    aDelegation({ terms: termsFor('limited', { days: 1, autoExtend: true }), endsAt: null }),
  ]);
  return [every, []].map((delegations) => ({
    template: 'rows',
    title: `delegations ${delegations.length}`,
    card: delegationsCard(words, language, {
      ...{ account, now: 0, delegations, total: delegations.length, mayOffer: true },
      ...{ mayRecord: delegations.length === 0, note: words('delegations.as-read') },
      next: delegations.length > 0 ? 8 : undefined,
    }),
  }));
}

function takeOverSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const { id, terms } = aDelegation({});
  const { level, roles, days, autoExtend } = terms;
  const args: DelegateWish = {
    ...{ delegationId: id, offerId: 'offer', client, name: 'name' },
    ...{ level, roles, days, autoExtend },
  };
  const operation = newOperation({
    ...{ id: 'operation', kind: 'delegate', schema: 1, actor: account, personKey: 'p', cardKey: 'k' },
    ...{ args, steps: delegateKind.plan(args), now: 0 },
  });
  const back = button(words('button.back'), 'delegation-open', { delegation: id });
  const yes = { verb: 'delegation-take-over-yes', nonce: 'nonce' };
  const note = words('take-over.delegation-note');
  const view = { account, operation, before: 'Đặng Quốc *Bảo*', note, yes, back };
  return [
    {
      template: 'message',
      title: 'delegation to take over',
      card: takeOverCard(words, language, view),
    },
    {
      template: 'message',
      title: 'delegation taken over',
      card: takenOverCard(words, language, { account, operation, by: 'Đặng Quốc *Bảo*' }),
    },
  ];
}

function oneSamples(language: Language, account: Account): Sample[] {
  const operation = newOperation({
    ...{ id: 'operation', kind: 'ask-global-role', schema: 1, actor: account, personKey: 'p', cardKey: 'k' },
    ...{ args: {}, steps: askGlobalRoleKind.plan({}), now: 0 },
  });
  const delegations = [
    ...delegationStates.map((state) => aDelegation({ state, reason: 'approval-waiting' })),
    elsewhere,
    byHand,
  ];
  return delegations.flatMap((delegation) =>
    [all, successor, none].map((rights) => ({
      template: 'message',
      title: `delegation ${delegation.state} ${rights.offer} ${rights.takeOver}`,
      card: delegationStaffCard(createWords(language, hanoi), language, {
        ...{ account, now: 0, problem: '', said: rights.offer ? 'x' : '', delegation, rights },
        waits: rights.takeOver ? createWords(language, hanoi)('take-over.waits', { name: 'Bảo' }) : '',
        help: delegation.state === 'failed' ? { reference: 'ABCD2345', code: 'approval-waiting' } : undefined,
        access: rights.offer
          ? (['full', 'limited', 'other'] as const).map((group, index) => ({
              ...{ group, roles: globalTerms.roles, status: index === 0 ? 'active' : 'pending' },
            }))
          : [],
        operation: rights.offer ? operation : undefined,
        recordedBy: delegation === byHand ? 'Lan' : '',
        ended: delegation === byHand ? 'nonce' : '',
        links: delegation === byHand ? [{ title: 'Portal', url: 'https://partner.microsoft.com/' }] : [],
      }),
    })),
  );
}

function newsSamples(language: Language, account: Account): Sample[] {
  const news: readonly DelegationNews[] = [
    { what: 'reminder', days: 31 },
    { what: 'reminder', days: 1 },
    { what: 'expired' },
    { what: 'ended' },
    { what: 'unapproved' },
    { what: 'approved' },
    { what: 'no-access' },
  ];
  const others = [undefined, aDelegation({ id: 'other' })];
  return [aDelegation(), aDelegation({ terms: globalTerms, endsAt: null }), byHand].flatMap((delegation) =>
    news.flatMap((each) =>
      others.map((other) => ({
        template: 'message',
        title: `news ${each.what}`,
        card: delegationNewsCard(createWords(language, hanoi), language, {
          ...{ account, delegation, news: each, other },
          ...(other === undefined ? { insteadOf: undefined, take: '' } : { insteadOf: 'Lan', take: 'nonce' }),
        }),
      })),
    ),
  );
}

function secondLookSamples(language: Language, account: Account): Sample[] {
  const words = createWords(language, hanoi);
  const args: AskGlobalRoleWish = {
    ...{ offerId: 'offer', clientName: '', terms: globalTerms, key: 'key', attempt: 0 },
  };
  const operation = newOperation({
    ...{ id: 'operation', kind: askGlobalRoleKind.kind, schema: 1, actor: account, personKey: 'p', args },
    ...{ cardKey: 'k', steps: askGlobalRoleKind.plan(args), now: 0 },
  });
  return [
    {
      template: 'wish-review',
      title: 'second look',
      card: wishReviewCard(words, language, {
        ...{ account, nonce: 'nonce', problem: '', kind: askGlobalRoleKind.kind, args, intro: 'x' },
        ...{ secondPerson: true, typed: {}, canGoBack: false },
      }),
    },
    {
      template: 'operation',
      title: 'second look done',
      card: operationCardFor(
        words,
        account,
        { ...operation, status: 'done' },
        { revealAddress: undefined, language, nonceFor: () => 'nonce' },
      ),
    },
  ];
}
