import assert from 'node:assert/strict';
import type { Fault } from '../../sandbox/faults.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { assertReference, type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';

const creating = { method: 'POST', path: '/users' };

describe('Microsoft in trouble', () => {
  let bot: TestBot;
  let hung: Desk;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, lan] = await Promise.all([sitDown(bot), sitDown(bot, undefined, { as: 'teams', language: 'vi' })]);
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  it('429 with Retry-After: waits that long, tells so, goes on', async () => {
    bot.sandbox.faults.add({ kind: 'throttled', retryAfter: 4, match: creating });
    await lan.confirm('Tạ Quá Tải');
    const waits = await lan.see(/Bot tự làm tiếp/);
    assert.match(wordsOf(waits), /quá nhiều yêu cầu/);
    assert.match(wordsOf(waits), /sau khoảng 4 giây/);
    assertReference(bot, waits, 'vi');
    await lan.see(/Đã thêm người dùng/);
    const [throttled, created] = bot.sandbox
      .requests()
      .filter((each) => each.method === 'POST' && each.path.endsWith('/users'));
    assert.deepEqual([throttled?.status, created?.status], [429, 201]);
    assert.ok((created?.at ?? 0) - (throttled?.at ?? 0) >= 4_000);
  });

  it('503 or a reset, before or after doing it: looks what happened and makes exactly one user each', async () => {
    // The ones done first, so that their second look, seconds later, calls nothing that a later fault waits for.
    const kinds = ['unavailable-after-doing', 'reset-after-doing', 'unavailable', 'reset'] as const;
    for (const kind of kinds) {
      bot.sandbox.faults.add({ kind, match: creating });
      await hung.confirm(`Tạ Gián Đoạn ${kind}`);
      const waits = await hung.see(new RegExp(`${kind} · [\\s\\S]*goes on by itself`));
      assert.match(wordsOf(waits), /no answer came back/);
      assertReference(bot, waits);
    }
    assert.deepEqual(bot.sandbox.faults.list(), []);
    const isDone = (kind: string) => (received: Received) =>
      new RegExp(`Done: add a user[\\s\\S]*${kind} · `).test(wordsOf(received));
    await Promise.all(kinds.map((kind) => hung.person.waitFor(isDone(kind), 9_000)));
    for (const kind of kinds) {
      const made = await usersNamed(bot, `Tạ Gián Đoạn ${kind}`);
      assert.deepEqual(
        made.map((user) => user.usageLocation),
        ['VN'],
      );
    }
  });

  it('a user that the directory does not find yet is waited for without an alarm', async () => {
    bot.sandbox.faults.add({ kind: 'stale', ms: 600, match: creating });
    await hung.confirm('Tạ Đến Muộn');
    await hung.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, 'Tạ Đến Muộn')).length, 1);
  });

  const troubles: { named: string; fault: Fault; tells: RegExp }[] = [
    {
      named: '429 for long',
      fault: { kind: 'throttled', retryAfter: 30 },
      tells: /too many requests[\s\S]*again in 30 seconds/,
    },
    {
      named: '503',
      fault: { kind: 'unavailable', times: 99 },
      tells: /out of order[\s\S]*Try again in a few minutes/,
    },
    { named: 'a reset', fault: { kind: 'reset', times: 99 }, tells: /could not be reached[\s\S]*Try again/ },
  ];
  for (const { named, fault, tells } of troubles) {
    it(`${named} in a turn is told with what to do, and the open form still works afterwards`, async () => {
      const details = await hung.openDetails('Tạ Biểu Mẫu');
      bot.sandbox.faults.add({ ...fault, match: { path: '/domains' } });
      await hung.press(details, 'Review');
      const told = await hung.see(/Something went wrong/);
      assert.match(wordsOf(told), tells);
      assertReference(bot, told);
      bot.sandbox.faults.clear();
      await hung.press(details, 'Review');
      await hung.see(/Step 3 of 3/);
    });
  }
});

describe('Microsoft too slow', () => {
  let bot: TestBot;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot({ timeoutMs: 1_500 });
    hung = await sitDown(bot);
  });
  after(() => bot.stop());

  it('in a turn is told, and the open form still works afterwards', async () => {
    const details = await hung.openDetails('Tạ Thong Thả');
    bot.sandbox.faults.add({ kind: 'slow', ms: 4_000, match: { path: '/domains' } });
    await hung.press(details, 'Review');
    const told = await hung.see(/Something went wrong/);
    assert.match(wordsOf(told), /did not answer in time[\s\S]*Try again/);
    assertReference(bot, told);
    await hung.press(details, 'Review');
    await hung.see(/Step 3 of 3/);
  });

  it('while the user is made: looks what happened and makes exactly one user', async () => {
    bot.sandbox.faults.add({ kind: 'slow', ms: 4_000, match: creating });
    await hung.confirm('Tạ Chậm Chạp');
    assertReference(bot, await hung.see(/goes on by itself/));
    await hung.see(/Done: add a user/);
    assert.equal((await usersNamed(bot, 'Tạ Chậm Chạp')).length, 1);
  });
});
