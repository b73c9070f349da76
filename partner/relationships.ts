import type { AccountRef } from './accounts.ts';

/**
 * A delegated administration relationship as Microsoft has it. Statuses are an open list, as Microsoft writes them:
 * created, approvalPending, approved, activating, active, expiring, expired, terminationRequested, terminating,
 * terminated … https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship
 */
export interface Relationship {
  id: string;
  /** At most 50 characters, unique among all relationships of the partner. */
  name: string;
  status: string;
  /** Null while no client is named. */
  client: { tenantId: string; name: string } | null;
  /** Template ids. */
  roles: string[];
  durationDays: number;
  autoExtend: boolean;
  /** ISO 8601; undefined before. */
  createdAt: string | undefined;
  activatedAt: string | undefined;
  endsAt: string | undefined;
  etag: string;
}

/** What can change of a relationship, and what is kept of it. */
export type ReadRelationship = Pick<Relationship, 'id' | 'status' | 'endsAt' | 'autoExtend'>;

export interface NewRelationship {
  name: string;
  clientTenantId: string;
  /** Template ids; with Global Administrator among them nothing is extended by itself. */
  roles: readonly string[];
  /** 1 to 730. */
  durationDays: number;
  autoExtend: boolean;
}

/** What a security group of the partner may do at the client. Statuses: pending, active, deleting, deleted, error … */
export interface AccessAssignment {
  id: string;
  groupId: string;
  roles: string[];
  status: string;
}

/**
 * Delegated administration at Microsoft, as one account of the partner. `changed-meanwhile` when somebody changed the
 * relationship between reading and writing; `relationship-name-taken`, `relationship-refused`.
 */
export interface Relationships {
  create(wanted: NewRelationship): Promise<Relationship>;
  find(id: string): Promise<Relationship | undefined>;
  byName(name: string): Promise<Relationship | undefined>;
  list(): Promise<Relationship[]>;
  /** Asks the client: afterwards its Global administrator can approve at `approvalLink`. Asked before is success. */
  lockForApproval(id: string): Promise<void>;
  /** Ended before is success. */
  terminate(id: string): Promise<void>;
  /** Never active: gone before is success. */
  remove(id: string): Promise<void>;
  setAutoExtend(id: string, on: boolean): Promise<void>;
  assignments(id: string): Promise<AccessAssignment[]>;
  /** Assigned before to the same group with the same roles is success. */
  assign(id: string, groupId: string, roles: readonly string[]): Promise<void>;
  /** Object id of the partner's own support group. */
  groupOf(level: 'full' | 'limited'): Promise<string>;
  /** Microsoft's page on which the client approves. */
  approvalLink(id: string): string;
  /** Lets our application work in the client's tenant; consented before is success. */
  consent(clientTenantId: string): Promise<void>;
  /** Microsoft's page on which an administrator of the client lets our application in by hand. */
  consentLink(clientTenantId: string): string;
  /** Reads one thing of the client's directory with a fresh token of that tenant: true when that works. */
  probe(clientTenantId: string): Promise<boolean>;
}

export interface RelationshipDesks {
  as(account: AccountRef, options?: { signal?: AbortSignal }): Relationships;
  /** Reads with the application's own token of the partner. */
  asPartner(
    company: string,
  ): Pick<Relationships, 'find' | 'list' | 'assignments' | 'approvalLink' | 'consentLink'>;
}
