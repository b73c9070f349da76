import { z } from 'zod';
import { fieldsCard } from '../cards/offer-fields.ts';
import { ownCompany } from '../cards/scope.ts';
import { requireCapability } from '../partner/authorise.ts';
import { dayOf, isDay } from '../partner/days.ts';
import type { ReportedPartner } from '../partner/key-setups.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed, Stage } from './job.ts';
import { doneNow, keySetupById, moveAndShow } from './key-setups.ts';
import { formText } from './offer-inputs.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

const inputs = z.object({
  reportedBy: formText(120).refine((text) => text !== '', 'form.missing'),
  partnerId: formText(20).refine((text) => /^\d{4,10}$/.test(text), 'form.invalid'),
  on: formText(10).refine(isDay, 'form.invalid'),
});
type Values = z.output<typeof inputs>;

type Options = Values;

const reportForm = createForm({
  id: 'key-setup-report-form',
  inputs,
  labels: { reportedBy: 'keys.reported-by', partnerId: 'keys.reported-id', on: 'keys.reported-on' },
  shown: () => ['reportedBy', 'partnerId', 'on'],
  async card(turn, options: Options, { nonce, typed, problem }) {
    const { words } = turn;
    const now = { ...options, ...typed };
    return fieldsCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('keys.report'),
        intro: words('keys.report-intro'),
        problem,
      },
      verb: 'key-setup-report-form',
      nonce,
      fields: [
        { kind: 'text', id: 'reportedBy', label: words('keys.reported-by'), value: now.reportedBy },
        { kind: 'number', id: 'partnerId', label: words('keys.reported-id'), value: now.partnerId },
        { kind: 'date', id: 'on', label: words('keys.reported-on'), value: now.on },
      ],
      proceed: words('button.continue'),
    });
  },
  async check(turn, _options, { on }) {
    return on > today(turn) ? turn.words('keys.problem-future') : undefined;
  },
});

/** Of whoever writes it down. */
const today = ({ words, now }: Turn) => dayOf(words.zone, now);

interface ReportData extends Options {
  setupId: string;
}

/** Who says that we are the client's partner of record, and when they said so: Microsoft has no interface for it. */
const reportFlow = createFlow<ReportData>({
  id: 'key-setup-report',
  async start(turn, brought) {
    requireCapability('product-keys', await turn.situation());
    return brought as ReportData;
  },
  steps: [
    {
      form: reportForm.id,
      options: async (_turn, { reportedBy, partnerId, on }): Promise<Options> => ({
        ...{ reportedBy, partnerId, on },
      }),
      take: async (_turn, data, values) => ({ ...data, ...inputs.parse(values) }),
    },
  ],
  async finish(turn, { setupId, reportedBy, partnerId, on }, cardKey) {
    const setup = await keySetupById(turn, setupId);
    if (setup === undefined) return;
    const reported: ReportedPartner = { partnerId, reportedBy, on, noted: doneNow(turn) };
    await moveAndShow(turn, setup, { do: 'report', reported }, cardKey);
  },
  outdated: showOverview,
});

async function begin(turn: Turn, stage: Stage, pressed: Pressed): Promise<void> {
  const setup = await keySetupById(turn, pressed.text('setup'));
  if (setup === undefined) return;
  const { reportedBy = '', partnerId = setup.partnerId } = setup.reported ?? {};
  await stage.begin(reportFlow.id, {
    ...{ setupId: setup.id, reportedBy, partnerId, on: today(turn) },
  } satisfies ReportData);
}

export const keySetupReportJob: Job = {
  dialogs: [reportFlow, reportForm],
  presses: { 'key-setup-report': begin },
};
