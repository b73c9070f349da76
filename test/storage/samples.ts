import type { Account, AccountRef } from '../../partner/accounts.ts';
import type { Approval } from '../../partner/approvals.ts';
import type { AuthorisationStatement } from '../../partner/company-authorisations.ts';
import type { CompanyConfirmation } from '../../partner/company-confirmation.ts';
import type { Colleague } from '../../partner/help.ts';
import { newStep, type Operation } from '../../partner/operations.ts';
import type {
  AuditRow,
  CardAction,
  ChatPerson,
  NewJob,
  OutboxMessage,
  SignInRequest,
} from '../../storage/changes.ts';

export const lan: AccountRef = { tenantId: 'tenant-1', objectId: 'lan' };
export const minh: AccountRef = { tenantId: 'tenant-1', objectId: 'minh' };

export const lanAccount: Account = {
  ...lan,
  displayName: 'Nguyễn Thị Lan',
  signInName: 'lan@contoso.example',
  companyName: 'Contoso Partner',
  wids: ['role-1'],
};

export function message(key: string, more: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    key,
    conversationKey: 'conversation-1',
    reference: { conversation: { id: 'conversation-1' } },
    activity: { type: 'message', text: key },
    replaces: null,
    passing: false,
    forAccount: null,
    ...more,
  };
}

export function job(key: string, more: Partial<NewJob> = {}): NewJob {
  return { key, kind: 'run-operation', args: { id: key }, dueAt: 100, clock: 'real', ...more };
}

export function cardAction(nonce: string, more: Partial<CardAction> = {}): CardAction {
  return {
    nonce,
    verb: 'add-user',
    schema: 1,
    personKey: 'msteams/lan',
    accountKey: 'tenant-1/lan',
    company: 'tenant-1',
    args: { step: 'review', seats: 3 },
    expiresAt: 1000,
    usedAt: null,
    ...more,
  };
}

export function signIn(state: string, more: Partial<SignInRequest> = {}): SignInRequest {
  return {
    state,
    personKey: 'msteams/lan',
    conversationKey: 'conversation-1',
    returnTo: null,
    expiresAt: 1000,
    status: 'open',
    account: null,
    codeHash: null,
    tries: 0,
    ...more,
  };
}

export function operation(id: string, more: Partial<Operation> = {}): Operation {
  return {
    id,
    kind: 'add-user',
    schema: 1,
    version: 0,
    status: 'running',
    actor: lan,
    approvedBy: null,
    personKey: 'msteams/lan',
    company: 'tenant-1',
    args: { displayName: 'Trần Văn Đức' },
    steps: [newStep('create'), newStep('licences')],
    cardKey: `${id}:card`,
    drawn: 0,
    createdAt: 1_760_000_000_000,
    ...more,
  };
}

export function person(key: string, more: Partial<ChatPerson> = {}): ChatPerson {
  return {
    key,
    reference: { conversation: { id: 'conversation-1' } },
    language: 'vi',
    account: lan,
    welcomedAt: 1_760_000_000_000,
    version: 0,
    ...more,
  };
}

export function auditRow(id: string, more: Partial<AuditRow> = {}): AuditRow {
  return {
    id,
    at: 1_760_000_000_000,
    operationId: 'operation-1',
    actor: lan,
    company: 'tenant-1',
    verb: 'add-user',
    object: 'duc.tran@contoso.example',
    outcome: 'intended',
    details: { licences: 2 },
    ...more,
  };
}

export function approval(id: string, more: Partial<Approval> = {}): Approval {
  return {
    id,
    operationId: 'operation-1',
    company: 'tenant-1',
    requester: lan,
    requesterPersonKey: 'msteams/lan',
    capability: 'give-roles',
    verb: 'add-user',
    object: 'duc.tran@contoso.example',
    reason: 'Thay chị Hoa từ thứ Hai',
    argsHash: 'hash of the arguments',
    status: 'waiting',
    decidedBy: null,
    createdAt: 1_760_000_000_000,
    expiresAt: 1_760_086_400_000,
    decidedAt: null,
    ...more,
  };
}

export function confirmation(more: Partial<CompanyConfirmation> = {}): CompanyConfirmation {
  const { displayName: byName } = lanAccount;
  return { company: 'tenant-1', hash: 'of the details', by: lan, byName, at: 1_760_000_000_000, ...more };
}

export function statement(more: Partial<AuthorisationStatement> = {}): AuthorisationStatement {
  const said = { company: 'tenant-1', authorisation: 'indirect-reseller', value: 'on' } as const;
  return { ...said, by: lan, byName: lanAccount.displayName, at: 1_760_000_000_000, ...more };
}

export function colleague(more: Partial<Colleague> = {}): Colleague {
  return { company: 'tenant-1', account: minh, name: 'Minh', setBy: lan, at: 1_760_000_000_000, ...more };
}
