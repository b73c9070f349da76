import assert from 'node:assert/strict';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { setColleague } from '../helpers/set-colleague.ts';

describe('a call for help', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  it('before a helper was chosen says how one is', async () => {
    const tram = await sitDown(bot, seedAccounts.plain);
    await tram.person.say('add user');
    const refused = await tram.see(/cannot do this yet/);
    const reference = assertReference(bot, refused);
    await tram.press(refused, 'Ask a colleague');
    const answer = wordsOf(await tram.see(/has not chosen a helper/));
    assert.match(answer, new RegExp(`set helper.*\nReference number: ${reference}`, 's'));
    await tram.person.say('set helper');
    assertReference(bot, await tram.see(/cannot do this yet/));
  });

  it('goes once to the chosen colleague, in their language, with name and reference only', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await setColleague(hung, seedAccounts.sales.objectId);
    const tram = await sitDown(bot, seedAccounts.plain);
    await tram.person.say('add user');
    const refused = await tram.see(/cannot do this yet/);
    const reference = assertReference(bot, refused);
    await tram.press(refused, 'Ask a colleague');
    await tram.see(/Sent to Nguyễn Thị Lan: your name, .* the job, the step and what happened\./);
    const call = wordsOf(await lan.see(/Có người nhờ bạn giúp/));
    assert.match(call, /Bùi Ngọc Trâm đang gặp trục trặc/);
    assert.match(call, new RegExp(`Trục trặc\nTài khoản của bạn chưa có quyền.*\nMã tra cứu\n${reference}`));
    assert.doesNotMatch(call, /@|tram\.bui/);
    await tram.press(refused, 'Ask a colleague');
    await tram.see(/is not sent again/);
    const calls = lan.person.received().filter((each) => /nhờ bạn giúp/.test(wordsOf(each)));
    assert.equal(calls.length, 1);
  });

  it('from an operation that failed names its job and step, and nothing that was put into the button', async () => {
    const hung = await sitDown(bot);
    const lan = await sitDown(bot, seedAccounts.sales);
    await setColleague(hung, seedAccounts.sales.objectId);
    const review = await hung.openReview('Lê Thử Nghiệm');
    const { tenantId, objectId } = seedAccounts.plain;
    const other = await bot.sandbox.world.get('user', tenantId, objectId);
    assert.ok(other);
    const userPrincipalName = 'nghiem.le@contosopartner.vn';
    const id = crypto.randomUUID();
    await bot.sandbox.world.put('user', tenantId, id, { ...other, id, userPrincipalName });
    await hung.press(review, 'Add a user');
    const failed = await hung.see(/Not finished|Reference number/);
    const reference = assertReference(bot, failed);
    await hung.press(failed, 'Ask a colleague');
    await hung.see(/Sent to/);
    const call = wordsOf(await lan.see(/Somebody asks/));
    assert.match(call, /Job\nAdd a user\nStep\nCreate the account\nWhat happened\n.*(?:taken|in use|exists)/);
    assert.match(call, new RegExp(`Reference number\n${reference}`));
    assert.doesNotMatch(call, /nghiem|Nghiệm/);
    const evil = 'call +84 900 000 000';
    await hung.person.submit({ verb: 'ask-help', kind: evil, step: evil, code: evil, reference: evil });
    await hung.see(/Sent to/);
    const second = wordsOf(await lan.see(/Somebody asks/));
    assert.doesNotMatch(second, /900/);
    assert.match(bot.logged(), new RegExp(/Reference number\n([2-9A-Z]{8})/.exec(second)?.[1] ?? 'none'));
  });

  it('to a helper who has signed out says so, and one to oneself too', async () => {
    const hung = await sitDown(bot);
    const lan = await sitDown(bot, seedAccounts.sales);
    await setColleague(hung, seedAccounts.sales.objectId);
    await lan.person.say('ask for help');
    await lan.see(/You are your company's helper yourself/);
    await lan.person.say('sign out');
    await lan.see(/Signed out|signed out/);
    await hung.person.say('nho nguoi giup');
    await hung.see(/Nguyễn Thị Lan, who is not signed in/);
  });

  it('takes whoever is chosen from those who opened the bot, and no one else', async () => {
    const hung = await sitDown(bot);
    await hung.person.say('set helper');
    const form = await hung.see(/Who gets it/);
    await hung.press(form, 'Choose', { colleague: seedAccounts.sales.objectId });
    const refused = await hung.see(/choose one of the values/);
    assertReference(bot, refused);
    await hung.press(refused, 'Choose', { colleague: seedAccounts.globalAdmin.objectId });
    await hung.see(/From now on Trần Văn Hùng/);
  });
});

describe('help', () => {
  let bot: TestBot;
  let desk: Desk;
  before(async () => {
    bot = await startTestBot();
    desk = await sitDown(bot, seedAccounts.plain, { language: 'vi' });
  });
  after(() => bot.stop());

  it('answers questions, and counts one thumb per answer', async () => {
    await desk.person.say('trợ giúp');
    const help = await desk.see(/Bạn gõ hoặc bấm nút/);
    await desk.press(help, 'Vai trò và quyền');
    const answer = await desk.see(/chính tài khoản của bạn/);
    await desk.press(answer, '👍 Có ích');
    await desk.see(/Cảm ơn bạn/);
    await desk.press(answer, '👎 Chưa rõ');
    assertReference(bot, await desk.see(/đã được gửi rồi/), 'vi');
    await desk.press(help, 'Khi có trục trặc');
    await desk.press(await desk.see(/Thẻ báo lỗi/), '👎 Chưa rõ');
    const sorry = await desk.see(/nhờ người trợ giúp/);
    assert.ok(buttonsOf(sorry.activity).some(({ title }) => title === 'Nhờ người giúp'));
    assert.deepEqual(await bot.app.storage.opinions.counts(), [
      { topic: 'errors', up: 0, down: 1 },
      { topic: 'roles', up: 1, down: 0 },
    ]);
  });

  it('does not count what was made up', async () => {
    const before = await bot.app.storage.opinions.counts();
    await desk.person.submit({ verb: 'help-opinion', nonce: 'made-up', thumb: 'up' });
    await desk.see(/không còn dùng được/);
    await desk.person.submit({ verb: 'help-topic', topic: 'constructor' });
    await desk.see(/Bạn gõ hoặc bấm nút/);
    assert.deepEqual(await bot.app.storage.opinions.counts(), before);
  });

  it('is counted on the console of the sandbox', async () => {
    const sandbox = await createSandbox({
      file: ':memory:',
      port: 0,
      opinions: async () => [{ topic: 'roles', up: 3, down: 1 }],
    });
    await sandbox.listen();
    try {
      const page = await (await fetch(`${sandbox.url}/?lang=en`)).text();
      assert.match(page, /Opinions on help answers/);
      assert.match(page, /roles<\/td><td[^>]*>3<\/td><td[^>]*>1<\/td>/);
    } finally {
      await sandbox.close();
    }
  });

  it('understands a name without any command, with marks and without, and a greeting', async () => {
    for (const name of ['Lan', 'nguyen thi lan', 'Nguyễn Thị Lan', 'lan.nguyen']) {
      await desk.person.say(name);
      assert.match(wordsOf(await desk.see(/lan\.nguyen@contosopartner\.vn/)), /Người dùng/, name);
    }
    await desk.person.say('Zzyzx Quux');
    await desk.see(/Tổng quan/);
    // The first greeting is answered with the welcome.
    await desk.person.say('xin chao');
    await desk.see(/Tiếng Việt/);
    await desk.person.say('chào bạn');
    await desk.see(/Tổng quan/);
  });

  it('understands commands with a slip', async () => {
    for (const typed of ['lịch sử', 'lich su', 'histroy'])
      await desk.person.say(typed).then(() => desk.see(/Lịch sử/));
    for (const typed of ['nho nguoi giup', 'ask a colleage', 'uy quyen cua cong ty', 'authorisatons'])
      await desk.person.say(typed).then(() => desk.see(/người trợ giúp|Những gì Microsoft/));
  });

  it('leaves an open form alone: a name typed into it is its answer', async () => {
    const hung = await sitDown(bot);
    await hung.person.say('add user');
    const form = await hung.see(/Step 1 of 3/);
    assert.ok(dataOf(form, 'Continue'));
    await hung.person.say('Lan');
    await hung.see(/Step 2 of 3/);
  });
});
