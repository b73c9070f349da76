import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, changeUser, signInOn, sitDown, usersNamed } from '../helpers/desk.ts';

const { globalAdmin, userAdmin } = seedAccounts;

describe('a sign-in that ends in the middle', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  const revoke = (name: string) => changeUser(bot, name, { sessionsValidFrom: bot.sandbox.clock.now() });

  it('is not noticed when a fresh token helps, neither on the form nor while the user is made', async () => {
    const hung = await sitDown(bot, globalAdmin);
    bot.sandbox.faults.add({ kind: 'expired-token', match: { path: '/domains' } });
    const review = await hung.openReview('Vương Thẻ Mới');
    const [creating, setting] = [{ method: 'POST', path: '/users' }, { method: 'PATCH' }];
    for (const match of [creating, setting]) bot.sandbox.faults.add({ kind: 'expired-token', match });
    await hung.press(review, 'Add a user');
    await hung.see(/Done: add a user/);
    assert.deepEqual(bot.sandbox.faults.list(), []);
    assert.equal((await usersNamed(bot, 'Vương Thẻ Mới')).length, 1);
    const asked = hung.person.received().filter((each) => signInAddress(each) !== undefined);
    assert.equal(asked.length, 1);
  });

  it('in a turn asks for the sign-in, then goes on with what was pressed', async () => {
    const hung = await sitDown(bot, globalAdmin, { language: 'vi' });
    const details = await hung.openDetails('Vương Trở Lại');
    await revoke('Trần Văn Hùng');
    await hung.press(details, 'Xem lại', { signIn: 'vuong.moi' });
    const asked = await hung.see(/Đăng nhập/);
    assert.match(wordsOf(asked), /đã hết hạn/);
    assert.match(wordsOf(asked), /làm tiếp/);
    assertReference(bot, asked, 'vi');
    await signInOn(asked, hung.person, globalAdmin);
    const review = await hung.see(/Bước 3\/3/);
    assert.match(wordsOf(review), /vuong\.moi@contosopartner\.vn/);
    await hung.press(review, 'Thêm người dùng');
    await hung.see(/Đã thêm người dùng/);
  });

  it('while the user is made waits for the sign-in, then finishes the same user', async () => {
    const ha = await sitDown(bot, userAdmin, { as: 'teams' });
    bot.sandbox.faults.add({ kind: 'reset', match: { method: 'PATCH' } });
    await ha.confirm('Vương Chờ Đợi');
    await ha.see(/goes on by itself/);
    await revoke('Phạm Thu Hà');
    const waiting = await ha.see(/Sign in to continue/);
    assertReference(bot, waiting);
    await ha.press(waiting, 'Sign in');
    const asked = await ha.see(/6-digit code/);
    await signInOn(asked, ha.person, userAdmin);
    const done = await ha.see(/Done: add a user/);
    assert.match(wordsOf(done), /Vương Chờ Đợi/);
    const made = await usersNamed(bot, 'Vương Chờ Đợi');
    assert.deepEqual(
      made.map((user) => user.usageLocation),
      ['VN'],
    );
  });

  it('is not taken up by another account: what waited goes on waiting for its own', async () => {
    const ha = await sitDown(bot, userAdmin);
    bot.sandbox.faults.add({ kind: 'reset', match: { method: 'PATCH' } });
    await ha.confirm('Vương Người Khác');
    await ha.see(/goes on by itself/);
    await revoke('Phạm Thu Hà');
    const waiting = await ha.see(/Sign in to continue/);
    await ha.press(waiting, 'Sign in');
    await signInOn(await ha.see(/6-digit code/), ha.person, globalAdmin);
    await ha.see(/Overview/);
    const [half] = await usersNamed(bot, 'Vương Người Khác');
    assert.equal(half?.usageLocation, null);
    await ha.person.say('sign in');
    await signInOn(await ha.see(/6-digit code/), ha.person, userAdmin);
    await ha.see(/Done: add a user/);
  });
});
