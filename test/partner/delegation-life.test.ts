import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  canAnswerDelegation,
  type DelegationMove,
  isAllowed,
  move,
  newDelegation,
  newsOf,
  stateFrom,
} from '../../partner/delegation-life.ts';
import { daysLeft, dueReminder, otherAlive } from '../../partner/delegation-standing.ts';
import { type Delegation, type DelegationState, delegationStates } from '../../partner/delegations.ts';
import { hanoi } from '../helpers/zones.ts';
import { delegationIn, limited, offerWith, relationship } from './delegation-samples.ts';
import { client, dayMs, lan } from './offer-samples.ts';

const { person } = client('fabrikam', undefined, 'Hoa');
const operationId = 'operation';
const relationshipId = 'relationship';
const statuses = [
  ...['created', 'approvalPending', 'approved', 'activating', 'active', 'expiring', 'expired'],
  ...['terminationRequested', 'terminating', 'terminated', 'unknownFutureValue', 'paused', 'constructor'],
];
const read = (status: string, more: Partial<ReturnType<typeof relationship>> = {}) =>
  ({ do: 'read', relationship: relationship(status, more) }) as const;

const moves = {
  allow: { do: 'allow', person, terms: limited, at: 7, operationId },
  resume: { do: 'resume', operationId },
  decline: { do: 'decline', person, at: 7 },
  later: { do: 'later' },
  created: { do: 'created', relationshipId, operationId },
  'read waiting': read('approvalPending'),
  'read active': read('active'),
  'read expiring': read('expiring'),
  'read expired': read('expired'),
  'read terminated': read('terminated'),
  'read something new': read('paused'),
  usable: { do: 'usable' },
  failed: { do: 'failed', reason: 'why' },
  ended: { do: 'ended' },
  reminded: { do: 'reminded', days: 14 },
  over: { do: 'over', at: 0 },
} satisfies Record<string, DelegationMove>;
type Move = keyof typeof moves;

const everyEnd = { 'read expired': 'expired', 'read terminated': 'ended' } as const;
/** What was never approved has no access to lose, however Microsoft calls that. */
const neverBegun = { 'read expired': 'unapproved', 'read terminated': 'unapproved' } as const;

/** Every move that each state allows, and where it leads. */
const life: Record<DelegationState, Partial<Record<Move, DelegationState>>> = {
  requested: {
    ...{ created: 'requested', failed: 'failed', 'read something new': 'requested', ...neverBegun },
    ...{ 'read waiting': 'waiting-for-approval', 'read active': 'active', 'read expiring': 'expiring' },
  },
  'waiting-for-approval': {
    ...{ failed: 'failed', 'read something new': 'waiting-for-approval', ended: 'unapproved' },
    ...neverBegun,
    ...{ 'read waiting': 'waiting-for-approval', 'read active': 'active', 'read expiring': 'expiring' },
  },
  active: {
    ...{ usable: 'usable', failed: 'failed', 'read something new': 'active', ended: 'ended', ...everyEnd },
    ...{ 'read waiting': 'active', 'read active': 'active', 'read expiring': 'expiring' },
    reminded: 'active',
  },
  usable: {
    ...{ usable: 'usable', 'read something new': 'usable', ended: 'ended', ...everyEnd },
    ...{ 'read waiting': 'usable', 'read active': 'usable', 'read expiring': 'expiring' },
    reminded: 'usable',
  },
  expiring: {
    ...{ usable: 'usable', failed: 'failed', 'read something new': 'expiring', ended: 'ended', ...everyEnd },
    ...{ 'read waiting': 'expiring', 'read active': 'active', 'read expiring': 'expiring' },
    reminded: 'expiring',
  },
  expired: {
    ...{ 'read waiting': 'expired', 'read active': 'expired', 'read expiring': 'expired' },
    ...{ 'read something new': 'expired', ...everyEnd },
  },
  ended: {
    ...{ 'read waiting': 'ended', 'read active': 'ended', 'read expiring': 'ended' },
    ...{ 'read something new': 'ended', ended: 'ended', ...everyEnd },
  },
  failed: {
    ...{ resume: 'requested', failed: 'failed', 'read waiting': 'failed', 'read active': 'failed' },
    ...{ 'read expiring': 'failed', 'read something new': 'failed', ...neverBegun },
  },
  unapproved: {
    ...{ 'read waiting': 'unapproved', 'read active': 'unapproved', 'read expiring': 'unapproved' },
    ...{ 'read something new': 'unapproved', ...neverBegun },
  },
  declined: { allow: 'requested', decline: 'declined', later: 'declined' },
};

const refused = { name: 'PartnerError', code: 'acceptance-moved-on' };
const isOver = ({ state }: Delegation) => ['ended', 'expired', 'unapproved'].includes(state);

describe('a delegation', () => {
  for (const state of delegationStates) {
    it(`that is ${state} goes where its life allows and nowhere else`, () => {
      for (const [name, event] of Object.entries(moves)) {
        const next = life[state][name as Move];
        const before = delegationIn(state);
        if (next === undefined) assert.throws(() => move(before, event), refused, `${state}: ${name}`);
        else assert.equal(move(before, event).state, next, `${state}: ${name}`);
      }
    });
  }

  it('begins unanswered, in the name of the maker, with the terms of the version', () => {
    const { tenantId, name, domain } = client('fabrikam');
    const whose = { client: { tenantId, name, domain }, person };
    const begun = newDelegation({ id: 'd', ...offerWith(), ...whose, now: 3 });
    assert.deepEqual([begun.maker, begun.terms, begun.answeredAt, begun.createdAt], [lan, limited, null, 3]);
    assert.deepEqual([canAnswerDelegation(begun), isAllowed(begun)], [true, false]);
    const allowed = move(begun, moves.allow);
    assert.deepEqual([allowed.state, allowed.answeredAt, isAllowed(allowed)], ['requested', 7, true]);
    assert.throws(() => move(begun, moves.created), refused);
    assert.throws(() => move(allowed, moves.decline), refused);
  });

  it('is carried by one operation and one relationship only', () => {
    const allowed = move(delegationIn('declined', { operationId: null }), moves.allow);
    assert.equal(allowed.operationId, operationId);
    const created = move(allowed, moves.created);
    assert.deepEqual([created.relationshipId, created.operationId], [relationshipId, operationId]);
    for (const other of [{ operationId: 'other' }, { relationshipId: 'other' }]) {
      assert.throws(() => move(created, { ...moves.created, ...other }), refused);
    }
    assert.throws(() => move(created, read('active', { id: 'other' })), refused);
  });

  it('goes on after a failure where Microsoft has it', () => {
    const failed = move(delegationIn('active'), moves.failed);
    assert.throws(() => move(failed, { ...moves.resume, operationId: 'other' }), refused);
    const active = move(failed, moves.resume);
    assert.deepEqual([active.state, active.reason], ['active', '']);
    const usable = move(delegationIn('failed', { relationshipId, status: 'active' }), moves.usable);
    assert.deepEqual([usable.state, usable.reason], ['usable', '']);
  });

  it('that was extended works as before, and reminds anew', () => {
    const later = new Date(545 * dayMs).toISOString();
    const ending = delegationIn('expiring', { wasUsable: true, reminded: [31, 14], endsAt: 365 * dayMs });
    const extended = move(ending, read('active', { endsAt: later, autoExtend: true }));
    const { state, endsAt, reminded, terms } = extended;
    assert.deepEqual([state, endsAt, reminded, terms.autoExtend], ['usable', 545 * dayMs, [], true]);
    const seconds = new Date(365 * dayMs + 5_000).toISOString();
    assert.deepEqual(move(ending, read('expiring', { endsAt: seconds })).reminded, [31, 14]);
    for (const endsAt of [undefined, '', 'soon']) {
      assert.equal(move(ending, read('expiring', { endsAt })).endsAt, 365 * dayMs);
    }
  });

  it('that worked once does not fail any more', () => {
    assert.throws(() => move(delegationIn('expiring', { wasUsable: true }), moves.failed), refused);
  });

  it('knows what is news to the timeline', () => {
    const kind = (before: DelegationState, name: Move) =>
      newsOf(delegationIn(before), move(delegationIn(before), moves[name]));
    assert.equal(kind('waiting-for-approval', 'read active'), 'delegation-approved');
    assert.equal(kind('requested', 'read waiting'), undefined);
    assert.equal(kind('active', 'usable'), 'delegation-usable');
    assert.equal(kind('usable', 'read active'), undefined);
    assert.equal(kind('usable', 'read expiring'), undefined);
    assert.equal(kind('usable', 'read terminated'), 'delegation-ended');
    assert.equal(kind('expired', 'read terminated'), undefined);
    assert.equal(kind('waiting-for-approval', 'read expired'), 'delegation-unapproved');
    assert.equal(kind('unapproved', 'read terminated'), undefined);
    assert.equal(kind('active', 'failed'), 'delegation-failed');
    assert.equal(kind('failed', 'resume'), undefined);
    const expiring = delegationIn('expiring', { wasUsable: true });
    assert.equal(newsOf(expiring, move(expiring, read('active'))), undefined);
  });

  it('is over by the clock only where Microsoft cannot be asked', () => {
    const byHand = delegationIn('usable', { relationshipId: null, offerId: null, endsAt: 5 });
    assert.equal(move(byHand, { do: 'over', at: 5 }).state, 'expired');
    assert.throws(() => move(byHand, { do: 'over', at: 4 }), refused);
    assert.throws(() => move(delegationIn('usable', { endsAt: 5 }), { do: 'over', at: 9 }), refused);
  });

  it('ends as one that was there when it was approved and ended between two looks', () => {
    const waiting = delegationIn('waiting-for-approval');
    const endsAt = new Date(365 * dayMs).toISOString();
    assert.equal(move(waiting, read('terminated', { endsAt })).state, 'ended');
    const failed = delegationIn('failed', { relationshipId, status: 'active' });
    assert.equal(move(failed, read('terminated')).state, 'ended');
  });

  it('that staff took back before it was sent has ended, and was not refused by anybody', () => {
    const waiting = delegationIn('waiting-for-approval');
    assert.equal(move(waiting, { do: 'ended', wasApproved: true }).state, 'ended');
    assert.equal(move(waiting, { do: 'ended', wasApproved: false }).state, 'unapproved');
  });

  it('is the only one of its client unless another one works', () => {
    const one = delegationIn('usable');
    const others = [
      delegationIn('usable', { id: 'foreign', company: 'other' }),
      delegationIn('usable', { id: 'of another', client: { ...one.client, tenantId: 'other' } }),
      delegationIn('active', { id: 'not set up' }),
      delegationIn('ended', { id: 'ended', wasUsable: true }),
      move(delegationIn('usable', { id: 'lost' }), { do: 'access', isThere: false }),
    ];
    assert.equal(otherAlive([one, ...others], one), undefined);
    const found = [5, null, 7].map((endsAt, index) => delegationIn('usable', { id: `${index}`, endsAt }));
    assert.equal(otherAlive([...others, ...found], one)?.id, '1');
    // Recorded by hand: nobody knows whose tenant it is.
    const byHand = { client: { tenantId: '', name: 'A', domain: '' } };
    const [a, b] = ['a', 'b'].map((id) => delegationIn('usable', { id, ...byHand }));
    assert.ok(a && b);
    assert.equal(otherAlive([a, b], a), undefined);
  });

  it('leaves a status alone that nobody knows', () => {
    for (const status of ['unknownFutureValue', 'paused', 'constructor', '']) {
      assert.equal(stateFrom(status), undefined, status);
    }
  });

  const anyMove = fc.oneof(
    fc.constantFrom<DelegationMove>(...Object.values(moves)),
    fc.record({
      do: fc.constant('read' as const),
      relationship: fc.constantFrom(...statuses).map((s) => relationship(s)),
    }),
  );

  it('never comes back from its end, never works unread, never changes whose it is (any course)', () => {
    const { tenantId, name, domain } = client('fabrikam');
    const fixed = ({ id, offerId, company, client: whose, maker, createdAt, rev }: Delegation) =>
      JSON.stringify([id, offerId, company, whose, maker, createdAt, rev]);
    const reached = new Set<DelegationState>();
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 25 }), (course) => {
        const begun = { id: 'd', ...offerWith(), client: { tenantId, name, domain }, person, now: 0 };
        let delegation = newDelegation(begun);
        const first = fixed(delegation);
        const seen = { approved: false, probed: false };
        for (const event of course) {
          const before = delegation;
          try {
            delegation = move(before, event);
          } catch (error) {
            assert.equal((error as { code?: string }).code, 'acceptance-moved-on');
            continue;
          }
          reached.add(delegation.state);
          if (event.do === 'read' || event.do === 'usable') {
            assert.deepEqual(move(delegation, event), delegation, `twice: ${event.do}`);
          }
          if (event.do === 'read')
            seen.approved ||= ['active', 'expiring'].includes(stateFrom(event.relationship.status) ?? '');
          if (event.do === 'usable') seen.probed = true;
          assert.equal(fixed(delegation), first);
          if (isOver(before)) assert.ok(isOver(delegation), `${before.state} → ${delegation.state}`);
          if (['active', 'expiring', 'usable'].includes(delegation.state)) assert.ok(seen.approved);
          if (delegation.state === 'usable') assert.ok(seen.probed);
          if (delegation.relationshipId !== null) assert.equal(delegation.relationshipId, relationshipId);
        }
      }),
      { numRuns: 500 },
    );
    assert.deepEqual([...reached].sort(), [...delegationStates].sort());
  });
});

describe('reminders of a delegation', () => {
  const ending = (more: Partial<Delegation> = {}) => delegationIn('usable', { endsAt: 365 * dayMs, ...more });
  /** Reminders given when somebody looks with so many days left, one look after the other. */
  function given(delegation: Delegation, daysLeft: readonly number[]): number[] {
    let now = delegation;
    return daysLeft.flatMap((left) => {
      const days = dueReminder(now, 365 * dayMs - left * dayMs, hanoi);
      if (days === undefined) return [];
      now = move(now, { do: 'reminded', days });
      return [days];
    });
  }
  const daily = Array.from({ length: 400 }, (_, index) => 399 - index);

  it('come at 31, 14, 7 and 1 days, once each', () => {
    assert.deepEqual(given(ending(), daily), [31, 14, 7, 1]);
    assert.deepEqual(
      given(ending(), [31.5, 31, 30.5, 14.01, 14, 7.5, 6.99, 1.2, 0.5, 0, -1]),
      [31, 14, 7, 1],
    );
  });

  it('count days as the calendar of the company does', () => {
    const endsAt = Date.parse('2026-12-10T01:00:00Z');
    const seen = (at: string, zone: string) => dueReminder(ending({ endsAt }), Date.parse(at), zone);
    // 2 December in Hà Nội, a week and a day before; still the first in New York, where it ends on the ninth.
    assert.equal(seen('2026-12-02T01:30:00Z', hanoi), 14);
    assert.equal(seen('2026-12-02T17:30:00Z', hanoi), 7);
    assert.equal(seen('2026-12-02T17:30:00Z', 'America/New_York'), 7);
    assert.equal(seen('2026-12-02T04:30:00Z', 'America/New_York'), 14);
    assert.equal(daysLeft(ending({ endsAt }), Date.parse('2026-12-09T17:00:00Z'), hanoi), 0);
    assert.equal(daysLeft(ending({ endsAt }), Date.parse('2026-12-09T16:59:59Z'), hanoi), 1);
  });

  it('come once after a jump over several days, the nearest one', () => {
    assert.deepEqual(given(ending(), [200, 5, 4, 0.5]), [7, 1]);
    assert.deepEqual(given(ending(), [200, 0.5, 0.4]), [1]);
    assert.deepEqual(given(ending(), [200, -3]), []);
  });

  it('do not come for what extends by itself, does not work, or has no end yet', () => {
    assert.deepEqual(given(ending({ terms: { ...limited, autoExtend: true } }), daily), []);
    assert.deepEqual(given(ending({ endsAt: null }), daily), []);
    for (const state of [
      'requested',
      'waiting-for-approval',
      'failed',
      'ended',
      'expired',
      'declined',
    ] as const) {
      assert.deepEqual(given(ending({ state }), daily), [], state);
    }
  });

  it('do not come on the day on which it begins', () => {
    const of = (days: number) => ending({ terms: { ...limited, days } });
    assert.deepEqual(
      given(
        of(30),
        daily.filter((left) => left <= 30),
      ),
      [14, 7, 1],
    );
    assert.deepEqual(given(of(7), [7, 6, 1]), [1]);
    assert.deepEqual(given(of(1), [1, 0.5]), []);
  });

  it('are never given twice, and at most one at a time (any looks)', () => {
    const hours = fc.integer({ min: -100, max: 60 * 24 });
    const looks = fc.array(
      hours.map((each) => each / 24),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(looks, (unordered) => {
        const inOrder = [...unordered].sort((one, other) => other - one);
        const reminders = given(
          ending(),
          inOrder.flatMap((left) => [left, left]),
        );
        assert.deepEqual(
          reminders,
          [...new Set(reminders)].sort((one, other) => other - one),
        );
        const last = inOrder.filter((left) => left > 0).at(-1);
        // It ends at 8 in the morning there, and days are of the calendar.
        const days = Math.ceil((last ?? 0) - 8 / 24);
        const nearest = [1, 7, 14, 31].find((each) => last !== undefined && days <= each);
        assert.equal(reminders.at(-1), nearest);
      }),
    );
  });
});
