import { historyCard } from '../cards/history.ts';
import { requireCapability } from '../partner/authorise.ts';
import { may } from '../partner/capabilities.ts';
import type { Job } from './job.ts';
import type { Turn } from './turn.ts';

const linesPerPage = 8;

/** Who did what to whom: all of the company for those who may see it, else what this person did. */
async function showHistory(turn: Turn, query: { find: string; before: string | undefined }): Promise<void> {
  const account = turn.requireAccount();
  const situation = await turn.situation();
  requireCapability('history', situation);
  const all = may('history-all', situation);
  const find = query.find.trim().slice(0, 200);
  const beforeSeq = /^\d{1,15}$/.test(query.before ?? '') ? Number(query.before) : undefined;
  const lines = await turn.records.history({
    own: !all,
    ...(find === '' ? {} : { object: find, people: await peopleNamed(turn, find) }),
    ...(beforeSeq === undefined ? {} : { beforeSeq }),
    limit: linesPerPage + 1,
  });
  const page = lines.slice(0, linesPerPage);
  const next = lines.length > linesPerPage ? String(page.at(-1)?.seq) : undefined;
  turn.show(historyCard(turn.words, { account, lines: page, find, next, all }));
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
  commands: { history: (turn, _stage, rest) => showHistory(turn, { find: rest, before: undefined }) },
  presses: {
    history: (turn, _stage, pressed) =>
      showHistory(turn, { find: pressed.text('find') ?? '', before: pressed.text('before') }),
  },
};
