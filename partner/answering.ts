import {
  canAnswer,
  canDecline,
  hasAnswered,
  isBinding,
  move,
  newAcceptance,
  sameSeats,
} from './acceptance-life.ts';
import { requireOfferedSeats, requireShort, requireWishableSeats } from './answer-limits.ts';
import { PartnerError } from './errors.ts';
import { standingOf } from './offer-life.ts';
import { isFor } from './offer-sight.ts';
import type {
  Acceptance,
  ClientCompany,
  ClientPerson,
  Offer,
  OfferEvent,
  OfferEventKind,
  OfferVersion,
} from './offers.ts';
import type { JsonObject } from './operations.ts';
import { roleIds } from './role-ids.ts';

/** Who answers, from a verified token. */
export interface SignedInClient extends ClientCompany {
  person: ClientPerson;
  /** Template ids of the person's directory roles. */
  roles: readonly string[];
}

/** What a client does with an offer, on the page as in chat. Numbers and texts are as they were sent. */
export type ClientAction =
  | { do: 'view' }
  | { do: 'accept'; version: number; hash: string; seats: number[] }
  | { do: 'decline'; reason: string }
  | { do: 'wish'; version: number; seats: number[] }
  | { do: 'ask'; text: string }
  | { do: 'withdraw' };

export interface AnswerInput {
  offer: Offer;
  /** The newest one, as it is stored. */
  version: OfferVersion;
  /** What this client company made of the offer before. */
  existing: Acceptance | undefined;
  client: SignedInClient;
  action: ClientAction;
  /** Domain time, ms. */
  now: number;
  newId: () => string;
}

/** What has to be written; nothing where the same was said before. */
export interface Answered {
  acceptance: { add: Acceptance } | { save: Acceptance } | undefined;
  events: OfferEvent[];
}

const nothing: Answered = { acceptance: undefined, events: [] };

/** Whether somebody with these roles (template ids) may bind the company: Global or Billing administrator. */
export function isClientAdministrator(roles: readonly string[]): boolean {
  return roles.some((role) => role === roleIds.globalAdministrator || role === roleIds.billingAdministrator);
}

/**
 * The one place that decides what a client may do. Lines, bounds and prices are those of the stored version, whatever
 * was sent. Throws PartnerError `wrong-company`, `not-client-administrator`, `offer-unknown`, `offer-withdrawn`,
 * `offer-expired`, `offer-superseded`, `offer-answered`, `seats-out-of-bounds`, `input-invalid`, `input-too-long` or
 * `acceptance-moved-on`.
 */
export function answer(input: AnswerInput): Answered {
  const { offer, existing, action } = input;
  if (offer.version === 0 || input.version.offerId !== offer.id) throw new PartnerError('offer-unknown');
  requireCompany(input);
  requireRight(input);
  requireLines(input);
  if (isSaidAlready(input)) return nothing;
  if (!isAboutAnswer(existing, action)) requireOpen(input);
  switch (action.do) {
    case 'view':
      return view(input);
    case 'accept':
      return accept(input, action);
    case 'decline':
      return decline(input, action);
    case 'wish':
      return wish(input, action);
    case 'ask':
      return ask(input, action);
    case 'withdraw':
      return withdraw(input);
  }
}

/** Who appeared before may come back to that, also when the offer is over. */
function isAboutAnswer(existing: Acceptance | undefined, action: ClientAction): boolean {
  return existing !== undefined && ['view', 'ask', 'withdraw'].includes(action.do);
}

function requireCompany({ offer, version, existing, client, action }: AnswerInput): void {
  if (client.tenantId === offer.company) throw new PartnerError('wrong-company');
  // A later version may name somebody else; then only an answer of before can be come back to.
  const comesBack = existing !== undefined && hasAnswered(existing) && isAboutAnswer(existing, action);
  if (!isFor(version, client.tenantId) && !comesBack) throw new PartnerError('wrong-company');
}

function requireRight({ client, action }: AnswerInput): void {
  const needsNone = action.do === 'view' || action.do === 'ask';
  if (!needsNone && !isClientAdministrator(client.roles)) throw new PartnerError('not-client-administrator');
}

/** Where nothing but delegation is asked for, there is nothing to accept: that answer is another one. */
function requireLines({ version, action }: AnswerInput): void {
  const isAboutLines = action.do !== 'view' && action.do !== 'ask';
  if (isAboutLines && version.terms.lines.length === 0) throw new PartnerError('input-invalid');
}

/** Throws `offer-withdrawn` or `offer-expired`. */
export function requireOpen({ offer, now }: Pick<AnswerInput, 'offer' | 'now'>): void {
  const standing = standingOf(offer, now);
  if (standing === 'withdrawn') throw new PartnerError('offer-withdrawn');
  if (standing === 'expired') throw new PartnerError('offer-expired');
}

/** A second press of the same button, even when the offer ended or changed between the two. */
function isSaidAlready({ existing, version, action }: AnswerInput): boolean {
  if (existing === undefined) return false;
  const isOfVersion = (number: number) => existing.version === number;
  switch (action.do) {
    case 'accept': {
      const isOfContent = isOfVersion(action.version) && existing.versionHash === action.hash;
      return isBinding(existing) && isOfContent && sameSeats(existing.seats, action.seats);
    }
    case 'decline': {
      const isSameReason = existing.reason === action.reason.trim();
      return existing.state === 'declined' && isOfVersion(version.number) && isSameReason;
    }
    case 'wish': {
      const isWished = existing.wish.length > 0 && isOfVersion(action.version);
      return isWished && sameSeats(existing.wish, action.seats);
    }
    case 'withdraw':
      return existing.state === 'withdrawn';
    default:
      return false;
  }
}

function view(input: AnswerInput): Answered {
  const { version, existing, client } = input;
  if (existing === undefined) return written(input, appeared(input), 'viewed', {});
  if (standingOf(input.offer, input.now) !== 'open') return nothing;
  const { person } = client;
  const after = move(existing, { do: 'view', person, version: version.number, hash: version.hash });
  const isNews = after.version !== existing.version || after.state !== existing.state;
  return isNews ? written(input, after, 'viewed', {}) : nothing;
}

function accept(input: AnswerInput, action: Extract<ClientAction, { do: 'accept' }>): Answered {
  const { version, client, now } = input;
  requireNewest(input, action.version);
  if (action.hash !== version.hash) throw new PartnerError('offer-superseded');
  requireOfferedSeats(version.terms.lines, action.seats);
  const before = appeared(input);
  if (!canAnswer(before, version.number)) throw new PartnerError('offer-answered');
  const { number, hash } = version;
  const seats = [...action.seats];
  const after = move(before, { do: 'accept', person: client.person, version: number, hash, seats, at: now });
  return written(input, after, 'accepted', { seats, hash });
}

function decline(input: AnswerInput, action: Extract<ClientAction, { do: 'decline' }>): Answered {
  const { version, client, now } = input;
  const reason = requireShort(action.reason);
  const before = appeared(input);
  const isOtherReason = before.state === 'declined' && before.version === version.number;
  if (isOtherReason || !canDecline(before, version.number)) throw new PartnerError('offer-answered');
  const { number, hash } = version;
  const after = move(before, {
    do: 'decline',
    person: client.person,
    version: number,
    hash,
    reason,
    at: now,
  });
  return written(input, after, 'declined', { reason });
}

function wish(input: AnswerInput, action: Extract<ClientAction, { do: 'wish' }>): Answered {
  const { version, client } = input;
  requireNewest(input, action.version);
  requireWishableSeats(version.terms.lines, action.seats);
  const seats = [...action.seats];
  const { number, hash } = version;
  const after = move(appeared(input), { do: 'wish', person: client.person, version: number, hash, seats });
  return written(input, after, 'wished', { seats, version: number });
}

/** A question changes nothing; but who asks first appears at the offer with it. */
function ask(input: AnswerInput, action: Extract<ClientAction, { do: 'ask' }>): Answered {
  const text = requireShort(action.text);
  if (text === '') throw new PartnerError('input-invalid');
  const { acceptance, events } = written(input, appeared(input), 'asked', { text });
  return { acceptance: input.existing === undefined ? acceptance : undefined, events };
}

function withdraw(input: AnswerInput): Answered {
  const { existing, client, now } = input;
  if (existing === undefined) throw new PartnerError('acceptance-moved-on');
  const after = move(existing, { do: 'withdraw', person: client.person, at: now });
  return written(input, after, 'withdrawn-by-client', { version: after.version });
}

/** Throws `offer-superseded` unless what was seen is the newest there is. */
export function requireNewest(
  { offer, version }: Pick<AnswerInput, 'offer' | 'version'>,
  seen: number,
): void {
  const isNewest = seen === version.number && version.number === offer.version;
  if (!isNewest) throw new PartnerError('offer-superseded');
}

/** What there is of this client, or the beginning of it. */
function appeared({ offer, version, existing, client, now, newId }: AnswerInput): Acceptance {
  if (existing !== undefined) return existing;
  const { tenantId, name, domain, person } = client;
  const { id: offerId, company } = offer;
  return newAcceptance({
    ...{ id: newId(), offerId, company, client: { tenantId, name, domain }, person, now },
    ...{ version: version.number, versionHash: version.hash },
  });
}

function written(input: AnswerInput, after: Acceptance, kind: OfferEventKind, details: JsonObject): Answered {
  const { offer, version, existing, client, now, newId } = input;
  const { objectId, name, signInName } = client.person;
  const by = { tenantId: client.tenantId, objectId };
  const event: OfferEvent = {
    ...{ id: newId(), offerId: offer.id, company: offer.company, client: client.tenantId, at: now, kind },
    ...{ by, byName: name, details: { version: version.number, signInName, ...details } },
  };
  return { acceptance: existing === undefined ? { add: after } : { save: after }, events: [event] };
}
