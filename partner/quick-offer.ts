import { cleanText, fold } from './names.ts';
import { usualServices } from './usual-services.ts';

/** An offer as a clerk types it in one line: `15 Fabrikam business standard`. */
export interface QuickOffer {
  kind: 'trial' | 'purchase';
  /** Undefined for a trial, where Microsoft fixes the number. */
  seats: number | undefined;
  /** As it was typed; '' when none was named. */
  client: string;
  partNumber: string;
}

interface Word {
  raw: string;
  folded: string;
}

/** Words that say that it is an offer or count what is offered; none of them is part of a client's name. */
const fillers = new Set(
  'x cho for giay phep licence licences license licenses seat seats user users goi ban of chao hang thu'.split(
    ' ',
  ),
);
const trialWords = [['moi', 'dung', 'thu'], ['dung', 'thu'], ['trial']];
const longest = 160;

/**
 * Reads one line that begins with a number or with *mời dùng thử*, and names a usual service; anything else is
 * undefined, since a guess would stand in the way of what was meant. Diacritics and order of client and service
 * do not matter.
 */
export function readQuickOffer(text: string): QuickOffer | undefined {
  const typed = cleanText(text);
  if (typed.length > longest) return undefined;
  const all = wordsOf(typed);
  const trialAt = trialWords.map((phrase) => withoutPhrase(all, phrase)).find((rest) => rest !== undefined);
  const kind = trialAt === undefined ? 'purchase' : 'trial';
  const service = serviceIn(trialAt ?? all);
  if (service === undefined) return undefined;
  const [first, ...others] = service.rest.filter(({ folded }) => !isOffering(folded));
  const seats = first !== undefined && /^\d{1,6}$/.test(first.raw) ? Number(first.raw) : undefined;
  const isCounted = seats !== undefined && seats > 0;
  if (!isCounted && kind === 'purchase') return undefined;
  const left = isCounted ? others : service.rest;
  const client = withoutEnds(left)
    .map(({ raw }) => raw)
    .join(' ');
  return { kind, seats: kind === 'trial' ? undefined : seats, client, partNumber: service.partNumber };
}

/** Words before the number: `chào hàng 15 …`. */
function isOffering(folded: string): boolean {
  return folded === 'chao' || folded === 'hang';
}

/** The service that is named by the longest run of words, and what is left without them. */
function serviceIn(words: readonly Word[]): { partNumber: string; rest: Word[] } | undefined {
  const named = usualServices.flatMap(({ partNumber, aliases }) =>
    aliases.map((alias) => ({ partNumber, phrase: alias.split(' ') })),
  );
  const byLength = named.toSorted((one, other) => other.phrase.length - one.phrase.length);
  for (const { partNumber, phrase } of byLength) {
    const rest = withoutPhrase(words, phrase);
    if (rest !== undefined) return { partNumber, rest };
  }
  return undefined;
}

/** The words without this run of them; undefined when they do not hold it. */
function withoutPhrase(words: readonly Word[], phrase: readonly string[]): Word[] | undefined {
  const at = words.findIndex((_, index) =>
    phrase.every((part, offset) => words[index + offset]?.folded === part),
  );
  return at === -1 ? undefined : [...words.slice(0, at), ...words.slice(at + phrase.length)];
}

/** A client's name keeps its own `for` and `x`; around it they only count. */
function withoutEnds(words: readonly Word[]): Word[] {
  const isName = ({ folded }: Word) => !fillers.has(folded);
  const from = words.findIndex(isName);
  return from === -1 ? [] : words.slice(from, words.findLastIndex(isName) + 1);
}

/** Domains, `O'Brien` and `Sons #1` stay whole. */
function wordsOf(text: string): Word[] {
  return text
    .split(/[\s,;:–—]+/u)
    .map((raw) => raw.replace(/^[("“]+|[)"”.!?]+$/gu, ''))
    .filter((raw) => raw !== '')
    .map((raw) => ({ raw, folded: fold(raw) }));
}
