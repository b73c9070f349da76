import assert from 'node:assert/strict';
import type { AccountRef } from '../../partner/accounts.ts';
import type { NewRelationship } from '../../partner/relationships.ts';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { failureOf } from './commerce-stage.ts';
import { meddling } from './meddling.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

describe('delegated administration with the sandbox', () => {
  let open: OpenSandbox;
  const opened: { close(): Promise<void> }[] = [];
  before(async () => {
    open = await openSandbox();
    // By the movable clock, so that nothing depends on how fast this runs.
    await open.sandbox.world.put('delegationSettings', 'delegation', 'settings', {
      by: 'clock',
      readableAfterMs: minute,
      activatingAfterMs: minute,
      activeAfterMs: 2 * minute,
      worksAfterMs: 3 * minute,
      assignedAfterMs: minute,
      terminatingAfterMs: minute,
      terminatedAfterMs: 2 * minute,
    });
  });
  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await open.close();
  });

  const minute = 60_000;
  const { billingAdministrator, helpdeskAdministrator, globalAdministrator } = roleTemplates;
  const wanted: NewRelationship = {
    name: 'Contoso 1',
    clientTenantId: seedTenants.fabrikam,
    roles: [helpdeskAdministrator, billingAdministrator],
    durationDays: 365,
    autoExtend: true,
  };

  async function as(account: keyof typeof seedAccounts) {
    const connected = connect(open.sandbox);
    await connected.signInAs(seedAccounts[account]);
    return connected.relationships.as(seedAccounts[account]);
  }

  /** Made and readable. */
  async function made(name: string, more: Partial<NewRelationship> = {}) {
    const desk = await as('adminAgent');
    const { id } = await desk.create({ ...wanted, name, ...more });
    await open.sandbox.clock.advance(minute);
    return { desk, id };
  }

  it('makes one that can be read only after a while, by id and by name', async () => {
    const desk = await as('adminAgent');
    const created = await desk.create(wanted);
    assert.deepEqual(
      [created.status, created.activatedAt, created.endsAt, created.client],
      ['created', undefined, undefined, { tenantId: seedTenants.fabrikam, name: '' }],
    );
    assert.equal(await desk.find(created.id), undefined);
    assert.equal(await desk.byName(wanted.name), undefined);
    await open.sandbox.clock.advance(minute);
    const found = await desk.find(created.id);
    assert.deepEqual(
      [found?.name, found?.roles.toSorted(), found?.durationDays, found?.autoExtend],
      [wanted.name, wanted.roles.toSorted(), 365, true],
    );
    assert.equal((await desk.byName(wanted.name))?.id, created.id);
  });

  it('says what is wrong with a wish', async () => {
    const { desk } = await made('Taken');
    const wishes: [Partial<NewRelationship>, string][] = [
      [{ name: 'Taken' }, 'relationship-name-taken'],
      [{ name: 'N'.repeat(51) }, 'relationship-refused'],
      [{ durationDays: 0 }, 'relationship-refused'],
      [{ durationDays: 1095 }, 'relationship-refused'],
      [{ clientTenantId: crypto.randomUUID() }, 'relationship-refused'],
      [{ roles: [] }, 'relationship-refused'],
      [{ roles: [globalAdministrator] }, 'relationship-refused'],
    ];
    for (const [wish, code] of wishes) {
      const failure = await failureOf(desk.create({ ...wanted, name: crypto.randomUUID(), ...wish }));
      assert.equal(failure.code, code, JSON.stringify(wish));
    }
  });

  it('lets sales agents read and not write, and people without a task do neither', async () => {
    const sales = await as('sales');
    assert.ok((await sales.list()).length > 0);
    assert.equal((await failureOf(sales.create({ ...wanted, name: 'Sales' }))).code, 'not-allowed');
    assert.equal((await failureOf((await as('plain')).list())).code, 'not-allowed');
  });

  it('reads with the application’s own token what jobs need, and nothing that Microsoft made', async () => {
    const { id } = await made('For jobs');
    const jobs = connect(open.sandbox).relationships.asPartner(seedTenants.contoso);
    assert.equal((await jobs.find(id))?.name, 'For jobs');
    assert.deepEqual(await jobs.assignments(id), []);
    const all = await jobs.list();
    assert.ok(all.some((one) => one.id === id));
    const kept = await open.sandbox.world.all('relationship', seedTenants.contoso);
    assert.ok(kept.some(({ displayName }) => displayName.startsWith('MLT_')));
    assert.ok(all.every(({ name }) => !name.startsWith('MLT_')));
  });

  it('asks the client, twice without harm; then nothing can be taken back', async () => {
    const { desk, id } = await made('Asked');
    await desk.lockForApproval(id);
    await desk.lockForApproval(id);
    assert.equal((await desk.find(id))?.status, 'approvalPending');
    assert.equal((await failureOf(desk.remove(id))).code, 'relationship-refused');
    assert.equal((await failureOf(desk.terminate(id))).code, 'relationship-refused');
  });

  it('removes what nobody was asked for, twice without harm', async () => {
    const { desk, id } = await made('Removed');
    await desk.remove(id);
    await desk.remove(id);
    assert.equal(await desk.find(id), undefined);
    await desk.terminate(id);
  });

  it('switches the extension, also where somebody else comes first', async () => {
    const { id } = await made('Extended', { autoExtend: false });
    const colleague = await as('globalAdmin');
    let first = true;
    const meddled = await meddling(open.sandbox, opened, {
      instead: ({ method }) => {
        if (method !== 'PATCH' || !first) return undefined;
        first = false;
        return { status: 412, body: { error: { code: 'PreconditionFailed', message: 'x' } } };
      },
    });
    await meddled.signInAs(seedAccounts.adminAgent);
    await meddled.relationships.as(seedAccounts.adminAgent).setAutoExtend(id, true);
    assert.equal((await colleague.find(id))?.autoExtend, true);
    await colleague.setAutoExtend(id, false);
    assert.equal((await colleague.find(id))?.autoExtend, false);
  });

  it('gives no group anything before the client approved', async () => {
    const { desk, id } = await made('Not yet');
    const failure = await failureOf(desk.assign(id, await desk.groupOf('full'), wanted.roles));
    assert.equal(failure.code, 'relationship-refused');
    assert.equal(await desk.probe(seedTenants.fabrikam), false);
  });

  describe('from the wish to its end', () => {
    const cloudApplicationAdministrator = '158c047a-c907-4556-b7ef-446551a6b5f7';
    const tenantId = seedTenants.adventureWorks;
    const boss = seedAccounts.adventureWorksGlobalAdmin;

    /** What a person of the client does on Microsoft's page behind the link. */
    async function answersAs(person: AccountRef, link: string, answer: Record<string, string>) {
      const { origin, pathname, hash } = new URL(link);
      return fetch(`${origin}${pathname}${hash.slice(1)}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ account: `${person.tenantId}/${person.objectId}`, ...answer }),
      });
    }

    it('is approved on Microsoft’s page, set up, usable, and ended by the client', async () => {
      const roles = [cloudApplicationAdministrator, helpdeskAdministrator];
      const { desk, id } = await made('Whole life', { clientTenantId: tenantId, roles });
      const { clock } = open.sandbox;
      const status = async () => (await desk.find(id))?.status;
      await desk.lockForApproval(id);
      const link = desk.approvalLink(id);
      assert.equal((await answersAs(seedAccounts.fabrikamBilling, link, { answer: 'approve' })).status, 403);
      assert.equal(await status(), 'approvalPending');
      assert.equal((await answersAs(boss, link, { answer: 'approve' })).status, 303);
      assert.equal(await status(), 'approved');
      await clock.advance(2 * minute);
      const active = await desk.find(id);
      assert.equal(active?.status, 'active');
      const days = (Date.parse(active?.endsAt ?? '') - Date.parse(active?.activatedAt ?? '')) / 86_400_000;
      assert.equal(days, wanted.durationDays);

      const groupId = await desk.groupOf('full');
      await desk.assign(id, groupId, roles);
      await desk.assign(id, groupId, roles);
      const [assigned, ...others] = await desk.assignments(id);
      assert.deepEqual([assigned?.groupId, assigned?.status, others], [groupId, 'pending', []]);
      assert.equal((await failureOf(desk.consent(tenantId))).code, 'not-allowed');
      assert.equal(await desk.probe(tenantId), false);
      await clock.advance(3 * minute);
      assert.equal((await desk.assignments(id))[0]?.status, 'active');
      assert.equal(await desk.probe(tenantId), false);
      await desk.consent(tenantId);
      await desk.consent(tenantId);
      assert.equal(await desk.probe(tenantId), true);
      assert.equal(await (await as('helpdesk')).probe(tenantId), false);
      assert.equal(await desk.probe(seedTenants.fabrikam), false);

      await desk.setAutoExtend(id, false);
      const left = link.replace(/#.*/, '#/partners');
      assert.equal((await answersAs(boss, left, { remove: id })).status, 303);
      assert.equal(await status(), 'terminationRequested');
      await desk.terminate(id);
      await clock.advance(2 * minute);
      assert.equal(await status(), 'terminated');
      assert.equal(await desk.probe(tenantId), false);
    });

    it('is let in by hand where our person may not consent', async () => {
      const desk = await as('adminAgent');
      const link = new URL(desk.consentLink(seedTenants.tailwind));
      const { tenantId: tailwind, objectId } = seedAccounts.tailwindGlobalAdmin;
      const answer = await fetch(link, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ account: `${tailwind}/${objectId}` }),
      });
      const back = new URL(answer.headers.get('location') ?? '');
      assert.equal(`${back.origin}${back.pathname}`, link.searchParams.get('redirect_uri'));
      assert.equal(back.searchParams.get('admin_consent'), 'True');
    });

    it('ends by the partner’s hand', async () => {
      const { desk, id } = await made('Ended', { clientTenantId: tenantId });
      await desk.lockForApproval(id);
      await answersAs(boss, desk.approvalLink(id), { answer: 'approve' });
      await open.sandbox.clock.advance(2 * minute);
      await desk.terminate(id);
      await desk.terminate(id);
      await open.sandbox.clock.advance(2 * minute);
      assert.equal((await desk.find(id))?.status, 'terminated');
    });
  });
});
