import assert from 'node:assert/strict';
import {
  endedByHand,
  isByHand,
  recordedAgain,
  recordedDelegation,
} from '../../partner/delegation-by-hand.ts';
import { nameFor } from '../../partner/delegation-names.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation } from '../../partner/delegations.ts';
import { withRelationships } from '../../partner/delegations-now.ts';
import type { Relationship } from '../../partner/relationships.ts';
import { hanoi } from '../helpers/zones.ts';

const company = '11111111-1111-4111-8111-111111111111';
const client = { tenantId: '22222222-2222-4222-8222-222222222222', name: 'Fabrikam' };
const by = { tenantId: company, objectId: '11111111-1111-4111-8111-000000000001' };
const terms = termsFor('limited', { days: 365, autoExtend: false });
const now = Date.UTC(2026, 2, 2);

function relationship(id: string, change: Partial<Relationship> = {}): Relationship {
  return {
    ...{ id, name: `Hỗ trợ ${id}`, status: 'active', client, roles: [...terms.roles], durationDays: 365 },
    ...{ autoExtend: false, createdAt: undefined, activatedAt: undefined, etag: '' },
    endsAt: '2026-06-01T00:00:00Z',
    ...change,
  };
}

function kept(id: string, change: Partial<Delegation> = {}): Delegation {
  return {
    ...{ id, company, client: { ...client, domain: '' }, offerId: 'offer', terms, person: null, maker: by },
    ...{ state: 'active', status: 'active', relationshipId: id, operationId: null, answeredAt: 1 },
    ...{ endsAt: null, wasUsable: false, reminded: [], reason: '', createdAt: 0, rev: 1 },
    ...change,
  };
}

describe('delegations together with what Microsoft says now', () => {
  const together = (known: readonly Delegation[], read: readonly Relationship[]) =>
    withRelationships(known, read, { company, now, zone: hanoi }).map(({ id, relationshipId, state }) => [
      ...[id, relationshipId, state],
    ]);

  it('have Microsoft’s status, and stay as they were kept where it says nothing', () => {
    const known = [kept('one'), kept('two')];
    const read = [relationship('one', { status: 'expired' })];
    assert.deepEqual(together(known, read), [
      ['one', 'one', 'expired'],
      ['two', 'two', 'active'],
    ]);
  });

  it('count what was made elsewhere, but nothing that is over or names no client', () => {
    const read = [
      relationship('elsewhere'),
      relationship('over', { status: 'terminated' }),
      relationship('nobody', { client: null }),
    ];
    assert.deepEqual(together([], read), [['', 'elsewhere', 'active']]);
  });

  it('do not count one twice that its operation has made and not stored yet', () => {
    const begun = kept('begun', { state: 'requested', relationshipId: null });
    const read = [relationship('new', { status: 'approvalPending', name: nameFor(begun) })];
    assert.deepEqual(together([begun], read), [['begun', null, 'requested']]);
  });

  it('leave a no alone whatever Microsoft holds', () => {
    const declined = kept('one', { state: 'declined' });
    assert.deepEqual(together([declined], [relationship('one')]), [['one', 'one', 'declined']]);
  });
});

describe('a delegation that is kept by hand', () => {
  const said = { id: 'x', by, client: { name: 'Adatum', domain: '' }, terms, endsAt: now + 1, now };

  it('is said anew with its reminders beginning again, and ends by a word', () => {
    const recorded = recordedDelegation(said);
    assert.equal(isByHand(recorded), true);
    const other = { tenantId: company, objectId: 'other' };
    const again = recordedAgain(
      { ...recorded, state: 'expired', reminded: [14] },
      { by: other, terms, endsAt: now },
    );
    assert.deepEqual([again.state, again.reminded, again.maker, again.endsAt], ['active', [], other, now]);
    assert.equal(endedByHand(again).state, 'ended');
  });

  it('is never one that Microsoft keeps', () => {
    assert.throws(() => endedByHand(kept('one')), { code: 'acceptance-moved-on' });
    assert.throws(() => endedByHand(kept('one', { relationshipId: null })), { code: 'acceptance-moved-on' });
  });
});
