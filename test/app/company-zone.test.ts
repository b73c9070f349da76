import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { choice } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { liveIn } from '../helpers/zones.ts';

const titles = (card: Received) => buttonsOf(card.activity).map(({ title }) => title);

describe('the time zone of a partner company', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    await liveIn(bot, seedTenants.contoso, 'US');
    [hung, lan] = await Promise.all([
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
    ]);
  });
  after(() => bot.stop());

  async function company(desk: Desk): Promise<Received> {
    await desk.person.say('công ty');
    return desk.see(/Giờ mà khách hàng đọc/);
  }

  const page = async (code: string) => (await fetch(`${bot.url}/offers/${code}?lang=vi`)).text();

  it('is the usual one of its country until somebody chooses, and the card says so', async () => {
    const card = await company(lan);
    assert.match(wordsOf(card), /Giờ mà khách hàng đọc: \ngiờ New York \(bây giờ là \d\d:\d\d ngày/);
    assert.match(wordsOf(card), /Hoa Kỳ có 8 múi giờ và chưa ai chọn, nên tạm dùng giờ của New York City/);
    assert.ok(!titles(card).includes('Chọn múi giờ'), 'only a Global administrator chooses');
    await lan.person.submit({ verb: 'company-zone' });
    await lan.see(/cần vai trò Quản trị viên toàn cầu/);
    const { offer } = await publishedAt(bot, 'before');
    assert.match(await page(offer.code), /giờ New York ngày/);
  });

  it('is chosen by a Global administrator among those of the country, with name and day', async () => {
    await hung.press(await company(hung), 'Chọn múi giờ');
    let form = await hung.see(/Công ty bạn ở múi giờ nào/);
    await hung.press(form, 'Lưu múi giờ', { zone: 'Asia/Tokyo' });
    form = await hung.see(/Mã tra cứu/);
    const zone = choice(form, 'zone', /^Chicago: bây giờ là \d\d:\d\d giờ Chicago/);
    await hung.press(form, 'Lưu múi giờ', { zone });
    const said = /giờ Chicago \(bây giờ[^\n]*\nTrần Văn Hùng chọn ngày \d{2}\/\d{2}\/\d{4}\./;
    assert.match(wordsOf(await hung.see(/Giờ mà khách hàng đọc/)), said);
    assert.match(wordsOf(await company(lan)), said);
    const { offer } = await publishedAt(bot, 'after');
    assert.match(await page(offer.code), /giờ Chicago ngày/);
    const { stated } = (await bot.app.storage.companyZones.find(seedTenants.contoso)) ?? {};
    assert.deepEqual([stated?.zone, stated?.by.objectId], [zone, seedAccounts.globalAdmin.objectId]);
    await hung.person.say('lịch sử');
    assert.match(wordsOf(await hung.see(/Chọn múi giờ của công ty/)), /America\/Chicago/);
  });

  it('is there after a restart while Microsoft is away', async () => {
    bot.sandbox.faults.add({ kind: 'unavailable', times: 99, match: { path: '/organization' } });
    await bot.restart();
    assert.match(await page((await publishedAt(bot, 'later')).offer.code), /giờ Chicago ngày/);
    bot.sandbox.faults.clear();
  });

  it('follows the company into another country within a day', async () => {
    await liveIn(bot, seedTenants.contoso, 'VN');
    await bot.sandbox.clock.advance(25 * 60 * 60 * 1000);
    const code = (await publishedAt(bot, 'moved')).offer.code;
    // Nobody waits for Microsoft where a country is known: the first look asks.
    await page(code);
    const kept = async () => (await bot.app.storage.companyZones.find(seedTenants.contoso))?.country;
    await waitUntil(async () => ((await kept()) === 'VN' ? true : undefined), { what: 'the new country' });
    await lan.person.say('công ty');
    const card = await lan.see(/Theo quốc gia của công ty bạn ở Microsoft: Việt Nam/);
    assert.match(wordsOf(card), /giờ Việt Nam/);
    assert.match(await page(code), /giờ Việt Nam ngày/);
  });
});

describe('a company whose country Microsoft does not tell', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
    bot.sandbox.faults.add({ kind: 'unavailable', times: 99, match: { path: '/organization' } });
  });
  after(() => bot.stop());

  it('has UTC by its name, and nothing waits for it', async () => {
    const { offer } = await publishedAt(bot, 'unknown');
    const page = await (await fetch(`${bot.url}/offers/${offer.code}?lang=en`)).text();
    assert.match(page, /Valid until \d\d:\d\d UTC on/);
  });
});
