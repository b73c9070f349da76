import assert from 'node:assert/strict';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { openSignIn, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown, sitDownInChina } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const titlesOf = (received: { activity: object }) =>
  buttonsOf(received.activity).map(({ title }) => title ?? '');

/** Each with what its authorisations card says, in the order of the card. */
const companies = [
  ['globalAdmin', 'Contoso Partner', ['Có', 'Có', 'Không', 'Có, bán trực tiếp', 'Microsoft toàn cầu']],
  ['advisorGlobalAdmin', 'Fourth Coffee Tư vấn', ['Có', 'Có', 'Có', 'Không', 'Microsoft toàn cầu']],
  [
    'withoutDelegationGlobalAdmin',
    'Northwind Đối tác',
    ['Có', 'Không', 'Chưa biết, coi như chưa có', 'Không', 'Microsoft toàn cầu'],
  ],
  [
    'chinaGlobalAdmin',
    'Tailspin 21Vianet',
    ['Có', 'Có', 'Không', 'Có, bán trực tiếp', '21Vianet (Trung Quốc)'],
  ],
  ['nothingAuthorisedGlobalAdmin', 'Litware Mới', ['Không', 'Không', 'Không', 'Không', 'Microsoft toàn cầu']],
] as const;

describe('the five partner companies', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  for (const [name, companyName, values] of companies) {
    it(`${companyName}: its overview, its authorisations, and support access by them`, async () => {
      const account = seedAccounts[name];
      const sit = name === 'chinaGlobalAdmin' ? sitDownInChina : sitDown;
      const admin = await sit(bot, account, { language: 'vi' });
      await admin.person.say('tổng quan');
      const overview = await admin.see(/Tổng quan/);
      assert.match(wordsOf(overview), new RegExp(`Công ty bạn · ${companyName}`));
      for (const title of ['Thêm người dùng', 'Người dùng', 'Ủy quyền', 'Lịch sử'])
        assert.ok(titlesOf(overview).includes(title), title);

      await admin.person.say('uy quyen cua cong ty');
      const card = wordsOf(await admin.see(/Những gì Microsoft/)).split('\n');
      const labels = [
        'Cung cấp dịch vụ cho khách hàng',
        'Quản trị ủy nhiệm',
        'Cố vấn gói đăng ký',
        'Đại lý CSP',
        'Đám mây',
      ];
      const shown = labels.map((label) => card[card.indexOf(label) + 1]);
      assert.deepEqual(shown, values);

      await admin.person.say('tôi làm được gì');
      const rights = wordsOf(await admin.see(/Bạn làm được gì/));
      const support = /Cho quyền hỗ trợ khách hàng Giới hạn\n(.*)/.exec(rights)?.[1] ?? '';
      assert.match(support, values[1] === 'Có' ? /^Được$/ : /^Cần ủy quyền: Quản trị ủy nhiệm$/);
    });
  }

  it('are each staff of their own, and a client is none', async () => {
    const client = await sitDown(bot, seedAccounts.fabrikamGlobalAdmin);
    await client.person.say('authorisations');
    assertReference(bot, await client.see(/Only staff/));
    await client.person.say('history');
    assertReference(bot, await client.see(/Only staff/));
    // A name is not looked up for who is no staff.
    await client.person.say('Nguyen');
    await client.see(/Overview/);
  });
});

describe('the cloud operated by 21Vianet', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());
  afterEach(() => bot.sandbox.faults.clear());

  it('has a sign-in page of its own, and the other one does not take its people', async () => {
    const person = bot.channel.person();
    await person.say('english');
    const asked = await person.waitFor((each) => titlesOf(each).includes('Sign in'));
    const links = buttonsOf(asked.activity).flatMap(({ url }) => (url === undefined ? [] : [url]));
    assert.equal(links.length, 2);
    const [worldwide = '', china = ''] = links;
    const wrong = await openSignIn(worldwide, seedAccounts.chinaGlobalAdmin).catch(() => undefined);
    assert.equal(wrong?.code ?? '', '');
    const right = await openSignIn(china, seedAccounts.chinaGlobalAdmin);
    assert.match(right.code, /^\d{6}$/);
    await person.say(right.code);
    await person.waitFor((each) => /Li Wei \(li\.wei@tailspin\.cn\)/.test(wordsOf(each)));
  });

  it('lists its users, and adds one, without a word to the other cloud', async () => {
    const li = await sitDownInChina(bot, seedAccounts.chinaGlobalAdmin);
    const from = bot.sandbox.requests().length;
    await li.person.say('users');
    const list = wordsOf(await li.see(/li\.wei@tailspin\.cn/));
    assert.match(list, /Chen Min/);
    await li.confirm('Wang Fang');
    assert.match(wordsOf(await li.see(/Done: add a user/)), /https:\/\/portal\.partner\.microsoftonline\.cn/);
    const made = await bot.sandbox.world.all('user', seedTenants.china);
    assert.ok(made.some(({ displayName }) => displayName === 'Wang Fang'));
    const hosts = new Set(
      bot.sandbox
        .requests()
        .slice(from)
        .map(({ path }) => path.split('/')[1] ?? ''),
    );
    assert.ok(hosts.size > 0);
    assert.deepEqual(
      [...hosts].filter((host) => !host.endsWith('.cn')),
      [],
    );
  });

  it('tells of its faults, with its own portal as the way by hand', async () => {
    const li = await sitDownInChina(bot, seedAccounts.chinaGlobalAdmin);
    bot.sandbox.faults.add({
      kind: 'unavailable',
      match: { path: 'chinacloudapi.cn/v1.0/users' },
      times: 20,
    });
    await li.person.say('users');
    assertReference(bot, await li.see(/not working at the moment|unavailable|Something went wrong/i));
    bot.sandbox.faults.clear();
    const chen = (await bot.sandbox.world.all('user', seedTenants.china)).find(
      ({ displayName }) => displayName === 'Chen Min',
    );
    const clerk = await sitDownInChina(bot, { tenantId: seedTenants.china, objectId: chen?.id ?? '' });
    await clerk.person.say('add user');
    const refused = await clerk.see(/cannot do this yet/);
    const portal = buttonsOf(refused.activity).find(({ url }) => url !== undefined);
    assert.match(portal?.url ?? '', /^https:\/\/portal\.partner\.microsoftonline\.cn\//);
  });
});

describe('two partner companies', () => {
  let bot: TestBot;
  let contoso: Desk;
  let other: Desk;
  before(async () => {
    bot = await startTestBot();
    contoso = await sitDown(bot, seedAccounts.globalAdmin);
    other = await sitDown(bot, seedAccounts.advisorGlobalAdmin);
  });
  after(() => bot.stop());

  it('do not see users of each other, by name or by id', async () => {
    await other.person.say('users Hùng');
    await other.see(/Nobody fits|nobody/i);
    await other.person.submit({ verb: 'user', id: seedAccounts.globalAdmin.objectId });
    assertReference(bot, await other.see(/not found|no longer/i));
  });

  it('do not see what the other did, nor can they go on with it', async () => {
    await contoso.confirm('Trần Riêng Tư');
    await contoso.see(/Done: add a user/);
    const [operation] = await operationsOf(bot);
    assert.ok(operation);
    await other.person.say('history');
    assert.match(wordsOf(await other.see(/History/)), /Nothing has been recorded/);
    await other.person.say('history Hùng');
    assert.doesNotMatch(wordsOf(await other.see(/History/)), /tu\.tran|Trần Văn Hùng/);
    const verbs = ['operation-retry', 'operation-skip', 'operation-undo', 'operation-show', 'new-password'];
    for (const verb of [...verbs, 'approval-withdraw']) {
      await other.person.submit({ verb, operation });
      assertReference(bot, await other.see(/Reference number/));
    }
    assert.equal((await operationsOf(bot)).length, 1);
  });

  it('do not decide requests of each other, even with the nonce', async () => {
    const mate = await sitDown(bot, seedAccounts.privilegedRoleAdmin);
    const card = await contoso.openReview('Trần Cần Duyệt', { role: roleTemplates.globalAdministrator });
    await contoso.press(card, 'Send for approval', { reason: 'x' });
    const asked = await mate.see(/Approve/);
    const { nonce } = dataOf(asked, 'Approve');
    assert.equal(typeof nonce, 'string');
    for (const verb of ['approve', 'decline']) {
      await other.person.submit({ ...dataOf(asked, 'Decline'), ...dataOf(asked, 'Approve'), verb });
      assertReference(bot, await other.see(/Reference number/));
    }
    await other.person.say('approvals');
    assert.doesNotMatch(wordsOf(await other.see(/Approvals/)), /Cần Duyệt|duyet\.tran/);
    await mate.press(asked, 'Decline');
    await mate.press(await mate.see(/Why do you decline/), 'Decline', { why: 'Not now' });
    await contoso.see(/declined/);
  });

  it('do not choose a helper of the other, and do not reach one', async () => {
    await contoso.person.say('set helper');
    const form = await contoso.see(/Who gets it/);
    assert.doesNotMatch(wordsOf(form), /fourthcoffee/);
    await contoso.press(form, 'Choose', { colleague: seedAccounts.globalAdmin.objectId });
    await contoso.see(/From now on/);
    await other.person.say('set helper');
    const theirs = await other.see(/Who gets it/);
    assert.doesNotMatch(wordsOf(theirs), /contosopartner/);
    await other.press(theirs, 'Choose', { colleague: seedAccounts.globalAdmin.objectId });
    assertReference(bot, await other.see(/choose one of the values/));
    await other.person.say('cancel');
    const before = contoso.person.received().length;
    await other.person.say('ask for help');
    await other.see(/has not chosen a helper/);
    assert.equal(contoso.person.received().length, before);
  });
});

describe('a guest', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  it('is told by the sign-in page why not, comes back to a page of ours, and signs in as somebody else', async () => {
    const person = bot.channel.person();
    await person.say('tiếng việt');
    const asked = await person.waitFor((each) => titlesOf(each).includes('Đăng nhập'));
    const link = buttonsOf(asked.activity).find(({ url }) => url !== undefined)?.url ?? '';
    const toMicrosoft = await fetch(link, { redirect: 'manual' });
    const { tenantId, objectId } = seedAccounts.guest;
    const picked = await fetch(toMicrosoft.headers.get('location') ?? '', {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: `${tenantId}/${objectId}` }),
    });
    assert.equal(picked.status, 400);
    const page = await picked.text();
    assert.match(page, /AADSTS50020/);
    const cancel = /href="([^"]*error=access_denied[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = await fetch(cancel, { headers: { 'accept-language': 'vi' } });
    assert.equal(back.status, 400);
    const ours = await back.text();
    assert.match(ours, /Chưa đăng nhập được/);
    assert.match(ours, /tài khoản công việc của chính công ty bạn/);
    assert.match(ours, /Mã tra cứu: [2-9A-Z]{8}/);
    // The link still works: nothing was redeemed.
    const { code } = await openSignIn(link, seedAccounts.plain);
    await person.say(code);
    await person.waitFor((each) => /Bùi Ngọc Trâm/.test(wordsOf(each)));
  });
});

async function operationsOf(bot: TestBot): Promise<string[]> {
  const { tenantId, objectId } = seedAccounts.globalAdmin;
  const found = await bot.app.storage.operations.ofActor(
    { tenantId, objectId },
    ['running', 'done', 'failed', 'waiting-sign-in'],
    10,
  );
  return found.map(({ id }) => id);
}
