import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DelegationTarget } from '../../partner/end-delegation.ts';
import { kindNamed } from '../../partner/kinds.ts';
import { roleIds } from '../../partner/role-ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { lanAccount, minh, offer, operation } from '../storage/samples.ts';
import { allowed, client, fakeDelegations, terms, wish } from './fake-delegations.ts';
import { type End, handlerOf, Killed, stored } from './fake-orders.ts';

const minute = 60_000;
const target: DelegationTarget = {
  ...{ delegationId: wish.delegationId, relationshipId: 'relationship-1', clientName: client.name },
};

describe('extending and ending delegated administration', () => {
  let storage: Storage;
  let microsoft: ReturnType<typeof fakeDelegations>;
  beforeEach(async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    storage = await memoryStorage();
    microsoft = fakeDelegations();
  });
  afterEach(async () => {
    mock.timers.reset();
    await storage.close();
  });

  /** A delegation that works, and the wish to change it; a second person has said yes where one is needed. */
  async function begin(kind: 'extend-delegation' | 'end-delegation', status = 'active'): Promise<void> {
    await microsoft.desks.as(lanAccount).create({
      ...{ name: wish.name, clientTenantId: client.tenantId, roles: terms.roles },
      ...{ durationDays: 365, autoExtend: false },
    });
    microsoft.statusBecomes(status);
    const { schema, plan } = kindNamed(kind);
    const made = operation('o', { kind, schema, args: target, steps: plan(target), approvedBy: minh });
    const known = { relationshipId: 'relationship-1', operationId: 'before', status } as const;
    await storage.commit({
      accounts: [lanAccount],
      offers: [{ add: offer('offer-1') }],
      delegations: [{ add: allowed({ ...known, state: 'usable', wasUsable: true }) }],
      operations: [{ add: made }],
    });
  }
  async function carryOn(): Promise<void> {
    for (let round = 0; round < 50; round++) {
      const outcome = await handlerOf(storage, microsoft)();
      if (outcome === 'done') return;
      mock.timers.setTime(Math.max(outcome.againAt, Date.now() + 1));
    }
    assert.fail('it never ends');
  }
  const delegation = async () =>
    (await storage.delegations.find(wish.delegationId)) ?? assert.fail('no delegation');
  const timeline = async () =>
    (await storage.offerEvents.ofOffer('offer-1', 50)).map(({ kind, byName }) => [kind, byName]);
  const error = async () =>
    (await stored(storage)).steps.find(({ status }) => status !== 'done')?.error?.code;

  it('extends, and the delegation says that it goes on by itself', async () => {
    await begin('extend-delegation');
    await carryOn();
    const { state, terms: after } = await delegation();
    assert.deepEqual([(await stored(storage)).status, state, after.autoExtend], ['done', 'usable', true]);
  });

  it('does not extend one with Global Administrator, one that ended, or one of Microsoft’s own', async () => {
    await begin('extend-delegation');
    const [made] = microsoft.state.relationships;
    for (const [change, code] of [
      [{ roles: [roleIds.globalAdministrator] }, 'relationship-refused'],
      [{ roles: terms.roles, name: 'MLT_1_2' }, 'relationship-refused'],
      [{ name: wish.name, status: 'terminated' }, 'delegation-ended'],
    ] as const) {
      Object.assign(made ?? {}, change);
      const { steps, ...now } = await stored(storage);
      await storage.commit({ operations: [{ save: { ...now, status: 'running', steps } }] });
      await carryOn();
      assert.equal(await error(), code);
    }
    assert.deepEqual(microsoft.state.calls, ['create']);
  });

  it('ends it when Microsoft says so, and the timeline tells who did it', async () => {
    await begin('end-delegation');
    const { as } = microsoft.desks;
    microsoft.desks.as = (account) => ({
      ...as(account),
      terminate: async () => microsoft.statusBecomes('terminationRequested'),
    });
    const run = handlerOf(storage, microsoft);
    assert.notEqual(await run(), 'done');
    assert.deepEqual([(await stored(storage)).status, (await delegation()).state], ['running', 'usable']);
    mock.timers.setTime(Date.now() + 20 * minute);
    microsoft.statusBecomes('terminated');
    await carryOn();
    const { state, status } = await delegation();
    assert.deepEqual([(await stored(storage)).status, state, status], ['done', 'ended', 'terminated']);
    assert.deepEqual(await timeline(), [['delegation-ended', lanAccount.displayName]]);
  });

  it('removes a request that was never sent, and counts what is gone as ended', async () => {
    await begin('end-delegation', 'created');
    await carryOn();
    assert.deepEqual(microsoft.state.calls, ['create', 'remove']);
    assert.deepEqual([(await stored(storage)).status, (await delegation()).state], ['done', 'ended']);
  });

  it('does not touch one of Microsoft’s own', async () => {
    await begin('end-delegation');
    Object.assign(microsoft.state.relationships[0] ?? {}, { name: 'MLT_1_2' });
    await carryOn();
    assert.deepEqual([await error(), microsoft.state.calls], ['relationship-refused', ['create']]);
  });

  it('changes nothing of a delegation that has another relationship', async () => {
    await begin('end-delegation');
    const now = await delegation();
    await storage.commit({ delegations: [{ save: { ...now, relationshipId: 'relationship-2' } }] });
    await carryOn();
    assert.deepEqual([await error(), microsoft.state.calls], ['acceptance-moved-on', ['create']]);
  });

  it('needs a second person to end it', async () => {
    await begin('end-delegation');
    const now = await stored(storage);
    await storage.commit({ operations: [{ save: { ...now, approvedBy: null } }] });
    await carryOn();
    assert.deepEqual([await error(), microsoft.state.calls], ['needs-second-person', ['create']]);
  });

  for (const kind of ['extend-delegation', 'end-delegation'] as const) {
    for (const end of [
      'lost-before',
      'lost-after',
      'killed-before',
      'killed-after',
    ] as const satisfies End[]) {
      it(`${kind}, ${end}: comes to the same end`, async () => {
        await begin(kind);
        microsoft.state.ends = [end];
        if (end.startsWith('killed')) await assert.rejects(handlerOf(storage, microsoft), Killed);
        await carryOn();
        assert.equal((await stored(storage)).status, 'done');
        const [made] = microsoft.state.relationships;
        const isExtended = kind === 'extend-delegation';
        assert.deepEqual([made?.autoExtend, made?.status === 'terminated'], [isExtended, !isExtended]);
      });
    }
  }
});
