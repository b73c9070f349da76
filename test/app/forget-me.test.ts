import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Step } from '../../partner/operations.ts';
import { roleTemplates } from '../../sandbox/seed/known-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { openSignIn, signInAddress, startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { dataOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { placesOf } from '../helpers/leak-check.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { delegating } from '../jobs/fake-delegations.ts';

const { globalAdmin, privilegedRoleAdmin, sales, userAdmin, fabrikamGlobalAdmin } = seedAccounts;
const review = { vi: /Xóa dữ liệu của bạn\?/, en: /Delete your data\?/ };
const confirm = { vi: 'Xóa dữ liệu của tôi', en: 'Delete my data' };
const gone = { vi: /Đã xóa dữ liệu/, en: /data .*is deleted/ };

/** Everything has left the outbox, and what follows from it is stored. */
async function atRest(bot: TestBot): Promise<void> {
  const { outbox } = bot.app.storage;
  await waitUntil(async () => ((await outbox.nextDue()) === undefined ? true : undefined), {
    what: 'an empty outbox',
  });
}

/** Columns and files in which one of these texts still stands. */
async function keptIn(bot: TestBot, texts: readonly string[]): Promise<string[]> {
  await atRest(bot);
  const places = await placesOf({ log: '', chat: [], database: join(bot.folder, 'bot.sqlite') });
  const isOurs = (place: string) => place.startsWith('column') || place.startsWith('the file');
  // Files are read byte by byte, as latin1.
  const ways = (text: string) => [text, Buffer.from(text, 'utf8').toString('latin1')];
  return places
    .filter(([place, held]) => isOurs(place) && texts.flatMap(ways).some((text) => held.includes(text)))
    .map(([place]) => place);
}

async function forget(desk: Desk, language: 'vi' | 'en', typed: string): Promise<Received> {
  await desk.person.say(typed);
  const card = await desk.see(review[language]);
  await desk.press(card, confirm[language]);
  await desk.see(gone[language]);
  return card;
}

describe('being forgotten', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startTestBot();
  });
  afterEach(() => bot.stop());

  const findPerson = (desk: { person: { key: string } }) => bot.app.storage.people.find(desk.person.key);

  it('leaves of a client’s administrator the yes that binds the company, and nothing else', async () => {
    const { storage } = bot.app;
    const [minh, lan] = [
      await sitDown(bot, fabrikamGlobalAdmin, { language: 'vi' }),
      await sitDown(bot, sales, { language: 'vi' }),
    ];
    const account = await storage.accounts.find(fabrikamGlobalAdmin);
    assert.ok(account);
    const [accepted, declined] = [await publishedAt(bot, 'yes'), await publishedAt(bot, 'no')];
    await minh.person.say(`offer ${accepted.offer.code}`);
    await minh.press(await minh.see(/Business Standard/), 'Chấp nhận');
    await minh.press(await minh.see(/cần bao nhiêu giấy phép/), 'Tiếp tục', { seats0: '12' });
    await minh.press(await minh.see(/Xem lại rồi chấp nhận/), 'Chấp nhận');
    await minh.see(/Công ty bạn đã chấp nhận/);
    await minh.person.say(`offer ${declined.offer.code}`);
    const card = await minh.see(/Business Standard/);
    await minh.press(card, 'Hỏi');
    await minh.press(await minh.see(/Câu hỏi của bạn/), 'Gửi câu hỏi', { text: 'Hỏi thăm chín chín' });
    await minh.see(/Đã gửi câu hỏi/);
    await minh.press(card, 'Từ chối');
    await minh.press(await minh.see(/Lý do/), 'Từ chối', { text: 'Chê đắt bảy bảy' });
    await minh.see(/công ty bạn từ chối/);
    await lan.see(/đã từ chối/);
    const proofs = () => storage.operations.ofActor(sales, ['done'], 9);
    await waitUntil(async () => ((await proofs()).length === 1 ? true : undefined), { what: 'the proof' });
    const texts = ['Hỏi thăm chín chín', 'Chê đắt bảy bảy'];
    assert.ok((await keptIn(bot, texts)).includes('column offer_events.details'));

    await forget(minh, 'vi', 'Xóa dữ liệu của tôi');

    assert.deepEqual(await keptIn(bot, texts), []);
    const named = await keptIn(bot, [account.displayName, account.signInName]);
    assert.deepEqual(
      named.filter((place) => place.startsWith('column')),
      // The yes: on the timeline, as it stands, and in the history.
      [
        'column audit_texts.text',
        'column acceptances.person',
        'column offer_events.by_name',
        'column offer_events.details',
      ].toSorted((one, other) => named.indexOf(one) - named.indexOf(other)),
    );
    const yes = await storage.acceptances.ofClient('yes', seedTenants.fabrikam);
    assert.deepEqual([yes?.state, yes?.person.name], ['accepted', account.displayName]);
    const no = await storage.acceptances.ofClient('no', seedTenants.fabrikam);
    assert.deepEqual(
      [no?.state, no?.person, no?.reason],
      ['declined', { objectId: fabrikamGlobalAdmin.objectId, name: '', signInName: '' }, ''],
    );
    assert.equal(await storage.accounts.find(fabrikamGlobalAdmin), undefined);
    assert.ok(await storage.accounts.find(sales));
    // The seller sees that somebody did it, and that nobody knows who any more.
    await lan.person.submit({ verb: 'offer-open', offer: 'no' });
    assert.match(wordsOf(await lan.see(/Diễn biến|Từ chối/)), /\(đã xóa\), Fabrikam/);
    await minh.person.say('xin chào');
    await minh.see(/Partner Bot/);
  });

  it('leaves of staff their number in the history; what waits is withdrawn, and colleagues stay as they are', async () => {
    const { storage } = bot.app;
    const [hung, minh] = [await sitDown(bot, globalAdmin), await sitDown(bot, privilegedRoleAdmin)];
    const account = await storage.accounts.find(globalAdmin);
    assert.ok(account);
    const [bich] = await usersNamed(bot, 'Trần Thị Bích');
    const role = roleTemplates.helpdeskAdministrator;
    await hung.person.submit({ verb: 'role-grant', id: bich?.id, role });
    await hung.press(await hung.see(/Reason/), 'Send for approval', { reason: 'Weekend shift seven seven' });
    await hung.see(/Waiting for a second person/);
    const asked = await minh.see(/Trần Thị Bích/);
    // A mail that was sent, and one that failed: nobody sends it any more.
    const mail = (subject: string) => ({
      ...{ to: 'client@fabrikam.example', subject, text: 'Written by hand five five', html: '<p></p>' },
      about: { what: 'offer' },
    });
    const { tenantId, objectId } = globalAdmin;
    const actor = { tenantId, objectId };
    const stored = { ...delegating({}, 'sent'), kind: 'send-mail', actor, company: tenantId, steps: [] };
    await storage.commit({
      operations: [
        { add: { ...stored, status: 'done', args: mail('Subject five five') } },
        { add: { ...stored, id: 'failed', status: 'failed', args: mail('Subject five five') } },
      ],
      accounts: [account],
    });
    await publishedAt(bot, 'of-hung', {}, globalAdmin);
    // Work that failed, by hand.
    await hung.person.submit({ verb: 'user', id: bich?.id });
    await hung.press(await hung.see(/Trần Thị Bích.*@contosopartner/s), 'Block');
    const block = await hung.see(/Look it over/);
    await bot.sandbox.world.remove('user', tenantId, bich?.id ?? '');
    await hung.press(block, 'Block sign-in');
    await hung.see(/Not finished: block/);
    const texts = ['Weekend shift seven seven', 'Written by hand five five', 'Subject five five'];
    assert.ok((await keptIn(bot, texts)).includes('column approvals.reason'));

    await hung.person.say('forget me');
    const card = await hung.see(review.en);
    assert.match(wordsOf(card), /1 request that waits is withdrawn/);
    assert.match(wordsOf(card), /1 offer is still open to clients/);
    await bot.restart();
    await hung.press(card, confirm.en);
    await hung.see(gone.en);

    assert.deepEqual(await keptIn(bot, [...texts, account.displayName, account.signInName]), []);
    const [approval] = await bot.app.storage.approvals.waiting(tenantId);
    assert.equal(approval, undefined);
    const ended = await minh.see(/Request withdrawn/);
    assert.match(wordsOf(ended), /\(erased\)/);
    assert.doesNotMatch(wordsOf(ended), /Hùng|seven seven/);
    await minh.press(asked, 'Approve');
    await minh.see(/decided|withdrawn|over|no longer/i);
    const failed = await bot.app.storage.operations.find('failed');
    assert.deepEqual([failed?.status, failed?.args['text']], ['cancelled', '']);
    const rows = await bot.app.storage.audit.ofCompany(tenantId, { limit: 20 });
    assert.ok(rows.some(({ actor: by, verb }) => by?.objectId === objectId && verb === 'grant-role'));
    assert.ok(await bot.app.storage.accounts.find(privilegedRoleAdmin));
    const ha = await sitDown(bot, userAdmin);
    await ha.person.say('history');
    assert.match(wordsOf(await ha.see(/History/)), /Give a role\n.*\n.*\n.*\(erased\)/);
    // Whoever comes back with the same account finds nothing open.
    const back = await sitDown(bot, globalAdmin);
    assert.deepEqual(
      await bot.app.storage.operations.ofActor(globalAdmin, ['failed', 'waiting-approval'], 9),
      [],
    );
    assert.ok(await findPerson(back));
  });

  it('signs out in every chat, and the tokens are gone', async () => {
    const [one, other] = [await sitDown(bot, userAdmin), await sitDown(bot, userAdmin)];
    await forget(one, 'en', 'delete my data');
    assert.deepEqual(await bot.app.storage.people.signedInAs(userAdmin), []);
    assert.equal(await findPerson(other), undefined);
    assert.equal(await bot.app.storage.tokens.load(userAdmin), undefined);
    const page = await fetch(`${bot.url}/passwords/anything`, { headers: { cookie: one.cookie } });
    assert.doesNotMatch(await page.text(), /sign-out/);
    await other.person.say('who am i');
    await other.see(/not signed in|chưa đăng nhập/i);
  });

  const typed = {
    vi: ['quên tôi', 'quen toi', 'Xoá dữ liệu của tôi.', 'xoa du lieu cua toi', 'XÓA TÔI'],
    en: ['forget me', 'Delete my data!', 'erase my data'],
  };
  for (const language of ['vi', 'en'] as const) {
    for (const text of typed[language]) {
      it(`of somebody who never signed in, by “${text}”`, async () => {
        const person = bot.channel.person();
        await person.say(text);
        const card = await person.waitFor((each) => review[language].test(wordsOf(each)));
        assert.ok(await bot.app.storage.people.find(person.key));
        await person.submit(dataOf(card, confirm[language]));
        await person.waitFor((each) => gone[language].test(wordsOf(each)));
        assert.equal(await bot.app.storage.people.find(person.key), undefined);
      });
    }
  }

  it('happens once: a second press finds nothing to do, and the next word is a newcomer’s', async () => {
    const ha = await sitDown(bot, userAdmin);
    const card = await forget(ha, 'en', 'forget me');
    await bot.restart();
    await ha.press(card, confirm.en);
    await ha.see(/không còn dùng được/);
    assert.equal((await findPerson(ha))?.account, null);
    await ha.person.say('hello');
    assert.match(wordsOf(await ha.see(/Partner Bot/)), /Tiếng Việt/);
  });

  it('can be asked for while a form is open, and while a sign-in is', async () => {
    const ha = await sitDown(bot, userAdmin, { language: 'vi' });
    await ha.person.say('thêm người dùng');
    await ha.see(/Bước 1\/3/);
    await forget(ha, 'vi', 'quen toi');
    const person = bot.channel.person();
    await person.say('english');
    const asked = await person.waitFor((each) => signInAddress(each) !== undefined);
    await person.say('forget me');
    await person.waitFor((each) => review.en.test(wordsOf(each)));
    // The sign-in is not what is open any more.
    await person.say('tiếng việt');
    const card = await person.waitFor((each) => review.vi.test(wordsOf(each)));
    await person.submit(dataOf(card, confirm.vi));
    await person.waitFor((each) => gone.vi.test(wordsOf(each)));
    // The link that was open leads nowhere any more.
    const { status, code } = await openSignIn(signInAddress(asked) ?? '', userAdmin);
    assert.deepEqual([status >= 400, code], [true, '']);
  });

  it('can be called off', async () => {
    const ha = await sitDown(bot, userAdmin);
    await ha.person.say('forget me');
    await ha.press(await ha.see(review.en), 'Cancel');
    await ha.see(/Overview/);
    assert.ok(await bot.app.storage.accounts.find(userAdmin));
  });

  it('is not done to an account by a card that was drawn before it signed in', async () => {
    const person = bot.channel.person();
    await person.say('forget me');
    const card = await person.waitFor((each) => review.en.test(wordsOf(each)));
    await person.say('sign in');
    const asked = await person.waitFor((each) => signInAddress(each) !== undefined);
    const { code } = await openSignIn(signInAddress(asked) ?? '', userAdmin);
    if (code !== '') await person.say(code);
    await person.waitFor((each) => /You are working as/.test(wordsOf(each)));
    await person.submit(dataOf(card, confirm.en));
    await person.waitFor((each) => /nothing was changed|no longer be used/.test(wordsOf(each)));
    assert.ok(await bot.app.storage.accounts.find(userAdmin));
  });

  it('is not done to an account whose sign-in this chat has not heard of yet', async () => {
    const { storage } = bot.app;
    await sitDown(bot, userAdmin);
    const person = bot.channel.person();
    await person.say('forget me');
    const card = await person.waitFor((each) => review.en.test(wordsOf(each)));
    // As a browser stores it where Teams proves who it is: the process ended before the chat went on.
    const known = await storage.people.find(person.key);
    assert.ok(known);
    const { tenantId, objectId } = userAdmin;
    await storage.commit({ people: [{ ...known, account: { tenantId, objectId } }] });
    await person.submit(dataOf(card, confirm.en));
    await person.waitFor((each) => /The account changed after the card was opened/.test(wordsOf(each)));
    assert.ok(await storage.accounts.find(userAdmin));
    assert.ok(await storage.people.find(person.key));
  });

  it('waits for a write that is under way, and lets work go on that needs nobody', async () => {
    const { storage } = bot.app;
    const ha = await sitDown(bot, userAdmin);
    const { tenantId, objectId } = userAdmin;
    const actor = { tenantId, objectId };
    const unattended = delegating({}, 'by-itself');
    await storage.commit({
      operations: [
        { add: { ...unattended, actor, company: tenantId, steps: standingAt(unattended.steps, 'approved') } },
        { add: { ...delegating({}, 'in-the-middle'), actor, company: tenantId } },
      ],
    });
    await ha.person.say('forget me');
    const busy = await ha.see(/Not possible right now/);
    assertReference(bot, busy);
    assert.ok(buttonsOf(busy.activity).some(({ title }) => title?.startsWith('Open')));
    assert.ok(await storage.accounts.find(userAdmin));
    const middle = await storage.operations.find('in-the-middle');
    assert.ok(middle);
    await storage.commit({ operations: [{ save: { ...middle, status: 'done' } }] });
    await ha.press(busy, confirm.en);
    const card = await ha.see(review.en);
    assert.match(wordsOf(card), /1 job runs by itself and goes on/);
    // It has begun once more since the card was drawn.
    const again = await storage.operations.find('in-the-middle');
    assert.ok(again);
    await storage.commit({ operations: [{ save: { ...again, status: 'running' } }] });
    await ha.press(card, confirm.en);
    await ha.see(/Not possible right now/);
    const running = await storage.operations.find('in-the-middle');
    assert.ok(running);
    await storage.commit({ operations: [{ save: { ...running, status: 'done' } }] });
    await forget(ha, 'en', 'forget me');
    const left = await storage.operations.find('by-itself');
    assert.deepEqual([left?.status, left?.personKey, left?.actor], ['running', '', actor]);
  });

  it('is offered where little else is, and in a group it is not talked about', async () => {
    const client = await sitDown(bot, fabrikamGlobalAdmin);
    await client.person.say('overview');
    const overview = await client.see(/not a partner company/);
    await client.press(overview, confirm.en);
    await client.see(review.en);
    await client.person.say('help');
    assert.match(wordsOf(await client.see(/Help/)), /forget me/);
    const group = bot.channel.person({ as: 'teams', conversationType: 'groupChat' });
    await group.say('quên tôi');
    await group.waitFor((each) => /trong nhóm chat/i.test(wordsOf(each)));
  });
});

/** All before this step is done. */
function standingAt(steps: readonly Step[], id: string): Step[] {
  const at = steps.findIndex((step) => step.id === id);
  return steps.map((step, index) => (index < at ? { ...step, status: 'done' } : step));
}
