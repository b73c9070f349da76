import { type DelegationValues, delegationOfferCard } from '../cards/delegation-offer.ts';
import { requireCapability } from '../partner/authorise.ts';
import { defaultTerms, withDelegation } from '../partner/offer-terms.ts';
import type { OfferTerms } from '../partner/offers.ts';
import {
  delegationInputs,
  delegationProblem,
  emptyDelegation,
  termsIn,
  valuesOf,
} from './delegation-inputs.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { keepDraft } from './offer-make.ts';
import { keepTerms, showPreview } from './offer-preview.ts';
import { clientChoices, findRecipient, firstClients } from './offer-recipient.ts';
import { offerById, problemText } from './offer-record.ts';
import { routeOf } from './offer-services.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  /** Kind of the draft that it belongs to; undefined: it begins a new offer by itself. */
  within: OfferTerms['kind'] | undefined;
  route: OfferTerms['route'];
  values: Partial<DelegationValues>;
}

interface NewData extends Options {
  terms: OfferTerms | null;
}

interface WithinData extends Options {
  offerId: string;
  /** Undefined: it is left out. */
  delegation: OfferTerms['delegation'];
}

const delegationForm = createForm({
  id: 'delegation-offer',
  inputs: delegationInputs,
  labels: {
    client: 'offer-make.client',
    find: 'offer-make.find',
    person: 'offer-make.person',
    mail: 'offer-make.mail',
    level: 'delegation-offer.level',
    roles: 'delegation-offer.roles',
    note: 'offer-make.note',
  },
  shown: ({ within }: Options) =>
    within === undefined ? ['find', 'person', 'mail', 'roles', 'days', 'note'] : ['roles', 'days'],
  async card(turn, { within, route, values }: Options, { nonce, typed, problem }) {
    const now = { ...emptyDelegation, ...values, ...typed };
    const clients = within === undefined ? await clientsFor(turn, route, now, problem !== '') : [];
    const view = { account: turn.account, nonce, problem, within, values: now, clients };
    return delegationOfferCard(turn.words, turn.chat.language, view);
  },
  async check(turn, { within, route }, values) {
    const { words } = turn;
    const isAlone = within === undefined || within === 'delegation';
    if (isAlone && values.level === 'none')
      return words('form.choose', { name: words('delegation-offer.level') });
    const problem = delegationProblem(turn, values);
    if (problem !== undefined || within !== undefined) return problem;
    const found = await findRecipient(turn, values, route);
    if (!('company' in found)) return words(found.problem, { find: values.find });
    const isOwn = found.company.tenantId === turn.requireAccount().tenantId;
    return isOwn ? words('offer-make.problem-own') : undefined;
  },
});

/** Recent clients at first; after a search that found several, those. */
async function clientsFor(turn: Turn, route: Options['route'], values: DelegationValues, isAgain: boolean) {
  const { find } = values;
  if (isAgain && find !== '') {
    const found = await findRecipient(turn, { client: '', find }, route);
    if ('company' in found && found.company.tenantId !== null) {
      const { name, domain, tenantId } = found.company;
      return clientChoices([{ name, domain: domain ?? '', tenantId }]);
    }
    if ('choices' in found && found.choices.length > 0) return clientChoices(found.choices);
  }
  return clientChoices(await firstClients(turn, route));
}

async function offerTermsFrom(turn: Turn, { route }: Options, values: DelegationValues): Promise<OfferTerms> {
  const found = await findRecipient(turn, values, route);
  const delegation = termsIn(values);
  if (!('company' in found) || delegation === null)
    throw new Error('a delegation was taken that its check refuses');
  const { person, mail, note } = values;
  const recipient = { ...found.company, person, mail };
  const kind = 'delegation';
  return { ...defaultTerms({ kind, route, recipient, language: turn.chat.language }), note, delegation };
}

/** An offer of delegated administration alone; the preview of the draft that it leaves comes next. */
const makeFlow = createFlow<NewData>({
  id: 'make-delegation',
  async start(turn, brought) {
    const situation = await turn.situation();
    requireCapability('offer-delegation', situation);
    // What goes to a client is an offer like any other.
    requireCapability('make-offer', situation);
    const { values = {} } = brought as { values?: Partial<DelegationValues> };
    return { within: undefined, route: await routeOf(turn), values, terms: null };
  },
  steps: [
    {
      form: delegationForm.id,
      options: async (_turn, { within, route, values }): Promise<Options> => ({ within, route, values }),
      take: async (turn, data, values) => ({
        ...data,
        terms: await offerTermsFrom(turn, data, delegationInputs.parse(values)),
      }),
    },
  ],
  async finish(turn, { terms }, cardKey) {
    if (terms !== null) await keepDraft(turn, terms, cardKey);
  },
  outdated: showOverview,
});

/** The block of a draft: asked for, changed, or left out again. */
const withinFlow = createFlow<WithinData>({
  id: 'delegation-within',
  async start(turn, brought) {
    requireCapability('offer-delegation', await turn.situation());
    return brought as WithinData;
  },
  steps: [
    {
      form: delegationForm.id,
      options: async (_turn, { within, route, values }): Promise<Options> => ({ within, route, values }),
      take: async (_turn, data, values) => ({
        ...data,
        delegation: termsIn(delegationInputs.parse(values)) ?? undefined,
      }),
    },
  ],
  async finish(turn, { offerId, delegation }, cardKey) {
    const offer = await offerById(turn, offerId);
    if (offer === undefined) return;
    if (offer.draft === null)
      return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
    // Everything else of the draft stays as it is by now.
    await keepTerms(turn, offer, withDelegation(offer.draft, delegation), { replaces: cardKey || undefined });
  },
  outdated: showOverview,
});

async function choose(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const offer = await offerById(turn, pressed.text('offer'));
  if (offer === undefined) return;
  const { draft } = offer;
  if (draft === null) return showPreview(turn, offer, { problem: problemText(turn, 'offer-desk.changed') });
  const { kind: within, route, delegation } = draft;
  const values = delegation === undefined ? {} : valuesOf(delegation);
  await stage.begin(withinFlow.id, { within, route, values, offerId: offer.id, delegation } as WithinData);
}

export const delegationOfferJob: Job = {
  dialogs: [makeFlow, withinFlow, delegationForm],
  commands: { 'make-delegation': (_turn, stage) => stage.begin(makeFlow.id, {}) },
  presses: { 'delegation-choose': choose },
};
