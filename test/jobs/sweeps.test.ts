import assert from 'node:assert/strict';
import { createExpireApprovals, expiryJob } from '../../jobs/expire-approvals.ts';
import { createRetention, retentionJob } from '../../jobs/retention.ts';
import { createWatchDelegations, watchDelegationsJob } from '../../jobs/watch-delegations.ts';
import { type Delegation, delegationStates } from '../../partner/delegations.ts';
import { PartnerError } from '../../partner/errors.ts';
import { idOfSubject } from '../../partner/notices.ts';
import type { Relationship } from '../../partner/relationships.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { vietnameseZones } from '../helpers/zones.ts';
import { relationship } from '../partner/delegation-samples.ts';
import { approval, delegation, operation } from '../storage/samples.ts';

const clock = { now: () => 9_000 };

describe('sweeps', () => {
  let storage: Storage;
  let warned: object[];
  const log = { info() {}, warn: (facts: object) => void warned.push(facts), error() {} };
  beforeEach(async () => {
    storage = await memoryStorage();
    warned = [];
  });
  afterEach(() => storage.close());

  it('end each approval whose time is over, although one of them cannot be drawn', async () => {
    const ids = ['stuck', 'other'];
    await storage.commit({
      operations: ids.map((id) => ({ add: operation(id, { status: 'waiting-approval' }) })),
      approvals: ids.map((id, index) => ({ add: approval(id, { operationId: id, expiresAt: index }) })),
    });
    const handler = createExpireApprovals({
      ...{ storage, clock, log, newId: () => crypto.randomUUID() },
      async expired({ id }) {
        if (id === 'stuck') throw new Error('cannot be drawn');
        return { outbox: [], cardActions: [] };
      },
    });
    const outcome = await handler({ ...expiryJob('stuck', 0), attempts: 1 });
    assert.ok(outcome !== 'done' && outcome.clock === 'real' && outcome.againAt > Date.now());
    const statuses = ids.map(async (id) => (await storage.approvals.find(id))?.status);
    assert.deepEqual(await Promise.all(statuses), ['waiting', 'expired']);
    const [{ item = '', what = '' } = {}] = warned as { item?: string; what?: string }[];
    assert.deepEqual([warned.length, item, what], [1, 'stuck', 'expire-approvals']);
  });

  it('delete what is old of each kind, although one kind cannot be deleted', async () => {
    const pruned: string[] = [];
    const retention = storage.retention.map(({ name }) => ({
      name,
      async prune() {
        pruned.push(name);
        if (name === 'inbound') throw new Error('locked');
      },
    }));
    const handler = createRetention({ storage: { retention }, clock, isPartner: () => true, log });
    const soon = await handler({ ...retentionJob(0), attempts: 1 });
    assert.ok(soon !== 'done' && soon.againAt < Date.now() + 60_000);
    assert.deepEqual(pruned, [
      'outbox',
      'inbound',
      'cardActions',
      'notices',
      'signIns',
      'attempts',
      'signOuts',
      'vault',
      'state',
      'mails',
      'reasons',
      'people',
      'tokens',
      'accounts',
    ]);
    assert.equal(warned.length, 1);
  });
});

const company = 'tenant-1';
const dayMs = 86_400_000;
const now = 359 * dayMs;

describe('the daily look at all delegations of a company', () => {
  let storage: Storage;
  let atMicrosoft: Map<string, Relationship>;
  /** Those that Microsoft does not show when it is asked for them, or for who may act on them, and why. */
  let hidden: Map<string, PartnerError>;
  let told: string[];
  beforeEach(async () => {
    storage = await memoryStorage();
    [atMicrosoft, hidden, told] = [new Map(), new Map(), []];
  });
  afterEach(() => storage.close());

  const desk = {
    list: async () => [...atMicrosoft.values()],
    async find(id: string) {
      const refused = hidden.get(id);
      if (refused !== undefined) throw refused;
      return atMicrosoft.get(id);
    },
    assignments: async (id: string) => [{ id, groupId: 'g', roles: ['r'], status: 'active', etag: '1' }],
  };
  /** In use, with six days to go, as we keep it. */
  const given = (id: string, more: Partial<Delegation> = {}) => {
    const usual = { state: 'usable', status: 'active', wasUsable: true, endsAt: 365 * dayMs } as const;
    const kept = delegation(id, { ...usual, relationshipId: `r-${id}`, ...more });
    return storage.commit({ delegations: [{ add: kept }] });
  };
  function show(id: string, status = 'active'): void {
    atMicrosoft.set(id, relationship(status, { id, endsAt: new Date(365 * dayMs).toISOString() }));
  }
  async function look(store: Storage = storage) {
    const handler = createWatchDelegations({
      ...{ storage: store, relationships: { asPartner: () => desk }, isPartner: () => true },
      zones: vietnameseZones,
      ...{ clock: { now: () => now }, newId: () => crypto.randomUUID() },
      log: { info() {}, warn() {}, error() {} },
    });
    const outcome = await handler({ ...watchDelegationsJob(company, now), attempts: 1 });
    const noticed = await storage.notices.ofKind(company, 'delegation-news');
    told = noticed.map(({ subject, details }) => `${idOfSubject(subject)} ${String(details['what'])}`);
    return outcome;
  }
  const tomorrow = { againAt: now + dayMs, clock: 'domain' };

  it('reaches the others where Microsoft refuses to show one, and comes back for that one tomorrow', async () => {
    await given('refused', { endsAt: 360 * dayMs });
    await given('fine');
    show('r-fine');
    hidden.set('r-refused', new PartnerError('not-allowed'));
    assert.deepEqual(await look(), tomorrow);
    // By its own date it is reminded of all the same.
    assert.deepEqual(told.toSorted(), ['fine reminder', 'refused reminder']);
    assert.equal((await storage.delegations.find('refused'))?.state, 'usable');
  });

  it('reaches the others where Microsoft does not answer for one, and comes back soon', async () => {
    await given('away', { endsAt: 360 * dayMs });
    await given('fine');
    show('r-fine');
    hidden.set('r-away', new PartnerError('microsoft-unavailable', { retryAfterSeconds: 30 }));
    const before = Date.now();
    const outcome = await look();
    assert.ok(outcome !== 'done' && outcome.clock === 'real' && outcome.againAt >= before + 30_000);
    assert.deepEqual(told, ['fine reminder']);
    assert.equal((await storage.delegations.find('away'))?.state, 'usable');
    hidden.clear();
    show('r-away', 'terminated');
    assert.deepEqual(await look(), tomorrow);
    assert.deepEqual(told.slice(1), ['away ended']);
  });

  it('keeps what was made elsewhere, although one of that is stored already and cannot be read', async () => {
    await given('2');
    for (const id of ['r-1', 'r-2', 'r-3']) show(id);
    const ofCompany: Storage['delegations']['ofCompany'] = async (...asked) =>
      (await storage.delegations.ofCompany(...asked)).filter(({ id }) => id !== '2');
    const passedOver = { ...storage, delegations: { ...storage.delegations, ofCompany } };
    assert.deepEqual(await look(passedOver), tomorrow);
    const kept = await storage.delegations.ofCompany(company, delegationStates);
    assert.deepEqual(kept.map(({ relationshipId }) => relationshipId).toSorted(), ['r-1', 'r-2', 'r-3']);
  });
});
