import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { hiddenKey, holdsProductKey } from '../../partner/product-key.ts';

const signs = [...'BCDFGHJKMNPQRTVWXY2346789'];
const group = fc.string({ unit: fc.constantFrom(...signs), minLength: 5, maxLength: 5 });
const key = fc.array(group, { minLength: 5, maxLength: 5 }).filter((groups) => /[A-Z]/.test(groups.join('')));

describe('a product key in a text', () => {
  it('is seen with any usual signs between its groups, in any case, wherever it stands', () => {
    const between = fc.constantFrom('-', ' - ', '–', '‑', ' ', '  ', '', '\n', '.', '_');
    const around = fc.constantFrom(
      ['', ''],
      ['Mã của Fabrikam là ', ' nhé.'],
      ['key:', ','],
      ['<p>', '</p>'],
      ['check these ', ' today'],
    );
    fc.assert(
      fc.property(key, between, around, fc.boolean(), (groups, sign, [before, after], isLower) => {
        const typed = groups.join(sign);
        assert.ok(holdsProductKey(`${before}${isLower ? typed.toLowerCase() : typed}${after}`));
      }),
    );
  });

  const keys = [
    'ABCDE-FGHIJ-KLMNO-PQRST-UVWXY',
    'abcde-12345-fghij-67890-klmno',
    'ABC12 DEF34 GHI56 JKL78 MNO90',
    'xVCFG4-7HJ2K-9MNP3-QRT8V-WXY6B',
    'ＶＣＦＧ４-7HJ2K-9MNP3-QRT8V-WXY6B',
    'VCF\u200bG4-7HJ2K-9MNP3-QRT8V-WXY6B',
    'VCFG4-7HJ2K 9MNP3-QRT8V WXY6B',
    'VCFG4 -- 7HJ2K -- 9MNP3 -- QRT8V -- WXY6B',
    '**VCFG4**-**7HJ2K**-**9MNP3**-**QRT8V**-**WXY6B**',
    'VCFG4&nbsp;7HJ2K&nbsp;9MNP3&nbsp;QRT8V&nbsp;WXY6B',
    '<VCFG4-7HJ2K-9MNP3-QRT8V-WXY6B>',
    '<b>VCFG4</b><br>7HJ2K<br/>9MNP3<br>QRT8V<br>WXY6B',
  ];
  for (const typed of keys)
    it(`is seen in ${JSON.stringify(typed)}`, () => assert.equal(holdsProductKey(typed), true));

  const others = [
    '',
    'chào hàng 15 business standard cho fabrikam.vn',
    'these words never quite match; could order 10000 seats total',
    'Chúng tôi muốn nhiều giấy phép Microsoft 365 Business Standard',
    '10000 20000 30000 40000 50000',
    '0901 234 567, +84 28 3822 9999, 2026-11-23T08:57:54Z',
    'hung.tran@contosopartner.vn',
    'CFQ7TTC0LDPB:0001 CFQ7TTC0LH16:0002',
    'https://admin.microsoft.com/Commerce/Offers/ckopqwooh000001la8mbi2im9',
    'Internationalisierungswerk',
    '1587000000000-0-1587000000',
    // A code of an offer that happens to have its dashes at such places.
    'QMWxS6DT1q2_r4vVN-nuH5j_CQxu7_UDdHxfpplYTuU',
    'a'.repeat(60_000),
    hiddenKey,
  ];
  for (const typed of others)
    it(`is not taken from ${JSON.stringify(typed.slice(0, 70))}`, () =>
      assert.equal(holdsProductKey(typed), false));

  it('is not taken from ids, nonces and codes of offers', () => {
    for (let round = 0; round < 2_000; round += 1) {
      const code = randomBytes(32).toString('base64url');
      for (const text of [randomUUID(), code, `https://bot.example/offers/${code}?lang=vi`])
        assert.equal(holdsProductKey(text), false, text);
    }
  });
});
