import { type OfferMakeValues, offerMakeCard } from '../cards/offer-make.ts';
import { requireCapability } from '../partner/authorise.ts';
import { newDraft } from '../partner/offer-life.ts';
import { defaultTerms, isPortalLink } from '../partner/offer-terms.ts';
import type { OfferTerms } from '../partner/offers.ts';
import { type QuickOffer, readQuickOffer } from '../partner/quick-offer.ts';
import { isService, usualServices } from '../partner/usual-services.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Stage } from './job.ts';
import { isMail, offeredLine, offerMakeInputs, priceOf, seatsProblem } from './offer-inputs.ts';
import { showPreview } from './offer-preview.ts';
import { clientChoices, findRecipient, firstClients } from './offer-recipient.ts';
import { eventOf, termUsedLast } from './offer-record.ts';
import { chosenService, currencies, mostListed, routeOf, servicesFor } from './offer-services.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  kind: OfferTerms['kind'];
  route: OfferTerms['route'];
  values: Partial<OfferMakeValues>;
}

interface MakeData extends Options {
  terms: OfferTerms | null;
}

const nothing: OfferMakeValues = {
  ...{ client: '', find: '', service: '', other: '', seats: '', portalLink: '', person: '', mail: '' },
  ...{ amount: '', currency: '', per: 'month', vat: 'excluded', note: '' },
};

const offerMake = createForm({
  id: 'offer-make',
  inputs: offerMakeInputs,
  labels: {
    client: 'offer-make.client',
    find: 'offer-make.find',
    service: 'offer-make.service',
    other: 'offer-make.other',
    seats: 'offer-make.seats',
    portalLink: 'offer-make.portal-link',
    person: 'offer-make.person',
    mail: 'offer-make.mail',
    amount: 'offer-make.amount',
    note: 'offer-make.note',
  },
  async card(turn, { kind, route, values }: Options, { nonce, typed, problem }) {
    const [services, money] = await Promise.all([servicesFor(turn, kind, route), currencies(turn)]);
    const now = { ...nothing, currency: money[0] ?? '', ...values, ...typed };
    const matching = now.other === '' ? services : chosenService(services, now);
    const listed = (matching.length > 0 ? matching : services).slice(0, mostListed);
    return offerMakeCard(turn.words, {
      ...{ account: turn.account, nonce, problem, kind, route },
      values: { ...now, other: matching.length === 1 || now.other === '' ? now.other : '' },
      clients: await clientsFor(turn, route, now, problem !== ''),
      services: listed.map(({ name, item }) => ({ title: name, value: item })),
      hasMore: services.length > mostListed || matching.length !== services.length,
      currencies: money,
    });
  },
  async check(turn, { kind, route }, values) {
    const { words } = turn;
    const found = await findRecipient(turn, values, route);
    if (!('company' in found)) return words(found.problem, { find: values.find });
    if (found.company.tenantId === turn.requireAccount().tenantId) return words('offer-make.problem-own');
    const items = chosenService(await servicesFor(turn, kind, route), values);
    const [item] = items;
    if (item === undefined || items.length > 1) return words('offer-make.problem-service');
    if (kind === 'purchase' && priceOf(values) === undefined) return words('offer-make.problem-price');
    if (route === 'advisor' && !isPortalLink(values.portalLink)) return words('offer-make.problem-link');
    return seatsProblem(turn, item, values.seats);
  },
});

/** Recent clients at first; after a search that found several, those. */
async function clientsFor(turn: Turn, route: Options['route'], values: OfferMakeValues, isAgain: boolean) {
  if (isAgain && values.find !== '') {
    const found = await findRecipient(turn, { client: '', find: values.find }, route);
    if ('company' in found && found.company.tenantId !== null) {
      const { name, domain, tenantId } = found.company;
      return clientChoices([{ name, domain: domain ?? '', tenantId }]);
    }
    if ('choices' in found && found.choices.length > 0) return clientChoices(found.choices);
  }
  return clientChoices(await firstClients(turn, route));
}

/** Everything is looked up once more: nothing but the choices comes from the card. */
async function termsFrom(turn: Turn, { kind, route }: Options, values: OfferMakeValues): Promise<OfferTerms> {
  const [found, services, asLast] = await Promise.all([
    findRecipient(turn, values, route),
    servicesFor(turn, kind, route),
    termUsedLast(turn),
  ]);
  const [item] = chosenService(services, values);
  const price = kind === 'trial' ? null : priceOf(values);
  if (!('company' in found) || item === undefined || price === undefined) {
    throw new Error('an offer was taken that its check refuses');
  }
  const { person, mail, note, portalLink, seats } = values;
  const recipient = { ...found.company, person, mail };
  return {
    ...defaultTerms({ kind, route, recipient, language: turn.chat.language }),
    lines: [offeredLine(item, { seats, route, price }, asLast)],
    portalLink: route === 'advisor' ? portalLink : null,
    note,
  };
}

/** First of two steps; the second is the preview of the draft that it leaves. */
const makeOffer = createFlow<MakeData>({
  id: 'make-offer',
  async start(turn, brought) {
    requireCapability('make-offer', await turn.situation());
    const { quick, kind = 'purchase' } = brought as { quick?: QuickOffer; kind?: OfferTerms['kind'] };
    const route = await routeOf(turn);
    const made = quick?.kind ?? kind;
    const values = quick === undefined ? {} : await quickValues(turn, quick, route);
    return { kind: made, route, values, terms: null };
  },
  steps: [
    {
      form: offerMake.id,
      options: async (_turn, { kind, route, values }): Promise<Options> => ({ kind, route, values }),
      take: async (turn, data, values) => ({
        ...data,
        terms: await termsFrom(turn, data, offerMakeInputs.parse(values)),
      }),
    },
  ],
  async finish(turn, { terms }, cardKey) {
    if (terms !== null) await keepDraft(turn, terms, cardKey);
  },
  outdated: showOverview,
});

async function quickValues(
  turn: Turn,
  { seats, client, partNumber }: QuickOffer,
  route: OfferTerms['route'],
): Promise<Partial<OfferMakeValues>> {
  const service = usualServices.find((each) => each.partNumber === partNumber);
  const kind = seats === undefined ? 'trial' : 'purchase';
  const items = await servicesFor(turn, kind, route);
  const item = items.find((each) => service !== undefined && isService(each, service));
  return {
    find: client,
    seats: seats === undefined ? '' : String(seats),
    service: item?.item ?? '',
    ...(isMail(client) ? { find: client.split('@')[1] ?? '', mail: client } : {}),
  };
}

/** From here on it is kept, whatever the person does next. */
export async function keepDraft(turn: Turn, terms: OfferTerms, cardKey: string): Promise<void> {
  const { tenantId, objectId, displayName } = turn.requireAccount();
  const offer = newDraft({
    ...{ id: turn.newId(), company: tenantId, code: turn.offers.newCode(), terms, now: turn.now },
    ...{ maker: { tenantId, objectId }, makerName: displayName },
  });
  turn.offers.save({ offers: [{ add: offer }], offerEvents: [eventOf(turn, offer, 'created', {})] });
  await showPreview(turn, offer, { replaces: cardKey || undefined });
}

function beginTyped(turn: Turn, stage: Stage, kind: OfferTerms['kind']): Promise<void> {
  const quick = readQuickOffer(turn.input.text);
  return stage.begin(makeOffer.id, quick === undefined ? { kind } : { quick });
}

export const makeOfferJob: Job = {
  dialogs: [makeOffer, offerMake],
  commands: {
    'make-offer': (turn, stage) => beginTyped(turn, stage, 'purchase'),
    'make-trial': (turn, stage) => beginTyped(turn, stage, 'trial'),
  },
};
