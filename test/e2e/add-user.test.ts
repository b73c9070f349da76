import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, startPlayground } from '../helpers/playground.ts';
import { type RunningBot, startBot } from './start-bot.ts';

/** What a person reads on the way, per language. */
const readings = {
  vi: {
    greeting: 'xin chào',
    signIn: 'Đăng nhập',
    code: /Mã 6 chữ số/,
    overview: /Tổng quan/,
    add: 'Thêm người dùng',
    steps: [/Bước 1\/3/, /Bước 2\/3/, /Bước 3\/3/] as const,
    fullName: 'Họ và tên',
    next: 'Tiếp tục',
    licences: 'Giấy phép',
    licence: /Business Standard · còn/,
    role: 'Vai trò quản trị',
    roleName: 'Quản lý thanh toán (Billing Administrator)',
    support: 'Quyền hỗ trợ khách hàng',
    limited: /^Giới hạn/,
    review: 'Xem lại',
    create: 'Thêm người dùng',
    done: /Đã thêm người dùng/,
    reveal: 'Xem mật khẩu',
    show: 'Hiện mật khẩu',
  },
  en: {
    greeting: 'hello',
    signIn: 'Sign in',
    code: /6-digit code/,
    overview: /Overview/,
    add: 'Add a user',
    steps: [/Step 1 of 3/, /Step 2 of 3/, /Step 3 of 3/] as const,
    fullName: 'Full name',
    next: 'Continue',
    licences: 'Licences',
    licence: /Business Standard · \d+ left/,
    role: 'Admin role',
    roleName: 'Billing Administrator',
    support: 'Support access to clients',
    limited: /^Limited/,
    review: 'Review',
    create: 'Add a user',
    done: /Done: add a user/,
    reveal: 'Show the password',
    show: 'Show the password',
  },
};

describeWithBrowser('adding a user in the Playground', function () {
  this.timeout(120_000);
  let bot: RunningBot | undefined;
  let playground: Playground | undefined;
  let chat: Chat | undefined;

  beforeEach(async () => {
    bot = await startBot();
    playground = await startPlayground({ botUrl: bot.url });
  });
  afterEach(async () => {
    await chat?.close();
    await playground?.stop();
    await bot?.stop();
  });

  for (const { language, device, width, height } of [
    { language: 'vi', device: 'phone', width: 360, height: 740 },
    { language: 'en', device: 'desktop', width: 1100, height: 900 },
  ] as const) {
    it(`goes from a greeting to a user in the directory (${language}, ${device})`, async () => {
      assert.ok(playground && bot);
      const read = readings[language];
      chat = await openChat(playground, { width, height });
      const shot = (name: string, page?: Page) => chat?.screenshot(`add-user-${device}-${name}`, page);
      await chat.waitForCard(/Chào bạn/);
      await chat.say(read.greeting);
      const signIn = await chat.waitForCard(read.code);
      await shot('1-sign-in');
      await signInInBrowser(chat, () => signIn.press(read.signIn));

      const overview = await chat.waitForCard(read.overview);
      await shot('2-overview');
      await overview.press(read.add);
      let card = await chat.waitForCard(read.steps[0]);
      await card.fill(read.fullName, "Đặng Thị O'Brien & Sons");
      await card.press(read.next);
      card = await chat.waitForCard(read.steps[1]);
      const licence = read.licence.exec(await card.text())?.[0] ?? '';
      await choose(chat, read.licence);
      await card.choose(read.role, read.roleName);
      await choose(chat, read.limited);
      await shot('3-details');
      assert.notEqual(licence, '');
      await card.press(read.review);
      card = await chat.waitForCard(read.steps[2]);
      await shot('4-review');
      assert.match(await card.text(), /Business Standard/);
      await card.press(read.create);
      card = await chat.waitForCard(read.done);
      await shot('5-done');

      const password = await chat.opened(() => card.press(read.reveal));
      await password.getByRole('button', { name: read.show }).click();
      await password.locator('.secret').waitFor();
      assert.match((await password.locator('.secret').textContent())?.trim() ?? '', /^\S{16}$/);
      await shot('6-password', password);
      await password.reload();
      assert.equal(await password.locator('.secret').count(), 0, 'a second look shows nothing');

      const directory = await chat.context.newPage();
      const [, sandbox] = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(bot.process.output()) ?? [];
      await directory.goto(`${sandbox}/sandbox/directory`);
      const row = directory.locator('tr', { hasText: "Đặng Thị O'Brien & Sons" });
      assert.match((await row.textContent()) ?? '', /Business Standard/);
      await shot('7-directory', directory);
      assert.deepEqual(chat.blocked(), []);
      assert.deepEqual(chat.pageErrors(), []);
    });
  }
});

/** Opens the sign-in page, picks the Global admin, and types the code that the page gives. */
async function signInInBrowser(chat: Chat, open: () => Promise<unknown>): Promise<void> {
  const page = await chat.opened(open);
  await page.getByRole('button', { name: /hung\.tran@contosopartner\.vn/ }).click();
  const code = ((await page.locator('.code').textContent()) ?? '').replace(/\D/g, '');
  await page.close();
  await chat.say(code);
}

/** Ticks the choice whose title fits, in the card that is open. */
async function choose(chat: Chat, title: RegExp): Promise<void> {
  await chat.page.getByText(title).last().click();
}
