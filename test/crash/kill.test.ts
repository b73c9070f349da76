import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { wordsOf } from '../helpers/app.ts';
import { builtBot } from '../helpers/built-bot.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { readDatabase } from '../helpers/database-file.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { createFakeChannel, type FakeChannel } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { freePort } from '../helpers/free-port.ts';
import { type Call, createGate, type Gate } from '../helpers/gate.ts';
import { watchForLeaks } from '../helpers/leak-check.ts';
import { type RunningProcess, startProcess } from '../helpers/process.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const details = {
  licences: products.fabricFree.skuId,
  role: roleTemplates.licenseAdministrator,
  support: 'limited',
};

type Fits = (call: Call) => boolean;
const graph =
  (method: string, path: RegExp): Fits =>
  (call) =>
    call.method === method && path.test(call.path.replace('/graph.microsoft.com/v1.0', ''));

const create = graph('POST', /^\/users$/);

/** The call that is each step, in their order; the last one only reads. */
const calls: [step: string, fits: Fits][] = [
  ['create', create],
  ['usage-location', graph('PATCH', /^\/users\/[\w-]+$/)],
  ['licences', graph('POST', /^\/users\/[\w-]+\/assignLicense$/)],
  ['roles', graph('POST', /^\/roleManagement\/directory\/roleAssignments$/)],
  ['support', graph('POST', /^\/groups\/[\w-]+\/members\/\$ref$/)],
  ['read-back', graph('GET', /^\/users\/[\w-]+\?/)],
];

/** The call after this one: by then what this one did is stored. */
function following(fits: Fits): Fits {
  let passed = false;
  return (call) => {
    if (passed) return true;
    passed = fits(call);
    return false;
  };
}

const isLast = (each: { activity: object }) => /Done: add a user/.test(wordsOf(each));

/** A bot of its own process, data and chat. */
interface House {
  gate: Gate;
  channel: FakeChannel;
  desk: Desk;
  kill(): Promise<void>;
  start(): Promise<void>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  checkSecrets(): Promise<void>;
  close(): Promise<void>;
}

describe('kill -9 while a user is added', function () {
  this.timeout(180_000);
  let dist: string;
  let folder: string;
  let sandbox: RunningProcess | undefined;
  const houses: House[] = [];
  let runs: Promise<void>[] = [];

  before(async () => {
    dist = await builtBot();
    folder = await mkdtemp(join(tmpdir(), 'partner-bot-kill-'));
    const env = { SANDBOX_PORT: '0', SANDBOX_FILE: join(folder, 'sandbox.sqlite') };
    sandbox = startProcess(process.execPath, [join(dist, 'sandbox', 'main.js')], env);
    const [url] = await sandbox.waitForOutput(/http:\/\/[\d.]+:\d+/);
    // At the same time, each in a house of its own; every test waits for its own run.
    runs = variants.map(async ({ name, run }) => run(await house(url, name), name));
    for (const run of runs) run.catch(() => undefined);
  });
  after(async () => {
    await Promise.allSettled(runs);
    await Promise.all(houses.map((each) => each.close()));
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function house(sandboxUrl: string, name: string): Promise<House> {
    const port = await freePort();
    const [gate, channel] = await Promise.all([
      createGate(sandboxUrl),
      createFakeChannel({ botUrl: `http://localhost:${port}/api/messages` }),
    ]);
    const data = join(folder, name);
    const database = join(data, 'bot.sqlite');
    const check = watchForLeaks();
    const env = { DATA_DIR: data, PORT: String(port), SANDBOX_URL: gate.url };
    const start = async () => {
      const started = startProcess(process.execPath, [join(dist, 'main.js')], env, folder);
      await started.waitForOutput(/\/api\/messages/);
      return started;
    };
    let bot = await start();
    const made: House = {
      gate,
      channel,
      desk: await sitDown({ channel }, undefined, { as: 'teams' }),
      async kill() {
        assert.equal((await bot.kill('SIGKILL')).signal, 'SIGKILL');
      },
      async start() {
        bot = await start();
      },
      rows: (sql) => readDatabase(database, (query) => query(sql)),
      checkSecrets: async () =>
        check({ log: await readFile(join(data, 'bot.log'), 'utf8'), database, chat: channel.requests }),
      async close() {
        await bot.stop();
        await gate.close();
        await channel.close();
      },
    };
    houses.push(made);
    return made;
  }

  /** Adds a user and kills the bot each time one of these calls stands at the gate. */
  async function killedAt(here: House, name: string, stops: (() => Promise<unknown>)[]): Promise<void> {
    const { desk } = here;
    const review = await desk.openReview(name, details);
    const [first, ...rest] = stops;
    let stopped = first?.();
    await desk.press(review, 'Add a user');
    for (const next of [...rest, undefined]) {
      await stopped;
      await here.kill();
      stopped = next?.();
      await here.start();
    }
    await isWhole(here, name);
  }

  /** One user, all steps done, the last card there once, the password seen once. */
  async function isWhole(here: House, name: string): Promise<void> {
    const { desk } = here;
    const done = await desk.see(/Done: add a user/);
    const users = await readDatabase(join(folder, 'sandbox.sqlite'), (query) =>
      query("select body from documents where kind = 'user'"),
    );
    const made = users
      .map(({ body }) => JSON.parse(String(body)))
      .filter((user) => user.displayName === name);
    assert.equal(made.length, 1, `${made.length} users ${name}`);
    assert.deepEqual(await idle(here), { status: 'done', open: 'all done' });
    const audit = await here.rows('select outcome from audit_rows order by number');
    assert.deepEqual(
      audit.map(({ outcome }) => outcome),
      ['intended', 'done'],
    );

    const address = buttonsOf(done.activity).find(({ title }) => title === 'Show the password')?.url ?? '';
    const reveal = (body?: URLSearchParams) =>
      fetch(address, {
        headers: { cookie: desk.cookie },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
    const token = /name="token" value="([^"]+)"/.exec(await (await reveal()).text())?.[1] ?? '';
    const shown = await (await reveal(new URLSearchParams({ token }))).text();
    const password = /id="secret"[^>]*>([^<]+)</.exec(shown)?.[1];
    const created = here.gate.calls.filter((call) => call.answer?.status === 201 && create(call));
    assert.deepEqual(
      created.map(({ body }) => JSON.parse(body).passwordProfile.password),
      [password],
    );
    assert.equal((await reveal(new URLSearchParams({ token }))).status, 410);

    await desk.person.say('who am i');
    await desk.see(/hung\.tran/);
    const last = here.channel.shown(desk.person.conversationId).filter((activity) => isLast({ activity }));
    assert.equal(last.length, 1);
    await here.checkSecrets();
  }

  /** How the one operation stands once no job of it is left. */
  function idle(here: House): Promise<{ status: unknown; open: string }> {
    return waitUntil(
      async () => {
        const jobs = await here.rows("select key from jobs where kind = 'run-operation'");
        const [operation] = await here.rows('select status, steps from operations');
        if (jobs.length > 0 || operation === undefined) return undefined;
        const steps = JSON.parse(String(operation['steps'])) as { id: string; status: string }[];
        assert.deepEqual(
          steps.map(({ id }) => id),
          calls.map(([step]) => step),
        );
        const open = steps.filter(({ status }) => status !== 'done').map(({ id }) => id);
        return { status: operation['status'], open: open.join(', ') || 'all done' };
      },
      { what: 'the end of the operation' },
    );
  }

  /** The channel delivers an activity again that got no answer; it hears nothing until all is done. */
  async function killedAroundTheTurn(here: House, name: string): Promise<void> {
    const { desk, gate, channel } = here;
    const data = dataOf(await desk.openReview(name, details), 'Add a user');
    const confirm = () => desk.person.submit(data, { id: 'the same activity' });
    const inTurn = gate.hold('before', graph('GET', /^\/me\?/));
    const lost = assert.rejects(confirm());
    await inTurn;
    await here.kill();
    await lost;
    assert.deepEqual(await here.rows('select id from operations'), []);
    await here.start();

    await channel.down();
    const beforeCall = gate.hold('before', create);
    assert.equal((await confirm()).status, 200);
    await beforeCall;
    await here.kill();
    await here.start();
    assert.deepEqual(await idle(here), { status: 'done', open: 'all done' });
    await here.kill();
    await here.start();
    await channel.up();
    assert.equal((await confirm()).status, 200);
    await desk.person.waitFor(isLast, 20_000);
    await isWhole(here, name);
  }

  const variants = [
    {
      name: 'Lý Giữa',
      what: 'in each step, when Microsoft has done it and the bot has not heard of it',
      run: (here: House, name: string) =>
        killedAt(
          here,
          name,
          calls.map(
            ([, fits]) =>
              () =>
                here.gate.hold('after', fits),
          ),
        ),
    },
    {
      name: 'Lý Sau',
      what: 'after its result is stored: of the first step, of a later one, of the last',
      run: (here: House, name: string) =>
        killedAt(here, name, [
          ...calls
            .filter(([step]) => step === 'create' || step === 'licences')
            .map(
              ([, fits]) =>
                () =>
                  here.gate.hold('before', following(fits)),
            ),
          () => here.desk.person.waitFor(isLast, 20_000),
        ]),
    },
    {
      name: 'Lý Quanh',
      what: 'in the turn that confirms, before the first call, and before any reply is sent',
      run: killedAroundTheTurn,
    },
  ];
  variants.forEach(({ what }, index) => {
    it(`${what}: one user, all steps, every reply, the password once`, () => runs[index]);
  });
});
