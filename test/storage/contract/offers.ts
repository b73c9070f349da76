import assert from 'node:assert/strict';
import { ConflictError } from '../../../storage/changes.ts';
import { lan, minh, offer, offerEvent, offerVersion, terms } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function offerContract(storage: Opened): void {
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);

  describe('offers', () => {
    it('come back as they were written, by id and by code', async () => {
      const open = offer('b', { status: 'published', version: 2, draft: null, publishedAt: 5, expiresAt: 9 });
      await storage().commit({ offers: [{ add: offer('a') }, { add: open }] });
      assert.deepEqual(await storage().offers.find('a'), offer('a'));
      assert.deepEqual(await storage().offers.byCode('code of b'), open);
      assert.equal(await storage().offers.find('x'), undefined);
      assert.equal(await storage().offers.byCode('CODE OF B'), undefined);
    });

    it('count what is saved, and keep company, code and beginning', async () => {
      await storage().commit({ offers: [{ add: offer('a') }] });
      const after = offer('a', {
        status: 'published',
        version: 1,
        draft: null,
        maker: minh,
        makerName: 'Minh',
      });
      const moved = { company: 'tenant-2', code: 'another', createdAt: 1 };
      await storage().commit({ offers: [{ save: { ...after, ...moved } }] });
      assert.deepEqual(await storage().offers.find('a'), { ...after, rev: 2 });
    });

    it('are saved by one of two at once', async () => {
      await storage().commit({ offers: [{ add: offer('a') }] });
      const saves = (['withdrawn', 'expired'] as const).map((status) =>
        storage().commit({ offers: [{ save: offer('a', { status }) }] }),
      );
      const lost = (await Promise.allSettled(saves)).filter(({ status }) => status === 'rejected');
      assert.equal(lost.length, 1);
      assert.equal((await storage().offers.find('a'))?.rev, 2);
    });

    it('hold what stands on them, as long as nobody changed them, and stay as they are', async () => {
      await storage().commit({ offers: [{ add: offer('a') }] });
      const offerGuards = [{ id: 'a', rev: 1 }];
      await storage().commit({ offerGuards, offerEvents: [offerEvent('1')] });
      await storage().commit({ offerGuards, offerEvents: [offerEvent('2')] });
      assert.equal((await storage().offers.find('a'))?.rev, 1);
      await storage().commit({ offers: [{ save: offer('a') }] });
      await assert.rejects(storage().commit({ offerGuards, offerEvents: [offerEvent('3')] }), ConflictError);
      assert.deepEqual(ids(await storage().offerEvents.ofOffer('offer-1', 9)), ['2', '1']);
    });

    it('are guarded or changed by two at once, never both', async () => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) {
        await storage().commit({ offers: [{ add: offer(id) }] });
        const guarded = storage().commit({ offerGuards: [{ id, rev: 1 }], offerEvents: [offerEvent(id)] });
        const changed = storage().commit({ offers: [{ save: offer(id, { status: 'withdrawn' }) }] });
        const [ours] = await Promise.allSettled([guarded, changed]);
        const events = ids(await storage().offerEvents.ofOffer('offer-1', 9));
        assert.equal(events.includes(id), ours.status === 'fulfilled');
        assert.equal((await storage().offers.find(id))?.status, 'withdrawn');
      }
    });

    it('come newest first, a page at a time', async () => {
      const at = (id: string, createdAt: number) => ({ add: offer(id, { createdAt }) });
      await storage().commit({
        offers: [at('c', 20), at('a', 10), at('d', 30), at('b', 20), { add: offer('x', { company: 't' }) }],
      });
      const page = (more: object) => storage().offers.ofCompany('tenant-1', { limit: 2, ...more });
      assert.deepEqual(ids(await page({})), ['d', 'c']);
      assert.deepEqual(ids(await page({ before: { createdAt: 20, id: 'c' } })), ['b', 'a']);
      assert.deepEqual(ids(await page({ before: { createdAt: 10, id: 'a' } })), []);
    });

    it('are found by what is being written of them', async () => {
      await storage().commit({
        offers: [
          { add: offer('written', { createdAt: 1 }) },
          { add: offer('not', { createdAt: 2, draft: null }) },
        ],
      });
      assert.deepEqual(ids(await storage().offers.ofCompany('tenant-1', { withDraft: true, limit: 1 })), [
        'written',
      ]);
    });

    it('are found by maker and status', async () => {
      const withdrawn = { status: 'withdrawn' } as const;
      await storage().commit({
        offers: [
          { add: offer('mine', { createdAt: 1 }) },
          { add: offer('withdrawn', { createdAt: 2, ...withdrawn }) },
          { add: offer('theirs', { createdAt: 3, maker: minh, ...withdrawn }) },
        ],
      });
      const found = async (more: object) =>
        ids(await storage().offers.ofCompany('tenant-1', { limit: 9, ...more }));
      assert.deepEqual(await found({ maker: lan }), ['withdrawn', 'mine']);
      assert.deepEqual(await found({ statuses: ['withdrawn'] }), ['theirs', 'withdrawn']);
      assert.deepEqual(await found({ maker: lan, statuses: ['withdrawn', 'expired'] }), ['withdrawn']);
      assert.deepEqual(await found({ statuses: [] }), []);
    });

    it('are over from the moment of expiry, the first to end at the front, some at a time', async () => {
      const open = { status: 'published', version: 1 } as const;
      await storage().commit({
        offers: [
          { add: offer('third', { ...open, expiresAt: 300 }) },
          { add: offer('first', { ...open, expiresAt: 100, company: 'tenant-2' }) },
          { add: offer('second', { ...open, expiresAt: 200 }) },
          { add: offer('withdrawn', { status: 'withdrawn', expiresAt: 50 }) },
          { add: offer('draft') },
        ],
      });
      assert.deepEqual(ids(await storage().offers.expired(299, 9)), ['first', 'second']);
      assert.deepEqual(ids(await storage().offers.expired(300, 9)), ['first', 'second', 'third']);
      assert.deepEqual(ids(await storage().offers.expired(300, 1)), ['first']);
    });
  });

  describe('versions of offers', () => {
    it('come back as they were published, by number', async () => {
      const second = offerVersion('a', { number: 2, hash: 'other', terms: { ...terms, lines: [] } });
      await storage().commit({ offerVersions: [offerVersion('a'), second, offerVersion('b')] });
      assert.deepEqual(await storage().offers.version('a', 1), offerVersion('a'));
      assert.deepEqual(await storage().offers.version('a', 2), second);
      assert.equal(await storage().offers.version('a', 3), undefined);
    });

    it('never change', async () => {
      await storage().commit({ offerVersions: [offerVersion('a')] });
      const changed = offerVersion('a', { terms: { ...terms, note: 'changed' } });
      await assert.rejects(storage().commit({ offerVersions: [changed] }), ConflictError);
      assert.deepEqual(await storage().offers.version('a', 1), offerVersion('a'));
    });
  });

  describe('timelines of offers', () => {
    it('count what one client did of some kinds', async () => {
      await storage().commit({
        offerEvents: [
          offerEvent('1', { kind: 'asked' }),
          offerEvent('2', { kind: 'wished' }),
          offerEvent('3', { kind: 'asked' }),
          offerEvent('4', { kind: 'asked', client: 'northwind' }),
          offerEvent('5', { kind: 'asked', offerId: 'offer-2' }),
          offerEvent('6', { kind: 'viewed' }),
        ],
      });
      const count = (kinds: ('asked' | 'wished')[]) =>
        storage().offerEvents.count('offer-1', 'fabrikam', kinds);
      assert.deepEqual([await count(['asked']), await count(['asked', 'wished'])], [2, 3]);
      assert.deepEqual([await count([]), await count(['wished'])], [0, 1]);
    });

    it('give all of some kinds, however many others there are', async () => {
      const looks = Array.from({ length: 600 }, (_, n) => offerEvent(`look-${n}`, { kind: 'viewed' }));
      await storage().commit({
        offerEvents: [
          offerEvent('1', { kind: 'asked' }),
          offerEvent('2', { kind: 'asked', offerId: 'offer-2' }),
          offerEvent('3', { kind: 'answered', client: null }),
          ...looks,
        ],
      });
      const found = await storage().offerEvents.ofKinds('offer-1', ['asked', 'answered']);
      assert.deepEqual(ids(found), ['3', '1']);
      assert.deepEqual(await storage().offerEvents.ofKinds('offer-1', []), []);
    });

    it('know who wants no more mails, by the offer and by the address, however many others said so since', async () => {
      const stop = (id: string, more: object, at: number, to?: string) =>
        offerEvent(id, {
          kind: 'noted',
          client: null,
          at,
          details: { what: 'stop', ...(to && { to }) },
          ...more,
        });
      await storage().commit({
        offerEvents: [
          stop('1', {}, 5, 'Hoa@Fabrikam.vn'),
          stop('2', { offerId: 'offer-2' }, 7),
          stop('3', { company: 'tenant-2', offerId: 'offer-3' }, 9, 'ana@northwind.example'),
          offerEvent('4', { kind: 'noted', client: null, at: 11, offerId: 'offer-4', details: {} }),
          ...Array.from({ length: 600 }, (_, n) =>
            stop(`more-${n}`, { offerId: `other-${n}` }, 20, `a${n}@b.vn`),
          ),
        ],
      });
      const at = (id: string, mail: string, company = 'tenant-1') =>
        storage().offerEvents.stoppedAt({ id, company }, mail);
      assert.deepEqual([await at('offer-1', ''), await at('offer-9', ' hoa@fabrikam.VN ')], [5, 5]);
      assert.deepEqual([await at('offer-2', ''), await at('offer-2', 'hoa@fabrikam.vn')], [7, 7]);
      assert.deepEqual(
        [await at('offer-9', ''), await at('offer-9', 'ana@northwind.example')],
        [undefined, undefined],
      );
      assert.deepEqual([await at('offer-9', 'ana@northwind.example', 'tenant-2')], [9]);
      assert.equal(await at('offer-4', ''), undefined);
    });

    it('come newest first, some at a time', async () => {
      await storage().commit({ offerEvents: [offerEvent('z'), offerEvent('other', { offerId: 'offer-2' })] });
      const clock = offerEvent('a', { kind: 'expired', client: null, byName: '', at: 1 });
      await storage().commit({ offerEvents: [clock, offerEvent('b')] });
      const events = await storage().offerEvents.ofOffer('offer-1', 9);
      assert.deepEqual(events, [offerEvent('b'), clock, offerEvent('z')]);
      assert.deepEqual(await storage().offerEvents.ofOffer('offer-1', 1), [offerEvent('b')]);
      assert.deepEqual(await storage().offerEvents.ofOffer('offer-3', 9), []);
    });

    it('are read of one client, and of one partner by kind', async () => {
      const asked = offerEvent('asked', { kind: 'asked', client: 'client-a' });
      const elsewhere = offerEvent('b', { kind: 'asked', client: 'client-b', offerId: 'offer-2' });
      const viewed = offerEvent('viewed', { kind: 'viewed', client: 'client-a' });
      const foreign = offerEvent('foreign', { kind: 'asked', company: 'another partner' });
      await storage().commit({ offerEvents: [asked, elsewhere, viewed, foreign] });
      const { offerEvents } = storage();
      const ids = (events: { id: string }[]) => events.map(({ id }) => id);
      const kinds = ['asked', 'wished'] as const;
      assert.deepEqual(ids(await offerEvents.ofKinds('offer-1', kinds, 'client-a')), ['asked']);
      assert.deepEqual(ids(await offerEvents.ofKinds('offer-2', kinds, 'client-a')), []);
      assert.deepEqual(ids(await offerEvents.ofCompany(asked.company, kinds)), ['b', 'asked']);
    });
  });
}
