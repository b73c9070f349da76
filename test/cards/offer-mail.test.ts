import assert from 'node:assert/strict';
import { answerMail, type OfferMail, offerMail, proofMail } from '../../cards/offer-mail.ts';
import { createWords, type Language, languages } from '../../locales/words.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptanceOf, offeredLine, offerTerms, publishedOffer } from '../partner/offer-record.ts';

const link = 'https://bot.contosopartner.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ?lang=vi';
const stop = 'https://bot.contosopartner.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ/stop?lang=vi';

const nasty = `<img src=x onerror="alert('1')"> & [x](https://evil.example) {y}`;
const unpriced = offeredLine({ price: null });

function mailOf(language: Language, change: Partial<OfferTerms> = {}): OfferMail {
  return offerMail(createWords(language, hanoi), language, { ...publishedOffer(change), link });
}

function allMails(language: Language, change: Partial<OfferTerms> = {}): OfferMail[] {
  const words = createWords(language, hanoi);
  const view = { ...publishedOffer(change), link };
  const asked = { person: 'Lê Minh', from: 'Nguyễn Thị Lan', question: 'Bao giờ có?', answer: 'Ngày mai.' };
  return [
    offerMail(words, language, view),
    proofMail(words, language, { ...view, acceptance: acceptanceOf() }),
    answerMail(words, language, { ...view, ...asked }),
  ];
}

/** What somebody reads who sees the HTML. */
function readable(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return body
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe('a mail about an offer', () => {
  for (const language of languages) {
    describe(language, () => {
      it('names person, company and service in the subject and in the first line', () => {
        for (const mail of allMails(language)) {
          const [first = ''] = mail.text.split('\n');
          for (const part of ['Contoso Partner', 'Microsoft 365 Business Standard']) {
            assert.ok(mail.subject.includes(part), mail.subject);
            assert.ok(first.includes(part), first);
          }
        }
        const { subject, text } = mailOf(language);
        assert.match(subject, /^Nguyễn Thị Lan, Contoso Partner: /);
        assert.match(text, /^(Chào|Hello) Minh, Nguyễn Thị Lan /);
      });

      it('says in the text everything that the HTML says', () => {
        for (const { text, html } of allMails(language)) {
          const lines = readable(html).split('\n').filter(Boolean);
          assert.ok(lines.length > 10);
          for (const line of lines) assert.ok(text.includes(line), line);
        }
      });

      it('writes its link out once, and leads nowhere else but to the way out', () => {
        for (const { text, html } of allMails(language)) {
          assert.equal(count(text, link), 1);
          assert.equal(count(html, `>${link}<`), 1);
          assert.equal(count(text, stop), 1);
          const leads = Array.from(html.matchAll(/href="([^"]*)"/g), ([, address]) => address);
          assert.deepEqual(leads, [link, stop]);
        }
      });

      it('shows who writes, and how to check it', () => {
        for (const { text } of allMails(language)) {
          for (const part of [
            '12 Lê Lợi, Tầng 5',
            'Thành phố Hồ Chí Minh',
            '+84 28 3822 0100',
            'lienhe@contosopartner.vn',
            'www.contosopartner.vn',
            '1234567',
            'lan@contosopartner.vn',
          ])
            assert.ok(text.includes(part), part);
          assert.match(text, /trang web chính thức|official website/);
        }
      });

      it('never says the word bot', () => {
        for (const { subject, text } of allMails(language)) {
          const own = text.replaceAll(link, '').replaceAll(stop, '');
          assert.doesNotMatch(`${subject}\n${own}`, /\bbots?\b/i);
        }
      });

      it('has a price where one was stated, and none where none was', () => {
        assert.match(mailOf(language).text, /250[.,]000/);
        for (const { text, html } of allMails(language, { lines: [unpriced] }))
          assert.doesNotMatch(`${text}${html}`, /₫|VND|VAT|\d[.,]000/);
      });

      it('shows what people wrote as it is, in HTML as in text', () => {
        const words = createWords(language, hanoi);
        const terms = {
          note: `${nasty}\n\nDòng hai`,
          lines: [offeredLine({ name: nasty })],
          recipient: { ...offerTerms().recipient, name: nasty, person: nasty },
        };
        const asked = { person: nasty, from: nasty, question: nasty, answer: `${nasty}\r\nDòng hai` };
        const view = { ...publishedOffer(terms), link };
        const person = { objectId: 'x', name: nasty, signInName: nasty };
        const mails = [
          offerMail(words, language, view),
          proofMail(words, language, { ...view, acceptance: acceptanceOf({ person }) }),
          answerMail(words, language, { ...view, ...asked }),
        ];
        for (const { text, html } of mails) {
          assert.ok(text.includes(nasty));
          assert.doesNotMatch(html, /<img|onerror="|\{y\}"/);
          assert.ok(html.includes('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; [x]'));
        }
        assert.match(mails[0]?.text ?? '', /\nDòng hai\n/);
        assert.match(mails[2]?.text ?? '', /\nDòng hai\n/);
      });
    });
  }

  it('keeps its subject on one line', () => {
    const { offer, version } = publishedOffer();
    const broken = { ...offer, makerName: 'Lan\r\nBcc: all@example.com' };
    const words = createWords('vi', hanoi);
    const { subject } = offerMail(words, 'vi', { offer: broken, version, link });
    assert.match(subject, /^Lan Bcc: all@example\.com, Contoso/);
  });

  it('counts further services, and says when it is a newer version', () => {
    const { offer, version } = publishedOffer({ lines: [offeredLine(), offeredLine(), unpriced] });
    const mail = offerMail(createWords('vi', hanoi), 'vi', {
      offer,
      version: { ...version, number: 2 },
      link,
    });
    assert.match(mail.subject, /Business Standard và 2 dịch vụ khác$/);
    assert.match(mail.text, /Đây là phiên bản 2/);
    assert.doesNotMatch(mailOf('vi').text, /Đây là phiên bản/);
  });

  it('invites to a trial, and says how it ends', () => {
    const lines = [offeredLine({ trial: true, price: null, seats: 25, term: 'P1M' })];
    const { subject, text } = mailOf('en', { kind: 'trial', lines });
    assert.match(subject, /invitation to try Microsoft 365 Business Standard/);
    assert.match(text, /30 days/);
  });

  it('does without a person, a company and an address that nobody gave', () => {
    const { offer, version } = publishedOffer({
      recipient: { name: '', tenantId: null, domain: null, person: '', mail: '' },
    });
    const bare = {
      ...version,
      signature: { ...version.signature, address: [], website: '', partnerId: '' },
      contact: { name: 'Lan', mail: '', phone: '' },
    };
    const { text } = offerMail(createWords('vi', hanoi), 'vi', { offer, version: bare, link });
    assert.match(text, /^Chào bạn, Nguyễn Thị Lan của Contoso Partner gửi bạn/);
    assert.match(text, /ghi địa chỉ của bạn/);
    assert.doesNotMatch(text, /undefined|null|Mã đối tác|\n\n\n/);
  });
});

describe('the proof of an acceptance', () => {
  const words = createWords('vi', hanoi);
  const { offer, version } = publishedOffer();
  const acceptance = acceptanceOf({ seats: [12] });
  const { text } = proofMail(words, 'vi', { offer, version, acceptance, link });

  it('says what, how many, for how much, for how long, who, when and of which version', () => {
    for (const part of [
      /12 giấy phép đã chấp nhận \(được chào 15\)/,
      /250\.000/,
      /12 giấy phép: 3\.000\.000/,
      /Thời hạn 1 năm/,
      /Fabrikam \(fabrikam\.vn\)/,
      /Lê Minh \(minh@fabrikam\.vn\)/,
      /22222222-2222-4222-8222-222222222222/,
      /09:00 giờ Việt Nam ngày 02\/03\/2026/,
      /hash-1/,
      /7 ngày/,
      /rút lại được cho đến khi Contoso Partner xác nhận/,
    ])
      assert.match(text, part);
  });
});
