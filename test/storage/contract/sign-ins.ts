import assert from 'node:assert/strict';
import { ConflictError } from '../../../storage/changes.ts';
import { pruneAll } from '../../helpers/prune-all.ts';
import { lan, lanAccount, minh, operation, person, signIn } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

export function signInContract(storage: Opened): void {
  describe('sign-ins', () => {
    const tokensOf = async (account: typeof lan) => (await storage().tokens.load(account))?.tokens;

    it('keep the tokens of each account, and number each sign-in anew', async () => {
      await storage().commit({
        people: [person('a', { account: lan, seenAt: 1e14 }), person('b', { account: minh, seenAt: 1e14 })],
        tokens: [
          { signedIn: lan, secret: 'of lan' },
          { signedIn: minh, secret: 'of minh' },
        ],
      });
      const first = await storage().tokens.load(lan);
      await storage().commit({ signOuts: [{ account: lan, at: 1, keepsName: true }] });
      assert.equal(await tokensOf(lan), undefined);
      const left = await storage().people.find('a');
      assert.ok(left);
      await storage().commit({
        people: [{ ...left, account: lan }],
        tokens: [{ signedIn: lan, secret: 'of lan, newer' }],
      });
      await pruneAll(storage(), { real: 1e14, domain: 1e14 });
      const second = await storage().tokens.load(lan);
      assert.equal(second?.tokens, 'of lan, newer');
      assert.ok(first && second.generation > first.generation);
      assert.equal(await tokensOf(minh), 'of minh');
    });

    it('take renewed tokens of the same sign-in only', async () => {
      await storage().commit({ tokens: [{ signedIn: lan, secret: 'first' }] });
      const { generation = 0 } = (await storage().tokens.load(lan)) ?? {};
      assert.equal(await storage().tokens.renew(lan, { generation, tokens: 'renewed' }), true);
      assert.deepEqual(await storage().tokens.load(lan), { generation, tokens: 'renewed' });
      await storage().commit({ tokens: [{ signedIn: lan, secret: 'second' }] });
      assert.equal(await storage().tokens.renew(lan, { generation, tokens: 'late' }), false);
      assert.equal(await tokensOf(lan), 'second');
      await storage().commit({ signOuts: [{ account: lan, at: 5, keepsName: true }] });
      assert.equal(await storage().tokens.renew(lan, { generation: generation + 1, tokens: 'late' }), false);
      assert.equal(await tokensOf(lan), undefined);
    });

    it('end in every chat, with or without a name left behind', async () => {
      await storage().commit({
        accounts: [lanAccount, { ...lanAccount, ...minh }],
        people: [
          person('a', { account: lan }),
          person('b', { account: lan }),
          person('c', { account: minh }),
        ],
      });
      await storage().commit({ signOuts: [{ account: lan, at: 7, keepsName: true }] });
      assert.deepEqual(await storage().people.signedInAs(lan), []);
      assert.equal((await storage().people.find('b'))?.account, null);
      assert.deepEqual(await storage().accounts.find(lan), lanAccount);
      assert.equal(await storage().signOuts.last(lan), 7);
      assert.equal((await storage().people.signedInAs(minh)).length, 1);
      await storage().commit({ signOuts: [{ account: minh, at: 8, keepsName: false }] });
      assert.equal(await storage().accounts.find(minh), undefined);
      assert.equal(await storage().signOuts.last(minh), 8);
    });

    it('are a conflict for a turn that knew the person before', async () => {
      await storage().commit({ people: [person('a', { account: lan })] });
      const before = await storage().people.find('a');
      assert.ok(before);
      await storage().commit({ signOuts: [{ account: lan, at: 7, keepsName: true }] });
      await assert.rejects(storage().commit({ people: [{ ...before, language: 'vi' }] }), ConflictError);
    });

    it('let go on what was refused before them, and nothing else', async () => {
      const waiting = operation('o', { actor: lan, status: 'waiting-sign-in' });
      await storage().commit({ operations: [{ add: waiting }], tokens: [{ signedIn: lan, secret: 'a' }] });
      const { generation = 0 } = (await storage().tokens.load(lan)) ?? {};
      const ids = async () => (await storage().operations.signedInSince(9)).map(({ id }) => id);
      assert.deepEqual(await ids(), ['o']);
      await storage().commit({ operations: [{ save: { ...waiting, refusedGeneration: generation } }] });
      assert.deepEqual(await ids(), []);
      assert.equal((await storage().operations.find('o'))?.refusedGeneration, generation);
      await storage().commit({ tokens: [{ signedIn: lan, secret: 'b' }] });
      assert.deepEqual(await ids(), ['o']);
    });

    it('are found by who began them last', async () => {
      await storage().commit({ signIns: [{ add: signIn('s1') }] });
      await storage().commit({ signIns: [{ add: signIn('s2', { status: 'finished' }) }] });
      assert.equal((await storage().signIns.newestOf('msteams/lan'))?.state, 's2');
      assert.equal(await storage().signIns.newestOf('msteams/nobody'), undefined);
    });

    it('count each try once, and forget it when it was none', async () => {
      const tried = (id: string, at: number) => ({ add: { id, what: 'code', who: 'lan', at } });
      await storage().commit({ attempts: [tried('1', 10), tried('2', 20)] });
      await storage().commit({ attempts: [tried('2', 25)] });
      const count = (since: number) => storage().attempts.count({ what: 'code', who: 'lan' }, since);
      assert.deepEqual([await count(0), await count(20), await count(21)], [2, 1, 0]);
      assert.equal(await storage().attempts.count({ what: 'code', who: 'minh' }, 0), 0);
      await storage().commit({ attempts: [{ forgive: '2' }] });
      assert.equal(await count(0), 1);
      await pruneAll(storage(), { real: 0, domain: 10 + 24 * 60 * 60 * 1000 + 1 });
      assert.equal(await count(0), 0);
    });

    it('refuse two writes of one row in one commit, loudly and not as a lost race', async () => {
      await storage().commit({ signIns: [{ add: signIn('s') }] });
      const ended = { update: signIn('s', { status: 'failed' as const }), from: 'open' as const };
      const failure = await storage()
        .commit({ signIns: [ended, ended] })
        .catch((error: unknown) => error);
      assert.ok(failure instanceof Error && !(failure instanceof ConflictError));
      assert.match(failure.message, /signIns s twice/);
      assert.equal((await storage().signIns.find('s'))?.status, 'open');
    });
  });
}
