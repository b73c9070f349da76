import { historyCard } from '../cards/history.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may } from '../partner/capabilities.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

/** About as many as a phone shows. */
const actsPerPage = 10;

interface Query {
  find: string;
  before: string | undefined;
  mails: boolean;
}

/** Who did what to whom: all of the company for those who may see it, else what this person did. */
async function showHistory(turn: Turn, query: Query): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('history', situation);
  const all = may('history-all', situation);
  const find = query.find.trim().slice(0, 200);
  const { mails } = query;
  const beforeNumber = /^\d{1,15}$/.test(query.before ?? '') ? Number(query.before) : undefined;
  const found = await turn.records.history({
    own: !all,
    ...(find === '' ? {} : { object: find, people: await peopleNamed(turn, find) }),
    ...(beforeNumber === undefined ? {} : { beforeNumber }),
    withoutMails: !mails,
    limit: actsPerPage + 1,
  });
  const acts = found.slice(0, actsPerPage);
  const before = found.length > actsPerPage ? String(acts.at(-1)?.number) : undefined;
  turn.show(historyCard(turn.words, turn.chat.language, { account, acts, find, before, all, mails }));
}

/** Rows name sign-in names and people write names, with marks or without: the directory knows which belong together. */
async function peopleNamed(turn: Turn, find: string) {
  const people: { objectId: string; signInName: string }[] = [];
  let next: string | undefined;
  do {
    const page = await turn.directory().users({ find, next, size: 999 });
    people.push(...page.items.map(({ id, signInName }) => ({ objectId: id, signInName })));
    next = page.next;
  } while (next !== undefined);
  return people;
}

export const historyJob: Job = {
  commands: {
    history: (turn, _stage, rest) => showHistory(turn, { find: rest, before: undefined, mails: false }),
  },
  presses: {
    history: (turn, _stage, pressed) =>
      showHistory(turn, {
        find: pressed.text('find') ?? '',
        before: pressed.text('before'),
        mails: pressed.text('mails') === 'yes',
      }),
  },
};
