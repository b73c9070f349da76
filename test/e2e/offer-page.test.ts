import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { OfferTerms } from '../../partner/offers.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { createWebServer, type WebServer } from '../../web/server.ts';
import { describeWithBrowser, findChromium, flags } from '../helpers/browser.ts';
import { type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';
import { offeredLine } from '../partner/offer-record.ts';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const note = '**không đậm** <b>x</b> [y](https://evil.example)';

describeWithBrowser('the page of an offer in a browser', function () {
  this.timeout(60_000);
  let desk: OfferDesk;
  let server: WebServer;
  let browser: Browser;
  let address: string;
  let microsoft: Server;
  let login: string;

  /** The page of an offer with these terms takes the place of the one before. */
  async function serve(terms: Partial<OfferTerms>): Promise<void> {
    // A server waits for the connections that its pages keep.
    for (const context of browser?.contexts() ?? []) await context.close();
    await server?.close();
    await desk?.storage.close();
    desk = await offerDesk(terms, {}, login);
    const page = async () => ({ status: 404, body: '' });
    server = createWebServer({
      messages: async () => ({ status: 404, body: {} }),
      ...{
        signIn: page,
        passwords: page,
        offers: desk.pages,
        health: async () => true,
        hostNames: undefined,
      },
      log: { info() {}, warn() {}, error() {} },
    });
    address = `http://127.0.0.1:${await server.listen(0, ['127.0.0.1'])}`;
  }

  before(async () => {
    // Asked without a page of its own, Microsoft sends Minh's browser straight back.
    microsoft = createServer((request, response) => {
      const state = new URL(request.url ?? '', login).searchParams.get('state');
      const location = `${address}/offers/callback?state=${state}&code=${desk.codeFor(people.minh)}`;
      response.writeHead(302, { location });
      response.end();
    });
    await new Promise<void>((resolve) => microsoft.listen(0, '127.0.0.1', resolve));
    login = `http://127.0.0.1:${(microsoft.address() as AddressInfo).port}`;
    await serve({ note, lines: [offeredLine(), offeredLine({ price: null })] });
    const executablePath = findChromium();
    assert.ok(executablePath);
    browser = await chromium.launch({ executablePath, args: flags });
  });
  after(async () => {
    await browser?.close();
    microsoft.close();
    await server?.close();
    await desk?.storage.close();
  });

  /** Opens the page on a phone, as somebody who signed in or nobody; fails on anything that the browser complains of. */
  async function open(
    path: string,
    cookie = '',
    more: { bypassCSP?: boolean; javaScriptEnabled?: boolean } = {},
  ) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...more });
    for (const pair of cookie.split('; ').filter(Boolean)) {
      const [name = '', value = ''] = pair.split('=');
      await context.addCookies([{ name, value, url: `${address}/offers` }]);
    }
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(address + path);
    return { page, complaints };
  }

  async function seriousProblems(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found: unknown = await page.evaluate(
      `axe.run(document).then(({ violations }) => violations.filter(({ impact }) => /serious|critical/.test(impact)).map(({ id }) => id))`,
    );
    return found as string[];
  }

  it('draws the card under its own policy, as text, on a phone', async () => {
    const { page, complaints } = await open(desk.path);
    const card = page.locator('#offer .ac-adaptiveCard');
    await card.waitFor();
    assert.ok((await card.textContent())?.includes(note));
    assert.equal(await card.locator('a, b, img').count(), 0);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
    assert.equal(await page.locator('h1').count(), 1);
    assert.deepEqual(complaints, []);
  });

  it('says the same without scripts', async () => {
    const { page } = await open(desk.path, '', { javaScriptEnabled: false });
    const text = (await page.locator('#offer').textContent()) ?? '';
    for (const shown of [note, 'Microsoft 365 Business Standard', '250.000', 'Nguyễn Thị Lan'])
      assert.ok(text.includes(shown), shown);
  });

  it('shows what a changed number comes to', async () => {
    const admin = desk.browser();
    await admin.signIn(people.minh);
    const { page, complaints } = await open(desk.path, admin.cookie);
    await page.getByLabel('Microsoft 365 Business Standard: số giấy phép').first().fill('12');
    const sum = page.locator('[data-sum-of="seats-0"]');
    await sum.waitFor();
    assert.match((await sum.textContent()) ?? '', /3\.000\.000/);
    assert.deepEqual(complaints, []);
  });

  it('has no serious barrier for anybody', async () => {
    const [admin, office, stranger] = [desk.browser(), desk.browser(), desk.browser()];
    await admin.signIn(people.minh);
    await office.signIn(people.office);
    await stranger.signIn(people.northwind);
    const look = async (path: string, cookie: string) => {
      const { page } = await open(path, cookie, { bypassCSP: true });
      const details = page.locator('summary');
      for (const one of await details.all()) await one.click();
      assert.deepEqual(await seriousProblems(page), [], path);
    };
    for (const cookie of ['', admin.cookie, office.cookie, stranger.cookie]) await look(desk.path, cookie);
    await admin.press('accept');
    await look(desk.path, admin.cookie);
    await look(`${desk.path}/proof`, admin.cookie);
    await look(`${desk.path}/stop`, '');
    await look('/offers/unknown', '');
  });

  it('asks for delegated administration on a phone, and has no serious barrier there either', async () => {
    const { globalAdministrator, billingAdministrator } = roleIds;
    const roles = [globalAdministrator, billingAdministrator];
    const delegation = { level: 'roles' as const, roles, days: 30, autoExtend: false };
    await serve({ kind: 'delegation', lines: [], delegation });
    const [admin, office] = [desk.browser(), desk.browser()];
    await admin.signIn(people.minh);
    await office.signIn(people.office);
    const look = async (path: string, cookie: string, seen: RegExp) => {
      const { page } = await open(path, cookie, { bypassCSP: true });
      assert.match((await page.locator('main').textContent()) ?? '', seen);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
      assert.deepEqual(await seriousProblems(page), [], path);
    };
    await look(desk.path, '', /Lưu ý: trong các vai trò này/);
    await look(desk.path, office.cookie, /Chuyển cho quản trị viên toàn cầu/);
    const { page, complaints } = await open(desk.path, admin.cookie);
    await page.getByRole('button', { name: 'Cho phép' }).click();
    await page.getByRole('status').waitFor();
    assert.deepEqual(complaints, []);
    await look(desk.path, admin.cookie, /Đến lượt Contoso Partner/);
    await look(`${desk.path}/proof`, admin.cookie, /Bên cho phép/);
  });
});
