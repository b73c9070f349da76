import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mimeOf } from '../../microsoft/graph/mime.ts';
import { readMime } from '../../sandbox/graph/mime.ts';
import { anyText } from '../helpers/any-text.ts';

const mail = {
  to: 'minh.doan@fabrikam.onmicrosoft.com',
  subject: 'Thư chào mua',
  text: 'Chào anh Minh',
  html: '<p>Chào anh Minh</p>',
};
const headersOf = (mime: string) => (mime.split('\r\n\r\n')[0] ?? '').replace(/\r\n /g, '').split('\r\n');

describe('a mail as MIME', () => {
  it('carries text and HTML of any content, and comes out as it went in', () => {
    const any = anyText();
    fc.assert(
      fc.property(any, any, any, (subject, text, html) => {
        const mime = mimeOf({ ...mail, subject, text, html });
        assert.match(mime, /^(?:[\x20-\x7e]{0,76}\r\n)+$/);
        const lines = (one: string) => one.replace(/\r\n?|\n/g, '\r\n');
        const plain = subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
        assert.deepEqual(readMime(Buffer.from(mime)), {
          to: [mail.to],
          subject: plain,
          text: lines(text),
          html: lines(html),
        });
      }),
    );
  });

  it('leaves a plain subject readable and encodes any other between its characters', () => {
    assert.ok(headersOf(mimeOf({ ...mail, subject: 'Offer no. 7' })).includes('Subject: Offer no. 7'));
    const subject = 'Thư chào mua Microsoft 365 Business Standard cho Công ty Cổ phần Đại Dương 🌊';
    const encoded =
      headersOf(mimeOf({ ...mail, subject })).find((line) => line.startsWith('Subject: ')) ?? '';
    const words = [...encoded.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word = '']) =>
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(word, 'base64')),
    );
    assert.ok(words.length > 1);
    assert.equal(words.join(''), subject);
    const lookalike = '=?UTF-8?B?eA==?=';
    assert.equal(readMime(Buffer.from(mimeOf({ ...mail, subject: lookalike }))).subject, lookalike);
  });

  it('lets no subject and no body add a header or a part', () => {
    const evil = 'Chào\r\nBcc: spy@evil.example\r\n\r\n--=_alternative\r\nContent-Type: text/html\r\n\r\n<b>';
    const mime = mimeOf({ ...mail, subject: evil, text: evil });
    assert.deepEqual(
      headersOf(mime).map((line) => line.split(':')[0]),
      ['MIME-Version', 'To', 'Subject', 'Content-Type'],
    );
    assert.deepEqual(
      [readMime(Buffer.from(mime)).to, readMime(Buffer.from(mime)).html],
      [[mail.to], mail.html],
    );
  });

  it('takes one plain address and nothing else', () => {
    for (const to of ["o'brien+x@mail.contoso.co.uk", 'A.B@x.vn'])
      assert.ok(mimeOf({ ...mail, to }).includes(to));
    const wrong = [
      '',
      'minh',
      'minh@fabrikam',
      'minh@fabrikam.vn, spy@evil.example',
      'minh@fabrikam.vn;spy@evil.example',
      'Minh <minh@fabrikam.vn>',
      'minh@fabrikam.vn\r\nBcc: spy@evil.example',
      'minh@fabrikam.vn\n',
      ' minh@fabrikam.vn',
      'minh@evil.example@fabrikam.vn',
      '"minh spy"@fabrikam.vn',
      'minh@[10.0.0.1]',
      'minh..doan@fabrikam.vn',
      'đoàn@fabrikam.vn',
      'minh@fabrikam.vn\0',
      `${'x'.repeat(65)}@fabrikam.vn`,
    ];
    for (const to of wrong)
      assert.throws(() => mimeOf({ ...mail, to }), { code: 'input-invalid' }, JSON.stringify(to));
  });
});
