import assert from 'node:assert/strict';
import { createOfferFlash } from '../../web/offer-flash.ts';
import { type OfferBrowser, type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';

const recorded = /Đã ghi nhận: công ty bạn chấp nhận/;

describe('what the page of an offer says of the answer before', () => {
  let desk: OfferDesk;
  let admin: OfferBrowser;

  beforeEach(async () => {
    desk = await offerDesk();
    admin = desk.browser();
    await admin.signIn(people.minh);
  });
  afterEach(() => desk.storage.close());

  it('is said once to who gave it, and neither on reload nor on Back', async () => {
    const done = await admin.press('accept', { seats: '12' });
    const to = done.headers?.['location'];
    assert.equal(to, `${desk.path}?lang=vi`);
    const shown = await admin.get(to);
    assert.match(shown.body, recorded);
    // A browser asks anew for a page that it may not keep.
    assert.equal(shown.headers?.['cache-control'], 'no-store');
    for (const path of [to, desk.path]) assert.doesNotMatch((await admin.get(path)).body, recorded);
  });

  it('is said by no address, to nobody', async () => {
    await admin.press('accept', { seats: '12' });
    await admin.get();
    const stranger = desk.browser();
    const said = ['accept', 'decline', 'wish', 'ask', 'withdraw', 'allow', 'refuse', 'later'];
    for (const each of said) {
      for (const browser of [stranger, admin]) {
        const { body } = await browser.get(`${desk.path}?said=${each}&problem=form`);
        assert.doesNotMatch(body, /class="notice/, each);
      }
    }
    assert.equal(stranger.cookie, '');
  });

  it('is not said to somebody else of the company in the same browser, nor before the sign-in', async () => {
    await admin.press('accept', { seats: '12' });
    const kept = (name: string) => admin.cookie.split('; ').find((each) => each.startsWith(`${name}=`)) ?? '';
    const [session, flash] = [kept('partner_offer_session'), kept('partner_offer_said')];
    assert.ok(session && flash);
    const other = desk.browser();
    await other.signIn(people.billing);
    other.cookie = `${other.cookie}; ${flash}`;
    const nobody = desk.browser();
    nobody.cookie = flash;
    for (const browser of [other, nobody]) assert.doesNotMatch((await browser.get()).body, recorded);
    admin.cookie = `${session}; ${flash}`;
    assert.match((await admin.get()).body, recorded);
  });

  it('is not said where it is so no more', async () => {
    await admin.press('accept', { seats: '12' });
    const { cookie } = admin;
    await admin.press('withdraw');
    admin.cookie = cookie;
    assert.doesNotMatch((await admin.get()).body, recorded);
  });

  const visit = { tenantId: people.minh.tenantId, objectId: people.minh.objectId };
  for (const said of ['accept', 'decline', 'withdraw', 'wish', 'ask', 'allow', 'refuse', 'later'] as const) {
    it(`is not said of "${said}" where nothing of it is stored, though the cookie is ours`, async () => {
      const ours = { key: Buffer.alloc(32, 2), storage: desk.storage, now: () => desk.now, secure: true };
      const code = desk.path.split('/')[2] ?? '';
      const cookie = await createOfferFlash(ours).cookieFor(code, visit, said);
      admin.cookie = `${admin.cookie}; ${cookie.split(';')[0]}`;
      assert.doesNotMatch((await admin.get()).body, /class="notice/);
      assert.doesNotMatch(admin.cookie, /partner_offer_said/);
    });
  }

  for (const [what, fields, words] of [
    ['decline', {}, /Đã ghi nhận: công ty bạn từ chối/],
    ['ask', { text: 'Có hóa đơn không?' }, /Đã gửi câu hỏi/],
  ] as const) {
    it(`is said of ${what} too`, async () => {
      const done = await admin.press(what, fields);
      assert.match((await admin.get(done.headers?.['location'])).body, words);
    });
  }
});
