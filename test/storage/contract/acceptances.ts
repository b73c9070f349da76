import assert from 'node:assert/strict';
import type { Acceptance, OfferEventKind } from '../../../partner/offers.ts';
import { ConflictError } from '../../../storage/changes.ts';
import { acceptance, lan, offerEvent, offerVersion, terms } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

const fabrikam = { tenantId: 'fabrikam', name: 'Fabrikam', domain: 'fabrikam.example' };
const tailspin = { tenantId: 'tailspin', name: 'Tailspin', domain: 'tailspin.example' };

export function acceptanceContract(storage: Opened): void {
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);
  const add = (...all: Acceptance[]) => storage().commit({ acceptances: all.map((each) => ({ add: each })) });

  describe('acceptances', () => {
    it('come back as they were written', async () => {
      const looked = acceptance('b', {
        state: 'viewed',
        seats: [],
        wish: [],
        answeredAt: null,
        client: fabrikam,
      });
      const more = { reason: 'đắt', confirmedBy: lan, operationId: 'o', orderId: 'order' };
      await add(acceptance('a', more), looked);
      assert.deepEqual(await storage().acceptances.find('a'), acceptance('a', more));
      assert.deepEqual(await storage().acceptances.ofClient('offer-1', 'fabrikam'), looked);
      assert.equal(await storage().acceptances.find('x'), undefined);
      assert.equal(await storage().acceptances.ofClient('offer-2', 'fabrikam'), undefined);
    });

    it('are one for each client and offer, of many at once', async () => {
      const races = ['a', 'b', 'c', 'd'].map((id) => add(acceptance(id, { client: fabrikam })));
      const lost = (await Promise.allSettled(races)).flatMap((race) =>
        race.status === 'rejected' ? [race.reason] : [],
      );
      assert.equal(lost.length, 3);
      for (const reason of lost) assert.ok(reason instanceof ConflictError, String(reason));
      await add(
        acceptance('e', { client: tailspin }),
        acceptance('f', { client: fabrikam, offerId: 'offer-2' }),
      );
      assert.equal((await storage().acceptances.ofOffer('offer-1')).length, 2);
    });

    it('count what is saved by one of two at once, and stay with client and offer', async () => {
      await add(acceptance('a', { client: fabrikam }));
      const elsewhere = { company: 'tenant-2', offerId: 'offer-2', client: tailspin, createdAt: 1 };
      const withdrawn = acceptance('a', { ...elsewhere, state: 'withdrawn' });
      const saves = [1, 2].map(() => storage().commit({ acceptances: [{ save: withdrawn }] }));
      const lost = (await Promise.allSettled(saves)).filter(({ status }) => status === 'rejected');
      assert.equal(lost.length, 1);
      const { tenantId } = fabrikam;
      const kept = acceptance('a', { state: 'withdrawn', client: { ...tailspin, tenantId }, rev: 2 });
      assert.deepEqual(await storage().acceptances.ofClient('offer-1', tenantId), kept);
    });

    it('of an offer come in the order of appearance', async () => {
      await add(
        acceptance('a', { createdAt: 2 }),
        acceptance('b', { createdAt: 1 }),
        acceptance('c', { offerId: 'offer-2' }),
      );
      assert.deepEqual(ids(await storage().acceptances.ofOffer('offer-1')), ['b', 'a']);
    });

    it('of a company come by state, the first answer at the front', async () => {
      await add(
        acceptance('third', { answeredAt: 30 }),
        acceptance('first', { answeredAt: 10 }),
        acceptance('second', { state: 'viewed', answeredAt: null, createdAt: 20 }),
        acceptance('declined', { state: 'declined', answeredAt: 5 }),
        acceptance('elsewhere', { company: 'tenant-2', answeredAt: 5 }),
      );
      const found = ids(await storage().acceptances.ofCompany('tenant-1', ['accepted', 'viewed']));
      assert.deepEqual(found, ['first', 'second', 'third']);
      assert.deepEqual(await storage().acceptances.ofCompany('tenant-1', []), []);
    });

    it('with a wish come until a version answers it, the one that waits longest at the front', async () => {
      const told = (id: string, kind: OfferEventKind, offerId: string, client: string | null) =>
        offerEvent(id, { kind, offerId, client, details: {} });
      const of = (offerId: string, more: Partial<Acceptance> = {}) =>
        acceptance(offerId, {
          ...{ offerId, client: fabrikam, state: 'viewed', wish: [20], answeredAt: 9 },
          ...more,
        });
      await add(
        of('waits', { answeredAt: 8 }),
        of('met'),
        of('again'),
        of('longer', { answeredAt: 1 }),
        of('without', { wish: [] }),
        of('elsewhere', { company: 'tenant-2' }),
      );
      const client = fabrikam.tenantId;
      await storage().commit({
        offerEvents: [
          told('1', 'published', 'waits', null),
          told('2', 'wished', 'waits', client),
          told('3', 'wished', 'met', client),
          told('4', 'published', 'met', null),
          told('5', 'wished', 'again', client),
          told('6', 'renewed', 'again', null),
          told('7', 'wished', 'again', client),
          // Somebody else's wish is not theirs.
          told('8', 'wished', 'met', 'another client'),
        ],
      });
      assert.deepEqual(ids(await storage().acceptances.wishing('tenant-1')), ['longer', 'waits', 'again']);
    });
  });

  describe('recent clients', () => {
    it('are each there once, the newest first, from answers and named offers', async () => {
      const named = (offerId: string, at: number, recipient: object) =>
        offerVersion(offerId, { at, terms: { ...terms, recipient: { ...terms.recipient, ...recipient } } });
      await add(
        acceptance('a', { client: fabrikam, answeredAt: 10 }),
        acceptance('b', { client: tailspin, answeredAt: null, createdAt: 20 }),
        acceptance('c', { client: fabrikam, offerId: 'offer-2', answeredAt: 30 }),
        acceptance('d', { client: tailspin, offerId: 'offer-3', company: 'tenant-2', answeredAt: 99 }),
      );
      const recent = (limit = 9) => storage().acceptances.recentClients('tenant-1', limit);
      assert.deepEqual(await recent(), [fabrikam, tailspin]);

      await storage().commit({
        offerVersions: [
          named('o1', 40, { tenantId: 'tailspin', name: 'Tailspin Toys', domain: 'tailspin.example' }),
          named('o2', 50, { tenantId: 'new', name: 'New', domain: null }),
          named('o3', 60, { tenantId: null, name: 'Whoever has the link' }),
          named('o4', 5, { tenantId: 'fabrikam', name: 'Fabrikam of old' }),
        ],
      });
      const renamed = { ...tailspin, name: 'Tailspin Toys' };
      const unknownDomain = { tenantId: 'new', name: 'New', domain: '' };
      assert.deepEqual(await recent(), [unknownDomain, renamed, fabrikam]);
      assert.deepEqual(await recent(1), [unknownDomain]);
      assert.deepEqual(await storage().acceptances.recentClients('tenant-3', 9), []);
    });

    it('stay in their order when only our side of an acceptance moves', async () => {
      await add(
        acceptance('a', { client: fabrikam, answeredAt: 10 }),
        acceptance('b', { client: tailspin, answeredAt: 20 }),
      );
      const ordering = acceptance('a', { client: fabrikam, answeredAt: 10, state: 'ordering' });
      await storage().commit({ acceptances: [{ save: ordering }] });
      assert.deepEqual(await storage().acceptances.recentClients('tenant-1', 9), [tailspin, fabrikam]);
    });
  });
}
