import assert from 'node:assert/strict';
import type { Operation } from '../../partner/operations.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { operation } from '../storage/samples.ts';

describe('the history', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  let made = 0;
  /** Somebody has asked for something about this person; it is recorded and does not run. */
  function asked(signInName: string, change: Partial<Operation> = {}): Operation {
    made += 1;
    const { tenantId, objectId } = seedAccounts.globalAdmin;
    return operation(`asked-${made}`, {
      ...{ actor: { tenantId, objectId }, company: tenantId, kind: 'block-user', steps: [] },
      ...{
        args: { userId: 'u', signInName, displayName: '' },
        createdAt: bot.sandbox.clock.now(),
        ...change,
      },
    });
  }
  async function ended(signInName: string, end: Partial<Operation>, change: Partial<Operation> = {}) {
    const begun = asked(signInName, change);
    await bot.app.storage.commit({ operations: [{ add: begun }] });
    await bot.app.storage.commit({ operations: [{ save: { ...begun, ...end } }] });
  }

  it('has one line an act, with who, to whom and what changed, and is searched by parts of a name', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    await hung.confirm('Đỗ Đức Thịnh');
    await hung.see(/Đã thêm người dùng/);
    await hung.person.say('lịch sử');
    const all = wordsOf(await hung.see(/Bạn thấy việc của cả công ty/));
    const line = /✓\nThêm người dùng\n {2}Đỗ Đức Thịnh\n(.*)\n.*Trần Văn Hùng · xong/.exec(all);
    assert.match(line?.[1] ?? '', /Giấy phép: .* · Vai trò: .* · Hỗ trợ khách hàng: Không/);
    assert.equal(all.match(/Thêm người dùng/g)?.length, 1, all);
    assert.doesNotMatch(all, /đã yêu cầu/);
    for (const find of ['thịnh', 'Đỗ Đức', 'do duc thinh', 'thinh.do', 'hùng']) {
      await hung.person.say(`lich su ${find}`);
      assert.match(wordsOf(await hung.see(/Lịch sử/)), /Đỗ Đức Thịnh/, find);
    }
    await hung.person.say('lịch sử 100%');
    await hung.see(/Không có dòng nào khớp với «100%»/);
  });

  it('says which field of whom became what', async () => {
    const target = { userId: 'u', signInName: 'field@contosopartner.vn', displayName: 'Phạm Văn Trường' };
    const args = { ...target, wanted: { jobTitle: 'Kế toán' }, seen: { jobTitle: '' } };
    await bot.app.storage.commit({ operations: [{ add: asked('', { kind: 'edit-user', args }) }] });
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    await hung.person.say('lịch sử field@');
    const card = wordsOf(await hung.see(/Lịch sử/));
    assert.match(card, /○\nSửa thông tin người dùng\n {2}Phạm Văn Trường\nChức danh: \(trống\) → Kế toán\n/);
    assert.match(card, /đã yêu cầu/);
  });

  it('goes page by page of ten, nothing twice and nothing left out', async () => {
    const objects = Array.from({ length: 23 }, (_, index) => `page-${String(index).padStart(2, '0')}`);
    for (const object of objects)
      await bot.app.storage.commit({ operations: [{ add: asked(object, { status: 'cancelled' }) }] });
    const hung = await sitDown(bot);
    const pages: string[][] = [];
    await hung.person.say('history page-');
    let card = await hung.see(/History/);
    for (;;) {
      pages.push(wordsOf(card).match(/page-\d\d(?=\n)/g) ?? []);
      if (!buttonsOf(card.activity).some(({ title }) => title === 'Older')) break;
      await hung.press(card, 'Older');
      card = await hung.see(/History/);
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [10, 10, 3],
    );
    assert.deepEqual(pages.flat(), objects.toReversed());
  });

  it('words every outcome, and what a newer version wrote', async () => {
    const failed = (status: 'failed' | 'asked'): Partial<Operation> => ({
      status: 'failed',
      steps: [{ ...(operation('o').steps[0] ?? assert.fail()), status }],
    });
    await ended('mark-a', failed('failed'));
    await ended('mark-b', failed('asked'));
    await ended('mark-c', { status: 'cancelled' });
    await ended('mark-d', { status: 'done' });
    const hung = await sitDown(bot);
    await hung.person.say('history mark-');
    const card = wordsOf(await hung.see(/History/));
    assert.match(card, /✕\nBlock sign-in\n {2}mark-a\n.*not done/);
    assert.match(card, /\?\nBlock sign-in\n {2}mark-b\n.*not clear/);
    assert.match(card, /✕\nBlock sign-in\n {2}mark-c\n.*called off/);
    assert.match(card, /✓\nBlock sign-in\n {2}mark-d\n\d{2}\/\d{2}\/\d{4} \d\d:\d\d · .* · done/);
    await bot.app.storage.commit({ operations: [{ add: asked('', { kind: 'from-the-future', args: {} }) }] });
    await hung.person.say('history');
    assert.match(wordsOf(await hung.see(/History/)), /○\nSomething else\n/);
    await hung.person.say('history 100%');
    await hung.see(/Nothing in the history matches “100%”/);
  });

  it('leaves out the mails that the bot sends for people, until somebody asks for them', async () => {
    const args = { to: 'mailed@fabrikam.example', subject: '', text: '', html: '', about: { what: 'offer' } };
    await bot.app.storage.commit({ operations: [{ add: asked('', { kind: 'send-mail', args }) }] });
    const hung = await sitDown(bot);
    await hung.person.say('history');
    const card = await hung.see(/History/);
    assert.doesNotMatch(wordsOf(card), /mailed@/);
    await hung.press(card, 'Show mails too');
    const withMails = await hung.see(/History/);
    assert.match(wordsOf(withMails), /Send a mail\n {2}mailed@fabrikam\.example/);
    await hung.press(withMails, 'Older');
    const older = await hung.see(/History/);
    assert.ok(buttonsOf(older.activity).some(({ title }) => title === 'Hide mails'));
    await hung.press(older, 'Hide mails');
    assert.doesNotMatch(wordsOf(await hung.see(/History/)), /mailed@/);
  });

  it('of others is not shown to who may see only their own', async () => {
    const { tenantId, objectId } = seedAccounts.sales;
    await bot.app.storage.commit({
      operations: [{ add: asked('own-row', { actor: { tenantId, objectId } }) }],
    });
    const lan = await sitDown(bot, seedAccounts.sales);
    await lan.person.say('history');
    const own = wordsOf(await lan.see(/You see your own work/));
    assert.match(own, /own-row/);
    assert.doesNotMatch(own, /Hùng|page-|mark-/);
    await lan.person.say('history hùng');
    assert.doesNotMatch(wordsOf(await lan.see(/History/)), /page-|mark-|thinh/);
    await lan.person.submit({ verb: 'history', find: '', before: '1 or 1=1' });
    assert.match(wordsOf(await lan.see(/History/)), /own-row/);
  });
});
