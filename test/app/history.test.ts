import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { AuditRow } from '../../storage/changes.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { sitDown } from '../helpers/desk.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';

describe('the history', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startTestBot();
  });
  after(() => bot.stop());

  let made = 0;
  function row(change: Partial<AuditRow>): AuditRow {
    made += 1;
    const { tenantId, objectId } = seedAccounts.globalAdmin;
    const common = { id: `row-${made}`, at: Date.now(), operationId: '', company: tenantId, details: {} };
    const actor = { tenantId, objectId };
    return { ...common, actor, verb: 'block-user', object: 'x', outcome: 'done', ...change };
  }

  it('shows who did what to whom, by its steps, and by parts of a name', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    await hung.confirm('Đỗ Đức Thịnh');
    await hung.see(/Đã thêm người dùng/);
    await hung.person.say('lịch sử');
    const all = wordsOf(await hung.see(/Bạn thấy việc của cả công ty/));
    assert.match(all, /✓\nThêm người dùng\n {2}thinh\.do@contosopartner\.vn\n.*Trần Văn Hùng · xong/);
    assert.match(all, /○\nThêm người dùng\n {2}thinh\.do@contosopartner\.vn\n.*Trần Văn Hùng · đã yêu cầu/);
    for (const find of ['thịnh', 'Đỗ Đức', 'do duc thinh', 'thinh.do', 'hùng']) {
      await hung.person.say(`lich su ${find}`);
      assert.match(wordsOf(await hung.see(/Lịch sử/)), /thinh\.do@/, find);
    }
    await hung.person.say('lịch sử 100%');
    await hung.see(/Không có dòng nào khớp với «100%»/);
  });

  it('goes page by page, nothing twice and nothing left out', async () => {
    const objects = Array.from({ length: 19 }, (_, index) => `page-${String(index).padStart(2, '0')}`);
    for (const object of objects) await bot.app.storage.commit({ audit: [row({ object })] });
    const hung = await sitDown(bot);
    const seen: string[] = [];
    await hung.person.say('history page-');
    let card = await hung.see(/History/);
    for (;;) {
      const page = wordsOf(card).match(/page-\d\d(?=\n)/g) ?? [];
      assert.ok(page.length <= 8);
      seen.push(...page);
      if (!buttonsOf(card.activity).some(({ title }) => title === 'Older')) break;
      await hung.press(card, 'Older');
      card = await hung.see(/History/);
    }
    assert.deepEqual(seen, objects.toReversed());
  });

  it('words every outcome, and what no operation did, and what a newer version wrote', async () => {
    await bot.app.storage.commit({
      audit: [
        row({ object: 'mark-a', outcome: 'failed' }),
        row({ object: 'mark-b', outcome: 'unknown' }),
        row({ object: 'mark-c', verb: 'reveal-password' }),
        row({ object: 'mark-d', verb: 'from-the-future' }),
        row({ object: 'mark-e', verb: 'approve' }),
        row({ object: 'mark-f', verb: 'decline' }),
        row({ object: 'mark-g', verb: 'withdraw' }),
      ],
    });
    const hung = await sitDown(bot);
    await hung.person.say('history mark-');
    const card = wordsOf(await hung.see(/History/));
    assert.match(card, /✕\nBlock sign-in\n {2}mark-a\n.*not done/);
    assert.match(card, /\?\nBlock sign-in\n {2}mark-b\n.*not clear/);
    assert.match(card, /✓\nLook at a password\n {2}mark-c/);
    assert.match(card, /✓\nSomething else\n {2}mark-d\n\d{2}\/\d{2}\/\d{4} \d\d:\d\d · /);
    assert.match(card, /✓\nApprove a request\n {2}mark-e/);
    assert.match(card, /✓\nDecline a request\n {2}mark-f/);
    assert.match(card, /✓\nWithdraw a request\n {2}mark-g/);
    await hung.person.say('history 100%');
    await hung.see(/Nothing in the history matches “100%”/);
  });

  it('of others is not shown to who may see only their own', async () => {
    const { tenantId, objectId } = seedAccounts.sales;
    await bot.app.storage.commit({ audit: [row({ object: 'own-row', actor: { tenantId, objectId } })] });
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
