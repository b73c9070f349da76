import assert from 'node:assert/strict';
import { createWatchDelegations, firstLooks, watchDelegationsJob } from '../../jobs/watch-delegations.ts';
import { nameFor } from '../../partner/delegation-names.ts';
import type { DelegationNews } from '../../partner/delegation-news.ts';
import { type Delegation, delegationStates } from '../../partner/delegations.ts';
import { PartnerError } from '../../partner/errors.ts';
import { idOfSubject } from '../../partner/notices.ts';
import type { Relationship } from '../../partner/relationships.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { vietnameseZones } from '../helpers/zones.ts';
import { relationship } from '../partner/delegation-samples.ts';
import { delegation, operation } from '../storage/samples.ts';

const company = 'tenant-1';
const dayMs = 24 * 60 * 60 * 1000;
const isoDay = (day: number) => new Date(day * dayMs).toISOString();

describe('the daily look at delegations', () => {
  let storage: Storage;
  let now: number;
  /** What Microsoft has. */
  let relationships: Map<string, Relationship>;
  let failure: unknown;
  /** Relationships in which our groups have no roles any more, and how the question is answered. */
  let withoutAccess: Set<string>;
  let refusal: PartnerError | undefined;
  let told: [string, DelegationNews][];
  let reads: string[];

  beforeEach(async () => {
    storage = await memoryStorage();
    now = 0;
    relationships = new Map();
    failure = undefined;
    withoutAccess = new Set();
    refusal = undefined;
    told = [];
    reads = [];
  });
  afterEach(() => storage.close());

  const desk = {
    async list() {
      reads.push('list');
      if (failure !== undefined) throw failure;
      return [...relationships.values()];
    },
    async find(id: string) {
      reads.push(id);
      return relationships.get(id);
    },
    async assignments(id: string) {
      if (refusal !== undefined) throw refusal;
      const at = { id: `${id} access`, groupId: 'AdminAgents', roles: ['role'], etag: '1' };
      return withoutAccess.has(id) ? [{ ...at, status: 'deleted' }] : [{ ...at, status: 'active' }];
    },
  };

  let ids = 0;
  async function look(store: Storage = storage) {
    const handler = createWatchDelegations({
      storage: store,
      zones: vietnameseZones,
      relationships: { asPartner: () => desk },
      isPartner: (id) => id === company,
      clock: { now: () => now },
      newId: () => `${now}-${ids++}`,
      log: { info() {}, warn() {}, error() {} },
    });
    const outcome = await handler({ ...watchDelegationsJob(company, now), attempts: 1 });
    const noticed = await storage.notices.ofKind(company, 'delegation-news');
    told = noticed.map(({ subject, details: { endsAt: _endsAt, ...news } }) => [
      idOfSubject(subject),
      news as DelegationNews,
    ]);
    return outcome;
  }

  /** Fabrikam's, usable until day 365, with its relationship at Microsoft. */
  async function given(id: string, more: Partial<Delegation> = {}, at?: Partial<Relationship>) {
    const usual = { state: 'usable', status: 'active', wasUsable: true, endsAt: 365 * dayMs } as const;
    await storage.commit({
      delegations: [{ add: delegation(id, { ...usual, relationshipId: `r-${id}`, ...more }) }],
    });
    if (at !== undefined) atMicrosoft(`r-${id}`, 'active', { endsAt: isoDay(365), ...at });
  }
  function atMicrosoft(id: string, status: string, more: Partial<Relationship> = {}): void {
    relationships.set(id, relationship(status, { id, ...more }));
  }
  const found = (id: string) => storage.delegations.find(id);
  const all = () => storage.delegations.ofCompany(company, delegationStates);
  const timeline = async () => (await storage.offerEvents.ofOffer('offer-1', 9)).map(({ kind }) => kind);
  const tomorrow = () => ({ againAt: now + dayMs, clock: 'domain' });

  it('is wanted again tomorrow, and changes nothing where nothing has changed', async () => {
    await given('a', {}, {});
    assert.deepEqual(await look(), tomorrow());
    assert.deepEqual([(await found('a'))?.rev, told, await timeline()], [1, [], []]);
  });

  it('notices that the client ended it, once, and tells', async () => {
    await given('a', {}, {});
    for (const status of ['terminationRequested', 'terminating', 'terminated', 'terminated']) {
      atMicrosoft('r-a', status);
      await look();
      now += dayMs;
    }
    const { state, status } = (await found('a')) ?? {};
    assert.deepEqual([state, status], ['ended', 'terminated']);
    assert.deepEqual(told, [['a', { what: 'ended' }]]);
    assert.deepEqual(await timeline(), ['delegation-ended']);
  });

  it('asks again for one that is missing in the list before it believes that it is gone', async () => {
    await given('a', {}, {});
    const { list } = desk;
    desk.list = async () => [];
    try {
      await look();
      assert.deepEqual([(await found('a'))?.state, reads, told], ['usable', ['r-a'], []]);
      relationships.clear();
      await look();
      assert.deepEqual([(await found('a'))?.state, told], ['ended', [['a', { what: 'ended' }]]]);
    } finally {
      desk.list = list;
    }
  });

  it('lets be what was over before, and what Microsoft may not show yet', async () => {
    await given('ended', { state: 'ended', status: 'terminated' });
    await given('new', { state: 'requested', status: '', wasUsable: false, endsAt: null });
    await look();
    const states = (await all()).map(({ id, state, rev }) => [id, state, rev]);
    assert.deepEqual(
      [states, reads],
      [
        [
          ['ended', 'ended', 1],
          ['new', 'requested', 1],
        ],
        ['list'],
      ],
    );
  });

  it('notices what its time ended, and what nobody approved', async () => {
    await given('old', {}, { status: 'expired' });
    await given(
      'asked',
      { state: 'waiting-for-approval', status: 'approvalPending', wasUsable: false, endsAt: null },
      { status: 'expired', endsAt: undefined },
    );
    await look();
    assert.deepEqual(
      (await all()).map(({ state }) => state),
      ['expired', 'unapproved'],
    );
    assert.deepEqual(told, [
      ['old', { what: 'expired' }],
      ['asked', { what: 'unapproved' }],
    ]);
  });

  it('reminds once at 31, 14, 7 and 1 days, however often it looks', async () => {
    await given('a', {}, {});
    for (let day = 300; day < 365; day += 0.5) {
      now = day * dayMs;
      await look();
    }
    const days = told.map(([, news]) => (news.what === 'reminder' ? news.days : news.what));
    assert.deepEqual(days, [31, 14, 7, 1]);
    assert.deepEqual((await found('a'))?.reminded, [31, 14, 7, 1]);
  });

  it('makes up for missed days with one look and one reminder', async () => {
    await given('a', {}, {});
    await given('b', {}, {});
    now = 330 * dayMs;
    await look();
    now = 360 * dayMs;
    assert.deepEqual(await look(), tomorrow());
    assert.deepEqual(reads, ['list', 'list']);
    assert.deepEqual(told, [
      ['a', { what: 'reminder', days: 5 }],
      ['b', { what: 'reminder', days: 5 }],
    ]);
    now = 400 * dayMs;
    for (const id of ['r-a', 'r-b']) atMicrosoft(id, 'expired', { endsAt: isoDay(365) });
    await look();
    assert.deepEqual(told.slice(2), [
      ['a', { what: 'expired' }],
      ['b', { what: 'expired' }],
    ]);
  });

  it('reminds anew after an extension', async () => {
    await given('a', { reminded: [31, 14] }, { endsAt: isoDay(545) });
    now = 360 * dayMs;
    await look();
    assert.deepEqual([(await found('a'))?.reminded, told], [[], []]);
    now = 531 * dayMs;
    await look();
    assert.deepEqual(told, [['a', { what: 'reminder', days: 14 }]]);
  });

  it('keeps what was made elsewhere, once, and leaves Microsoft’s own and the unsent alone', async () => {
    atMicrosoft('portal', 'active', { name: 'Made in the portal', endsAt: isoDay(20) });
    atMicrosoft('moved', 'active', { name: 'MLT_fabrikam' });
    atMicrosoft('unsent', 'created', { client: null });
    atMicrosoft('over', 'terminated');
    await look();
    await look();
    const kept = await all();
    assert.deepEqual(
      kept.map(({ relationshipId, offerId, state, reminded }) => [relationshipId, offerId, state, reminded]),
      [['portal', null, 'active', [31]]],
    );
    assert.deepEqual(told, []);
    now = 13 * dayMs;
    atMicrosoft('portal', 'terminated', { endsAt: isoDay(20) });
    await look();
    assert.deepEqual(told, [[kept[0]?.id, { what: 'ended' }]]);
  });

  it('says nothing of an approval that was asked for elsewhere', async () => {
    atMicrosoft('portal', 'approvalPending', { name: 'Made in the portal', endsAt: undefined });
    await look();
    atMicrosoft('portal', 'active', { name: 'Made in the portal', endsAt: isoDay(300) });
    await look();
    assert.deepEqual([(await all()).map(({ state }) => state), told], [['active'], []]);
  });

  it('takes no relationship of an offer for one that was made elsewhere', async () => {
    const begun = {
      state: 'requested',
      status: '',
      wasUsable: false,
      endsAt: null,
      relationshipId: null,
    } as const;
    await given('a', begun);
    atMicrosoft('new', 'approvalPending', { name: nameFor(delegation('a')) });
    await look();
    assert.deepEqual(
      (await all()).map(({ id, relationshipId }) => [id, relationshipId]),
      [['a', null]],
    );
  });

  it('leaves alone what an operation is working on, and takes over when that has stopped', async () => {
    const waiting = { state: 'waiting-for-approval', status: 'approvalPending', wasUsable: false } as const;
    await given('a', { ...waiting, endsAt: null, operationId: 'o' }, {});
    await storage.commit({ operations: [{ add: operation('o') }] });
    await look();
    assert.equal((await found('a'))?.state, 'waiting-for-approval');
    await storage.commit({ operations: [{ save: operation('o', { status: 'waiting-sign-in' }) }] });
    await look();
    assert.deepEqual([(await found('a'))?.state, await timeline()], ['active', ['delegation-approved']]);
    // Nobody works on it, so somebody has to know.
    assert.deepEqual(told, [['a', { what: 'approved' }]]);
  });

  it('leaves to the operation of a colleague what that ends', async () => {
    await given('a', { operationId: 'done' }, {});
    const ends = {
      kind: 'end-delegation',
      args: { delegationId: 'a', relationshipId: 'r-a', clientName: '' },
    };
    await storage.commit({ operations: [{ add: operation('o', ends) }] });
    atMicrosoft('r-a', 'terminationRequested');
    await look();
    assert.deepEqual([(await found('a'))?.state, told], ['usable', []]);
    await storage.commit({ operations: [{ save: operation('o', { ...ends, status: 'failed' }) }] });
    await look();
    assert.deepEqual([(await found('a'))?.state, told], ['ended', [['a', { what: 'ended' }]]]);
  });

  it('tells once when our groups may do nothing any more, and knows when they may again', async () => {
    await given('a', {}, {});
    await given('new', { state: 'active', wasUsable: false }, {});
    await look();
    withoutAccess = new Set(['r-a', 'r-new']);
    await look();
    await look();
    assert.deepEqual([(await found('a'))?.state, (await found('a'))?.reason], ['usable', 'access-lost']);
    assert.deepEqual(told, [['a', { what: 'no-access' }]]);
    withoutAccess.clear();
    await look();
    assert.equal((await found('a'))?.reason, '');
    refusal = new PartnerError('not-allowed');
    withoutAccess.add('r-a');
    await look();
    assert.deepEqual([(await found('a'))?.reason, told.length], ['', 1]);
    // Microsoft is away: what was not read today is read tomorrow, and holds up no reminder.
    refusal = new PartnerError('microsoft-busy');
    now = 334 * dayMs;
    assert.deepEqual(await look(), tomorrow());
    assert.deepEqual(told.slice(1), [
      ['a', { what: 'reminder', days: 31 }],
      ['new', { what: 'reminder', days: 31 }],
    ]);
  });

  it('comes back soon when Microsoft is away, and says nothing meanwhile', async () => {
    await given('a', {}, {});
    now = 360 * dayMs;
    for (const code of ['microsoft-busy', 'microsoft-unavailable', 'microsoft-timeout'] as const) {
      failure = new PartnerError(code, { retryAfterSeconds: 3_600 });
      const before = Date.now();
      const outcome = await look();
      assert.ok(
        outcome !== 'done' && outcome.clock === 'real' && outcome.againAt >= before + 3_600_000,
        code,
      );
    }
    assert.deepEqual(told, []);
    failure = undefined;
    assert.deepEqual(await look(), tomorrow());
    assert.equal(told.length, 1);
  });

  it('goes by the dates that are known where Microsoft does not tell', async () => {
    await given('by-hand', { offerId: null, relationshipId: null, endsAt: 20 * dayMs });
    await given('read', { endsAt: 20 * dayMs });
    failure = new PartnerError('not-in-cloud');
    now = 14 * dayMs;
    assert.deepEqual(await look(), tomorrow());
    now = 21 * dayMs;
    assert.deepEqual(await look(), tomorrow());
    assert.deepEqual([(await found('by-hand'))?.state, (await found('read'))?.state], ['expired', 'usable']);
    assert.deepEqual(told, [
      ['by-hand', { what: 'reminder', days: 6 }],
      ['read', { what: 'reminder', days: 6 }],
      ['by-hand', { what: 'expired' }],
    ]);
  });

  it('fails loudly on a bug', async () => {
    failure = new Error('a bug');
    await assert.rejects(look(), /a bug/);
  });

  it('looks again when somebody changed one at that moment, and loses no other', async () => {
    await given('a', {}, { status: 'terminated' });
    await given('b', {}, { status: 'terminated' });
    const { ofCompany } = storage.delegations;
    const racing: Storage = {
      ...storage,
      delegations: {
        ...storage.delegations,
        async ofCompany(...asked) {
          const known = await ofCompany(...asked);
          const [first] = known;
          if (first) await storage.commit({ delegations: [{ save: { ...first, reminded: [31] } }] });
          return known;
        },
      },
    };
    const outcome = await look(racing);
    assert.ok(outcome !== 'done' && outcome.clock === 'real');
    assert.deepEqual((await all()).map(({ state }) => state).toSorted(), ['ended', 'usable']);
    assert.deepEqual(await look(), tomorrow());
    assert.deepEqual(
      (await all()).map(({ state }) => state),
      ['ended', 'ended'],
    );
  });

  it('ends for a company that is no longer served', async () => {
    const handler = createWatchDelegations({
      ...{ storage, zones: vietnameseZones, relationships: { asPartner: () => desk } },
      isPartner: () => false,
      ...{ notices: { delegation: async () => [] }, clock: { now: () => now }, newId: () => 'id' },
      log: { info() {}, warn() {}, error() {} },
    });
    assert.equal(await handler({ ...watchDelegationsJob('gone', 0), attempts: 1 }), 'done');
    assert.deepEqual(reads, []);
  });

  it('is planned for each company at a start, and a restart does not put it off', async () => {
    await storage.commit({ jobs: firstLooks([company, 'tenant-2'], 0) });
    const first = (await storage.jobs.nextDue()).domain;
    await storage.commit({ jobs: firstLooks([company, 'tenant-2'], 5_000) });
    assert.equal((await storage.jobs.nextDue()).domain, first);
    const due = await storage.jobs.claim({ real: 0, domain: first ?? 0 }, { owner: 'o', until: 1 }, 9);
    assert.deepEqual(due.map(({ args }) => args['company']).toSorted(), [company, 'tenant-2']);
  });
});
