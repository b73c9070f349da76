import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createRunOperations } from '../../jobs/run-operations.ts';
import type { JobHandler } from '../../jobs/runner.ts';
import { addUserKind } from '../../partner/add-user.ts';
import { detect } from '../../partner/authorisations.ts';
import type { Commerce } from '../../partner/commerce.ts';
import type { CompanyDesk } from '../../partner/company.ts';
import type { Directory, PeopleDesk, User } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Mailbox } from '../../partner/mail.ts';
import { visibleStep } from '../../partner/one-step.ts';
import type { OperationKind, Work } from '../../partner/operation-kinds.ts';
import { newStep, type Operation } from '../../partner/operations.ts';
import type { Relationships } from '../../partner/relationships.ts';
import type { Storage } from '../../storage/storage.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { lan, operation } from '../storage/samples.ts';
import { noMails } from './fake-mails.ts';

const hour = 60 * 60 * 1000;
const log = { info() {}, warn() {}, error() {} };
const unavailable = () => new PartnerError('microsoft-unavailable', { retryAfterSeconds: 0 });
const nothingKnown = detect(
  { cloud: 'worldwide', partnerTenantType: undefined, partnerId: 'unknown', agreementSigned: 'unknown' },
  0,
);
const allowed: Partial<Directory> = {
  me: async () => ({ id: 'lan', displayName: '', signInName: '', roles: [], support: [] }),
};

describe('running an operation', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await memoryStorage();
  });
  afterEach(() => storage.close());

  /** One kind of operation with one step, unless told. */
  function kindOf(step: Partial<OperationKind['steps'][string]>): OperationKind {
    const only = {
      id: 'only',
      run: async () => ({}),
      find: async () => ({ happened: false as const }),
      ...step,
    };
    return { kind: 'test', schema: 1, needs: () => [], plan: () => [], steps: { only }, object: () => 'it' };
  }

  function handlerOf(
    kind: OperationKind,
    directory: Partial<Directory> = allowed,
    authorisations = async () => nothingKnown,
  ): JobHandler {
    let ids = 0;
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
        authorisations: { of: authorisations },
      },
      presenter: { progress: async () => ({ outbox: [], cardActions: [] }) },
      clock: { now: () => 1_000 },
      newId: () => String(ids++),
      newReference: () => 'REFERENCE',
      log,
    });
  }

  const only = (more: Partial<Operation> = {}) =>
    operation('o', { kind: 'test', steps: [newStep('only')], ...more });
  const job = { key: 'j', kind: 'run-operation', args: { operationId: 'o' }, dueAt: 0, attempts: 1 };
  const run = (handler: JobHandler) => handler({ ...job, clock: 'real' });
  async function stored(): Promise<Operation> {
    const found = await storage.operations.find('o');
    assert.ok(found);
    return found;
  }

  /** Runs it whenever it wants to be run, until it ends; answers how long that took, ms. */
  async function untilDone(handler: JobHandler): Promise<number> {
    mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
    const from = Date.now();
    try {
      for (let runs = 0; runs < 50; runs++) {
        const outcome = await run(handler);
        if (outcome === 'done') return Date.now() - from;
        mock.timers.setTime(outcome.againAt);
      }
      return assert.fail('it never ends');
    } finally {
      mock.timers.reset();
    }
  }

  it('ends after some hours when the rights of the person can never be read', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const handler = handlerOf(kindOf({}), { me: () => Promise.reject(unavailable()) });
    assert.ok((await untilDone(handler)) >= 4 * hour);
    const { status, steps } = await stored();
    assert.equal(status, 'failed');
    assert.equal(steps[0]?.startedAt, null);
  });

  it('waits, and is not refused, while nobody can tell what the company is allowed', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const unread = { unread: { code: 'microsoft-unavailable' } } as const;
    const signs = { cloud: 'worldwide', partnerTenantType: unread, partnerId: unread } as const;
    let authorisations = detect({ ...signs, agreementSigned: unread }, 0);
    const kind = { ...kindOf({}), needs: () => ['delegations' as const] };
    const handler = handlerOf(kind, allowed, async () => authorisations);
    assert.notEqual(await run(handler), 'done');
    const { status, steps } = await stored();
    assert.deepEqual([status, steps[0]?.error?.code], ['running', 'microsoft-unavailable']);
    authorisations = detect({ ...signs, partnerTenantType: 'syndicatePartner', agreementSigned: true }, 0);
    assert.equal(await run(handler), 'done');
    assert.equal((await stored()).status, 'done');
  });

  it('is refused when Microsoft says that the company has not the authorisation', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const kind = { ...kindOf({}), needs: () => ['delegations' as const] };
    assert.equal(await run(handlerOf(kind)), 'done');
    assert.equal((await stored()).steps[0]?.error?.code, 'not-allowed');
  });

  it('ends after some hours when nobody can tell whether a step happened', async () => {
    const started = { ...newStep('only'), status: 'started' as const, startedAt: 5 };
    await storage.commit({ operations: [{ add: only({ steps: [started] }) }] });
    const handler = handlerOf(kindOf({ find: () => Promise.reject(unavailable()) }));
    assert.ok((await untilDone(handler)) >= 4 * hour);
    assert.equal((await stored()).status, 'failed');
  });

  it('keeps the proof and the secret of the first attempt for the next one', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    let made = 0;
    const used: string[] = [];
    const kind = kindOf({
      before: async () => {
        made += 1;
        return { before: { try: made }, secret: { value: `secret ${made}`, lifetimeMs: 1_000 } };
      },
      async run({ secret }: Work) {
        used.push(await secret());
        if (used.length === 1) throw new PartnerError('microsoft-unknown-outcome');
        return {};
      },
    });
    const handler = handlerOf(kind);
    assert.notEqual(await run(handler), 'done');
    assert.equal(await run(handler), 'done');
    assert.deepEqual(used, ['secret 1', 'secret 1']);
    const { status, steps } = await stored();
    assert.deepEqual([status, steps[0]?.before], ['done', { try: 1 }]);
  });

  it('is not done before Microsoft shows it, and is written once', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const looks = [false, true];
    let writes = 0;
    const visible = visibleStep({
      id: 'only',
      isDone: async () => looks.shift() ?? assert.fail('looked too often'),
      async write() {
        writes += 1;
      },
    });
    const handler = handlerOf(kindOf(visible));
    assert.notEqual(await run(handler), 'done');
    const waiting = await stored();
    assert.deepEqual([waiting.status, waiting.steps[0]?.error?.code], ['running', 'not-visible-yet']);
    assert.equal(await run(handler), 'done');
    assert.deepEqual([(await stored()).status, writes], ['done', 1]);
  });

  it('that Microsoft accepts and never shows is not called done', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const never = visibleStep({ id: 'only', isDone: async () => false, write: async () => undefined });
    const handler = handlerOf(kindOf(never));
    while ((await run(handler)) !== 'done');
    const { status, steps } = await stored();
    assert.deepEqual([status, steps[0]?.error?.code], ['failed', 'not-visible-yet']);
  });

  it('makes a new secret where the first one is gone, and keeps the first proof', async () => {
    const started = { ...newStep('only'), status: 'started' as const, startedAt: 5, before: { try: 0 } };
    await storage.commit({ operations: [{ add: only({ steps: [started] }) }] });
    const kind = kindOf({
      before: async () => ({ before: { try: 1 }, secret: { value: 'new', lifetimeMs: 1_000 } }),
      run: async ({ secret }: Work) => ({ length: (await secret()).length }),
    });
    assert.equal(await run(handlerOf(kind)), 'done');
    const [step] = (await stored()).steps;
    assert.deepEqual([step?.before, step?.result], [{ try: 0 }, { length: 3 }]);
  });

  it('that somebody calls off meanwhile stays so, and keeps what its step came to', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    let runs = 0;
    const kind = kindOf({
      async run() {
        runs += 1;
        if (runs === 1)
          await storage.commit({ operations: [{ save: { ...(await stored()), status: 'cancelled' } }] });
        return {};
      },
    });
    const handler = handlerOf(kind);
    assert.equal(await run(handler), 'done');
    assert.equal(await run(handler), 'done');
    const { status, steps } = await stored();
    assert.deepEqual([runs, status, steps[0]?.status], [1, 'cancelled', 'done']);
  });

  it('that somebody calls off meanwhile keeps how its step failed', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const kind = kindOf({
      async run() {
        await storage.commit({ operations: [{ save: { ...(await stored()), status: 'cancelled' } }] });
        throw new PartnerError('not-allowed');
      },
    });
    assert.equal(await run(handlerOf(kind)), 'done');
    const { status, steps } = await stored();
    assert.deepEqual([status, steps[0]?.status], ['cancelled', 'failed']);
  });

  it('goes on when the person signed in while it noticed that they had to', async () => {
    await storage.commit({ operations: [{ add: only() }] });
    const directory = {
      async me() {
        await storage.commit({ tokens: [{ signedIn: lan, secret: 'tokens of the new sign-in' }] });
        throw new PartnerError('sign-in-needed');
      },
    };
    assert.equal(await run(handlerOf(kindOf({}), directory)), 'done');
    const [waiting] = await storage.operations.signedInSince(1);
    assert.ok(waiting);
    await storage.commit({ operations: [{ save: { ...waiting, status: 'running' } }] });
    assert.equal(await run(handlerOf(kindOf({}))), 'done');
    assert.equal((await stored()).status, 'done');
  });

  it('waits for the sign-in when nothing came in between', async () => {
    await storage.commit({ tokens: [{ signedIn: lan, secret: 'tokens that have expired' }] });
    await storage.commit({ operations: [{ add: only() }] });
    const directory = { me: () => Promise.reject(new PartnerError('sign-in-expired')) };
    assert.equal(await run(handlerOf(kindOf({}), directory)), 'done');
    assert.equal((await stored()).status, 'waiting-sign-in');
    assert.deepEqual(await storage.operations.signedInSince(1), []);
  });

  it('waits for a sign-in, and not for a renewal, when it is refused again and again', async () => {
    await storage.commit({ tokens: [{ signedIn: lan, secret: 'tokens' }], operations: [{ add: only() }] });
    const directory = {
      async me() {
        const generation = (await storage.tokens.load(lan))?.generation ?? 0;
        assert.ok(await storage.tokens.renew(lan, { generation, tokens: 'renewed, and refused again' }));
        throw new PartnerError('sign-in-needed');
      },
    };
    assert.equal(await run(handlerOf(kindOf({}), directory)), 'done');
    assert.equal((await stored()).status, 'waiting-sign-in');
    assert.deepEqual(await storage.operations.signedInSince(1), []);
  });
});

describe('creating a user whose first attempt was found too late', () => {
  const wish = { displayName: 'Lê An', signInName: 'an.le@contoso.example', givenName: 'An', surname: 'Lê' };
  const user: User = {
    id: 'made',
    ...wish,
    mailNickname: 'an.le',
    usageLocation: undefined,
    accountEnabled: true,
    licences: [],
    createdAt: new Date(2_000).toISOString(),
  };
  const step = { ...newStep('create'), before: { absent: true, at: 1_000 } };
  const work = (found: User | undefined, again: boolean): Work => ({
    directory: {
      createUser: () => Promise.reject(new PartnerError('sign-in-name-taken')),
      userBySignInName: async () => found,
    } as Partial<Directory> as Directory & PeopleDesk,
    company: {} as CompanyDesk,
    commerce: {} as Commerce,
    mailbox: {} as Mailbox,
    mailFacts: noMails.mailFacts,
    companyMailbox: () => Promise.reject(new Error('no mail')),
    relationships: {} as Relationships,
    asPartner: {} as Relationships,
    commerceAsPartner: {} as Commerce,
    operation: operation('o', {
      args: { ...wish, usageLocation: 'VN', licences: [], roles: [], support: 'none' },
    }),
    step,
    again,
    secret: async () => 'secret',
    now: () => 3_000,
    randomBelow: () => 0,
  });
  const create = addUserKind.steps['create'];

  it('takes the user that the first attempt has made', async () => {
    assert.deepEqual(await create?.run(work(user, true)), { userId: 'made' });
  });

  const taken = [
    { what: 'there was no first attempt', found: user, again: false, code: 'sign-in-name-taken' },
    {
      what: 'the user is somebody else',
      found: { ...user, displayName: 'Lê Anh' },
      again: true,
      code: 'sign-in-name-taken',
    },
    {
      what: 'the user cannot be found yet',
      found: undefined,
      again: true,
      code: 'microsoft-unknown-outcome',
    },
  ];
  for (const { what, found, again, code } of taken) {
    it(`does not when ${what}`, async () => {
      await assert.rejects(async () => create?.run(work(found, again)), { code });
    });
  }

  it('that is called otherwise by now is no outage: it is looked at a few times, and then told', async () => {
    const renamed = { ...work(user, false), step: newStep('read-back') };
    const directory = {
      userById: async () => ({ ...user, signInName: 'an.le.moi@contosopartner.vn' }),
      rolesOf: async () => [],
      supportOf: async () => [],
    } as Partial<Directory> as Directory & PeopleDesk;
    const made = { ...newStep('create'), status: 'done' as const, result: { userId: 'made' } };
    const operation = { ...renamed.operation, steps: [made, renamed.step] };
    await assert.rejects(
      async () => addUserKind.steps['read-back']?.run({ ...renamed, directory, operation }),
      {
        code: 'not-visible-yet',
        details: { missing: 'sign-in-name' },
      },
    );
  });
});
