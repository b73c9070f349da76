import assert from 'node:assert/strict';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

const { tenantId } = seedAccounts.globalAdmin;
const { businessStandard, fabricFree } = products;
/** Has Business Standard as a member of *Khối văn phòng*, and no licence of his own. */
const name = 'Trần Quốc Nghĩa';

describe('a person whose licence comes from a group', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  const userNow = async () => (await usersNamed(bot, name))[0] ?? assert.fail('no such user');
  const openCard = async () => {
    await hung.person.submit({ verb: 'user', id: (await userNow()).id });
    return hung.see(new RegExp(`${name}.*@contosopartner`, 's'));
  };

  it('is shown with it, and with the group', async () => {
    assert.match(wordsOf(await openCard()), /Business Standard \(từ nhóm Khối văn phòng\)/);
  });

  it('is offered no way to take it, and keeps it when others are given and taken', async () => {
    for (const licences of [fabricFree.skuId, '']) {
      await hung.press(await openCard(), 'Giấy phép');
      const form = await hung.see(/Bỏ chọn là thu hồi/);
      assert.match(wordsOf(form), /không thu hồi ở đây được: .*Business Standard \(từ nhóm Khối văn phòng\)/);
      assert.ok(!JSON.stringify(form.activity).includes(businessStandard.skuId));
      await hung.press(form, 'Xem lại', { licences });
      await hung.press(await hung.see(/Bạn xem lại rồi xác nhận/), 'Đổi giấy phép');
      await hung.see(/Đã đổi giấy phép/);
      assert.deepEqual((await userNow()).licences, licences === '' ? [] : [licences]);
    }
  });

  it('is deleted: what is their own is freed, the rest goes with them, and the review says so', async () => {
    const { id } = await userNow();
    await hung.person.submit({ verb: 'delete-user', id });
    const review = await hung.see(/Giấy phép từ nhóm/);
    assert.match(
      wordsOf(review),
      /Giấy phép từ nhóm, hết cùng với người dùng\nMicrosoft 365 Business Standard \(từ nhóm/,
    );
    await hung.press(review, 'Xóa người dùng', { typedName: name });
    await hung.see(/Đã xóa người dùng/);
    assert.ok(await bot.sandbox.world.get('deletedUser', tenantId, id));
  });
});
