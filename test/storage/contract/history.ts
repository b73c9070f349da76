import assert from 'node:assert/strict';
import { ConflictError } from '../../../storage/changes.ts';
import { deed, lan, minh, offer, operation } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

/** What was done, as its actor and their company look for it. */
export function historyContract(storage: Opened): void {
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);

  describe('history', () => {
    it('keeps who approved an operation', async () => {
      await storage().commit({ operations: [{ add: operation('o', { status: 'waiting-approval' }) }] });
      assert.deepEqual(await storage().operations.find('o'), operation('o', { status: 'waiting-approval' }));
      await storage().commit({ operations: [{ save: operation('o', { approvedBy: minh }) }] });
      assert.deepEqual(
        await storage().operations.find('o'),
        operation('o', { approvedBy: minh, version: 1 }),
      );
    });

    it("tells an actor's operations of some statuses, newest first", async () => {
      const add = (id: string, createdAt: number, more = {}) => ({
        add: operation(id, { createdAt, ...more }),
      });
      await storage().commit({
        operations: [
          add('old', 1),
          add('new', 3),
          add('same b', 2, { status: 'failed' }),
          add('same c', 2),
          add('same a', 2),
          add('done', 4, { status: 'done' }),
          add('of another', 5, { actor: minh }),
        ],
      });
      const found = (limit: number) => storage().operations.ofActor(lan, ['running', 'failed'], limit);
      assert.deepEqual(ids(await found(10)), ['new', 'same c', 'same b', 'same a', 'old']);
      assert.deepEqual(ids(await found(2)), ['new', 'same c']);
      assert.deepEqual(await storage().operations.ofActor(lan, [], 10), []);
    });

    /** Somebody asks for something about this person. */
    const about = (id: string, signInName: string, more = {}) => ({
      add: operation(id, { kind: 'block-user', args: { userId: 'u', signInName, displayName: '' }, ...more }),
    });
    const operationIds = (found: { operationId: string }[]) => found.map(({ operationId }) => operationId);

    it("tells a company's acts, newest first, page by page, numbered in its own chain", async () => {
      const asked = ['1', '2', '3', '4'].map((id) => about(id, 'x@y'));
      await storage().commit({ operations: [...asked, about('elsewhere', 'x@y', { company: 'tenant-2' })] });
      await storage().commit({
        operations: [{ save: operation('2', { ...asked[1]?.add, status: 'done' }) }],
      });
      const first = await storage().audit.ofCompany('tenant-1', { limit: 3 });
      assert.deepEqual(operationIds(first), ['4', '3', '2']);
      assert.deepEqual(
        first.map(({ number }) => number),
        [4, 3, 2],
      );
      assert.deepEqual(
        first.at(-1)?.ofOperation.map(({ outcome, continues, number }) => [outcome, continues, number]),
        [
          ['intended', false, 2],
          ['done', true, 5],
        ],
      );
      const rest = await storage().audit.ofCompany('tenant-1', { limit: 3, beforeNumber: 2 });
      assert.deepEqual(operationIds(rest), ['1']);
      const [other] = await storage().audit.ofCompany('tenant-2', { limit: 3 });
      assert.equal(other?.number, 1);
      assert.deepEqual(await storage().audit.ofCompany('tenant-3', { limit: 3 }), []);
    });

    it('goes on in one row after the other, however many commits come at once', async () => {
      const own = Array.from({ length: 30 }, (_, at) => storage().commit({ deeds: [deed(at)] }));
      const ana = { tenantId: 'tenant-2', objectId: 'ana' };
      const both = Array.from({ length: 5 }, (_, at) =>
        storage().commit({ deeds: [deed(at, ana), deed(at), deed(at, ana)] }),
      );
      await Promise.all([...own, ...both]);
      const numbers = async (company: string) =>
        (await storage().audit.ofCompany(company, { limit: 99 })).map(({ number }) => number).toReversed();
      const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
      assert.deepEqual(await numbers('tenant-1'), upTo(35));
      assert.deepEqual(await numbers('tenant-2'), upTo(10));
    });

    it('has nothing of a commit that lost a race', async () => {
      await storage().commit({ offers: [{ add: offer('f', { rev: 7 }) }] });
      const late = { deeds: [deed(1)], offerGuards: [{ id: 'f', rev: 6 }] };
      await assert.rejects(storage().commit(late), ConflictError);
      await storage().commit({ deeds: [deed(2)] });
      const rows = await storage().audit.ofCompany('tenant-1', { limit: 9 });
      assert.deepEqual(
        rows.map(({ number, at }) => [number, at]),
        [[1, 2]],
      );
    });

    it('finds in the history what an actor did and to whom', async () => {
      const objects = [
        'Trần Văn ĐỨC',
        'duc_tran@contoso.example',
        'ducXtran',
        '100% Lan!',
        '100 Lan',
        'Back\\slash',
      ];
      await storage().commit({
        operations: [
          ...objects.map((object) => about(object, object)),
          about('of minh', 'Trần Văn Đức', { actor: minh }),
          { add: operation('a mail', { kind: 'send-mail', args: { to: 'client@fabrikam.example' } }) },
        ],
      });
      const found = async (query: object) =>
        operationIds(await storage().audit.ofCompany('tenant-1', { limit: 10, ...query })).sort();
      assert.deepEqual(await found({ object: 'văn đức' }), ['Trần Văn ĐỨC', 'of minh']);
      assert.deepEqual(await found({ object: 'Văn Đức'.normalize('NFD') }), ['Trần Văn ĐỨC', 'of minh']);
      assert.deepEqual(await found({ object: 'văn đức', actor: minh }), ['of minh']);
      assert.deepEqual(await found({ actor: minh }), ['of minh']);
      assert.deepEqual(await found({ object: 'C_T' }), ['duc_tran@contoso.example']);
      assert.deepEqual(await found({ object: '0% l' }), ['100% Lan!']);
      assert.deepEqual(await found({ object: 'n!' }), ['100% Lan!']);
      assert.deepEqual(await found({ object: 'k\\S' }), ['Back\\slash']);
      assert.deepEqual(await found({ object: 'nobody' }), []);
      const or = (names: string[], actors = [minh]) => ({ object: 'nobody', or: { objects: names, actors } });
      assert.deepEqual(await found(or([])), ['of minh']);
      assert.deepEqual(await found(or(['100% lan!', '100% la'], [])), ['100% Lan!']);
      assert.deepEqual(await found({ ...or(['Back\\slash']), actor: minh }), ['of minh']);
      assert.equal((await found({ object: '' })).length, objects.length + 2);
      assert.deepEqual(await found({ object: 'fabrikam' }), ['a mail']);
      assert.deepEqual(await found({ object: 'fabrikam', withoutMails: true }), []);
    });
  });
}
