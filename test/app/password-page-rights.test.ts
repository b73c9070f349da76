import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn, startTestBot, type TestBot } from '../helpers/app.ts';
import { createCookieBrowser } from '../helpers/cookie-browser.ts';
import { changeUser, type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

const { userAdmin } = seedAccounts;

describe('the page that shows a password', () => {
  let bot: TestBot;
  let ha: Desk;
  before(async () => {
    bot = await startTestBot();
  });
  beforeEach(async () => {
    ha = await sitDown(bot, userAdmin);
  });
  after(() => bot.stop());

  async function made(fullName: string): Promise<string> {
    await ha.confirm(fullName);
    const card = await ha.see(/Done: add a user/);
    return buttonsOf(card.activity).find(({ title }) => title === 'Show the password')?.url ?? '';
  }

  const look = async (address: string, cookie = ha.cookie) => {
    const answer = await fetch(address, { headers: { cookie } });
    return { status: answer.status, page: await answer.text() };
  };

  async function reveal(address: string, page: string): Promise<string> {
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const headers = { cookie: ha.cookie };
    const shown = await fetch(address, { method: 'POST', headers, body: new URLSearchParams({ token }) });
    return /id="secret"[^>]*>([^<]+)</.exec(await shown.text())?.[1] ?? '';
  }

  it('shows nothing to who is blocked since, and the password once they are not', async () => {
    const address = await made('Lê Bị Chặn');
    const { page } = await look(address);
    await changeUser(bot, 'Phạm Thu Hà', { accountEnabled: false });
    assert.equal(await reveal(address, page), '');
    assert.equal((await look(address)).status, 403);
    await changeUser(bot, 'Phạm Thu Hà', { accountEnabled: true });
    assert.equal((await reveal(address, page)).length, 16);
  });

  it('shows nothing to who has lost the role since', async () => {
    const address = await made('Lê Mất Vai');
    const { page } = await look(address);
    const { world } = bot.sandbox;
    const held = (await world.all('roleAssignment', userAdmin.tenantId)).filter(
      (each) => each.principalId === userAdmin.objectId,
    );
    for (const { id } of held) await world.remove('roleAssignment', userAdmin.tenantId, id);
    assert.equal(await reveal(address, page), '');
    for (const each of held) await world.put('roleAssignment', userAdmin.tenantId, each.id, each);
    assert.equal((await reveal(address, page)).length, 16);
  });

  it('uses nothing up while Microsoft cannot say who may see it', async () => {
    const address = await made('Lê Chờ Máy');
    const { page } = await look(address);
    bot.sandbox.faults.add({ kind: 'unavailable', times: 50, match: { path: '/roleAssignments' } });
    const answer = await look(address);
    assert.equal(answer.status, 503);
    const reference = /Reference number: ([2-9A-Z]{8})|Mã tra cứu: ([2-9A-Z]{8})/.exec(answer.page);
    assert.match(bot.logged(), new RegExp(`"reference":"${reference?.[1] ?? reference?.[2]}"`));
    assert.equal(await reveal(address, page), '');
    bot.sandbox.faults.clear();
    assert.equal((await reveal(address, page)).length, 16);
  });

  it('is left with the chat: a session of before the sign-out shows nothing, a new sign-in does', async () => {
    const address = await made('Lê Đăng Xuất');
    const { page } = await look(address);
    await ha.person.say('sign out');
    await ha.see(/signed out/i);
    assert.equal(await reveal(address, page), '');
    assert.match((await look(address)).page, /\/sign-in\?lang=/);
    const browser = createCookieBrowser();
    const asked = await browser.open(`${address.replace(/\?.*/, '')}/sign-in`, { method: 'POST' });
    const { page: back } = await openSignIn(asked.at, userAdmin, browser);
    assert.match(back, /name="token"/);
    // Nobody works as this account in a chat, so nothing is kept with which somebody could.
    assert.equal(await bot.app.storage.tokens.load(userAdmin), undefined);
  });
});
