import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { withinLimits } from '../partner/answer-limits.ts';
import {
  answer,
  type ClientAction,
  isClientAdministrator,
  type SignedInClient,
} from '../partner/answering.ts';
import type { Delegation } from '../partner/delegations.ts';
import { PartnerError } from '../partner/errors.ts';
import { type OfferStanding, standingOf } from '../partner/offer-life.ts';
import { type OfferSight, sightOf } from '../partner/offer-sight.ts';
import type { Acceptance, ClientCompany, Offer, OfferVersion } from '../partner/offers.ts';
import { writtenBy } from '../partner/written.ts';
import type { Turn } from './turn.ts';

/** Somebody of a client who looks at an offer in the chat. */
export interface OfferVisit {
  offer: Offer;
  /** The newest one: the only one that can be answered. */
  version: OfferVersion;
  sight: OfferSight;
  /** What this company may see: the newest one, or the one that it answered. */
  shown: OfferVersion;
  standing: OfferStanding;
  /** What the client reads of it. */
  words: Words;
  client: SignedInClient;
  /** Whether Microsoft said which roles this person has. */
  rolesKnown: boolean;
  acceptance: Acceptance | undefined;
  /** What the company said to the delegation of the offer. */
  delegation: Delegation | undefined;
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

/** As of when the roles are: of the sign-in are good enough to be shown buttons, never to bind a company. */
export type RolesAsOf = 'sign-in' | 'now';

/**
 * Everything about this offer and the signed-in person. Throws `sign-in-needed`; with roles as of now
 * `sign-in-to-answer` unless they have just signed in.
 */
export async function visitOf(
  turn: Turn,
  found: { offer: Offer; version: OfferVersion },
  rolesAsOf: RolesAsOf,
): Promise<OfferVisit> {
  const account = turn.requireAccount();
  const { offer } = found;
  const roles = rolesOf(turn, account, rolesAsOf);
  const [acceptance, delegation] = await Promise.all([
    turn.offers.ofClient(offer.id, account.tenantId),
    turn.delegations.ofClient(offer.id, account.tenantId),
  ]);
  const { objectId, displayName: name, signInName } = account;
  const company = acceptance?.client ?? delegation?.client ?? (await companyOf(turn, offer, account));
  return {
    ...found,
    ...(await sighted(turn, found, { acceptance, delegation })),
    standing: standingOf(offer, turn.now),
    words: await turn.wordsFrom(offer.company),
    client: { ...company, person: { objectId, name, signInName }, roles: roles ?? [] },
    rolesKnown: roles !== undefined,
    acceptance,
    delegation,
  };
}

/** Whether this person may bind their company. */
export function mayBind({ client }: OfferVisit): boolean {
  return isClientAdministrator(client.roles);
}

/**
 * Records what the client says, by the rules that the page goes by too, and tells whoever is told of it.
 * Answers how it stands afterwards. Throws PartnerError as `answer` and `withinLimits` do.
 */
export async function say(turn: Turn, visit: OfferVisit, action: ClientAction): Promise<OfferVisit> {
  const { offer, version, client, acceptance: existing } = visit;
  const { now, newId } = turn;
  const said = answer({ offer, version, existing, client, action, now, newId });
  if (said.acceptance === undefined && said.events.length === 0) return visit;
  const events = await withinLimits(said.events, (kinds) =>
    turn.offers.countOf(offer.id, client.tenantId, kinds),
  );
  const acceptance = said.acceptance === undefined ? existing : writtenBy(said.acceptance);
  turn.offers.save({
    acceptances: said.acceptance === undefined ? [] : [said.acceptance],
    offerEvents: events,
    // What was decided holds only for the offer as it was read.
    offerGuards: [{ id: offer.id, rev: offer.rev }],
  });
  await turn.offers.consequences({ offer, version, acceptance, events });
  const { delegation } = visit;
  return { ...visit, ...(await sighted(turn, visit, { acceptance, delegation })), acceptance };
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

async function sighted(
  turn: Turn,
  { offer, version }: { offer: Offer; version: OfferVersion },
  { acceptance, delegation }: Pick<OfferVisit, 'acceptance' | 'delegation'>,
): Promise<Pick<OfferVisit, 'sight' | 'shown'>> {
  const { tenantId } = turn.requireAccount();
  const sight = sightOf({ offer, newest: version, acceptance, delegation, tenantId, now: turn.now });
  if (sight !== 'answered' || acceptance === undefined) return { sight, shown: version };
  return { sight, shown: await answeredVersion(turn, acceptance) };
}

/** The version that this acceptance is about. Throws `offer-unknown`, never seen: versions stay. */
export async function answeredVersion(turn: Turn, { offerId, version }: Acceptance): Promise<OfferVersion> {
  const answered = await turn.offers.version(offerId, version);
  if (answered === undefined) throw new PartnerError('offer-unknown');
  return answered;
}

/**
 * A sign-in in the chat lasts for weeks, and nothing is kept with which Microsoft could be asked about people of clients.
 * So whoever binds a company signs in for that very answer, and goes by what Microsoft said then.
 */
function rolesOf({ chat }: Turn, { wids }: Account, asOf: RolesAsOf): readonly string[] | undefined {
  if (asOf === 'now' && !chat.isJustSignedIn) throw new PartnerError('sign-in-to-answer');
  return wids;
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
