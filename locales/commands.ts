import { cleanText, fold, isVietnameseSyllable } from '../partner/names.ts';
import { type CommandId, type CommandWords, commandWords } from './command-words.ts';

export type { CommandId } from './command-words.ts';

export interface CommandMatch {
  command: CommandId;
  /** What followed the command's own words, as it was typed; '' for commands that take nothing. */
  rest: string;
}

interface Phrase {
  command: CommandId;
  words: readonly string[];
  folded: readonly string[];
  alsoName: boolean;
  takesRest: boolean;
  needsCode: boolean;
}

interface Word {
  raw: string;
  folded: string;
  /** Where the word ends in the text. */
  end: number;
}

const longestCommand = 400;

/** Code of an offer, alone or at its place in the link; 128 bit or more. */
const offerCode = /^<?(?:https?:\/\/\S+\/offers\/)?([\w-]{22,128})(?:[/?#]\S*)?>?$/;

/** All commands, in the order of the table. */
export const commandIds: readonly CommandId[] = Object.keys(commandWords).filter(isCommandId);

const phrases: readonly Phrase[] = readPhrases();

/**
 * The command that a person typed, in either language, with or without diacritics, in any case, with any
 * punctuation, and with one slip in a word of five letters or more. The whole text must be the command, save
 * for those that take a rest. A Vietnamese name is never a command; `nameExpected` (a question for a name is
 * open) also rules out slips and what is a name once it is written without marks and capitals (`huy`).
 */
export function matchCommand(
  text: string,
  options: { nameExpected?: boolean } = {},
): CommandMatch | undefined {
  const typed = cleanText(text);
  if (typed.length > longestCommand) return undefined;
  if (typed === '?') return { command: 'help', rest: '' };
  if (/^<?https?:/.test(typed)) return linkOf(typed);
  const words = wordsOf(typed);
  const nameExpected = options.nameExpected === true;
  for (const slips of nameExpected ? [false] : [false, true]) {
    const found = phrases.find(
      (phrase) =>
        fits(phrase, words, { slips, nameExpected }) &&
        (!phrase.needsCode || offerCode.test(restOf(phrase, words, typed))),
    );
    if (found !== undefined) return { command: found.command, rest: restOf(found, words, typed) };
  }
  return undefined;
}

/** The code in what was typed or pasted: the code itself, or the whole link of an offer. */
export function offerCodeIn(text: string): string | undefined {
  return offerCode.exec(text.trim())?.[1];
}

function linkOf(typed: string): CommandMatch | undefined {
  const code = offerCodeIn(typed);
  return code === undefined ? undefined : { command: 'answer-offer', rest: code };
}

function fits(phrase: Phrase, words: Word[], how: { slips: boolean; nameExpected: boolean }): boolean {
  const rightLength = phrase.takesRest
    ? words.length >= phrase.words.length
    : words.length === phrase.words.length;
  if (!rightLength) return false;
  const own = words.slice(0, phrase.words.length);
  if (phrase.alsoName) return !how.slips && meantAsCommand(phrase, own, how.nameExpected);
  return own.every((word, index) => {
    const wanted = phrase.folded[index] ?? '';
    return word.folded === wanted || (how.slips && isSlipOf(word.folded, wanted));
  });
}

/** For phrases that are names too: each word with its own marks or none, the latter where that is no name. */
function meantAsCommand(phrase: Phrase, own: Word[], nameExpected: boolean): boolean {
  const marked = own.map((word, index) => samePlacing(word.raw) === samePlacing(phrase.words[index] ?? ''));
  if (marked.every(Boolean)) return true;
  const fitting = own.every((word, index) => {
    const unmarked = word.raw.toLowerCase() === word.folded && word.folded === phrase.folded[index];
    return marked[index] === true || unmarked;
  });
  const likeAName = nameExpected || own.every((word) => /^\p{Lu}/u.test(word.raw));
  return fitting && !likeAName;
}

/** Two schools put the tone mark of `uy` on either letter (hủy, huỷ): both become the same. */
function samePlacing(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/u([\u0300\u0301\u0303\u0309\u0323])y/gu, 'uy$1');
}

/**
 * One letter more, fewer, other, or two neighbours swapped, in a word of five letters or more. A word that is
 * a Vietnamese syllable of its own is no slip: *Tiến Việt* is a person, not *tiếng Việt*.
 */
function isSlipOf(typed: string, wanted: string): boolean {
  if (wanted.length < 5 || isVietnameseSyllable(typed)) return false;
  if (Math.abs(typed.length - wanted.length) > 1) return false;
  let start = 0;
  while (start < wanted.length && typed[start] === wanted[start]) start += 1;
  const typedEnd = typed.slice(start);
  const wantedEnd = wanted.slice(start);
  const swapped = `${wantedEnd.slice(1, 2)}${wantedEnd.slice(0, 1)}${wantedEnd.slice(2)}`;
  return (
    typedEnd.slice(1) === wantedEnd ||
    typedEnd === wantedEnd.slice(1) ||
    typedEnd.slice(1) === wantedEnd.slice(1) ||
    typedEnd === swapped
  );
}

function restOf(phrase: Phrase, words: Word[], typed: string): string {
  const end = words[phrase.words.length - 1]?.end ?? typed.length;
  // A code may begin with a hyphen.
  if (phrase.needsCode || phrase.command === 'answer-offer') return typed.slice(end).replace(/^[\s:]+/u, '');
  return phrase.takesRest ? typed.slice(end).replace(/^[\s:,;.!?–—-]+/u, '') : '';
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), (match) => ({
    raw: match[0],
    folded: fold(match[0]),
    end: match.index + match[0].length,
  }));
}

/** Longer phrases first, so that `danh sách người dùng` is not read as `danh` and a rest. */
function readPhrases(): Phrase[] {
  return commandIds
    .map((command): [CommandId, CommandWords] => [command, commandWords[command]])
    .flatMap(([command, { phrases: plain, alsoNames = [], takesRest = false, withCode = [] }]) =>
      [...plain, ...alsoNames, ...withCode].map((phrase) => {
        const words = wordsOf(phrase.normalize('NFC'));
        return {
          command,
          words: words.map((word) => word.raw),
          folded: words.map((word) => word.folded),
          alsoName: alsoNames.includes(phrase),
          takesRest,
          needsCode: withCode.includes(phrase),
        };
      }),
    )
    .sort((one, other) => other.words.length - one.words.length)
    .filter((phrase) => phrase.words.length > 0);
}

function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(commandWords, id);
}
