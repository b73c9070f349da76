import type { Account, AccountRef } from '../../partner/accounts.ts';
import type { Approval } from '../../partner/approvals.ts';
import type { AuthorisationStatement } from '../../partner/company-authorisations.ts';
import type { CompanyConfirmation } from '../../partner/company-confirmation.ts';
import type { ZoneStatement } from '../../partner/company-zones.ts';
import type { Delegation } from '../../partner/delegations.ts';
import type { Colleague } from '../../partner/help.ts';
import type { KeySetup } from '../../partner/key-setups.ts';
import { type Notice, newNotice } from '../../partner/notices.ts';
import type { Acceptance, Offer, OfferEvent, OfferTerms, OfferVersion } from '../../partner/offers.ts';
import { newStep, type Operation } from '../../partner/operations.ts';
import type {
  CardAction,
  ChatPerson,
  Deed,
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
    expiresAt: 1000,
    status: 'open',
    account: null,
    codeHash: null,
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
    zone: null,
    welcomedAt: 1_760_000_000_000,
    seenAt: null,
    version: 0,
    ...more,
  };
}

/** An act that has no other trace than its row in the history. */
export function deed(at: number, by: AccountRef = lan): Deed {
  return { did: 'reveal-password', operation: operation('o', { company: by.tenantId }), by, at };
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
    answer: '',
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

export function zoneStatement(more: Partial<ZoneStatement> = {}): ZoneStatement {
  return { company: 'tenant-1', zone: 'America/Chicago', by: lan, byName: 'Lan', at: 1, ...more };
}

export function statement(more: Partial<AuthorisationStatement> = {}): AuthorisationStatement {
  const said = { company: 'tenant-1', authorisation: 'indirect-reseller', value: 'on' } as const;
  return { ...said, by: lan, byName: lanAccount.displayName, at: 1_760_000_000_000, ...more };
}

export function colleague(more: Partial<Colleague> = {}): Colleague {
  return { company: 'tenant-1', account: minh, name: 'Minh', setBy: lan, at: 1_760_000_000_000, ...more };
}

export const terms: OfferTerms = {
  kind: 'purchase',
  route: 'reseller',
  portalLink: null,
  recipient: {
    ...{ name: 'Công ty Fabrikam', tenantId: 'fabrikam', domain: 'fabrikam.example' },
    ...{ person: 'Minh', mail: 'minh@fabrikam.example' },
  },
  lines: [
    {
      ...{
        item: 'CFQ7:0001',
        name: 'Microsoft 365 Business Standard',
        seats: 15,
        minSeats: 1,
        maxSeats: 300,
      },
      ...{ trial: false, term: 'P1Y', billing: 'monthly' },
      price: { amount: '250000', currency: 'VND', per: 'month', vat: 'excluded' },
    },
  ],
  language: 'vi',
  validDays: 14,
  note: 'Chào anh Minh 🙂',
};

export function offer(id: string, more: Partial<Offer> = {}): Offer {
  return {
    ...{ id, company: 'tenant-1', code: `code of ${id}`, maker: lan, makerName: lanAccount.displayName },
    ...{ status: 'draft', version: 0, draft: terms, createdAt: 1_760_000_000_000 },
    ...{ publishedAt: null, expiresAt: null, rev: 1 },
    ...more,
  };
}

export function offerVersion(offerId: string, more: Partial<OfferVersion> = {}): OfferVersion {
  return {
    ...{ offerId, number: 1, terms, hash: 'hash of the content', by: lan },
    signature: {
      ...{ name: 'Contoso Partner', address: ['1 Lê Lợi', 'Huế'], phone: '0234 000 000' },
      ...{ mail: 'hi@contoso.example', website: '', domains: ['contoso.example'], partnerId: '1234' },
    },
    contact: { name: 'Lan', mail: 'lan@contoso.example', phone: '' },
    ...{ at: 1_760_000_000_000, expiresAt: 1_761_209_600_000 },
    ...more,
  };
}

export function acceptance(id: string, more: Partial<Acceptance> = {}): Acceptance {
  return {
    ...{ id, offerId: 'offer-1', company: 'tenant-1' },
    client: { tenantId: `client of ${id}`, name: 'Công ty Fabrikam', domain: 'fabrikam.example' },
    person: { objectId: 'minh', name: 'Lê Văn Minh', signInName: 'minh@fabrikam.example' },
    ...{ state: 'accepted', version: 1, versionHash: 'hash of the content', seats: [15], wish: [20] },
    ...{ reason: '', answeredAt: 1_760_000_001_000, confirmedBy: null, operationId: null, orderId: null },
    ...{ createdAt: 1_760_000_000_000, rev: 1 },
    ...more,
  };
}

export function delegation(id: string, more: Partial<Delegation> = {}): Delegation {
  return {
    ...{ id, offerId: 'offer-1', company: 'tenant-1' },
    client: { tenantId: `client of ${id}`, name: 'Công ty Fabrikam', domain: 'fabrikam.example' },
    terms: {
      ...{ level: 'limited', roles: ['729827e3-9c14-49f7-bb1b-9608f156bbb8'], days: 365 },
      autoExtend: false,
    },
    person: { objectId: 'minh', name: 'Lê Văn Minh', signInName: 'minh@fabrikam.example' },
    ...{ maker: lan, state: 'requested', status: '', relationshipId: null, operationId: null },
    ...{ answeredAt: 1_760_000_001_000, endsAt: null, wasUsable: false, reminded: [], reason: '' },
    ...{ createdAt: 1_760_000_000_000, rev: 1 },
    ...more,
  };
}

export function keySetup(id: string, more: Partial<KeySetup> = {}): KeySetup {
  return {
    ...{ id, company: 'tenant-1', redeemer: 'client', product: '', partnerId: '1234567' },
    client: { tenantId: 'fabrikam', name: 'Công ty Fabrikam', domain: 'fabrikam.example' },
    ...{ done: {}, reported: null, status: 'open', createdBy: lan, createdByName: 'Nguyễn Thị Lan' },
    ...{ createdAt: 1_760_000_000_000, rev: 1 },
    ...more,
  };
}

export function offerEvent(id: string, more: Partial<OfferEvent> = {}): OfferEvent {
  return {
    ...{ id, offerId: 'offer-1', company: 'tenant-1', client: 'fabrikam', at: 1_760_000_000_000 },
    ...{ kind: 'accepted', by: null, byName: 'Lê Văn Minh', details: { seats: [15] } },
    ...more,
  };
}

export function notice(id: string, more: Partial<Notice> = {}): Notice {
  const begun = { id, company: 'tenant-1', subject: 'offer/offer-1', kind: 'accepted', at: 100 } as const;
  return { ...newNotice(begun), ...more };
}
