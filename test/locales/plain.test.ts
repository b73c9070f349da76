import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plain } from '../../locales/plain.ts';
import { anyText } from '../helpers/any-text.ts';

const withoutJoiners = (text: string) => text.replaceAll('\u2060', '');

describe('plain', () => {
  it('leaves everyday names exactly as they are', () => {
    for (const name of [
      'Nguyễn Thị Lan',
      "O'Brien & Sons #1",
      'lan_nguyen@contoso.com',
      '“A” (B), 50%',
      'R&D',
    ]) {
      assert.equal(plain(name), name);
    }
  });

  it('reads the same afterwards, but for three look-alikes', () => {
    assert.equal(
      withoutJoiners(plain('*b* `c` _d_ [e](http://f.g) <g> &amp; $' + '{h} \\i {{j}}')),
      '∗b∗ ˋcˋ ˍdˍ [e](http://f.g) <g> &amp; $' + '{h} \\i {{j}}',
    );
  });

  it('takes out what turns the writing direction, and joins lines', () => {
    assert.equal(plain('Lan\u202e\nNguyễn\u0007'), 'Lan Nguyễn');
  });

  const markup: readonly (string | RegExp)[] = [
    '*',
    '`',
    '~~',
    '](',
    '][',
    ']:',
    '://',
    '{{',
    '${',
    '<a',
    /&(?:#\d+|#x[\da-f]+|[a-z]+);/i,
    /^(?:[#>+=|~[-]|\d+[.)])/,
    /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u,
    /\\[!-/:-@[-`{-~]/,
    /^ | {2}|\n|[\u202a-\u202e]/,
  ];

  it('leaves nothing that markdown, a card or a template would act on', () => {
    const pieces = [
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '&',
      ';',
      '#',
      '~',
      '\\',
      '$',
      '{',
      '}',
      ':',
      '/',
      '-',
      '1',
      '.',
      '\n',
      '\u202e',
      'a',
      ' ',
      'amp',
    ];
    const dangerous = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(dangerous, anyText()), (text) => {
        const shown = plain(text);
        for (const mark of markup) {
          const found = typeof mark === 'string' ? shown.includes(mark) : mark.test(shown);
          assert.ok(!found, `${String(mark)} in ${JSON.stringify(shown)}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
