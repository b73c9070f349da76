import assert from 'node:assert/strict';
import { type Delegation, type DelegationState, delegationStates } from '../../../partner/delegations.ts';
import { ConflictError } from '../../../storage/changes.ts';
import { delegation, minh } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

const fabrikam = { tenantId: 'fabrikam', name: 'Fabrikam', domain: 'fabrikam.example' };
const tailspin = { tenantId: 'tailspin', name: 'Tailspin', domain: 'tailspin.example' };
const elsewhere = { offerId: null, person: null, maker: null, answeredAt: null } as const;

export function delegationContract(storage: Opened): void {
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);
  const add = (...all: Delegation[]) => storage().commit({ delegations: all.map((each) => ({ add: each })) });
  const save = (...all: Delegation[]) =>
    storage().commit({ delegations: all.map((each) => ({ save: each })) });

  describe('delegations', () => {
    it('come back as they were written', async () => {
      const foreign = delegation('b', { ...elsewhere, client: fabrikam, relationshipId: 'r', endsAt: 9 });
      const usable = { state: 'usable', status: 'active', operationId: 'o', wasUsable: true } as const;
      const own = delegation('a', { ...usable, endsAt: 7, reminded: [31, 14], client: fabrikam });
      await add(own, foreign);
      assert.deepEqual(await storage().delegations.find('a'), own);
      assert.deepEqual(await storage().delegations.ofClient('offer-1', 'fabrikam'), own);
      assert.deepEqual(await storage().delegations.byRelationship('tenant-1', 'r'), foreign);
      assert.equal(await storage().delegations.find('x'), undefined);
      assert.equal(await storage().delegations.ofClient('offer-2', 'fabrikam'), undefined);
      assert.equal(await storage().delegations.byRelationship('tenant-2', 'r'), undefined);
    });

    it('are one for each client and offer, of many at once', async () => {
      const races = ['a', 'b', 'c', 'd'].map((id) => add(delegation(id, { client: fabrikam })));
      const lost = (await Promise.allSettled(races)).flatMap((race) =>
        race.status === 'rejected' ? [race.reason] : [],
      );
      assert.equal(lost.length, 3);
      for (const reason of lost) assert.ok(reason instanceof ConflictError, String(reason));
      await add(delegation('e', { client: tailspin }), delegation('f', { client: fabrikam, offerId: 'o' }));
      assert.equal((await storage().delegations.ofOffer('offer-1')).length, 2);
    });

    it('without an offer may be many of one client, and one of each relationship', async () => {
      const foreign = (id: string, relationshipId: string | null, company = 'tenant-1') =>
        delegation(id, { ...elsewhere, client: fabrikam, relationshipId, company });
      await add(foreign('a', 'r'), foreign('b', 's'), foreign('c', null), foreign('d', null));
      await add(foreign('e', 'r', 'tenant-2'));
      await assert.rejects(add(foreign('f', 'r')), ConflictError);
      await assert.rejects(save(foreign('c', 'r')), ConflictError);
      await save(foreign('a', 'r'), foreign('c', 't'));
      assert.equal((await storage().delegations.byRelationship('tenant-1', 't'))?.id, 'c');
      assert.deepEqual(ids(await storage().delegations.withClient('tenant-1', 'fabrikam')), [
        'a',
        'b',
        'c',
        'd',
      ]);
      assert.deepEqual(ids(await storage().delegations.withClient('tenant-2', 'fabrikam')), ['e']);
      assert.deepEqual(await storage().delegations.withClient('tenant-1', 'tailspin'), []);
    });

    it('count what is saved by one of two at once, and stay with company, client and offer', async () => {
      await add(delegation('a', { client: fabrikam }));
      const other = { company: 'tenant-2', offerId: 'offer-2', client: tailspin, createdAt: 1 };
      const ended = delegation('a', { ...other, state: 'ended', maker: minh });
      const lost = (await Promise.allSettled([save(ended), save(ended)])).filter(
        ({ status }) => status === 'rejected',
      );
      assert.equal(lost.length, 1);
      const { tenantId } = fabrikam;
      const kept = { state: 'ended', maker: minh, client: { ...tailspin, tenantId }, rev: 2 } as const;
      assert.deepEqual(await storage().delegations.ofClient('offer-1', tenantId), delegation('a', kept));
    });

    it('of an offer come in the order of appearance', async () => {
      await add(
        delegation('a', { createdAt: 2 }),
        delegation('b', { createdAt: 1 }),
        delegation('c', { offerId: 'offer-2' }),
      );
      assert.deepEqual(ids(await storage().delegations.ofOffer('offer-1')), ['b', 'a']);
    });

    it('of a company come by state, the first to end at the front, those without an end last', async () => {
      await add(
        delegation('waiting', { state: 'waiting-for-approval' }),
        delegation('second', { state: 'usable', endsAt: 20 }),
        delegation('first', { state: 'expiring', endsAt: 10 }),
        delegation('ended', { state: 'ended', endsAt: 5 }),
        delegation('theirs', { state: 'usable', endsAt: 5, company: 'tenant-2' }),
      );
      const found = async (states: readonly DelegationState[]) =>
        ids(await storage().delegations.ofCompany('tenant-1', states));
      const others = delegationStates.filter((state) => state !== 'ended');
      assert.deepEqual(await found(others), ['first', 'second', 'waiting']);
      assert.deepEqual(await found([]), []);
    });

    it('make a recent client of who answered, and of nobody else', async () => {
      await add(
        delegation('a', { client: fabrikam, answeredAt: 10 }),
        delegation('b', { ...elsewhere, client: tailspin }),
      );
      assert.deepEqual(await storage().acceptances.recentClients('tenant-1', 9), [fabrikam]);
    });
  });
}
