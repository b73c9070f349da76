import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountRef, accountKey } from '../../partner/accounts.ts';
import { operationKinds } from '../../partner/kinds.ts';
import { tenantIdOf } from '../../sandbox/seed/company.ts';
import { guidFor } from '../../sandbox/seed/identifiers.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { World } from '../../sandbox/world.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { examples, orderingClients } from '../helpers/operation-examples.ts';
import { startProcess } from '../helpers/process.ts';
import { connect, type OpenSandbox, openSandbox } from '../microsoft/signed-in.ts';

interface Ended {
  id: string;
  kind: string;
  status: string;
  steps: { status: string }[];
  audit: string[];
  args: { displayName: string; signInName: string };
  /** Of a client, where it is an order. */
  acceptance: string | null;
  /** Of a client, where it is about delegated administration. */
  delegation: string | null;
}

/** How the client's delegation stands in the end. */
const delegationAfter: Readonly<Record<string, string>> = {
  delegate: 'usable',
  'extend-delegation': 'usable',
  'end-delegation': 'ended',
};

/** How often each kind writes at Microsoft; it is killed before and after each of these. */
const writesOf: Readonly<Record<string, number>> = {
  'add-user': 5,
  'edit-user': 1,
  'change-licences': 1,
  'new-password': 1,
  'block-user': 2,
  'unblock-user': 1,
  'delete-user': 4,
  'restore-user': 1,
  'grant-role': 1,
  'remove-role': 1,
  'change-support': 2,
  'edit-company': 3,
  'confirm-order': 3,
  'send-mail': 1,
  delegate: 5,
  'extend-delegation': 1,
  'end-delegation': 1,
  // Only a second person's yes.
  'ask-global-role': 0,
};

/** Nothing can tell whether a killed mail left, so a person is asked. */
const isAsked = (id: string, stopped: readonly string[]) =>
  id.startsWith('send-mail.') && stopped.includes(id);

/** Those for whom the first orders are. */
const clientsOf = (count: number) => orderingClients.slice(0, count).map(tenantIdOf).sort();

/** Enough for every point of an operation that only one company can have under way. */
const companies = 2 * 3 + 1;

/** A company like the first one, with the same people. Answers its Global admin. */
async function anotherCompany(world: World): Promise<AccountRef> {
  const { tenantId, objectId } = seedAccounts.globalAdmin;
  const copy = crypto.randomUUID();
  const tenant = (await world.get('tenant', tenantId, tenantId)) ?? assert.fail('no company to copy');
  await world.put('tenant', copy, copy, { ...tenant, id: copy });
  for (const kind of ['domain', 'user', 'group', 'roleAssignment', 'sku'] as const) {
    for (const each of await world.all(kind, tenantId)) {
      const id = kind === 'sku' ? (each as { skuId: string }).skuId : (each as { id: string }).id;
      await world.put(kind, copy, id, each);
    }
  }
  return { tenantId: copy, objectId };
}

/** Every order has to attest; and what is written shows at once, as nobody waits here. */
async function clientsAgreeToNothing(world: World): Promise<void> {
  for (const { key } of orderingClients) {
    await world.remove('agreement', seedAccounts.globalAdmin.tenantId, guidFor(`agreement:${key}`));
  }
  const atOnce = { by: 'real', visibleAfterMs: 0, completedAfterMs: 0 } as const;
  await world.put('shopSettings', 'shop', 'settings', atOnce);
  await world.put('delegationSettings', 'delegation', 'settings', {
    ...{ by: 'real', readableAfterMs: 0, activatingAfterMs: 0, activeAfterMs: 0, worksAfterMs: 0 },
    ...{ assignedAfterMs: 0, terminatingAfterMs: 0, terminatedAfterMs: 0 },
  });
}

describe('every operation, killed (kill -9) at every write', function () {
  this.timeout(240_000);
  let open: OpenSandbox;
  let folder: string;
  let file: string;
  let actors: AccountRef[];

  before(async () => {
    open = await openSandbox();
    folder = await mkdtemp(join(tmpdir(), 'partner-bot-'));
    file = join(folder, 'bot.sqlite');
    const house = connect(open.sandbox);
    const storage = await createStorage({ file, vaultKey: Buffer.alloc(32, 7) });
    await clientsAgreeToNothing(open.sandbox.world);
    actors = [seedAccounts.globalAdmin];
    while (actors.length < companies) actors.push(await anotherCompany(open.sandbox.world));
    for (const actor of actors) {
      const account = await house.signInAs(actor);
      const secret = house.tokenStore.of(account) ?? assert.fail('no tokens');
      await storage.commit({ tokens: [{ signedIn: account, secret }] });
    }
    await storage.close();
  });
  after(async () => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has an example of every kind', () => {
    const known = examples.map(({ kind }) => kind).sort();
    assert.deepEqual(known, [...operationKinds.keys()].sort());
  });

  /** Starts the process of one mode; answers its last line and how it ended. */
  async function run(mode: 'begin' | 'finish') {
    const script = join(import.meta.dirname, '..', 'helpers', 'operation-process.ts');
    const args = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', script];
    const child = startProcess(process.execPath, [
      ...[...args, mode, file, open.sandbox.url],
      ...actors.map(accountKey),
    ]);
    const { signal } = await child.exited;
    const line = child.output().trim().split('\n').at(-1) ?? '';
    assert.match(line, /^[[{]/, child.output());
    return { signal, said: JSON.parse(line) as unknown };
  }

  it('ends done, each of them once', async () => {
    const begun = await run('begin');
    assert.equal(begun.signal, 'SIGKILL');
    const { begun: all, stopped } = begun.said as { begun: string[]; stopped: string[] };
    for (const { kind } of examples) {
      const reached = stopped.filter((point) => point.startsWith(`${kind}.`));
      assert.equal(reached.length, 2 * (writesOf[kind] ?? 0), `${kind} was killed at ${reached.join(', ')}`);
    }
    const ended = (await run('finish')).said as Ended[];
    assert.deepEqual(ended.map(({ id }) => id).sort(), all.sort());
    const staffs = actors.map(({ tenantId }) => open.sandbox.world.all('user', tenantId));
    const users = (await Promise.all(staffs)).flat();
    for (const { id, kind, status, steps, audit, args, acceptance, delegation } of ended) {
      const asked = isAsked(id, stopped);
      assert.equal(status, asked ? 'failed' : 'done', `${id}: ${JSON.stringify(steps)}`);
      assert.deepEqual([...new Set(steps.map((step) => step.status))], [asked ? 'asked' : 'done'], id);
      assert.deepEqual(audit, ['intended', asked ? 'unknown' : 'done'], id);
      assert.equal(acceptance, kind === 'confirm-order' ? 'provisioned' : null, id);
      assert.equal(delegation, delegationAfter[kind] ?? null, id);
      const named = users.filter(
        (user) => user.displayName === args.displayName && user.userPrincipalName === args.signInName,
      );
      assert.equal(named.length, kind === 'delete-user' ? 0 : 1, `${id}: one person, not two`);
    }
    const { tenantId } = seedAccounts.globalAdmin;
    const orders = await open.sandbox.world.all('order', tenantId);
    const points = all.filter((id) => id.startsWith('confirm-order.'));
    assert.deepEqual(
      orders.map((order) => order.customerId).sort(),
      clientsOf(points.length),
      'one order each',
    );
    const made = (await open.sandbox.world.all('relationship', tenantId)).map((one) => one.displayName);
    const delegations = all.filter((id) => /^(delegate|extend-delegation|end-delegation)\./.test(id));
    const ours = made.filter((name) => name.startsWith('Adventure Works '));
    assert.deepEqual([ours.length, new Set(ours).size], [delegations.length, delegations.length]);
    const mails = await open.sandbox.world.all('mail', tenantId);
    const subjects = mails.map(({ subject }) => subject);
    assert.equal(new Set(subjects).size, subjects.length, 'no mail twice');
    // Before its only write nothing has left; after it, and where nobody was killed, one mail has.
    assert.equal(subjects.length, 2);
  });
});
