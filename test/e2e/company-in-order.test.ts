import assert from 'node:assert/strict';
import { type Chat, describeWithBrowser, openChat } from '../helpers/browser.ts';
import { type Playground, sampleUsers, startPlayground } from '../helpers/playground.ts';
import { signInInBrowser } from './sign-in.ts';
import { type RunningBot, startBot } from './start-bot.ts';

const hung = 'hung.tran@contosopartner.vn';
const minh = 'minh.le@contosopartner.vn';

/** One Global administrator's morning, then a second person, then every other partner company. */
describeWithBrowser('the company in order, in the Playground', function () {
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

  async function sit(size = { width: 700, height: 950 }): Promise<Chat> {
    // Each chat is another person: the bot greets a person once.
    const first = sampleUsers[playgrounds.length % sampleUsers.length];
    const id = `29:person-${playgrounds.length}`;
    const users = first === undefined ? [] : [{ ...first, id, aadObjectId: crypto.randomUUID() }];
    const playground = await startPlayground({ botUrl: bot.url, users });
    playgrounds.push(playground);
    const chat = await openChat(playground, size);
    chats.push(chat);
    await chat.waitForCard(/Chào bạn/);
    return chat;
  }

  async function ask(chat: Chat, text: string, pattern: RegExp) {
    const before = await chat.say(text);
    return chat.waitForCard(pattern, { after: before });
  }

  it('confirms the company, changes a person, and finds it in the history', async () => {
    const chat = await sit({ width: 360, height: 740 });
    await signInInBrowser(chat, hung);

    const company = await ask(chat, 'công ty', /Khách hàng sẽ thấy/);
    await chat.screenshot('company-1-details');
    await company.press('Đúng rồi');
    await chat.waitForCard(/Trần Văn Hùng xác nhận là đúng/);

    await (await ask(chat, 'nguyen thi lan', /lan\.nguyen@/)).locator
      .getByText('Nguyễn Thị Lan', { exact: true })
      .click();
    const person = await chat.waitForCard(/Trạng thái/);
    await chat.screenshot('company-2-person');
    await person.press('Sửa');
    const form = await chat.waitForCard(/Chức danh/);
    await form.fill('Chức danh', 'Trưởng nhóm kinh doanh');
    await form.press('Xem lại');
    const review = await chat.waitForCard(/Trưởng nhóm kinh doanh/);
    await chat.screenshot('company-3-review');
    await review.press('Sửa thông tin người dùng');
    const done = await chat.waitForCard(/Đã sửa thông tin người dùng/);
    assert.ok((await done.buttons()).includes('Hoàn tác'));

    await ask(chat, 'ủy quyền', /Có, bán trực tiếp/);
    await ask(chat, 'tôi làm được gì', /Sửa thông tin công ty/);
    await ask(chat, 'gói đăng ký', /Microsoft 365 Business Premium/);
    await chat.screenshot('company-4-subscriptions');
    await ask(chat, 'tên miền', /moi\.contosopartner\.vn/);
    await ask(chat, 'cài đặt', /Exchange/);
    await ask(chat, 'lịch sử lan', /Lịch sử[\s\S]*Nguyễn Thị Lan/);
    await chat.screenshot('company-5-history');
    await ask(chat, 'quyen ho tro', /1 khách hàng[\s\S]*Toàn quyền/);
    await (await ask(chat, 'tro giup', /Trợ giúp/)).press('Tìm và thêm người');
    await (await chat.waitForCard(/Có ích/)).press('👍 Có ích');
    await chat.waitForText(/Cảm ơn bạn/);
    await ask(chat, 'nho nguoi giup', /người trợ giúp/i);
    assert.deepEqual(chat.pageErrors(), []);
    assert.deepEqual(chat.blocked(), []);
  });

  it('gives a privileged role with the yes of a second person, who is told as well', async () => {
    const asker = await sit();
    const approver = await sit();
    await signInInBrowser(approver, minh);
    await signInInBrowser(asker, hung);
    await (await ask(asker, 'người dùng trâm', /Bùi Ngọc Trâm/)).locator
      .getByText('Bùi Ngọc Trâm', { exact: true })
      .click();
    await (await asker.waitForCard(/Trạng thái/)).press('Thêm…');
    await (await asker.waitForCard(/Trạng thái/)).press('Vai trò');
    await (await asker.waitForCard(/Vai trò của một người/)).press('Giao thêm vai trò');
    const roles = await asker.waitForCard(/Chọn vai trò cho/);
    await asker.screenshot('approval-1-roles');
    await roles.locator.getByText('Hỗ trợ người dùng', { exact: true }).click();
    const review = await asker.waitForCard(/Lý do, để người duyệt hiểu/);
    await review.fill('Lý do, để người duyệt hiểu', 'Trâm thay Đức Anh trong kỳ nghỉ');
    await asker.screenshot('approval-2-review');
    await review.press('Gửi để duyệt');
    await asker.waitForCard(/Chờ người thứ hai duyệt/);
    const request = await approver.waitForCard(/Trâm thay Đức Anh/);
    await approver.screenshot('approval-3-request');
    await request.press('Duyệt');
    await asker.waitForCard(/Đã giao vai trò/);
    await approver.waitForText(/đã duyệt/i);
    await asker.screenshot('approval-4-done');
    assert.deepEqual(asker.pageErrors(), []);
  });

  for (const { company, account, link, sees } of [
    { company: 'Fourth Coffee', account: 'thanh.cao@fourthcoffee.vn', link: undefined, sees: /Quyền hỗ trợ/ },
    { company: 'Northwind', account: 'khoi.ta@northwindpartner.vn', link: undefined, sees: /Người dùng/ },
    { company: 'Litware', account: 'huy.lam@litwaremoi.vn', link: undefined, sees: /Người dùng/ },
    { company: '21Vianet', account: /\.cn/, link: '21Vianet (Trung Quốc)', sees: /Người dùng/ },
  ]) {
    it(`shows the overview of ${company}`, async () => {
      const chat = await sit();
      await signInInBrowser(chat, account, link);
      const overview = await chat.waitForCard(/Tổng quan/);
      assert.match(await overview.text(), sees);
      await chat.screenshot(`overview-${company.replace(' ', '-')}`);
      assert.doesNotMatch(await overview.text(), /Contoso/);
    });
  }
});
