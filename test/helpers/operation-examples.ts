import type { Commerce } from '../../partner/commerce.ts';
import type { CompanyDesk } from '../../partner/company.ts';
import type { Directory, PeopleDesk } from '../../partner/directory.ts';
import type { Mailbox } from '../../partner/mail.ts';
import type { JsonObject } from '../../partner/operations.ts';
import type { Relationships } from '../../partner/relationships.ts';
import { seedItems } from '../../sandbox/seed/catalogue.ts';
import { clients } from '../../sandbox/seed/clients.ts';
import { tenantIdOf } from '../../sandbox/seed/company.ts';
import { products, roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { changeExample, delegateExample } from './delegation-examples.ts';

type Desk = Directory & PeopleDesk;
type Writable = Desk | CompanyDesk | Commerce | Mailbox | Relationships;

/** Methods that write at Microsoft: at each of them a process can be killed, before or after it took effect. */
const writes = [
  'createUser',
  'setUsageLocation',
  'addLicences',
  'setPassword',
  'grantRole',
  'addToSupportGroup',
  'updateUser',
  'setAccountEnabled',
  'revokeSessions',
  'changeLicences',
  'deleteUser',
  'restoreUser',
  'removeRole',
  'removeFromSupportGroup',
  'writeNotifications',
  'writeOrganizationProfile',
  'writeSupportProfile',
  'attestAgreement',
  'createCart',
  'checkOut',
  'send',
  'create',
  'lockForApproval',
  'assign',
  'consent',
  'setAutoExtend',
  'terminate',
] as const satisfies readonly (
  | keyof Desk
  | keyof CompanyDesk
  | keyof Commerce
  | keyof Mailbox
  | keyof Relationships
)[];

export interface Kill {
  /** Counts writes from 0. */
  at: number;
  when: 'before' | 'after';
  /** Writes that were met so far, at all desks together. */
  seen: number;
  reached(): void;
}

/** A desk whose n-th write never comes back: what a killed process leaves behind. */
export function killable<T extends Writable>(desk: T, kill: Kill | undefined): T {
  return new Proxy(desk, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      if (!writes.some((write) => write === name)) return method.bind(target);
      return async (...args: unknown[]) => {
        const isHere = kill !== undefined && kill.seen++ === kill.at;
        if (!isHere) return method.apply(target, args);
        if (kill.when === 'after') await method.apply(target, args);
        kill.reached();
        return new Promise(() => undefined);
      };
    },
  });
}

export interface Example {
  kind: string;
  /** Brings the person into the state before, and answers the arguments. `index` counts those of a kind. */
  prepare(
    desk: Desk,
    target: Target,
    company: CompanyDesk,
    index: number,
    relationships: Relationships,
  ): Promise<JsonObject>;
}

export interface Target extends JsonObject {
  userId: string;
  signInName: string;
  displayName: string;
}

/** Clients that have agreed to nothing yet; each order is for one of its own. */
export const orderingClients = clients.slice(3, 12);

const fabric = products.fabricFree.skuId;
const role = roleTemplates.licenseAdministrator;

export const examples: readonly Example[] = [
  {
    kind: 'add-user',
    prepare: async (_desk, { signInName, displayName }) => ({
      displayName: `${displayName} mới`,
      givenName: 'Mới',
      surname: 'Người',
      signInName: `new.${signInName}`,
      usageLocation: 'VN',
      licences: [fabric],
      roles: [role],
      support: 'limited',
    }),
  },
  {
    kind: 'edit-user',
    prepare: async (_desk, target) => ({
      ...target,
      wanted: { jobTitle: 'Kế toán' },
      seen: { jobTitle: '' },
    }),
  },
  { kind: 'change-licences', prepare: async (_desk, target) => ({ ...target, add: [fabric], remove: [] }) },
  { kind: 'new-password', prepare: async (_desk, target) => target },
  { kind: 'block-user', prepare: async (_desk, target) => target },
  {
    kind: 'unblock-user',
    async prepare(desk, target) {
      await desk.setAccountEnabled(target.userId, false);
      return target;
    },
  },
  {
    kind: 'delete-user',
    async prepare(desk, target) {
      await desk.addLicences(target.userId, [fabric]);
      await desk.grantRole(target.userId, role);
      await desk.addToSupportGroup(target.userId, 'limited');
      return target;
    },
  },
  {
    kind: 'restore-user',
    async prepare(desk, target) {
      await desk.deleteUser(target.userId);
      return target;
    },
  },
  { kind: 'grant-role', prepare: async (_desk, target) => ({ ...target, role }) },
  {
    kind: 'remove-role',
    async prepare(desk, target) {
      await desk.grantRole(target.userId, role);
      return { ...target, role };
    },
  },
  {
    kind: 'change-support',
    async prepare(desk, target) {
      await desk.addToSupportGroup(target.userId, 'limited');
      return { ...target, from: 'limited', to: 'full' };
    },
  },
  {
    kind: 'edit-company',
    async prepare(_desk, target, company) {
      const now = await company.read();
      const seen = {
        phone: now.phone.value ?? '',
        website: now.website.value ?? '',
        privacyContact: now.privacyContact.value ?? '',
      };
      const wanted = {
        phone: `+84 28 ${target.signInName.length}555 01`,
        website: `https://${target.userId}.example.vn`,
        privacyContact: `privacy.${target.signInName}`,
      };
      const requestIds = { organization: crypto.randomUUID(), 'support-profile': crypto.randomUUID() };
      return {
        companyName: 'Contoso Partner',
        wanted,
        seen,
        requestIds,
        displayName: target.displayName,
        signInName: target.signInName,
      };
    },
  },
  {
    kind: 'confirm-order',
    async prepare(_desk, target, _company, index) {
      const client = orderingClients[index];
      if (client === undefined) throw new Error('no client left to order for');
      const { displayName: firstName, signInName: mail } = target;
      return {
        ...{ displayName: firstName, signInName: mail, offerId: 'offer', acceptanceId: target.userId },
        ...{ version: 1, clientTenantId: tenantIdOf(client), clientName: client.tenant.displayName },
        country: 'VN',
        lines: [
          {
            ...{ item: seedItems.businessStandard, name: 'Microsoft 365 Business Standard', quantity: 15 },
            ...{ term: 'P1Y', billing: 'monthly', trial: false },
          },
        ],
        requestIds: {
          cart: crypto.randomUUID(),
          checkout: crypto.randomUUID(),
          agreement: crypto.randomUUID(),
        },
        attestation: { firstName, lastName: 'Lê', mail, phone: '', agreedOn: '2026-01-05' },
      };
    },
  },
  { kind: 'delegate', prepare: async (_desk, target) => delegateExample(target) },
  {
    kind: 'extend-delegation',
    prepare: (_desk, target, _company, _index, relationships) => changeExample(target, relationships),
  },
  {
    kind: 'end-delegation',
    prepare: (_desk, target, _company, _index, relationships) => changeExample(target, relationships),
  },
  {
    kind: 'ask-global-role',
    prepare: async (_desk, { displayName, signInName }) => ({
      ...{ displayName, signInName, offerId: 'offer', clientName: 'Fabrikam', key: displayName, attempt: 0 },
      terms: { level: 'roles', roles: [roleTemplates.globalAdministrator], days: 30, autoExtend: false },
    }),
  },
  {
    kind: 'send-mail',
    prepare: async (_desk, { displayName, signInName }) => ({
      ...{ displayName, signInName, to: 'minh@fabrikam.example', subject: `Thư của ${displayName}` },
      ...{ text: 'Chào anh', html: '<p>Chào anh</p>', about: { what: 'try' } },
    }),
  },
];
