import { z } from 'zod';
import {
  companyWrongAnswerCard,
  companyWrongAnsweredCard,
  companyWrongListCard,
} from '../cards/company-wrong-answer.ts';
import { requireCapability } from '../partner/authorise.ts';
import { cleanText } from '../partner/names.ts';
import type { Notice } from '../partner/notices.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { showNote } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  notice: string;
}

const inputs = z.object({
  outcome: z.enum(['corrected', 'as-it-is'], 'form.choose'),
  answer: z.string('form.missing').max(500, 'form.too-long').transform(cleanText).default(''),
});

const form = createForm({
  id: 'company-wrong-answer-form',
  inputs,
  labels: { outcome: 'company-wrong-answer.outcome', answer: 'company-wrong-answer.why' },
  shown: () => ['answer'],
  async card(turn, { notice: id }: Options, { nonce, typed, problem }) {
    const notice = await turn.notices.find(id);
    const from = notice?.by == null ? undefined : await turn.accountOf(notice.by);
    return companyWrongAnswerCard(turn.words, {
      ...{ account: turn.account, nonce, problem, typed },
      name: from?.displayName ?? turn.words('person.erased'),
      what: String(notice?.details['what'] ?? ''),
    });
  },
  async check(turn, _options, { outcome, answer }) {
    // Who asked is owed a reason where nothing was changed.
    return outcome === 'as-it-is' && answer === ''
      ? turn.words('form.missing', { name: turn.words('company-wrong-answer.why') })
      : undefined;
  },
});

interface Data extends Options, z.infer<typeof inputs> {}

/** Whoever said that the company's details are wrong hears what came of it. */
const answerFlow = createFlow<Data>({
  id: 'company-wrong-answer',
  async start(turn, brought) {
    requireCapability('edit-company', await turn.situation());
    return { outcome: 'as-it-is', answer: '', ...(brought as Options) };
  },
  steps: [
    {
      form: form.id,
      options: async (_turn, { notice }): Promise<Options> => ({ notice }),
      take: async (_turn, data, values) => ({ ...data, ...inputs.parse(values) }),
    },
  ],
  async finish(turn, { notice: id, outcome, answer }, cardKey) {
    requireCapability('edit-company', await turn.situation());
    const notice = await openOne(turn, id);
    if (notice === undefined) return showNote(turn, turn.words('company-wrong-answer.over'), cardKey);
    await turn.notices.end([notice], 'answered');
    const by = turn.requireAccount().displayName;
    const what = String(notice.details['what']);
    if (notice.by !== null)
      await turn.tellAccount(notice.by, {
        draw: (reader) => companyWrongAnsweredCard(reader, { by, what, outcome, answer }),
      });
    showNote(turn, turn.words('company-wrong-answer.sent'), cardKey);
  },
});

async function openOne(turn: Turn, id: string): Promise<Notice | undefined> {
  const notice = await turn.notices.find(id);
  return notice?.kind === 'company-wrong' && notice.status === 'open' ? notice : undefined;
}

/** What colleagues have said of the company's details and nobody has answered. */
async function showOpen(turn: Turn): Promise<void> {
  requireCapability('edit-company', await turn.situation());
  const open = await turn.notices.ofKind('company-wrong');
  const waiting = await Promise.all(
    open.map(async ({ id, by, details, at }) => ({
      ...{ id, at, what: String(details['what']) },
      name: (by && (await turn.accountOf(by)))?.displayName ?? turn.words('person.erased'),
    })),
  );
  turn.show(companyWrongListCard(turn.words, { account: turn.account, waiting }));
}

export const companyWrongAnswerJob: Job = {
  dialogs: [answerFlow, form],
  presses: {
    'company-wrong-list': (turn) => showOpen(turn),
    async 'company-wrong-answer'(turn, stage, pressed) {
      const notice = await openOne(turn, pressed.text('notice') ?? '');
      if (notice === undefined) return turn.say(turn.words('company-wrong-answer.over'));
      await stage.begin(answerFlow.id, { notice: notice.id } satisfies Options);
    },
  },
};
