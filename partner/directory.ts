import type { AccountRef } from './accounts.ts';

/** A user of a company's directory. Dates are ISO 8601 text as Microsoft gives them. */
export interface User {
  id: string;
  displayName: string;
  signInName: string;
  mailNickname: string | undefined;
  givenName: string | undefined;
  surname: string | undefined;
  usageLocation: string | undefined;
  accountEnabled: boolean;
  /** SKU ids of all that the user has. */
  licences: string[];
  /** Which of them groups give: those are taken by leaving the group. Left out where that was not read, or none. */
  groupLicences?: GroupLicence[];
  createdAt: string | undefined;
}

/** A licence that a group gives its members. `alsoDirect`: the user was given it besides. */
export interface GroupLicence {
  skuId: string;
  groupId: string;
  alsoDirect: boolean;
}

export interface NewUser {
  displayName: string;
  givenName: string | undefined;
  surname: string | undefined;
  signInName: string;
  mailNickname: string;
  password: string;
}

/** A subscription that the company can give licences from; `left` counts licences, never below 0. */
export interface Sku {
  skuId: string;
  partNumber: string;
  total: number;
  left: number;
  active: boolean;
}

export interface Domain {
  name: string;
  isDefault: boolean;
  isInitial: boolean;
  isVerified: boolean;
}

export interface Company {
  tenantId: string;
  displayName: string;
  /** ISO 3166-1 alpha-2, e.g. `VN`. */
  countryCode: string | undefined;
  /** Microsoft's partnerTenantType; an open list, undefined for a company that is no partner. */
  partnerTenantType: string | undefined;
}

/** Administration of supported companies: Full = AdminAgents, Limited = HelpdeskAgents, sales = SalesAgents. */
export type SupportGroup = 'full' | 'limited' | 'sales';

export interface Me {
  id: string;
  displayName: string;
  signInName: string;
  /** Template ids of the directory roles held. */
  roles: string[];
  support: SupportGroup[];
}

export interface Page<T> {
  items: T[];
  /** Opaque; pass it back to get the page after this one. */
  next: string | undefined;
}

/**
 * One signed-in person's view of one company's directory. Reads and writes go straight to Microsoft;
 * every method throws PartnerError only. Writes are called by recorded operations, never by a turn.
 */
export interface Directory {
  me(): Promise<Me>;
  company(): Promise<Company>;
  domains(): Promise<Domain[]>;
  skus(): Promise<Sku[]>;
  /** A page of at most `size` users by display name; `find` matches names and sign-in names by the start of any word. */
  users(query: { find?: string | undefined; next?: string | undefined; size: number }): Promise<Page<User>>;
  /** `undefined` where there is no such user. */
  userById(id: string): Promise<User | undefined>;
  userBySignInName(signInName: string): Promise<User | undefined>;
  /** Which of these sign-in names are in use. */
  takenSignInNames(candidates: string[]): Promise<string[]>;
  /** Roles given to the user directly. */
  rolesOf(userId: string): Promise<string[]>;
  /** Groups of which the user is a direct member. */
  supportOf(userId: string): Promise<SupportGroup[]>;
  /** What the user may do as `me` tells it of oneself: also through groups. */
  rightsOf(userId: string): Promise<Pick<Me, 'roles' | 'support'>>;
  createUser(user: NewUser): Promise<User>;
  setUsageLocation(userId: string, countryCode: string): Promise<void>;
  addLicences(userId: string, skuIds: string[]): Promise<void>;
  /** Sets a password that must be changed at the next sign-in. */
  setPassword(userId: string, password: string): Promise<void>;
  grantRole(userId: string, roleTemplateId: string): Promise<void>;
  addToSupportGroup(userId: string, group: SupportGroup): Promise<void>;
}

/** What may be changed of a user; only what is given is written. An empty text clears a field. */
export interface UserChange {
  displayName?: string;
  givenName?: string;
  surname?: string;
  jobTitle?: string;
  department?: string;
  mobilePhone?: string;
  usageLocation?: string;
}

/** A user who was deleted less than 30 days ago and can be restored. */
export interface DeletedUser {
  id: string;
  displayName: string;
  /** As it was before the deletion. */
  signInName: string;
  /** Whether they could sign in before the deletion. */
  accountEnabled: boolean;
  deletedAt: string;
}

/** A subscription that the company itself bought; `status` is Microsoft's own word, an open list. */
export interface OwnSubscription {
  id: string;
  skuId: string;
  partNumber: string;
  total: number;
  used: number;
  status: string;
  /** ISO 8601; undefined where Microsoft gives none. */
  renewsAt: string | undefined;
  isTrial: boolean;
}

/**
 * What changes people and what is asked beside it. Split from `Directory` by use only: one object does both.
 * Throws PartnerError only.
 */
export interface PeopleDesk {
  /** The user with the fields of `UserChange`; `undefined` where there is none. */
  details(
    userId: string,
  ): Promise<(User & Required<{ [K in keyof UserChange]: string | undefined }>) | undefined>;
  updateUser(userId: string, change: UserChange): Promise<void>;
  setAccountEnabled(userId: string, enabled: boolean): Promise<void>;
  /** Ends all sessions; Microsoft takes some minutes. */
  revokeSessions(userId: string): Promise<void>;
  changeLicences(
    userId: string,
    change: { add: readonly string[]; remove: readonly string[] },
  ): Promise<void>;
  /** Names of groups by their ids; those that cannot be read are left out. */
  groupNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  deleteUser(userId: string): Promise<void>;
  deletedUsers(query: {
    find?: string | undefined;
    next?: string | undefined;
    size: number;
  }): Promise<Page<DeletedUser>>;
  /** `sign-in-name-taken` when somebody else has the name meanwhile. */
  restoreUser(userId: string): Promise<void>;
  removeRole(userId: string, roleTemplateId: string): Promise<void>;
  removeFromSupportGroup(userId: string, group: SupportGroup): Promise<void>;
  /** Who holds this role directly, by display name; at most 999. */
  holdersOf(roleTemplateId: string): Promise<User[]>;
  /** Roles that somebody holds, with how many. */
  rolesInUse(): Promise<{ roleTemplateId: string; holders: number }[]>;
  membersOf(group: SupportGroup): Promise<User[]>;
  ownSubscriptions(): Promise<OwnSubscription[]>;
  /** How many client companies have given us the right to help them. */
  clientCount(): Promise<number>;
}

/** What is read of the company and its people when nobody is there to ask with. */
export type PersonnelFile = Pick<Directory, 'company' | 'userById' | 'rolesOf' | 'supportOf'>;

/** `signal` ends calls still running when the asker's time is up (a turn's 8 s, an invoke's 3 s). */
export interface Directories {
  /** With the application's own token in this company. */
  asPartner(company: string): PersonnelFile;
  as(account: AccountRef, options?: { signal?: AbortSignal }): Directory & PeopleDesk;
}
