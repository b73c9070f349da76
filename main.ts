import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, createApp } from './app.ts';
import {
  type Config,
  ConfigError,
  databaseOf,
  readConfig,
  type SandboxConfig,
  vaultKeyFile,
} from './config.ts';
import { systemClock } from './partner/clock.ts';
import type { Log } from './partner/log.ts';
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { PortTaken } from './sandbox/server.ts';
import { followClock, readPartners } from './sandbox-link.ts';
import { createStorage } from './storage/create-storage.ts';
import type { Storage } from './storage/storage.ts';
import { microsoftSurroundings, sandboxSurroundings } from './surroundings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Ends the start with a sentence that says what to change. */
class CannotStart extends Error {}

async function start(config: Config): Promise<() => Promise<void>> {
  await mkdir(config.dataDir, { recursive: true });
  const log: Log = pino({ level: config.logLevel }, pino.destination(join(config.dataDir, 'bot.log')));
  return config.mode === 'sandbox' ? startWithSandbox(config, log) : startWithMicrosoft(config, log);
}

async function startWithSandbox(config: SandboxConfig, log: Log): Promise<() => Promise<void>> {
  const port = config.port === 0 ? await freePort() : config.port;
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const vaultKey = await ownKey(vaultKeyFile(config));
  // The sandbox's clock can be moved, and is there only once the sandbox is.
  let clock = systemClock;
  const storage = await createStorage({ ...databaseOf(config), vaultKey, log, now: () => clock.now() });
  const inside =
    config.sandbox.kind === 'inside'
      ? await startSandbox(config, config.sandbox.port, storage, log)
      : undefined;
  const origin = config.sandbox.kind === 'apart' ? config.sandbox.url : (inside?.url ?? '');
  const followed = inside === undefined ? await followClock(origin, log) : undefined;
  const surroundings = sandboxSurroundings(origin, await readPartners(origin));
  clock = inside?.clock ?? followed ?? systemClock;
  const app = createApp({ surroundings, storage, clock, vaultKey, publicUrl, log });
  await listen(app, port, ['127.0.0.1', '::1']);
  sayHow(port, origin);
  return async () => {
    await app.stop();
    followed?.stop();
    await inside?.close();
  };
}

async function startSandbox(
  config: SandboxConfig,
  port: number,
  storage: Storage,
  log: Log,
): Promise<Sandbox> {
  const sandbox = await createSandbox({
    file: join(config.dataDir, 'sandbox.sqlite'),
    port,
    waiting: () => storage.outbox.waitingForAccounts(),
    opinions: () => storage.opinions.counts(),
    log: (message, error) => log.error({ err: error }, message),
  });
  try {
    await sandbox.listen();
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    throw new CannotStart(`Port ${port} is taken. Set SANDBOX_PORT to another one.`);
  }
  return sandbox;
}

async function startWithMicrosoft(
  config: Exclude<Config, SandboxConfig>,
  log: Log,
): Promise<() => Promise<void>> {
  const { vaultKey, publicUrl } = config;
  const storage = await createStorage({ ...databaseOf(config), vaultKey, log });
  const surroundings = microsoftSurroundings(config);
  const app = createApp({ surroundings, storage, clock: systemClock, vaultKey, publicUrl, log });
  await listen(app, config.port, ['0.0.0.0']);
  say(`Partner Bot answers on port ${config.port}, reached by channels at ${publicUrl}/api/messages`);
  return () => app.stop();
}

async function listen(app: App, port: number, hosts: readonly string[]): Promise<void> {
  await app.start();
  try {
    await app.web.listen(port, hosts);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken) throw new CannotStart(`Port ${port} is taken. Set PORT to another one.`);
    throw error;
  }
}

/** Any free port: our own address must be known before we listen, since sign-in comes back to it. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The key of a tester's own vault: made once, kept beside the database, readable by its owner only. */
async function ownKey(file: string): Promise<Buffer> {
  const kept = await readFile(file).catch(() => undefined);
  if (kept?.length === 32) return kept;
  const made = randomBytes(32);
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

function sayHow(port: number, sandbox: string): void {
  const address = `http://localhost:${port}/api/messages`;
  say(`
Partner Bot answers at ${address} (127.0.0.1 and ::1)
The local Microsoft cloud: ${sandbox}/ (accounts, clock, faults, directory)

Bot Framework Emulator
  1. Open the Emulator and choose "Open Bot".
  2. Bot URL: ${address}
  3. Leave the app id and the password empty.
  4. Choose "Connect", then type: xin chào

Microsoft 365 Agents Playground
  npm run playground
`);
}

try {
  const stop = await start(readConfig(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
