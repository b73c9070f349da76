import { z } from 'zod';
import { companyZoneCard } from '../cards/company-zone.ts';
import { requireCapability } from '../partner/authorise.ts';
import { showCompany } from './company.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Stage } from './job.ts';
import type { Turn } from './turn.ts';

const inputs = z.object({ zone: z.string('form.choose') });
type Choice = z.infer<typeof inputs>;

const form = createForm({
  id: 'company-zone-form',
  inputs,
  labels: { zone: 'company-zone.which' },
  async card(turn, _options: object, { nonce, typed, problem }) {
    const of = await turn.records.zone();
    return companyZoneCard(turn.words, turn.chat.language, {
      ...{ account: turn.account, of, chosen: typed['zone'] ?? of.zone, now: turn.now },
      ...{ verb: 'company-zone-form', nonce, problem },
    });
  },
  async check(turn, _options, { zone }) {
    requireCapability('edit-company', await turn.situation());
    const { choices } = await turn.records.zone();
    const name = turn.words('company-zone.which');
    return choices.some((each) => each.zone === zone) ? undefined : turn.words('form.choose', { name });
  },
});

/** In a country with several zones a Global administrator says which is the company's: its clients read that time. */
const companyZone = createFlow<Choice>({
  id: 'company-zone',
  async start(turn) {
    requireCapability('edit-company', await turn.situation());
    return { zone: '' };
  },
  steps: [
    {
      form: form.id,
      options: async () => ({}),
      take: async (_turn, _data, values) => inputs.parse(values),
    },
  ],
  async finish(turn, { zone }, cardKey) {
    const { tenantId, objectId, displayName } = turn.requireAccount();
    const by = { tenantId, objectId };
    const stated = { company: tenantId, zone, by, byName: displayName, at: turn.now };
    turn.records.stateZone(stated);
    const before = await turn.records.zone();
    await showCompany(turn, { zone: { ...before, zone, stated }, replaces: cardKey });
  },
});

async function begin(turn: Turn, stage: Stage): Promise<void> {
  const { choices } = await turn.records.zone();
  if (choices.length > 1) return stage.begin(companyZone.id, {});
  await showCompany(turn);
}

export const companyZoneJob: Job = {
  dialogs: [companyZone, form],
  presses: { 'company-zone': begin },
};
