import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { operationCardFor } from '../../cards/operation-views.ts';
import { createWords } from '../../locales/words.ts';
import type { DelegateWish } from '../../partner/delegate-wish.ts';
import { isNameOf } from '../../partner/delegation-names.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation, DelegationState } from '../../partner/delegations.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Operation } from '../../partner/operations.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { supportRoles } from '../../partner/support-roles.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { lanAccount, offer } from '../storage/samples.ts';
import { allowed, client, delegating, fakeDelegations, wish } from './fake-delegations.ts';
import { handlerOf, Killed, retry, stored } from './fake-orders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('delegated administration that a client allowed', () => {
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

  async function begin(more: Partial<DelegateWish> = {}, before: Partial<Delegation> = {}): Promise<void> {
    await storage.commit({
      accounts: [lanAccount],
      offers: [{ add: offer('offer-1') }],
      delegations: [{ add: allowed(before) }],
      operations: [{ add: delegating(more) }],
    });
  }
  const delegation = async () =>
    (await storage.delegations.find(wish.delegationId)) ?? assert.fail('no delegation');
  const timeline = async () =>
    (await storage.offerEvents.ofOffer('offer-1', 50)).map(({ kind }) => kind).toReversed();
  const current = async () => (await stored(storage)).steps.find(({ status }) => status !== 'done');

  /** Runs it, waiting as it says, until it is done or `until` says so; answers the pauses, ms. */
  async function carryOn(run: () => Promise<unknown>, until = async () => false): Promise<number[]> {
    const pauses: number[] = [];
    for (let round = 0; round < 3_000; round++) {
      const outcome = (await run()) as 'done' | { againAt: number };
      if (outcome === 'done') return pauses;
      pauses.push(outcome.againAt - Date.now());
      if (await until()) return pauses;
      mock.timers.setTime(Math.max(outcome.againAt, Date.now() + 1));
    }
    return assert.fail('it never ends');
  }
  const atStep = (id: string) => async () => (await current())?.id === id;

  /** As far as the client, who then approves. */
  async function approved(run: () => Promise<unknown>): Promise<void> {
    await carryOn(run, atStep('approved'));
    microsoft.approve();
  }

  it('goes from the yes to the first call that works, and tells how far it is', async () => {
    Object.assign(microsoft.state, { lateMs: 20_000, setUpMs: 3 * minute });
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    assert.equal((await delegation()).state, 'waiting-for-approval');
    microsoft.approve();
    await carryOn(run, async () => (await delegation()).state === 'active');
    microsoft.state.worksFrom = Date.now() + 10 * minute;
    await carryOn(run);
    const { state, wasUsable, relationshipId, operationId, endsAt } = await delegation();
    assert.deepEqual(
      [state, wasUsable, relationshipId, operationId],
      ['usable', true, 'relationship-1', 'o'],
    );
    assert.ok(endsAt !== null && endsAt > Date.now() + 364 * day);
    assert.equal((await stored(storage)).status, 'done');
    assert.deepEqual(await timeline(), ['delegation-approved', 'delegation-usable']);
    const [last] = await storage.offerEvents.ofOffer('offer-1', 1);
    assert.deepEqual([last?.client, last?.byName], [client.tenantId, lanAccount.displayName]);
    assert.ok(isNameOf(microsoft.state.relationships[0]?.name ?? '', wish.delegationId));
    assert.deepEqual(microsoft.state.relationships[0]?.roles, wish.roles);
  });

  it('lets both support groups in, and only the full one where roles were chosen', async () => {
    const groups = () => microsoft.state.assignments.map(({ groupId, roles }) => [groupId, roles]);
    const full = termsFor('full', { days: 1, autoExtend: true });
    for (const [more, expected] of [
      [
        {},
        [
          ['full group', wish.roles],
          ['limited group', supportRoles.limited],
        ],
      ],
      [
        { ...full },
        [
          ['full group', full.roles],
          ['limited group', supportRoles.limited],
        ],
      ],
      [{ level: 'roles' }, [['full group', wish.roles]]],
    ] as const) {
      microsoft = fakeDelegations();
      await storage.close();
      storage = await memoryStorage();
      await begin({ ...more, roles: [...('roles' in more ? more.roles : wish.roles)] });
      const run = handlerOf(storage, microsoft);
      await approved(run);
      await carryOn(run);
      const sorted = (all: readonly unknown[]) => JSON.parse(JSON.stringify(all));
      assert.deepEqual(
        sorted(groups()).map(([group, roles]: [string, string[]]) => [group, roles.toSorted()]),
        expected.map(([group, roles]) => [group, [...roles].toSorted()]),
      );
    }
  });

  it('looks after 1, 2, 5 and 15 minutes, then every hour, and says once whose turn it is', async () => {
    await begin();
    const shown: Operation[] = [];
    const run = handlerOf(storage, microsoft, shown);
    await carryOn(run, atStep('approved'));
    const first = { code: (await current())?.error?.code, turn: (await current())?.error?.details['turn'] };
    const start = Date.now();
    mock.timers.setTime(start + minute);
    const pauses = await carryOn(run, async () => Date.now() - start > 5 * day);
    assert.deepEqual(first, { code: 'approval-waiting', turn: 'client' });
    assert.deepEqual(
      pauses.slice(0, 5).map((ms) => ms / minute),
      [2, 5, 15, 60, 60],
    );
    assert.ok(pauses.slice(4).every((ms) => ms === hour));
    assert.equal(shown.length, 1);
    assert.deepEqual([...microsoft.state.readers], ['lan', 'partner']);
  });

  it('reads as the partner while it waits, and needs the sign-in again only to write', async () => {
    await begin();
    await carryOn(handlerOf(storage, microsoft), atStep('approved'));
    let isSignedIn = false;
    const run = handlerOf(storage, { ...microsoft, isSignedIn: () => isSignedIn });
    microsoft.state.readers.clear();
    assert.notEqual(await run(), 'done');
    assert.deepEqual([(await stored(storage)).status, ...microsoft.state.readers], ['running', 'partner']);
    microsoft.approve();
    await carryOn(run);
    const { status } = await stored(storage);
    assert.deepEqual(
      [status, (await current())?.id, (await delegation()).state],
      ['waiting-sign-in', 'access', 'active'],
    );
    isSignedIn = true;
    await storage.commit({ operations: [{ save: { ...(await stored(storage)), status: 'running' } }] });
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('reads as the person where Microsoft does not let the partner', async () => {
    microsoft.state.partnerMay = false;
    await begin();
    const run = handlerOf(storage, microsoft);
    await approved(run);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('goes on with what was approved while the bot was down', async () => {
    await begin();
    await approved(handlerOf(storage, microsoft));
    mock.timers.setTime(Date.now() + 7 * day);
    await carryOn(handlerOf(storage, microsoft));
    assert.deepEqual([(await stored(storage)).status, (await delegation()).state], ['done', 'usable']);
  });

  it('hands the approval page over, in words for the client', async () => {
    await begin();
    await carryOn(handlerOf(storage, microsoft), atStep('approved'));
    const place = { revealAddress: undefined, language: 'vi' } as const;
    const card = operationCardFor(createWords('vi'), lanAccount, await stored(storage), place);
    assert.ok(JSON.stringify(card).includes('https://admin.microsoft.example/approve/relationship-1'));
  });

  it('ends with what Microsoft says when nobody approves for 90 days', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 90 * day);
    assert.notEqual(await run(), 'done');
    microsoft.dies();
    // Gone is what it is only when it stays so.
    assert.notEqual(await run(), 'done');
    mock.timers.setTime(Date.now() + 15 * minute);
    assert.equal(await run(), 'done');
    assert.equal((await current())?.error?.code, 'delegation-unapproved');
    assert.deepEqual(
      [(await delegation()).state, await timeline()],
      ['unapproved', ['delegation-unapproved']],
    );
    const place = { revealAddress: undefined, language: 'vi' } as const;
    const card = JSON.stringify(
      operationCardFor(createWords('vi'), lanAccount, await stored(storage), place),
    );
    // The same again would find the same; a new request does not.
    assert.match(card, /delegation-again/);
    assert.doesNotMatch(card, /operation-retry/);
  });

  it('takes one look that finds nothing, after weeks of waiting, for no end', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 30 * day);
    assert.notEqual(await run(), 'done');
    microsoft.state.isHidden = true;
    assert.notEqual(await run(), 'done');
    microsoft.state.isHidden = false;
    microsoft.approve();
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('gives up on a request that Microsoft keeps for longer than it says, without saying that it ended', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    mock.timers.setTime(Date.now() + 92 * day);
    assert.equal(await run(), 'done');
    assert.equal((await current())?.error?.code, 'approval-waiting');
    assert.equal((await delegation()).state, 'failed');
    microsoft.approve();
    await retry(storage);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  for (const step of ['activated', 'access', 'consent', 'probe']) {
    it(`stops when the client ends it before ${step} is done`, async () => {
      Object.assign(microsoft.state, { setUpMs: minute, mayConsent: step !== 'consent' });
      await begin();
      const run = handlerOf(storage, microsoft);
      await approved(run);
      if (step === 'probe') microsoft.state.worksFrom = Date.now() + day;
      await carryOn(run, atStep(step));
      microsoft.statusBecomes('terminated');
      await carryOn(run);
      assert.deepEqual([(await current())?.id, (await current())?.error?.code], [step, 'delegation-ended']);
      assert.equal((await delegation()).state, 'ended');
    });
  }

  it('leaves a status alone that nobody knows', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    microsoft.statusBecomes('unknownFutureValue');
    assert.notEqual(await run(), 'done');
    assert.equal((await delegation()).state, 'waiting-for-approval');
  });

  for (const end of ['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const) {
    it(`makes one relationship when its creation is ${end}`, async () => {
      Object.assign(microsoft.state, { ends: [end], lateMs: 5 * minute });
      await begin();
      const run = handlerOf(storage, microsoft);
      if (end.startsWith('killed')) await assert.rejects(run, Killed);
      await carryOn(run, atStep('approved'));
      assert.equal(microsoft.state.relationships.length, 1);
      assert.equal((await delegation()).relationshipId, 'relationship-1');
    });
  }

  it('takes another name when somebody else has that one', async () => {
    microsoft.state.takenName = wish.name;
    await begin();
    await carryOn(handlerOf(storage, microsoft), atStep('approved'));
    const [made] = microsoft.state.relationships;
    assert.ok(made && made.name !== wish.name && isNameOf(made.name, wish.delegationId));
  });

  it('says who consents by hand, and goes on once that is done', async () => {
    microsoft.state.mayConsent = false;
    await begin(termsFor('full', { days: 365, autoExtend: false }));
    const run = handlerOf(storage, microsoft);
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
    microsoft.state.consents = 1;
    await retry(storage);
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
    assert.deepEqual(await timeline(), ['delegation-approved', 'delegation-failed', 'delegation-usable']);
  });

  it('waits for the client where the allowed roles cannot consent, and says where', async () => {
    microsoft.state.mayConsent = false;
    await begin(termsFor('limited', { days: 200, autoExtend: false }));
    const run = handlerOf(storage, microsoft);
    await approved(run);
    await carryOn(run, atStep('consent'));
    assert.notEqual(await run(), 'done');
    const standing = await current();
    assert.deepEqual(
      [standing?.error?.code, standing?.error?.details['link'], (await delegation()).state],
      ['consent-waiting', `https://login.microsoft.example/${client.tenantId}/adminconsent`, 'active'],
    );
    microsoft.state.consents = 1;
    await carryOn(run);
    assert.equal((await delegation()).state, 'usable');
  });

  it('never says ready without a call that worked', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await approved(run);
    microsoft.state.worksFrom = Date.now() + day;
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
    await storage.commit({
      delegations: [{ add: allowed({ id: other, client: northwind }) }],
      operations: [
        { add: delegating({ delegationId: other, client: northwind, name: 'Northwind 0e' }, 'other') },
      ],
    });
    const run = handlerOf(storage, microsoft);
    for (const id of ['o', 'other']) await run(id);
    assert.deepEqual(
      microsoft.state.relationships.map((each) => each.client?.tenantId),
      [client.tenantId, 'northwind'],
    );
  });

  it('goes on after a daily look that knew more, and takes nothing back', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await approved(run);
    microsoft.state.worksFrom = Date.now() + 5 * minute;
    await carryOn(run, atStep('probe'));
    const now = await delegation();
    await storage.commit({ delegations: [{ save: { ...now, state: 'expiring', status: 'expiring' } }] });
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
      await carryOn(handlerOf(storage, microsoft));
      assert.equal((await current())?.error?.code, 'acceptance-moved-on');
      const state: DelegationState = 'state' in before ? before.state : 'requested';
      assert.deepEqual([microsoft.state.calls, (await delegation()).state], [[], state]);
    });
  }

  it('asks for nothing that Microsoft does not know', async () => {
    await begin({ roles: [roleIds.globalAdministrator], autoExtend: true, level: 'roles' });
    await carryOn(handlerOf(storage, microsoft));
    assert.equal((await current())?.error?.code, 'delegation-roles');
    assert.deepEqual(microsoft.state.calls, []);
  });

  it('counts no failures while Microsoft is away in between', async () => {
    await begin();
    const run = handlerOf(storage, microsoft);
    await carryOn(run, atStep('approved'));
    let looks = 0;
    const { asPartner } = microsoft.desks;
    microsoft.desks.asPartner = (company) => ({
      ...asPartner(company),
      async find(id) {
        looks += 1;
        if (looks % 4 === 0) throw new PartnerError('microsoft-unavailable');
        return asPartner(company).find(id);
      },
    });
    await carryOn(run, async () => looks > 40);
    assert.equal((await stored(storage)).status, 'running');
  });
});
