import assert from 'node:assert/strict';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createHeadSeal } from '../../storage/audit-hash.ts';
import { loggedHead, verifyHistory } from '../../storage/audit-verification.ts';
import { startTestBot, type TestBot, testVaultKey, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown, sitDownInChina } from '../helpers/desk.ts';
import { clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';

describe('what is done without an operation', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await sitDown(bot, seedAccounts.adminAgent, { language: 'vi' });
  });
  after(() => bot.stop());

  const contoso = seedTenants.contoso;
  async function newest(company: string = contoso) {
    const [act] = await bot.app.storage.audit.ofCompany(company, { limit: 1, withoutMails: true });
    return [act?.verb, act?.actor?.objectId, act?.object];
  }
  const { objectId: lansId } = seedAccounts.sales;
  const { fabrikamGlobalAdmin } = seedAccounts;

  it('is in the history: that the company’s details are right, or wrong', async () => {
    await lan.person.say('công ty');
    await lan.press(await lan.see(/Chưa ai xác nhận/), 'Sai, nhờ quản trị viên sửa');
    await lan.see(/Có gì chưa đúng/);
    await lan.person.say('Số điện thoại là số cũ');
    await lan.see(/Lời của bạn được giữ lại/);
    assert.deepEqual(await newest(), ['say-company-wrong', lansId, '']);
    await confirmCompany(lan);
    assert.deepEqual(await newest(), ['confirm-company', lansId, '']);
  });

  it('is in the history: an offer that is published, answered, handed over and withdrawn', async () => {
    await lan.press(await previewOffer(lan, { find: 'fabrikam' }), 'Đăng và lấy liên kết');
    await lan.see(/Thư chào đã đăng/);
    assert.deepEqual(await newest(), ['offer-published', lansId, 'Fabrikam']);
    const offer = await newestOffer(bot, contoso);
    const client = { ...fabrikamGlobalAdmin, name: 'Fabrikam', domain: 'f', signInName: 'minh@fabrikam.vn' };
    await clientDoes(bot, offer, client, () => ({ do: 'decline', reason: 'Đắt quá' }));
    assert.deepEqual(await newest(), ['offer-declined', fabrikamGlobalAdmin.objectId, 'Fabrikam']);
    await lan.person.submit({ verb: 'offer-hand-over', offer: offer.id });
    await lan.press(await lan.see(/Chuyển/), 'Chọn', { colleague: seedAccounts.adminAgent.objectId });
    await lan.see(/Đã chuyển cho/);
    assert.deepEqual(await newest(), ['offer-handed-over', lansId, 'Fabrikam']);
    await lan.person.submit({ verb: 'offer-withdraw', offer: offer.id });
    await lan.press(await lan.see(/Rút/), 'Đúng, rút lại');
    await lan.see(/rút/i);
    assert.deepEqual(await newest(), ['offer-withdrawn', lansId, 'Fabrikam']);
  });

  it('is told line by line, the client’s own acts by the name of who did them', async () => {
    const ha = await sitDown(bot, seedAccounts.userAdmin, { language: 'vi' });
    await ha.person.say('lịch sử');
    const card = wordsOf(await ha.see(/Bạn thấy việc của cả công ty/));
    const lines = [
      /✓\nThư chào · Rút lại thư chào\n {2}Fabrikam\n.* · Nguyễn Thị Lan\n/,
      /✓\nThư chào · Chuyển người phụ trách\n {2}Fabrikam\n.*\n.* · Nguyễn Thị Lan\n/,
      /✓\nThư chào · Từ chối\n {2}khách hàng Fabrikam\n.* · Minh của Fabrikam\n/,
      /✓\nThư chào · Đăng\n {2}Fabrikam\n/,
      /✓\nXác nhận thông tin công ty là đúng\n.* · Nguyễn Thị Lan\n/,
      /✓\nBáo thông tin công ty bị sai\n.* · Nguyễn Thị Lan\n/,
    ];
    let after = -1;
    for (const line of lines) {
      const at = card.search(line);
      assert.ok(at > after, `${line} is not there, or not in its order: ${card}`);
      after = at;
    }
    assert.doesNotMatch(card, /Đắt quá/);
  });

  it('is in the history: a delegation that is recorded by hand, and its end', async () => {
    const company = seedAccounts.chinaGlobalAdmin;
    const wei = await sitDownInChina(bot, company);
    await wei.person.say('delegations');
    await wei.press(await wei.see(/Delegated administration by client/), 'Record one');
    const form = await wei.see(/Record delegated administration/);
    await wei.press(form, 'Record', { name: 'Fourth Coffee', level: 'full', days: '40' });
    const card = await wei.see(/Recorded as you said/);
    assert.deepEqual(await newest(company.tenantId), [
      'record-delegation',
      company.objectId,
      'Fourth Coffee',
    ]);
    await wei.press(card, 'It has ended');
    await wei.see(/Recorded as ended/);
    assert.deepEqual(await newest(company.tenantId), [
      'record-delegation-end',
      company.objectId,
      'Fourth Coffee',
    ]);
  });

  it('is in the history: that somebody signed out', async () => {
    await lan.person.say('đăng xuất');
    await lan.see(/đã đăng xuất/i);
    assert.deepEqual(await newest(), ['sign-out', lansId, '']);
  });

  it('is one whole chain for each company, while the bot runs, and as its log says', async () => {
    const logged = bot
      .logged()
      .split('\n')
      .flatMap((line) => loggedHead(line) ?? []);
    const seal = createHeadSeal(testVaultKey);
    const found = await verifyHistory({ file: `${bot.folder}/bot.sqlite` }, { seal, logged });
    assert.deepEqual(
      found.map(({ company, faults }) => [company, faults]).toSorted(),
      [contoso, seedAccounts.chinaGlobalAdmin.tenantId].map((company) => [company, []]).toSorted(),
    );
    const rows = found.reduce((sum, each) => sum + each.rows, 0);
    assert.ok(rows >= 10, `${rows} rows`);
    assert.deepEqual(logged.at(-1)?.count, found.find(({ company }) => company === contoso)?.head?.count);
  });
});
