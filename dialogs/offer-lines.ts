import { z } from 'zod';
import { termWords } from '../cards/offer-facts.ts';
import { type Choice, type Field, fieldsCard } from '../cards/offer-fields.ts';
import { priceFields } from '../cards/offer-make.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import type { CatalogueItem } from '../partner/commerce.ts';
import { mostLines, type Offer, type OfferLine, type OfferTerms } from '../partner/offers.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { formNumber, formText, offeredLine, priceOf, seatsProblem, wholeNumber } from './offer-inputs.ts';
import { keepTerms, showPreview } from './offer-preview.ts';
import { offerById, problemText, termUsedLast } from './offer-record.ts';
import { chosenService, currencies, mostListed, servicesFor } from './offer-services.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  kind: OfferTerms['kind'];
  route: OfferTerms['route'];
  /** The line that is changed; null for a new one. */
  line: OfferLine | null;
}

interface LineData extends Options {
  offerId: string;
  /** Place of the line that is changed; −1 for a new one. */
  index: number;
  made: OfferLine | null;
}

const lineInputs = z.object({
  service: formText(200),
  other: formText(200),
  seats: formNumber,
  minSeats: formNumber,
  maxSeats: formNumber,
  term: formText(40),
  amount: formText(30),
  currency: formText(3),
  per: formText(10),
  vat: formText(10),
});
type LineValues = z.output<typeof lineInputs>;

const termValue = ({ term, billing }: { term: string; billing: string }) => `${term} ${billing}`;

function startValues(line: OfferLine | null, currency: string): LineValues {
  const price = line?.price;
  return {
    service: line?.item ?? '',
    other: '',
    seats: line === null ? '' : String(line.seats),
    minSeats: line === null ? '' : String(line.minSeats),
    maxSeats: line === null ? '' : String(line.maxSeats),
    term: line === null ? '' : termValue(line),
    amount: price?.amount ?? '',
    currency: price?.currency ?? currency,
    per: price?.per ?? 'month',
    vat: price?.vat ?? 'excluded',
  };
}

const lineForm = createForm({
  id: 'offer-line-form',
  inputs: lineInputs,
  labels: {
    service: 'offer-make.service',
    other: 'offer-make.other',
    seats: 'offer-make.seats',
    minSeats: 'offer-line.min',
    maxSeats: 'offer-line.max',
    term: 'offer-line.term',
    amount: 'offer-make.amount',
  },
  async card(turn, { kind, route, line }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    const [services, money] = await Promise.all([servicesFor(turn, kind, route), currencies(turn)]);
    const values = { ...startValues(line, money[0] ?? ''), ...typed };
    const matching = values.other === '' ? services : chosenService(services, values);
    const listed = (matching.length > 0 ? matching : services).slice(0, mostListed);
    const item = services.find((each) => each.item === line?.item);
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words(line === null ? 'offer-line.add-title' : 'offer-line.edit-title'),
        problem,
      },
      verb: 'offer-line-form',
      nonce,
      fields: fieldsOf(turn, { kind, route, line, item, values, money, listed, all: services.length }),
      proceed: words('offer-make.preview'),
    });
  },
  async check(turn, { kind, route, line }, values) {
    const { words } = turn;
    const items = chosenService(await servicesFor(turn, kind, route), values);
    const [item] = items;
    if (item === undefined || items.length > 1) return words('offer-make.problem-service');
    if (kind === 'purchase' && priceOf(values) === undefined) return words('offer-make.problem-price');
    return (
      seatsProblem(turn, item, values.seats) ??
      (line !== null && boundsOf(item, values, line) === undefined
        ? words('offer-line.problem-bounds', { max: item.maxSeats })
        : undefined)
    );
  },
});

function fieldsOf(
  turn: Turn,
  view: Options & {
    item: CatalogueItem | undefined;
    values: LineValues;
    money: string[];
    listed: readonly CatalogueItem[];
    all: number;
  },
): Field[] {
  const { words } = turn;
  const { kind, route, line, item, values, money, listed, all } = view;
  const services: Choice[] = listed.map(({ name, item: id }) => ({ title: name, value: id }));
  const price = priceFields(words, values, money);
  const number = (id: 'seats' | 'minSeats' | 'maxSeats', label: string): Field => ({
    ...{ kind: 'number', id, label, value: values[id] },
  });
  const terms: Choice[] = (item?.terms ?? []).map((each) => ({
    title: termWords(words, { ...(line as OfferLine), ...each }),
    value: termValue(each),
  }));
  const isPurchase = kind === 'purchase';
  const isEdited = line !== null && isPurchase;
  const service: Field = {
    ...{ kind: 'choice', id: 'service', label: words('offer-make.service') },
    ...{ value: values.service, choices: services },
  };
  const other: Field = { kind: 'text', id: 'other', label: words('offer-make.other'), value: '' };
  const term: Field = {
    ...{ kind: 'choice', id: 'term', label: words('offer-line.term') },
    ...{ value: values.term, choices: terms },
  };
  const bounds = [number('minSeats', words('offer-line.min')), number('maxSeats', words('offer-line.max'))];
  return [
    service,
    ...(all > listed.length ? [other] : []),
    ...(isPurchase ? [number('seats', words('offer-make.seats'))] : []),
    ...(isEdited && route === 'reseller' ? bounds : []),
    ...(isEdited && terms.length > 1 ? [term] : []),
    ...(isPurchase ? [price.amount, price.currency, price.per, price.vat] : []),
  ];
}

/** Bounds as typed, both within what Microsoft sells and around the seats; what the card did not ask stays. */
function boundsOf(
  item: CatalogueItem,
  values: LineValues,
  line: OfferLine,
): { minSeats: number; maxSeats: number } | undefined {
  const seats = wholeNumber(values.seats) ?? line.seats;
  const isOther = item.item !== line.item;
  const given = (typed: string, own: number) => (typed === '' || isOther ? own : wholeNumber(typed));
  const least = Math.max(1, item.minSeats);
  const min = given(values.minSeats, isOther ? least : Math.min(line.minSeats, seats));
  const max = given(values.maxSeats, isOther ? item.maxSeats : Math.max(line.maxSeats, seats));
  if (min === undefined || max === undefined) return undefined;
  const isGood = least <= min && min <= seats && seats <= max && max <= item.maxSeats;
  return isGood ? { minSeats: min, maxSeats: max } : undefined;
}

async function lineOf(turn: Turn, { kind, route, line }: Options, values: LineValues): Promise<OfferLine> {
  const [item] = chosenService(await servicesFor(turn, kind, route), values);
  const price = kind === 'trial' ? null : priceOf(values);
  if (item === undefined || price === undefined) throw new Error('a line was taken that its check refuses');
  const [term = '', billing = ''] = values.term.split(' ');
  const asLast = term === '' ? await termUsedLast(turn) : { term, billing };
  const made = offeredLine(item, { seats: values.seats, route, price }, asLast);
  const bounds = line === null || made.trial || route === 'advisor' ? {} : boundsOf(item, values, line);
  return { ...made, ...bounds };
}

/** Adds a service to a draft, or changes one of its lines. */
const lineFlow = createFlow<LineData>({
  id: 'offer-line',
  async start(turn, brought) {
    requireCapability('make-offer', await turn.situation());
    return brought as LineData;
  },
  steps: [
    {
      form: lineForm.id,
      options: async (_turn, { kind, route, line }): Promise<Options> => ({ kind, route, line }),
      take: async (turn, data, values) => ({
        ...data,
        made: await lineOf(turn, data, lineInputs.parse(values)),
      }),
    },
  ],
  async finish(turn, { offerId, index, line, made }, cardKey) {
    const offer = await offerById(turn, offerId);
    if (offer === undefined || made === null) return;
    const changed = withLine(offer, index, line, made);
    if (changed === undefined)
      return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
    await keepTerms(turn, offer, changed, { replaces: cardKey || undefined });
  },
  outdated: showOverview,
});

/** Undefined when somebody changed the draft meanwhile. */
function withLine(
  { draft }: Offer,
  index: number,
  before: OfferLine | null,
  made: OfferLine,
): OfferTerms | undefined {
  if (draft === null) return undefined;
  if (before === null)
    return draft.lines.length < mostLines ? { ...draft, lines: [...draft.lines, made] } : undefined;
  if (draft.lines[index]?.item !== before.item) return undefined;
  return { ...draft, lines: draft.lines.map((each, at) => (at === index ? made : each)) };
}

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  if (offer === undefined) return;
  if (offer.draft === null)
    return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  const { kind, route, lines } = offer.draft;
  const typed = pressed.text('line');
  const index = typed === undefined ? -1 : Number(typed);
  const line = lines[index] ?? null;
  if (line === null && (kind === 'trial' || lines.length >= mostLines)) return showPreview(turn, offer);
  const data: LineData = {
    kind,
    route,
    line,
    offerId: offer.id,
    index: line === null ? -1 : index,
    made: null,
  };
  await stage.begin(lineFlow.id, data);
}

export const offerLinesJob: Job = {
  dialogs: [lineFlow, lineForm],
  presses: { 'offer-line': begin },
};
