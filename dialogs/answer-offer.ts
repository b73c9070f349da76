import { whoWords } from '../cards/answer-offer.ts';
import { offerFacts } from '../cards/offer-facts.ts';
import { offerCodeIn } from '../locales/commands.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import { canAnswer, canDecline, canWithdraw } from '../partner/acceptance-life.ts';
import type { ClientAction } from '../partner/answering.ts';
import { PartnerError } from '../partner/errors.ts';
import type { OfferLine } from '../partner/offers.ts';
import {
  type Confirmed,
  type ConfirmOptions,
  confirmForm,
  type SeatsOptions,
  seatsForm,
  seatsIn,
  type TextOptions,
  textForm,
  textInputs,
} from './answer-offer-forms.ts';
import {
  isAnswerable,
  refusalOf,
  showByCode,
  showPassOn,
  showUnknown,
  showVisit,
} from './answer-offer-show.ts';
import {
  answeredVersion,
  mayBind,
  type OfferVisit,
  offerOf,
  type RolesAsOf,
  say,
  visitOf,
} from './answer-offer-visit.ts';
import { createFlow, type FlowStep } from './flow-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

/** What was before the person when they began to answer: that, and nothing newer, is what they answer. */
interface AnswerData {
  code: string;
  what: Confirmed;
  company: string;
  version: number;
  hash: string;
  lines: OfferLine[];
  seats: number[];
  as: string;
  points: string[];
}

const seatsStep: FlowStep<AnswerData> = {
  form: seatsForm.id,
  options: async (_turn, { company, lines, seats }): Promise<SeatsOptions> => ({ company, lines, seats }),
  /** What lies outside the offer can still be wished. */
  async take(_turn, data, values) {
    const seats = seatsIn(data.lines, values).map((each) => each ?? 0);
    const isOffered = data.lines.every(({ minSeats, maxSeats }, index) => {
      const each = seats[index] ?? 0;
      return each >= minSeats && each <= maxSeats;
    });
    return { ...data, seats, what: isOffered ? data.what : 'wish' };
  },
};

const confirmStep: FlowStep<AnswerData> = {
  form: confirmForm.id,
  options: async (_turn, { what, company, lines, seats, as, points }): Promise<ConfirmOptions> => ({
    ...{ what, company, lines, seats, as, points },
  }),
  take: async (_turn, data) => data,
};

const flowOf = (id: string, steps: readonly FlowStep<AnswerData>[]) =>
  createFlow<AnswerData>({
    id,
    start: async (_turn, brought) => brought as AnswerData,
    steps,
    finish: (turn, data, cardKey) => finish(turn, data.code, actionOf(data), cardKey),
    outdated: showOverview,
  });

const withSeats = flowOf('answer-offer-with-seats', [seatsStep, confirmStep]);
const confirmOnly = flowOf('answer-offer-as-it-is', [confirmStep]);

const inWords = createFlow<TextOptions & { code: string; text: string }>({
  id: 'answer-offer-in-words',
  start: async (_turn, brought) => brought as TextOptions & { code: string; text: string },
  steps: [
    {
      form: textForm.id,
      options: async (_turn, { what, company, title }): Promise<TextOptions> => ({ what, company, title }),
      take: async (_turn, data, values) => ({ ...data, text: textInputs.parse(values).text }),
    },
  ],
  finish(turn, { code, what, text }, cardKey) {
    return finish(
      turn,
      code,
      what === 'ask' ? { do: 'ask', text } : { do: 'decline', reason: text },
      cardKey,
    );
  },
  outdated: showOverview,
});

function actionOf({ what, version, hash, seats }: AnswerData): ClientAction {
  switch (what) {
    case 'accept':
      return { do: 'accept', version, hash, seats };
    case 'wish':
      return { do: 'wish', version, seats };
    case 'withdraw':
      return { do: 'withdraw' };
  }
}

/** Says it, and shows how the offer stands afterwards; what the rules refuse is told above the offer as it is now. */
async function finish(turn: Turn, code: string, action: ClientAction, cardKey: string): Promise<void> {
  const visit = await visitFor(turn, code, action.do === 'ask' ? 'sign-in' : 'now');
  if (visit === undefined) return;
  const company = visit.shown.signature.name;
  try {
    const after = await say(turn, visit, action);
    const said = action.do === 'view' ? '' : turn.words(`offer-page.said.${action.do}`, { company });
    showVisit(turn, after, said, cardKey);
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    const reference = turn.reference({ code: error.code, did: action.do });
    const said = `${whyNot(turn, error, company)} ${turn.words('error.reference', { reference })}`;
    showVisit(turn, visit, said, cardKey);
  }
}

function whyNot({ words }: Turn, error: PartnerError, company: string): string {
  if (error.code === 'said-too-often') {
    const what = String(error.details['what']);
    const count = Number(error.details['limit']);
    const title = words('offer-page.limit.title', { what });
    return `${title}. ${words('offer-page.limit.text', { what, count, company })}`;
  }
  const { what, next } = wordsForError(words, error);
  return `${what} ${next}`;
}

/** The offer as it is now for this person; shown, and undefined, where there is nothing to answer. */
export async function visitFor(
  turn: Turn,
  code: string | undefined,
  rolesAsOf: RolesAsOf,
): Promise<OfferVisit | undefined> {
  const account = turn.requireAccount();
  const found = await offerOf(turn, code);
  if (found === undefined || !turn.offers.isInCloudOf(found.offer)) {
    showUnknown(turn);
    return undefined;
  }
  if (found.offer.company === account.tenantId) {
    await showByCode(turn, code);
    return undefined;
  }
  const visit = await visitOf(turn, found, rolesAsOf);
  const refusal = refusalOf(turn, visit);
  if (refusal === undefined) return visit;
  turn.show(refusal);
  return undefined;
}

/** *Chấp nhận*, *Đề nghị số khác*, *Rút lại*: begins only what can still be done. */
async function begin(turn: Turn, stage: Stage, pressed: Pressed, what: Confirmed): Promise<void> {
  const visit = await visitFor(turn, pressed.text('code'), 'sign-in');
  if (visit === undefined) return;
  const { acceptance, shown } = visit;
  const isOpen = isAnswerable(visit) && canAnswer(acceptance, shown.number);
  const mayTakeBack = acceptance !== undefined && canWithdraw(acceptance);
  const hasLines = shown.terms.lines.length > 0;
  const isPossible = hasLines && (what === 'withdraw' ? mayTakeBack : isOpen);
  if (!isPossible) return showVisit(turn, visit);
  if (!mayBind(visit)) return showPassOn(turn, visit);
  const data = await dataFor(turn, visit, what);
  const canChoose = what === 'wish' || data.lines.some(({ minSeats, maxSeats }) => minSeats < maxSeats);
  const flow = what !== 'withdraw' && canChoose ? withSeats : confirmOnly;
  await stage.begin(flow.id, data);
}

async function dataFor(turn: Turn, visit: OfferVisit, what: Confirmed): Promise<AnswerData> {
  const { offer, shown, client, acceptance } = visit;
  const { words } = turn;
  const takesBack = what === 'withdraw' && acceptance !== undefined;
  const version = takesBack ? await answeredVersion(turn, acceptance) : shown;
  const { lines } = version.terms;
  const { accept } = offerFacts(words, turn.chat.language, { ...version, standing: 'open' });
  const accepted = takesBack ? acceptance.seats : [];
  return {
    ...{ code: offer.code, what, company: version.signature.name, lines },
    ...{ version: version.number, hash: version.hash, points: [...accept.points] },
    seats: lines.map(({ seats }, index) => accepted[index] ?? seats),
    as: words('offer-page.answer.as', { who: whoWords(client), name: client.person.name }),
  };
}

/** *Hỏi* needs no right; *Từ chối* does. */
async function beginText(
  turn: Turn,
  stage: Stage,
  pressed: Pressed,
  what: TextOptions['what'],
): Promise<void> {
  const visit = await visitFor(turn, pressed.text('code'), 'sign-in');
  if (visit === undefined) return;
  const { acceptance, shown, offer } = visit;
  const hasLines = shown.terms.lines.length > 0;
  const mayDecline = hasLines && isAnswerable(visit) && canDecline(acceptance, shown.number);
  if (what === 'decline' && !mayDecline) return showVisit(turn, visit);
  if (what === 'decline' && !mayBind(visit)) return showPassOn(turn, visit);
  const title = turn.words(`offer-page.${what}`);
  const company = shown.signature.name;
  await stage.begin(inWords.id, { code: offer.code, what, company, title, text: '' });
}

export const answerOfferJob: Job = {
  dialogs: [withSeats, confirmOnly, inWords, seatsForm, confirmForm, textForm],
  commands: {
    'answer-offer': async (turn, _stage, rest) =>
      rest === '' ? turn.say(turn.words('answer-offer.which')) : showByCode(turn, offerCodeIn(rest)),
  },
  presses: {
    'answer-offer': (turn, _stage, pressed) => showByCode(turn, pressed.text('code')),
    'answer-offer-accept': (turn, stage, pressed) => begin(turn, stage, pressed, 'accept'),
    'answer-offer-wish': (turn, stage, pressed) => begin(turn, stage, pressed, 'wish'),
    'answer-offer-withdraw': (turn, stage, pressed) => begin(turn, stage, pressed, 'withdraw'),
    'answer-offer-ask': (turn, stage, pressed) => beginText(turn, stage, pressed, 'ask'),
    'answer-offer-decline': (turn, stage, pressed) => beginText(turn, stage, pressed, 'decline'),
    async 'answer-offer-pass-on'(turn, _stage, pressed) {
      const visit = await visitFor(turn, pressed.text('code'), 'sign-in');
      if (visit !== undefined) showPassOn(turn, visit);
    },
  },
};
