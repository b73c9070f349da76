import assert from 'node:assert/strict';
import { type Browser, chromium } from 'playwright-core';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { describeWithBrowser, findChromium, flags } from '../helpers/browser.ts';
import { atOnce, createDelegations, relationships, wanted } from './delegation-world.ts';
import { startSandbox } from './visitor.ts';

const { adminAgent, sales } = seedAccounts;

describe('sandbox: what the console tells of delegated administration', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  const gdap = createDelegations(() => sandbox);

  before(async () => {
    ({ sandbox, end } = await startSandbox());
  });
  after(() => end());

  const open = async (language: string) =>
    (await fetch(`${sandbox.url}/sandbox/delegation?lang=${language}`)).text();
  const choose = (pace: string) =>
    fetch(`${sandbox.url}/sandbox/delegation`, { method: 'POST', body: new URLSearchParams({ pace }) });

  it('shows each relationship with its status, and the way to the approval', async () => {
    assert.match(await open('vi'), /Contoso Partner.*Wide World Importers.*active.*Hỗ trợ chung/s);
    await choose('at-once');
    const id = await gdap.create(adminAgent, wanted('Chờ phê duyệt'));
    await gdap.request(adminAgent, id, 'lockForApproval');
    const text = await open('en');
    assert.match(text, /Fabrikam.*approvalPending.*Open the approval page/s);
    assert.ok(text.includes(`/AdminPortal/Home#/partners/invitation/granularAdminRelationships/${id}`));
  });

  it('lets a tester choose how long things take', async () => {
    await choose('minutes');
    assert.match(await open('en'), /value="minutes" aria-pressed="true"/);
    const id = await gdap.create(adminAgent, wanted('Mất vài phút'));
    assert.equal(await gdap.statusOf(sales, id), 404);
    await sandbox.clock.advance(60_000);
    assert.equal(await gdap.statusOf(sales, id), 'created');
    await choose('soon');
    assert.match(await open('en'), /value="soon" aria-pressed="true"/);
    assert.equal((await gdap.ask(sales, relationships)).status, 200);
  });
});

describeWithBrowser('sandbox: the approval page in a browser', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  let browser: Browser;
  const gdap = createDelegations(() => sandbox);

  before(async () => {
    ({ sandbox, end } = await startSandbox());
    await sandbox.world.put('delegationSettings', 'delegation', 'settings', atOnce);
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: flags });
  });
  after(async () => {
    await browser.close();
    await end();
  });

  it('follows Microsoft’s link, approves, and removes the roles again, on a phone', async () => {
    const id = await gdap.create(adminAgent, wanted('Trên điện thoại'));
    await gdap.request(adminAgent, id, 'lockForApproval');
    const link = `${clouds.worldwide.adminCenter}/AdminPortal/Home#/partners/invitation/granularAdminRelationships/${id}`;
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(onSandbox(sandbox.url, link));
    await page.getByRole('button', { name: /Đoàn Tuấn Minh/ }).click();
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    assert.equal(wide, false);
    await page.getByRole('button', { name: 'Phê duyệt tất cả' }).click();
    await page.getByText('Các vai trò này đang có hiệu lực.').waitFor();
    assert.equal(await gdap.statusOf(sales, id), 'active');
    await page.getByRole('link', { name: 'Đối tác của công ty' }).click();
    await page.getByRole('button', { name: 'Gỡ vai trò của đối tác' }).click();
    await page.getByText('đã hết hiệu lực').waitFor();
    assert.equal(await gdap.statusOf(sales, id), 'terminated');
    assert.deepEqual(errors, []);
  });
});
