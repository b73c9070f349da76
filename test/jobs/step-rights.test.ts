import assert from 'node:assert/strict';
import { createRunOperations } from '../../jobs/run-operations.ts';
import type { JobHandler } from '../../jobs/runner.ts';
import { createStepRights, type StepRightsDeps } from '../../jobs/step-rights.ts';
import { detect } from '../../partner/authorisations.ts';
import type { CapabilityId } from '../../partner/capabilities.ts';
import { changeSupportKind } from '../../partner/change-support.ts';
import type { Commerce } from '../../partner/commerce.ts';
import type { CompanyDesk } from '../../partner/company.ts';
import { deleteUserKind } from '../../partner/delete-user.ts';
import type { Directory, PeopleDesk, SupportGroup } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { OperationKind, StepDefinition, Work } from '../../partner/operation-kinds.ts';
import { newStep, type Operation, type Step } from '../../partner/operations.ts';
import type { Relationships } from '../../partner/relationships.ts';
import { roleIds } from '../../partner/role-ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { minh, operation } from '../storage/samples.ts';
import { noMails } from './fake-mails.ts';

const log = { info() {}, warn() {}, error() {} };
const { globalAdministrator, userAdministrator } = roleIds;
/** A reseller is allowed everything here. */
const authorised = detect(
  {
    ...{ cloud: 'worldwide' as const, partnerTenantType: 'breadthPartnerDelegatedAdmin' },
    ...{ partnerId: 'unknown' as const, agreementSigned: 'unknown' as const },
  },
  0,
);

describe('before a step of an operation', () => {
  let storage: Storage;
  let ids = 0;
  beforeEach(async () => {
    storage = await memoryStorage();
  });
  afterEach(() => storage.close());

  function handlerOf(
    kind: OperationKind,
    directory: Partial<Directory & PeopleDesk>,
    isApproved?: StepRightsDeps['isApproved'],
  ): JobHandler {
    return createRunOperations({
      storage,
      kinds: new Map([[kind.kind, kind]]),
      randomBelow: () => 0,
      directories: { as: () => directory as Directory & PeopleDesk },
      companyRecords: { as: () => ({}) as CompanyDesk },
      commerces: { as: () => ({}) as Commerce, asPartner: () => ({}) as Commerce },
      ...noMails,
      relationships: { as: () => ({}) as Relationships, asPartner: () => ({}) as Relationships },
      situations: {
        companies: { cloudOf: () => 'worldwide' },
        authorisations: { of: async () => authorised },
      },
      presenter: { progress: async () => ({ outbox: [], cardActions: [] }) },
      clock: { now: () => 1_000 },
      newId: () => String(ids++),
      newReference: () => 'REFERENCE',
      log,
      ...(isApproved === undefined ? {} : { isApproved }),
    });
  }

  const as = (role: string): Partial<Directory & PeopleDesk> => ({
    me: async () => ({ id: 'lan', displayName: '', signInName: '', roles: [role], support: [] }),
  });

  const job = { key: 'j', kind: 'run-operation', args: { operationId: 'o' }, dueAt: 0, attempts: 1 };
  const run = (handler: JobHandler) => handler({ ...job, clock: 'real' });
  async function stored(): Promise<Operation> {
    const found = await storage.operations.find('o');
    assert.ok(found);
    return found;
  }
  const codeOf = ({ steps }: Operation) => steps.find(({ error }) => error !== null)?.error?.code;

  /** Two writes with a read between them, and a note of what was asked and done. */
  function threeSteps(more: Partial<OperationKind>, found: readonly string[] = []) {
    const seen: string[] = [];
    const step = (id: string, flags: Partial<StepDefinition> = {}): StepDefinition => ({
      id,
      async run() {
        seen.push(id);
        return {};
      },
      async find() {
        seen.push(`find ${id}`);
        return found.includes(id) ? { happened: true, result: {} } : { happened: false };
      },
      ...flags,
    });
    const kind: OperationKind = {
      ...{ kind: 'test', schema: 1, needs: () => [], plan: () => [], object: () => 'it' },
      steps: { write: step('write'), read: step('read', { onlyReads: true }), after: step('after') },
      async guard() {
        seen.push('guard');
      },
      ...more,
    };
    return { kind, seen };
  }
  const three = (more: Partial<Operation> = {}) =>
    operation('o', { kind: 'test', steps: ['write', 'read', 'after'].map(newStep), ...more });

  it('the guard is asked of every write, and of nothing that only reads', async () => {
    const { kind, seen } = threeSteps({});
    await storage.commit({ operations: [{ add: three() }] });
    await run(handlerOf(kind, as(globalAdministrator)));
    assert.deepEqual(seen, ['guard', 'write', 'read', 'guard', 'after']);
    assert.equal((await stored()).status, 'done');
  });

  it('what an earlier attempt did is looked for first, so that its own effect refuses it nothing', async () => {
    const started: Step = { ...newStep('write'), status: 'started', startedAt: 5 };
    const steps = [started, newStep('read'), newStep('after')];
    for (const found of [['write'], []]) {
      const { kind, seen } = threeSteps({}, found);
      await storage.commit({ operations: [{ add: three({ id: `o${found.length}`, steps }) }] });
      const handler = handlerOf(kind, as(globalAdministrator));
      await handler({ ...job, args: { operationId: `o${found.length}` }, clock: 'real' });
      assert.deepEqual(
        seen.slice(0, 3),
        found.length === 0 ? ['find write', 'guard', 'write'] : ['find write', 'read', 'guard'],
      );
    }
  });

  it('a guard that says no before a later write ends it there', async () => {
    let asked = 0;
    const { kind, seen } = threeSteps({
      async guard() {
        asked += 1;
        if (asked > 1) throw new PartnerError('outranked');
      },
    });
    await storage.commit({ operations: [{ add: three() }] });
    await run(handlerOf(kind, as(globalAdministrator)));
    assert.deepEqual(seen, ['write', 'read']);
    const after = await stored();
    assert.deepEqual([after.status, codeOf(after)], ['failed', 'outranked']);
  });

  it('a right that it takes only by now is asked of every write', async () => {
    let takes: CapabilityId[] = [];
    const { kind, seen } = threeSteps({ needsNow: async () => takes });
    const { read } = kind.steps;
    assert.ok(read);
    read.run = async () => {
      takes = ['support-full-remove'];
      return {};
    };
    await storage.commit({ operations: [{ add: three() }] });
    await run(handlerOf(kind, as(userAdministrator)));
    assert.deepEqual(seen, ['guard', 'write', 'guard']);
    assert.equal(codeOf(await stored()), 'not-allowed');
  });

  it('a yes that ended after the first write stops the next one, and a read takes none', async () => {
    let asked = 0;
    const { kind, seen } = threeSteps({ needs: () => ['support-full'] });
    await storage.commit({ operations: [{ add: three({ approvedBy: minh }) }] });
    const isApproved = async () => {
      asked += 1;
      return asked === 1;
    };
    await run(handlerOf(kind, as(globalAdministrator), isApproved));
    assert.deepEqual([seen, asked], [['guard', 'write', 'read'], 2]);
    assert.equal(codeOf(await stored()), 'needs-second-person');
  });

  it('a yes that cannot be looked at now is waited for', async () => {
    let asked = 0;
    const { kind, seen } = threeSteps({ needs: () => ['support-full'] });
    await storage.commit({ operations: [{ add: three({ approvedBy: minh }) }] });
    const isApproved = async () => {
      asked += 1;
      if (asked === 1) throw new PartnerError('microsoft-unavailable', { retryAfterSeconds: 0 });
      return true;
    };
    const handler = handlerOf(kind, as(globalAdministrator), isApproved);
    assert.notEqual(await run(handler), 'done');
    assert.deepEqual([seen, (await stored()).status], [[], 'running']);
    assert.equal(await run(handler), 'done');
    assert.equal((await stored()).status, 'done');
  });

  /** Somebody whose support access changes while their operation is carried out. */
  function person(role: string, reads: readonly SupportGroup[][]) {
    const removed: SupportGroup[] = [];
    let read = 0;
    const groups = () =>
      (reads[Math.min(read++, reads.length - 1)] ?? []).filter((group) => !removed.includes(group));
    const directory: Partial<Directory & PeopleDesk> = {
      ...as(role),
      supportOf: async () => groups(),
      removeFromSupportGroup: async (_id, group) => void removed.push(group),
    };
    return { directory, removed };
  }
  const target = { userId: 'u', displayName: 'Bùi Ngọc Trâm', signInName: 'tram@contoso.example' };
  const args = { ...target, from: 'limited', to: 'none', clients: null };
  const { kind: change, schema, plan } = changeSupportKind;
  const changing = () => operation('o', { kind: change, schema, args, steps: plan(args) });

  it('Full that was given since the review is not taken away, by whoever it is', async () => {
    for (const role of [userAdministrator, globalAdministrator]) {
      const { directory, removed } = person(role, [['limited', 'full']]);
      await storage.commit({ operations: [{ add: { ...changing(), id: role } }] });
      await handlerOf(changeSupportKind, directory)({ ...job, args: { operationId: role }, clock: 'real' });
      const after = await storage.operations.find(role);
      assert.deepEqual([removed, after && codeOf(after)], [[], 'changed-meanwhile']);
    }
  });

  it('Full that is given between guard and write takes the right to take it away', async () => {
    const { directory, removed } = person(userAdministrator, [['limited'], ['limited', 'full']]);
    await storage.commit({ operations: [{ add: changing() }] });
    await run(handlerOf(changeSupportKind, directory));
    const after = await stored();
    assert.deepEqual([removed, codeOf(after)], [[], 'not-allowed']);
    assert.equal(after.steps[0]?.error?.details['capability'], 'support-full-remove');
  });

  it('Limited is taken away from who has Limited', async () => {
    const { directory, removed } = person(userAdministrator, [['limited']]);
    await storage.commit({ operations: [{ add: changing() }] });
    await run(handlerOf(changeSupportKind, directory));
    assert.deepEqual([removed, (await stored()).status], [['limited'], 'done']);
  });

  it('a deletion takes that right as well where it takes Full away', async () => {
    const needsOf = (...support: SupportGroup[]) => {
      const directory = { supportOf: async () => support } as Partial<Directory> as Directory & PeopleDesk;
      return deleteUserKind.needsNow?.({
        ...{ directory, company: {} as CompanyDesk, operation: changing(), mailFacts: noMails.mailFacts },
      });
    };
    assert.deepEqual(await needsOf('limited', 'full'), ['support-full-remove']);
    assert.deepEqual(await needsOf('limited', 'sales'), []);
  });

  it('nothing is asked of what is read without anybody’s sign-in', async () => {
    const rights = createStepRights({
      situations: {
        companies: { cloudOf: () => 'worldwide' },
        authorisations: { of: () => Promise.reject(new Error('asked')) },
      },
    });
    const { kind } = threeSteps({ needs: () => ['support-full'] });
    const { read } = kind.steps;
    assert.ok(read);
    const work = { operation: three() } as Work;
    assert.equal(await rights.requireRights(kind, { ...read, unattended: true }, work), undefined);
    await assert.rejects(rights.requireRights(kind, read, work));
  });
});
