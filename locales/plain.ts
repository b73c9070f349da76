import { cleanText } from '../partner/names.ts';

/** Invisible, and no markup begins or ends across it (U+2060, word joiner). */
const joiner = '\u2060';

/**
 * Makes text from people (names, addresses, questions) show as itself where a renderer insists on markdown:
 * TextBlock, FactSet, choice titles, and messages that mix it with our own markup.
 *
 * First choice is not to need it: a TextRun in a RichTextBlock and an activity with textFormat `plain` render no
 * markdown, and an input's value and a button's title never do; give those the text itself (`cleanText`).
 *
 * Why not backslashes: Teams on Android and iOS shows them (microsoft/AdaptiveCards #5590, msteams-docs #5793),
 * and its own parser there knows no character entities. So markup is kept from forming by an invisible word
 * joiner, and only `*`, backtick and an underscore at a word's edge, which no joiner disarms, become look-alikes.
 * What must be copied exactly (a sign-in name, a code) belongs in a TextRun, not here.
 */
export function plain(text: string): string {
  const shown = cleanText(text)
    .replaceAll('*', '\u2217')
    .replaceAll('`', '\u02cb')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\u02cd')
    .replace(/~(?=~)/gu, `~${joiner}`)
    .replace(/\](?=[([:])/gu, `]${joiner}`)
    .replace(/\\(?=[!-/:-@[-`{-~])/gu, `\\${joiner}`)
    .replace(/&(?=#?\w+;)/gu, `&${joiner}`)
    .replace(/<(?=[A-Za-z/!?])/gu, `<${joiner}`)
    .replace(/:(?=\/\/)/gu, `:${joiner}`)
    .replace(/\bwww(?=\.)/giu, (www) => `${www}${joiner}`)
    .replace(/([{$])(?=\{)/gu, `$1${joiner}`);
  return /^(?:[#>+=|~[-]|\d+[.)])/u.test(shown) ? `${joiner}${shown}` : shown;
}
