import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, teamsProvesByDefault, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { leaks } from '../helpers/leak-check.ts';
import { countSeen, type Secret, type SecretKind, secretsSeen } from '../helpers/secrets-seen.ts';

/** Every bot of the suite is checked when it stops (test/helpers/app.ts); here is one that makes every secret. */
describe('secrets', () => {
  let bot: TestBot;
  let desk: Desk;
  let from: number;
  before(async () => {
    from = countSeen().secrets;
    bot = await startTestBot();
    desk = await sitDown(bot, seedAccounts.globalAdmin);
  });
  after(() => bot.stop());

  async function reveal(words: RegExp): Promise<string> {
    const card = await desk.see(words);
    const address = buttonsOf(card.activity).find(({ title }) => title === 'Show the password')?.url ?? '';
    const headers = { cookie: desk.cookie };
    const page = await (await fetch(address, { headers })).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const shown = await fetch(address, { method: 'POST', headers, body: new URLSearchParams({ token }) });
    return /id="secret"[^>]*>([^<]+)</.exec(await shown.text())?.[1] ?? '';
  }

  it('of a whole walk are in no log, no column, no file and no chat', async () => {
    await desk.confirm('Mai Kín Đáo');
    const first = await reveal(/Done: add a user/);
    const done = desk.person.received().findLast((each) => /Done: add a user/.test(wordsOf(each)));
    assert.ok(done);
    await desk.press(done, 'New password');
    const second = await reveal(/Done: set a new password/);
    assert.ok(first !== second && first.length === 16 && second.length === 16);
    // Expired in the middle: the token is fetched anew.
    bot.sandbox.faults.add({ kind: 'expired-token' });
    await desk.person.say('users');
    await desk.see(/Users/);
    await desk.person.say('sign out');
    await desk.see(/signed out/i);

    const made = await secretsSeen(from);
    const count = (kind: SecretKind) => made.filter((each) => each.kind === kind).length;
    const expected: [SecretKind, number][] = [
      ['password', 2],
      ['access token', 2],
      ['refresh token', 1],
      ['ID token', 1],
      ['authorization code', 1],
      ['PKCE verifier', 1],
      ['nonce', 1],
      ['6-digit code', teamsProvesByDefault ? 0 : 1],
      ['session cookie', 1],
    ];
    for (const [kind, least] of expected) {
      assert.ok(count(kind) >= least, `${kind}: ${count(kind)} seen`);
    }
    await bot.checkSecrets();
  });

  it('typed by mistake are answered, and neither kept nor logged', async () => {
    const typed = 'mat khau cua toi la Xuan-2026-Ha-Noi';
    await desk.person.say(typed);
    const { log, ...kept } = { log: bot.logged(), state: await stored() };
    assert.doesNotMatch(log, /Xuan-2026-Ha-Noi/);
    assert.doesNotMatch(JSON.stringify(kept), /Xuan-2026-Ha-Noi/);
  });

  async function stored(): Promise<unknown> {
    const { channelId, conversationId } = desk.person;
    return bot.app.storage.state.find(`${channelId}/${conversationId}`);
  }

  it('are found wherever they were put', async () => {
    const secrets: Secret[] = [
      { kind: 'password', value: 'aB3-=@_+"xyz1234' },
      { kind: '6-digit code', value: '048213' },
      { kind: 'authorization code', value: '0.abc/def+ghi=' },
    ];
    const places: [string, string][] = [
      ['plain', 'aB3-=@_+"xyz1234'],
      ['json', JSON.stringify({ text: 'aB3-=@_+"xyz1234' })],
      ['address', `?code=${encodeURIComponent('0.abc/def+ghi=')}`],
      ['text', 'type 048213 now'],
      ['longer numbers', '1048213 0482131 e048213-77'],
    ];
    assert.deepEqual(leaks(secrets, places), [
      'password in plain',
      'password in json',
      'authorization code in address',
      '6-digit code in text',
    ]);
  });
});
