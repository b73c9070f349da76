import assert from 'node:assert/strict';
import { PartnerError } from '../../partner/errors.ts';
import { publish, withDraft, withdraw } from '../../partner/offer-life.ts';
import { createOfferSessions } from '../../web/offer-sessions.ts';
import { northwind, type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';
import { hanoi } from '../helpers/zones.ts';
import { endsAt, madeAt, offeredLine, offerTerms, signature } from '../partner/offer-record.ts';

describe('the page of an offer', () => {
  let desk: OfferDesk;
  const answersOf = () => desk.storage.acceptances.ofOffer('offer');
  const kinds = async () => (await desk.storage.offerEvents.ofOffer('offer', 50)).map(({ kind }) => kind);

  beforeEach(async () => {
    desk = await offerDesk();
  });
  afterEach(() => desk.storage.close());

  /** The next version, with these terms. */
  async function publishAgain(change: Parameters<typeof offerTerms>[0]): Promise<void> {
    const before = await desk.storage.offers.byCode(desk.path.slice('/offers/'.length));
    assert.ok(before);
    const { offer, version } = publish(withDraft(before, offerTerms(change)), {
      ...{ signature, contact: { name: 'Lan', mail: '', phone: '' }, by: before.maker },
      ...{ now: desk.now, zone: hanoi },
      hash: () => `hash-${before.version + 1}`,
    });
    await desk.storage.commit({ offers: [{ save: offer }], offerVersions: [version] });
  }

  async function withdrawOffer(): Promise<void> {
    const offer = await desk.storage.offers.find('offer');
    assert.ok(offer);
    await desk.storage.commit({ offers: [{ save: withdraw(offer) }] });
  }

  describe('before the sign-in', () => {
    it('shows the offer and the partner, and nothing about the client', async () => {
      const { status, body, headers } = await desk.browser().get();
      assert.equal(status, 200);
      for (const shown of ['Contoso Partner', 'Microsoft 365 Business Standard', '250.000', 'Nguyễn Thị Lan'])
        assert.match(body, new RegExp(shown));
      assert.match(body, /href="tel:\+842838220100"/);
      assert.match(body, /href="mailto:lienhe@contosopartner\.vn"/);
      assert.doesNotMatch(body, /fabrikam/i);
      assert.match(headers?.['cache-control'] ?? '', /no-store/);
      assert.match(headers?.['content-security-policy'] ?? '', /script-src 'self'/);
      assert.doesNotMatch(body, /<script(?![^>]*(?:src=|type="application\/json"))/);
    });

    it('never says the word bot', async () => {
      const browser = desk.browser();
      const before = await browser.get();
      await browser.signIn(people.minh);
      const after = await browser.get();
      await browser.press('accept');
      for (const { body } of [before, after, await browser.get(), await browser.get(`${desk.path}/proof`)])
        assert.doesNotMatch(body.replaceAll('https://bot.example', ''), /\bbot\b/i);
    });

    it('speaks the language of the maker, and the other one on a press', async () => {
      assert.match((await desk.browser().get()).body, /<html lang="vi">[\s\S]*Chấp nhận chưa phải trả tiền/);
      const english = await desk.browser().get(`${desk.path}?lang=en`);
      assert.match(english.body, /<html lang="en">[\s\S]*Accepting charges nothing/);
    });

    it('changes nothing, however often it is looked at', async () => {
      const browser = desk.browser();
      for (const path of ['', '/answer', '/sign-in', '/proof', '/stop']) {
        await browser.get(desk.path + path);
        await browser.head(desk.path + path);
      }
      assert.deepEqual([await answersOf(), await kinds(), browser.cookie], [[], [], '']);
    });

    it('takes no answer', async () => {
      const { status, body } = await desk
        .browser()
        .post(`${desk.path}/answer`, { do: 'accept', seats: '15' });
      assert.equal(status, 403);
      assert.match(body, /role="alert"[\s\S]*đăng nhập lại/);
      assert.deepEqual(await answersOf(), []);
    });

    it('does not begin a sign-in for a form of another site', async () => {
      const foreign = { 'sec-fetch-site': 'cross-site' };
      assert.equal((await desk.browser().post(`${desk.path}/sign-in`, {}, foreign)).status, 403);
    });

    it('shows what a person wrote as text, in the page and in the card', async () => {
      const note =
        '<img src=x onerror=alert(1)> **đậm** [x](https://evil.example) </script><script>alert(2)</script>';
      const nasty = await offerDesk({ note });
      const { body } = await nasty.browser().get();
      await nasty.storage.close();
      assert.doesNotMatch(body, /<img|<script>alert/);
      assert.match(body, /&lt;img src=x onerror=alert\(1\)&gt; \*\*đậm\*\* \[x\]\(https:\/\/evil\.example\)/);
      const card: unknown = JSON.parse(/id="card">([\s\S]*?)<\/script>/.exec(body)?.[1] ?? '');
      assert.ok(JSON.stringify(card).includes(JSON.stringify(note).slice(1, -1)));
      assert.doesNotMatch(body, /href="https:\/\/evil/);
    });
  });

  describe('signing in', () => {
    it('comes back to the offer, as one who has seen it', async () => {
      const browser = desk.browser();
      const back = await browser.signIn(people.minh);
      assert.equal(back.headers?.['location'], `${desk.path}?lang=vi`);
      assert.match(back.cookies?.join() ?? '', /HttpOnly; SameSite=Lax; Secure/);
      const { body } = await browser.get();
      assert.match(body, /Bạn chấp nhận thay mặt Fabrikam \(fabrikam\.vn\), tên Lê Minh\./);
      assert.deepEqual(await kinds(), ['viewed']);
    });

    it('takes Microsoft’s answer once, and only in the browser that asked', async () => {
      const [mine, other] = [desk.browser(), desk.browser()];
      const begun = await mine.post(`${desk.path}/sign-in`);
      const state = new URL(begun.headers?.['location'] ?? '').searchParams.get('state');
      const callback = `/offers/callback?state=${state}&code=${desk.codeFor(people.minh)}`;
      assert.equal((await other.get(callback)).status, 400);
      assert.equal((await mine.get(callback.replace(/state=[^&]+/, 'state=wrong'))).status, 400);
      assert.equal((await mine.head(callback)).status, 404);
      assert.deepEqual(await kinds(), []);
      assert.equal((await mine.get(callback)).status, 303);
      assert.equal((await mine.get(`${callback}&again`)).status, 400);
      assert.match((await mine.get()).body, /tên Lê Minh/);
      assert.deepEqual(await kinds(), ['viewed']);
    });

    const troubles: [string, PartnerError | string, RegExp][] = [
      ['a guest', new PartnerError('guest-account'), /Tài khoản khách/],
      [
        'a personal account',
        new PartnerError('sign-in-failed', { details: { reason: 'personal-account' } }),
        /Tài khoản cá nhân/,
      ],
      ['a company that forbids it', new PartnerError('consent-missing'), /Chưa được phép/],
      ['somebody who says no', 'access_denied', /Chưa được phép/],
    ];
    for (const [who, outcome, title] of troubles) {
      it(`has a page for ${who}, with another account as the way on`, async () => {
        const { status, body } = await desk.browser().signIn(outcome);
        assert.equal(status, 403);
        assert.match(body, new RegExp(`<h1>${title.source}`));
        assert.match(body, /Dùng tài khoản khác/);
        assert.match(body, /\+84 28 3822 0100/);
      });
    }

    it('believes no cookie but its own, and that for an hour', async () => {
      const browser = desk.browser();
      await browser.signIn(people.minh);
      const visitor = { tenantId: northwind, name: 'N', domain: 'n.example', person: { ...people.minh } };
      const stolen = createOfferSessions({
        ...{ key: Buffer.alloc(32, 2), signOuts: desk.storage.signOuts, now: () => desk.now, secure: true },
      });
      const other = desk.browser();
      other.cookie = (await stolen.cookieFor(visitor, 'worldwide')).split(';')[0] ?? '';
      assert.match((await other.get()).body, /Đăng nhập bằng tài khoản Microsoft/);
      const last = browser.cookie.at(-3) === 'A' ? 'B' : 'A';
      other.cookie = `${browser.cookie.slice(0, -3)}${last}${browser.cookie.slice(-2)}`;
      assert.match((await other.get()).body, /Đăng nhập bằng tài khoản Microsoft/);
      desk.now += 60 * 60 * 1000 + 1;
      assert.match((await browser.get()).body, /Đăng nhập bằng tài khoản Microsoft/);
    });

    it('signs out', async () => {
      const browser = desk.browser();
      await browser.signIn(people.minh);
      await browser.press('sign-out');
      assert.match((await browser.get()).body, /Đăng nhập bằng tài khoản Microsoft/);
    });
  });

  describe('who may not answer', () => {
    it('passes the offer on, and may ask', async () => {
      const browser = desk.browser();
      await browser.signIn(people.office);
      const { body } = await browser.get();
      assert.match(body, /Chuyển cho quản trị viên/);
      assert.match(body, /href="mailto:\?subject=/);
      assert.doesNotMatch(body, /value="accept"|value="decline"/);
      await browser.press('ask', { text: 'Có hóa đơn không?' });
      assert.deepEqual(await kinds(), ['asked', 'viewed']);
    });

    it('is told when Microsoft names no roles', async () => {
      const browser = desk.browser();
      await browser.signIn(people.unknownRoles);
      assert.match((await browser.get()).body, /Microsoft không cho biết vai trò/);
    });

    it('cannot accept by a form of somebody else', async () => {
      const [admin, office] = [desk.browser(), desk.browser()];
      await admin.signIn(people.minh);
      await office.signIn(people.office);
      const form = { do: 'accept', version: '1', hash: 'hash-1', seats: '15' };
      const token = tokenOf((await office.get()).body);
      const refused = await office.post(`${desk.path}/answer`, { ...form, token });
      assert.equal(refused.status, 403);
      const stolen = await office.post(`${desk.path}/answer`, {
        ...form,
        token: tokenOf((await admin.get()).body),
      });
      assert.equal(stolen.status, 403);
      assert.deepEqual(
        (await answersOf()).map(({ state }) => state),
        ['viewed'],
      );
    });

    it('is told when the offer is another company’s', async () => {
      const browser = desk.browser();
      await browser.signIn(people.northwind);
      const { status, body } = await browser.get();
      assert.equal(status, 403);
      assert.match(body, /dành cho công ty khác/);
      assert.doesNotMatch(body, /fabrikam/i);
      const form = { do: 'accept', version: '1', hash: 'hash-1', seats: '15', token: tokenOf(body) };
      assert.equal((await browser.post(`${desk.path}/answer`, form)).status, 403);
      assert.deepEqual(await answersOf(), []);
    });
  });

  describe('over, or never there', () => {
    it('ends as the clock passes the time', async () => {
      const browser = desk.browser();
      desk.now = endsAt - 1000;
      await browser.signIn(people.minh);
      const { body } = await browser.get();
      desk.now = endsAt;
      const form = { do: 'accept', version: '1', hash: 'hash-1', seats: '15', token: tokenOf(body) };
      const late = await browser.post(`${desk.path}/answer`, form);
      assert.equal(late.status, 410);
      assert.match(late.body, /<h1>Thư chào này đã hết hạn/);
      assert.match(late.body, /\+84 28 3822 0100/);
      assert.deepEqual(
        (await answersOf()).map(({ state }) => state),
        ['viewed'],
      );
    });

    it('says so when it was withdrawn', async () => {
      await withdrawOffer();
      const { status, body } = await desk.browser().get();
      assert.equal(status, 410);
      assert.match(body, /đã được rút lại/);
    });

    it('lets who accepted come back to it afterwards', async () => {
      const browser = desk.browser();
      await browser.signIn(people.minh);
      await browser.press('accept');
      await withdrawOffer();
      const { status, body } = await browser.get();
      assert.equal(status, 200);
      assert.match(body, /Tình trạng/);
    });

    for (const path of ['/offers/unknown', '/offers/x/answer', '/offers/assets/none.js']) {
      it(`knows nothing at ${path}`, async () => {
        const { status, body } = await desk.browser().get(path);
        assert.equal(status, 404);
        assert.match(body, /Không tìm thấy thư chào/);
      });
    }
  });

  it('shows the new version first to whoever answers an old one', async () => {
    const browser = desk.browser();
    await browser.signIn(people.minh);
    const { body } = await browser.get();
    await publishAgain({ lines: [offeredLine({ seats: 20 })] });
    const form = { do: 'accept', version: '1', hash: 'hash-1', seats: '15', token: tokenOf(body) };
    const old = await browser.post(`${desk.path}/answer`, form);
    assert.equal(old.status, 409);
    assert.match(old.body, /phiên bản mới[\s\S]*\(phiên bản 2\)/);
    assert.match(old.body, /name="version" value="2"/);
    assert.deepEqual(
      (await answersOf()).map(({ state }) => state),
      ['viewed'],
    );
  });

  it('lets who accepted an old version accept the new one, and shows the old one once it cannot be', async () => {
    const browser = desk.browser();
    await browser.signIn(people.minh);
    await browser.press('accept', { seats: '12' });
    await publishAgain({ lines: [offeredLine({ name: 'Microsoft 365 E5' })] });
    const { body } = await browser.get();
    assert.match(body, /Đây là bản mới hơn[\s\S]*Microsoft 365 E5[\s\S]*value="accept"/);
    const proof = await browser.get(`${desk.path}/proof`);
    assert.match(proof.body, /Microsoft 365 Business Standard/);
    await withdrawOffer();
    const over = (await browser.get()).body;
    assert.match(over, /Microsoft 365 Business Standard[\s\S]*12 giấy phép đã chấp nhận/);
    assert.doesNotMatch(over, /Microsoft 365 E5|value="accept"/);
  });

  it('tells the sender that somebody wants no more mails, once and only on a press', async () => {
    const browser = desk.browser();
    for (let times = 0; times < 2; times += 1) await browser.post(`${desk.path}/stop`);
    assert.deepEqual(await kinds(), ['noted']);
    assert.equal(desk.did.length, 1);
    assert.equal(desk.did[0]?.events[0]?.at, madeAt);
    assert.equal(desk.did[0]?.events[0]?.client, null);
  });

  it('tells the sender anew where it is said after an answer, which a stop before does not outlast', async () => {
    const browser = desk.browser();
    await browser.post(`${desk.path}/stop`);
    await browser.signIn(people.minh);
    await browser.press('ask', { text: 'Giá này gồm gì?' });
    for (let times = 0; times < 2; times += 1) await browser.post(`${desk.path}/stop`);
    assert.deepEqual((await kinds()).toReversed(), ['noted', 'viewed', 'asked', 'noted']);
  });

  it('serves what the page is drawn with', async () => {
    const library = await desk.browser().get('/offers/assets/adaptivecards-3.0.6.js');
    assert.equal(library.status, 200);
    assert.match(library.headers?.['cache-control'] ?? '', /immutable/);
    const { body } = await desk.browser().get();
    for (const [, file = ''] of body.matchAll(/(?:src|href)="(\/offers\/assets\/[^"]+)"/g))
      assert.equal((await desk.browser().get(file)).status, 200, file);
    assert.ok(body.includes('/offers/assets/adaptivecards-3.0.6.js'));
  });
});

function tokenOf(body: string): string {
  return /name="token" value="([^"]*)"/.exec(body)?.[1] ?? '';
}
