import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { signInAs, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('editing a user', () => {
  let bot: TestBot;
  let hung: Desk;
  let ha: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    ha = await sitDown(bot, seedAccounts.userAdmin);
  });
  after(() => bot.stop());

  async function idOf(name: string): Promise<string> {
    const [user] = await usersNamed(bot, name);
    assert.ok(user, `no user ${name}`);
    return user.id;
  }

  async function openForm(desk: Desk, name: string, title = 'Edit') {
    await desk.person.submit({ verb: 'user', id: await idOf(name) });
    await desk.press(await desk.see(new RegExp(`${name}.*@contosopartner`, 's')), title);
    return desk.see(/Only what you change|Chỉ ô nào bạn sửa/);
  }

  it('writes only what was changed, says before and after, and can be taken back', async () => {
    const form = await openForm(hung, 'Lý Văn Nam', 'Sửa');
    await hung.press(form, 'Xem lại', { jobTitle: 'Trưởng nhóm', department: ' Kinh  doanh ' });
    const review = await hung.see(/Bạn xem lại từng thay đổi/);
    assert.match(wordsOf(review), /Nhân viên → Trưởng nhóm/);
    assert.match(wordsOf(review), /\(trống\) → Kinh doanh/);
    assert.doesNotMatch(wordsOf(review), /Quốc gia sử dụng/);
    await hung.press(review, 'Sửa thông tin người dùng');
    const done = await hung.see(/Đã sửa thông tin người dùng/);
    const [changed] = await usersNamed(bot, 'Lý Văn Nam');
    assert.deepEqual([changed?.jobTitle, changed?.department], ['Trưởng nhóm', 'Kinh doanh']);
    await hung.press(done, 'Hoàn tác');
    await hung.see(/Đã sửa thông tin người dùng/);
    const [back] = await usersNamed(bot, 'Lý Văn Nam');
    assert.deepEqual([back?.jobTitle, back?.department ?? null], ['Nhân viên', null]);
  });

  it('clears what is emptied, also where the client leaves an empty input out', async () => {
    const form = await openForm(ha, 'Hồ Thị Lý');
    // The redrawn form keeps the field empty.
    await ha.press(form, 'Review', { jobTitle: undefined, surname: 'L'.repeat(65) });
    const again = await ha.see(/65 characters/);
    assert.equal(valuesOf(again)['jobTitle'], '');
    await ha.press(again, 'Review', { jobTitle: undefined, surname: valuesOf(form)['surname'] });
    const review = await ha.see(/each change/);
    assert.match(wordsOf(review), /Job title\nNhân viên → \(empty\)/);
    assert.doesNotMatch(wordsOf(review), /Family name|Usage location|Mobile phone/);
    await ha.press(review, 'Edit a user');
    await ha.see(/Done: edit a user/);
    assert.equal((await usersNamed(bot, 'Hồ Thị Lý'))[0]?.jobTitle ?? null, null);
  });

  it('refuses a form in which nothing is changed, too much is typed, or a needed field is emptied', async () => {
    let form = await openForm(ha, 'Lê Thị Nhung');
    const refused: [Record<string, string | undefined>, RegExp][] = [
      [{}, /not changed anything/],
      [{ displayName: ' ' }, /“Display name” is still empty/i],
      [{ displayName: undefined }, /“Display name” is still empty/i],
      [{ surname: 'L'.repeat(65) }, /65 characters/],
      [{ usageLocation: undefined }, /choose one of the values .*Usage location/i],
      [{ usageLocation: '' }, /choose one of the values .*Usage location/i],
      [{ usageLocation: 'Viet Nam' }, /choose one of the values .*Usage location/i],
    ];
    for (const [typed, words] of refused) {
      await ha.press(form, 'Review', typed);
      form = await ha.see(words);
      assertReference(bot, form);
      // What was typed stands in the form again; the next try begins from what is true.
      await ha.person.say('cancel');
      form = await openForm(ha, 'Lê Thị Nhung');
    }
    await ha.press(form, 'Review', { displayName: 'Lê Thị Nhung ' });
    await ha.see(/not changed anything/);
  });

  it('overwrites nothing that somebody else changed meanwhile', async () => {
    const form = await openForm(ha, 'Phạm Văn Phong');
    await ha.press(form, 'Review', { jobTitle: 'Team lead' });
    const review = await ha.see(/each change/);
    await changeUser(bot, 'Phạm Văn Phong', { jobTitle: 'Director' });
    await ha.press(review, 'Edit a user');
    const failed = await ha.see(/Not finished/);
    assert.match(wordsOf(failed), /Someone else has just changed this/);
    assertReference(bot, failed);
    assert.equal((await usersNamed(bot, 'Phạm Văn Phong'))[0]?.jobTitle, 'Director');
  });

  it('tells which part Microsoft refused, and goes on from a fresh form', async () => {
    const form = await openForm(ha, 'Võ Văn Sơn');
    // Two letters that no country has: only Microsoft knows.
    await ha.press(form, 'Review', { usageLocation: 'QX' });
    await ha.press(await ha.see(/each change/), 'Edit a user');
    const failed = await ha.see(/Not finished/);
    assert.match(wordsOf(failed), /Microsoft did not accept/);
    assertReference(bot, failed);
    const again = await openForm(ha, 'Võ Văn Sơn');
    await ha.press(again, 'Review', { usageLocation: 'SG' });
    const review = await ha.see(/each change/);
    assert.match(wordsOf(review), /Vietnam → Singapore/);
    await ha.press(review, 'Edit a user');
    await ha.see(/Done: edit a user/);
    assert.equal((await usersNamed(bot, 'Võ Văn Sơn'))[0]?.usageLocation, 'SG');
  });

  it('lets a user admin change a Global admin, but not their phone', async () => {
    const form = await openForm(ha, 'Trần Văn Hùng');
    assert.match(wordsOf(form), /Only a Global admin/);
    assert.doesNotMatch(wordsOf(form), /Mobile phone\n/);
    await ha.press(form, 'Review', { mobilePhone: '+84 90 000 0000' });
    const refused = await ha.see(/Only a Global admin.*Reference/s);
    assertReference(bot, refused);
    await ha.press(refused, 'Review', { department: 'Board' });
    assert.match(wordsOf(await ha.see(/each change/)), /→ Board/);
  });

  it('is refused to a person without the right, whose card does not offer it', async () => {
    const tram = await sitDown(bot, seedAccounts.plain);
    const id = await idOf('Lý Văn Nam');
    await tram.person.submit({ verb: 'user', id });
    const card = await tram.see(/Lý Văn Nam/);
    assert.deepEqual(
      buttonsOf(card.activity).map(({ title }) => title),
      ['Users', 'Overview'],
    );
    for (const verb of ['edit-user', 'user-licences', 'block-user', 'user-password', 'delete-user']) {
      await tram.person.submit({ verb, id });
      assertReference(bot, await tram.see(/cannot do this yet/));
    }
  });

  it('that began in one company is not written after a switch of accounts', async () => {
    const desk = await sitDown(bot, seedAccounts.globalAdmin, { as: 'teams' });
    const form = await openForm(desk, 'Vũ Thị Quỳnh');
    await desk.press(form, 'Review', { jobTitle: 'Elsewhere' });
    const review = await desk.see(/each change/);
    await signInAs(desk.person, seedAccounts.advisorGlobalAdmin);
    await desk.see(/working as/);
    // Nothing of the person is shown again under the other company.
    assertReference(bot, await desk.see(/account changed/));
    await desk.see(/Overview/);
    await desk.press(review, 'Edit a user');
    assertReference(bot, await desk.see(/belongs to another account/));
    assert.equal((await usersNamed(bot, 'Vũ Thị Quỳnh'))[0]?.jobTitle, 'Nhân viên');
    await desk.person.submit({ verb: 'edit-user', id: await idOf('Vũ Thị Quỳnh') });
    assertReference(bot, await desk.see(/no longer/));
  });

  it('of somebody who is gone, or who never was, says so', async () => {
    const form = await openForm(ha, 'Đặng Thị Tâm');
    await ha.press(form, 'Review', { jobTitle: 'Gone' });
    const review = await ha.see(/each change/);
    const [user] = await usersNamed(bot, 'Đặng Thị Tâm');
    assert.ok(user);
    await bot.sandbox.world.remove('user', seedAccounts.globalAdmin.tenantId, user.id);
    await ha.press(review, 'Edit a user');
    assertReference(bot, await ha.see(/Not finished.*no longer in the company/s));
    for (const id of [user.id, 'me', '../x', '']) {
      await ha.person.submit({ verb: 'edit-user', id });
      assertReference(bot, await ha.see(/no longer/));
    }
  });
});
