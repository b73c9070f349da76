import assert from 'node:assert/strict';
import { createRunOperations, operationJob } from '../../jobs/run-operations.ts';
import { clouds } from '../../microsoft/clouds.ts';
import { createCompanyRecords } from '../../microsoft/partner-center/company-records.ts';
import type { AccountRef } from '../../partner/accounts.ts';
import type { CompanyDesk, CompanyRecords } from '../../partner/company.ts';
import type { Directories, Directory, PeopleDesk } from '../../partner/directory.ts';
import { kindNamed, operationKinds } from '../../partner/kinds.ts';
import { type JsonObject, newOperation, type Operation } from '../../partner/operations.ts';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { connect, type OpenSandbox, openSandbox } from '../microsoft/signed-in.ts';

type Desk = Directory & PeopleDesk;
type Writable = Desk | CompanyDesk;

/** Methods that write at Microsoft: at each of them a process can be killed, before or after it took effect. */
const writes = [
  'createUser',
  'setUsageLocation',
  'addLicences',
  'setPassword',
  'grantRole',
  'addToSupportGroup',
  'updateUser',
  'setAccountEnabled',
  'revokeSessions',
  'changeLicences',
  'deleteUser',
  'restoreUser',
  'removeRole',
  'removeFromSupportGroup',
  'writeNotifications',
  'writeOrganizationProfile',
  'writeSupportProfile',
] as const satisfies readonly (keyof Desk | keyof CompanyDesk)[];

interface Kill {
  /** Counts writes from 0. */
  at: number;
  when: 'before' | 'after';
  /** Writes that were met so far, at all desks together. */
  seen: number;
  reached(): void;
}

/** A desk whose n-th write never comes back: what a killed process leaves behind. */
function killable<T extends Writable>(desk: T, kill: Kill | undefined): T {
  return new Proxy(desk, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      if (!writes.some((write) => write === name)) return method.bind(target);
      return async (...args: unknown[]) => {
        const isHere = kill !== undefined && kill.seen++ === kill.at;
        if (!isHere) return method.apply(target, args);
        if (kill.when === 'after') await method.apply(target, args);
        kill.reached();
        return new Promise(() => undefined);
      };
    },
  });
}

interface Example {
  kind: string;
  /** Brings the person into the state before, and answers the arguments. */
  prepare(desk: Desk, target: Target, company: CompanyDesk): Promise<JsonObject>;
}

interface Target extends JsonObject {
  userId: string;
  signInName: string;
  displayName: string;
}

const fabric = products.fabricFree.skuId;
const role = roleTemplates.licenseAdministrator;

const examples: readonly Example[] = [
  {
    kind: 'add-user',
    prepare: async (_desk, { signInName, displayName }) => ({
      displayName: `${displayName} mới`,
      givenName: 'Mới',
      surname: 'Người',
      signInName: `new.${signInName}`,
      usageLocation: 'VN',
      licences: [fabric],
      roles: [role],
      support: 'limited',
    }),
  },
  {
    kind: 'edit-user',
    prepare: async (_desk, target) => ({
      ...target,
      wanted: { jobTitle: 'Kế toán' },
      seen: { jobTitle: '' },
    }),
  },
  { kind: 'change-licences', prepare: async (_desk, target) => ({ ...target, add: [fabric], remove: [] }) },
  { kind: 'new-password', prepare: async (_desk, target) => target },
  { kind: 'block-user', prepare: async (_desk, target) => target },
  {
    kind: 'unblock-user',
    async prepare(desk, target) {
      await desk.setAccountEnabled(target.userId, false);
      return target;
    },
  },
  {
    kind: 'delete-user',
    async prepare(desk, target) {
      await desk.addLicences(target.userId, [fabric]);
      await desk.grantRole(target.userId, role);
      await desk.addToSupportGroup(target.userId, 'limited');
      return target;
    },
  },
  {
    kind: 'restore-user',
    async prepare(desk, target) {
      await desk.deleteUser(target.userId);
      return target;
    },
  },
  { kind: 'grant-role', prepare: async (_desk, target) => ({ ...target, role }) },
  {
    kind: 'remove-role',
    async prepare(desk, target) {
      await desk.grantRole(target.userId, role);
      return { ...target, role };
    },
  },
  {
    kind: 'change-support',
    async prepare(desk, target) {
      await desk.addToSupportGroup(target.userId, 'limited');
      return { ...target, from: 'limited', to: 'full' };
    },
  },
  {
    kind: 'edit-company',
    async prepare(_desk, target, company) {
      const now = await company.read();
      const seen = {
        phone: now.phone.value ?? '',
        website: now.website.value ?? '',
        privacyContact: now.privacyContact.value ?? '',
      };
      const wanted = {
        phone: `+84 28 ${target.signInName.length}555 01`,
        website: `https://${target.userId}.example.vn`,
        privacyContact: `privacy.${target.signInName}`,
      };
      const requestIds = { organization: crypto.randomUUID(), 'support-profile': crypto.randomUUID() };
      return {
        companyName: 'Contoso Partner',
        wanted,
        seen,
        requestIds,
        displayName: target.displayName,
        signInName: target.signInName,
      };
    },
  },
];

describe('every operation, killed at every write', function () {
  this.timeout(60_000);
  let open: OpenSandbox;
  let storage: Storage;
  let actor: AccountRef;
  let directories: Directories;
  let companyRecords: CompanyRecords;
  let people = 0;

  before(async () => {
    open = await openSandbox();
    storage = await memoryStorage();
    const house = connect(open.sandbox);
    actor = await house.signInAs(seedAccounts.globalAdmin);
    directories = house.directories;
    const { tokens, log } = house;
    const sandboxOrigin = open.sandbox.url;
    companyRecords = createCompanyRecords({ cloud: clouds.worldwide, tokens, sandboxOrigin, log });
  });
  after(async () => {
    await storage.close();
    await open.close();
  });

  it('has an example of every kind', () => {
    const known = examples.map(({ kind }) => kind).sort();
    assert.deepEqual(known, [...operationKinds.keys()].sort());
  });

  async function newTarget(): Promise<Target> {
    people += 1;
    const signInName = `target${people}@contosopartner.vn`;
    const displayName = `Người ${people}`;
    const made = await directories.as(actor).createUser({
      displayName,
      givenName: undefined,
      surname: undefined,
      signInName,
      mailNickname: `target${people}`,
      password: `Aa1-${crypto.randomUUID()}`,
    });
    await directories.as(actor).setUsageLocation(made.id, 'VN');
    return { userId: made.id, signInName, displayName };
  }

  async function confirmed({ kind, prepare }: Example): Promise<Operation> {
    const args = await prepare(directories.as(actor), await newTarget(), companyRecords.as(actor));
    const { schema, plan } = kindNamed(kind);
    const operation = newOperation({
      ...{ id: crypto.randomUUID(), kind, schema, actor, personKey: 'nobody', args, steps: plan(args) },
      cardKey: crypto.randomUUID(),
      now: Date.now(),
    });
    // Who approves is tested elsewhere; here a second person has said yes.
    const approved = {
      ...operation,
      approvedBy: { tenantId: actor.tenantId, objectId: crypto.randomUUID() },
    };
    await storage.commit({ operations: [{ add: approved }] });
    return approved;
  }

  function runner(kill: Kill | undefined) {
    return createRunOperations({
      storage,
      kinds: operationKinds,
      directories: { as: (account, options) => killable(directories.as(account, options), kill) },
      companyRecords: { as: (account, options) => killable(companyRecords.as(account, options), kill) },
      situations: {
        companies: { cloudOf: () => 'worldwide' },
        authorisations: {
          of: async () => {
            const on = { value: 'on', source: undefined, at: 0 } as const;
            const csp = { value: 'direct', source: undefined, at: 0 } as const;
            const cloud = { value: 'worldwide', source: undefined, at: 0 } as const;
            return { deliverServices: on, delegatedAdministration: on, subscriptionAdvisor: on, csp, cloud };
          },
        },
      },
      presenter: { progress: async () => undefined },
      clock: open.sandbox.clock,
      newId: () => crypto.randomUUID(),
      newReference: () => 'TEST2345',
      randomBelow: (bound) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  }

  /** Runs until nothing is left to do, without waiting out the pauses. */
  async function run(operation: Operation): Promise<Operation> {
    const handler = runner(undefined);
    const job = { ...operationJob(operation.id, 0), attempts: 1 };
    for (let round = 0; round < 10 && (await handler(job)) !== 'done'; round++);
    return (await storage.operations.find(operation.id)) ?? assert.fail('the operation is gone');
  }

  /** False when the operation has fewer writes than that. */
  async function killAt(operation: Operation, at: number, when: Kill['when']): Promise<boolean> {
    const job = { ...operationJob(operation.id, 0), attempts: 1 };
    return new Promise((resolve, reject) => {
      const handler = runner({ at, when, seen: 0, reached: () => resolve(true) });
      handler(job).then(() => resolve(false), reject);
    });
  }

  async function assertDone(operation: Operation): Promise<void> {
    assert.equal(operation.status, 'done', JSON.stringify(operation.steps));
    assert.deepEqual([...new Set(operation.steps.map((step) => step.status))], ['done']);
    const audit = await storage.audit.ofOperation(operation.id);
    assert.deepEqual(
      audit.map((row) => row.outcome),
      ['done'],
    );
  }

  for (const example of examples) {
    it(`${example.kind} ends right wherever it is killed`, async () => {
      for (let at = 0; ; at++) {
        const before = await confirmed(example);
        if (!(await killAt(before, at, 'before'))) {
          assert.ok(at > 0, 'it writes at least once');
          await assertDone(await run(before));
          return;
        }
        await assertDone(await run(before));
        const after = await confirmed(example);
        assert.ok(await killAt(after, at, 'after'));
        await assertDone(await run(after));
        const { displayName, signInName } = after.args;
        const named = (await open.sandbox.world.all('user', actor.tenantId)).filter(
          (user) => user.displayName === displayName && user.userPrincipalName === signInName,
        );
        assert.equal(named.length, example.kind === 'delete-user' ? 0 : 1, 'one person, not two');
      }
    });
  }
});
