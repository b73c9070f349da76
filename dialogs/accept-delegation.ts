import { z } from 'zod';
import { allowParagraphs } from '../cards/accept-delegation.ts';
import { whoWords } from '../cards/answer-offer.ts';
import { offerFacts } from '../cards/offer-facts.ts';
import { fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { answerDelegation, type DelegationAction, mayDelegate } from '../partner/delegating.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Json, JsonObject } from '../partner/operations.ts';
import { writtenBy } from '../partner/written.ts';
import { isAsked, showDelegationPassOn, showQuestion } from './accept-delegation-show.ts';
import { visitFor } from './answer-offer.ts';
import { showVisit } from './answer-offer-show.ts';
import type { OfferVisit } from './answer-offer-visit.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, SingleUse, Stage } from './job.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

/** What was before the person when they began to answer: that, and nothing newer, is what they allow. */
interface AllowData {
  code: string;
  version: number;
  hash: string;
  paragraphs: string[];
}

const allowForm = createForm({
  id: 'accept-delegation-form',
  inputs: z.object({}),
  labels: {},
  async card(turn, { paragraphs }: Pick<AllowData, 'paragraphs'>, { nonce, problem }) {
    const { words } = turn;
    return fieldsCard(words, {
      frame: { ...ownCompany(words, turn.account), title: words('accept-delegation.title'), problem },
      verb: 'accept-delegation-form',
      nonce,
      paragraphs,
      fields: [],
      proceed: words('accept-delegation.allow'),
    });
  },
});

const allowFlow = createFlow<AllowData>({
  id: 'accept-delegation',
  start: async (_turn, brought) => brought as AllowData,
  steps: [
    {
      form: allowForm.id,
      options: async (_turn, { paragraphs }) => ({ paragraphs }),
      take: async (_turn, data) => data,
    },
  ],
  finish: (turn, { code, version, hash }, cardKey) =>
    finish(turn, code, { do: 'allow', version, hash }, cardKey),
  outdated: showOverview,
});

/** Records the answer by the rules of the page, and tells whoever is told of it; the answer to services stays as it is. */
async function say(turn: Turn, visit: OfferVisit, action: DelegationAction): Promise<OfferVisit> {
  const { offer, version, client, acceptance, delegation: existing } = visit;
  const { now, newId } = turn;
  const said = answerDelegation({ offer, version, existing, client, action, now, newId });
  const { tenantId } = client;
  const isSaidBefore =
    action.do === 'later' && (await turn.offers.hasPutOff(offer.id, tenantId, version.number));
  if (said.events.length === 0 || isSaidBefore) return visit;
  const delegation = said.delegation === undefined ? existing : writtenBy(said.delegation);
  turn.delegations.save({
    delegations: said.delegation === undefined ? [] : [said.delegation],
    offerEvents: said.events,
  });
  // What was decided holds only for the offer as it was read.
  turn.offers.save({ offerGuards: [{ id: offer.id, rev: offer.rev }] });
  const did = { offer, version, acceptance, events: said.events };
  await turn.offers.consequences(delegation === undefined ? did : { ...did, delegation });
  return { ...visit, delegation };
}

const saidAs = { allow: 'allow', decline: 'refuse', later: 'later' } as const;

/** Says it, and shows how the offer stands afterwards; what the rules refuse is told above the offer as it is now. */
async function finish(turn: Turn, code: string | undefined, action: DelegationAction, cardKey = '') {
  const visit = await visitFor(turn, code, action.do === 'later' ? 'sign-in' : 'now');
  if (visit === undefined) return;
  try {
    const after = await say(turn, visit, action);
    await showVisit(turn, after, turn.words(`accept-delegation.said.${saidAs[action.do]}`), cardKey);
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    const reference = turn.reference({ code: error.code, did: `delegation-${action.do}` });
    const { what, next } = wordsForError(turn.words, error);
    const said = `${what} ${next} ${turn.words('error.reference', { reference })}`;
    await showVisit(turn, visit, said, cardKey);
  }
}

/** What can be answered now, by somebody who may; everything else is shown, and undefined. */
async function answerable(
  turn: Turn,
  code: string | undefined,
  version?: Json,
): Promise<OfferVisit | undefined> {
  const visit = await visitFor(turn, code, 'sign-in');
  if (visit === undefined) return undefined;
  const isShown = version === undefined || version === visit.version.number;
  if (!isAsked(visit) || !isShown) {
    await showVisit(turn, visit);
    return undefined;
  }
  if (mayDelegate(visit.client.roles)) return visit;
  showDelegationPassOn(turn, visit);
  return undefined;
}

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const visit = await answerable(turn, pressed.text('code'));
  const { words, chat } = turn;
  const facts = visit && offerFacts(words, chat.language, { ...visit.version, standing: 'open' }).delegation;
  if (visit === undefined || facts === undefined) return;
  const { offer, version, client } = visit;
  const as = words('accept-delegation.as', { who: whoWords(client), name: client.person.name });
  const paragraphs = allowParagraphs(words, facts, { company: version.signature.name, as });
  const { number, hash } = version;
  const data: AllowData = { code: offer.code, version: number, hash, paragraphs };
  await stage.begin(allowFlow.id, data);
}

async function answerAtOnce(turn: Turn, args: JsonObject, what: 'decline' | 'later'): Promise<void> {
  const visit = await answerable(turn, String(args['code']), args['version']);
  if (visit !== undefined) await finish(turn, visit.offer.code, { do: what });
}

const once = (what: 'decline' | 'later'): SingleUse => ({
  press: (turn, _stage, { args }) => answerAtOnce(turn, args, what),
  shows: (turn, { code }) => showAsked(turn, String(code)),
});

async function showAsked(turn: Turn, code: string | undefined): Promise<void> {
  const visit = await visitFor(turn, code, 'sign-in');
  if (visit === undefined) return;
  if (isAsked(visit)) showQuestion(turn, visit);
  else await showVisit(turn, visit);
}

/** A client's own answer to the delegated administration that an offer asks for. */
export const acceptDelegationJob: Job = {
  dialogs: [allowFlow, allowForm],
  presses: {
    'accept-delegation': begin,
    'accept-delegation-ask': (turn, _stage, pressed) => showAsked(turn, pressed.text('code')),
    async 'accept-delegation-pass-on'(turn, _stage, pressed) {
      const visit = await visitFor(turn, pressed.text('code'), 'sign-in');
      if (visit !== undefined) showDelegationPassOn(turn, visit);
    },
  },
  once: {
    'accept-delegation-refuse': once('decline'),
    'accept-delegation-later': once('later'),
  },
};
