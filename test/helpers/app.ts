import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, createApp } from '../../app.ts';
import type { Log } from '../../partner/log.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { readPartners } from '../../sandbox-link.ts';
import { createStorage } from '../../storage/create-storage.ts';
import { sandboxSurroundings } from '../../surroundings.ts';
import { type CookieBrowser, createCookieBrowser } from './cookie-browser.ts';
import { createFakeChannel, type FakeChannel } from './fake-channel.ts';
import type { Person } from './fake-channel-person.ts';
import { freePort } from './free-port.ts';
import { watchForLeaks } from './leak-check.ts';

/** The whole bot over HTTP against a sandbox of its own, with a played channel in front. */
export interface TestBot {
  readonly app: App;
  sandbox: Sandbox;
  channel: FakeChannel;
  url: string;
  /** Everything that was logged, one JSON text a line. */
  logged(): string;
  /** Folder of both databases. */
  folder: string;
  /** Stops the bot and starts it again on the same database and port; sandbox and channel go on. */
  restart(): Promise<void>;
  /** Fails when a secret is in the log, the database or the chat. */
  checkSecrets(): Promise<void>;
  /** Checks the secrets and ends everything. */
  stop(): Promise<void>;
}

export const testVaultKey = Buffer.alloc(32, 7);

/** The whole suite runs with both: with Teams' word for who somebody is, as in production, and without. */
export const teamsProvesByDefault = process.env['TEAMS_PROVES'] === '1';

/**
 * `timeoutMs`: how long the bot waits for one answer of the sandbox. `teamsProves`: the bot takes Teams' word for
 * people. `prepare` puts databases into the folder before anything opens them.
 */
export async function startTestBot({
  timeoutMs,
  teamsProves = teamsProvesByDefault,
  prepare = async () => undefined,
}: {
  timeoutMs?: number;
  teamsProves?: boolean;
  prepare?: (folder: string) => Promise<void>;
} = {}): Promise<TestBot> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-bot-'));
  await prepare(folder);
  const lines: string[] = [];
  const log = memoryLog(lines);
  const check = watchForLeaks();
  const sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
  await sandbox.listen();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const surroundings = {
    ...sandboxSurroundings(sandbox.url, await readPartners(sandbox.url)),
    teamsProvesAccounts: teamsProves,
  };

  async function startApp(): Promise<App> {
    const storage = await createStorage({
      ...{ file: join(folder, 'bot.sqlite'), vaultKey: testVaultKey, log },
      now: () => sandbox.clock.now(),
    });
    const started = createApp({
      surroundings,
      storage,
      clock: sandbox.clock,
      vaultKey: testVaultKey,
      publicUrl: url,
      log,
      timeoutMs,
    });
    await started.start();
    await started.web.listen(port, ['127.0.0.1', '::1']);
    return started;
  }

  const checkSecrets = () =>
    check({
      log: lines.join('\n'),
      database: join(folder, 'bot.sqlite'),
      chat: channel.requests,
    });

  let app = await startApp();
  const channel = await createFakeChannel({ botUrl: `${url}/api/messages` });
  return {
    get app() {
      return app;
    },
    sandbox,
    channel,
    url,
    folder,
    logged: () => lines.join('\n'),
    async restart() {
      await app.stop();
      app = await startApp();
    },
    checkSecrets,
    async stop() {
      try {
        await checkSecrets();
      } finally {
        await channel.close();
        await app.stop();
        await sandbox.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The logger of the bot itself, with its way of writing errors. */
function memoryLog(lines: string[]): Log {
  const level = (label: string) => ({ level: label });
  return pino({ formatters: { level } }, { write: (line) => void lines.push(line.trimEnd()) });
}

/**
 * Opens the link of a sign-in card as a browser would, picks the account where Microsoft asks for one, and answers what
 * the page says at last.
 */
export async function openSignIn(
  address: string,
  account: { tenantId: string; objectId: string },
  browser: CookieBrowser = createCookieBrowser(),
): Promise<{ status: number; page: string; code: string; cookie: string }> {
  let shown = await browser.open(address);
  if (shown.at.includes('/oauth2/v2.0/authorize')) {
    const body = new URLSearchParams({ account: `${account.tenantId}/${account.objectId}` });
    shown = await browser.open(shown.at, { method: 'POST', body });
  }
  const { page, response, at } = shown;
  const code = /class="code"[^>]*>([\d ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
  return { status: response.status, page, code, cookie: browser.cookie('partner_bot_session', at) };
}

/** Signs the person in as this account, from `sign in` to the code; answers the browser's session cookie. */
export async function signInAs(
  person: Person,
  account: { tenantId: string; objectId: string },
): Promise<string> {
  const before = person.received().length;
  await person.say('sign in');
  const received = await person.waitFor(
    (each) => signInAddress(each) !== undefined && person.received().indexOf(each) >= before,
  );
  const { code, cookie } = await openSignIn(signInAddress(received) ?? '', account);
  if (code !== '') await person.say(code);
  return cookie;
}

export function signInAddress(received: { activity: object }): string | undefined {
  const text = JSON.stringify(received.activity);
  return /"url":"(http[^"]*\/sign-in\/[^"]*)"/.exec(text)?.[1];
}

/** All words of a message or card, for assertions about what a person reads. */
export function wordsOf(received: { activity: object }): string {
  const found: string[] = [];
  const walk = (value: unknown, key = ''): void => {
    if (typeof value === 'string' && ['text', 'title', 'label', 'placeholder'].includes(key))
      found.push(value);
    else if (Array.isArray(value)) for (const each of value) walk(each, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, name);
  };
  walk(received.activity);
  return found.join('\n');
}
