import assert from 'node:assert/strict';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

const { tenantId } = seedAccounts.globalAdmin;
const { businessPremium, businessStandard, enterpriseE3, fabricFree } = products;

describe('changing a user’s licences', () => {
  let bot: TestBot;
  let mai: Desk;
  before(async () => {
    bot = await startTestBot();
    mai = await sitDown(bot, seedAccounts.licenceAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  async function openForm(name: string) {
    const [user] = await usersNamed(bot, name);
    await mai.person.submit({ verb: 'user', id: user?.id });
    await mai.press(await mai.see(new RegExp(`${name}.*@contosopartner`, 's')), 'Giấy phép');
    return mai.see(/Bỏ chọn là thu hồi/);
  }

  const licencesOf = async (name: string) => (await usersNamed(bot, name))[0]?.licences;

  it('gives and takes by ticks, with what is held ticked, and can be taken back', async () => {
    const form = await openForm('Ngô Văn Mạnh');
    assert.equal(valuesOf(form)['licences'], businessStandard.skuId);
    assert.match(wordsOf(form), /Business Standard · đang có/);
    await mai.press(form, 'Xem lại', { licences: `${enterpriseE3.skuId},${fabricFree.skuId}` });
    const review = await mai.see(/Bạn xem lại rồi xác nhận/);
    assert.match(wordsOf(review), /Giao thêm\nMicrosoft 365 E3/);
    assert.match(wordsOf(review), /Thu hồi\nMicrosoft 365 Business Standard/);
    await mai.press(review, 'Đổi giấy phép');
    const done = await mai.see(/Đã đổi giấy phép/);
    assert.deepEqual(
      (await licencesOf('Ngô Văn Mạnh'))?.toSorted(),
      [enterpriseE3.skuId, fabricFree.skuId].toSorted(),
    );
    await mai.press(done, 'Hoàn tác');
    await mai.see(/Đã đổi giấy phép/);
    assert.deepEqual(await licencesOf('Ngô Văn Mạnh'), [businessStandard.skuId]);
  });

  it('refuses what is not there, what is used up, and a form without a change', async () => {
    const form = await openForm('Dương Thị Mỹ');
    const held = businessStandard.skuId;
    const refused: [string, RegExp][] = [
      [held, /chưa đổi giấy phép nào/],
      [`${held},${businessPremium.skuId}`, /Business Premium đã hết/],
      [`${held},11111111-1111-4111-8111-111111111111`, /không thuộc công ty/],
    ];
    let card = form;
    for (const [licences, words] of refused) {
      await mai.press(card, 'Xem lại', { licences });
      card = await mai.see(words);
      assertReference(bot, card, 'vi');
    }
    await mai.press(card, 'Xem lại', { licences: '' });
    assert.match(wordsOf(await mai.see(/Bạn xem lại rồi xác nhận/)), /Thu hồi\n.*Business Standard/);
  });

  it('sets the usage location first for a person who has none', async () => {
    await changeUser(bot, 'Hoàng Thị Yến', { usageLocation: null });
    const form = await openForm('Hoàng Thị Yến');
    assert.match(wordsOf(form), /chưa có quốc gia sử dụng/);
    assert.equal(valuesOf(form)['location'], 'VN');
    await mai.press(form, 'Xem lại', { licences: fabricFree.skuId });
    const review = await mai.see(/Bạn xem lại rồi xác nhận/);
    assert.match(wordsOf(review), /Quốc gia sử dụng\nViệt Nam/);
    await mai.press(review, 'Đổi giấy phép');
    await mai.see(/Đã đổi giấy phép/);
    const [user] = await usersNamed(bot, 'Hoàng Thị Yến');
    assert.deepEqual([user?.usageLocation, user?.licences], ['VN', [fabricFree.skuId]]);
  });

  it('that were used up since the review stop there; nothing is taken either', async () => {
    const form = await openForm('Vũ Thanh Hiếu');
    await mai.press(form, 'Xem lại', { licences: enterpriseE3.skuId });
    const review = await mai.see(/Bạn xem lại rồi xác nhận/);
    const sku = await bot.sandbox.world.get('sku', tenantId, enterpriseE3.skuId);
    assert.ok(sku);
    await bot.sandbox.world.put('sku', tenantId, enterpriseE3.skuId, { ...sku, enabled: 1 });
    await mai.press(review, 'Đổi giấy phép');
    const failed = await mai.see(/Chưa xong/);
    assert.match(wordsOf(failed), /Không còn giấy phép/);
    assertReference(bot, failed, 'vi');
    assert.deepEqual(await licencesOf('Vũ Thanh Hiếu'), [businessPremium.skuId]);
  });
});
