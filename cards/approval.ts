import type { Language, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { Approval } from '../partner/approvals.ts';
import type { JsonObject } from '../partner/operations.ts';
import { button, mainButton } from './buttons.ts';
import { fewWordsCard } from './few-words.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { type Row, rowsCard } from './rows.ts';
import { ownCompany } from './scope.ts';
import { jobName, wishWords } from './wish-words.ts';

interface Reader {
  words: Words;
  language: Language;
  account: Account;
}

/** Notes about what only the one who asked can do afterwards. */
const forRequester = ['wish.undo', 'add-user.review.password'] as const;

/** What a second person is asked to say yes to: all of it, in their language. */
export function approvalCard(
  reader: Reader,
  view: {
    approval: Approval;
    args: JsonObject;
    /** Undefined when nobody here knows any more who it was. */
    requester: Account | undefined;
    /** Of *Duyệt*. */
    nonce: string;
  },
): Card {
  const { words, language, account } = reader;
  const { approval, args, requester, nonce } = view;
  const wish = wishWords(words, language, approval.verb, args);
  const from =
    requester === undefined ? words('person.erased') : `${requester.displayName} · ${requester.signInName}`;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('approval.title'),
      intro: jobName(words, approval.verb, 'head'),
    },
    facts: [
      ...wish.facts,
      { name: words('approval.from'), value: from },
      { name: words('approval.reason'), value: approval.reason },
    ],
    paragraphs: wish.notes.filter((note) => !forRequester.some((key) => note === words(key))),
    note: words('approval.until', { at: new Date(approval.expiresAt) }),
    buttons: [
      mainButton(words('button.approve'), 'approve', { nonce }),
      button(words('button.decline'), 'decline', { approval: approval.id }),
    ],
  });
}

/** Asks why not. */
export function declineCard(
  words: Words,
  view: {
    account: Account | undefined;
    /** Undefined once it is gone. */
    approval: Approval | undefined;
    requester: string;
    nonce: string;
    problem: string;
    why: string;
  },
): Card {
  const { account, approval, requester, nonce, problem, why } = view;
  const job = approval === undefined ? '' : jobName(words, approval.verb, 'head');
  return fewWordsCard(words, {
    frame: {
      ...ownCompany(words, account),
      title: words('approval.decline-title'),
      intro: [job, approval?.object ?? '', requester].filter(Boolean).join(' · '),
      problem,
    },
    ...{ verb: 'approval-decline-form', nonce, proceed: words('button.decline') },
    text: {
      ...{ id: 'why', label: words('approval.decline-why'), value: why },
      ...{ example: words('approval.decline-example'), isRequired: true },
    },
  });
}

/** What whoever asked hears, as a message of its own: who decided how, and why. */
export function requestAnsweredCard(
  { words, account }: Pick<Reader, 'words'> & { account: Account | undefined },
  { approval, how, by }: { approval: Approval; how: 'approved' | 'declined' | 'expired'; by: string },
): Card {
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`approval.answered-title.${how}`),
      intro: `${jobName(words, approval.verb, 'head')} · ${approval.object}`,
    },
    paragraphs: [words(`approval.answered.${how}`, { by })],
    facts: approval.answer === '' ? [] : [{ name: words('approval.answered.why'), value: approval.answer }],
    buttons: [
      mainButton(words('button.open'), 'operation-show', { operation: approval.operationId }),
      button(words('button.overview'), 'overview'),
    ],
  });
}

/** How a request ended; after an approval also how what was approved went. */
export type ApprovalEnd = Exclude<Approval['status'], 'waiting'> | 'done' | 'failed';

/** Takes the place of the card that asked: who decided what, and no buttons that do nothing any more. */
export function endedApprovalCard(
  { words, language, account }: Reader,
  view: {
    approval: Approval;
    /** What the operation was asked to do. */
    args: JsonObject;
    how: ApprovalEnd;
    /** The reader decided it. */
    isOwn: boolean;
    names: { by: string; requester: string };
  },
): Card {
  const { approval, args, how } = view;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words(`approval.ended-title.${how}`),
      intro: jobName(words, approval.verb, 'head'),
    },
    paragraphs: [endedWords(words, view)],
    facts: [
      ...wishWords(words, language, approval.verb, args).facts,
      { name: words('approval.from'), value: view.names.requester },
      // It is not kept for ever.
      ...(approval.reason === '' ? [] : [{ name: words('approval.reason'), value: approval.reason }]),
      ...(approval.answer === '' ? [] : [{ name: words('approval.answered.why'), value: approval.answer }]),
    ],
    buttons: [button(words('button.overview'), 'overview')],
  });
}

/** Who ended it and how, in one sentence. */
export function endedWords(
  words: Words,
  { how, isOwn, names }: { how: ApprovalEnd; isOwn: boolean; names: { by: string; requester: string } },
): string {
  const { by, requester } = names;
  if (isOwn && (how === 'approved' || how === 'declined'))
    return words(`approval.ended.${how}-you`, { requester });
  return words(`approval.ended.${how}`, { by, requester });
}

/** A waiting request with what it asks for, and who asks. */
export interface WaitingRequest {
  approval: Approval;
  args: JsonObject;
  from: string;
}

/** What waits for this person's yes, and their own requests that wait for somebody else's. */
export function approvalsCard(
  { words, language, account }: Reader,
  view: { forMe: readonly WaitingRequest[]; own: readonly WaitingRequest[] },
): Card {
  const row = ({ approval, args, from }: WaitingRequest, verb: string): Row => {
    const [, ...changes] = wishWords(words, language, approval.verb, args).facts;
    // A new user has a dozen facts: the card behind the row has them all.
    const what = changes.length > 2 ? [] : changes.map(({ name, value }) => `${name}: ${value}`);
    return {
      title: `${jobName(words, approval.verb, 'head')} · ${approval.object}`,
      small: words('approval.until', { at: new Date(approval.expiresAt) }),
      detail: [...what, `${from}: ${approval.reason}`].join(' · '),
      open: { verb, operation: approval.operationId, approval: approval.id },
    };
  };
  const { forMe, own } = view;
  return rowsCard({
    frame: {
      ...ownCompany(words, account),
      title: words('approval.list-title'),
      intro: forMe.length === 0 ? words('approval.none') : words('approval.count', { count: forMe.length }),
    },
    sections: [
      { name: '', rows: forMe.map((each) => row(each, 'approval-open')) },
      { name: words('approval.own-title'), rows: own.map((each) => row(each, 'operation-show')) },
    ],
    buttons: [button(words('button.overview'), 'overview')],
  });
}
