import assert from 'node:assert/strict';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf, valuesOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

describe('a press that comes twice, late or changed', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, lan] = await Promise.all([sitDown(bot), sitDown(bot, undefined, { language: 'vi' })]);
  });
  after(() => bot.stop());

  it('twice one after the other makes one user, and says so', async () => {
    const review = await lan.openReview('Mạc Hai Lần');
    await lan.press(review, 'Thêm người dùng');
    await lan.press(review, 'Thêm người dùng');
    const told = await lan.see(/đã được gửi rồi/);
    assertReference(bot, told, 'vi');
    await lan.see(/Đã thêm người dùng/);
    assert.equal((await usersNamed(bot, 'Mạc Hai Lần')).length, 1);
  });

  it('five times at once makes one user', async () => {
    const review = await hung.openReview('Mạc Cùng Lúc');
    await Promise.all([1, 2, 3, 4, 5].map(() => hung.press(review, 'Add a user')));
    await hung.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, 'Mạc Cùng Lúc')).length, 1);
    const refused = hung.person.received().filter((each) => /already sent/.test(wordsOf(each)));
    assert.equal(refused.length, 4);
  });

  it('redelivered with the same id is answered once', async () => {
    const review = await hung.openReview('Mạc Giao Lại');
    const { sent } = await hung.press(review, 'Add a user');
    for (let again = 0; again < 3; again += 1) await hung.person.post(sent);
    await hung.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, 'Mạc Giao Lại')).length, 1);
    assert.equal(hung.person.received().filter((each) => /already sent/.test(wordsOf(each))).length, 4);
  });

  it('with a verb, nonce or inputs that are not the card’s changes nothing, and the card still works', async () => {
    const details = await hung.openDetails('Mạc Sửa Thẻ');
    const other = await lan.openDetails('Mạc Của Lan');
    const data = { ...valuesOf(details), ...dataOf(details, 'Review') };
    const theirs = dataOf(other, 'Xem lại')['nonce'];
    let card = details;
    for (const changed of [
      { ...data, verb: 'wish-review' },
      { ...data, verb: 'no-such-verb' },
      { ...data, verb: ['add-user-details'] },
      { ...data, nonce: theirs },
      { ...data, nonce: 'A'.repeat(43) },
      { ...data, nonce: { $ne: null } },
      {},
      [],
      'add-user-details',
      42,
    ]) {
      await hung.person.submit(changed);
      assertReference(bot, await hung.see(/can no longer be used/));
      card = await hung.see(/Step 2 of 3/);
    }
    await hung.press(card, 'Review');
    await hung.see(/Step 3 of 3/);
    await lan.press(other, 'Xem lại');
    await lan.see(/Bước 3\/3/);
  });

  it('with inputs that are missing, of another kind or huge asks for the form again', async () => {
    let card = await hung.openDetails('Mạc Thiếu Ô');
    for (const [inputs, problem] of [
      [{ signIn: undefined }, /“Sign-in name.* is still empty/],
      [{ signIn: ['a', 'b'] }, /“Sign-in name.* is still empty/],
      [{ signIn: { toString: 'x' } }, /“Sign-in name.* is still empty/],
      [{ family: 12 }, /“Family name” is still empty/],
      [{ domain: 7 }, /values listed for “Domain”/],
      [{ location: null }, /values listed for “Usage location”/],
      [{ licences: ['a'] }, /“Licences” is not right/],
      [{ licences: 'x'.repeat(3_000) }, /“Licences” is not right/],
      [{ role: { $data: '$' } }, /“Admin role” is not right|values listed for “Admin role”/],
    ] as const) {
      await hung.press(card, 'Review', inputs);
      card = await hung.see(/Step 2 of 3/);
      assert.match(wordsOf(card), problem);
      assertReference(bot, card);
    }
    const nested = JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`) as unknown;
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`more${index}`, 'x']));
    await hung.press(card, 'Review', { ...many, nested, signIn: 'mac.thieu', licences: '', role: 'none' });
    await hung.see(/Step 3 of 3/);
  });
});
