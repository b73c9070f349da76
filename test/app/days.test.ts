import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dayOf } from '../../partner/days.ts';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer, versionOf } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { hanoi, liveIn } from '../helpers/zones.ts';

/** Set where this file runs as one of the servers. */
const isServer = process.env['DAYS_SERVER'] === '1';

/** 06:30 on Sunday the 21st in Ha Noi, 19:30 on the 20th in New York; in Berlin clocks are put forward a week later. */
const morning = Date.parse('2027-03-20T23:30:00Z');
const { contoso } = seedTenants;
const minhOfFabrikam = {
  ...seedAccounts.fabrikamGlobalAdmin,
  ...{ name: 'Fabrikam', domain: 'fabrikam.vn', signInName: 'minh.doan@fabrikam.onmicrosoft.com' },
};

function stories(): void {
  let bot: TestBot;
  /** Their client tells no zone. */
  let lan: Desk;
  let minh: Desk;
  /** Works for the company in Viet Nam, from New York. */
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    await bot.sandbox.clock.advance(morning - bot.sandbox.clock.now());
    [lan, minh, hung] = await Promise.all([
      sitDown(bot, seedAccounts.sales, { language: 'vi', zone: null }),
      sitDown(bot, seedAccounts.fabrikamGlobalAdmin, { language: 'vi', zone: null }),
      sitDown(bot, seedAccounts.globalAdmin, { language: 'en', zone: 'America/New_York' }),
    ]);
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  const page = async (code: string) => (await fetch(`${bot.url}/offers/${code}?lang=vi`)).text();
  const mails = () => bot.sandbox.world.all('mail', contoso);
  const mailWith = (part: string) =>
    waitUntil(async () => (await mails()).find(({ text }) => text?.includes(part)), { what: `mail ${part}` });

  it('are those of the reader, wherever the server is', async () => {
    assert.equal(new Date(morning).getTimezoneOffset(), Number(process.env['DAYS_OFFSET']));
    await lan.person.say('công ty');
    assert.match(wordsOf(await lan.see(/giờ Việt Nam/)), /Lan xác nhận là đúng ngày 21\/03\/2027/);
    await hung.person.say('company');
    assert.match(wordsOf(await hung.see(/Vietnam time/)), /Lan confirmed this on 20\/03\/2027/);
  });

  it('begin at midnight of whoever fills a form: at 06:30 in Ha Noi today is today', async () => {
    await lan.person.say('mã sản phẩm');
    await lan.press(await lan.see(/Thiết lập bằng khóa sản phẩm/), 'Thiết lập mới');
    const inputs = { find: 'fabrikam', redeemer: 'client' };
    await lan.press(await lan.see(/Thiết lập mới bằng khóa/), 'Tiếp tục', inputs);
    await lan.press(await lan.see(/Có sẵn khóa/), 'Ghi đối tác phụ trách');
    const form = await lan.see(/Ai nói/);
    assert.equal(valuesOf(form)['on'], '2027-03-21');
    const said = { reportedBy: 'Minh', partnerId: '7654321' };
    await lan.press(form, 'Tiếp tục', { ...said, on: '2027-03-22' });
    await lan.press(await lan.see(/Ngày này chưa tới/), 'Tiếp tục', { ...said, on: '2027-03-21' });
    assert.match(
      wordsOf(await lan.see(/theo lời/)),
      /theo lời Minh ngày 21\/03\/2027\. .* ghi lại ngày 21\/03/,
    );
  });

  it('end for an offer at 23:59 of its company, on card, page and mail', async () => {
    const said = /Có hiệu lực đến 23:59 giờ Việt Nam ngày 04\/04\/2027/;
    const preview = await previewOffer(lan, { find: 'fabrikam', mail: minhOfFabrikam.signInName });
    assert.match(wordsOf(preview), said);
    await lan.press(preview, 'Gửi');
    await lan.see(/Thư chào đã đăng/);
    const offer = await newestOffer(bot, contoso);
    assert.equal(offer.expiresAt, Date.parse('2027-04-04T17:00:00Z') - 1);
    assert.match(await page(offer.code), said);
    assert.match((await mailWith(offer.code)).text ?? '', said);
    await minh.person.say(`offer ${offer.code}`);
    assert.match(wordsOf(await minh.see(/Business Standard/)), said);
    // The company's own people see what its clients see; a client whose chat tells a zone reads that one.
    await hung.person.say(`offer ${offer.code}`);
    assert.match(
      wordsOf(await hung.see(/Business Standard/)),
      /Valid until 23:59 Vietnam time on 04\/04\/2027/,
    );
    await minh.person.say(`offer ${offer.code}`, { localTimezone: 'Europe/Berlin' });
    const inBerlin = /đến 18:59 giờ Đức ngày 04\/04\/2027/;
    assert.match(wordsOf(await minh.see(inBerlin)), /Business Standard/);
    // Remembered, and what is no zone changes nothing.
    await minh.person.say(`offer ${offer.code}`, { localTimezone: 'Mars/Base' });
    assert.match(wordsOf(await minh.see(inBerlin)), /Business Standard/);
  });

  it('are said with the zone on the proof of an acceptance', async () => {
    const { offer } = await publishedAt(bot, 'accepted');
    await minh.person.say(`offer ${offer.code}`);
    await minh.press(await minh.see(/Business Standard/), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    await minh.press(await minh.see(/Xem lại rồi chấp nhận/), 'Chấp nhận');
    await minh.see(/Đã ghi nhận: công ty bạn chấp nhận/);
    assert.match(
      (await mailWith('12 giấy phép đã chấp nhận')).text ?? '',
      /06:3\d giờ Việt Nam ngày 21\/03\/2027/,
    );
  });

  it('are of the company’s calendar when its client agreed to something, which Microsoft gets as no future', async () => {
    const { offer } = await publishedAt(bot, 'agreed');
    const { id } = await clientDoes(bot, offer, minhOfFabrikam, ({ number, hash }) => ({
      ...{ do: 'accept', version: number, hash, seats: [7] },
    }));
    await hung.person.submit({ verb: 'offer-client', acceptance: id });
    await hung.press(await hung.see(/Look the order over/), 'Look the order over');
    let form = await hung.see(/Microsoft Customer Agreement/);
    assert.equal(valuesOf(form)['agreedOn'], '2027-03-21');
    const who = { lastName: 'Đoàn', firstName: 'Minh' };
    await hung.press(form, 'Continue', { ...who, agreedOn: '2027-03-22' });
    form = await hung.see(/cannot be after today, 21\/03\/2027, by your company’s calendar/);
    await hung.press(form, 'Continue', { ...who, agreedOn: '2027-03-21' });
    const review = await hung.see(/The last step/);
    assert.match(wordsOf(review), /on 21\/03\/2027/);
    await hung.press(review, buttonsOf(review.activity)[0]?.title ?? '');
    const agreed = await waitUntil(
      async () =>
        (await bot.sandbox.world.all('agreement', contoso)).find(
          ({ customerId, attested }) => customerId === seedTenants.fabrikam && attested !== undefined,
        ),
      { what: 'the agreement' },
    );
    const at = Date.parse(agreed.dateAgreed);
    assert.ok(at >= morning && at <= bot.sandbox.clock.now(), agreed.dateAgreed);
    assert.equal(dayOf(hanoi, at), '2027-03-21');
  });

  it('are remembered for what is drawn later: the end of an approval, for each who may give it', async () => {
    const { objectId: principalId } = seedAccounts.adminAgent;
    await bot.sandbox.world.put('roleAssignment', contoso, 'given', {
      ...{ id: 'given', principalId, createdAt: 0 },
      roleDefinitionId: roleTemplates.privilegedRoleAdministrator,
    });
    const [near, far] = await Promise.all([
      sitDown(bot, seedAccounts.privilegedRoleAdmin, { language: 'vi', zone: null }),
      sitDown(bot, seedAccounts.adminAgent, { zone: 'Europe/Berlin' }),
    ]);
    const [user] = await usersNamed(bot, 'Phạm Minh Đức');
    await hung.person.submit({ verb: 'role-grant', id: user?.id, role: roleTemplates.helpdeskAdministrator });
    await hung.press(await hung.see(/Reason/), 'Send for approval', { reason: 'Trực thay' });
    assert.match(wordsOf(await near.see(/Phạm Minh Đức/)), /Hạn duyệt: 22\/03\/2027 06:3\d giờ Việt Nam/);
    assert.match(wordsOf(await far.see(/Phạm Minh Đức/)), /Until 22\/03\/2027 00:3\d Central European Time/);
  });

  it('follow the company into a country whose clocks are put forward meanwhile', async () => {
    await liveIn(bot, contoso, 'DE');
    await bot.sandbox.clock.advance(25 * 60 * 60 * 1000);
    const kept = async () => {
      await page('none');
      await lan.person.say('tôi là ai');
      return (await bot.app.storage.companyZones.find(contoso))?.country === 'DE' ? true : undefined;
    };
    await waitUntil(kept, { what: 'the new country' });
    const said = /Có hiệu lực đến 23:59 giờ Đức ngày 05\/04\/2027/;
    const preview = await previewOffer(lan, { find: 'fabrikam', mail: minhOfFabrikam.signInName });
    assert.match(wordsOf(preview), said);
    await lan.press(preview, 'Gửi');
    await lan.see(/Thư chào đã đăng/);
    const offer = await newestOffer(bot, contoso);
    // Two hours from UTC by then, one when it went out.
    assert.equal(offer.expiresAt, Date.parse('2027-04-05T22:00:00Z') - 1);
    assert.equal((await versionOf(bot, offer)).expiresAt, offer.expiresAt);
    assert.match(await page(offer.code), said);
    assert.match((await mailWith(offer.code)).text ?? '', said);
  });
}

/** Zones of servers, with how far UTC is ahead of each at that moment, in minutes. */
const servers = { UTC: 0, 'America/New_York': 240, 'Pacific/Auckland': -780 } as const;

if (isServer) describe('days', stories);
else {
  describe('days and hours of people', function () {
    this.timeout(120_000);
    for (const [zone, offset] of Object.entries(servers)) {
      it(`are the same on a server in ${zone}`, async () => {
        const { code, said } = await runOnServer(zone, offset);
        assert.equal(code, 0, said);
        assert.match(said, /[1-9]\d* passing/);
      });
    }
  });
}

/** This very file, in a process of its own whose zone is this one. */
function runOnServer(zone: string, offset: number): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, TZ: zone, DAYS_SERVER: '1', DAYS_OFFSET: String(offset) };
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', 'test/app/days.test.ts'], {
    env,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, said }));
  });
}
