import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { createApp } from '../../app.ts';
import { authenticationAddresses } from '../../bot/authentication-clouds.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { readPartners } from '../../sandbox-link.ts';
import { createStorage } from '../../storage/create-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { sandboxSurroundings } from '../../surroundings.ts';
import { freePort } from './free-port.ts';

/** The bot as it runs with a registration: tokens of channels are asked for, and Teams' word is taken. */
export interface RegisteredBot {
  storage: Storage;
  sandbox: Sandbox;
  /** Posts a message as a channel would, with the channel's own token; answers the status. */
  say(text: string, from: ChannelSeat): Promise<number>;
  /** Texts of what waits to be sent into this conversation; nothing is ever sent. */
  waitingFor(seat: ChannelSeat): Promise<string>;
  stop(): Promise<void>;
}

export interface ChannelSeat {
  channelId: 'msteams' | 'directline' | 'webchat';
  userId: string;
  conversationId: string;
  /** What the activity says of tenant and account; Teams fills it itself, elsewhere anybody may. */
  tenantId?: string;
  aadObjectId?: string;
}

const appId = '11111111-1111-4111-8111-111111111111';
const serviceUrls = {
  msteams: 'https://smba.trafficmanager.net/emea/',
  directline: 'https://directline.botframework.com/',
  webchat: 'https://webchat.botframework.com/',
};

export async function startRegisteredBot({
  channels,
}: {
  channels?: readonly string[];
} = {}): Promise<RegisteredBot> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-bot-'));
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const endorsements = Object.keys(serviceUrls);
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'channels', use: 'sig', endorsements }];
  const keyServer = await served(keys);
  const sandbox = await createSandbox({ file: join(folder, 'sandbox.sqlite'), port: 0 });
  await sandbox.listen();
  const storage = await createStorage({ file: join(folder, 'bot.sqlite'), vaultKey: Buffer.alloc(32, 7) });
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const app = createApp({
    surroundings: {
      ...sandboxSurroundings(sandbox.url, await readPartners(sandbox.url)),
      teamsProvesAccounts: true,
      authentication: {
        ...{ mode: 'registered', appId, appPassword: 'never-used', tenantId: appId, cloud: 'worldwide' },
        ...(channels === undefined ? {} : { channels }),
        addresses: {
          ...authenticationAddresses.worldwide,
          channelMetadata: `${keyServer.origin}/metadata`,
          emulatorMetadata: `${keyServer.origin}/metadata`,
        },
      },
    },
    storage,
    clock: sandbox.clock,
    vaultKey: Buffer.alloc(32, 7),
    publicUrl,
    log: pino({ level: 'silent' }),
  });
  // Not started: what it says stays in the outbox, and no address outside this machine is called.
  await app.web.listen(port, ['127.0.0.1']);
  let said = 0;

  async function token(serviceurl: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const iss = authenticationAddresses.worldwide.issuer;
    const claims = { iss, aud: appId, serviceurl, nbf: now - 10, exp: now + 600 };
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'channels' }).sign(privateKey);
  }

  return {
    storage,
    sandbox,
    async say(text, { channelId, userId, conversationId, tenantId, aadObjectId }) {
      const serviceUrl = serviceUrls[channelId];
      const tenant = tenantId === undefined ? {} : { tenantId };
      said += 1;
      const activity = {
        ...{ type: 'message', id: `said-${said}`, channelId, serviceUrl, text },
        from: { id: userId, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
        recipient: { id: '28:bot' },
        conversation: { id: conversationId, conversationType: 'personal', ...tenant },
      };
      const answer = await fetch(`${publicUrl}/api/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token(serviceUrl)}`,
        },
        body: JSON.stringify(activity),
      });
      return answer.status;
    },
    async waitingFor({ channelId, conversationId }) {
      const rows = await storage.outbox.under('');
      const here = rows.filter(({ conversationKey }) => conversationKey === `${channelId}/${conversationId}`);
      return here.map(({ activity }) => JSON.stringify(activity)).join('\n');
    },
    async stop() {
      await app.stop();
      await sandbox.close();
      keyServer.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The published keys of the channels. */
async function served(keys: object[]): Promise<{ origin: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const { issuer } = authenticationAddresses.worldwide;
    const body = request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${origin}/keys` };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
