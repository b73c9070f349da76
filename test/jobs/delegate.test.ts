import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import { isNameOf } from '../../partner/delegation-names.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation, DelegationState } from '../../partner/delegations.ts';
import { PartnerError } from '../../partner/errors.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { supportRoles } from '../../partner/support-roles.ts';
import { lanAccount } from '../storage/samples.ts';
import { delegateStage } from './delegate-stage.ts';
import { allowed, client, delegating, wish } from './fake-delegations.ts';
import { handlerOf, Killed, retry, stored } from './fake-orders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('delegated administration that a client allowed', () => {
  const stage = delegateStage();
  const { begin, delegation, timeline, current, carryOn, atStep, approved } = stage;

  it('goes from the yes to the first call that works, and tells how far it is', async () => {
    Object.assign(stage.microsoft.state, { lateMs: 20_000, setUpMs: 3 * minute });
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    assert.equal((await delegation()).state, 'waiting-for-approval');
    stage.microsoft.approve();
    await carryOn(run, async () => (await delegation()).state === 'active');
    stage.microsoft.state.worksFrom = Date.now() + 10 * minute;
    await carryOn(run);
    const { state, wasUsable, relationshipId, operationId, endsAt } = await delegation();
    assert.deepEqual(
      [state, wasUsable, relationshipId, operationId],
      ['usable', true, 'relationship-1', 'o'],
    );
    assert.ok(endsAt !== null && endsAt > Date.now() + 364 * day);
    assert.equal((await stored(stage.storage)).status, 'done');
    assert.deepEqual(await timeline(), ['delegation-approved', 'delegation-usable']);
    const [last] = await stage.storage.offerEvents.ofOffer('offer-1', 1);
    assert.deepEqual([last?.client, last?.byName], [client.tenantId, lanAccount.displayName]);
    assert.ok(isNameOf(stage.microsoft.state.relationships[0]?.name ?? '', wish.delegationId));
    assert.deepEqual(stage.microsoft.state.relationships[0]?.roles, wish.roles);
  });

  const full = termsFor('full', { days: 1, autoExtend: true });
  const { billingAdministrator } = roleIds;
  const access: [string, Partial<DelegateWish>, [string, readonly string[]][]][] = [
    [
      'Limited',
      {},
      [
        ['full group', wish.roles],
        ['limited group', supportRoles.limited],
      ],
    ],
    [
      'Full',
      full,
      [
        ['full group', full.roles],
        ['limited group', supportRoles.limited],
      ],
    ],
    [
      'Limited and one more',
      { level: 'roles', roles: [...supportRoles.limited, billingAdministrator] },
      [
        ['full group', [...supportRoles.limited, billingAdministrator]],
        ['limited group', supportRoles.limited],
      ],
    ],
    [
      'some roles',
      { level: 'roles', roles: supportRoles.limited.slice(1) },
      [['full group', supportRoles.limited.slice(1)]],
    ],
  ];
  for (const [what, more, expected] of access) {
    it(`lets in whom ${what} is meant for`, async () => {
      await begin(more);
      const run = handlerOf(stage.storage, stage.microsoft);
      await approved(run);
      await carryOn(run);
      const given = stage.microsoft.state.assignments.map(({ groupId, roles }) => [
        groupId,
        roles.toSorted(),
      ]);
      assert.deepEqual(
        given,
        expected.map(([group, roles]) => [group, roles.toSorted()]),
      );
    });
  }

  it('takes one look that finds nothing, after an hour of setting up, for no end', async () => {
    stage.microsoft.state.setUpMs = 2 * hour;
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    await carryOn(run, atStep('activated'));
    mock.timers.setTime(Date.now() + hour);
    assert.notEqual(await run(), 'done');
    stage.microsoft.state.isHidden = true;
    assert.notEqual(await run(), 'done');
    stage.microsoft.state.isHidden = false;
    stage.microsoft.state.setUpMs = 0;
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  for (const step of ['activated', 'access', 'consent', 'probe']) {
    it(`stops when the client ends it before ${step} is done`, async () => {
      Object.assign(stage.microsoft.state, { setUpMs: minute, mayConsent: step !== 'consent' });
      await begin();
      const run = handlerOf(stage.storage, stage.microsoft);
      await approved(run);
      if (step === 'probe') stage.microsoft.state.worksFrom = Date.now() + day;
      await carryOn(run, atStep(step));
      stage.microsoft.statusBecomes('terminated');
      await carryOn(run);
      assert.deepEqual([(await current())?.id, (await current())?.error?.code], [step, 'delegation-ended']);
      assert.equal((await delegation()).state, 'ended');
    });
  }

  it('leaves a status alone that nobody knows', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    stage.microsoft.statusBecomes('unknownFutureValue');
    assert.notEqual(await run(), 'done');
    assert.equal((await delegation()).state, 'waiting-for-approval');
  });

  for (const end of ['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const) {
    it(`makes one relationship when its creation is ${end}`, async () => {
      Object.assign(stage.microsoft.state, { ends: [end], lateMs: 5 * minute });
      await begin();
      const run = handlerOf(stage.storage, stage.microsoft);
      if (end.startsWith('killed')) await assert.rejects(run, Killed);
      await carryOn(run, atStep('approved'));
      assert.equal(stage.microsoft.state.relationships.length, 1);
      assert.equal((await delegation()).relationshipId, 'relationship-1');
    });
  }

  it('takes another name when somebody else has that one', async () => {
    stage.microsoft.state.takenName = wish.name;
    await begin();
    await carryOn(handlerOf(stage.storage, stage.microsoft), atStep('approved'));
    const [made] = stage.microsoft.state.relationships;
    assert.ok(made && made.name !== wish.name && isNameOf(made.name, wish.delegationId));
  });

  it('fails before it is at Microsoft under its operation, and stands as allowed once that goes on', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    stage.microsoft.state.ends = Array.from({ length: 6 }, () => 'lost-before');
    await carryOn(run);
    const { state, reason, operationId, relationshipId } = await delegation();
    assert.deepEqual(
      [state, reason, operationId, relationshipId],
      ['failed', 'microsoft-unknown-outcome', 'o', null],
    );
    await retry(stage.storage);
    const seen: DelegationState[] = [];
    await carryOn(run, async () => {
      seen.push((await delegation()).state);
      return (await current())?.id === 'approved';
    });
    assert.ok(!seen.includes('failed'), seen.join());
    assert.deepEqual([(await delegation()).state, (await delegation()).reason], ['waiting-for-approval', '']);
  });

  it('says who consents by hand, and goes on once that is done', async () => {
    stage.microsoft.state.mayConsent = false;
    await begin(termsFor('full', { days: 365, autoExtend: false }));
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    const pauses = await carryOn(run);
    assert.ok(pauses.reduce((sum, ms) => sum + ms, 0) >= 15 * minute);
    const failed = await current();
    assert.deepEqual([failed?.id, failed?.error?.code], ['consent', 'consent-missing']);
    assert.equal(
      failed?.error?.details['link'],
      `https://login.microsoft.example/${client.tenantId}/adminconsent`,
    );
    assert.deepEqual(
      [(await delegation()).state, (await delegation()).reason],
      ['failed', 'consent-missing'],
    );
    stage.microsoft.state.consents = 1;
    await retry(stage.storage);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
    assert.deepEqual(await timeline(), ['delegation-approved', 'delegation-failed', 'delegation-usable']);
  });

  it('waits for the client where the allowed roles cannot consent, and says where', async () => {
    stage.microsoft.state.mayConsent = false;
    await begin(termsFor('limited', { days: 200, autoExtend: false }));
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    await carryOn(run, atStep('consent'));
    assert.notEqual(await run(), 'done');
    const standing = await current();
    assert.deepEqual(
      [standing?.error?.code, standing?.error?.details['link'], (await delegation()).state],
      ['consent-waiting', `https://login.microsoft.example/${client.tenantId}/adminconsent`, 'active'],
    );
    stage.microsoft.state.consents = 1;
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('never says ready without a call that worked', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    stage.microsoft.state.worksFrom = Date.now() + day;
    await carryOn(run);
    assert.deepEqual(
      [(await current())?.id, (await current())?.error?.code],
      ['probe', 'delegation-not-usable'],
    );
    assert.equal((await delegation()).wasUsable, false);
  });

  it('is done as often as clients allow it, each on its own', async () => {
    await begin();
    const other = '0198a7c1-0000-7000-8000-00000000000e';
    const northwind = { tenantId: 'northwind', name: 'Northwind', domain: 'northwind.example' };
    await stage.storage.commit({
      delegations: [{ add: allowed({ id: other, client: northwind, operationId: 'other' }) }],
      operations: [
        { add: delegating({ delegationId: other, client: northwind, name: 'Northwind 0e' }, 'other') },
      ],
    });
    const run = handlerOf(stage.storage, stage.microsoft);
    for (const id of ['o', 'other']) await run(id);
    assert.deepEqual(
      stage.microsoft.state.relationships.map((each) => each.client?.tenantId),
      [client.tenantId, 'northwind'],
    );
  });

  it('goes on after a daily look that knew more, and takes nothing back', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await approved(run);
    stage.microsoft.state.worksFrom = Date.now() + 5 * minute;
    await carryOn(run, atStep('probe'));
    const now = await delegation();
    await stage.storage.commit({
      delegations: [{ save: { ...now, state: 'expiring', status: 'expiring' } }],
    });
    await run();
    assert.equal((await delegation()).status, 'expiring');
    await carryOn(run);
    assert.deepEqual([(await delegation()).state, (await delegation()).status], ['usable', 'expiring']);
  });

  for (const [what, before] of [
    ['the client declined', { state: 'declined' }],
    ['another operation carries', { operationId: 'another' }],
    ['has ended', { state: 'ended' }],
    ['belongs to another partner', { company: 'tenant-2' }],
    ['nobody answered', { answeredAt: null }],
  ] as const satisfies readonly [string, Partial<Delegation>][]) {
    it(`makes nothing at Microsoft for one that ${what}`, async () => {
      await begin({}, before);
      await carryOn(handlerOf(stage.storage, stage.microsoft));
      assert.equal((await current())?.error?.code, 'acceptance-moved-on');
      const state: DelegationState = 'state' in before ? before.state : 'requested';
      assert.deepEqual([stage.microsoft.state.calls, (await delegation()).state], [[], state]);
    });
  }

  it('asks for nothing that Microsoft does not know', async () => {
    await begin({ roles: [roleIds.globalAdministrator], autoExtend: true, level: 'roles' });
    await carryOn(handlerOf(stage.storage, stage.microsoft));
    assert.equal((await current())?.error?.code, 'delegation-roles');
    assert.deepEqual(stage.microsoft.state.calls, []);
  });

  it('counts no failures while Microsoft is away in between', async () => {
    await begin();
    const run = handlerOf(stage.storage, stage.microsoft);
    await carryOn(run, atStep('approved'));
    let looks = 0;
    const { asPartner } = stage.microsoft.desks;
    stage.microsoft.desks.asPartner = (company) => ({
      ...asPartner(company),
      async find(id) {
        looks += 1;
        if (looks % 4 === 0) throw new PartnerError('microsoft-unavailable');
        return asPartner(company).find(id);
      },
    });
    await carryOn(run, async () => looks > 40);
    assert.equal((await stored(stage.storage)).status, 'running');
  });
});
