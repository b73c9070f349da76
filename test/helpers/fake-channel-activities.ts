import { randomUUID } from 'node:crypto';
import type { Activity } from 'botframework-schema';

/** What a channel posts to a bot. Partial on purpose: the Emulator leaves much of an activity out. */
export type Inbound = Partial<Omit<Activity, 'timestamp'>> & { timestamp?: string; [more: string]: unknown };

/**
 * How the client behaves. `emulator`: no tenant, no aadObjectId, no conversationType, updates are not shown.
 * `teams`: Teams and the Agents Playground: tenant and aadObjectId given, updates are shown.
 */
export type ClientKind = 'emulator' | 'teams';

export interface PersonOptions {
  as?: ClientKind;
  name?: string;
  userId?: string;
  aadObjectId?: string;
  tenantId?: string;
  conversationId?: string;
  /** `personal` unless told; for `teams` only, the Emulator sends none. */
  conversationType?: 'personal' | 'groupChat' | 'channel';
  locale?: string;
  /** Zone of the person's device; the Emulator's people live in Viet Nam unless told, null: their client tells none. */
  zone?: string | null;
  /** What the bot should answer to; the channel's own address unless told. */
  serviceUrl?: string;
}

export interface Identity {
  kind: ClientKind;
  channelId: 'emulator' | 'msteams';
  conversationId: string;
  userId: string;
  /** By which the bot knows this person: outside Teams, in this conversation only. */
  key: string;
  botId: string;
  /** Everything that each activity of this person has in common. */
  common(): Inbound;
}

const fabrikamOfTests = '5a0f4a3e-0000-4000-8000-00000000fab1';

/** The unchanging part of what a person's client sends: the Emulator's or Teams'. */
export function identityOf(serviceUrl: string, options: PersonOptions): Identity {
  return options.as === 'teams'
    ? teamsIdentity(options.serviceUrl ?? serviceUrl, options)
    : emulatorIdentity(options.serviceUrl ?? serviceUrl, options);
}

function emulatorIdentity(serviceUrl: string, options: PersonOptions): Identity {
  const conversationId = options.conversationId ?? `${randomUUID()}|livechat`;
  const userId = options.userId ?? randomUUID();
  const botId = randomUUID();
  return {
    kind: 'emulator',
    key: `emulator/${encodeURIComponent(userId)}/${encodeURIComponent(conversationId)}`,
    channelId: 'emulator',
    conversationId,
    userId,
    botId,
    common: () => ({
      channelId: 'emulator',
      serviceUrl,
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      ...zoneOf(options, 'Asia/Ho_Chi_Minh'),
      locale: options.locale ?? 'en-US',
      conversation: { id: conversationId } as Activity['conversation'],
      from: { id: userId, name: options.name ?? 'User', role: 'user' },
      recipient: { id: botId, name: 'Bot', role: 'bot' },
    }),
  };
}

function teamsIdentity(serviceUrl: string, options: PersonOptions): Identity {
  const tenantId = options.tenantId ?? fabrikamOfTests;
  const aadObjectId = options.aadObjectId ?? randomUUID();
  const conversationType = options.conversationType ?? 'personal';
  const conversationId = options.conversationId ?? `a:${randomUUID()}`;
  const userId = options.userId ?? `29:${aadObjectId}`;
  const botId = '28:bot-of-tests';
  return {
    kind: 'teams',
    key: `msteams/${userId}`,
    channelId: 'msteams',
    conversationId,
    userId,
    botId,
    common: () => ({
      channelId: 'msteams',
      serviceUrl,
      id: String(Date.now()) + Math.floor(Math.random() * 1e6),
      timestamp: new Date().toISOString(),
      ...zoneOf(options, null),
      locale: options.locale ?? 'en-US',
      conversation: {
        id: conversationId,
        conversationType,
        tenantId,
        isGroup: conversationType !== 'personal',
        name: '',
      },
      from: { id: userId, name: options.name ?? 'Lan Nguyen', aadObjectId, role: 'user' },
      recipient: { id: botId, name: 'Partner Bot', role: 'bot' },
      channelData: { tenant: { id: tenantId } },
    }),
  };
}

function zoneOf({ zone }: PersonOptions, usual: string | null): { localTimezone?: string } {
  const localTimezone = zone === undefined ? usual : zone;
  return localTimezone === null ? {} : { localTimezone };
}
