/** What the world keeps about delegated administration. */
export interface DelegationKinds {
  /** Kept with the partner, as all that belongs to it. */
  relationship: SandboxRelationship;
  relationshipRequest: SandboxRelationshipRequest;
  relationshipOperation: SandboxRelationshipOperation;
  accessAssignment: SandboxAccessAssignment;
  /** One, `settings` under `delegation`. None kept: as `delegation/times.ts` says. */
  delegationSettings: SandboxDelegationSettings;
  /** Kept with the company in whose directory the application works, by the application's id. */
  applicationConsent: SandboxApplicationConsent;
}

/** A moment by one of two clocks: the sandbox's movable one, or real time. */
export interface SandboxDue {
  by: 'clock' | 'real';
  /** ms since 1970. */
  at: number;
}

/** Delegated administration that a client allows, or is asked to allow. Its status follows from it. */
export interface SandboxRelationship {
  id: string;
  displayName: string;
  /** As it was given, `P730D`; `days` is what it means. */
  duration: string;
  days: number;
  /** Null while no client is named; then whoever approves first is. */
  customer: { tenantId: string; displayName: string | null } | null;
  /** Role template ids. */
  roles: string[];
  autoExtends: boolean;
  /** Sandbox time, ms. */
  createdAt: number;
  modifiedAt: number;
  /** Counts changes; the etag follows from it. */
  version: number;
  /** Nobody can read it before. */
  readable: SandboxDue;
  isLocked: boolean;
  /** The client said no. Its partner is not told, and the client may still change its mind. */
  isDeclined: boolean;
  approval: SandboxApproval | null;
  end: SandboxEnd | null;
  /** A status that is not in Microsoft's list yet, for those who must cope with one. */
  strangeStatus?: string;
}

export interface SandboxApproval {
  /** Sandbox time, ms. */
  approvedAt: number;
  activatedAt: number;
  /** Where the term ends unless it extends itself. */
  endsAt: number;
  activating: SandboxDue;
  active: SandboxDue;
  /** Tokens for the client's tenant work from here on. */
  works: SandboxDue;
}

/** Somebody ended it before its term. */
export interface SandboxEnd {
  by: 'partner' | 'client';
  /** Sandbox time, ms. */
  requestedAt: number;
  terminating: SandboxDue;
  terminated: SandboxDue;
}

/** What the partner asked about a relationship. */
export interface SandboxRelationshipRequest {
  id: string;
  relationshipId: string;
  action: 'lockForApproval' | 'terminate';
  /** Sandbox time, ms. */
  createdAt: number;
}

/** A change that takes a while. */
export interface SandboxRelationshipOperation {
  id: string;
  relationshipId: string;
  operationType: 'delegatedAdminAccessAssignmentUpdate' | 'delegatedAdminRelationshipUpdate';
  /** What is being written, as JSON. */
  data: string;
  /** Sandbox time, ms. */
  createdAt: number;
  done: SandboxDue;
}

/** What a security group may do at the client. */
export interface SandboxAccessAssignment {
  id: string;
  relationshipId: string;
  groupId: string;
  roles: string[];
  /** Sandbox time, ms. */
  createdAt: number;
  modifiedAt: number;
  version: number;
  /** Until then what was written last is pending. */
  active: SandboxDue;
  /** Somebody deleted it: it stays in lists. */
  deleted: SandboxDue | null;
}

/** How long delegated administration takes: each in ms after what comes before it. */
export interface SandboxDelegationSettings {
  by: SandboxDue['by'];
  /** From creation until a relationship can be read. */
  readableAfterMs: number;
  /** From the client's approval. */
  activatingAfterMs: number;
  activeAfterMs: number;
  /** From `active` until tokens for the client's tenant work. */
  worksAfterMs: number;
  /** From a write of an access assignment until it counts. */
  assignedAfterMs: number;
  /** From the request to end it. */
  terminatingAfterMs: number;
  terminatedAfterMs: number;
}

/** That an application may work in a company's directory. */
export interface SandboxApplicationConsent {
  applicationId: string;
  displayName: string;
  /** Permissions on Microsoft Graph. */
  scopes: string[];
  grantedBy: 'partner' | 'client';
  /** Sandbox time, ms. */
  grantedAt: number;
}
