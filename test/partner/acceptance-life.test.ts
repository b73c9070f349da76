import assert from 'node:assert/strict';
import {
  type AcceptanceMove,
  canAnswer,
  canConfirm,
  canDecline,
  canWithdraw,
  isBinding,
  isOrderedBy,
  move,
} from '../../partner/acceptance-life.ts';
import { type Acceptance, type AcceptanceState, acceptanceStates } from '../../partner/offers.ts';
import { acceptanceIn, client, lan } from './offer-samples.ts';

const { person } = client('fabrikam', undefined, 'Hoa');
const operationId = 'operation';
const first = { version: 1, hash: 'hash 1' };
const second = { version: 2, hash: 'hash 2' };

const moves = {
  view: { do: 'view', person, ...first },
  'view the next': { do: 'view', person, ...second },
  accept: { do: 'accept', person, seats: [9], at: 7, ...first },
  'accept the next': { do: 'accept', person, seats: [9], at: 7, ...second },
  decline: { do: 'decline', person, reason: 'đắt', at: 7, ...first },
  'decline the next': { do: 'decline', person, reason: 'đắt', at: 7, ...second },
  wish: { do: 'wish', person, seats: [40], ...first },
  withdraw: { do: 'withdraw', person, at: 7 },
  confirm: { do: 'confirm', by: lan, version: 1, seats: [15], operationId },
  'refuse by hand': { do: 'refuse', operationId: null, reason: 'no' },
  refuse: { do: 'refuse', operationId, reason: 'no' },
  order: { do: 'order', operationId },
  ordered: { do: 'ordered', operationId, orderId: 'order' },
  'ordered by hand': { do: 'ordered', operationId: null, orderId: null },
  provisioned: { do: 'provisioned', operationId },
  fail: { do: 'fail', operationId, reason: 'why' },
  resume: { do: 'resume', operationId },
  'give back': { do: 'give-back', operationId, reason: 'why', checkoutBegan: false },
  'give back too late': { do: 'give-back', operationId, reason: 'why', checkoutBegan: true },
  lapse: { do: 'lapse' },
} satisfies Record<string, AcceptanceMove>;
type Move = keyof typeof moves;

/** Every move that each state allows, and where it leads. */
const life: Record<AcceptanceState, Partial<Record<Move, AcceptanceState>>> = {
  viewed: {
    ...{ view: 'viewed', 'view the next': 'viewed', wish: 'viewed', lapse: 'lapsed' },
    ...{ accept: 'accepted', 'accept the next': 'accepted' },
    ...{ decline: 'declined', 'decline the next': 'declined' },
  },
  accepted: {
    ...{ view: 'accepted', 'view the next': 'accepted', wish: 'accepted', 'accept the next': 'accepted' },
    ...{ withdraw: 'withdrawn', confirm: 'confirmed', 'refuse by hand': 'refused' },
  },
  declined: {
    ...{ view: 'declined', 'view the next': 'declined', wish: 'declined' },
    ...{ accept: 'accepted', 'accept the next': 'accepted' },
    ...{ decline: 'declined', 'decline the next': 'declined' },
  },
  withdrawn: {
    ...{ view: 'withdrawn', 'view the next': 'withdrawn', wish: 'withdrawn' },
    ...{ accept: 'accepted', 'accept the next': 'accepted' },
    ...{ decline: 'declined', 'decline the next': 'declined' },
  },
  confirmed: {
    ...{ view: 'confirmed', 'view the next': 'confirmed' },
    ...{ order: 'ordering', fail: 'failed', refuse: 'refused', 'give back': 'accepted' },
  },
  ordering: {
    ...{ view: 'ordering', 'view the next': 'ordering' },
    ...{ ordered: 'ordered', fail: 'failed', refuse: 'refused', 'give back': 'accepted' },
  },
  ordered: { view: 'ordered', 'view the next': 'ordered', provisioned: 'provisioned', fail: 'failed' },
  provisioned: { view: 'provisioned', 'view the next': 'provisioned' },
  refused: {
    ...{ view: 'refused', 'view the next': 'refused', wish: 'refused' },
    ...{ 'accept the next': 'accepted', 'decline the next': 'declined' },
  },
  failed: {
    ...{ view: 'failed', 'view the next': 'failed' },
    ...{ resume: 'ordering', refuse: 'refused', 'give back': 'accepted' },
  },
  lapsed: {
    ...{ view: 'viewed', 'view the next': 'viewed', wish: 'lapsed' },
    ...{ accept: 'accepted', 'accept the next': 'accepted' },
    ...{ decline: 'declined', 'decline the next': 'declined' },
  },
};

const refused = { name: 'PartnerError', code: 'acceptance-moved-on' };

describe('an acceptance', () => {
  for (const state of acceptanceStates) {
    it(`that is ${state} goes where its life allows and nowhere else`, () => {
      for (const [name, event] of Object.entries(moves)) {
        const next = life[state][name as Move];
        const before = acceptanceIn(state);
        if (next === undefined) assert.throws(() => move(before, event), refused, `${state}: ${name}`);
        else assert.equal(move(before, event).state, next, `${state}: ${name}`);
      }
    });
  }

  it('never changes whose it is, to which offer it belongs, or its count', () => {
    const fixed = ({ id, offerId, company, client: whose, createdAt, rev }: Acceptance) =>
      JSON.stringify([id, offerId, company, whose, createdAt, rev]);
    for (const state of acceptanceStates) {
      for (const name of Object.keys(life[state]) as Move[]) {
        const before = acceptanceIn(state, { rev: 4 });
        assert.equal(fixed(move(before, moves[name])), fixed(before), `${state}: ${name}`);
      }
    }
  });

  it('is moved by its own operation only', () => {
    const others = Object.entries(moves).filter(
      ([, event]) => 'operationId' in event && event.do !== 'confirm',
    );
    for (const state of ['confirmed', 'ordering', 'ordered', 'failed'] as const) {
      for (const [name, event] of others) {
        const before = acceptanceIn(state, { operationId: 'another' });
        assert.throws(() => move(before, event), refused, `${state}: ${name}`);
      }
    }
  });

  it('is confirmed as it was reviewed, or not at all', () => {
    const { confirm } = moves;
    const accepted = acceptanceIn('accepted', { reason: 'given back' });
    const { confirmedBy, operationId: by, reason } = move(accepted, confirm);
    assert.deepEqual([confirmedBy, by, reason], [lan, operationId, '']);
    for (const other of [{ version: 2 }, { seats: [14] }, { seats: [15, 15] }, { seats: [] }]) {
      assert.throws(() => move(accepted, { ...confirm, ...other }), refused, JSON.stringify(other));
    }
  });

  it('can be followed by hand where no operation orders it', () => {
    const confirmed = move(acceptanceIn('accepted'), { ...moves.confirm, operationId: null });
    const ordered = move(confirmed, moves['ordered by hand']);
    assert.deepEqual([ordered.state, ordered.orderId], ['ordered', null]);
    assert.equal(move(ordered, { do: 'provisioned', operationId: null }).state, 'provisioned');
    assert.equal(move(confirmed, moves['refuse by hand']).state, 'refused');
  });

  it('goes on after a failure where it was, and never towards a second order', () => {
    const bought = acceptanceIn('failed', { orderId: 'order', reason: 'why' });
    const resumed = move(bought, moves.resume);
    assert.deepEqual([resumed.state, resumed.reason, resumed.orderId], ['ordered', '', 'order']);
    for (const name of ['give back', 'refuse'] as const)
      assert.throws(() => move(bought, moves[name]), refused);
    const ordering = acceptanceIn('ordering', { orderId: 'order' });
    for (const name of ['ordered', 'give back', 'refuse'] as const) {
      assert.throws(() => move(ordering, moves[name]), refused, name);
    }
  });

  it('that was given back waits for a new confirm, and says why', () => {
    const back = move(acceptanceIn('confirmed'), moves['give back']);
    assert.deepEqual([back.confirmedBy, back.operationId, back.reason], [null, null, 'why']);
    assert.deepEqual([back.seats, back.person], [[15], acceptanceIn('confirmed').person]);
    assert.equal(isOrderedBy(back, operationId), false);
  });

  it('that was refused starts anew with the next version', () => {
    const again = move(acceptanceIn('refused', { operationId, confirmedBy: lan }), moves['accept the next']);
    const { version, versionHash, seats, operationId: by, confirmedBy } = again;
    assert.deepEqual([version, versionHash, seats, by, confirmedBy], [2, 'hash 2', [9], null, null]);
  });

  it('belongs to an operation while that may go on', () => {
    for (const state of acceptanceStates) {
      const may = ['confirmed', 'ordering', 'ordered', 'failed'].includes(state);
      assert.equal(isOrderedBy(acceptanceIn(state, { operationId }), operationId), may, state);
      assert.equal(isOrderedBy(acceptanceIn(state, { operationId }), 'another'), false, state);
    }
  });

  it('tells beforehand what would be allowed', () => {
    for (const state of acceptanceStates) {
      const at = acceptanceIn(state);
      const allows = (name: Move) => life[state][name] !== undefined;
      assert.equal(canAnswer(at, 1), allows('accept'), state);
      assert.equal(canAnswer(at, 2), allows('accept the next'), state);
      assert.equal(canDecline(at, 1), allows('decline'), state);
      assert.equal(canDecline(at, 2), allows('decline the next'), state);
      assert.equal(canWithdraw(at), allows('withdraw'), state);
      assert.equal(canConfirm(at), allows('confirm'), state);
    }
    assert.equal(canAnswer(undefined, 1), true);
    assert.deepEqual(
      acceptanceStates.filter((state) => isBinding(acceptanceIn(state))),
      ['accepted', 'confirmed', 'ordering', 'ordered', 'provisioned', 'failed'],
    );
  });
});
