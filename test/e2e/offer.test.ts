import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, startPlayground } from '../helpers/playground.ts';
import { ask, openMail, person, phone, seriousProblems } from './offer-browsers.ts';
import { signInInBrowser } from './sign-in.ts';
import { type RunningBot, startBot } from './start-bot.ts';

const portalLink = 'https://portal.office.com/partner/partnersignup.aspx?id=1';
const mailOfMinh = 'minh.doan@fabrikam.onmicrosoft.com';

/** Offers from the clerk's first word to what the client has, through the eyes of both. */
describeWithBrowser('an offer, in the Playground, the mailbox and the client’s browser', function () {
  this.timeout(180_000);
  let bot: RunningBot;
  let sandbox: string;
  const playgrounds: Playground[] = [];
  const chats: Chat[] = [];

  before(async () => {
    bot = await startBot();
    [, sandbox = ''] = await bot.process.waitForOutput(/Microsoft cloud: (\S+)\/ /);
  });
  after(async () => {
    for (const chat of chats) await chat.close();
    for (const playground of playgrounds) await playground.stop();
    await bot?.stop();
  });

  async function sitDown(signInName: string, user: number): Promise<Chat> {
    const playground = await startPlayground({ botUrl: bot.url, users: [person(user)] });
    playgrounds.push(playground);
    const chat = await openChat(playground, phone);
    chats.push(chat);
    await chat.waitForCard(/Chào bạn/);
    await signInInBrowser(chat, signInName);
    await (await ask(chat, 'công ty', /Khách hàng sẽ thấy/)).press('Đúng rồi');
    await chat.waitForCard(/xác nhận là đúng/);
    return chat;
  }

  async function signInAsClient(page: Page, name: RegExp): Promise<void> {
    await page.getByRole('button', { name: /Đăng nhập/ }).click();
    await page.getByRole('button', { name }).first().click();
    await page.getByText(/Bạn chấp nhận thay mặt/).waitFor();
  }

  it('is made in six taps, mailed, answered with fewer licences, ordered once, and seen by both', async () => {
    const chat = await sitDown('lan.nguyen@contosopartner.vn', 0);
    const form = await ask(chat, 'chào hàng', /Bước 1\/2/);
    await form.fill('Khách hàng khác: tên hoặc tên miền', 'fabrikam');
    // After the client's name; opening a list and picking from it are two taps.
    let taps = 0;
    const tap = async (count: number, doing: Promise<unknown>) => {
      taps += count;
      await doing;
    };
    await tap(2, form.choose('Dịch vụ', 'Microsoft 365 Business Standard'));
    await tap(1, form.fill('Số giấy phép', '15'));
    await tap(1, form.fill('Thư điện tử (để trống nếu chỉ cần liên kết)', mailOfMinh));
    await chat.screenshot('offer-1-form');
    await tap(1, form.press('Xem trước'));
    const preview = await chat.waitForCard(/15 × Microsoft 365 Business Standard[\s\S]*Khách hàng sẽ thấy/);
    await chat.screenshot('offer-2-preview');
    await tap(1, preview.press('Gửi'));
    await chat.waitForCard(/Thư chào đã đăng/);
    await chat.screenshot('offer-3-sent');
    assert.ok(taps <= 6, `${taps} taps`);

    const page = await openMail(chat, sandbox, /Contoso Partner: thư chào hàng/, 'offer-4');
    await chat.screenshot('offer-5-page', page);
    assert.deepEqual(await seriousProblems(page), []);
    assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /Fabrikam/);
    await signInAsClient(page, /Đoàn Tuấn Minh/);
    assert.deepEqual(await seriousProblems(page), []);
    await page.getByLabel(/số giấy phép/).fill('10');
    await chat.screenshot('offer-6-answer', page);
    const before = (await chat.messages()).length;
    await page.getByRole('button', { name: 'Chấp nhận' }).click();
    await page.getByText('Đến lượt Contoso Partner').waitFor();
    await chat.screenshot('offer-7-accepted', page);
    assert.deepEqual(await seriousProblems(page), []);

    const told = await chat.waitForCard(/Fabrikam đã chấp nhận[\s\S]*15 → 10/, { after: before });
    await chat.screenshot('offer-8-told');
    await told.press('Xem lại và đặt hàng');
    // Nobody of Fabrikam has agreed to Microsoft's agreement; who accepted stands there already.
    await (await chat.waitForCard(/Ai đã đồng ý với bạn/)).press('Tiếp tục');
    const review = await chat.waitForCard(/Sau đó đơn hàng được đặt thật[\s\S]*10 giấy phép/);
    await chat.screenshot('offer-9-review');
    await review.press('Đặt hàng cho khách hàng');
    await chat.waitForCard(/Đã đặt hàng cho khách hàng[\s\S]*Microsoft tạo gói đăng ký/, { limitMs: 40_000 });
    await chat.screenshot('offer-10-ordered');

    await page.reload();
    await page.locator('main').getByText('Dịch vụ đã sẵn sàng').first().waitFor();
    await page.getByRole('link', { name: 'Xem và in bản xác nhận' }).click();
    await page.getByText('10 giấy phép đã chấp nhận (được chào 15)').waitFor();
    await chat.screenshot('offer-11-proof', page);
    const desk = await ask(chat, 'danh sách chào hàng', /Fabrikam/);
    await chat.screenshot('offer-12-desk');
    assert.doesNotMatch(await desk.text(), /Cần bạn xử lý/);
    assert.deepEqual(chat.pageErrors(), []);
    assert.deepEqual(chat.blocked(), []);
  });

  it('of an advisor carries the link of Microsoft’s portal, and is followed by hand', async () => {
    const chat = await sitDown('loc.mai@fourthcoffee.vn', 1);
    const form = await ask(chat, 'chào hàng', /Bước 1\/2/);
    await form.fill('Khách hàng khác: tên hoặc tên miền', 'tailwindtraders.vn');
    await form.choose('Dịch vụ', 'Microsoft 365 Business Standard');
    await form.fill('Số giấy phép', '10');
    await form.fill('Liên kết do cổng Microsoft tạo', portalLink);
    await form.fill('Thư điện tử (để trống nếu chỉ cần liên kết)', 'thuy.mac@tailwindtraders.vn');
    await chat.screenshot('offer-advisor-1-form');
    await form.press('Xem trước');
    await (await chat.waitForCard(/10 × Microsoft 365 Business Standard[\s\S]*Tailwind Traders/)).press(
      'Gửi',
    );
    await chat.waitForCard(/Thư chào đã đăng/);

    const page = await openMail(chat, sandbox, /Fourth Coffee Tư vấn: thư chào hàng/, 'offer-advisor-2');
    await signInAsClient(page, /Mạc Thị Thủy|thuy\.mac@/);
    const before = (await chat.messages()).length;
    await page.getByRole('button', { name: 'Chấp nhận' }).click();
    const told = await chat.waitForCard(/Tailwind Traders đã chấp nhận/, { after: before });
    await chat.screenshot('offer-advisor-3-accepted', page);
    await chat.screenshot('offer-advisor-3-told');
    assert.equal(await page.locator(`a[href="${portalLink}"]`).count(), 1);

    await told.press('Xem câu trả lời');
    const answered = await chat.waitForCard(/Khách đã đặt ở Microsoft/);
    await chat.screenshot('offer-advisor-4-answer');
    await answered.press('Khách đã đặt ở Microsoft');
    await (await chat.waitForCard(/Dịch vụ đã có/)).press('Dịch vụ đã có');
    await chat.waitForCard(/Dịch vụ đã sẵn sàng/);
    await page.reload();
    await page.locator('main').getByText('Dịch vụ đã sẵn sàng').first().waitFor();
    assert.deepEqual(chat.pageErrors(), []);
  });
});
