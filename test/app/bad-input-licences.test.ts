import assert from 'node:assert/strict';
import { products } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, changeUser, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';

const { tenantId } = seedAccounts.globalAdmin;
const { enterpriseE3, businessPremium, businessStandard } = products;

describe('a licence that cannot be given', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'en' });
    lan = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
  });
  after(() => bot.stop());

  /** Leaves so many licences of E3: one is in use from the start. */
  async function buyE3(enabled: number): Promise<void> {
    const sku = await bot.sandbox.world.get('sku', tenantId, enterpriseE3.skuId);
    assert.ok(sku);
    await bot.sandbox.world.put('sku', tenantId, enterpriseE3.skuId, { ...sku, enabled });
  }

  async function licencesOf(name: string): Promise<readonly string[] | undefined> {
    return (await usersNamed(bot, name))[0]?.licences;
  }

  it('is refused on the form when none is left, or it is not the company’s', async () => {
    const details = await lan.openDetails('Đỗ Văn Hết');
    assert.match(wordsOf(details), /Business Premium .*(hết|không còn)/i);
    await lan.press(details, 'Xem lại', { licences: businessPremium.skuId });
    const none = await lan.see(/Business Premium không còn giấy phép|Business Premium .*hết/i);
    assertReference(bot, none, 'vi');
    await lan.press(none, 'Xem lại', { licences: '11111111-1111-4111-8111-111111111111' });
    const foreign = await lan.see(/không thuộc công ty/);
    assertReference(bot, foreign, 'vi');
    await lan.press(foreign, 'Xem lại', { licences: businessStandard.skuId });
    await lan.see(/Bước 3\/3/);
  });

  it('that was used up since the review stops that step; it goes on once one is free', async () => {
    await buyE3(5);
    const review = await hung.openReview('Phan Thu Về', { licences: enterpriseE3.skuId });
    await buyE3(1);
    await hung.press(review, 'Add a user');
    const failed = await hung.see(/Not finished/);
    assert.match(wordsOf(failed), /no licence left/i);
    assertReference(bot, failed);
    assert.deepEqual(await licencesOf('Phan Thu Về'), []);
    await hung.press(failed, 'Try again');
    const again = await hung.see(/Not finished/);
    assert.notEqual(assertReference(bot, again), assertReference(bot, failed));
    await buyE3(5);
    await hung.press(again, 'Try again');
    await hung.see(/Done: add a user/);
    assert.deepEqual(await licencesOf('Phan Thu Về'), [enterpriseE3.skuId]);
  });

  it('that was used up may be left out', async () => {
    await buyE3(5);
    const review = await lan.openReview('Phan Bỏ Qua', { licences: enterpriseE3.skuId });
    await buyE3(1);
    await lan.press(review, 'Thêm người dùng');
    const failed = await lan.see(/Chưa xong/);
    assertReference(bot, failed, 'vi');
    await lan.press(failed, 'Bỏ qua bước này');
    assert.match(wordsOf(await lan.see(/Đã thêm người dùng/)), /giấy phép \(bỏ qua\)/);
    assert.deepEqual(await licencesOf('Phan Bỏ Qua'), []);
  });

  it('without a usage location is refused on the form', async () => {
    const details = await hung.openDetails('Ngô Vô Xứ');
    await hung.press(details, 'Review', { location: '', licences: businessStandard.skuId });
    const refused = await hung.see(/choose one of the values .*Usage location/i);
    assertReference(bot, refused);
    await hung.press(refused, 'Review', { location: 'VN' });
    await hung.see(/Step 3 of 3/);
  });

  it('is given in the end when the usage location was taken away in between', async () => {
    bot.sandbox.faults.add({ kind: 'unavailable', match: { path: '/assignLicense' } });
    await hung.confirm('Ngô Mất Xứ', { licences: businessStandard.skuId });
    await hung.see(/goes on/);
    await changeUser(bot, 'Ngô Mất Xứ', { usageLocation: null });
    const failed = await hung.see(/Not finished/);
    assert.match(wordsOf(failed), /has no usage location/);
    assertReference(bot, failed);
    await hung.press(failed, 'Try again');
    await hung.see(/Done: add a user/);
    const [user] = await usersNamed(bot, 'Ngô Mất Xứ');
    assert.deepEqual([user?.usageLocation, user?.licences], ['VN', [businessStandard.skuId]]);
  });
});
