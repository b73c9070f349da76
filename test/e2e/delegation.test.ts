import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import names from '../../locales/roles.vi.json' with { type: 'json' };
import { workingMoment } from '../../partner/working-hours.ts';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, startPlayground } from '../helpers/playground.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { hanoi } from '../helpers/zones.ts';
import { ask, openMail, person, phone, seriousProblems } from './offer-browsers.ts';
import { signInInBrowser } from './sign-in.ts';
import { type RunningBot, startBot } from './start-bot.ts';

/** Limited support and what Billing may: chosen one by one, since the level by itself leaves the latter out. */
const roles = (
  [
    'helpdesk-administrator',
    'service-support-administrator',
    'directory-readers',
    'billing-administrator',
  ] as const
).map((key) => `${names[`${key}.name`]}: ${names[`${key}.what`]}`);

/** Looks at the page again until this is there. */
async function appears(page: Page, what: Locator, name: string): Promise<void> {
  await waitUntil(
    async () => {
      if (await what.isVisible()) return true;
      await page.reload();
      return undefined;
    },
    { what: name, limitMs: 40_000 },
  );
}

/** Delegated administration from the request to its end, through the eyes of both. */
describeWithBrowser('delegated administration, in the Playground and the client’s browser', function () {
  this.timeout(240_000);
  let bot: RunningBot;
  let sandbox: string;
  let playground: Playground;
  let chat: Chat;

  before(async () => {
    bot = await startBot();
    [, sandbox = ''] = await bot.process.waitForOutput(/Microsoft cloud: (\S+)\/ /);
    playground = await startPlayground({ botUrl: bot.url, users: [person(0)] });
    chat = await openChat(playground, phone);
    await chat.waitForCard(/Chào bạn/);
    await signInInBrowser(chat, 'hung.tran@contosopartner.vn');
    await (await ask(chat, 'công ty', /Khách hàng sẽ thấy/)).press('Đúng rồi');
    await chat.waitForCard(/xác nhận là đúng/);
  });
  after(async () => {
    await chat?.close();
    await playground?.stop();
    await bot?.stop();
  });

  it('is asked for, allowed, approved at Microsoft, ready, extended, and its end is noticed', async () => {
    const form = await ask(chat, 'ủy quyền quản trị', /đề nghị ai, cần quyền gì/);
    await chat.screenshot('delegation-1-form');
    await form.fill('Khách hàng khác: tên hoặc tên miền', 'fabrikam');
    await form.choose('Quyền cần xin', 'Tự chọn từng vai trò (bấm Chọn từng vai trò)');
    await form.press('Chọn từng vai trò');
    await form.choose('Vai trò', ...roles);
    await form.fill('Thời hạn, số ngày (1–730)', '200');
    await chat.screenshot('delegation-1-filled');
    await form.fill('Thư điện tử (để trống nếu chỉ cần liên kết)', 'minh.doan@fabrikam.onmicrosoft.com');
    await form.press('Xem trước');
    const preview = await chat.waitForCard(/Quản trị ủy nhiệm: 4 vai trò[\s\S]*Khách hàng sẽ thấy/);
    await preview.press('Gửi');
    await chat.waitForCard(/Thư chào đã đăng/);

    const page = await openMail(chat, sandbox, /Contoso Partner/, 'delegation-2');
    await chat.screenshot('delegation-2-page', page);
    assert.deepEqual(await seriousProblems(page), []);
    await page.getByRole('button', { name: /Đăng nhập/ }).click();
    await page
      .getByRole('button', { name: /Đoàn Tuấn Minh/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Cho phép' }).waitFor();
    await page.screenshot({ path: 'test-results/delegation-3-answer.png', fullPage: true });
    assert.deepEqual(await seriousProblems(page), []);
    await page.getByRole('button', { name: 'Cho phép' }).click();
    const approve = page.getByRole('link', { name: /Phê duyệt trên trang/ }).first();
    await appears(page, approve, 'the link of Microsoft');
    await page.screenshot({ path: 'test-results/delegation-4-allowed.png', fullPage: true });
    const microsoft = await chat.context.newPage();
    await microsoft.setViewportSize(phone);
    await microsoft.goto((await approve.getAttribute('href')) ?? '');
    await microsoft
      .getByRole('button', { name: /Đoàn Tuấn Minh/ })
      .first()
      .click();
    await microsoft.screenshot({ path: 'test-results/delegation-5-approve.png', fullPage: true });
    await microsoft.getByRole('button', { name: 'Phê duyệt tất cả' }).click();
    await microsoft.getByRole('link', { name: 'Đối tác của công ty' }).click();
    const partners = microsoft.url();
    await microsoft.getByRole('button', { name: 'Gỡ vai trò của đối tác' }).waitFor();
    const looking = await chat.waitForCard(/Kiểm tra ngay/);
    await looking.press('Kiểm tra ngay');
    const consent = page.getByRole('link', { name: /Chấp thuận ứng dụng trên trang/ }).first();
    await appears(page, consent, 'the link for the consent');
    await page.screenshot({ path: 'test-results/delegation-6-consent.png', fullPage: true });
    await chat.screenshot('delegation-6-staff');
    await microsoft.goto((await consent.getAttribute('href')) ?? '');
    await microsoft
      .getByRole('button', { name: /Đoàn Tuấn Minh/ })
      .first()
      .click();
    await microsoft.getByText('Không cần làm gì thêm').waitFor();
    const ready = await chat.waitForCard(/Sẵn sàng quản trị cho Fabrikam/, { limitMs: 90_000 });
    await ready.locator.screenshot({ path: 'test-results/delegation-7-ready.png' });
    await ready.press('Xem quản trị ủy nhiệm');
    // Read from Microsoft: what our group may do there.
    const access = await chat.waitForCard(/Nhóm Toàn quyền được làm[\s\S]*Quản lý thanh toán/);
    await access.locator.screenshot({ path: 'test-results/delegation-7-access.png' });

    await microsoft.goto(`${sandbox}/sandbox/controls`);
    for (let month = 1; month <= 6; month += 1) {
      await microsoft.getByRole('button', { name: '+30 ngày' }).click();
      await microsoft.waitForLoadState();
    }
    // A reminder comes when people work in Viet Nam.
    const hourMs = 60 * 60 * 1000;
    const moved = Date.now() + 180 * 24 * hourMs;
    const hours = Math.ceil((workingMoment(hanoi, moved) - moved) / hourMs);
    for (const [name, times] of [
      ['+1 ngày', Math.floor(hours / 24)],
      ['+1 giờ', hours % 24],
    ] as const) {
      for (let press = 1; press <= times; press += 1) {
        await microsoft.getByRole('button', { name }).click();
        await microsoft.waitForLoadState();
      }
    }
    const reminder = await chat.waitForCard(/Quản trị ủy nhiệm của Fabrikam còn (?:1[789]|20) ngày/, {
      limitMs: 40_000,
    });
    await reminder.locator.screenshot({ path: 'test-results/delegation-8-reminder.png' });
    await reminder.press('Gia hạn');
    const review = await chat.waitForCard(/Gia hạn quản trị ủy nhiệm[\s\S]*Bạn xem lại/);
    await review.press('Gia hạn quản trị ủy nhiệm');
    const extended = await chat.waitForCard(/Đã gia hạn quản trị ủy nhiệm/, { limitMs: 40_000 });
    await extended.locator.screenshot({ path: 'test-results/delegation-9-extended.png' });

    await microsoft.goto(partners);
    await microsoft.getByRole('button', { name: 'Gỡ vai trò của đối tác' }).click();
    await microsoft.getByText('đã hết hiệu lực').waitFor();
    await microsoft.screenshot({ path: 'test-results/delegation-10-removed.png', fullPage: true });
    await microsoft.goto(`${sandbox}/sandbox/controls`);
    await microsoft.getByRole('button', { name: '+1 ngày' }).click();
    const ended = await chat.waitForCard(/Fabrikam không còn cho phép quản trị ủy nhiệm/, {
      limitMs: 40_000,
    });
    await ended.locator.screenshot({ path: 'test-results/delegation-11-ended.png' });
    await page.reload();
    await page.getByText('Đã kết thúc').first().waitFor();
    const list = await ask(chat, 'danh sách ủy nhiệm', /Quản trị ủy nhiệm theo khách hàng[\s\S]*Đã kết thúc/);
    await list.locator.screenshot({ path: 'test-results/delegation-12-list.png' });
  });
});
