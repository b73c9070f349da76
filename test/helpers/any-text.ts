import fc from 'fast-check';

/** Graphemes of several code points, and characters that are easily taken for nothing or for something else. */
const odd = [
  'ế',
  'é',
  'ğ',
  '👩‍👩‍👧',
  '🇻🇳',
  '👍🏽',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u00a0',
  '\u0301',
  'ß',
  'İ',
];

const letter = fc.oneof(
  fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => (isSurrogate(code) ? 'x' : String.fromCodePoint(code))),
  fc.constantFrom(...odd),
);

const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;

/** Well-formed text of any characters. The library's own unit of graphemes takes seconds to be made. */
export const anyText = ({ maxLength = 40 }: { maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.array(letter, { maxLength }).map((letters) => letters.join(''));
