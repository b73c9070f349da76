import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf, valuesOf } from '../helpers/card-answers.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('the walk-through', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  it('leads from a greeting to a user in the directory and a password seen once', async () => {
    const person = bot.channel.person({ as: 'teams' });
    const seen = (pattern: RegExp) => person.waitFor((received) => pattern.test(wordsOf(received)));
    await person.say('xin chào');
    assert.match(wordsOf(await seen(/Partner Bot/)), /Hello, I am Partner Bot/);
    const cookie = await signInAs(person, seedAccounts.globalAdmin);
    await seen(/Tổng quan/);
    await person.say('them nguoi dung');
    const name = await seen(/Bước 1\/3/);
    await person.submit({ ...dataOf(name, 'Tiếp tục'), fullName: 'Trần Thị Ngọc Ánh' });
    const details = await seen(/Bước 2\/3/);
    await person.submit({ ...dataOf(details, 'Xem lại'), ...valuesOf(details) });
    const review = await seen(/Bước 3\/3/);
    await person.submit(dataOf(review, 'Thêm người dùng'));
    const done = await seen(/Đã thêm người dùng/);
    const reveal = buttonsOf(done.activity).find((button) => button.title === 'Xem mật khẩu')?.url ?? '';
    const page = await (await fetch(reveal, { headers: { cookie } })).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const shown = await fetch(reveal, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ token }),
    });
    assert.match(await shown.text(), /class="secret"/);
    const again = await fetch(reveal, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ token }),
    });
    assert.equal(again.status, 410);
    const users = await bot.sandbox.world.all('user', seedAccounts.globalAdmin.tenantId);
    const made = users.filter((user) => user.displayName === 'Trần Thị Ngọc Ánh');
    assert.deepEqual(
      made.map((user) => [user.userPrincipalName, user.usageLocation]),
      [['anh.tran@contosopartner.vn', 'VN']],
    );
  });
});
