import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { SandboxDelegationSettings } from '../../sandbox/delegation-kinds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedTenants } from '../../sandbox/seed/seed.ts';
import { createVisitor, type TokenAnswer } from './visitor.ts';

interface Account {
  tenantId: string;
  objectId: string;
}

interface Ask {
  method?: string;
  json?: unknown;
  headers?: Record<string, string>;
}

export const relationships = '/tenantRelationships/delegatedAdminRelationships';
export const knowsAll = { Prefer: 'include-unknown-enum-members' };
export const helpdesk = '729827e3-9c14-49f7-bb1b-9608f156bbb8';
export const cloudApplications = '158c047a-c907-4556-b7ef-446551a6b5f7';

/** Everything is there before the next call, by the sandbox's clock. */
export const atOnce: SandboxDelegationSettings = {
  by: 'clock',
  readableAfterMs: 0,
  activatingAfterMs: 0,
  activeAfterMs: 0,
  worksAfterMs: 0,
  assignedAfterMs: 0,
  terminatingAfterMs: 0,
  terminatedAfterMs: 0,
};

const second = 1000;
/** One thing each time the clock moves on by ten seconds. */
export const stepByStep: SandboxDelegationSettings = {
  by: 'clock',
  readableAfterMs: 10 * second,
  activatingAfterMs: 10 * second,
  activeAfterMs: 20 * second,
  worksAfterMs: 10 * second,
  assignedAfterMs: 10 * second,
  terminatingAfterMs: 10 * second,
  terminatedAfterMs: 20 * second,
};

/** What a partner asks of Fabrikam: `accessDetails` and the rest of a new relationship. */
export function wanted(displayName: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    displayName,
    duration: 'P30D',
    customer: { tenantId: seedTenants.fabrikam, displayName: 'Fabrikam' },
    accessDetails: rolesOf(helpdesk, cloudApplications),
    autoExtendDuration: 'PT0S',
    ...more,
  };
}

export const rolesOf = (...ids: string[]) => ({
  unifiedRoles: ids.map((roleDefinitionId) => ({ roleDefinitionId })),
});

/** Calls of Graph as seeded people, and what a client's people press in the admin center. */
export function createDelegations(sandbox: () => Sandbox) {
  const signedIn = new Map<string, Promise<TokenAnswer>>();

  function tokensOf(account: Account): Promise<TokenAnswer> {
    const known = signedIn.get(account.objectId) ?? createVisitor(sandbox().url).signIn(account);
    signedIn.set(account.objectId, known);
    return known;
  }

  async function ask(account: Account, path: string, how: Ask = {}) {
    const { access_token } = await tokensOf(account);
    const response = await createVisitor(sandbox().url).graph(access_token, path, how);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
  }

  const adminCenter = (path: string) => onSandbox(sandbox().url, `${clouds.worldwide.adminCenter}${path}`);
  const press = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(adminCenter(path), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
  const named = ({ tenantId, objectId }: Account) => `${tenantId}/${objectId}`;

  return {
    ask,
    tokensOf,

    async create(account: Account, json: object): Promise<string> {
      const { status, body } = await ask(account, relationships, { method: 'POST', json });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },

    request: (account: Account, id: string, action: string) =>
      ask(account, `${relationships}/${id}/requests`, { method: 'POST', json: { action } }),

    async statusOf(account: Account, id: string): Promise<string | number> {
      const { status, body } = await ask(account, `${relationships}/${id}`);
      return status === 200 ? body.status : status;
    },

    /** What the page behind Microsoft's link says to somebody; Vietnamese unless told. */
    async look(id: string, account?: Account, language = 'vi') {
      const query = new URLSearchParams({
        lang: language,
        ...(account && { account: named(account) }),
      });
      const path = `/AdminPortal/Home/partners/invitation/granularAdminRelationships/${id}`;
      const response = await fetch(`${adminCenter(path)}?${query}`);
      return { status: response.status, text: await response.text() };
    },

    async answer(account: Account, id: string, says: 'approve' | 'decline', headers = {}): Promise<number> {
      const path = `/AdminPortal/Home/partners/invitation/granularAdminRelationships/${id}`;
      return (await press(path, { account: named(account), answer: says }, headers)).status;
    },

    async partners(account: Account): Promise<string> {
      const query = new URLSearchParams({ lang: 'vi', account: named(account) });
      return (await fetch(`${adminCenter('/AdminPortal/Home/partners')}?${query}`)).text();
    },

    async remove(account: Account, id: string): Promise<number> {
      return (await press('/AdminPortal/Home/partners', { account: named(account), remove: id })).status;
    },

    /** A token of another company's directory, by the stored sign-in. */
    async tokenAt(account: Account, tenantId: string) {
      const { refresh_token } = await tokensOf(account);
      const asked = { grant_type: 'refresh_token', refresh_token };
      return createVisitor(sandbox().url).token(asked, tenantId);
    },
  };
}
