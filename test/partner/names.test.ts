import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanText, fold, splitFullName } from '../../partner/names.ts';
import { anyText } from '../helpers/any-text.ts';

describe('splitFullName', () => {
  const examples: [string, string, string, string][] = [
    ['Nguyễn Thị Lan', 'Nguyễn', 'Thị', 'Lan'],
    ['nguyen thi lan', 'nguyen', 'thi', 'lan'],
    ['Đặng Trần Minh Quân', 'Đặng', 'Trần Minh', 'Quân'],
    ['Trương Hoàng', 'Trương', '', 'Hoàng'],
    ['Lan Nguyễn', 'Nguyễn', '', 'Lan'],
    ['Nguyen Kevin', 'Nguyen', '', 'Kevin'],
    ['Adele Vance', 'Vance', '', 'Adele'],
    ['Dan Brown', 'Brown', '', 'Dan'],
    ['Mary Jane O’Brien', 'O’Brien', 'Jane', 'Mary'],
    ['Smith, John Paul', 'Smith', 'Paul', 'John'],
    ['Lan', '', '', 'Lan'],
    ['李小龙', '', '', '李小龙'],
    ['  Lê \t Văn\n  An ', 'Lê', 'Văn', 'An'],
    ['', '', '', ''],
  ];
  for (const [full, family, middle, given] of examples) {
    it(`reads ${JSON.stringify(full)}`, () => {
      assert.deepEqual(splitFullName(full), { family, middle, given });
    });
  }

  it('loses no word of a name and adds none', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (full) => {
        const { family, middle, given } = splitFullName(full);
        const words = (text: string) => text.replaceAll(',', ' ').split(' ').filter(Boolean).sort();
        assert.deepEqual(words(`${family} ${middle} ${given}`), words(cleanText(full)));
      }),
    );
  });

  it('takes marks that turn the writing direction out of a name', () => {
    assert.deepEqual(splitFullName('Nguyễn \u202eThị\u202c L\u200ban\u0000'), {
      family: 'Nguyễn',
      middle: 'Thị',
      given: 'Lan',
    });
  });
});

describe('cleanText', () => {
  it('leaves nothing invisible, no double space, and composed letters', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 80 }), (text) => {
        const clean = cleanText(text);
        assert.doesNotMatch(
          clean,
          /\p{Cc}|\p{Cs}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]| {2}|^ | $/u,
        );
        assert.equal(clean, clean.normalize('NFC'));
        assert.equal(cleanText(clean), clean);
      }),
    );
  });

  it('keeps what a name may hold', () => {
    const name = `O'Brien & Sons #1 "*_[x](y)_*" \${x}`;
    assert.equal(cleanText(name), name);
  });
});

describe('fold', () => {
  it('drops marks, đ and case, composed or not', () => {
    assert.equal(fold('Đặng Thị Ánh Tuyết'), 'dang thi anh tuyet');
    assert.equal(fold('Đặng Thị Ánh Tuyết'.normalize('NFD')), 'dang thi anh tuyet');
  });

  it('of a folded text is the same text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        assert.equal(fold(fold(text)), fold(text));
      }),
    );
  });
});
