import type { MessageKey, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import type { Account } from '../partner/accounts.ts';
import { type ErrorCode, errorCodes } from '../partner/errors.ts';
import { type HelpTopic, helpTopics, type Trouble } from '../partner/help.ts';
import { operationKinds } from '../partner/kinds.ts';
import { type Button, button } from './buttons.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';
import { jobName } from './wish-words.ts';

/** *Nhờ người giúp*: what goes along is the reference and where it happened, nothing of a person. */
export function askHelpButton(words: Words, trouble: Trouble): Button {
  return button(words('button.ask-help'), 'ask-help', { ...trouble });
}

const lines = [
  'add-user',
  'users',
  'make-offer',
  'make-trial',
  'offers',
  'make-delegation',
  'delegations',
  'support',
  'product-keys',
  'authorisations',
  'history',
  'capabilities',
  'ask-help',
  'back',
  'cancel',
  'start-over',
  'language',
  'sign-out',
  'forget-me',
] as const;

/** Words that a person can type, each with what it does, and questions that are answered. */
export function helpCard(words: Words, account: Account | undefined): Card {
  return messageCard({
    frame: { ...ownCompany(words, account), title: words('help.title'), intro: words('help.intro') },
    facts: lines.map((line) => ({
      name: words(`command.${line}` as MessageKey),
      value: words(`help.${line}`),
    })),
    buttons: [
      ...helpTopics.map((topic) => button(words(`help.topic.${topic}`), 'help-topic', { topic })),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** Where a topic's answer leads. */
const leadsTo: Readonly<Record<HelpTopic, Button['data']['verb']>> = {
  users: 'users',
  roles: 'what-can-i-do',
  authorisations: 'authorisations',
  approvals: 'approvals',
  errors: 'ask-help',
};

/** The answer to one question. `nonce`: for one thumb up or down. */
export function helpAnswerCard(
  words: Words,
  account: Account | undefined,
  { topic, nonce }: { topic: HelpTopic; nonce: string },
): Card {
  const verb = leadsTo[topic] ?? 'overview';
  return messageCard({
    frame: { ...ownCompany(words, account), title: words(`help.topic.${topic}`) },
    paragraphs: [words(`help.topic.${topic}.what`), words(`help.topic.${topic}.how`)],
    buttons: [
      button(words(`button.${verb}` as MessageKey), verb),
      button(words('button.help'), 'help'),
      button(words('button.helpful'), 'help-opinion', { nonce, thumb: 'up' }),
      button(words('button.not-helpful'), 'help-opinion', { nonce, thumb: 'down' }),
    ],
  });
}

/** What the colleague reads, in their language: who asks, where they stand, and the number in the log. */
export function callForHelpCard(
  words: Words,
  view: { account: Account; asker: string; trouble: Trouble },
): Card {
  const { account, asker, trouble } = view;
  const code = errorCodes.find((each) => each === trouble.code);
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('ask-help.call-title'),
      intro: words('ask-help.call', { name: asker }),
    },
    facts: [
      ...where(words, trouble),
      ...(code === undefined ? [] : [{ name: words('ask-help.problem'), value: whatHappened(words, code) }]),
      { name: words('ask-help.reference'), value: trouble.reference },
    ],
    note: words('ask-help.call-note', { name: asker }),
    buttons: [button(words('button.overview'), 'overview')],
  });
}

function whatHappened(words: Words, code: ErrorCode): string {
  return wordsForError(words, { code, details: {} }).what;
}

/** Names come back with the button, so only those that we know are worded. */
function where(words: Words, { kind = '', step = '' }: Trouble) {
  const known = operationKinds.get(kind);
  if (known === undefined) return [];
  const job = { name: words('ask-help.job'), value: jobName(words, kind, 'head') };
  if (!Object.hasOwn(known.steps, step)) return [job];
  return [job, { name: words('ask-help.step'), value: words(`step.${step}` as MessageKey) }];
}
