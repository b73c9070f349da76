import assert from 'node:assert/strict';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import type { SandboxPartnerAccount } from '../../sandbox/world.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { valuesOf } from '../helpers/card-answers.ts';
import { assertReference, type Desk, sitDown } from '../helpers/desk.ts';
import type { Received } from '../helpers/fake-channel.ts';
import { buttonsOf } from '../helpers/fake-channel-person.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const { tenantId } = seedAccounts.globalAdmin;
const titles = (received: Received) => buttonsOf(received.activity).map(({ title }) => title);

describe('editing the details of the company', () => {
  let bot: TestBot;
  let hung: Desk;
  let en: Desk;
  before(async () => {
    bot = await startTestBot();
    [hung, en] = await Promise.all([sitDown(bot, undefined, { language: 'vi' }), sitDown(bot)]);
  });
  afterEach(() => bot.sandbox.faults.clear());
  after(() => bot.stop());

  async function accountNow(): Promise<SandboxPartnerAccount> {
    const account = await bot.sandbox.world.get('partnerAccount', tenantId, tenantId);
    assert.ok(account);
    return account;
  }

  async function setPhone(phoneNumber: string): Promise<void> {
    const account = await accountNow();
    const organization = {
      ...account.organization,
      defaultAddress: { ...account.organization.defaultAddress, phoneNumber },
    };
    const versions = { ...account.versions, organization: account.versions.organization + 1 };
    await bot.sandbox.world.put('partnerAccount', tenantId, tenantId, { ...account, organization, versions });
  }

  const phoneNow = async () => (await accountNow()).organization.defaultAddress.phoneNumber;
  const putCalls = () => bot.sandbox.requests().filter(({ method }) => method === 'PUT');

  async function openForm(desk: Desk, part: 'organization' | 'support-profile' | 'notifications') {
    await desk.person.submit({ verb: 'edit-company', part });
    return desk.see(/Bạn sửa chỗ cần sửa|Change what needs changing/);
  }

  async function review(inputs: Record<string, string>): Promise<Received> {
    await en.press(await openForm(en, 'organization'), 'Review', inputs);
    return en.see(/Look it over/);
  }

  const confirm = (card: Received) => en.press(card, 'Edit company details');

  it('writes only what changed, and takes it back', async () => {
    await hung.person.say('sửa công ty');
    await hung.press(await hung.see(/Bạn muốn sửa phần nào/), 'Tên và địa chỉ');
    const form = await hung.see(/Bạn sửa chỗ cần sửa/);
    assert.equal(valuesOf(form)['addressLine1'], '12 Lê Lợi, Phường Bến Nghé');
    await hung.press(form, 'Xem lại');
    const same = await hung.see(/Bạn chưa đổi mục nào/);
    assertReference(bot, same, 'vi');
    await hung.press(same, 'Xem lại', { phone: '+84 28 3822 0101', addressLine2: 'Tầng 5' });
    const look = await hung.see(/Bạn xem lại rồi xác nhận/);
    assert.match(wordsOf(look), /Điện thoại\n\+84 28 3822 0100 → \+84 28 3822 0101/);
    assert.match(wordsOf(look), /Địa chỉ, dòng 2\n\(trống\) → Tầng 5/);
    assert.doesNotMatch(wordsOf(look), /Bến Nghé/);
    await hung.press(look, 'Sửa thông tin công ty');
    const done = await hung.see(/Đã sửa thông tin công ty/);
    assert.match(wordsOf(done), /✓\nGhi hồ sơ công ty/);
    assert.equal(await phoneNow(), '+84 28 3822 0101');
    assert.equal((await accountNow()).organization.defaultAddress.lastName, 'Trần');
    await hung.press(done, 'Hoàn tác');
    await hung.see(/Đã sửa thông tin công ty/);
    assert.equal(await phoneNow(), '+84 28 3822 0100');
    const ids = putCalls().map(({ path }) => path);
    assert.equal(ids.length, 2);
  });

  it('keeps what was typed on the way back from the review', async () => {
    await en.press(await review({ city: 'Huế' }), 'Back');
    assert.equal(valuesOf(await en.see(/Change what needs changing/))['city'], 'Huế');
    await en.person.say('cancel');
    await en.see(/Overview/);
  });

  it('writes support and notices to their own places', async () => {
    await hung.press(await openForm(hung, 'support-profile'), 'Xem lại', { website: 'contosopartner.vn' });
    await hung.press(await hung.see(/Bạn xem lại/), 'Sửa thông tin công ty');
    await hung.see(/Đã sửa thông tin công ty/);
    assert.equal((await accountNow()).support.website, 'contosopartner.vn');
    const mails = 'an@contosopartner.vn; binh@contosopartner.vn, an@contosopartner.vn';
    await hung.press(await openForm(hung, 'notifications'), 'Xem lại', {
      securityMails: mails,
      privacyStatement: 'https://contosopartner.vn/rieng-tu',
    });
    await hung.press(await hung.see(/Bạn xem lại/), 'Sửa thông tin công ty');
    assert.match(wordsOf(await hung.see(/Đã sửa thông tin công ty/)), /Ghi địa chỉ nhận thông báo/);
    const { contacts } = (await bot.sandbox.world.get('tenant', tenantId, tenantId)) ?? {};
    assert.deepEqual(contacts?.securityComplianceNotificationMails, [
      'an@contosopartner.vn',
      'binh@contosopartner.vn',
    ]);
    assert.equal(contacts?.privacyProfile.statementUrl, 'https://contosopartner.vn/rieng-tu');
  });

  it('clears what is emptied, also where the client leaves an empty input out', async () => {
    const filled = await openForm(en, 'support-profile');
    assert.notEqual(valuesOf(filled)['website'], '');
    await en.press(filled, 'Review', { website: undefined });
    const look = await en.see(/Look it over/);
    assert.match(wordsOf(look), /Website\n.+ → \(empty\)/);
    await confirm(look);
    await en.see(/Done: edit company details/);
    assert.equal((await accountNow()).support.website, '');
    await en.press(await openForm(en, 'organization'), 'Review', { name: undefined });
    assertReference(bot, await en.see(/“Company name” is still empty/));
    await en.person.say('cancel');
    await en.see(/Overview/);
  });

  it('asks again for what cannot be right', async () => {
    let card = await openForm(en, 'notifications');
    const tries: [Record<string, string>, RegExp][] = [
      [{ technicalMails: 'a@b.vn, nobody' }, /“Email addresses for technical notices” is not right/],
      [{ securityPhones: 'call me' }, /“Phones for security alerts” is not right/],
      [{ privacyStatement: 'javascript:alert(1)' }, /“Privacy statement” is not right/],
      [{ privacyContact: 'x'.repeat(5_000) }, /5,000 characters; the most is 500/],
    ];
    for (const [inputs, problem] of tries) {
      await en.press(card, 'Review', { ...valuesOf(card), ...inputs });
      const asked = await en.see(problem);
      assertReference(bot, asked);
      card = await openForm(en, 'notifications');
    }
    await en.press(await openForm(en, 'organization'), 'Review', { name: '  ' });
    assertReference(bot, await en.see(/“Company name” is still empty/));
  });

  it('429 with Retry-After: waits, tells so, goes on', async () => {
    const look = await review({ phone: '+84 28 3822 0102' });
    bot.sandbox.faults.add({ kind: 'throttled', retryAfter: 4, match: { method: 'PUT' } });
    await confirm(look);
    assertReference(bot, await en.see(/goes on by itself in about 4 seconds/));
    await en.see(/Done: edit company details/);
    assert.equal(await phoneNow(), '+84 28 3822 0102');
  });

  it('an answer that never came: looks, and does it once', async () => {
    const look = await review({ phone: '+84 28 3822 0103' });
    const before = putCalls().length;
    bot.sandbox.faults.add({ kind: 'reset-after-doing', match: { method: 'PUT' } });
    await confirm(look);
    await en.see(/goes on by itself/);
    await en.see(/Done: edit company details/);
    assert.equal(putCalls().length, before + 1);
    assert.equal(await phoneNow(), '+84 28 3822 0103');
  });

  it('names the field that Microsoft refuses, and lets it be mended', async () => {
    await confirm(await review({ postalCode: '70#' }));
    const failed = await en.see(/Not finished/);
    assert.match(wordsOf(failed), /Microsoft did not accept “Postcode”/);
    assertReference(bot, failed);
    await en.press(failed, 'Edit again');
    const form = await en.see(/Change what needs changing/);
    assert.equal(valuesOf(form)['postalCode'], '70#');
    await en.press(form, 'Review', { postalCode: '700001' });
    await confirm(await en.see(/Look it over/));
    await en.see(/Done: edit company details/);
    assert.equal((await accountNow()).organization.defaultAddress.postalCode, '700001');
  });

  it('overwrites nothing that somebody else changed since, and begins again with that', async () => {
    const look = await review({ phone: '+84 28 3822 0104' });
    await setPhone('1900 9999');
    await confirm(look);
    const failed = await en.see(/Not finished/);
    assert.match(wordsOf(failed), /Someone else has just changed this/);
    assertReference(bot, failed);
    assert.equal(await phoneNow(), '1900 9999');
    await en.press(failed, 'Edit again');
    const form = await en.see(/Change what needs changing/);
    assert.equal(valuesOf(form)['phone'], '+84 28 3822 0104');
    await en.press(form, 'Review');
    const again = await en.see(/Look it over/);
    assert.match(wordsOf(again), /1900 9999 → \+84 28 3822 0104/);
    await confirm(again);
    await en.see(/Done: edit company details/);
  });

  it('an etag lost between reading and writing: nothing is overwritten, trying again does it', async () => {
    const look = await review({ city: 'Huế' });
    bot.sandbox.faults.add({
      kind: 'slow',
      ms: 300,
      times: 99,
      match: { method: 'GET', path: '/profiles/organization' },
    });
    await confirm(look);
    const refused = () => putCalls().some(({ status }) => status === 412);
    await waitUntil(
      async () => {
        await setPhone(await phoneNow());
        return refused() || undefined;
      },
      { what: 'the write to be refused for its etag' },
    );
    bot.sandbox.faults.clear();
    const failed = await en.see(/Not finished/);
    assert.match(wordsOf(failed), /Someone else has just changed this/);
    assert.ok(titles(failed).includes('Edit again'));
    await en.press(failed, 'Try again');
    await en.see(/Done: edit company details/);
    assert.equal((await accountNow()).organization.defaultAddress.city, 'Huế');
  });

  it('answers whoever said that they are wrong', async () => {
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    // Of the two chats of the one account, this one speaks last.
    await en.person.say('company');
    await en.see(/Company details/);
    await lan.person.submit({ verb: 'company-wrong' });
    await lan.see(/Có gì chưa đúng/);
    await lan.person.say('Số điện thoại là số cũ');
    await lan.see(/Đã gửi cho/);
    const asked = await en.see(/Company details need a look/);
    await confirm(await review({ phone: '+84 28 3822 0177' }));
    await en.see(/Done: edit company details/);
    const heard = await lan.see(/Thông tin công ty vừa được sửa/);
    assert.match(wordsOf(heard), /Trần Văn Hùng vừa sửa thông tin công ty[\s\S]*Số điện thoại là số cũ/);
    await en.press(asked, 'Answer');
    await en.see(/Somebody has answered this/);
  });

  it('is refused to everybody but a Global admin', async () => {
    const lan = await sitDown(bot, seedAccounts.sales, { language: 'vi' });
    await lan.person.say('sửa công ty');
    const refused = await lan.see(/Bạn chưa làm được việc này/);
    assert.match(wordsOf(refused), /Sửa thông tin công ty: cần vai trò Quản trị viên toàn cầu/i);
    assertReference(bot, refused, 'vi');
    await lan.person.submit({ verb: 'edit-company', part: 'organization' });
    await lan.see(/Bạn chưa làm được việc này/);
  });
});
