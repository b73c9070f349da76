import { answerGraph } from '../../sandbox/graph/routes.ts';
import type { Answer } from '../../sandbox/graph-answer.ts';
import type { Kinds, SandboxUser, World } from '../../sandbox/world.ts';

export const tenantId = '11111111-aaaa-4aaa-8aaa-000000000001';
const origin = 'https://graph.microsoft.com';

export const roleId = {
  global: '62e90394-69f5-4237-9190-012177145e10',
  user: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  helpdesk: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  license: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
  privilegedRole: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
} as const;

export const skuId = {
  plenty: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
  two: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
};

/** A world in memory, with one empty tenant. */
function createWorld(): World {
  const kept = new Map<string, Map<string, unknown>>();
  const shelf = (kind: string, tenant: string) => {
    const found = kept.get(`${kind}/${tenant}`) ?? new Map<string, unknown>();
    kept.set(`${kind}/${tenant}`, found);
    return found;
  };
  return {
    async all<K extends keyof Kinds>(kind: K, tenant: string) {
      return [...shelf(kind, tenant).values()].map((value) => structuredClone(value) as Kinds[K]);
    },
    async get<K extends keyof Kinds>(kind: K, tenant: string, id: string) {
      return structuredClone(shelf(kind, tenant).get(id)) as Kinds[K] | undefined;
    },
    async put(kind, tenant, id, value) {
      shelf(kind, tenant).set(id, structuredClone(value));
    },
    async remove(kind, tenant, id) {
      shelf(kind, tenant).delete(id);
    },
    async tenants() {
      return [...shelf('tenant', tenantId).values()] as Kinds['tenant'][];
    },
  };
}

export interface Ask {
  as?: string;
  body?: unknown;
  headers?: Record<string, string>;
  permissions?: string[];
}

/** A small company, and a way to call the Graph as one of its people. */
export async function createCompany() {
  const world = createWorld();
  const hidden = new Set<string>();
  const time = { now: Date.parse('2026-03-01T08:00:00Z') };
  let made = 0;

  await world.put('tenant', tenantId, tenantId, {
    id: tenantId,
    cloud: 'worldwide',
    role: 'partner',
    displayName: 'Contoso Partner',
    countryLetterCode: 'VN',
    partnerTenantType: null,
    preferredLanguage: 'vi',
    phone: '+84 24 5550 0100',
    street: null,
    city: 'Hà Nội',
    mail: 'it@contoso.example',
    createdDateTime: '2020-01-01T00:00:00Z',
  });
  const domain = { isDefault: false, isInitial: false, isVerified: true };
  await world.put('domain', tenantId, 'contoso.example', {
    ...domain,
    id: 'contoso.example',
    isDefault: true,
  });
  await world.put('domain', tenantId, 'new.example', { ...domain, id: 'new.example', isVerified: false });
  const sku = { capabilityStatus: 'Enabled' };
  const plenty = { ...sku, skuId: skuId.plenty, skuPartNumber: 'O365_BUSINESS_PREMIUM', enabled: 25 };
  await world.put('sku', tenantId, skuId.plenty, plenty);
  await world.put('sku', tenantId, skuId.two, { ...sku, skuId: skuId.two, skuPartNumber: 'SPB', enabled: 2 });

  async function person(
    displayName: string,
    signIn: string,
    more: Partial<SandboxUser> = {},
    roles: string[] = [],
  ) {
    made += 1;
    const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
    await world.put('user', tenantId, id, {
      id,
      displayName,
      givenName: null,
      surname: null,
      userPrincipalName: `${signIn}@contoso.example`,
      mailNickname: signIn,
      mail: null,
      jobTitle: null,
      usageLocation: 'VN',
      preferredLanguage: null,
      businessPhones: [],
      accountEnabled: true,
      userType: 'Member',
      createdDateTime: '2024-01-01T00:00:00Z',
      licences: [],
      passwordHash: null,
      forceChangePassword: false,
      sessionsValidFrom: 0,
      goodFor: null,
      ...more,
    });
    for (const roleDefinitionId of roles) {
      const assignment = { id: `${id}-${roleDefinitionId}`, roleDefinitionId, principalId: id, createdAt: 0 };
      await world.put('roleAssignment', tenantId, assignment.id, assignment);
    }
    return id;
  }

  async function group(displayName: string) {
    made += 1;
    const id = `99999999-0000-4000-8000-${String(made).padStart(12, '0')}`;
    await world.put('group', tenantId, id, { id, displayName, securityEnabled: true });
    return id;
  }

  async function ask(
    method: string,
    address: string,
    { as, body, headers = {}, permissions = ['User.ReadWrite.All'] }: Ask = {},
  ): Promise<Answer> {
    const [path = '', query = ''] = address.split('?', 2);
    const assignments = await world.all('roleAssignment', tenantId);
    const roles = assignments.filter((one) => one.principalId === as).map((one) => one.roleDefinitionId);
    return answerGraph({
      method,
      path,
      query: new URLSearchParams(query),
      headers,
      body,
      caller: { tenantId, objectId: as, appId: 'app', roles },
      permissions,
      clock: { now: () => time.now },
      real: () => time.now,
      world,
      origin,
      hidden: (userId) => hidden.has(userId),
    });
  }

  return {
    world,
    hidden,
    time,
    ask,
    person,
    group,
    boss: await person('Trần Văn Hùng', 'hung.tran', {}, [roleId.global]),
    hr: await person('Phạm Thu Hà', 'ha.pham', {}, [roleId.user]),
    clerk: await person('Nguyễn Thị Lan', 'lan.nguyen'),
  };
}

export type Company = Awaited<ReturnType<typeof createCompany>>;

interface Body {
  error?: { code: string; message: string; details?: { code: string; target?: string }[] };
  value?: Record<string, unknown>[];
  [name: string]: unknown;
}

export function bodyOf(answer: Answer): Body {
  return (answer.body ?? {}) as Body;
}

export function errorOf(answer: Answer): string {
  return `${answer.status} ${bodyOf(answer).error?.code}: ${bodyOf(answer).error?.message}`;
}

export function names(answer: Answer): unknown[] {
  return (bodyOf(answer).value ?? []).map((item) => item['displayName']);
}

/** What a valid new user looks like. */
export function newUser(signIn: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: 'Lê Thị Nở',
    mailNickname: 'no.le',
    userPrincipalName: `${signIn}@contoso.example`,
    passwordProfile: { forceChangePasswordNextSignIn: true, password: 'Chuoi-Dai-7' },
    ...more,
  };
}
