import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startProcess } from './process.ts';

/** A person of the Playground's made-up tenant. The spelling of `userPrincipleName` is the Playground's own. */
interface PlaygroundUser {
  readonly id: string;
  readonly name: string;
  readonly userPrincipleName: string;
  readonly aadObjectId: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
}

export interface Playground {
  readonly url: string;
  /** Who types in the browser; a Playground process knows one such person. */
  readonly currentUser: PlaygroundUser;
  /** The five other people, members of the group chat and the team. */
  readonly users: readonly PlaygroundUser[];
  readonly tenantId: string;
  readonly conversations: { readonly personal: string; readonly group: string; readonly channel: string };
  /**
   * Sends the bot an activity that the page cannot make (another locale, another person, a group, a redelivery).
   * Fields given here replace the defaults: a message of the current user in the personal chat, en-US, with a new id.
   * Returns the whole activity. The Playground answers before it delivers: wait for what the bot does with it.
   */
  customActivity(activity: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** What the Playground printed and logged; activities that the bot refused stand in the page's log panel only. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

const tenantId = '5b1d6ef2-6c8a-4f0e-9a57-20c1e3b7a001';
const botId = '28:0d2f4d1e-partner-bot';

/** Six sample people; the first one types unless a caller names others. */
export const sampleUsers: readonly PlaygroundUser[] = [
  sampleUser(1, 'Nguyễn Thị', 'Lan', 'lan.nguyen'),
  sampleUser(2, 'Trần Văn', 'Đức', 'duc.tran'),
  sampleUser(3, 'Phạm Thu', 'Hà', 'ha.pham'),
  sampleUser(4, 'Lê Quang', 'Minh', 'minh.le'),
  sampleUser(5, 'Đỗ Thùy', 'Ương', 'uong.do'),
  sampleUser(6, 'Võ Hoàng', 'Yến', 'yen.vo'),
];

function sampleUser(number: number, family: string, given: string, mail: string): PlaygroundUser {
  const address = `${mail}@playground.example`;
  return {
    id: `29:playground-user-${number}`,
    name: `${family} ${given}`,
    userPrincipleName: address,
    aadObjectId: `5b1d6ef2-6c8a-4f0e-9a57-20c1e3b7b00${number}`,
    givenName: given,
    surname: family,
    email: address,
  };
}

/**
 * The Playground has no host setting and no password, and would listen on every network interface.
 * Loaded before it, this lets its servers listen on the loopback address only.
 */
const loopbackOnly = `
  import net from 'node:net';
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (port, ...rest) {
    return typeof port === 'number' ? listen.call(this, { port, host: '127.0.0.1' }, ...rest) : listen.call(this, port, ...rest);
  };`;

/**
 * Starts the Microsoft 365 Agents Playground against the bot's message address and resolves when it answers.
 * `users`: who types, then up to five others (sample people fill the gaps); `port` 0 takes a free one, a taken port fails.
 */
export async function startPlayground({
  botUrl,
  users = [],
  port = 0,
  conversationId = `a:${randomUUID()}`,
}: {
  botUrl: string;
  users?: readonly PlaygroundUser[];
  port?: number;
  conversationId?: string;
}): Promise<Playground> {
  const [currentUser, ...others] = sixUsers(users);
  if (!currentUser) throw new Error('The Playground needs somebody who types.');
  const conversations = {
    personal: conversationId,
    group: `19:${randomUUID()}@thread.v2`,
    channel: `19:${randomUUID()}@thread.tacv2`,
  };
  const config = {
    version: '0.1.1',
    tenantId,
    bot: { id: botId, name: 'Partner Bot' },
    currentUser,
    users: others,
    personalChat: { id: conversations.personal },
    groupChat: { id: conversations.group, name: 'Nhóm kinh doanh' },
    team: {
      id: conversations.channel,
      name: 'Contoso Partner',
      aadGroupId: '5b1d6ef2-6c8a-4f0e-9a57-20c1e3b7c001',
      channels: [{ id: `19:${randomUUID()}@thread.tacv2`, name: 'Thông báo' }],
    },
  };

  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  const configFile = join(folder, 'config.json');
  const logFile = join(folder, 'playground.log');
  await writeFile(configFile, JSON.stringify(config)); // The file is read as YAML, of which JSON is a part.
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json')),
    'cli.js',
  );
  const child = startProcess(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(loopbackOnly)}`,
      ...[cli, 'start', '--app-endpoint', botUrl, '--port', String(port), '--disable-telemetry'],
    ],
    {
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
    },
    folder,
  );
  const stop = async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const [, answeredPort] = await child.waitForOutput(/Listening on (\d+)/, 30_000);
    if (port !== 0 && answeredPort !== String(port)) throw new Error(`Port ${port} is taken.`);
    const url = `http://localhost:${answeredPort}`;
    await child.waitForUrl(`${url}/_debug/ping`);

    return {
      url,
      currentUser,
      users: others,
      tenantId,
      conversations,
      customActivity: async (activity) => {
        const whole = {
          ...defaultActivity(currentUser, conversations.personal, `${url}/_connector`),
          ...activity,
        };
        const response = await fetch(`${url}/_internal/v1/customActivities`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(whole),
        });
        if (!response.ok) throw new Error(`The Playground refused the activity with ${response.status}.`);
        return whole;
      },
      log: async () => `${child.output()}${await readFile(logFile, 'utf8').catch(() => '')}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The Playground insists on exactly five people beside the one who types, all with different ids. */
function sixUsers(users: readonly PlaygroundUser[]): readonly PlaygroundUser[] {
  const taken = new Set(users.map((user) => user.id));
  return [...users, ...sampleUsers.filter((user) => !taken.has(user.id))].slice(0, 6);
}

function defaultActivity(from: PlaygroundUser, conversationId: string, serviceUrl: string) {
  return {
    type: 'message',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    locale: 'en-US',
    from: { id: from.id, name: from.name, aadObjectId: from.aadObjectId },
    recipient: { id: botId, name: 'Partner Bot' },
    conversation: { id: conversationId, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  };
}
