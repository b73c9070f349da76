import { setTimeout as wait } from 'node:timers/promises';
import { cloudOfAdminCenter } from './admin-center/hosts.ts';
import { createAdminCenter } from './admin-center/routes.ts';
import { createAuthenticate } from './authenticate.ts';
import type { OpinionCount, WaitingMessages } from './console/accounts-page.ts';
import { createConsole } from './console/routes.ts';
import { openSandboxDatabase } from './database.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGraphMount } from './graph-mount.ts';
import { json, type SandboxAnswer, type SandboxRequest } from './http.ts';
import { createMovableClock, type MovableClock } from './movable-clock.ts';
import { deliverOrders } from './partner-center/delivery.ts';
import { createPartnerCenterMount } from './partner-center-mount.ts';
import { createRequestLog, type LoggedRequest } from './request-log.ts';
import { cataloguePlaces } from './seed/catalogue.ts';
import { seedDocuments } from './seed/seed.ts';
import { createSandboxServer } from './server.ts';
import { createSettings } from './settings.ts';
import { cloudOfGraph, cloudOfLogin, cloudOfPartnerCenter } from './sign-in/clouds.ts';
import { createGrants } from './sign-in/grants.ts';
import { loadSigningKeys } from './sign-in/keys.ts';
import { createSignInRoutes } from './sign-in/routes.ts';
import { createTokens } from './sign-in/tokens.ts';
import type { World } from './world.ts';
import { createWorld } from './world-store.ts';

export interface SandboxOptions {
  /** SQLite file of its own; made when absent. */
  file: string;
  /** 0: any free port. */
  port: number;
  host?: string;
  /** Messages that wait until an account is signed in, for the console. */
  waiting?: () => Promise<WaitingMessages[]>;
  /** Thumbs on the bot's help answers, for the console. */
  opinions?: () => Promise<OpinionCount[]>;
  /** Told of errors inside the sandbox: they are bugs. */
  log?: (message: string, error: unknown) => void;
}

export interface Sandbox {
  /** `http://127.0.0.1:3979`; the real port once it listens. */
  readonly url: string;
  readonly clock: MovableClock;
  readonly world: World;
  readonly faults: Faults;
  /** The last 500 calls, oldest first. */
  requests(): LoggedRequest[];
  /** Throws PortTaken. */
  listen(): Promise<void>;
  /** Starts over: the seeded world, real time, no faults, everybody signed out. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const worldSetting = 'world-id';

/** The local Microsoft cloud: sign-in pages, Graph, Partner Center and a console, on loopback and on its own SQLite file. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const database = await openSandboxDatabase(options.file);
  const settings = createSettings(database);
  const world = await createWorld(database);
  const clock = await createMovableClock(settings, Date.now);
  const faults = createFaults({ real: Date.now });
  const log = createRequestLog();
  const keys = await loadSigningKeys(settings);
  const grants = createGrants(database, clock);
  let worldId = (await settings.read(worldSetting)) ?? '';
  const closing = new AbortController();
  let port = options.port;

  async function startOver(): Promise<void> {
    await world.replace(seedDocuments());
    await grants.clear();
    await clock.reset();
    // Written last: a start that was killed half-way begins again.
    worldId = crypto.randomUUID();
    await settings.write(worldSetting, worldId);
  }

  /** A file from before there was a catalogue gets one. */
  async function fillCatalogue(): Promise<void> {
    if ((await world.all('product', 'worldwide')).length > 0) return;
    for (const { tenantId, id, product } of cataloguePlaces())
      await world.put('product', tenantId, id, product);
  }

  const tokens = createTokens({ keys, world, clock, worldId: () => worldId });
  const times = { world, clock, real: Date.now };
  const authenticate = await createAuthenticate({ keys, times, worldId: () => worldId });
  const sleep = (ms: number) => wait(ms, undefined, { signal: closing.signal }).catch(() => undefined);
  const signIn = createSignInRoutes({ ...times, grants, keys, tokens });
  const graph = createGraphMount({ ...times, faults, authenticate, sleep });
  const adminCenter = createAdminCenter(times);
  const partnerCenter = createPartnerCenterMount({ ...times, faults, authenticate, sleep });

  const sandbox: Sandbox = {
    get url() {
      return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    },
    clock,
    world,
    faults,
    requests: log.list,
    async listen() {
      ({ port } = await server.listen());
    },
    async reset() {
      await startOver();
      faults.clear();
      log.clear();
    },
    async close() {
      closing.abort();
      await server.close();
      await database.destroy();
    },
  };
  const pages = createConsole({ sandbox, waiting: options.waiting, opinions: options.opinions });

  async function route(request: SandboxRequest, requestId: string): Promise<SandboxAnswer> {
    await deliverOrders(times);
    if (request.host === '') return pages(request);
    if (cloudOfLogin(request.host) !== undefined) return signIn(request);
    if (cloudOfAdminCenter(request.host) !== undefined) return adminCenter(request);
    if (cloudOfGraph(request.host) !== undefined) return graph(request, requestId);
    if (cloudOfPartnerCenter(request.host) !== undefined) return partnerCenter(request, requestId);
    return json(404, {
      error: 'unknown_host',
      error_description: `The sandbox does not stand in for ${request.host}.`,
    });
  }

  async function answer(request: SandboxRequest): Promise<SandboxAnswer> {
    // Partner Center goes by the id that the caller made, Graph by one of its own.
    const isPartnerCenter = cloudOfPartnerCenter(request.host) !== undefined;
    const given = isPartnerCenter ? request.headers['ms-requestid'] : undefined;
    const requestId = given ?? crypto.randomUUID();
    const answered = await route(request, requestId).catch((error: unknown): SandboxAnswer => {
      if (error instanceof URIError)
        return json(400, { error: { code: 'BadRequest', message: 'Malformed address.' } });
      options.log?.(`${request.method} /${request.host}${request.path} failed`, error);
      return json(500, { error: { code: 'generalException', message: 'The sandbox itself failed.' } });
    });
    if (request.host !== '') {
      const isSignIn = cloudOfLogin(request.host) !== undefined;
      const query = request.query.toString();
      log.add({
        at: clock.now(),
        method: request.method,
        path: `/${request.host}${request.path}${isSignIn || query === '' ? '' : `?${query}`}`,
        status: answered === 'reset' ? 'reset' : answered.status,
        requestId,
      });
    }
    return answered;
  }

  const server = createSandboxServer({ host, port: options.port, answer });
  if (worldId === '') await startOver();
  else await fillCatalogue();
  return sandbox;
}
