import assert from 'node:assert/strict';
import { mostAnswers, mostQuestions, mostWishes } from '../../partner/answer-limits.ts';
import { publish, withDraft, withdraw } from '../../partner/offer-life.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import { createWebServer } from '../../web/server.ts';
import { northwind, type OfferBrowser, type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';
import { hanoi } from '../helpers/zones.ts';
import { fabrikam, offeredLine, offerTerms, signature } from '../partner/offer-record.ts';

const secret = 'Riêng cho chị Ana';
const toNorthwind: Partial<OfferTerms> = {
  recipient: { name: 'Northwind', tenantId: northwind, domain: 'northwind.example', person: 'Ana', mail: '' },
  lines: [offeredLine({ price: { amount: '111222', currency: 'VND', per: 'month', vat: 'excluded' } })],
  note: secret,
};

describe('the page of an offer guards', () => {
  let desk: OfferDesk;
  let admin: OfferBrowser;
  const answer = () => desk.storage.acceptances.ofClient('offer', fabrikam);
  const count = async (kind: string) =>
    (await desk.storage.offerEvents.ofOffer('offer', 1000)).filter((event) => event.kind === kind).length;

  async function open(...how: Parameters<typeof offerDesk>): Promise<void> {
    await desk?.storage.close();
    desk = await offerDesk(...how);
    admin = desk.browser();
    await admin.signIn(people.minh);
  }

  beforeEach(() => open());
  after(() => desk.storage.close());

  async function publishAgain(change: Partial<OfferTerms>): Promise<void> {
    const before = await desk.storage.offers.find('offer');
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

  /** Sends a form that the page need not show. */
  async function send(browser: OfferBrowser, form: Record<string, string | string[]>) {
    const token = /name="token" value="([^"]*)"/.exec((await browser.get()).body)?.[1] ?? '';
    return browser.post(`${desk.path}/answer`, { token, ...form });
  }

  describe('what is for another company now', () => {
    const assertNothingOfTheirs = (body: string) =>
      assert.doesNotMatch(body, /Northwind|111\.222|Riêng cho|value="(?:accept|decline|wish)"/);

    it('from who only looked at it', async () => {
      const form = await admin.get();
      const token = /name="token" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
      await publishAgain(toNorthwind);
      const { status, body } = await admin.get();
      assert.equal(status, 403);
      assert.match(body, /dành cho công ty khác/);
      assertNothingOfTheirs(body);
      const answers = [
        { do: 'accept', version: '2', hash: 'hash-2', seats: '15' },
        { do: 'accept', version: '1', hash: 'hash-1', seats: '15' },
        { do: 'decline', text: '' },
        { do: 'wish', version: '2', seats: '400' },
        { do: 'ask', text: 'Giá?' },
      ];
      for (const each of answers) {
        const refused = await admin.post(`${desk.path}/answer`, { token, ...each });
        assert.equal(refused.status, 403, JSON.stringify(each));
        assertNothingOfTheirs(refused.body);
      }
      await admin.signIn(people.minh);
      const stored = await answer();
      assert.deepEqual([stored?.state, stored?.version, await count('asked')], ['viewed', 1, 0]);
    });

    for (const [answered, form] of [
      ['accepted', {}],
      ['declined', { text: '' }],
    ] as const) {
      it(`from who ${answered} an older version, and shows them that one`, async () => {
        await admin.press(answered === 'accepted' ? 'accept' : 'decline', form);
        await publishAgain(toNorthwind);
        const { status, body } = await admin.get();
        assert.equal(status, 200);
        assert.match(body, /Dành cho Fabrikam[\s\S]*250\.000/);
        assertNothingOfTheirs(body);
        const accepting = await send(admin, { do: 'accept', version: '2', hash: 'hash-2', seats: '15' });
        assert.equal(accepting.status, 403);
        assertNothingOfTheirs(accepting.body);
        assert.equal((await admin.press('ask', { text: 'Sao vậy?' })).status, 303);
        assert.equal(await count('asked'), 1);
        assert.equal((await answer())?.state, answered);
      });
    }

    it('and lets who accepted take that back', async () => {
      await admin.press('accept');
      await publishAgain(toNorthwind);
      assert.equal((await admin.press('withdraw')).status, 303);
      assert.equal((await answer())?.state, 'withdrawn');
      assertNothingOfTheirs((await admin.get()).body);
    });

    it('and shows it to the company that it is for', async () => {
      await publishAgain(toNorthwind);
      const ana = desk.browser();
      await ana.signIn(people.northwind);
      assert.match((await ana.get()).body, /Riêng cho chị Ana[\s\S]*value="accept"/);
    });
  });

  describe('the maker against a flood', () => {
    it('of wishes', async () => {
      const wish = (seats: number) => send(admin, { do: 'wish', version: '1', seats: `${seats}` });
      for (let each = 1; each <= mostWishes; each += 1) assert.equal((await wish(400 + each)).status, 303);
      const { status, body } = await wish(900);
      assert.equal(status, 429);
      assert.match(body, /đã gửi nhiều đề nghị[\s\S]*\+84 28 3822 0100/);
      assert.equal((await wish(400 + mostWishes)).status, 303, 'what was said already is no new wish');
      assert.equal(await count('wished'), mostWishes);
    });

    it('of acceptances, yet lets the last one be taken back', async () => {
      for (let each = 1; each <= mostAnswers; each += 1) {
        assert.equal((await admin.press('accept')).status, 303);
        assert.equal((await admin.press('withdraw')).status, 303);
      }
      const { status, body } = await admin.press('accept');
      assert.equal(status, 429);
      assert.match(body, /đã trả lời nhiều lần/);
      assert.equal((await admin.press('decline', { text: 'Thôi' })).status, 429);
      assert.equal((await answer())?.state, 'withdrawn');
      assert.equal(await count('accepted'), mostAnswers);
    });

    it('of questions, however long the timeline is and however many come at once', async () => {
      const asked = Array.from({ length: mostQuestions - 1 }, (_, index) => ({
        ...{ id: `asked-${index}`, offerId: 'offer', company: 'partner', client: fabrikam, at: 1 },
        ...{ kind: 'asked' as const, by: null, byName: 'Minh', details: { text: '?' } },
      }));
      const looked = Array.from({ length: 600 }, (_, index) => ({
        ...{ id: `viewed-${index}`, offerId: 'offer', company: 'partner', client: northwind, at: 2 },
        ...{ kind: 'viewed' as const, by: null, byName: 'Ana', details: {} },
      }));
      await desk.storage.commit({ offerEvents: [...asked, ...looked] });
      const all = await Promise.all(['Một?', 'Hai?', 'Ba?'].map((text) => admin.press('ask', { text })));
      assert.deepEqual(all.map(({ status }) => status).sort(), [303, 429, 429]);
      assert.equal(await count('asked'), mostQuestions);
    });
  });

  describe('an offer that changes while somebody answers', () => {
    let armed: (() => Promise<void>) | undefined;
    const meanwhile = async () => {
      const change = armed;
      armed = undefined;
      await change?.();
      return {};
    };
    beforeEach(() => open({}, { consequences: meanwhile }));

    it('as withdrawn', async () => {
      armed = withdrawOffer;
      const { status, body } = await admin.press('accept');
      assert.equal(status, 410);
      assert.match(body, /đã được rút lại/);
      assert.equal((await answer())?.state, 'viewed');
    });

    it('as published anew', async () => {
      armed = () => publishAgain({ lines: [offeredLine({ seats: 20 })] });
      const { status, body } = await admin.press('accept');
      assert.equal(status, 409);
      assert.match(body, /phiên bản mới[\s\S]*\(phiên bản 2\)/);
      assert.equal((await answer())?.state, 'viewed');
    });
  });

  describe('what comes in', () => {
    it('counting a line’s end as the browser does', async () => {
      const text = `${'x'.repeat(48)}\r\n`.repeat(20) + 'y'.repeat(20);
      assert.equal(text.replaceAll('\r\n', '\n').length, 1000);
      assert.equal((await admin.press('ask', { text })).status, 303);
      assert.equal((await admin.press('ask', { text: `${text}y` })).status, 422);
      assert.equal((await admin.press('decline', { text: 'Đắt\r\nquá' })).status, 303);
      assert.equal((await admin.press('decline', { text: 'Đắt\r\nquá' })).status, 303);
      assert.equal((await answer())?.reason, 'Đắt\nquá');
    });

    it('from a wish of nothing', async () => {
      const { status, body } = await send(admin, { do: 'wish', version: '1' });
      assert.equal(status, 422);
      assert.match(body, /role="alert"/);
      assert.equal(await count('wished'), 0);
    });

    it('from a session of another cloud', async () => {
      let cloud = 'worldwide';
      await open({}, { cloudOf: () => cloud });
      assert.match((await admin.get()).body, /tên Lê Minh/);
      cloud = '21vianet';
      const { body } = await admin.get();
      assert.match(body, /Đăng nhập bằng tài khoản Microsoft/);
      assert.doesNotMatch(body, /Lê Minh/);
      const form = { do: 'accept', version: '1', hash: 'hash-1', seats: '15', token: 'x' };
      assert.equal((await admin.post(`${desk.path}/answer`, form)).status, 403);
    });
  });

  it('its link, also in the log of a request that failed', async () => {
    const logged: unknown[] = [];
    const page = async () => ({ status: 404, body: '' });
    const server = createWebServer({
      messages: async () => ({ status: 404, body: {} }),
      ...{ signIn: page, passwords: page, health: async () => true, hostNames: undefined },
      offers: async () => assert.fail('broken'),
      log: { info() {}, warn() {}, error: (...line: unknown[]) => logged.push(line) },
    });
    const port = await server.listen(0, ['127.0.0.1']);
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}${desk.path}/proof?lang=vi`);
      assert.equal(status, 500);
    } finally {
      await server.close();
    }
    assert.equal(logged.length, 1);
    const code = desk.path.slice('/offers/'.length);
    const line = JSON.stringify(logged);
    assert.ok(line.includes('/offers/:code/:what') && !line.includes(code), line);
  });
});
