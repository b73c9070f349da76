import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { openSignIn } from '../helpers/app.ts';
import { type ChannelSeat, type RegisteredBot, startRegisteredBot } from '../helpers/registered-bot.ts';

const victim = seedAccounts.globalAdmin;
const wrong = (code: string, by: number) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

/** The newest address of a sign-in that was shown in this conversation. */
async function linkIn(bot: RegisteredBot, seat: ChannelSeat): Promise<string> {
  const found = [
    ...(await bot.waitingFor(seat)).matchAll(/"(http[^"]*\/sign-in\/[^"]*cloud=worldwide[^"]*)"/g),
  ];
  return found.at(-1)?.[1] ?? assert.fail('no sign-in was offered');
}

describe("somebody else's account is not taken over", () => {
  let bot: RegisteredBot;
  afterEach(() => bot.stop());

  const accountOf = async (personKey: string) => (await bot.storage.people.find(personKey))?.account ?? null;

  it('from Teams, by a link that is passed on and codes that are guessed', async () => {
    bot = await startRegisteredBot();
    const stranger: ChannelSeat = {
      ...{ channelId: 'msteams', userId: '29:stranger', conversationId: 'a:stranger' },
      tenantId: 'bbbbbbbb-0000-4000-8000-000000000002',
      aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001',
    };
    assert.equal(await bot.say('sign in', stranger), 200);
    const { code } = await openSignIn(await linkIn(bot, stranger), victim);
    assert.match(code, /^\d{6}$/);
    for (let guess = 1; guess <= 60; guess++) await bot.say(wrong(code, guess), stranger);
    await bot.say(code, stranger);
    assert.equal(await accountOf('msteams/29:stranger'), null);
    assert.equal(await bot.storage.tokens.load(victim), undefined);
  });

  it('from Direct Line, which says whatever its client says about accounts', async () => {
    bot = await startRegisteredBot({ channels: ['msteams', 'directline'] });
    const attacker: ChannelSeat = {
      ...{ channelId: 'directline', userId: 'dl-attacker', conversationId: 'dl-1' },
      tenantId: victim.tenantId,
      aadObjectId: victim.objectId.toUpperCase(),
    };
    await bot.say('sign in', attacker);
    const { code } = await openSignIn(await linkIn(bot, attacker), victim);
    assert.match(code, /^\d{6}$/, 'a code is asked for: this channel proves nobody');
    assert.equal(await accountOf('directline/dl-attacker/dl-1'), null);
    assert.equal(await bot.storage.tokens.load(victim), undefined);
  });

  it('from another conversation of Direct Line, by an id that its client chose', async () => {
    bot = await startRegisteredBot({ channels: ['msteams', 'directline'] });
    const own: ChannelSeat = { channelId: 'directline', userId: 'chosen', conversationId: 'own' };
    await bot.say('sign in', own);
    const { code } = await openSignIn(await linkIn(bot, own), victim);
    await bot.say(code, own);
    assert.equal((await accountOf('directline/chosen/own'))?.objectId, victim.objectId);
    const other = { ...own, conversationId: 'other' };
    await bot.say('who am i', other);
    assert.equal(await accountOf('directline/chosen/other'), null);
    assert.doesNotMatch(await bot.waitingFor(other), new RegExp(victim.userPrincipalName));
  });

  it('from a channel that nobody switched on', async () => {
    bot = await startRegisteredBot();
    for (const channelId of ['directline', 'webchat'] as const)
      assert.equal(await bot.say('sign in', { channelId, userId: 'u', conversationId: 'c' }), 403);
    assert.equal(await bot.storage.signIns.newestOf('directline/u/c'), undefined);
  });

  it('but whom Teams proves is signed in without a code', async () => {
    bot = await startRegisteredBot();
    const own: ChannelSeat = {
      ...{ channelId: 'msteams', userId: '29:own', conversationId: 'a:own' },
      ...{ tenantId: victim.tenantId, aadObjectId: victim.objectId },
    };
    await bot.say('sign in', own);
    const { code, status } = await openSignIn(await linkIn(bot, own), victim);
    assert.deepEqual([status, code], [200, '']);
    assert.equal((await accountOf('msteams/29:own'))?.objectId, victim.objectId);
    assert.ok(await bot.storage.tokens.load(victim));
  });
});
