import { ConnectorClient, ConnectorFactory } from 'botframework-connector';
import { createHttpClient, NoAnswer } from './connector-http.ts';

type Credentials = ConstructorParameters<typeof ConnectorClient>[0];

interface Dependencies {
  /** The bot's own credentials for an audience; the cloud's channels unless told. */
  credentials(audience: string | undefined): Promise<Credentials>;
  allowed(serviceUrl: unknown): boolean;
  timeoutMs: number;
}

/** The serviceUrl is not one that this bot answers; nothing was sent and no token was fetched. */
export class ServiceUrlRefused extends Error {
  constructor() {
    super('The serviceUrl is not on the list.');
    this.name = 'ServiceUrlRefused';
  }
}

/** More service addresses than channels have; a flood of made-up ones must not fill the memory. */
const mostClients = 50;

/** Parts of the SDK's pipeline that re-send requests or carry them elsewhere. Its own options leave them in. */
const unwanted = ['defaultRetryPolicy', 'redirectPolicy', 'proxyPolicy'];

/**
 * Connector clients behind the SDK's factory hook: one per serviceUrl, as building one costs more than a turn;
 * one try per request; a time-out; no client, and so no token, for an address off the list (throws
 * ServiceUrlRefused).
 */
export function createConnectorFactory(dependencies: Dependencies): ConnectorFactory {
  return new CachedConnectorFactory(dependencies);
}

class CachedConnectorFactory extends ConnectorFactory {
  readonly #dependencies: Dependencies;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();

  constructor(dependencies: Dependencies) {
    super();
    this.#dependencies = dependencies;
  }

  override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    if (!this.#dependencies.allowed(serviceUrl)) throw new ServiceUrlRefused();
    const key = `${audience ?? ''} ${serviceUrl}`;
    const known = this.#clients.get(key);
    // Taken out and put back: the one that was used longest ago is first to go.
    this.#clients.delete(key);
    const client = known ?? this.#make(serviceUrl, audience);
    this.#clients.set(key, client);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > mostClients && oldest !== undefined) this.#clients.delete(oldest);
    return client;
  }

  async #make(serviceUrl: string, audience: string | undefined): Promise<ConnectorClient> {
    const { credentials, timeoutMs } = this.#dependencies;
    const client = new ConnectorClient(signing(await credentials(audience), timeoutMs), {
      baseUri: serviceUrl,
      httpClient: createHttpClient(timeoutMs),
      noRetryPolicy: true,
    });
    withoutResending(client);
    return client;
  }
}

interface Pipeline {
  getOrderedPolicies(): { name: string }[];
  removePolicy(which: { name: string }): unknown;
}

/** `noRetryPolicy` is ignored by this version of the SDK, so the parts are taken out by name. */
function withoutResending(client: ConnectorClient): void {
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  const present = pipeline.getOrderedPolicies().map((policy) => policy.name);
  for (const name of unwanted) {
    // A renamed part would go on re-sending messages unseen.
    if (!present.includes(name)) throw new Error(`The SDK's connector has no ${name} any more.`);
    pipeline.removePolicy({ name });
  }
}

/** A token that cannot be had means that nothing was sent. Waits no longer than a request would. */
function signing(inner: Credentials, timeoutMs: number): Credentials {
  return {
    async signRequest(request) {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('time-out')), timeoutMs);
      });
      try {
        return await Promise.race([inner.signRequest(request), limit]);
      } catch (error) {
        throw new NoAnswer(false, 'NO_TOKEN', error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
