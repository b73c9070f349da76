import { z } from 'zod';
import { messageCard } from '../../cards/message.ts';
import { forgetMeBusyCard, forgetMeCard } from '../../cards/sign-in/forget-me.ts';
import { accountKey } from '../../partner/accounts.ts';
import type { Operation } from '../../partner/operations.ts';
import { createFlow } from '../flow-dialog.ts';
import { createForm } from '../form-dialog.ts';
import type { Job, Stage } from '../job.ts';
import { sayRefusal } from '../steering.ts';
import type { Turn } from '../turn.ts';

/** What goes, what stays and why, and what becomes of work: one look, then one press. */
const review = createForm({
  id: 'forget-me-review',
  inputs: z.object({}),
  labels: {},
  async card(turn, _options: object, { nonce, problem }) {
    const { words, account } = turn;
    return forgetMeCard(words, { account, nonce, problem, standing: await turn.forgetting.standing() });
  },
});

const forgetMe = createFlow<{ of: string }>({
  id: 'forget-me',
  start: async (turn) => ({ of: whose(turn) }),
  steps: [{ form: review.id, options: async () => ({}), take: async (_turn, data) => data }],
  async finish(turn, { of }, cardKey, consent) {
    // Somebody has signed in since the card was drawn: it said nothing of their account.
    if (of !== whose(turn)) return sayRefusal(turn, review.id, 'other-account');
    const { account, words } = turn;
    if (!(await turn.forgetting.forget(cardKey, consent)))
      return showBusy(turn, (await turn.forgetting.standing()).busy, cardKey);
    const intro = words(account === undefined ? 'forget-me.done-chat' : 'forget-me.done');
    turn.show(messageCard({ frame: { intro } }), { replaces: cardKey || undefined });
  },
});

const whose = ({ account }: Turn) => (account === undefined ? '' : accountKey(account));

function showBusy(turn: Turn, busy: readonly Operation[], cardKey: string): void {
  const { words, account } = turn;
  const operations = busy.map(({ id }) => id);
  const reference = turn.reference({ problem: 'forget-me.busy', operations });
  const card = forgetMeBusyCard(words, { account, busy, reference });
  turn.show(card, { replaces: cardKey || undefined });
}

async function begin(turn: Turn, stage: Stage): Promise<void> {
  const { text } = turn.input;
  // Who never chose a language is answered in that of their words.
  const isEnglish = /^\s*(?:forget|delete|erase|remove)/i.test(text);
  if (!turn.chat.languageChosen && text !== '') turn.chat.chooseLanguage(isEnglish ? 'en' : 'vi');
  const { busy } = await turn.forgetting.standing();
  if (busy.length > 0) return showBusy(turn, busy, '');
  await stage.begin(forgetMe.id, {});
}

export const forgetMeJob: Job = {
  dialogs: [forgetMe, review],
  commands: { 'forget-me': begin },
};
