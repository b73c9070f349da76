import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

const { tenantId } = seedAccounts.globalAdmin;

describe('a sign-in name that cannot be had', () => {
  let bot: TestBot;
  let lan: Desk;
  let kim: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    kim = await sitDown(bot, seedAccounts.userAdmin, { as: 'teams' });
  });
  after(() => bot.stop());

  it('is refused on the form with names that are free, and the form goes on', async () => {
    const details = await lan.openDetails('Nguyễn Thị Lan');
    await lan.press(details, 'Xem lại', { signIn: 'LAN.nguyen', licences: '' });
    const refused = await lan.see(/đã có người dùng/);
    assert.match(wordsOf(refused), /Tên đăng nhập LAN\.nguyen@contosopartner\.vn .*\. Còn trống: lan\.nt/);
    assertReference(bot, refused, 'vi');
    // What was emptied stays empty, also where the client leaves an empty input out.
    await lan.press(refused, 'Xem lại', { middle: undefined });
    const emptied = await lan.see(/đã có người dùng/);
    assert.deepEqual([valuesOf(refused)['middle'], valuesOf(emptied)['middle']], ['Thị', '']);
    await lan.press(emptied, 'Xem lại', { signIn: 'lan.nt' });
    assert.match(wordsOf(await lan.see(/Bước 3\/3/)), /lan\.nt@contosopartner\.vn/);
  });

  it('fails the first step when somebody took it after the review, and leads back to the form', async () => {
    const review = await kim.openReview('Trần Kim Chi');
    const [other] = await usersNamed(bot, 'Bùi Ngọc Trâm');
    assert.ok(other);
    const taken = { ...other, id: crypto.randomUUID(), userPrincipalName: 'chi.tran@contosopartner.vn' };
    await bot.sandbox.world.put('user', tenantId, taken.id, taken);
    await kim.press(review, 'Add a user');
    const failed = await kim.see(/Not finished/);
    assert.match(wordsOf(failed), /chi\.tran@contosopartner\.vn is already in use/);
    assertReference(bot, failed);
    await kim.press(failed, 'Choose another name');
    const name = await kim.see(/Step 1 of 3/);
    await kim.press(name, 'Continue');
    const details = await kim.see(/Step 2 of 3/);
    await kim.press(details, 'Review');
    await kim.press(await kim.see(/Step 3 of 3/), 'Add a user');
    await kim.see(/Done: add a user/);
    const made = await usersNamed(bot, 'Trần Kim Chi');
    assert.deepEqual(
      made.map((user) => user.userPrincipalName),
      ['chi.tk@contosopartner.vn'],
    );
  });

  it('is refused in a domain that is not verified or not the company’s', async () => {
    let card = await lan.openDetails('Lý Tự Trọng');
    for (const domain of ['moi.contosopartner.vn', 'fabrikam.onmicrosoft.com']) {
      await lan.press(card, 'Xem lại', { domain });
      card = await lan.see(/chưa được xác minh|chưa xác minh/);
      assert.ok(wordsOf(card).includes(domain));
      assertReference(bot, card, 'vi');
    }
    assert.deepEqual(await usersNamed(bot, 'Lý Tự Trọng'), []);
  });

  it('is refused when it has signs that Microsoft does not take', async () => {
    const details = await kim.openDetails('Lê Văn Tám');
    await kim.press(details, 'Review', { signIn: 'tám@x.y/../z' });
    const refused = await kim.see(/A sign-in name has only letters/);
    assertReference(bot, refused);
    await kim.press(refused, 'Review', { signIn: 'tam.le' });
    await kim.see(/Step 3 of 3/);
  });
});
