import assert from 'node:assert/strict';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, sampleUsers, startPlayground } from '../helpers/playground.ts';
import { signInInBrowser } from './sign-in.ts';
import { type RunningBot, startBot } from './start-bot.ts';

const phone = { width: 360, height: 740 };

/** Codes that are wrong, an account that changes under a form, and a client who answers in the chat. */
describeWithBrowser('signing in, in the Playground', function () {
  this.timeout(180_000);
  let bot: RunningBot;
  const playgrounds: Playground[] = [];
  const chats: Chat[] = [];

  before(async () => {
    bot = await startBot();
  });
  after(async () => {
    for (const chat of chats) await chat.close();
    for (const playground of playgrounds) await playground.stop();
    await bot?.stop();
  });

  async function sit(number: number): Promise<Chat> {
    const first = sampleUsers[number];
    assert.ok(first);
    const playground = await startPlayground({ botUrl: bot.url, users: [first] });
    playgrounds.push(playground);
    const chat = await openChat(playground, phone);
    chats.push(chat);
    await chat.waitForCard(/Chào bạn/);
    return chat;
  }

  async function ask(chat: Chat, text: string, pattern: RegExp) {
    const before = await chat.say(text);
    return chat.waitForCard(pattern, { after: before });
  }

  /** From the open sign-in card to the code that Microsoft's page leads to. */
  async function codeOf(chat: Chat, account: string): Promise<string> {
    const card = await chat.waitForCard(/Mã 6 chữ số/);
    const page = await chat.opened(() => card.press('Đăng nhập'));
    await page.getByRole('button', { name: account }).first().click();
    const code = ((await page.locator('.code').textContent()) ?? '').replace(/\D/g, '');
    await page.close();
    return code;
  }

  it('forgives a slip, ends guessing, and changes the account under an open form', async () => {
    const chat = await sit(0);
    await signInInBrowser(chat, 'hung.tran@contosopartner.vn');
    await ask(chat, 'thêm người dùng', /Bước 1\/3/);
    await ask(chat, 'đăng nhập', /Mã 6 chữ số/);
    const code = await codeOf(chat, 'lan.nguyen@contosopartner.vn');
    const wrong = (by: number) => String((Number(code) + by) % 1_000_000).padStart(6, '0');
    for (const by of [1, 2, 3, 4]) {
      await ask(chat, wrong(by), /Mã này không đúng/);
      if (by === 1) await chat.screenshot('sign-in-1-wrong');
    }
    await ask(chat, wrong(5), /Mã sai quá nhiều lần/);
    await chat.screenshot('sign-in-2-void');
    const next = await codeOf(chat, 'lan.nguyen@contosopartner.vn');
    await chat.say(`mã: ${next.slice(0, 3)} ${next.slice(3)}.`);
    await chat.waitForCard(/Bạn đang làm việc với tài khoản Nguyễn Thị Lan/);
    const refusal = await chat.waitForCard(/Quản trị viên toàn cầu/);
    await chat.screenshot('sign-in-3-other-account');
    assert.doesNotMatch(await refusal.text(), /Trần Văn Hùng/);
    const who = await ask(chat, 'tôi là ai', /Bạn đang làm việc/);
    assert.match(await who.text(), /Nguyễn Thị Lan/);
    assert.deepEqual(chat.pageErrors(), []);
    assert.deepEqual(chat.blocked(), []);
  });

  it('asks a client who answers in the chat to sign in for that answer', async () => {
    const [lan] = chats;
    assert.ok(lan);
    await (await ask(lan, 'công ty', /Khách hàng sẽ thấy/)).press('Đúng rồi');
    await lan.waitForCard(/xác nhận là đúng/);
    const form = await ask(lan, 'chào hàng', /Bước 1\/2/);
    await form.fill('Khách hàng khác: tên hoặc tên miền', 'fabrikam');
    await form.choose('Dịch vụ', 'Microsoft 365 Business Standard');
    await form.fill('Số giấy phép', '15');
    await form.press('Xem trước');
    await (await lan.waitForCard(/15 × Microsoft 365 Business Standard/)).press('Đăng và lấy liên kết');
    const link = await lan.waitForText(/\/offers\/[\w-]+/);
    const code = /\/offers\/([\w-]+)/.exec(link)?.[1] ?? '';

    const minh = await sit(3);
    await minh.say('tiếng việt');
    await minh.waitForCard(/Mã 6 chữ số/);
    await minh.say(`offer ${code}`);
    await minh.say(await codeOf(minh, 'Đoàn Tuấn Minh'));
    await (await minh.waitForCard(/Chấp nhận[\s\S]*Hỏi|15 × Microsoft/)).press('Chấp nhận');
    const seats = await minh.waitForCard(/cần bao nhiêu giấy phép/);
    await seats.press('Tiếp tục');
    await (await minh.waitForCard(/Xem lại rồi chấp nhận/)).press('Chấp nhận');
    await minh.waitForCard(/Bạn trả lời thay cho cả công ty/);
    await minh.screenshot('sign-in-4-to-answer');
    await minh.say(await codeOf(minh, 'Đoàn Tuấn Minh'));
    await minh.waitForText(/Đã ghi nhận/);
    await minh.screenshot('sign-in-5-answered');
    assert.deepEqual(minh.pageErrors(), []);
  });

  it('forgets the client, and then the seller, who is told what is better done first', async () => {
    const [lan, minh] = chats;
    assert.ok(lan && minh);
    const pages = [
      { chat: minh, keeps: /Lời chấp nhận[\s\S]*bằng chứng/ },
      { chat: lan, keeps: /1 thư chào còn mở[\s\S]*bàn giao/ },
    ];
    for (const [index, { chat, keeps }] of pages.entries()) {
      const review = await ask(chat, 'quên tôi', /Xóa dữ liệu của bạn\?/);
      assert.match(await review.text(), keeps);
      await chat.screenshot(`forget-me-${index + 1}-review`);
      await review.press('Xóa dữ liệu của tôi');
      await chat.waitForText(/Đã xóa dữ liệu của bạn và đăng xuất ở mọi nơi/);
      await chat.screenshot(`forget-me-${index + 1}-done`);
      await ask(chat, 'xin chào', /Tiếng Việt/);
      assert.deepEqual(chat.pageErrors(), []);
    }
  });
});
