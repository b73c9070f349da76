import assert from 'node:assert/strict';
import { answerDelegation, type DelegationAction, type DelegationInput } from '../../partner/delegating.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import { delegationStates } from '../../partner/delegations.ts';
import { publish, withDraft, withdraw } from '../../partner/offer-life.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { delegationIn, limited, offerWith } from './delegation-samples.ts';
import { client, dayMs, draft, lan, publication, published, termsOf } from './offer-samples.ts';

const first = offerWith();
const allow: DelegationAction = { do: 'allow', version: 1, hash: first.version.hash };
const everyAction: DelegationAction[] = [allow, { do: 'decline' }, { do: 'later' }];
const full = termsFor('full', { days: 365, autoExtend: false });
const second = publish(withDraft(first.offer, termsOf({ delegation: full })), publication(1));

function asked(more: Partial<DelegationInput> = {}): DelegationInput {
  let ids = 0;
  return {
    ...first,
    ...{ existing: undefined, client: client('fabrikam'), action: allow, now: 1 },
    newId: () => `id-${++ids}`,
    ...more,
  };
}

/** What was written, in short: whether it was new, what it is now, what the timeline says. */
function shortly(more: Partial<DelegationInput>) {
  const { delegation, events } = answerDelegation(asked(more));
  const after = delegation && ('add' in delegation ? delegation.add : delegation.save);
  const write = delegation && Object.keys(delegation)[0];
  return { write, state: after?.state, events: events.map(({ kind }) => kind) };
}
const nothing = { write: undefined, state: undefined, events: [] };

function refused(code: string, more: Partial<DelegationInput>): void {
  assert.throws(() => answerDelegation(asked(more)), { name: 'PartnerError', code });
}

describe('a client who answers a delegation', () => {
  it('allows what is stored, and is recorded with version, roles, person and time', () => {
    const { delegation, events } = answerDelegation(asked({ now: 7 }));
    const { person, tenantId, name, domain } = client('fabrikam');
    assert.ok(delegation && 'add' in delegation);
    assert.deepEqual(delegation.add, {
      ...{ id: 'id-2', company: 'partner', client: { tenantId, name, domain }, offerId: 'offer' },
      ...{ terms: limited, person, maker: lan, state: 'requested', status: '', relationshipId: null },
      ...{ operationId: 'id-1', answeredAt: 7, endsAt: null, wasUsable: false, reminded: [], reason: '' },
      ...{ createdAt: 7, rev: 1 },
    });
    const said = { version: 1, signInName: 'Minh@fabrikam.example', hash: first.version.hash };
    assert.deepEqual(events, [
      {
        ...{ id: 'id-3', offerId: 'offer', company: 'partner', client: 'fabrikam', at: 7 },
        by: { tenantId: 'fabrikam', objectId: 'Minh@fabrikam' },
        ...{ kind: 'delegation-allowed', byName: 'Minh', details: { ...said, delegation: limited } },
      },
    ]);
  });

  it('declines, and may change that to a yes with the terms of now', () => {
    const declined = answerDelegation(asked({ action: { do: 'decline' } }));
    assert.ok(declined.delegation && 'add' in declined.delegation);
    const existing = declined.delegation.add;
    assert.deepEqual([existing.state, declined.events[0]?.kind], ['declined', 'delegation-declined']);
    const { hash } = second.version;
    const { delegation } = answerDelegation(
      asked({ ...second, existing, action: { do: 'allow', version: 2, hash } }),
    );
    assert.ok(delegation && 'save' in delegation);
    const { id, state, terms } = delegation.save;
    assert.deepEqual([id, state, terms], [existing.id, 'requested', full]);
  });

  it('puts it off without an answer', () => {
    assert.deepEqual(shortly({ action: { do: 'later' } }), { ...nothing, events: ['delegation-later'] });
    for (const state of delegationStates) {
      assert.deepEqual(shortly({ existing: delegationIn(state), action: { do: 'later' } }), nothing, state);
    }
  });

  it('says the same twice without effect, also when the offer is over', () => {
    const over = [{}, { now: 20 * dayMs }, { offer: withdraw(first.offer) }];
    for (const more of over) {
      for (const state of ['requested', 'waiting-for-approval', 'active', 'usable', 'failed'] as const) {
        assert.deepEqual(shortly({ ...more, existing: delegationIn(state) }), nothing, state);
      }
      const declined = { existing: delegationIn('declined'), action: { do: 'decline' } } as const;
      assert.deepEqual(shortly({ ...more, ...declined }), nothing);
    }
  });

  it('cannot take back or widen what is carried on', () => {
    for (const state of delegationStates.filter((each) => each !== 'declined')) {
      refused('offer-answered', { existing: delegationIn(state), action: { do: 'decline' } });
      const action: DelegationAction = { do: 'allow', version: 2, hash: second.version.hash };
      refused('offer-answered', { ...second, existing: delegationIn(state), action });
    }
    for (const state of ['ended', 'expired'] as const) {
      refused('offer-answered', { existing: delegationIn(state) });
    }
  });

  it('is a Global Administrator; anybody may put it off', () => {
    for (const roles of [[], [roleIds.billingAdministrator], [roleIds.userAdministrator]]) {
      const person = client('fabrikam', roles);
      for (const action of [allow, { do: 'decline' } as const]) {
        const details = { needs: 'global-administrator' };
        assert.throws(() => answerDelegation(asked({ client: person, action })), {
          code: 'not-client-administrator',
          details,
        });
      }
      assert.deepEqual(shortly({ client: person, action: { do: 'later' } }).events, ['delegation-later']);
    }
  });

  it('is of the company that the offer is for, and never of the partner itself', () => {
    const theirs = published(termsOf({ delegation: limited }, 'tailspin'));
    for (const action of everyAction) {
      refused('wrong-company', { ...theirs, action });
      refused('wrong-company', { client: client('partner'), action });
    }
    const tailspin = { ...theirs, client: client('tailspin') };
    const { hash } = theirs.version;
    assert.equal(shortly({ ...tailspin, action: { do: 'allow', version: 1, hash } }).state, 'requested');
  });

  it('of two companies with the same link each have one of their own', () => {
    const states = ['fabrikam', 'tailspin'].map((tenant) => shortly({ client: client(tenant) }));
    assert.deepEqual(
      states.map(({ write }) => write),
      ['add', 'add'],
    );
  });

  it('answers what was seen', () => {
    const { hash } = second.version;
    refused('offer-superseded', { ...second, action: allow });
    refused('offer-superseded', { offer: second.offer, action: allow });
    refused('offer-superseded', { action: { do: 'allow', version: 2, hash } });
    refused('offer-superseded', { action: { do: 'allow', version: 1, hash } });
    const without = publish(withDraft(first.offer, termsOf()), publication(1));
    for (const action of everyAction) refused('offer-superseded', { ...without, action });
  });

  it('has an open offer before them', () => {
    for (const action of everyAction) {
      refused('offer-expired', { action, now: 15 * dayMs });
      refused('offer-withdrawn', { action, offer: withdraw(first.offer) });
      refused('offer-unknown', { action, offer: draft() });
      refused('offer-unknown', { action, version: { ...first.version, offerId: 'another' } });
    }
  });
});
