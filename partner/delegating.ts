import { requireNewest, requireOpen, type SignedInClient } from './answering.ts';
import { canAnswerDelegation, isAllowed, move, newDelegation } from './delegation-life.ts';
import { isSameDelegation } from './delegation-terms.ts';
import type { Delegation, DelegationTerms } from './delegations.ts';
import { PartnerError } from './errors.ts';
import type { Offer, OfferEvent, OfferEventKind, OfferVersion } from './offers.ts';
import type { JsonObject } from './operations.ts';
import { roleIds } from './role-ids.ts';

/** What a client says to the delegated administration that an offer asks for; the lines have an answer of their own. */
export type DelegationAction =
  | { do: 'allow'; version: number; hash: string }
  | { do: 'decline' }
  | { do: 'later' };

export interface DelegationInput {
  offer: Offer;
  /** The newest one, as it is stored. */
  version: OfferVersion;
  /** What this client company said before. */
  existing: Delegation | undefined;
  client: SignedInClient;
  action: DelegationAction;
  /** Domain time, ms. */
  now: number;
  newId: () => string;
}

/** What has to be written; nothing where the same was said before. */
export interface DelegationAnswered {
  delegation: { add: Delegation } | { save: Delegation } | undefined;
  events: OfferEvent[];
}

const nothing: DelegationAnswered = { delegation: undefined, events: [] };

/** Whether somebody with these roles (template ids) may let a partner administer the company. */
export function mayDelegate(roles: readonly string[]): boolean {
  return roles.includes(roleIds.globalAdministrator);
}

/**
 * The one place that decides what a client may say to a delegation. Roles and duration are those of the stored
 * version, whatever was sent. Throws PartnerError `wrong-company`, `not-client-administrator`, `offer-unknown`,
 * `offer-withdrawn`, `offer-expired`, `offer-superseded` or `offer-answered`.
 */
export function answerDelegation(input: DelegationInput): DelegationAnswered {
  const { offer, version, existing, action } = input;
  if (offer.version === 0 || version.offerId !== offer.id) throw new PartnerError('offer-unknown');
  requireCompany(input);
  requireRight(input);
  const terms = termsOf(input);
  if (isSaidAlready(existing, action, terms)) return nothing;
  requireOpen(input);
  if (!canAnswerDelegation(existing)) throw new PartnerError('offer-answered');
  switch (action.do) {
    case 'allow':
      return allow(input, action, terms);
    case 'decline':
      return decline(input);
    case 'later':
      return { delegation: undefined, events: [eventOf(input, 'delegation-later', {})] };
  }
}

function requireCompany({ offer, version, client }: DelegationInput): void {
  const { tenantId } = version.terms.recipient;
  const isTheirs = tenantId === null || tenantId.toLowerCase() === client.tenantId.toLowerCase();
  if (!isTheirs || client.tenantId === offer.company) throw new PartnerError('wrong-company');
}

/** Microsoft lets only a Global Administrator approve; who puts it off binds nobody. */
function requireRight({ client, action }: DelegationInput): void {
  if (action.do === 'later' || mayDelegate(client.roles)) return;
  throw new PartnerError('not-client-administrator', { details: { needs: 'global-administrator' } });
}

/** A version that asks for none is not the one that the client saw. */
function termsOf({ version }: DelegationInput): DelegationTerms {
  const { delegation } = version.terms;
  if (delegation === undefined) throw new PartnerError('offer-superseded');
  return delegation;
}

/** A second press of the same button, even when the offer ended or changed between the two. */
function isSaidAlready(
  existing: Delegation | undefined,
  action: DelegationAction,
  terms: DelegationTerms,
): boolean {
  if (existing === undefined) return false;
  if (action.do === 'allow') return isAllowed(existing) && isSameDelegation(existing.terms, terms);
  return action.do === 'later' || existing.state === 'declined';
}

function allow(
  input: DelegationInput,
  { version: seen, hash }: Extract<DelegationAction, { do: 'allow' }>,
  terms: DelegationTerms,
): DelegationAnswered {
  const { offer, version, client, now, newId } = input;
  requireNewest(input, seen);
  if (hash !== version.hash) throw new PartnerError('offer-superseded');
  const answer = { person: client.person, terms, at: now, operationId: newId() };
  const allowed = move(appeared(input), { do: 'allow', ...answer });
  // The offer may have been handed over since this company first answered.
  const after = { ...allowed, maker: offer.maker };
  return written(input, after, 'delegation-allowed', { hash, delegation: terms });
}

function decline(input: DelegationInput): DelegationAnswered {
  const { client, now } = input;
  const after = move(appeared(input), { do: 'decline', person: client.person, at: now });
  return written(input, after, 'delegation-declined', {});
}

/** What there is of this client, or the beginning of it. */
function appeared({ offer, version, existing, client, now, newId }: DelegationInput): Delegation {
  return existing ?? newDelegation({ id: newId(), offer, version, client, person: client.person, now });
}

function written(
  input: DelegationInput,
  after: Delegation,
  kind: OfferEventKind,
  details: JsonObject,
): DelegationAnswered {
  const events = [eventOf(input, kind, details)];
  return { delegation: input.existing === undefined ? { add: after } : { save: after }, events };
}

function eventOf(input: DelegationInput, kind: OfferEventKind, details: JsonObject): OfferEvent {
  const { offer, version, client, now, newId } = input;
  const { objectId, name, signInName } = client.person;
  const by = { tenantId: client.tenantId, objectId };
  return {
    ...{ id: newId(), offerId: offer.id, company: offer.company, client: client.tenantId, at: now, kind },
    ...{ by, byName: name, details: { version: version.number, signInName, ...details } },
  };
}
