import { takenFromCard } from '../cards/notice-taken.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { Delegation } from '../partner/delegations.ts';
import { idOfSubject, type Notice, noticeStem, noticeTraits } from '../partner/notices.ts';
import type { Offer } from '../partner/offers.ts';
import type { JsonObject } from '../partner/operations.ts';
import { showDelegation } from './delegation-staff.ts';
import type { Job } from './job.ts';
import type { Judged } from './judgement.ts';
import { giveOfferTo, needToOwn } from './offer-owner.ts';
import { showOffer } from './offer-show.ts';
import { standsStill } from './take-over.ts';
import type { Turn } from './turn.ts';

/** What a notice is about, with the offer that it belongs to where there is one. */
interface Thing {
  notice: Notice;
  offer: Offer | undefined;
  delegation: Delegation | undefined;
}

async function thingOf(turn: Turn, args: JsonObject): Promise<Thing | undefined> {
  const id = args['notice'];
  const notice = typeof id === 'string' ? await turn.notices.find(id) : undefined;
  if (notice === undefined) return undefined;
  const about = idOfSubject(notice.subject);
  const delegation = notice.subject.startsWith('delegation/')
    ? await turn.delegations.find(about)
    : undefined;
  const offerId = delegation === undefined ? about : delegation.offerId;
  const offer = offerId === null ? undefined : await turn.offers.find(offerId);
  return offer === undefined && delegation === undefined ? undefined : { notice, offer, delegation };
}

/** *Tôi nhận*: the first who says so answers for it from then on, and everybody else who was asked is told. */
async function take(turn: Turn, { args }: Judged): Promise<void> {
  const thing = await thingOf(turn, args);
  if (thing === undefined) return gone(turn);
  const { notice, delegation } = thing;
  // What lives on of an offer that was withdrawn is taken by itself.
  const offer = thing.offer?.status === 'withdrawn' && delegation !== undefined ? undefined : thing.offer;
  const before = offer?.maker ?? delegation?.maker ?? null;
  const account = turn.requireAccount();
  // Somebody was faster, or it was handed over: pressing late takes nothing away.
  const isAsTold = before !== null && accountKey(before) === args['from'];
  const isDealtWith = notice.status === 'over' && noticeTraits[notice.kind].wants;
  if (!isAsTold || isDealtWith || offer?.status === 'withdrawn')
    return showThing(turn, thing, await whoHasIt(turn, thing));
  const situation = await turn.situation();
  const alone = situation.cloud === '21vianet' ? 'record-delegation' : 'offer-delegation';
  requireCapability(offer === undefined ? alone : await needToOwn(turn, offer), situation);
  const after = offer && (await giveOfferTo(turn, offer, account));
  if (offer === undefined && delegation !== undefined) {
    const { tenantId, objectId } = account;
    turn.delegations.save({ delegations: [{ save: { ...delegation, maker: { tenantId, objectId } } }] });
  }
  await turn.notices.end(await allOpen(turn, thing), 'taken');
  await turn.tellAccount(before, {
    draw: (reader) => takenFromCard(reader, { notice, by: account.displayName }),
  });
  const said = [turn.words('notice.yours'), ...(await workLeft(turn, thing))].join(' ');
  await showThing(turn, { ...thing, offer: after ?? thing.offer }, said, keyOfCard(notice, account));
}

/** Work that was begun goes on in the name of who began it, until somebody carries it on. */
async function workLeft(turn: Turn, { offer, delegation }: Thing): Promise<string[]> {
  const all = offer === undefined ? [delegation] : await turn.delegations.ofOffer(offer.id);
  for (const operationId of all.map((each) => each?.operationId ?? null)) {
    const operation = operationId === null ? undefined : await turn.findOperation(operationId);
    if (operation === undefined || !standsStill(operation, turn.requireAccount())) continue;
    const name = (await turn.accountOf(operation.actor))?.displayName ?? turn.words('person.erased');
    return [turn.words('notice.yours-work', { name })];
  }
  return [];
}

/** Everything that waits about the offer and its delegations goes with it; the one that was pressed as well. */
async function allOpen(turn: Turn, { notice, offer }: Thing): Promise<Notice[]> {
  const delegations = offer === undefined ? [] : await turn.delegations.ofOffer(offer.id);
  const subjects = [
    notice.subject,
    ...(offer === undefined ? [] : [`offer/${offer.id}` as const]),
    ...delegations.map(({ id }) => `delegation/${id}` as const),
  ];
  const open = await Promise.all([...new Set(subjects)].map((subject) => turn.notices.open(subject)));
  const all = open.flat();
  return all.some(({ id }) => id === notice.id) ? all : [...all, notice];
}

async function showThing(turn: Turn, { offer, delegation }: Thing, said: string, replaces?: string) {
  if (offer !== undefined) return showOffer(turn, offer, { said, ...(replaces ? { replaces } : {}) });
  if (delegation === undefined) return gone(turn);
  turn.say(said);
  await showDelegation(turn, delegation);
}

async function whoHasIt(turn: Turn, { offer, delegation }: Thing): Promise<string> {
  const maker = offer?.maker ?? delegation?.maker;
  const account = maker && (await turn.accountOf(maker));
  const name = account?.displayName ?? offer?.makerName ?? '';
  return turn.words('notice.late', { name: name || turn.words('person.erased') });
}

function gone(turn: Turn): void {
  const reference = turn.reference({ problem: 'notice.gone' });
  turn.say(`${turn.words('notice.gone')} ${turn.words('error.reference', { reference })}`);
}

const keyOfCard = ({ id }: Notice, { objectId }: AccountRef) => `${noticeStem(id)}${objectId}`;

export const noticeTakeJob: Job = {
  once: {
    'notice-take': {
      press: (turn, _stage, judged) => take(turn, judged),
      async shows(turn, args) {
        const thing = await thingOf(turn, args);
        if (thing === undefined) return gone(turn);
        await showThing(turn, thing, await whoHasIt(turn, thing));
      },
    },
  },
};
