import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createVisitor } from './visitor.ts';

type Account = { tenantId: string; objectId: string };

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const { partnerCenter, graph } = clouds.worldwide;

/** Calls of Partner Center, and of Graph, as seeded people. `sandbox` may change when it is started again. */
export function createPartner(sandbox: () => Sandbox) {
  const tokens = new Map<string, string>();

  async function tokenOf(account: Account, resource: string): Promise<string> {
    const key = `${account.objectId} ${resource}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const visitor = createVisitor(sandbox().url);
    const scope = `openid ${resource}/.default`;
    const { access_token } = await visitor.signIn(account, visitor.authorizeAddress({ scope }));
    tokens.set(key, access_token);
    return access_token;
  }

  async function send(token: string, address: string, { method = 'GET', body, headers }: Ask) {
    const response = await fetch(onSandbox(sandbox().url, address), {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = (await response.text()).replace(/^\uFEFF/, '');
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  }

  async function ask(account: Account, path: string, how: Ask = {}) {
    return send(await tokenOf(account, partnerCenter), `${partnerCenter}/v1${path}`, how);
  }

  return {
    ask,

    /** Status and, of a refusal, Microsoft's number. */
    async outcome(account: Account, path: string, how: Ask = {}): Promise<[number, number | undefined]> {
      const { status, body } = await ask(account, path, how);
      return [status, body.code];
    },

    async graph(account: Account, path: string) {
      return send(await tokenOf(account, graph), `${graph}/v1.0${path}`, {});
    },

    /** What a cart calls `<product>:<sku>` in Vietnam now. */
    async catalogItem(account: Account, item: string): Promise<string> {
      const [product, sku] = item.split(':');
      const path = `/products/${product}/skus/${sku}/availabilities?country=VN`;
      return (await ask(account, path)).body.items[0].catalogItemId;
    },
  };
}
