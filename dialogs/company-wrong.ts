import { z } from 'zod';
import { companyWrongCard, companyWrongNobodyCard, companyWrongToldCard } from '../cards/company-wrong.ts';
import { anyRoleOf } from '../cards/users.ts';
import { requireCapability } from '../partner/authorise.ts';
import { ruleOf } from '../partner/capabilities.ts';
import { manualLink } from '../partner/links.ts';
import { cleanText } from '../partner/names.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { showNote } from './overview.ts';
import type { Turn } from './turn.ts';

const inputs = z.object({
  what: z
    .string('form.missing')
    .max(500, 'form.too-long')
    .transform(cleanText)
    .pipe(z.string().min(1, 'form.missing')),
});

const form = createForm({
  id: 'company-wrong-form',
  inputs,
  labels: { what: 'company-wrong.what' },
  fromText: (what) => ({ what }),
  async card(turn, _options: object, { nonce, typed, problem }) {
    return companyWrongCard(turn.words, { account: turn.account, nonce, problem, what: typed['what'] ?? '' });
  },
});

/** *Sai, nhờ quản trị viên sửa*: passes a few words on to the Global administrators who have opened the bot. */
const companyWrong = createFlow<{ what: string }>({
  id: 'company-wrong',
  async start(turn) {
    requireCapability('company', await turn.situation());
    return { what: '' };
  },
  steps: [
    {
      form: form.id,
      options: async () => ({}),
      take: async (_turn, _data, values) => ({ what: inputs.parse(values).what }),
    },
  ],
  finish: (turn, { what }, cardKey) => passOn(turn, what, cardKey),
});

async function passOn(turn: Turn, what: string, cardKey: string): Promise<void> {
  turn.records.sayWrong(turn.now);
  const from = turn.requireAccount();
  const admins = await turn.colleaguesWho('edit-company');
  if (admins.length === 0) return showNobody(turn, what, cardKey);
  for (const admin of admins) turn.tell(admin, companyWrongToldCard(admin, { from, what }));
  const names = admins.map(({ account }) => account.displayName).join(', ');
  showNote(turn, turn.words('company-wrong.sent', { names }), cardKey);
}

async function showNobody(turn: Turn, what: string, cardKey: string): Promise<void> {
  const { words } = turn;
  const { roles: whoCan = [], route } = ruleOf('edit-company');
  const { cloud } = await turn.situation();
  const card = companyWrongNobodyCard(words, {
    account: turn.requireAccount(),
    what,
    roles: anyRoleOf(turn.chat.language, whoCan),
    reference: turn.reference({ problem: 'company-wrong.nobody' }),
    links: [{ title: words('button.open-portal'), url: manualLink(route, cloud) }],
  });
  turn.show(card, { replaces: cardKey || undefined });
}

export const companyWrongJob: Job = {
  dialogs: [companyWrong, form],
  presses: { 'company-wrong': (_turn, stage) => stage.begin(companyWrong.id, {}) },
};
