import assert from 'node:assert/strict';
import { move } from '../../partner/acceptance-life.ts';
import { mostQuestions } from '../../partner/answer-limits.ts';
import { newOperation, newStep } from '../../partner/operations.ts';
import { liveSteps } from '../../web/pages/offer-live.ts';
import { type OfferBrowser, type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';
import { acceptanceOf, offeredLine } from '../partner/offer-record.ts';

const portalLink = 'https://admin.microsoft.com/Commerce/Offers/x';

describe('answers on the page of an offer', () => {
  let desk: OfferDesk;
  let admin: OfferBrowser;
  const answers = () => desk.storage.acceptances.ofOffer('offer');
  const kinds = async () => (await desk.storage.offerEvents.ofOffer('offer', 50)).map(({ kind }) => kind);

  async function open(...terms: Parameters<typeof offerDesk>): Promise<void> {
    await desk?.storage.close();
    desk = await offerDesk(...terms);
    admin = desk.browser();
    await admin.signIn(people.minh);
  }

  beforeEach(() => open());
  after(() => desk.storage.close());

  it('accept with the licences that were chosen', async () => {
    const done = await admin.press('accept', { seats: '12' });
    assert.equal(done.status, 303);
    const [acceptance] = await answers();
    assert.deepEqual(
      [acceptance?.state, acceptance?.seats, acceptance?.person.name],
      ['accepted', [12], 'Lê Minh'],
    );
    const { body } = await admin.get(done.headers?.['location']);
    assert.match(body, /role="status"[\s\S]*Đã ghi nhận/);
    assert.match(body, /Đến lượt Contoso Partner/);
    assert.deepEqual(
      desk.did.map(({ events }) => events[0]?.kind),
      ['viewed', 'accepted'],
    );
  });

  it('are taken from a Billing administrator too', async () => {
    const billing = desk.browser();
    await billing.signIn(people.billing);
    assert.equal((await billing.press('accept')).status, 303);
  });

  it('become one acceptance when two browsers accept at once', async () => {
    const other = desk.browser();
    await other.signIn(people.billing);
    const both = await Promise.all([admin.press('accept'), other.press('accept')]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [303, 303],
    );
    assert.deepEqual(
      (await answers()).map(({ state }) => state),
      ['accepted'],
    );
    assert.deepEqual(await kinds(), ['accepted', 'viewed']);
  });

  it('are tried again when others write meanwhile, three times at most', async () => {
    let left = 2;
    const race = async () => {
      if (left === 0) return {};
      left -= 1;
      const [acceptance] = await answers();
      if (acceptance === undefined) return {};
      await desk.storage.commit({ acceptances: [{ save: acceptance }] });
      return {};
    };
    await open({}, { consequences: race });
    left = 2;
    assert.equal((await admin.press('accept')).status, 303);
    left = 3;
    const lost = await admin.press('withdraw');
    assert.equal(lost.status, 409);
    assert.match(lost.body, /vừa thay đổi/);
  });

  for (const seats of ['0', '-1', '1.5', '1000000000', 'mười', '', '301', '1e2']) {
    it(`take no ${JSON.stringify(seats)} licences`, async () => {
      const { status, body } = await admin.press('accept', { seats });
      assert.equal(status, 422);
      assert.match(body, /số nguyên từ 1 đến 300/);
      assert.equal((await answers())[0]?.state, 'viewed');
      assert.equal(/value="wish"/.test(body), seats === '301');
    });
  }

  it('offer to ask for a number outside the bounds', async () => {
    const refused = await admin.press('accept', { seats: '400' });
    assert.match(refused.body, /value="wish">Đề nghị 400 giấy phép/);
    const form = /<form[\s\S]*?value="wish"[\s\S]*?<\/form>/.exec(refused.body)?.[0] ?? '';
    assert.match(form, /value="400"/);
    await admin.press('accept', { do: 'wish', seats: '400' });
    assert.deepEqual((await answers())[0]?.wish, [400]);
    assert.match((await admin.get()).body, /đã đề nghị số giấy phép: 400/);
  });

  it('keep to the stored version, whatever the form says', async () => {
    for (const changed of [{ version: '0' }, { version: '2' }, { hash: 'other' }, { version: 'x' }]) {
      assert.equal((await admin.press('accept', changed)).status, 409, JSON.stringify(changed));
    }
    for (const seats of [['15', '15'], []]) {
      assert.equal((await admin.press('accept', { seats })).status, 422);
    }
    await admin.press('accept', { price: '1', amount: '1', maxSeats: '9', company: 'x', seats: '10' });
    assert.deepEqual((await answers())[0]?.seats, [10]);
    assert.match((await admin.get(`${desk.path}/proof`)).body, /2\.500\.000/);
  });

  it('need the token of this form', async () => {
    for (const token of ['', 'x', 'A'.repeat(43)]) {
      assert.equal((await admin.press('accept', { token })).status, 403);
    }
    assert.equal((await answers())[0]?.state, 'viewed');
    assert.equal((await admin.press('accept', { do: 'unheard-of' })).status, 403);
  });

  it('decline with a reason, and change their mind', async () => {
    await admin.press('decline', { text: 'Giá <b>cao</b>' });
    assert.deepEqual(
      [(await answers())[0]?.state, (await answers())[0]?.reason],
      ['declined', 'Giá <b>cao</b>'],
    );
    await admin.press('accept');
    assert.equal((await answers())[0]?.state, 'accepted');
  });

  it('are withdrawn until somebody confirms', async () => {
    await admin.press('accept');
    await admin.press('withdraw');
    assert.equal((await answers())[0]?.state, 'withdrawn');
    await admin.press('accept');
    const [accepted] = await answers();
    assert.ok(accepted);
    const by = { tenantId: accepted.company, objectId: 'lan' };
    const { version, seats } = accepted;
    const confirmed = move(accepted, { do: 'confirm', by, version, seats, operationId: 'order' });
    await desk.storage.commit({ acceptances: [{ save: confirmed }] });
    const { body } = await admin.get();
    assert.doesNotMatch(body, /value="withdraw"|value="accept"/);
    const token = /name="token" value="([^"]*)"/.exec(body)?.[1] ?? '';
    assert.equal((await admin.post(`${desk.path}/answer`, { do: 'withdraw', token })).status, 409);
  });

  it('ask, but not for ever', async () => {
    const empty = await admin.press('ask', { text: '  ' });
    assert.equal(empty.status, 422);
    const long = await admin.press('ask', { text: 'a'.repeat(1001) });
    assert.equal(long.status, 422);
    assert.match(long.body, /a{1001}<\/textarea>/);
    for (let asked = 0; asked < mostQuestions; asked += 1) await admin.press('ask', { text: `Câu ${asked}` });
    const { status, body } = await admin.press('ask', { text: 'Nữa' });
    assert.equal(status, 429);
    assert.match(body, /\+84 28 3822 0100/);
    assert.equal((await kinds()).filter((kind) => kind === 'asked').length, mostQuestions);
  });

  it('leave a proof that names who, what, when and which version', async () => {
    await admin.press('accept', { seats: '12' });
    const { status, body } = await admin.get(`${desk.path}/proof`);
    assert.equal(status, 200);
    for (const shown of [
      'Lê Minh (minh@fabrikam.vn)',
      'Fabrikam (fabrikam.vn)',
      '09:00 giờ Việt Nam ngày 02/03/2026',
      'hash-1',
      '3.000.000',
      '7 ngày',
    ])
      assert.ok(body.includes(shown), shown);
    const stranger = await desk.browser().get(`${desk.path}/proof`);
    assert.equal(stranger.status, 303);
  });

  it('carry the portal’s link of an advisor, after the acceptance only', async () => {
    await open({ route: 'advisor', portalLink });
    assert.ok(!(await admin.get()).body.includes(portalLink));
    await admin.press('accept');
    assert.ok((await admin.get()).body.includes(`href="${portalLink}"`));
  });

  it('say when the order waits for the client, with Microsoft’s link', async () => {
    await admin.press('accept');
    const [acceptance] = await answers();
    assert.ok(acceptance);
    const link = 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship';
    const actor = { tenantId: acceptance.company, objectId: 'lan' };
    const error = { code: 'not-our-customer', details: { link }, reference: 'A' } as const;
    const operation = newOperation({
      ...{
        id: 'order',
        kind: 'confirm-order',
        schema: 1,
        actor,
        personKey: 'p',
        args: {},
        cardKey: 'k',
        now: 0,
      },
      steps: [{ ...newStep('customer'), error }],
    });
    const { version, seats } = acceptance;
    const confirmed = move(acceptance, { do: 'confirm', by: actor, version, seats, operationId: 'order' });
    await desk.storage.commit({ operations: [{ add: operation }], acceptances: [{ save: confirmed }] });
    const { body } = await admin.get();
    assert.match(body, /Đến lượt bạn/);
    assert.ok(body.includes(`href="${link.replaceAll('&', '&amp;')}"`));
  });

  it('name whose turn it is at every state', () => {
    const turns = (state: Parameters<typeof acceptanceOf>[0], route: 'reseller' | 'advisor') =>
      liveSteps(acceptanceOf(state), { route }, undefined).map(({ turn }) => turn);
    assert.deepEqual(turns({ state: 'accepted' }, 'reseller'), ['done', 'partner', 'later', 'later']);
    assert.deepEqual(turns({ state: 'ordering' }, 'reseller'), ['done', 'done', 'partner', 'later']);
    assert.deepEqual(turns({ state: 'ordered' }, 'reseller'), ['done', 'done', 'done', 'microsoft']);
    assert.deepEqual(turns({ state: 'provisioned' }, 'reseller'), ['done', 'done', 'done', 'done']);
    assert.deepEqual(turns({ state: 'accepted' }, 'advisor'), ['done', 'you', 'later']);
    assert.deepEqual(turns({ state: 'ordered' }, 'advisor'), ['done', 'done', 'microsoft']);
    assert.deepEqual(turns({ state: 'provisioned' }, 'advisor'), ['done', 'done', 'done']);
  });

  it('take several services, fixed ones among them', async () => {
    const fixed = offeredLine({ name: 'Microsoft 365 E3', seats: 3, minSeats: 3, maxSeats: 3 });
    await open({ lines: [offeredLine(), fixed] });
    assert.equal((await admin.press('accept', { seats: ['10', '4'] })).status, 422);
    await admin.press('accept', { seats: ['10', '3'] });
    assert.deepEqual((await answers())[0]?.seats, [10, 3]);
  });
});
