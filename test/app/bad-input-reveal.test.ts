import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const secret = /id="secret"[^>]*>([^<]+)</;

describe('the link to a new password', () => {
  let bot: TestBot;
  let hung: Desk;
  let ha: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, ha] = await Promise.all([
      sitDown(bot, seedAccounts.globalAdmin),
      sitDown(bot, seedAccounts.userAdmin),
    ]);
  });
  after(() => bot.stop());

  async function newLink(name: string): Promise<string> {
    await hung.confirm(name);
    const done = await hung.see(/Done: add a user/);
    const link = buttonsOf(done.activity).find((button) => button.title === 'Show the password')?.url;
    return link ?? assert.fail(wordsOf(done));
  }

  async function open(link: string, cookie: string, method = 'GET', body?: URLSearchParams) {
    const answer = await fetch(link, {
      method,
      headers: { cookie },
      redirect: 'manual',
      ...(body && { body }),
    });
    return { status: answer.status, page: await answer.text() };
  }

  const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const pressOn = (link: string, cookie: string, token: string) =>
    open(link, cookie, 'POST', new URLSearchParams({ token }));

  it('is opened by scanners and by others, and the person who asked still sees the password once', async () => {
    const link = await newLink('Kiều Quét Liên Kết');
    const own = tokenIn((await open(link, hung.cookie)).page);
    for (const cookie of ['', ha.cookie, 'partner_bot_session=made.up', hung.cookie]) {
      for (let again = 0; again < 5; again += 1) {
        const { page } = await open(link, cookie);
        assert.doesNotMatch(page, secret);
        assert.equal(tokenIn(page) !== '', cookie === hung.cookie);
        await open(link, cookie, 'HEAD');
      }
      if (cookie !== hung.cookie) assert.doesNotMatch((await pressOn(link, cookie, own)).page, secret);
    }
    for (const token of ['', 'x', own.toUpperCase()])
      assert.doesNotMatch((await pressOn(link, hung.cookie, token)).page, secret);
    const shown = await pressOn(link, hung.cookie, own);
    assert.match(shown.page, secret);
    const again = await pressOn(link, hung.cookie, own);
    assert.equal(again.status, 410);
    assert.doesNotMatch(again.page, secret);
  });

  it('pressed five times at once shows the password once', async () => {
    const link = await newLink('Kiều Bấm Nhanh');
    const token = tokenIn((await open(link, hung.cookie)).page);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => pressOn(link, hung.cookie, token)));
    assert.equal(answers.filter(({ page }) => secret.test(page)).length, 1);
    assert.equal(answers.filter(({ status }) => status === 410).length, 4);
  });

  it('tells who is signed in when it is somebody else, in the language of the browser', async () => {
    const link = await newLink('Kiều Nhầm Người');
    const other = await open(link, ha.cookie);
    assert.equal(other.status, 403);
    assert.match(other.page, /ha\.pham@contosopartner\.vn/);
    assert.doesNotMatch(other.page, /Kiều Nhầm Người|nguoi\.kieu/);
    const nobody = await open(link, '');
    assert.doesNotMatch(nobody.page, /Kiều Nhầm Người|nguoi\.kieu/);
  });

  it('opened too late says so and a new password can be had', async () => {
    const link = await newLink('Kiều Đến Trễ');
    await bot.sandbox.clock.advance(11 * 60_000);
    const late = await open(link, hung.cookie);
    assert.equal(late.status, 410);
    assert.match(late.page, /New password|Mật khẩu mới/);
    const done = hung.person.received().findLast((each) => /Done: add a user/.test(wordsOf(each)));
    await hung.press(done ?? assert.fail(), 'New password');
    const again = await hung.see(/Done: set a new password/);
    const next = buttonsOf(again.activity).find((button) => button.title === 'Show the password')?.url ?? '';
    const shown = await pressOn(next, hung.cookie, tokenIn((await open(next, hung.cookie)).page));
    assert.match(shown.page, secret);
  });
});
