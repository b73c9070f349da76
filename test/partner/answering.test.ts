import assert from 'node:assert/strict';
import { type AnswerInput, answer, type ClientAction } from '../../partner/answering.ts';
import { handOver, publish, withDraft, withdraw } from '../../partner/offer-life.ts';
import type { Acceptance } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import {
  acceptanceIn,
  asked,
  client,
  dayMs,
  draft,
  lan,
  line,
  publication,
  published,
  termsOf,
  trialLine,
} from './offer-samples.ts';

const first = published();
const accepting = (more: Partial<Extract<ClientAction, { do: 'accept' }>> = {}): ClientAction => {
  return { do: 'accept', version: 1, hash: first.version.hash, seats: [12], ...more };
};
const wishing = (...seats: number[]): ClientAction => ({ do: 'wish', version: 1, seats });
const everyAction: ClientAction[] = [
  { do: 'view' },
  accepting(),
  { do: 'decline', reason: '' },
  wishing(1),
  { do: 'ask', text: 'Khi nào giao?' },
  { do: 'withdraw' },
];
const second = publish(withDraft(first.offer, termsOf({ lines: [line({ maxSeats: 500 })] })), publication(1));
const otherLines = (lines: ReturnType<typeof line>[]): Partial<AnswerInput> => {
  return published(termsOf({ lines, kind: lines[0]?.trial ? 'trial' : 'purchase' }));
};

/** What was written, in short: whether it was new, what it is now, what the timeline says. */
function shortly(more: Partial<AnswerInput>) {
  const { acceptance, events } = answer(asked(more));
  const after: Acceptance | undefined =
    acceptance && ('add' in acceptance ? acceptance.add : acceptance.save);
  const { state, seats, wish } = after ?? {};
  const write = acceptance && Object.keys(acceptance)[0];
  return { write, state, seats, wish, events: events.map(({ kind }) => kind) };
}
const nothing = { write: undefined, state: undefined, seats: undefined, wish: undefined, events: [] };

function refused(code: string, more: Partial<AnswerInput>): void {
  assert.throws(() => answer(asked(more)), { name: 'PartnerError', code });
}

describe('a client who answers an offer', () => {
  it('appears with the first look, once', () => {
    const { acceptance, events } = answer(asked());
    const { person, tenantId, name, domain } = client('fabrikam');
    assert.ok(acceptance && 'add' in acceptance);
    assert.deepEqual(acceptance.add, {
      ...{ id: 'id-1', offerId: 'offer', company: 'partner', client: { tenantId, name, domain }, person },
      ...{ state: 'viewed', version: 1, versionHash: first.version.hash, seats: [], wish: [], reason: '' },
      ...{ answeredAt: null, confirmedBy: null, operationId: null, orderId: null, createdAt: 1, rev: 1 },
    });
    assert.deepEqual(events, [
      {
        ...{ id: 'id-2', offerId: 'offer', company: 'partner', client: 'fabrikam', at: 1, kind: 'viewed' },
        by: { tenantId: 'fabrikam', objectId: 'Minh@fabrikam' },
        ...{ byName: 'Minh', details: { version: 1, signInName: 'Minh@fabrikam.example' } },
      },
    ]);
    assert.deepEqual(shortly({ existing: acceptance.add }), nothing);
  });

  it('accepts what is stored, and is recorded with version, licences, person and time', () => {
    const { acceptance, events } = answer(asked({ action: accepting(), now: 7 }));
    assert.ok(acceptance && 'add' in acceptance);
    const { state, version, versionHash, seats, person, answeredAt } = acceptance.add;
    assert.deepEqual([state, version, versionHash], ['accepted', 1, first.version.hash]);
    assert.deepEqual([seats, person, answeredAt], [[12], client('fabrikam').person, 7]);
    const { hash } = first.version;
    const details = { version: 1, signInName: 'Minh@fabrikam.example', seats: [12], hash };
    assert.deepEqual([events.length, events[0]?.kind, events[0]?.details], [1, 'accepted', details]);
  });

  it('saves over what is there, with the count that was read', () => {
    const existing = acceptanceIn('viewed', { rev: 5 });
    const { acceptance } = answer(asked({ existing, action: accepting() }));
    assert.ok(acceptance && 'save' in acceptance);
    assert.deepEqual([acceptance.save.id, acceptance.save.rev], ['acceptance', 5]);
  });

  it('declines, changes that to a yes, and takes the yes back', () => {
    const declined = shortly({ action: { do: 'decline', reason: ' đắt ' } });
    assert.deepEqual([declined.state, declined.events], ['declined', ['declined']]);
    const accepted = shortly({ existing: acceptanceIn('declined'), action: accepting() });
    assert.deepEqual([accepted.state, accepted.seats], ['accepted', [12]]);
    const withdrawn = shortly({ existing: acceptanceIn('accepted'), action: { do: 'withdraw' } });
    assert.deepEqual([withdrawn.state, withdrawn.events], ['withdrawn', ['withdrawn-by-client']]);
    const again = shortly({ existing: acceptanceIn('withdrawn'), action: accepting() });
    assert.equal(again.state, 'accepted');
  });

  it('wishes another number without an answer changing', () => {
    for (const state of ['viewed', 'accepted', 'declined'] as const) {
      const { state: after, wish, events } = shortly({ existing: acceptanceIn(state), action: wishing(400) });
      assert.deepEqual([after, wish, events], [state, [400], ['wished']]);
    }
    const existing = acceptanceIn('accepted');
    const { acceptance } = answer(
      asked({ existing, client: client('fabrikam', undefined, 'Hoa'), action: wishing(400), now: 9 }),
    );
    assert.ok(acceptance && 'save' in acceptance);
    assert.deepEqual(acceptance.save, { ...existing, wish: [400] });
  });

  it('asks without a right, as the first thing or later, also when the offer is over', () => {
    const noRight = { client: client('fabrikam', []), action: { do: 'ask', text: ' Giá? ' } } as const;
    const { write, state, events } = shortly(noRight);
    assert.deepEqual([write, state, events], ['add', 'viewed', ['asked']]);
    const existing = acceptanceIn('accepted');
    const later = answer(asked({ ...noRight, existing, now: 14 * dayMs }));
    assert.equal(later.acceptance, undefined);
    assert.deepEqual(later.events[0]?.details['text'], 'Giá?');
  });

  it('is not believed about the text of a question', () => {
    refused('input-invalid', { action: { do: 'ask', text: ' \n' } });
    refused('input-too-long', { action: { do: 'ask', text: 'x'.repeat(1001) } });
    refused('input-too-long', { action: { do: 'decline', reason: 'x'.repeat(1001) } });
    const text = '<b>[x](https://evil.example)</b>';
    assert.equal(answer(asked({ action: { do: 'ask', text } })).events[0]?.details['text'], text);
  });

  for (const seats of [[0], [-1], [1.5], [1e9], [301], [Number.NaN], [], [1, 1]]) {
    it(`cannot accept ${JSON.stringify(seats)} licences`, () => {
      refused('seats-out-of-bounds', { action: accepting({ seats }) });
    });
  }

  it('is told line and bounds of licences that are outside', () => {
    const lines = [line(), line({ name: 'Teams', maxSeats: 20, minSeats: 10 })];
    const more = otherLines(lines);
    const { hash } = more.version ?? {};
    const expected = { details: { line: 1, name: 'Teams', min: 10, max: 20 } };
    const act = accepting({ seats: [300, 21], ...(hash === undefined ? {} : { hash }) });
    assert.throws(() => answer(asked({ ...more, action: act })), expected);
  });

  it('cannot change the licences of a trial, not even by a wish', () => {
    const more = otherLines([trialLine]);
    const hash = more.version?.hash ?? '';
    refused('seats-out-of-bounds', { ...more, action: accepting({ hash, seats: [24] }) });
    refused('seats-out-of-bounds', { ...more, action: wishing(30) });
    assert.equal(shortly({ ...more, action: accepting({ hash, seats: [25] }) }).state, 'accepted');
  });

  it('cannot wish nothing at all', () => {
    for (const existing of [undefined, acceptanceIn('viewed'), acceptanceIn('accepted')]) {
      refused('input-invalid', { existing, action: wishing() });
    }
  });

  for (const seats of [0, -1, 1.5, 1e9]) {
    it(`cannot wish ${seats} licences`, () => refused('seats-out-of-bounds', { action: wishing(seats) }));
  }

  it('cannot accept another version or content than the newest', () => {
    refused('offer-superseded', { action: accepting({ version: 2 }) });
    refused('offer-superseded', { action: accepting({ hash: 'other' }) });
    refused('offer-superseded', { ...second, action: accepting() });
    refused('offer-superseded', { ...second, action: wishing(1) });
    refused('offer-superseded', { ...second, version: first.version, action: accepting() });
  });

  it('keeps what was accepted before, and may accept the newer version until it is confirmed', () => {
    const { version, offer } = second;
    const newer = accepting({ version: 2, hash: version.hash, seats: [400] });
    assert.deepEqual(shortly({ offer, version, existing: acceptanceIn('accepted') }), nothing);
    const both = { offer, version, action: newer };
    assert.deepEqual(shortly({ ...both, existing: acceptanceIn('accepted') }).seats, [400]);
    assert.deepEqual(shortly({ ...both, existing: acceptanceIn('refused') }).state, 'accepted');
    refused('offer-answered', { ...both, existing: acceptanceIn('confirmed') });
  });

  it('may say the same twice, even when the offer ended in between', () => {
    const late = { now: 14 * dayMs };
    const same = [
      ['accepted', accepting({ seats: [15] })],
      ['provisioned', accepting({ seats: [15] })],
      ['declined', { do: 'decline', reason: '' }],
      ['withdrawn', { do: 'withdraw' }],
    ] as const;
    for (const [state, action] of same) {
      for (const when of [{}, late, { offer: withdraw(first.offer) }]) {
        assert.deepEqual(shortly({ ...when, existing: acceptanceIn(state), action }), nothing);
      }
    }
    const wished = acceptanceIn('viewed', { wish: [400] });
    assert.deepEqual(shortly({ existing: wished, action: wishing(400) }), nothing);
  });

  it('cannot say something else instead', () => {
    for (const state of ['accepted', 'confirmed', 'ordering', 'ordered', 'provisioned', 'failed'] as const) {
      refused('offer-answered', { existing: acceptanceIn(state), action: accepting() });
      refused('offer-answered', { existing: acceptanceIn(state), action: { do: 'decline', reason: '' } });
    }
    refused('offer-answered', { existing: acceptanceIn('refused'), action: accepting() });
    refused('offer-answered', { existing: acceptanceIn('declined'), action: { do: 'decline', reason: 'x' } });
  });

  it('cannot take back what staff confirmed, or what never was', () => {
    for (const state of ['viewed', 'confirmed', 'ordering', 'ordered', 'failed', 'lapsed'] as const) {
      refused('acceptance-moved-on', { existing: acceptanceIn(state), action: { do: 'withdraw' } });
    }
    refused('acceptance-moved-on', { action: { do: 'withdraw' } });
    refused('acceptance-moved-on', { existing: acceptanceIn('ordering'), action: wishing(5) });
  });

  it('can do nothing new from the moment of expiry, or after withdrawal', () => {
    const end = first.version.expiresAt;
    assert.equal(shortly({ now: end - 1, action: accepting() }).state, 'accepted');
    for (const action of everyAction) {
      refused('offer-expired', { now: end, action });
      refused('offer-withdrawn', { offer: withdraw(first.offer), action });
    }
    for (const action of [accepting(), wishing(1), { do: 'decline', reason: '' } as const]) {
      refused('offer-expired', { now: end, action, existing: acceptanceIn('viewed') });
    }
  });

  it('sees and takes back an answer when the offer is over', () => {
    const over = { now: first.version.expiresAt, existing: acceptanceIn('accepted') };
    assert.deepEqual(shortly(over), nothing);
    assert.equal(shortly({ ...over, action: { do: 'withdraw' } }).state, 'withdrawn');
  });

  it('only looks at what is over: that is no news', () => {
    const { offer, version } = second;
    const over = { offer, version, existing: acceptanceIn('viewed'), now: version.expiresAt };
    assert.deepEqual(shortly(over), nothing);
  });

  it('is looking again when the offer is open again', () => {
    const { offer, version } = second;
    const wished = acceptanceIn('viewed', { wish: [400] });
    for (const existing of [wished, acceptanceIn('lapsed')]) {
      const { state, wish, events } = shortly({ offer, version, existing });
      assert.deepEqual([state, wish, events], ['viewed', [], ['viewed']]);
    }
  });

  it('must be an administrator to bind the company', () => {
    const binding = everyAction.filter(({ do: what }) => what !== 'view' && what !== 'ask');
    for (const action of binding) {
      for (const roles of [[], [roleIds.userAdministrator]]) {
        const existing = action.do === 'withdraw' ? acceptanceIn('accepted') : undefined;
        refused('not-client-administrator', { client: client('fabrikam', roles), existing, action });
      }
    }
    const billing = client('fabrikam', ['other', roleIds.billingAdministrator]);
    assert.equal(shortly({ client: billing, action: accepting() }).state, 'accepted');
  });

  it('must be of the company that is named', () => {
    const named = (tenantId: string) => published(termsOf({}, tenantId));
    for (const action of everyAction) refused('wrong-company', { ...named('tailspin'), action });
    assert.equal(shortly(named('FABRIKAM')).state, 'viewed');
    const existing = acceptanceIn('accepted');
    const back = shortly({ ...named('tailspin'), existing, action: { do: 'withdraw' } });
    assert.equal(back.state, 'withdrawn');
    refused('wrong-company', { ...named('tailspin'), existing, action: accepting() });
    for (const state of ['viewed', 'lapsed'] as const) {
      for (const action of everyAction) {
        refused('wrong-company', { ...named('tailspin'), existing: acceptanceIn(state), action });
      }
    }
  });

  it('cannot be the partner itself', () => {
    for (const action of everyAction) refused('wrong-company', { client: client('partner'), action });
  });

  it('finds nothing at an offer that was never published, or with a version of another one', () => {
    for (const action of everyAction) {
      refused('offer-unknown', { offer: draft(), action });
      refused('offer-unknown', { offer: withdraw(draft()), action });
      refused('offer-unknown', { version: { ...first.version, offerId: 'other' }, action });
    }
  });

  it('does not notice that somebody else has the offer in hand now', () => {
    const offer = handOver(first.offer, { maker: { ...lan, objectId: 'hung' }, makerName: 'Hùng' });
    assert.equal(shortly({ offer, action: accepting() }).state, 'accepted');
  });
});
