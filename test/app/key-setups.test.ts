import assert from 'node:assert/strict';
import { type KeyStep, keySteps } from '../../partner/key-setups.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { keptDelegation } from '../helpers/delegation-stage.ts';
import { type Desk, sitDown, sitDownInChina } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { choice } from '../helpers/offer-stage.ts';
import { keySetup } from '../storage/samples.ts';

describe('setting a subscription up with product keys', () => {
  let bot: TestBot;
  let lan: Desk;
  before(async () => {
    bot = await startTestBot();
    lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
  });
  after(() => bot.stop());

  const open = (company = seedAccounts.sales.tenantId) => bot.app.storage.keySetups.open(company);
  const newest = async () => (await open()).at(-1) ?? assert.fail('no set-up');

  /** From the command to the card of the new set-up. */
  async function begin(desk: Desk, inputs: Record<string, unknown>): Promise<Received> {
    await desk.person.say('mã sản phẩm');
    await desk.press(await desk.see(/Thiết lập bằng khóa sản phẩm/), 'Thiết lập mới');
    await desk.press(await desk.see(/Thiết lập mới bằng khóa sản phẩm/), 'Tiếp tục', inputs);
    return desk.see(/Có sẵn khóa/);
  }

  /** Presses the button beside a step: each has one, in their order. */
  async function press(desk: Desk, card: Received, verb: string, step: KeyStep): Promise<Received> {
    const verbOf = (data: unknown) => (data as { verb?: string } | undefined)?.verb ?? '';
    const sides = buttonsOf(card.activity).filter(({ data }) => /^key-setup-(un)?tick$/.test(verbOf(data)));
    const found = sides[keySteps.indexOf(step)];
    assert.equal(verbOf(found?.data), verb, `no ${verb} of ${step}`);
    assert.ok(found);
    await desk.person.submit(found.data);
    return desk.see(/Có sẵn khóa/);
  }

  it('leads through its steps, and says who did which one when', async () => {
    const card = await begin(lan, { find: 'fabrikam', redeemer: 'partner', product: 'Business Standard' });
    const words = wordsOf(card);
    assert.match(words, /Fabrikam/);
    assert.match(words, /Nhân viên công ty bạn nhập/);
    assert.match(words, /Business Standard/);
    const { partnerId, client, createdByName } = await newest();
    assert.match(partnerId, /^\d+$/);
    assert.equal(
      words.split(partnerId).length,
      3,
      'the partner id stands beside its step and among the facts',
    );
    assert.equal(client.tenantId, seedTenants.fabrikam);
    const urls = buttonsOf(card.activity).flatMap(({ url }) => url ?? []);
    assert.deepEqual(
      urls.map((url) => new URL(url).hostname),
      ['signup.microsoft.com', 'support.microsoft.com'],
    );
    const ticked = await press(lan, card, 'key-setup-tick', 'keys');
    assert.match(wordsOf(ticked), new RegExp(`✓ +\\nCó sẵn khóa[\\s\\S]*${createdByName} đánh dấu`));
    const { by, at } = (await newest()).done.keys ?? assert.fail('no tick');
    assert.deepEqual(by, { tenantId: seedAccounts.sales.tenantId, objectId: seedAccounts.sales.objectId });
    // A second press of the old card, and one by a colleague, leave it whose it is.
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    await press(lan, card, 'key-setup-tick', 'keys');
    await hung.person.say('khóa sản phẩm');
    const list = await hung.see(/1\/5 bước · Tiếp theo: Nêu mã đối tác/);
    const row = buttonsOf(list.activity).find(({ data }) => (data as { setup?: string }).setup !== undefined);
    await hung.person.submit(row?.data);
    const theirs = await hung.see(/Có sẵn khóa/);
    await press(hung, theirs, 'key-setup-tick', 'partner-id');
    const { done } = await newest();
    assert.deepEqual([done.keys?.at, done.keys?.by], [at, by]);
    assert.equal(done['partner-id']?.by.objectId, seedAccounts.globalAdmin.objectId);
    const undone = await press(lan, ticked, 'key-setup-untick', 'keys');
    assert.doesNotMatch(wordsOf(undone), new RegExp(`${createdByName} đánh dấu`));
  });

  it('notes who reports the partner of record and when, and believes no future', async () => {
    const card = await begin(lan, { find: 'fabrikam', redeemer: 'client' });
    await lan.press(card, 'Ghi đối tác phụ trách');
    let form = await lan.see(/Ai nói/);
    for (const [wrong, problem] of [
      [{ reportedBy: '', on: '2026-01-05' }, /«Ai nói.*»|Ai nói/],
      [{ reportedBy: 'Minh', on: '2999-01-01' }, /chưa tới/],
      [{ reportedBy: 'Minh', on: '05/01/2026' }, /Mã tra cứu/],
      [{ reportedBy: 'Minh', partnerId: 'abc', on: '2026-01-05' }, /Mã tra cứu/],
    ] as const) {
      await lan.press(form, 'Tiếp tục', wrong);
      form = await lan.see(/Ai nói/);
      assert.match(wordsOf(form), problem);
      assert.match(wordsOf(form), /Mã tra cứu/);
    }
    const typed = { reportedBy: 'Minh (trung tâm quản trị)', partnerId: '7654321', on: '2026-01-05' };
    await lan.press(form, 'Tiếp tục', typed);
    const noted = wordsOf(await lan.see(/theo lời/));
    assert.match(noted, /7654321, theo lời Minh \(trung tâm quản trị\) ngày 05\/01\/2026/);
    assert.match(noted, /Microsoft không có giao diện để kiểm tra/);
    const { reported } = await newest();
    assert.deepEqual([reported?.reportedBy, reported?.on], [typed.reportedBy, typed.on]);
  });

  it('takes a company that has nothing at Microsoft yet, and refuses the own one and an unknown one', async () => {
    await lan.person.say('product keys');
    await lan.press(await lan.see(/Thiết lập bằng khóa sản phẩm/), 'Thiết lập mới');
    let form = await lan.see(/Thiết lập mới bằng khóa/);
    const anyone = choice(form, 'client', /Công ty mới/);
    const before = (await open()).length;
    for (const wrong of [
      { client: '', find: '' },
      { client: anyone, find: '' },
      { client: '', find: 'contosopartner.vn' },
      { client: '', find: 'nobody-at-all.example' },
      { client: 'made-up', find: '' },
      { client: anyone, find: 'A', redeemer: 'somebody' },
    ]) {
      await lan.press(form, 'Tiếp tục', wrong);
      form = await lan.see(/Thiết lập mới bằng khóa/);
      assert.match(wordsOf(form), /Mã tra cứu/);
    }
    assert.equal((await open()).length, before);
    await lan.press(form, 'Tiếp tục', { client: anyone, find: 'Tiệm bánh Hoa', redeemer: 'client' });
    assert.match(wordsOf(await lan.see(/Có sẵn khóa/)), /Tiệm bánh Hoa/);
    assert.deepEqual((await newest()).client, { tenantId: null, name: 'Tiệm bánh Hoa', domain: null });
  });

  it('ends, and what ended changes no more', async () => {
    const card = await begin(lan, { find: 'fabrikam', redeemer: 'client' });
    const { id } = await newest();
    await lan.press(card, 'Kết thúc');
    assert.match(wordsOf(await lan.see(/Đã kết thúc khi chưa đủ các bước/)), /Có sẵn khóa/);
    await press(lan, card, 'key-setup-tick', 'keys');
    const setup = await bot.app.storage.keySetups.find(id);
    assert.deepEqual([setup?.status, setup?.done], ['finished', {}]);
    assert.ok((await open()).every((each) => each.id !== id));
  });

  it('is nobody else’s: not another company’s, not of who may not', async () => {
    const { id } = await newest();
    const advisor = await sitDown(bot, seedAccounts.advisorGlobalAdmin);
    for (const verb of ['key-setup-open', 'key-setup-tick', 'key-setup-end', 'key-setup-report']) {
      await advisor.person.submit({ verb, setup: id, step: 'keys' });
      await advisor.see(/no longer there|can no longer be used/);
    }
    const helper = await sitDown(bot, seedAccounts.plain);
    await helper.person.say('product keys');
    await helper.see(/[Yy]ou may not|needs|not allowed|cannot/);
    await helper.person.submit({ verb: 'key-setup-tick', setup: id, step: 'keys' });
    assert.deepEqual((await bot.app.storage.keySetups.find(id))?.done, {});
  });

  it('are all within reach, also many, and also when they are over', async () => {
    const company = seedAccounts.sales.tenantId;
    const many = Array.from({ length: 10 }, (_, index) =>
      keySetup(`many-${index}`, {
        ...{ company, createdAt: index },
        client: { tenantId: null, name: `Công ty mới ${index}`, domain: null },
      }),
    );
    await bot.app.storage.commit({ keySetups: many.map((each) => ({ add: each })) });
    await lan.person.say('mã sản phẩm');
    const first = await lan.see(/Đang làm/);
    assert.match(wordsOf(first), /Công ty mới 0[\s\S]*Công ty mới 9/);
    assert.doesNotMatch(wordsOf(first), /Fabrikam|Đã kết thúc/);
    await lan.press(first, 'Xem tiếp');
    const second = await lan.see(/Đã kết thúc/);
    assert.match(wordsOf(second), /Fabrikam[\s\S]*Đã kết thúc khi chưa đủ/);
  });

  it('says why there is no delegation from here, to whom may not ask for it', async () => {
    const card = await begin(lan, { find: 'fabrikam', redeemer: 'client' });
    assert.ok(!buttonsOf(card.activity).some(({ title }) => /quản trị ủy nhiệm/.test(title ?? '')));
    assert.match(wordsOf(card), /cần quản trị ủy nhiệm.*Đề nghị khách hàng cho phép quản trị ủy nhiệm/);
  });

  it('leads to the delegation offer for the same client, and shows how that stands', async () => {
    const hung = await sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' });
    const card = await begin(hung, { find: 'fabrikam', redeemer: 'client' });
    const { id } = await newest();
    await keptDelegation(bot, { id: 'theirs' });
    await hung.person.submit({ verb: 'key-setup-open', setup: id });
    await hung.see(/Quản trị ủy nhiệm\n.*Sẵn sàng/);
    await hung.press(card, 'Đề nghị quản trị ủy nhiệm');
    const form = await hung.see(/Bước 1\/2|uỷ nhiệm|ủy nhiệm/);
    assert.match(JSON.stringify(form.activity), /fabrikam/);
  });

  it('works by hand in the cloud operated by 21Vianet, with the portal alone', async () => {
    const wang = await sitDownInChina(bot, seedAccounts.chinaGlobalAdmin, { language: 'vi' });
    const card = await begin(wang, { client: '', find: '上海客户', redeemer: 'client' });
    assert.match(wordsOf(card), /上海客户/);
    await wang.press(card, 'Ghi lại quản trị ủy nhiệm');
    const form = await wang.see(/Ghi lại một quan hệ|Ghi lại quản trị ủy nhiệm/);
    assert.match(JSON.stringify(form.activity), /上海客户/);
    const urls = buttonsOf(card.activity).flatMap(({ url }) => url ?? []);
    assert.deepEqual(
      urls.map((url) => new URL(url).hostname),
      ['portal.partner.microsoftonline.cn'],
    );
  });
});
