import { z } from 'zod';
import { button } from '../cards/buttons.ts';
import { choicesCard } from '../cards/choices.ts';
import { callForHelpCard, helpAnswerCard, helpCard } from '../cards/help.ts';
import { messageCard } from '../cards/message.ts';
import { ownCompany } from '../cards/scope.ts';
import { accountKey } from '../partner/accounts.ts';
import { requireCapability } from '../partner/authorise.ts';
import { PartnerError } from '../partner/errors.ts';
import { helpTopics, type Trouble } from '../partner/help.ts';
import { colleagueChoices, colleagueMeant } from './colleague-choice.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job, Pressed } from './job.ts';
import type { Judged } from './judgement.ts';
import type { Turn } from './turn.ts';

export function showHelp(turn: Turn): void {
  turn.show(helpCard(turn.words, turn.account));
}

function showAnswer(turn: Turn, pressed: Pressed): void {
  const topic = helpTopics.find((each) => each === pressed.text('topic'));
  if (topic === undefined) {
    showHelp(turn);
    return;
  }
  const nonce = turn.button({ verb: 'help-opinion', args: { topic } });
  turn.show(helpAnswerCard(turn.words, turn.account, { topic, nonce }));
}

/** One thumb per answer that was shown. */
async function takeOpinion(turn: Turn, { args }: Judged, pressed: Pressed): Promise<void> {
  const { words } = turn;
  const thumb = pressed.text('thumb') === 'down' ? 'down' : 'up';
  const topic = helpTopics.find((each) => each === args['topic']);
  if (topic === undefined) throw new PartnerError('after-upgrade');
  turn.records.opinion({ topic, thumb });
  if (thumb === 'up') return turn.say(words('help.opinion-up'));
  const frame = { ...ownCompany(words, turn.account), intro: words('help.opinion-down') };
  turn.show(messageCard({ frame, buttons: [button(words('button.ask-help'), 'ask-help')] }));
}

/** What came with the button is looked at here: the reference by its shape, the names when they are worded. */
function troubleOf(turn: Turn, pressed: Pressed | undefined): Trouble {
  const given = pressed?.text('reference') ?? '';
  const reference = /^[2-9A-HJ-NP-Z]{8}$/.test(given) ? given : turn.reference({ problem: 'help.asked' });
  const named = (name: 'code' | 'kind' | 'step') => {
    const value = pressed?.text(name);
    return value === undefined ? {} : { [name]: value };
  };
  return { reference, ...named('code'), ...named('kind'), ...named('step') };
}

/** Sends reference and step to the colleague whom the company chose. Needs nothing of Microsoft. */
async function askForHelp(turn: Turn, pressed?: Pressed): Promise<void> {
  const { words } = turn;
  const account = turn.requireAccount();
  const trouble = troubleOf(turn, pressed);
  const { reference } = trouble;
  const colleague = await turn.records.colleague();
  if (colleague === undefined) return tell(turn, words('ask-help.nobody'), reference);
  const { name } = colleague;
  if (accountKey(colleague.account) === accountKey(account))
    return tell(turn, words('ask-help.you'), reference);
  const reached = await turn.reach(colleague.account);
  if (reached === undefined) return tell(turn, words('ask-help.unreachable', { name }), reference);
  // One call per person and problem, however often the button is pressed.
  const key = `help:${turn.hash(`${accountKey(account)} ${accountKey(colleague.account)} ${reference}`)}`;
  if (await turn.wasTold(key)) return tell(turn, words('ask-help.again', { name }), reference);
  turn.tell(
    reached,
    callForHelpCard(reached.words, { account: reached.account, asker: account.displayName, trouble }),
    {
      key,
    },
  );
  tell(turn, words('ask-help.sent', { name }), reference);
}

function tell(turn: Turn, intro: string, reference: string): void {
  const { words } = turn;
  const frame = { ...ownCompany(words, turn.account), title: words('ask-help.title'), intro };
  const note = words('error.reference', { reference });
  turn.show(messageCard({ frame, note, buttons: [button(words('button.overview'), 'overview')] }));
}

const choice = z.object({ colleague: z.string().max(100, 'form.choose') });

/** Whom people of the company call: one of those who have opened the bot. */
const choose = createForm({
  id: 'set-colleague-choice',
  inputs: choice,
  labels: { colleague: 'set-colleague.who' },
  fromText: (colleague) => ({ colleague }),
  async card(turn, _options: object, { nonce, typed, problem }) {
    const { words } = turn;
    const [people, now] = await Promise.all([turn.everyoneReachable(), turn.records.colleague()]);
    const { choices, notes } = colleagueChoices(turn, people);
    return choicesCard(words, {
      frame: {
        ...ownCompany(words, turn.account),
        title: words('set-colleague.title'),
        intro: words('set-colleague.intro'),
        problem,
      },
      verb: 'set-colleague-choice',
      nonce,
      questions: [
        {
          id: 'colleague',
          label: words('set-colleague.who'),
          value: typed['colleague'] ?? now?.account.objectId ?? '',
          choices,
        },
      ],
      notes: [...notes, words('set-colleague.note')],
      proceed: words('button.choose'),
    });
  },
  async check(turn, _options, { colleague }) {
    const people = await turn.everyoneReachable();
    return colleagueMeant(people, colleague) !== undefined
      ? undefined
      : turn.words('form.choose', { name: turn.words('set-colleague.who') });
  },
});

const set = createFlow<{ colleague: string }>({
  id: 'set-colleague',
  async start(turn) {
    requireCapability('set-colleague', await turn.situation());
    return { colleague: '' };
  },
  steps: [
    {
      form: 'set-colleague-choice',
      options: async () => ({}),
      take: async (_turn, _data, values) => choice.parse(values),
    },
  ],
  async finish(turn, { colleague }, cardKey) {
    requireCapability('set-colleague', await turn.situation());
    const people = await turn.everyoneReachable();
    const chosen = colleagueMeant(people, colleague)?.account;
    if (chosen === undefined) return;
    const { tenantId, objectId } = turn.requireAccount();
    const account = { tenantId: chosen.tenantId, objectId: chosen.objectId };
    const name = chosen.displayName;
    turn.records.setColleague({
      company: tenantId,
      account,
      name,
      setBy: { tenantId, objectId },
      at: turn.now,
    });
    const frame = {
      ...ownCompany(turn.words, turn.account),
      intro: turn.words('set-colleague.done', { name }),
    };
    const buttons = [button(turn.words('button.overview'), 'overview')];
    turn.show(messageCard({ frame, buttons }), { replaces: cardKey || undefined });
  },
});

export const helpJob: Job = {
  dialogs: [set, choose],
  commands: {
    help: showHelp,
    'ask-help': (turn) => askForHelp(turn),
    'set-colleague': (_turn, stage) => stage.begin('set-colleague', {}),
  },
  presses: {
    'help-topic': (turn, _stage, pressed) => showAnswer(turn, pressed),
    'ask-help': (turn, _stage, pressed) => askForHelp(turn, pressed),
  },
  once: {
    'help-opinion': { press: (turn, _stage, judged, pressed) => takeOpinion(turn, judged, pressed) },
  },
};
