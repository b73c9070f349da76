import type { AuthorisationId } from './authorisations.ts';
import type { SupportGroup } from './directory.ts';
import type { Unread } from './errors.ts';
import type { ManualRoute } from './links.ts';
import { roleIds } from './role-ids.ts';

/** Everything that the bot can do for a person; commands, buttons and refusals all ask this table. */
export const capabilityIds = [
  'users',
  'add-user',
  'edit-user',
  'assign-licences',
  'new-password',
  'block-user',
  'delete-user',
  'roles',
  'grant-role',
  'grant-privileged-role',
  'support-limited',
  'support-full',
  'support-full-remove',
  'company',
  'edit-company',
  'confirm-company',
  'authorisations',
  'state-authorisations',
  'domains',
  'subscriptions',
  'settings',
  'approvals',
  'history',
  'history-all',
  'set-colleague',
  'offers',
  'make-offer',
  'confirm-order',
  'delegations',
  'offer-delegation',
  'delegate-global',
  'extend-delegation',
  'end-delegation',
  'record-delegation',
  'product-keys',
] as const;

export type CapabilityId = (typeof capabilityIds)[number];

export type CloudName = 'worldwide' | '21vianet';

/** The facts that decide: where the company lives, what it is allowed, and what the person holds, read now. */
export interface Situation {
  cloud: CloudName;
  /** The signed-in account belongs to a partner company that this deployment serves. */
  staff: boolean;
  /** Directory role template ids. */
  roles: readonly string[];
  support: readonly SupportGroup[];
  /** Authorisations of the company that are on; one that Microsoft does not show counts as off. */
  authorisations: readonly AuthorisationId[];
  /** Those that could not be read just now, which counts as neither on nor off. */
  unread?: Readonly<Partial<Record<AuthorisationId, Unread>>>;
}

export type Verdict =
  | { allowed: true; secondPerson: boolean }
  /** It hangs on something that cannot be known now; asked again a little later, there is an answer. */
  | { allowed: false; reason: 'unknown'; unread: Unread; authorisations: readonly AuthorisationId[] }
  | {
      allowed: false;
      reason: 'not-staff' | 'cloud' | 'authorisation' | 'role';
      whoCan: readonly string[];
      /** For `authorisation`: any one of these would be enough. */
      authorisations: readonly AuthorisationId[];
      route: ManualRoute;
    };

interface Rule {
  /** Any one of these roles or groups is enough; both left out: every staff member. */
  roles?: readonly string[];
  support?: readonly SupportGroup[];
  /** Left out: every cloud. */
  clouds?: readonly CloudName[];
  /** Any one of these is enough; left out: none is needed. */
  authorisations?: readonly AuthorisationId[];
  /** Somebody else has to say yes: who may do it, or who holds one of the roles named here. */
  secondPerson?: true | { roles: readonly string[] };
  route: ManualRoute;
}

const {
  globalAdministrator: global,
  userAdministrator: users,
  licenseAdministrator: licences,
  privilegedRoleAdministrator: roles,
  helpdeskAdministrator: helpdesk,
  passwordAdministrator: passwords,
} = roleIds;

/** A partner sells as a reseller or as an advisor. */
const sellers: readonly AuthorisationId[] = ['csp', 'subscription-advisor'];

/** Whoever administers clients decides what is asked of them. */
const delegating = {
  roles: [global],
  support: ['full'],
  authorisations: ['delegated-administration'],
  route: 'partner-center-company',
} as const satisfies Rule;

const rules: Readonly<Record<CapabilityId, Rule>> = {
  users: { route: 'admin-center-users' },
  'add-user': { roles: [global, users], route: 'admin-center-users' },
  'edit-user': { roles: [global, users], route: 'admin-center-users' },
  'assign-licences': { roles: [global, users, licences], route: 'admin-center-users' },
  'new-password': { roles: [global, users, helpdesk, passwords], route: 'admin-center-users' },
  'block-user': { roles: [global, users], route: 'admin-center-users' },
  'delete-user': { roles: [global, users], route: 'admin-center-users' },
  roles: { route: 'admin-center-roles' },
  'grant-role': { roles: [global, roles], route: 'admin-center-roles' },
  'grant-privileged-role': { roles: [global, roles], secondPerson: true, route: 'admin-center-roles' },
  'support-limited': {
    roles: [global, users],
    authorisations: ['delegated-administration'],
    route: 'partner-center-users',
  },
  'support-full': {
    roles: [global],
    authorisations: ['delegated-administration'],
    // A small company has one Global administrator. Who gives out every role is no lesser second pair of eyes.
    secondPerson: { roles: [global, roles] },
    route: 'partner-center-users',
  },
  'support-full-remove': { roles: [global], route: 'partner-center-users' },
  company: { route: 'partner-center-company' },
  'edit-company': { roles: [global], route: 'partner-center-company' },
  'confirm-company': {
    roles: [global],
    support: ['full', 'limited', 'sales'],
    route: 'partner-center-company',
  },
  authorisations: { route: 'partner-center-company' },
  'state-authorisations': { roles: [global], route: 'partner-center-company' },
  domains: { route: 'admin-center-domains' },
  subscriptions: { route: 'admin-center-subscriptions' },
  settings: { route: 'admin-center-settings' },
  approvals: { roles: [global, roles], route: 'admin-center-roles' },
  history: { route: 'admin-center-audit' },
  'history-all': { roles: [global, users], route: 'admin-center-audit' },
  'set-colleague': { roles: [global], route: 'admin-center-users' },
  // Partner Center's catalogue and agreements are documented for the worldwide cloud only.
  offers: { clouds: ['worldwide'], authorisations: sellers, route: 'partner-center-company' },
  'make-offer': {
    roles: [global],
    support: ['full', 'limited', 'sales'],
    clouds: ['worldwide'],
    authorisations: sellers,
    route: 'partner-center-company',
  },
  'confirm-order': {
    roles: [global],
    support: ['full', 'sales'],
    clouds: ['worldwide'],
    authorisations: ['csp'],
    route: 'partner-center-company',
  },
  delegations: { authorisations: ['delegated-administration'], route: 'partner-center-company' },
  // Microsoft Graph has delegated administration in the worldwide cloud only.
  'offer-delegation': { ...delegating, clouds: ['worldwide'] },
  'delegate-global': { ...delegating, clouds: ['worldwide'], secondPerson: true },
  'extend-delegation': { ...delegating, clouds: ['worldwide'] },
  'end-delegation': { ...delegating, clouds: ['worldwide'], secondPerson: true },
  // Where Microsoft has no interface a person says how it is.
  'record-delegation': { ...delegating, clouds: ['21vianet'] },
  'product-keys': {
    roles: [global],
    support: ['full', 'limited', 'sales'],
    authorisations: sellers,
    route: 'partner-center-company',
  },
};

/** Whether this person may do this now; a refusal says why, which roles may, and where to do it by hand. */
export function decide(capability: CapabilityId, situation: Situation): Verdict {
  return decideBy(rules[capability], situation);
}

/** Whether this person may say yes now to somebody else's doing it. */
export function decideApproval(capability: CapabilityId, situation: Situation): Verdict {
  return decideBy(approvalRuleOf(capability), situation);
}

function decideBy(rule: Rule, situation: Situation): Verdict {
  const refuse = (reason: 'not-staff' | 'cloud' | 'authorisation' | 'role'): Verdict => ({
    allowed: false,
    reason,
    whoCan: rule.roles ?? [],
    authorisations: reason === 'authorisation' ? (rule.authorisations ?? []) : [],
    route: rule.route,
  });
  if (!situation.staff) return refuse('not-staff');
  if (rule.clouds?.includes(situation.cloud) === false) return refuse('cloud');
  const { authorisations } = rule;
  if (authorisations?.some((id) => situation.authorisations.includes(id)) === false) {
    const unread = unreadAmong(authorisations, situation);
    if (unread === undefined) return refuse('authorisation');
    // Whoever lacks the role may not, whatever the company may.
    if (holdsEnough(rule, situation)) return { allowed: false, reason: 'unknown', unread, authorisations };
  }
  if (!holdsEnough(rule, situation)) return refuse('role');
  return { allowed: true, secondPerson: rule.secondPerson !== undefined };
}

function unreadAmong(ids: readonly AuthorisationId[], { unread = {} }: Situation): Unread | undefined {
  return ids.map((id) => unread[id]).find((each) => each !== undefined);
}

function holdsEnough(rule: Rule, situation: Situation): boolean {
  if (rule.roles === undefined && rule.support === undefined) return true;
  const byRole = rule.roles?.some((role) => situation.roles.includes(role)) === true;
  return byRole || rule.support?.some((group) => situation.support.includes(group)) === true;
}

/** False also where it cannot be known now. */
export function may(capability: CapabilityId, situation: Situation): boolean {
  return decide(capability, situation).allowed;
}

/** Whether to offer it: what cannot be known now is asked again when it is pressed. */
export function mayTry(capability: CapabilityId, situation: Situation): boolean {
  return isWorthTrying(decide(capability, situation));
}

/** The same for somebody else's yes. */
export function mayTryToApprove(capability: CapabilityId, situation: Situation): boolean {
  return isWorthTrying(decideApproval(capability, situation));
}

function isWorthTrying(verdict: Verdict): boolean {
  return verdict.allowed || verdict.reason === 'unknown';
}

/** The rule as the document of capabilities shows it. */
export function ruleOf(capability: CapabilityId): Readonly<Rule> {
  return rules[capability];
}

/** The rule for the second person: that of whoever does it, but for the roles, where others are named. */
export function approvalRuleOf(capability: CapabilityId): Readonly<Rule> {
  const { secondPerson, ...rule } = rules[capability];
  return typeof secondPerson === 'object' ? { ...rule, roles: secondPerson.roles } : rule;
}
