import assert from 'node:assert/strict';
import type { JsonObject } from '../../../partner/operations.ts';
import { cardAction, lan, lanAccount, operation, person, signIn } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

/** Whatever is written is read back the same. */
export function rowContract(storage: Opened): void {
  describe('rows', () => {
    it('come back as they were written', async () => {
      const answer = { status: 200, body: { type: 'message', value: [1, null, 'đ'] } };
      const inbound = { conversationKey: 'c', activityId: 'a', answer, at: 1_760_000_000_000 };
      const silent = { conversationKey: 'c', activityId: 'b', answer: null, at: 1 };
      await storage().commit({
        inbound: [inbound, silent],
        people: [person('msteams/lan')],
        accounts: [lanAccount],
        signIns: [{ add: signIn('s', { account: lan, codeHash: 'hash' }) }],
        cardActions: [{ add: cardAction('n') }],
        operations: [{ add: operation('o') }],
      });

      assert.deepEqual(await storage().inbound.find('c', 'a'), inbound);
      assert.deepEqual(await storage().inbound.find('c', 'b'), silent);
      assert.deepEqual(await storage().people.find('msteams/lan'), person('msteams/lan', { version: 1 }));
      assert.deepEqual(await storage().accounts.find(lan), lanAccount);
      assert.deepEqual(await storage().signIns.find('s'), signIn('s', { account: lan, codeHash: 'hash' }));
      assert.deepEqual(await storage().cardActions.find('n'), cardAction('n'));
      assert.deepEqual(await storage().operations.find('o'), operation('o'));
    });

    it('that are not there are undefined', async () => {
      assert.equal(await storage().state.find('x'), undefined);
      assert.equal(await storage().inbound.find('x', 'x'), undefined);
      assert.equal(await storage().people.find('x'), undefined);
      assert.equal(await storage().accounts.find(lan), undefined);
      assert.equal(await storage().signIns.find('x'), undefined);
      assert.equal(await storage().signIns.openFor('x', 0), undefined);
      assert.equal(await storage().cardActions.find('x'), undefined);
      assert.equal(await storage().operations.find('x'), undefined);
      assert.equal(await storage().outbox.find('x'), undefined);
      assert.equal(await storage().outbox.nextDue(), undefined);
      assert.deepEqual(await storage().jobs.nextDue(), { real: undefined, domain: undefined });
    });

    it('keep empty values, strange texts and the order of keys', async () => {
      const nobody = person('emulator/1', {
        reference: null,
        language: null,
        account: null,
        welcomedAt: null,
      });
      const withoutRoles = { ...lanAccount, wids: undefined };
      const body: JsonObject = { z: '\u0000\u202e🙂', a: "O'Brien & Sons #1 \u0024{x}", m: [] };
      await storage().commit({
        people: [nobody],
        accounts: [withoutRoles],
        state: [{ key: 'k', version: 0, schema: 1, body }],
      });
      assert.deepEqual(await storage().people.find('emulator/1'), { ...nobody, version: 1 });
      assert.deepEqual(await storage().accounts.find(lan), withoutRoles);
      const found = await storage().state.find('k');
      assert.equal(JSON.stringify(found?.body), JSON.stringify(body));
    });

    it('of another schema version come as they are', async () => {
      const future = operation('o', { schema: 99, args: { shape: 'new' } });
      await storage().commit({
        state: [{ key: 'k', version: 0, schema: 99, body: { new: true } }],
        operations: [{ add: future }],
        cardActions: [{ add: cardAction('n', { schema: 99 }) }],
      });
      assert.deepEqual(await storage().state.find('k'), {
        key: 'k',
        version: 1,
        schema: 99,
        body: { new: true },
      });
      assert.deepEqual(await storage().operations.find('o'), future);
      assert.deepEqual(await storage().cardActions.find('n'), cardAction('n', { schema: 99 }));
    });

    it('of people and accounts are replaced by newer ones', async () => {
      await storage().commit({ people: [person('p')], accounts: [lanAccount] });
      const signedOut = person('p', { account: null, language: 'en', version: 1 });
      await storage().commit({ people: [signedOut], accounts: [{ ...lanAccount, displayName: 'Lan' }] });
      assert.deepEqual(await storage().people.find('p'), { ...signedOut, version: 2 });
      assert.equal((await storage().accounts.find(lan))?.displayName, 'Lan');
    });

    it('name everybody who is signed in as an account', async () => {
      const other = { ...lan, objectId: 'minh' };
      await storage().commit({
        people: [
          person('emulator/1'),
          person('msteams/lan'),
          person('msteams/minh', { account: other }),
          person('msteams/new', { account: null }),
        ],
      });
      const keys = (await storage().people.signedInAs(lan)).map(({ key }) => key);
      assert.deepEqual(keys, ['emulator/1', 'msteams/lan']);
    });

    it('tell the newest sign-in that is open and not expired', async () => {
      const add = (state: string, more = {}) => ({ add: signIn(state, more) });
      await storage().commit({ signIns: [add('old'), add('newer', { status: 'waiting-for-code' })] });
      await storage().commit({
        signIns: [add('expired', { expiresAt: 500 }), add('failed', { status: 'failed' })],
      });
      await storage().commit({ signIns: [add('of another', { personKey: 'msteams/minh' })] });
      assert.equal((await storage().signIns.openFor('msteams/lan', 500))?.state, 'newer');
      assert.equal((await storage().signIns.openFor('msteams/lan', 499))?.state, 'expired');
      assert.equal(await storage().signIns.openFor('msteams/lan', 1000), undefined);
    });

    it("tell an account's operations that wait for its sign-in, oldest first", async () => {
      const waiting = { status: 'waiting-sign-in' } as const;
      await storage().commit({
        operations: [
          { add: operation('b', { ...waiting, createdAt: 2 }) },
          { add: operation('a', { ...waiting, createdAt: 1 }) },
          { add: operation('running') },
          { add: operation('of another', { ...waiting, actor: { ...lan, objectId: 'minh' } }) },
        ],
      });
      const ids = (await storage().operations.waitingForSignIn(lan)).map(({ id }) => id);
      assert.deepEqual(ids, ['a', 'b']);
    });
  });
}
