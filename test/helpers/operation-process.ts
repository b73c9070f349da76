import { createMailFacts } from '../../bot/mail-facts.ts';
import { createRunOperations, operationJob } from '../../jobs/run-operations.ts';
import { clouds, sandboxApplication } from '../../microsoft/clouds.ts';
import { createDirectories } from '../../microsoft/graph/directory.ts';
import { createMailboxes } from '../../microsoft/graph/mail.ts';
import { createRelationshipDesks } from '../../microsoft/graph/relationships.ts';
import { createCommerces } from '../../microsoft/partner-center/commerce.ts';
import { createCompanyRecords } from '../../microsoft/partner-center/company-records.ts';
import { createSignIn } from '../../microsoft/sign-in/sign-in.ts';
import type { AccountRef } from '../../partner/accounts.ts';
import { systemClock } from '../../partner/clock.ts';
import { kindNamed, operationKinds } from '../../partner/kinds.ts';
import type { Acceptance } from '../../partner/offers.ts';
import { type JsonObject, newOperation } from '../../partner/operations.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { acceptance } from '../storage/samples.ts';
import { approvedAtOnce, delegationsFor } from './delegation-examples.ts';
import { type Example, examples, type Kill, killable, type Target } from './operation-examples.ts';

/**
 * A process of its own. `begin`: confirms an operation of every kind for each of its writes, lets each stop for good
 * before or after that write, and then kills itself with SIGKILL. `finish`: carries all of them on to their end.
 */
const [mode = '', file = '', sandboxOrigin = '', ...actorKeys] = process.argv.slice(2);
const actors = actorKeys.map((key) => {
  const [tenantId = '', objectId = ''] = key.split('/');
  return { tenantId, objectId };
});
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const storage = await createStorage({ file, vaultKey: Buffer.alloc(32, 7) });
const cloud = clouds.worldwide;
const common = { cloud, sandboxOrigin, log };
const { tokens } = createSignIn({ ...common, ...sandboxApplication, tokenStore: storage.tokens });
const directories = createDirectories({ ...common, tokens });
const companyRecords = createCompanyRecords({ ...common, tokens });
const commerces = createCommerces({ ...common, tokens, clock: systemClock });
const mailboxes = createMailboxes({ ...common, tokens });
const relationships = approvedAtOnce(
  createRelationshipDesks({
    ...{ ...common, tokens, clientId: sandboxApplication.clientId },
    consentReturn: 'http://localhost/consent',
  }),
);
const on = { value: 'on', source: undefined, at: 0 } as const;

function runner(kill: Kill | undefined) {
  return createRunOperations({
    storage,
    kinds: operationKinds,
    directories: { as: (account, options) => killable(directories.as(account, options), kill) },
    companyRecords: { as: (account, options) => killable(companyRecords.as(account, options), kill) },
    commerces: {
      as: (account, options) => killable(commerces.as(account, options), kill),
      asPartner: commerces.asPartner,
    },
    mailboxes: {
      as: (account, options) => killable(mailboxes.as(account, options), kill),
      ofCompany: (company, address) => killable(mailboxes.ofCompany(company, address), kill),
    },
    companyMailboxes: { of: async () => undefined },
    mailFacts: createMailFacts({ storage, clock: systemClock, hash: (text) => text }),
    relationships: {
      as: (account, options) => killable(relationships.as(account, options), kill),
      asPartner: relationships.asPartner,
    },
    situations: {
      companies: { cloudOf: () => 'worldwide' },
      authorisations: {
        of: async () => ({
          ...{ deliverServices: on, delegatedAdministration: on, subscriptionAdvisor: on },
          csp: { value: 'direct', source: undefined, at: 0 },
          cloud: { value: 'worldwide', source: undefined, at: 0 },
        }),
      },
    },
    presenter: { progress: async () => ({ outbox: [], cardActions: [] }) },
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    newReference: () => 'TEST2345',
    randomBelow: (bound) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound,
    log,
  });
}

/** Where one operation stops for good: before or after its n-th write. */
interface Point {
  at: number;
  when: 'before' | 'after';
}

/** No kind has more writes than this. */
const mostWrites = 9;
const points: Point[] = Array.from({ length: mostWrites }).flatMap((_, at) => [
  { at, when: 'before' },
  { at, when: 'after' },
]);
const idOf = (kind: string, { at, when }: Point) => `${kind}.${at}.${when}`;

/** A company has one record, and only one change of it can be under way: each point takes a company of its own. */
function actorAt(kind: string, index: number): AccountRef {
  const actor = actors[kind === 'edit-company' ? index : 0];
  if (actor === undefined) throw new Error(`no company left for ${kind}`);
  return actor;
}

async function newTarget(actor: AccountRef, name: string): Promise<Target> {
  const signInName = `${name}@contosopartner.vn`;
  const made = await directories.as(actor).createUser({
    ...{ displayName: name, givenName: undefined, surname: undefined, signInName, mailNickname: name },
    password: `Aa1-${crypto.randomUUID()}`,
  });
  await directories.as(actor).setUsageLocation(made.id, 'VN');
  return { userId: made.id, signInName, displayName: name };
}

async function confirm({ kind, prepare }: Example, id: string, actor: AccountRef, index: number) {
  const target = await newTarget(actor, id);
  const args = await prepare(
    directories.as(actor),
    target,
    companyRecords.as(actor),
    index,
    relationships.as(actor),
  );
  const { schema, plan } = kindNamed(kind);
  const operation = newOperation({
    ...{ id, kind, schema, actor, personKey: 'nobody', args, steps: plan(args), cardKey: id },
    now: Date.now(),
  });
  // Who approves is tested elsewhere; here a second person has said yes.
  const approved = { ...operation, approvedBy: { tenantId: actor.tenantId, objectId: crypto.randomUUID() } };
  await storage.commit({
    operations: [{ add: approved }],
    acceptances: acceptedFor(args),
    delegations: delegationsFor(operation),
  });
}

/** What the client accepted, where it is an order. */
function acceptedFor({ acceptanceId, clientTenantId: tenantId }: JsonObject): { add: Acceptance }[] {
  if (typeof acceptanceId !== 'string' || typeof tenantId !== 'string') return [];
  const client = { tenantId, name: 'Fabrikam', domain: 'fabrikam.example' };
  return [{ add: acceptance(acceptanceId, { client, offerId: 'offer' }) }];
}

const jobOf = (id: string) => ({ ...operationJob(id, 0), attempts: 1 });

/** Runs it until it stands at its point; false when it has fewer writes and ends before. */
function standStill(id: string, { at, when }: Point): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const handler = runner({ at, when, seen: 0, reached: () => resolve(true) });
    handler(jobOf(id)).then(() => resolve(false), reject);
  });
}

async function begin(): Promise<void> {
  const begun: string[] = [];
  const stopped: string[] = [];
  for (const example of examples) {
    for (const [index, point] of points.entries()) {
      const id = idOf(example.kind, point);
      await confirm(example, id, actorAt(example.kind, index), index);
      begun.push(id);
      if (!(await standStill(id, point))) break;
      stopped.push(id);
    }
  }
  process.stdout.write(`${JSON.stringify({ begun, stopped })}\n`, () => process.kill(process.pid, 'SIGKILL'));
}

async function finish(): Promise<void> {
  const handler = runner(undefined);
  const ended = [];
  for (const id of examples.flatMap(({ kind }) => points.map((point) => idOf(kind, point)))) {
    const operation = await storage.operations.find(id);
    if (operation === undefined) continue;
    for (let round = 0; round < 10 && (await handler(jobOf(id))) !== 'done'; round++);
    const { kind, status, steps, args } = (await storage.operations.find(id)) ?? operation;
    const audit = (await storage.audit.ofOperation(id)).map((row) => row.outcome);
    const accepted = await storage.acceptances.find(String(args['acceptanceId']));
    const delegated = await storage.delegations.find(String(args['delegationId']));
    const [acceptance, delegation] = [accepted?.state ?? null, delegated?.state ?? null];
    ended.push({ id, kind, status, steps, audit, args, acceptance, delegation });
  }
  await storage.close();
  process.stdout.write(`${JSON.stringify(ended)}\n`);
}

await (mode === 'begin' ? begin() : finish());
