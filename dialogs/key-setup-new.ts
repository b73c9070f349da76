import { z } from 'zod';
import { type Choice, fieldsCard } from '../cards/offer-fields.ts';
import { anyone } from '../cards/offer-make.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import { type KeySetup, newKeySetup } from '../partner/key-setups.ts';
import { companyNow } from './company-now.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { showKeySetup } from './key-setups.ts';
import { formText } from './offer-inputs.ts';
import { clientChoices, type Found, findRecipient, firstClients } from './offer-recipient.ts';
import { routeOf } from './offer-services.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

const inputs = z.object({
  client: formText(40),
  find: formText(200),
  redeemer: z.enum(['client', 'partner'], 'form.choose'),
  product: formText(200),
});
type Values = z.output<typeof inputs>;
type Typed = Readonly<Partial<Record<keyof Values, string>>>;

const newForm = createForm({
  id: 'key-setup-new-form',
  inputs,
  labels: {
    client: 'offer-make.client',
    find: 'offer-make.find',
    redeemer: 'keys.redeemer',
    product: 'keys.product',
  },
  shown: () => ['find', 'product'],
  async card(turn, _options, { nonce, typed, problem }) {
    const { words } = turn;
    const now: Typed = typed;
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('keys.new-title'),
        intro: words('keys.never-here'),
        problem,
      },
      verb: 'key-setup-new-form',
      nonce,
      fields: [
        {
          ...{ kind: 'choice', id: 'client', label: words('offer-make.client'), value: now.client ?? '' },
          choices: await clientsFor(turn, now.find ?? ''),
        },
        { kind: 'text', id: 'find', label: words('keys.find'), value: now.find ?? '' },
        {
          ...{
            kind: 'choice',
            id: 'redeemer',
            label: words('keys.redeemer'),
            value: now.redeemer ?? 'client',
          },
          choices: (['client', 'partner'] as const).map((value) => ({
            title: words(`keys.redeemer.${value}`),
            value,
          })),
        },
        { kind: 'text', id: 'product', label: words('keys.product-optional'), value: now.product ?? '' },
      ],
      proceed: words('button.continue'),
    });
  },
  async check(turn, _options, values) {
    const found = await clientOf(turn, values);
    if (!('company' in found)) return turn.words(found.problem, { find: values.find });
    if (found.company.name === '') return turn.words('offer-make.problem-client');
    const isOwn = found.company.tenantId === turn.requireAccount().tenantId;
    return isOwn ? turn.words('offer-make.problem-own') : undefined;
  },
});

/** Those that were found or dealt with last, and a company that has nothing at Microsoft yet. */
async function clientsFor(turn: Turn, find: string): Promise<Choice[]> {
  const known = find === '' ? await firstFor(turn) : await likeFor(turn, find);
  return [...clientChoices(known), { title: turn.words('keys.new-company'), value: anyone }];
}

async function hasClientList(turn: Turn): Promise<boolean> {
  return (await turn.situation()).cloud === 'worldwide';
}

async function firstFor(turn: Turn) {
  if (await hasClientList(turn)) return firstClients(turn, await routeOf(turn));
  return turn.offers.recentClients(6);
}

async function likeFor(turn: Turn, find: string) {
  const found = await clientOf(turn, { client: '', find });
  if ('choices' in found) return [...found.choices];
  const { tenantId, name, domain } = found.company;
  return tenantId === null ? [] : [{ tenantId, name, domain: domain ?? '' }];
}

/** Where Microsoft gives no list of clients, what was typed is the name. */
async function clientOf(turn: Turn, { client, find }: Pick<Values, 'client' | 'find'>): Promise<Found> {
  if (client === anyone || (await hasClientList(turn)))
    return findRecipient(turn, { client, find }, client === anyone ? 'reseller' : await routeOf(turn));
  const chosen = (await turn.offers.recentClients()).find(({ tenantId }) => tenantId === client);
  const { tenantId = null, name = find, domain = null } = chosen ?? {};
  return { company: { tenantId, name, domain } };
}

interface NewData {
  setup: KeySetup | null;
}

const newFlow = createFlow<NewData>({
  id: 'key-setup-new',
  async start(turn) {
    requireCapability('product-keys', await turn.situation());
    return { setup: null };
  },
  steps: [
    {
      form: newForm.id,
      options: async () => ({}),
      take: async (turn, _data, values) => ({ setup: await setupFrom(turn, inputs.parse(values)) }),
    },
  ],
  async finish(turn, { setup }, cardKey) {
    if (setup === null) return;
    turn.keySetups.save({ add: setup });
    await showKeySetup(turn, setup, { replaces: cardKey });
  },
  outdated: showOverview,
});

async function setupFrom(turn: Turn, values: Values): Promise<KeySetup> {
  const found = await clientOf(turn, values);
  if (!('company' in found)) throw new Error('a key set-up was taken that its check refuses');
  const { tenantId, objectId, displayName } = turn.requireAccount();
  const { record } = await companyNow(turn);
  return newKeySetup({
    ...{ id: turn.newId(), company: tenantId, client: found.company, now: turn.now },
    ...{ redeemer: values.redeemer, product: values.product },
    partnerId: record.partnerId.value?.trim() ?? '',
    ...{ createdBy: { tenantId, objectId }, createdByName: displayName },
  });
}

export const keySetupNewJob: Job = {
  dialogs: [newFlow, newForm],
  presses: { 'key-setup-new': (_turn, stage) => stage.begin(newFlow.id, {}) },
};
