import assert from 'node:assert/strict';
import { canAnswerDelegation, move } from '../../partner/delegation-life.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import { type Delegation, delegationStates } from '../../partner/delegations.ts';
import { withdraw } from '../../partner/offer-life.ts';
import type { OfferTerms } from '../../partner/offers.ts';
import type { Relationship } from '../../partner/relationships.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { delegationSteps } from '../../web/pages/offer-delegation.ts';
import { type OfferBrowser, type OfferDesk, offerDesk, people } from '../helpers/offer-pages.ts';
import { endsAt, fabrikam, offeredLine } from '../partner/offer-record.ts';

const limited = termsFor('limited', { days: 365, autoExtend: true });
const alone: Partial<OfferTerms> = { kind: 'delegation', lines: [], delegation: limited };
const beside: Partial<OfferTerms> = { delegation: limited };

describe('delegated administration on the page of an offer', () => {
  let desk: OfferDesk;
  let admin: OfferBrowser;
  const delegations = () => desk.storage.delegations.ofOffer('offer');
  const kinds = async () => (await desk.storage.offerEvents.ofOffer('offer', 50)).map(({ kind }) => kind);

  async function open(...terms: Parameters<typeof offerDesk>): Promise<void> {
    await desk?.storage.close();
    desk = await offerDesk(...terms);
    admin = desk.browser();
    await admin.signIn(people.minh);
  }

  after(() => desk.storage.close());

  /** The delegation as Microsoft has it at this status. */
  async function becomes(status: string, ends?: number): Promise<Delegation> {
    const [before] = await delegations();
    assert.ok(before);
    const made =
      before.relationshipId === null
        ? move(before, { do: 'created', relationshipId: 'relation-1', operationId: before.operationId ?? '' })
        : before;
    const relationship: Relationship = {
      ...{ id: 'relation-1', name: 'Fabrikam', status, client: { tenantId: fabrikam, name: 'Fabrikam' } },
      ...{ roles: limited.roles, durationDays: 365, autoExtend: true, etag: 'x' },
      ...{ createdAt: undefined, activatedAt: undefined },
      endsAt: ends === undefined ? undefined : new Date(ends).toISOString(),
    };
    const after = move(made, { do: 'read', relationship });
    await desk.storage.commit({ delegations: [{ save: after }] });
    return { ...after, rev: after.rev + 1 };
  }

  describe('asked for alone', () => {
    beforeEach(() => open(alone));

    it('says what could be done and what not, until when, and nothing of licences or orders', async () => {
      const { status, body } = await desk.browser().get();
      assert.equal(status, 200);
      assert.match(body, /<h1>Contoso Partner đề nghị được quản trị giúp công ty bạn/);
      for (const shown of [
        'Hỗ trợ người dùng',
        'Đặt lại mật khẩu cho người dùng thường',
        'Không thêm hay xóa người dùng',
        '365 ngày kể từ khi phê duyệt',
        'Tự gia hạn thêm 180 ngày',
        'kết thúc được bất cứ lúc nào',
        'Không mua gì và không phát sinh tiền',
      ])
        assert.ok(body.includes(shown), shown);
      assert.doesNotMatch(body, /số giấy phép|đặt hàng|Khi bạn chấp nhận|value="accept"/);
      assert.doesNotMatch(body, /value="allow"/);
    });

    it('is allowed once, however often it is pressed, and nothing is accepted with it', async () => {
      const done = await admin.press('allow');
      assert.equal(done.status, 303);
      assert.equal(done.headers?.['location'], `${desk.path}?lang=vi`);
      const [delegation, ...more] = await delegations();
      assert.deepEqual(more, []);
      assert.deepEqual(
        [delegation?.state, delegation?.person?.name, delegation?.terms.roles],
        ['requested', 'Lê Minh', limited.roles],
      );
      assert.ok(delegation?.answeredAt);
      assert.deepEqual(await kinds(), ['delegation-allowed', 'viewed']);
      const { body } = await admin.get(done.headers?.['location']);
      assert.match(body, /role="status"[\s\S]*công ty bạn cho phép/);
      assert.match(body, /Đến lượt Contoso Partner/);
      assert.doesNotMatch(body, /value="allow"/);
      const token = /name="token" value="([^"]*)"/.exec(body)?.[1] ?? '';
      const again = { do: 'allow', version: '1', hash: 'hash-1', token };
      assert.equal((await admin.post(`${desk.path}/answer`, again)).status, 303);
      assert.deepEqual(await kinds(), ['delegation-allowed', 'viewed']);
      assert.deepEqual(
        desk.did.map(({ delegation: told, events }) => [told?.state, events[0]?.kind]),
        [
          [undefined, 'viewed'],
          ['requested', 'delegation-allowed'],
        ],
      );
      assert.deepEqual(
        (await desk.storage.acceptances.ofOffer('offer')).map(({ state }) => state),
        ['viewed'],
      );
    });

    it('becomes one delegation when two browsers allow it at once', async () => {
      const other = desk.browser();
      await other.signIn({ ...people.minh, objectId: 'hai', name: 'Hải' });
      const both = await Promise.all([admin.press('allow'), other.press('allow')]);
      assert.deepEqual(
        both.map(({ status }) => status),
        [303, 303],
      );
      assert.equal((await delegations()).length, 1);
      assert.deepEqual(await kinds(), ['delegation-allowed', 'viewed']);
    });

    it('is declined, and allowed after a change of mind', async () => {
      await admin.press('refuse');
      assert.equal((await delegations())[0]?.state, 'declined');
      const { body } = await admin.get();
      assert.match(body, /Công ty bạn không cho phép/);
      assert.doesNotMatch(body, /value="refuse"|value="later"/);
      await admin.press('allow');
      assert.equal((await delegations())[0]?.state, 'requested');
    });

    it('is put off without a trace but one line', async () => {
      const { headers } = await admin.press('later');
      assert.match((await admin.get(headers?.['location'])).body, /role="status"[\s\S]*để sau/);
      await admin.press('later');
      assert.deepEqual(await delegations(), []);
      assert.deepEqual(await kinds(), ['delegation-later', 'viewed']);
      assert.match((await admin.get()).body, /value="allow"/);
    });

    /** Looks of others, more than anybody would read through. */
    async function lookedAtByMany(): Promise<void> {
      const look = { kind: 'viewed', client: 'somebody else', by: null, byName: '', details: {} } as const;
      const { id: offerId, company } = (await desk.storage.offers.find('offer')) ?? assert.fail('no offer');
      const offerEvents = Array.from({ length: 600 }, (_, at) => ({
        ...look,
        id: `look-${at}`,
        offerId,
        company,
        at,
      }));
      await desk.storage.commit({ offerEvents });
    }

    it('is put off once, however many look at the offer in between', async () => {
      await admin.press('later');
      await lookedAtByMany();
      await admin.press('later');
      assert.equal((await desk.storage.offerEvents.ofKinds('offer', ['delegation-later'])).length, 1);
    });

    it('is proved with the name of who allowed it, however many look at the offer since', async () => {
      await admin.press('allow');
      const before = (await admin.get(`${desk.path}/proof`)).body;
      assert.ok(before.includes('hash-1'));
      await lookedAtByMany();
      assert.equal((await admin.get(`${desk.path}/proof`)).body, before);
    });

    for (const who of ['billing', 'office', 'unknownRoles'] as const) {
      it(`is not ${who}’s to allow: the page says whose, with a message to pass on`, async () => {
        const browser = desk.browser();
        await browser.signIn(people[who]);
        const { body } = await browser.get();
        assert.doesNotMatch(body, /value="allow"|value="refuse"/);
        assert.match(body, /<textarea id="hand-over"[^>]*>Chào bạn,[\s\S]*Chỉ quản trị viên toàn cầu/);
        assert.ok(body.includes(`https://bot.example${desk.path}?lang=vi`));
        const token = /name="token" value="([^"]*)"/.exec(body)?.[1] ?? '';
        for (const what of ['allow', 'refuse']) {
          const form = { do: what, version: '1', hash: 'hash-1', token };
          const refused = await browser.post(`${desk.path}/answer`, form);
          assert.equal(refused.status, 403);
          assert.match(refused.body, /role="alert"[\s\S]*quản trị viên toàn cầu/);
        }
        assert.deepEqual(await delegations(), []);
      });
    }

    it('keeps to the stored version and needs the token of this form', async () => {
      for (const changed of [{ version: '2' }, { hash: 'other' }, { hash: '' }, { version: 'x' }])
        assert.equal((await admin.press('allow', changed)).status, 409, JSON.stringify(changed));
      for (const token of ['', 'x', 'A'.repeat(43)])
        assert.equal((await admin.press('allow', { token })).status, 403);
      await admin.press('allow', { roles: roleIds.globalAdministrator, days: '730' });
      assert.deepEqual((await delegations())[0]?.terms, limited);
    });

    it('takes no acceptance, and none of the answers to services', async () => {
      for (const what of ['accept', 'decline', 'wish']) {
        const form = { do: what, seats: [], text: '' };
        assert.equal((await admin.press('allow', form)).status, 422, what);
      }
      assert.equal((await desk.storage.acceptances.ofOffer('offer'))[0]?.state, 'viewed');
    });

    it('leads to Microsoft’s page once that is the client’s turn, and not before or after', async () => {
      const link = 'href="https://admin.microsoft.com/approve#relation-1"';
      const past = /trả lời ở đây|Khi bạn cho phép/;
      const asked = (await admin.get()).body;
      await admin.press('allow');
      assert.ok(!(await admin.get()).body.includes(link));
      await becomes('approvalPending');
      const { body } = await admin.get();
      assert.ok(body.includes(link));
      assert.match(body, /Đến lượt bạn/);
      assert.ok(!(await desk.browser().get()).body.includes('relation-1'));
      const active = await becomes('active', endsAt);
      const then = (await admin.get()).body;
      assert.ok(!then.includes(link));
      // Limited support lets nobody consent for the client: that is their turn as well.
      const consent = `href="https://login.microsoftonline.com/${fabrikam}/v2.0/adminconsent"`;
      assert.ok(then.includes(consent));
      // What an answer does, until when one may be given, and what was said of it: all of that is over.
      assert.match(body, /class="steps"/);
      assert.match(asked, past);
      for (const each of [body, then]) assert.doesNotMatch(each, past);
      assert.match(then, /class="state">Đến lượt bạn: quản trị viên toàn cầu chấp thuận ứng dụng/);
      assert.doesNotMatch(then, /đang thiết lập/);
      await desk.storage.commit({ delegations: [{ save: move(active, { do: 'usable' }) }] });
      assert.ok(!(await admin.get()).body.includes(consent));
    });

    it('says when it is ready and until when, and that it has ended', async () => {
      await admin.press('allow');
      const active = await becomes('active', Date.UTC(2027, 2, 2, 2));
      await desk.storage.commit({ delegations: [{ save: move(active, { do: 'usable' }) }] });
      const { body } = await admin.get();
      assert.match(body, /Sẵn sàng: Contoso Partner/);
      assert.match(body, /02\/03\/2027/);
      await becomes('terminated');
      const ended = (await admin.get()).body;
      assert.match(ended, /Đã kết thúc: Contoso Partner không còn quyền này/);
      assert.doesNotMatch(ended, /class="steps"/);
    });

    it('leaves a proof that names who, what, when and which version', async () => {
      assert.equal((await admin.get(`${desk.path}/proof`)).status, 303);
      await admin.press('allow');
      const { status, body } = await admin.get(`${desk.path}/proof`);
      assert.equal(status, 200);
      for (const shown of [
        'Lê Minh (minh@fabrikam.vn)',
        'Fabrikam (fabrikam.vn)',
        'hash-1',
        'Hỗ trợ dịch vụ',
      ])
        assert.ok(body.includes(shown), shown);
      assert.equal((await desk.browser().get(`${desk.path}/proof`)).status, 303);
    });

    it('ends with the offer, except for who allowed it', async () => {
      await admin.press('allow');
      const offer = await desk.storage.offers.find('offer');
      assert.ok(offer);
      await desk.storage.commit({ offers: [{ save: withdraw(offer) }] });
      assert.equal((await admin.get()).status, 200);
      const northwind = desk.browser();
      await northwind.signIn(people.northwind);
      assert.equal((await northwind.get()).status, 403);
      assert.equal((await desk.browser().get()).status, 410);
    });

    it('keeps in the proof what was allowed, whatever was changed since', async () => {
      await admin.press('allow');
      const active = await becomes('active', Date.UTC(2027, 2, 2, 2));
      const changed = { ...active, terms: { ...active.terms, autoExtend: false } };
      await desk.storage.commit({ delegations: [{ save: changed }] });
      const { body } = await admin.get(`${desk.path}/proof`);
      assert.match(body, /365 ngày kể từ khi phê duyệt[\s\S]*Tự gia hạn thêm 180 ngày/);
      assert.doesNotMatch(body, /Không tự gia hạn/);
    });

    it('expires as the clock passes the time', async () => {
      desk.now = endsAt - 1000;
      const { body } = await admin.get();
      desk.now = endsAt;
      const token = /name="token" value="([^"]*)"/.exec(body)?.[1] ?? '';
      const form = { do: 'allow', version: '1', hash: 'hash-1', token };
      assert.equal((await admin.post(`${desk.path}/answer`, form)).status, 410);
      assert.deepEqual(await delegations(), []);
    });
  });

  describe('beside services', () => {
    beforeEach(() => open(beside));

    it('is a question of its own: no answer to one is an answer to the other', async () => {
      const { body } = await admin.get();
      const forms = body.match(/<form[\s\S]*?<\/form>/g) ?? [];
      const of = (what: string) => forms.filter((form) => form.includes(`value="${what}"`));
      assert.deepEqual([of('accept').length, of('allow').length], [1, 1]);
      assert.notEqual(of('accept')[0], of('allow')[0]);
      assert.doesNotMatch(body, /type="checkbox"|type="radio"| checked/);
      assert.match(body, /không ảnh hưởng đến các dịch vụ/);
      await admin.press('accept');
      assert.deepEqual(await delegations(), []);
      assert.match((await admin.get()).body, /value="allow"/);
      await admin.press('refuse');
      const [acceptance] = await desk.storage.acceptances.ofOffer('offer');
      assert.equal(acceptance?.state, 'accepted');
    });

    it('can be allowed where the services are declined', async () => {
      await admin.press('decline', { text: 'Đắt' });
      await admin.press('allow');
      assert.deepEqual(
        [(await desk.storage.acceptances.ofOffer('offer'))[0]?.state, (await delegations())[0]?.state],
        ['declined', 'requested'],
      );
      const { body } = await admin.get();
      assert.match(body, /Công ty bạn đã từ chối/);
      assert.match(body, /Quản trị ủy nhiệm: tình trạng/);
    });

    it('lets a Billing administrator accept, and says who may allow', async () => {
      const billing = desk.browser();
      await billing.signIn(people.billing);
      const { body } = await billing.get();
      assert.match(body, /value="accept"/);
      assert.doesNotMatch(body, /value="allow"/);
      assert.equal(body.match(/id="hand-over"/g)?.length, 1);
      const office = desk.browser();
      await office.signIn(people.office);
      assert.equal((await office.get()).body.match(/id="hand-over"/g)?.length, 1);
    });
  });

  it('is not there where the offer asks for none', async () => {
    await open({ lines: [offeredLine()] });
    const { body } = await admin.get();
    assert.doesNotMatch(body, /ủy nhiệm|value="allow"/);
    const refused = await admin.press('accept', { do: 'allow' });
    assert.equal(refused.status, 409);
  });

  it('warns of a Global Administrator before anything else', async () => {
    const terms = {
      level: 'roles' as const,
      roles: [roleIds.globalAdministrator],
      days: 30,
      autoExtend: false,
    };
    await open({ ...alone, delegation: terms });
    const { body } = await admin.get();
    assert.match(body, /class="warning">Lưu ý: trong các vai trò này có vai trò làm được mọi việc/);
    assert.match(body, /Không tự gia hạn/);
  });

  it('names whose turn it is at every state', async () => {
    await open(alone);
    await admin.press('allow');
    const [requested] = await delegations();
    assert.ok(requested);
    const turns = (change: Partial<Delegation>) =>
      delegationSteps({ ...requested, ...change }).map(({ turn }) => turn);
    const relationshipId = 'r';
    assert.deepEqual(turns({}), ['done', 'partner', 'later', 'later', 'later', 'later']);
    assert.deepEqual(turns({ state: 'waiting-for-approval', relationshipId })[2], 'you');
    // Without a role that may consent to applications the client does so; with one we do.
    const full = termsFor('full', requested.terms);
    assert.deepEqual(turns({ state: 'active', relationshipId }).slice(3), ['you', 'later', 'later']);
    assert.deepEqual(turns({ state: 'active', relationshipId, terms: full }).slice(3), ['partner', 'later']);
    assert.deepEqual(turns({ state: 'usable', wasUsable: true }), Array(6).fill('done'));
    assert.deepEqual(turns({ state: 'usable', wasUsable: true, terms: full }), Array(5).fill('done'));
    assert.deepEqual(turns({ state: 'failed', status: 'approvalPending', relationshipId })[2], 'partner');
    for (const state of delegationStates.filter((each) =>
      ['expired', 'ended', 'unapproved', 'declined'].includes(each),
    ))
      assert.deepEqual(turns({ state }), []);
    assert.equal(canAnswerDelegation(requested), false);
  });
});
