import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, sitDownInChina } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('domains, own subscriptions and settings', () => {
  let bot: TestBot;
  let tram: Desk;
  let en: Desk;
  before(async () => {
    bot = await startTestBot();
    [tram, en] = await Promise.all([
      sitDown(bot, seedAccounts.plain, { language: 'vi' }),
      sitDown(bot, seedAccounts.licenceAdmin),
    ]);
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  it('lists domains, the default first and what is not verified last', async () => {
    await tram.person.say('tên miền');
    const card = await tram.see(/3 tên miền/);
    assert.match(
      wordsOf(card),
      /Mặc định\ncontosopartner\.vn\nĐã xác minh · Tên miền ban đầu của Microsoft\ncontosopartner\.onmicrosoft\.com\nChưa xác minh\nmoi\.contosopartner\.vn/,
    );
    assert.match(
      JSON.stringify(card.activity),
      /https:\/\/admin\.microsoft\.com\/Adminportal\/Home#\/Domains/,
    );
    await en.person.say('domains');
    await en.see(/3 domains[\s\S]*Default\ncontosopartner\.vn/);
  });

  it('shows what was bought and used, with the date in the person’s own way', async () => {
    await tram.person.say('gói đăng ký');
    const words = wordsOf(await tram.see(/5 gói đăng ký/));
    assert.match(
      words,
      /Business Premium\n█{20}\nĐang dùng 10 trên 10 giấy phép · đã hết\nĐang hoạt động\n · đến hạn \d{2}\/\d{2}\/\d{4}/,
    );
    assert.match(words, /Business Standard\n█{13}\n░{7}\nĐang dùng 17 trên 25 giấy phép · còn 8/);
    assert.match(
      words,
      /Fabric \(Free\)\n█\n░{19}\nĐang dùng \d+ trên 10\.000 giấy phép[\s\S]*không có ngày đến hạn/,
    );
    assert.match(words, /Business Standard\n░{20}\nĐang dùng 0 trên 8 giấy phép · còn 8\nTạm ngưng/);
    assert.match(words, /Microsoft chỉ đếm giấy phép đang dùng theo sản phẩm/);
    await en.person.say('subscriptions');
    const english = wordsOf(await en.see(/5 subscriptions/));
    assert.match(english, /10 of 10 licences in use · none left\nActive\n · due on \d{2}\/\d{2}\/\d{4}/);
    assert.match(english, /of 10,000 licences/);
  });

  it('marks trials, counts what is too much, and says a state that it does not know as Microsoft does', async () => {
    const { tenantId } = seedAccounts.plain;
    const [standard] = await bot.sandbox.world.all('subscription', tenantId);
    assert.ok(standard);
    const put = (change: Partial<typeof standard>) =>
      bot.sandbox.world.put('subscription', tenantId, standard.id, { ...standard, ...change });
    await put({ isTrial: true, totalLicenses: 2, status: 'Enabled' });
    await en.person.say('subscriptions');
    const words = wordsOf(await en.see(/5 subscriptions/));
    assert.match(
      words,
      / {2}Trial\n█{20}\n\d+ of 2 licences in use · \d+ too many\nActive\n · trial ends on/,
    );
    await put({ status: 'Unheard' });
    await en.person.say('subscriptions');
    assert.match(
      wordsOf(await en.see(/5 subscriptions/)),
      /Status at Microsoft: Unheard\n · changes state on/,
    );
    await put({});
  });

  it('shows many page by page', async () => {
    const { tenantId } = seedAccounts.plain;
    const [one] = await bot.sandbox.world.all('subscription', tenantId);
    assert.ok(one);
    const ids = Array.from({ length: 6 }, (_, index) => `${one.id.slice(0, -1)}${index}`).filter(
      (id) => id !== one.id,
    );
    for (const id of ids) await bot.sandbox.world.put('subscription', tenantId, id, { ...one, id });
    await en.person.say('subscriptions');
    const first = await en.see(/showing 1–8/);
    await en.press(first, 'Show more');
    await en.see(/showing 9–/);
    await en.person.submit({ verb: 'subscriptions', from: '-1e9' });
    await en.see(/showing 1–8/);
    for (const id of ids) await bot.sandbox.world.remove('subscription', tenantId, id);
  });

  it('gives Microsoft’s own pages for what it does not change', async () => {
    await tram.person.say('cài đặt dịch vụ');
    const card = await tram.see(/Cài đặt dịch vụ/);
    const urls = buttonsOf(card.activity).flatMap(({ url }) => (url === undefined ? [] : [url]));
    assert.equal(urls.length, 5);
    assert.ok(
      urls.every((url) => /^https:\/\/[\w.]+\.microsoft\.com\//.test(url)),
      urls.join(),
    );
    const wei = await sitDownInChina(bot, seedAccounts.chinaGlobalAdmin);
    await wei.person.say('service settings');
    const china = await wei.see(/Service settings/);
    const theirs = buttonsOf(china.activity).flatMap(({ url }) => (url === undefined ? [] : [url]));
    assert.ok(theirs.length > 0 && theirs.every((url) => /^https:\/\/[\w.]+\.cn\//.test(url)), theirs.join());
    await wei.person.say('subscriptions');
    await wei.see(/2 subscriptions/);
  });

  it('Microsoft out of order is told with what to do', async () => {
    bot.sandbox.faults.add({ kind: 'unavailable', times: 99, match: { path: '/directory/subscriptions' } });
    await en.person.say('subscriptions');
    assertReference(bot, await en.see(/out of order[\s\S]*Try again in a few minutes/));
  });
});
