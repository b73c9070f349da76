import { canAnswer, isBinding } from '../partner/acceptance-life.ts';
import type { Account } from '../partner/accounts.ts';
import { mostQuestions } from '../partner/answer-limits.ts';
import {
  answer,
  type ClientAction,
  isClientAdministrator,
  type SignedInClient,
} from '../partner/answering.ts';
import { PartnerError } from '../partner/errors.ts';
import { type OfferStanding, standingOf } from '../partner/offer-life.ts';
import type { Acceptance, ClientCompany, Offer, OfferVersion } from '../partner/offers.ts';
import type { Turn } from './turn.ts';

/** Somebody of a client who looks at an offer in the chat. */
export interface OfferVisit {
  offer: Offer;
  /** The newest one. */
  version: OfferVersion;
  standing: OfferStanding;
  client: SignedInClient;
  /** Whether Microsoft said which roles this person has. */
  rolesKnown: boolean;
  acceptance: Acceptance | undefined;
}

/** The offer of this code with its newest version; undefined when there is none, or it was never published. */
export async function offerOf(
  turn: Turn,
  code: string | undefined,
): Promise<{ offer: Offer; version: OfferVersion } | undefined> {
  const isCode = code !== undefined && /^[\w-]{22,128}$/.test(code);
  const offer = isCode ? await turn.offers.byCode(code) : undefined;
  const version = offer && (await turn.offers.version(offer.id, offer.version));
  return offer === undefined || version === undefined ? undefined : { offer, version };
}

/** Everything about this offer and the signed-in person. Throws `sign-in-needed`. */
export async function visitOf(
  turn: Turn,
  found: { offer: Offer; version: OfferVersion },
): Promise<OfferVisit> {
  const account = turn.requireAccount();
  const { offer } = found;
  const [acceptance, roles] = await Promise.all([
    turn.offers.ofClient(offer.id, account.tenantId),
    rolesOf(turn, account),
  ]);
  const { objectId, displayName: name, signInName } = account;
  const company = acceptance?.client ?? (await companyOf(turn, offer, account));
  return {
    ...found,
    standing: standingOf(offer, turn.now),
    client: { ...company, person: { objectId, name, signInName }, roles: roles ?? [] },
    rolesKnown: roles !== undefined,
    acceptance,
  };
}

/** Whether this person may bind their company. */
export function mayBind({ client }: OfferVisit): boolean {
  return isClientAdministrator(client.roles);
}

/**
 * Records what the client says, by the rules that the page goes by too, and tells whoever is told of it.
 * Answers how it stands afterwards. Throws PartnerError as `answer` does.
 */
export async function say(turn: Turn, visit: OfferVisit, action: ClientAction): Promise<OfferVisit> {
  const { offer, version, client, acceptance: existing } = visit;
  const { now, newId } = turn;
  const said = answer({ offer, version, existing, client, action, now, newId });
  if (said.acceptance === undefined && said.events.length === 0) return visit;
  const acceptance = said.acceptance === undefined ? existing : writtenBy(said.acceptance);
  turn.offers.save({
    acceptances: said.acceptance === undefined ? [] : [said.acceptance],
    offerEvents: said.events,
  });
  await turn.offers.consequences({ offer, version, acceptance, events: said.events });
  return { ...visit, acceptance };
}

/** A look is worth a line in the timeline and nothing else; what is wrong is shown by itself. */
export async function look(turn: Turn, visit: OfferVisit): Promise<OfferVisit> {
  try {
    return await say(turn, visit, { do: 'view' });
  } catch (error) {
    if (error instanceof PartnerError) return visit;
    throw error;
  }
}

/** Whether this company has asked so often that it had better call. */
export async function hasAskedEnough(turn: Turn, { offer, client }: OfferVisit): Promise<boolean> {
  return (await turn.offers.questionsOf(offer.id, client.tenantId)) >= mostQuestions;
}

/** What was accepted stays what it was: a later version is shown only while it can be answered. */
export async function shownVersion(turn: Turn, visit: OfferVisit): Promise<OfferVersion> {
  const { offer, version, acceptance, standing } = visit;
  const isOlder = acceptance !== undefined && isBinding(acceptance) && acceptance.version < version.number;
  const isAnswerable = standing === 'open' && canAnswer(acceptance, version.number);
  if (!isOlder || isAnswerable) return version;
  return (await turn.offers.version(offer.id, acceptance.version)) ?? version;
}

/** From the verified token; without roles in it, as Microsoft tells the person about themself. */
async function rolesOf(turn: Turn, { wids }: Account): Promise<readonly string[] | undefined> {
  if (wids !== undefined) return wids;
  try {
    return (await turn.directory().me()).roles;
  } catch (error) {
    if (error instanceof PartnerError && error.code !== 'sign-in-expired') return undefined;
    throw error;
  }
}

/** Name and domain of the company; when Microsoft cannot be asked just now, as the sign-in has them. */
async function companyOf(turn: Turn, offer: Offer, account: Account): Promise<ClientCompany> {
  const { tenantId, companyName, signInName } = account;
  const domain = signInName.split('@')[1] ?? '';
  const known = { tenantId, name: companyName || domain, domain };
  try {
    const found = await turn.offers.tenantFor(offer, tenantId);
    return found === undefined ? known : { tenantId, name: found.name, domain: found.domain };
  } catch (error) {
    if (error instanceof PartnerError) return known;
    throw error;
  }
}

function writtenBy(write: { add: Acceptance } | { save: Acceptance }): Acceptance {
  return 'add' in write ? write.add : write.save;
}
