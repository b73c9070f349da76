import { z } from 'zod';
import { type Field, fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import {
  endedByHand,
  endOf,
  isByHand,
  recordedAgain,
  recordedDelegation,
} from '../partner/delegation-by-hand.ts';
import { problemsOfDelegation, termsFor } from '../partner/delegation-terms.ts';
import { type Delegation, type DelegationTerms, mostDelegationDays } from '../partner/delegations.ts';
import { manualLink } from '../partner/links.ts';
import { delegationOf, pressedDelegation, showDelegation, showDelegationOf } from './delegation-staff.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import type { Judged } from './judgement.ts';
import { formNumber, formText, wholeNumber } from './offer-inputs.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

const recordInputs = z.object({
  name: formText(120),
  domain: formText(120),
  level: z.enum(['full', 'limited'], 'form.choose'),
  days: formNumber,
});
type RecordValues = z.output<typeof recordInputs>;

interface Options {
  values: RecordValues;
}

interface RecordData extends Options {
  /** The one that is said anew; '' for a new one. */
  delegationId: string;
}

const termsIn = ({ level, days }: RecordValues): DelegationTerms =>
  termsFor(level, { days: wholeNumber(days) ?? 0, autoExtend: false });

const recordForm = createForm({
  id: 'delegation-record-form',
  inputs: recordInputs,
  labels: {
    name: 'delegations.client',
    domain: 'delegation-record.domain',
    level: 'delegations.level',
    days: 'delegation-record.days',
  },
  shown: () => ['name', 'domain', 'days'],
  async card(turn, { values }: Options, { nonce, typed, problem }) {
    const { words } = turn;
    const { cloud } = await turn.situation();
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('delegation-record.title'),
        intro: words('delegation-record.intro', { link: manualLink('partner-center-company', cloud) }),
        problem,
      },
      verb: 'delegation-record-form',
      nonce,
      fields: fieldsOf(turn, { ...values, ...typed }),
      note: words('delegation-record.note'),
      proceed: words('delegation-record.keep'),
    });
  },
  async check(turn, _options, values) {
    const { words } = turn;
    if (values.name === '') return words('form.missing', { name: words('delegations.client') });
    const [problem] = problemsOfDelegation(termsIn(values));
    return problem && words(`delegation-offer.problem.${problem}`, { max: mostDelegationDays });
  },
});

function fieldsOf({ words }: Turn, values: RecordValues): Field[] {
  const text = (id: 'name' | 'domain', label: string): Field => ({
    kind: 'text',
    id,
    label,
    value: values[id],
  });
  return [
    text('name', words('delegations.client')),
    text('domain', words('delegation-record.domain')),
    {
      ...{ kind: 'choice', id: 'level', label: words('delegations.level'), value: values.level },
      choices: (['limited', 'full'] as const).map((value) => ({ title: words(`support.${value}`), value })),
    },
    { kind: 'number', id: 'days', label: words('delegation-record.days'), value: values.days },
  ];
}

/** Microsoft has no interface here: what a person says is kept, with who said it, and is reminded of. */
const recordFlow = createFlow<RecordData>({
  id: 'delegation-record',
  async start(turn, brought) {
    requireCapability('record-delegation', await turn.situation());
    return brought as RecordData;
  },
  steps: [
    {
      form: recordForm.id,
      options: async (_turn, { values }): Promise<Options> => ({ values }),
      take: async (_turn, data, values) => ({ ...data, values: recordInputs.parse(values) }),
    },
  ],
  async finish(turn, { delegationId, values }, cardKey) {
    const kept = delegationId === '' ? undefined : await turn.delegations.find(delegationId);
    const delegation = recordedNow(turn, { kept, values, zone: await turn.companyZone() });
    const by = turn.requireAccount();
    const write = kept === undefined ? { add: delegation } : { save: delegation, by };
    turn.delegations.save({ delegations: [write] });
    const said = turn.words('delegation-record.done');
    await showDelegation(turn, delegation, { said, replaces: cardKey });
  },
  outdated: showOverview,
});

function recordedNow(
  turn: Turn,
  { kept, values, zone }: { kept: Delegation | undefined; values: RecordValues; zone: string },
): Delegation {
  const by = turn.requireAccount();
  const terms = termsIn(values);
  const endsAt = endOf(terms, turn.now, zone);
  if (kept !== undefined) return recordedAgain(kept, { by, terms, endsAt });
  const { name, domain } = values;
  return recordedDelegation({ id: turn.newId(), by, client: { name, domain }, terms, endsAt, now: turn.now });
}

/** What the dialog begins with for a client of which nothing is recorded. */
export function newRecord({ name, domain }: { name: string; domain: string }): RecordData {
  return { delegationId: '', values: { name, domain, level: 'limited', days: '365' } };
}

/** New, or with what was said of it before. */
async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const isNew = pressed.text('delegation') === undefined;
  const kept = isNew ? undefined : await pressedDelegation(turn, pressed);
  if (!isNew && kept === undefined) return;
  if (kept !== undefined && !isByHand(kept)) return showDelegation(turn, kept);
  const level = kept?.terms.level === 'full' ? 'full' : 'limited';
  const { name, domain } = kept?.client ?? { name: '', domain: '' };
  const { values } = newRecord({ name, domain });
  await stage.begin(recordFlow.id, {
    delegationId: kept?.id ?? '',
    values: { ...values, level },
  } satisfies RecordData);
}

/** Nothing at Microsoft changes by it: a person says that it has. */
async function end(turn: Turn, { args }: Judged): Promise<void> {
  const kept = await delegationOf(turn, args);
  if (kept === undefined) return;
  const ended = endedByHand(kept);
  turn.delegations.save({ delegations: [{ save: ended, by: turn.requireAccount() }] });
  await showDelegation(turn, ended, { said: turn.words('delegation-record.ended') });
}

export const delegationRecordJob: Job = {
  dialogs: [recordFlow, recordForm],
  presses: {
    'delegation-record': (turn, stage, pressed) => begin(turn, stage, pressed),
  },
  once: {
    'delegation-record-end': { press: (turn, _stage, judged) => end(turn, judged), shows: showDelegationOf },
  },
};
