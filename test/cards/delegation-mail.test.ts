import assert from 'node:assert/strict';
import { clientsPageMail } from '../../cards/delegation-mail.ts';
import { offerMail } from '../../cards/offer-mail.ts';
import { roleWords } from '../../locales/role-words.ts';
import { createWords, type Language, languages } from '../../locales/words.ts';
import type { ClientsPage } from '../../partner/delegation-pages.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { roleById } from '../../partner/roles.ts';
import { hanoi } from '../helpers/zones.ts';
import { madeAt, publishedOffer } from '../partner/offer-record.ts';
import { aDelegation } from './delegation-staff-samples.ts';

const link = 'https://bot.contosopartner.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ?lang=vi';
const approvalLink = 'https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/x';
const consentLink = 'https://login.microsoftonline.com/fabrikam/v2.0/adminconsent?client_id=x';
const limited = termsFor('limited', { days: 365, autoExtend: true });
const alone: Partial<OfferTerms> = { kind: 'delegation', lines: [], delegation: limited };

function approval(language: Language, page: Partial<ClientsPage> = {}) {
  const delegation = aDelegation({ terms: limited, answeredAt: madeAt, endsAt: null });
  const known = { what: 'approve' as const, link: approvalLink, thenConsent: undefined, ...page };
  const view = { ...publishedOffer(alone), link, page: known, delegation };
  return clientsPageMail(createWords(language, hanoi), language, view);
}

describe('a mail about delegated administration', () => {
  for (const language of languages) {
    it(`asks for it in ${language}: who, which roles, until when, and nothing of services`, () => {
      const { subject, text } = offerMail(createWords(language, hanoi), language, {
        ...publishedOffer(alone),
        link,
      });
      assert.match(subject, /^Nguyễn Thị Lan, Contoso Partner: /);
      assert.match(text, /365/);
      assert.match(text, /180/);
      for (const templateId of limited.roles) {
        const role = roleById(templateId);
        assert.ok(role);
        const { name, what, not } = roleWords(language, role.key);
        assert.ok(text.includes(`- ${name}: ${what} ${not}`), name);
      }
      assert.doesNotMatch(text, /đặt hàng|orders from|Khi bạn chấp nhận|When you accept|\{/);
    });

    it(`brings Microsoft’s page in ${language}, written out, with the way to stop such mails`, () => {
      const { subject, text, html } = approval(language);
      assert.match(subject, /^Nguyễn Thị Lan, Contoso Partner: /);
      const [first = ''] = text.split('\n');
      for (const part of ['Contoso Partner', 'Nguyễn Thị Lan', 'Fabrikam'])
        assert.ok(first.includes(part), first);
      assert.ok(text.includes(`\n${approvalLink}\n`));
      assert.ok(html.includes(`href="${approvalLink}"`));
      assert.ok(text.includes('/stop?lang=vi'));
      assert.match(text, /\+84 28 3822 0100/);
      assert.ok(!text.includes(consentLink));
    });

    it(`brings the page for the consent in ${language}: after the approval’s, and by itself once that is done`, () => {
      const { text } = approval(language, { thenConsent: consentLink });
      assert.ok(text.indexOf(`\n${approvalLink}\n`) < text.indexOf(`\n${consentLink}\n`));
      const then = approval(language, { what: 'consent', link: consentLink });
      assert.ok(then.text.includes(`\n${consentLink}\n`) && !then.text.includes(approvalLink));
      assert.notEqual(then.subject, approval(language).subject);
      assert.match(then.subject, /^Nguyễn Thị Lan, Contoso Partner: /);
    });
  }

  it('warns of a Global Administrator', () => {
    const terms = {
      level: 'roles' as const,
      roles: [roleIds.globalAdministrator],
      days: 1,
      autoExtend: false,
    };
    const view = { ...publishedOffer({ ...alone, delegation: terms }), link };
    assert.match(offerMail(createWords('vi', hanoi), 'vi', view).text, /Lưu ý: trong các vai trò này/);
    assert.doesNotMatch(approval('vi').text, /Lưu ý/);
  });
});
