import {
  type AuthenticateRequestResult,
  AuthenticationConfiguration,
  BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  type ClaimsIdentity,
  type ConnectorFactory,
  PasswordServiceClientCredentialFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Activity } from 'botframework-schema';
import type { CloudName } from '../microsoft/clouds.ts';
import { type AuthenticationAddresses, authenticationAddresses } from './authentication-clouds.ts';
import { createChannelKeys } from './authentication-keys.ts';
import { createConnectorFactory } from './connector-clients.ts';
import { isAllowedServiceUrl, serviceUrlRules } from './inbound-service-url.ts';
import { teams } from './teams-account.ts';

export type AuthenticationSettings = LocalSettings | RegisteredSettings;

interface LocalSettings {
  mode: 'local';
  /** Exact `host` or `host:port` names beside loopback, say of a container's gateway. */
  extraServiceHosts?: readonly string[];
  /** Of a call to the channel, ms; 15 s unless told. */
  timeoutMs?: number;
}

interface RegisteredSettings {
  mode: 'registered';
  appId: string;
  appPassword: string;
  /** Tenant of the bot's (single-tenant) registration. */
  tenantId: string;
  cloud: CloudName;
  extraServiceHosts?: readonly string[];
  timeoutMs?: number;
  /** Channels that are answered; Teams alone unless told. */
  channels?: readonly string[];
  /** Teams tenants whose people may write to the bot; everybody unless told. */
  allowedTenants?: readonly string[];
  /** Other addresses than the cloud's own, for a private cloud or a test. */
  addresses?: AuthenticationAddresses;
}

export type Authenticated =
  | { ok: true; result: AuthenticateRequestResult; claimsIdentity: ClaimsIdentity }
  | { ok: false; status: 401 | 403; body: AuthenticationRefusal };

/** Fixed words: nothing of the token and nothing of a library comes back. */
export interface AuthenticationRefusal {
  error: { code: 'Unauthorized' | 'Forbidden'; message: string };
}

/** Who may talk to the bot, and the token with which it talks back. */
export interface Authentication {
  /** Checks an activity that `checkInbound` accepted. Never throws: whatever goes wrong is a refusal. */
  authenticate(activity: Activity, authHeader: string | undefined): Promise<Authenticated>;
  /** For the SDK's CloudAdapter; its connectors are the cached ones. */
  sdk: BotFrameworkAuthentication;
  connectors: ConnectorFactory;
  /** Whether a message may go to this serviceUrl. */
  allowed(serviceUrl: unknown): boolean;
}

const unauthorized: AuthenticationRefusal = {
  error: { code: 'Unauthorized', message: 'The request does not come from a channel of this bot.' },
};
const forbidden: AuthenticationRefusal = {
  error: { code: 'Forbidden', message: 'This bot does not answer there.' },
};

/** A refusal with a reason for the log. */
class Refused extends Error {
  readonly status: 401 | 403;
  constructor(reason: string, status: 401 | 403 = 401) {
    super(reason);
    this.status = status;
  }
}

/**
 * The SDK's authentication behind checks that it leaves out. `local` has no registration: no token is asked
 * for and only loopback is answered. Throws when a registered mode lacks its app id, password or tenant.
 * `log` gets the reason of a refusal. https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function createAuthentication(
  settings: AuthenticationSettings,
  log: { warn(fields: object, message: string): void } = { warn: () => undefined },
): Authentication {
  const rules = serviceUrlRules(
    settings.mode === 'local' ? 'local' : settings.cloud,
    settings.extraServiceHosts,
  );
  const allowed = (serviceUrl: unknown) => isAllowedServiceUrl(serviceUrl, rules);
  const guard = settings.mode === 'local' ? localGuard() : registeredGuard(settings);
  const connectors = createConnectorFactory({
    credentials: guard.credentials,
    allowed,
    timeoutMs: settings.timeoutMs ?? 15_000,
  });

  async function check(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    if (!activity.channelId || !activity.serviceUrl) throw new Refused('channelId or serviceUrl missing');
    await guard.check(activity, authHeader);
    if (!allowed(activity.serviceUrl)) throw new Refused('serviceUrl not on the list', 403);
    const result = await guard.inner.authenticateRequest(activity, authHeader);
    if (!result.claimsIdentity.isAuthenticated) throw new Refused('not authenticated');
    return { ...result, connectorFactory: connectors };
  }

  return {
    async authenticate(activity, authHeader) {
      try {
        const result = await check(activity, authHeader ?? '');
        return { ok: true, result, claimsIdentity: result.claimsIdentity };
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown';
        log.warn({ reason, channelId: activity.channelId }, 'inbound activity refused');
        const isForbidden = error instanceof Refused && error.status === 403;
        return isForbidden
          ? { ok: false, status: 403, body: forbidden }
          : { ok: false, status: 401, body: unauthorized };
      }
    },
    sdk: new GuardedAuthentication(guard.inner, connectors, check),
    connectors,
    allowed,
  };
}

interface Guard {
  inner: BotFrameworkAuthentication;
  check(activity: Activity, authHeader: string): Promise<void>;
  credentials(
    audience: string | undefined,
  ): ReturnType<PasswordServiceClientCredentialFactory['createCredentials']>;
}

function localGuard(): Guard {
  const { scope, login } = authenticationAddresses.worldwide;
  // Without an app id the SDK asks for no token and sends none.
  const factory = new PasswordServiceClientCredentialFactory('', '');
  return {
    inner: sdkAuthentication(authenticationAddresses.worldwide, login, factory),
    check: async () => undefined,
    credentials: () => factory.createCredentials('', scope, login, true),
  };
}

function registeredGuard(settings: RegisteredSettings): Guard {
  const { appId, appPassword, tenantId, allowedTenants, channels = [teams] } = settings;
  // An empty app id would switch the SDK's authentication off.
  for (const [name, value] of Object.entries({ appId, appPassword, tenantId })) {
    if (value.trim() === '') throw new Error(`The registered bot has no ${name}.`);
  }
  const addresses = settings.addresses ?? authenticationAddresses[settings.cloud];
  const authority = `${addresses.login}/${tenantId}`;
  const factory = new PasswordServiceClientCredentialFactory(appId, appPassword, tenantId);
  const keys = createChannelKeys(addresses.channelMetadata);
  const tenants = allowedTenants?.map((tenant) => tenant.toLowerCase());

  return {
    inner: sdkAuthentication(addresses, authority, factory),
    async check(activity, authHeader) {
      // The SDK sends this channel's tokens to other keys and issuers.
      if (activity.channelId.toLowerCase() === 'asechannel') throw new Refused('channel not supported');
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authHeader)?.[1];
      if (token === undefined) throw new Refused('no token');
      // One issuer: tokens of the Emulator, of skills and of other bots have another one.
      const verified = await keys.verify(token, { issuer: addresses.issuer, audience: appId });
      if (!verified.endorsements.includes(activity.channelId))
        throw new Refused('key not endorsed for channel');
      if (verified.claims['serviceurl'] !== activity.serviceUrl)
        throw new Refused('serviceUrl not the claimed one');
      if (!channels.includes(activity.channelId)) throw new Refused('channel not on the list', 403);
      const tenant = tenantOf(activity)?.toLowerCase();
      const isOutside = tenants !== undefined && (tenant === undefined || !tenants.includes(tenant));
      if (isOutside) throw new Refused('tenant not on the list', 403);
    },
    credentials: (audience) => factory.createCredentials(appId, audience || addresses.scope, authority, true),
  };
}

function sdkAuthentication(
  addresses: AuthenticationAddresses,
  authority: string,
  credentials: PasswordServiceClientCredentialFactory,
): BotFrameworkAuthentication {
  return BotFrameworkAuthenticationFactory.create(
    '',
    true,
    authority,
    addresses.scope,
    addresses.issuer,
    addresses.tokenService,
    addresses.channelMetadata,
    addresses.emulatorMetadata,
    addresses.callerId,
    credentials,
    new AuthenticationConfiguration(),
  );
}

/** The tenant that a person writes from, as Teams names it. */
function tenantOf(activity: Activity): string | undefined {
  const tenant: unknown = activity.channelData?.tenant?.id ?? activity.conversation.tenantId;
  return typeof tenant === 'string' ? tenant : undefined;
}

/** What the CloudAdapter sees: the same checks, the cached connectors, and one token client for all turns. */
class GuardedAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  readonly #connectors: ConnectorFactory;
  readonly #check: (activity: Activity, authHeader: string) => Promise<AuthenticateRequestResult>;
  readonly #tokenClients = new Map<string, Promise<UserTokenClient>>();

  constructor(
    inner: BotFrameworkAuthentication,
    connectors: ConnectorFactory,
    check: (activity: Activity, authHeader: string) => Promise<AuthenticateRequestResult>,
  ) {
    super();
    this.#inner = inner;
    this.#connectors = connectors;
    this.#check = check;
  }

  override authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    return this.#check(activity, authHeader);
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new Refused('streaming not supported');
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    const audience = claimsIdentity.getClaimValue('aud') ?? '';
    const known = this.#tokenClients.get(audience);
    if (known !== undefined) return known;
    const made = this.#inner.createUserTokenClient(claimsIdentity);
    this.#tokenClients.set(audience, made);
    return made;
  }

  override getOriginatingAudience(): string {
    return this.#inner.getOriginatingAudience();
  }
}
