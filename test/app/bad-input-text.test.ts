import assert from 'node:assert/strict';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { cardOf } from '../helpers/fake-channel-person.ts';

/** Names as people paste them, and as they are shown and stored. */
const names: { typed: string; shown?: string }[] = [
  { typed: `O'Hara "Kit" & Sons #2` },
  { typed: '**Lê** _Đậm_ [x](http://a.b) `m`' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody typed
  { typed: 'Lý ${x} {{y}} $data {z, plural, other {#}}' },
  { typed: 'Võ <b>Thẻ</b> &amp; <script>1</script>' },
  { typed: "Robert'); DROP TABLE users;--" },
  { typed: '\u202eVũ \u200fNgược\u202c', shown: 'Vũ Ngược' },
  { typed: '  Cao\tMột\u0000\n Dòng\u200b ', shown: 'Cao Một Dòng' },
];

describe('a text that is not what one expects', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, lan] = await Promise.all([sitDown(bot), sitDown(bot, undefined, { language: 'vi' })]);
  });
  after(() => bot.stop());

  for (const [index, { typed, shown = typed }] of names.entries()) {
    it(`is shown, stored and found as ${JSON.stringify(shown)}`, async () => {
      const review = await hung.openReview(typed, { signIn: `odd.name${index}`, licences: '' });
      assert.ok(wordsOf(review).split('\n').includes(shown), wordsOf(review));
      await hung.press(review, 'Add a user');
      const done = await hung.see(/Done: add a user/);
      const object = `${shown} · odd.name${index}@contosopartner.vn`;
      assert.ok(wordsOf(done).split('\n').includes(object), wordsOf(done));
      assert.equal((await usersNamed(bot, shown)).length, 1);
      await hung.person.submit({ verb: 'users', find: shown });
      const found = await hung.see(/matches/);
      assert.ok(wordsOf(found).split('\n').includes(shown), wordsOf(found));
      assert.match(wordsOf(found), /^1 person matches/m);
    });
  }

  it('of 5,000 characters in a field is refused with both lengths, and the form goes on', async () => {
    await lan.person.say('add user');
    const name = await lan.see(/Bước 1\/3/);
    await lan.press(name, 'Tiếp tục', { fullName: `${'Lê '.repeat(1_666)}Lê` });
    const refused = await lan.see(/Bước 1\/3/);
    assert.match(wordsOf(refused), /«Họ và tên.*» dài 5\.000 ký tự; nhiều nhất là 256/);
    assertReference(bot, refused, 'vi');
    await lan.person.say('ô'.repeat(5_000));
    const typed = await lan.see(/Bước 1\/3/);
    assert.match(wordsOf(typed), /dài 5\.000 ký tự/);
    await lan.press(typed, 'Tiếp tục', { fullName: 'Lê Vừa Đủ' });
    let details = await lan.see(/Bước 2\/3/);
    const proposed = valuesOf(details);
    for (const field of ['family', 'middle', 'given', 'signIn', 'domain', 'location', 'licences', 'role']) {
      await lan.press(details, 'Xem lại', { [field]: 'x'.repeat(5_000) });
      details = await lan.see(/Bước 2\/3/);
      assertReference(bot, details, 'vi');
      assert.ok(JSON.stringify(cardOf(details)).length < 28_000);
    }
    await lan.press(details, 'Xem lại', proposed);
    await lan.see(/Bước 3\/3/);
  });

  it('longer than a message may be is refused, and the form goes on', async () => {
    const details = await hung.openDetails('Lê Dài Dòng');
    await hung.person.say('a'.repeat(60_000));
    const refused = await hung.see(/too long: at most 28,?000 characters/);
    assertReference(bot, refused);
    await hung.press(details, 'Review');
    await hung.see(/Step 3 of 3/);
  });
});
