import assert from 'node:assert/strict';
import { roleIds } from '../../partner/role-ids.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { startTestBot, type TestBot, wordsOf } from '../helpers/app.ts';
import { type Desk, sitDown, usersNamed } from '../helpers/desk.ts';
import { choicesOf, clientDoes, confirmCompany, newestOffer, previewOffer } from '../helpers/offer-stage.ts';
import { publishedAt } from '../helpers/published-offer.ts';
import { acceptance, offer } from '../storage/samples.ts';

const { contoso } = seedTenants;
const fabrikam = {
  ...seedAccounts.fabrikamGlobalAdmin,
  ...{ name: 'Fabrikam', domain: 'fabrikam.vn', signInName: 'minh.doan@fabrikam.onmicrosoft.com' },
};
const crowdSize = 45;
const objectIdOf = (n: number) => `c0${String(n).padStart(6, '0')}-0000-4000-8000-000000000000`;
const nameOf = (n: number) => `Đồng nghiệp ${String(n).padStart(2, '0')}`;

/** So many colleagues that no list shows all, each in a chat of their own: admin agents, and able to approve roles. */
async function invite(bot: TestBot): Promise<void> {
  const { world } = bot.sandbox;
  const hung = await world.get('user', contoso, seedAccounts.globalAdmin.objectId);
  const membership = (await world.all('membership', contoso)).find(
    ({ userId }) => userId === seedAccounts.adminAgent.objectId,
  );
  assert.ok(hung && membership);
  for (let n = 0; n < crowdSize; n += 1) {
    const objectId = objectIdOf(n);
    const account = { tenantId: contoso, objectId };
    const signInName = `colleague${n}@contosopartner.vn`;
    const user = { ...hung, id: objectId, displayName: nameOf(n), userPrincipalName: signInName };
    await world.put('user', contoso, objectId, user);
    await world.put('membership', contoso, `${membership.groupId}/${objectId}`, {
      ...membership,
      userId: objectId,
    });
    const role = {
      id: `role-${n}`,
      roleDefinitionId: roleIds.globalAdministrator,
      principalId: objectId,
      createdAt: 0,
    };
    await world.put('roleAssignment', contoso, role.id, role);
    await bot.app.storage.commit({
      accounts: [
        { ...account, displayName: nameOf(n), signInName, companyName: 'Contoso Partner', wids: [] },
      ],
      people: [
        {
          ...{ key: `emulator/${n}`, language: 'vi', account, welcomedAt: null, seenAt: null, version: 0 },
          zone: null,
          reference: {
            channelId: 'emulator',
            serviceUrl: bot.channel.serviceUrl,
            conversation: { id: `crowd-${n}` },
          },
        },
      ],
    });
  }
}

describe('what lies behind the end of a list', () => {
  let bot: TestBot;
  let lan: Desk;
  let hung: Desk;
  before(async () => {
    bot = await startTestBot();
    [lan, hung] = await Promise.all([
      sitDown(bot, seedAccounts.sales, { language: 'vi' }),
      sitDown(bot, seedAccounts.globalAdmin, { language: 'vi' }),
    ]);
    await confirmCompany(lan);
  });
  after(() => bot.stop());

  it('a client is counted among those who wait, and their question is found behind their own looks', async () => {
    for (let n = 0; n < crowdSize; n += 1) {
      const { offer } = await publishedAt(bot, `asked-${n}`);
      const { id } = await clientDoes(bot, offer, fabrikam, () => ({ do: 'ask', text: `Câu hỏi số ${n}` }));
      if (n > 0) continue;
      const looks = Array.from({ length: 600 }, (_, at) => ({
        ...{ id: `look-${at}`, offerId: offer.id, company: contoso, client: fabrikam.tenantId, at },
        ...{ kind: 'viewed' as const, by: null, byName: '', details: {} },
      }));
      await bot.app.storage.commit({ offerEvents: looks });
      await lan.person.submit({ verb: 'offer-client', acceptance: id });
      assert.match(wordsOf(await lan.see(/Câu hỏi/)), /Câu hỏi số 0/);
    }
    await lan.person.say('tổng quan');
    assert.match(wordsOf(await lan.see(/Tổng quan/)), new RegExp(`${crowdSize} khách`));
  });

  it('a draft that waited for the company details is offered, however many offers were made since', async () => {
    const draft = await newestOfferAfter(async () => void (await previewOffer(lan, { find: 'fabrikam' })));
    const offers = Array.from({ length: 8 }, (_, n) => ({
      add: offer(`newer-${n}`, {
        ...{
          company: contoso,
          code: `newer-${n}`,
          maker: seedAccounts.sales,
          draft: null,
          status: 'withdrawn',
        },
        createdAt: bot.sandbox.clock.now() + n + 1,
      }),
    }));
    await bot.app.storage.commit({ offers });
    await lan.person.say('công ty');
    const card = await lan.see(/Contoso Partner/);
    assert.ok(JSON.stringify(card.activity).includes(`"offer":"${draft}"`));
  });

  async function newestOfferAfter(work: () => Promise<void>): Promise<string> {
    await work();
    return (await newestOffer(bot, contoso)).id;
  }

  it('a client of before is found by a part of the name behind sixty others', async () => {
    const { offer } = await publishedAt(bot, 'long-ago');
    const dealt = (n: number, name: string) => ({
      add: acceptance(`dealt-${n}`, {
        ...{ offerId: offer.id, company: contoso, state: 'lapsed', answeredAt: null, createdAt: n, wish: [] },
        client: { tenantId: objectIdOf(100 + n), name, domain: `dealt${n}.vn` },
      }),
    });
    const others = Array.from({ length: 60 }, (_, n) => dealt(n + 2, `Khách ${n}`));
    await bot.app.storage.commit({ acceptances: [dealt(1, 'Vận tải Ánh Dương Xanh'), ...others] });
    assert.match(
      wordsOf(await previewOffer(lan, { find: 'anh duong xanh' })),
      /Dành cho Vận tải Ánh Dương Xanh/,
    );
  });

  it('colleagues are able beyond those who are listed or asked, and the card says so', async () => {
    await invite(bot);
    const { id } = (await publishedAt(bot, 'handed-over')).offer;
    await hung.person.submit({ verb: 'offer-hand-over', offer: id });
    const form = await hung.see(/Chuyển/);
    assert.equal(choicesOf(form, 'colleague', /./).length, 30);
    assert.match(wordsOf(form), new RegExp(`30 trong ${crowdSize + 1} đồng nghiệp`));
    await hung.person.say(`Colleague${crowdSize - 1}@contosopartner.vn`);
    await hung.see(new RegExp(`Đã chuyển cho ${nameOf(crowdSize - 1)}`));
    assert.equal((await bot.app.storage.offers.find(id))?.maker.objectId, objectIdOf(crowdSize - 1));

    const [user] = await usersNamed(bot, 'Phan Văn Quân');
    await hung.person.submit({ verb: 'role-grant', id: user?.id, role: roleIds.globalAdministrator });
    await hung.press(await hung.see(/Lý do, để người duyệt hiểu/), 'Gửi để duyệt', { reason: 'Thay ca' });
    const waiting = wordsOf(await hung.see(/Chờ người thứ hai duyệt/));
    assert.match(waiting, new RegExp(`Còn ${crowdSize - 20} đồng nghiệp khác cũng phê duyệt được`));
    assert.equal(waiting.match(/Đồng nghiệp \d\d/g)?.length, 20);
  });
});
