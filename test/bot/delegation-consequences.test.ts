import assert from 'node:assert/strict';
import { createDelegationConsequences } from '../../bot/delegation-consequences.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { Delegation, DelegationState } from '../../partner/delegations.ts';
import type { OfferEvent, OfferEventKind } from '../../partner/offers.ts';
import type { Storage } from '../../storage/storage.ts';
import { aDelegation } from '../cards/delegation-staff-samples.ts';
import { memoryStorage } from '../helpers/storage.ts';
import { fabrikam, madeAt, publishedOffer } from '../partner/offer-record.ts';

const limited = termsFor('limited', { days: 365, autoExtend: true });

describe('what follows as a delegation moves', () => {
  let storage: Storage;
  let moved: ReturnType<typeof createDelegationConsequences>;
  const { offer, version } = publishedOffer({ kind: 'delegation', lines: [], delegation: limited });

  before(async () => {
    storage = await memoryStorage();
    await storage.commit({ offers: [{ add: offer }], offerVersions: [version] });
    let count = 0;
    moved = createDelegationConsequences({
      ...{ storage, clock: { now: () => madeAt }, newId: () => `id-${++count}` },
      relationships: {
        asPartner: () => ({
          approvalLink: (id) => `https://admin.microsoft.com/approve#${id}`,
          consentLink: (tenantId) => `https://login.microsoftonline.com/consent#${tenantId}`,
        }),
      },
      link: (code, language) => `https://bot.example/offers/${code}?lang=${language}`,
      operationJob: (operationId) => ({
        ...{ key: operationId, kind: 'run-operation', args: { operationId }, dueAt: 0, clock: 'real' },
      }),
    });
  });
  after(() => storage.close());

  const ours = (state: DelegationState, change: Partial<Delegation> = {}) =>
    aDelegation({ state, terms: limited, offerId: offer.id, maker: offer.maker, ...change });

  const eventOf = (kind: OfferEventKind): OfferEvent => ({
    ...{ id: kind, offerId: offer.id, company: offer.company, client: fabrikam, at: madeAt, kind },
    ...{ by: null, byName: '', details: {} },
  });

  it('brings the client Microsoft’s page once, from the mailbox of whoever made the offer', async () => {
    const before = ours('requested', { status: '' });
    const after = ours('waiting-for-approval', { status: 'approvalPending' });
    const { operations = [], jobs = [] } = await moved({ before, after, events: [] });
    assert.deepEqual([operations.length, jobs.length], [1, 1]);
    const [write] = operations;
    assert.ok(write !== undefined && 'add' in write);
    const { kind, actor, args } = write.add;
    assert.deepEqual([kind, actor, args['to']], ['send-mail', offer.maker, 'minh@fabrikam.vn']);
    assert.match(String(args['text']), /https:\/\/admin\.microsoft\.com\/approve#relationship/);
    // Limited support lets nobody consent for the client.
    assert.match(String(args['text']), /https:\/\/login\.microsoftonline\.com\/consent#/);
    const again = await moved({ before: after, after, events: [] });
    assert.deepEqual(again, { outbox: [] });
    const failed = ours('failed', { status: 'approvalPending' });
    assert.deepEqual(await moved({ before: failed, after, events: [] }), { outbox: [] });
  });

  it('mails nobody where nobody answered an offer, or the sign-in name is no address', async () => {
    const person = { objectId: 'minh', name: 'Minh', signInName: 'minh' };
    for (const change of [{ offerId: null }, { maker: null }, { person: null }, { person }]) {
      const before = ours('requested', change);
      const after = ours('waiting-for-approval', change);
      assert.deepEqual(await moved({ before, after, events: [] }), { outbox: [] }, JSON.stringify(change));
    }
  });

  const news: [OfferEventKind, DelegationState, RegExp][] = [
    ['delegation-approved', 'active', /đã phê duyệt trên trang của Microsoft/],
    ['delegation-usable', 'usable', /Sẵn sàng quản trị cho Fabrikam/],
    ['delegation-ended', 'ended', /đã kết thúc/],
  ];
  for (const [kind, state, words] of news) {
    it(`tells the maker of ${kind}`, async () => {
      const { outbox, operations } = await moved({
        before: ours('waiting-for-approval'),
        after: ours(state),
        events: [eventOf(kind)],
      });
      assert.equal(operations, undefined);
      assert.equal(outbox.length, 1);
      assert.match(JSON.stringify(outbox[0]?.activity), words);
      assert.equal(outbox[0]?.forAccount, `${offer.maker.tenantId}/${offer.maker.objectId}`);
    });
  }

  it('says nothing of a failure: the operation tells that itself', async () => {
    const move = { before: ours('active'), after: ours('failed'), events: [eventOf('delegation-failed')] };
    assert.deepEqual(await moved(move), { outbox: [] });
  });
});
