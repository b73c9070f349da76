import { accountKey } from '../partner/accounts.ts';
import { type AskGlobalRoleWish, askGlobalRoleId } from '../partner/ask-global-role.ts';
import { reachesGlobalAdministrator } from '../partner/delegation-terms.ts';
import { kindNamed } from '../partner/kinds.ts';
import type { Offer, OfferTerms } from '../partner/offers.ts';
import { isApprovedNow } from './second-person.ts';
import type { Turn } from './turn.ts';
import { whyNot } from './why-not.ts';

/** Whether these terms may go out as far as a second person is concerned. */
export type SecondLook = { is: 'clear' } | { is: 'waiting' } | { is: 'needed'; wish: AskGlobalRoleWish };

/**
 * A delegation that leads to Global Administrator goes out only while somebody else's yes to exactly it holds, for this
 * client of this offer; with any other nothing is asked.
 */
export async function secondLookAt(
  turn: Turn,
  { id: offerId }: Offer,
  terms: OfferTerms,
): Promise<SecondLook> {
  const { delegation, recipient } = terms;
  if (delegation === undefined || !reachesGlobalAdministrator(delegation)) return { is: 'clear' };
  const key = turn.hash(JSON.stringify([offerId, recipient.tenantId, recipient.name, delegation]));
  for (let attempt = 0; ; attempt += 1) {
    const asked = await turn.findOperation(askGlobalRoleId({ key, attempt }));
    if (asked === undefined) {
      const clientName = [recipient.name, recipient.domain ?? ''].filter(Boolean).join(' · ');
      return { is: 'needed', wish: { offerId, clientName, terms: delegation, key, attempt } };
    }
    if (asked.status === 'done') {
      if (await isApprovedNow(turn, asked, kindNamed(asked.kind).needs(asked.args))) return { is: 'clear' };
      continue;
    }
    if (asked.status !== 'cancelled' && asked.status !== 'failed') return { is: 'waiting' };
  }
}

/** Why the delegation in these terms may not go out now, in words; undefined when it may, and when there is none. */
export async function heldBack(turn: Turn, offer: Offer, terms: OfferTerms): Promise<string | undefined> {
  if (terms.delegation === undefined) return undefined;
  const said = await reasonFor(turn, offer, terms);
  if (said === '') return undefined;
  const reference = turn.reference({ problem: 'delegation-held-back', offer: offer.id });
  return `${said} ${turn.words('error.reference', { reference })}`;
}

async function reasonFor(turn: Turn, offer: Offer, terms: OfferTerms): Promise<string> {
  const why = whyNot(turn, 'offer-delegation', await turn.situation());
  if (why !== '') return why;
  if (!(await canCarryIt(turn, offer)))
    return turn.words('delegation-offer.maker-cannot', {
      name: offer.makerName || turn.words('person.erased'),
    });
  const { is } = await secondLookAt(turn, offer, terms);
  return is === 'clear' ? '' : turn.words(`delegation-offer.second-look.${is}`);
}

/** Once the client allows it, it is carried on in the name of whom the offer belongs to. */
async function canCarryIt(turn: Turn, { maker }: Offer): Promise<boolean> {
  if (accountKey(maker) === accountKey(turn.requireAccount())) return true;
  const able = await turn.colleaguesWho('offer-delegation');
  return able.some(({ account }) => accountKey(account) === accountKey(maker));
}
