import assert from 'node:assert/strict';
import { pruneAll } from '../../helpers/prune-all.ts';
import {
  approval,
  cardAction,
  colleague,
  job,
  lan,
  lanAccount,
  message,
  minh,
  operation,
  person,
  signIn,
} from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

const day = 24 * 60 * 60 * 1000;

export function retentionContract(storage: Opened): void {
  describe('retention', () => {
    it('deletes what is over and old, nothing else', async () => {
      const real = Date.now();
      const domain = 1_760_000_000_000;
      const answered = (activityId: string, at: number) => {
        return { conversationKey: 'c', activityId, answer: null, at };
      };
      await storage().commit({
        outbox: ['sent', 'failed', 'waiting'].map((key) => message(key)),
        inbound: [answered('old', real - 1), answered('new', real + 2 * day)],
        cardActions: [
          { add: cardAction('old', { expiresAt: domain - day - 1 }) },
          { add: cardAction('new', { expiresAt: domain - day }) },
        ],
        signIns: [
          { add: signIn('old', { expiresAt: domain - day - 1 }) },
          { add: signIn('new', { expiresAt: domain - day }) },
        ],
        vault: [
          { put: { key: 'old', secret: 's', expiresAt: domain } },
          { put: { key: 'new', secret: 's', expiresAt: domain + 1 } },
        ],
        state: [{ key: 'k', version: 0, schema: 1, body: {} }],
        operations: [{ add: operation('o', { createdAt: 0 }) }],
        jobs: [job('j', { dueAt: 0 })],
      });
      const claim = () => storage().outbox.claim(0, { owner: 'me', until: 0 }, { limit: 9 });
      await claim();
      await storage().outbox.sent('sent', 'me', null);
      await claim();
      await storage().outbox.ended('failed', 'me', 'failed');

      await pruneAll(storage(), { real, domain: 0 });
      assert.ok(await storage().state.find('k'));
      assert.ok(await storage().outbox.find('sent'));
      assert.ok(await storage().inbound.find('c', 'old'));
      assert.ok(await storage().cardActions.find('old'));
      assert.ok(await storage().signIns.find('old'));

      await pruneAll(storage(), { real: real + 31 * day, domain });
      assert.equal(await storage().outbox.find('sent'), undefined);
      assert.equal(await storage().outbox.find('failed'), undefined);
      assert.equal(await storage().inbound.find('c', 'old'), undefined);
      assert.equal(await storage().cardActions.find('old'), undefined);
      assert.equal(await storage().signIns.find('old'), undefined);
      assert.equal(await storage().vault.open('old', 0), undefined);

      assert.ok(await storage().outbox.find('waiting'));
      assert.ok(await storage().inbound.find('c', 'new'));
      assert.ok(await storage().cardActions.find('new'));
      assert.ok(await storage().signIns.find('new'));
      assert.equal(await storage().vault.open('new', domain), 's');
      assert.equal(await storage().state.find('k'), undefined);
      assert.ok(await storage().operations.find('o'));
      assert.equal((await storage().jobs.nextDue()).real, 0);
    });

    it('keeps what was written of late, whatever was open there', async () => {
      const write = (version: number) => ({ key: 'k', version, schema: 1, body: {} });
      await storage().commit({ state: [write(0)] });
      await storage().commit({ state: [write(1)] });
      await pruneAll(storage(), { real: Date.now() + 29 * day, domain: 0 });
      assert.equal((await storage().state.find('k'))?.version, 2);
    });

    it('lets go of people who were silent for 13 months, with their tokens; a name stays as long once more', async () => {
      const since = 1_760_000_000_000;
      const at = (days: number, isStaff = true) =>
        pruneAll(storage(), { real: 0, domain: since + days * day, isStaff: () => isStaff });
      await storage().commit({
        people: [
          person('silent', { account: lan, seenAt: since }),
          person('here', { account: minh, seenAt: since + day }),
          person('unknown', { account: null, seenAt: null }),
        ],
        accounts: [lanAccount, { ...lanAccount, ...minh }],
        tokens: [
          { signedIn: lan, secret: 'of lan' },
          { signedIn: minh, secret: 'of minh' },
        ],
        outbox: [message('for lan', { forAccount: 'tenant-1/lan' })],
      });
      await at(396);
      assert.ok(await storage().people.find('silent'));
      // Of whom it is not known it counts from the first look.
      assert.equal((await storage().people.find('unknown'))?.seenAt, since + 396 * day);
      await at(396.5);
      assert.equal(await storage().people.find('silent'), undefined);
      assert.equal(await storage().tokens.load(lan), undefined);
      assert.ok(await storage().tokens.load(minh));
      assert.deepEqual(await storage().accounts.find(lan), lanAccount);
      await at(792);
      assert.ok(await storage().accounts.find(lan));
      assert.ok(await storage().outbox.find('for lan'));
      await at(793);
      assert.equal(await storage().accounts.find(lan), undefined);
      await at(793);
      assert.equal(await storage().outbox.find('for lan'), undefined);
    });

    it('keeps the name of an account that something open names, and begins to count when that is over', async () => {
      const at = (days: number) => pruneAll(storage(), { real: 0, domain: days * day });
      const open = operation('o', { actor: lan, status: 'waiting-sign-in' });
      await storage().commit({
        accounts: [lanAccount, { ...lanAccount, ...minh }],
        operations: [{ add: open }],
        colleagues: [colleague({ account: minh })],
      });
      for (const days of [1, 400, 800]) await at(days);
      assert.ok(await storage().accounts.find(lan));
      assert.ok(await storage().accounts.find(minh));
      await storage().commit({ operations: [{ save: { ...open, status: 'done' } }] });
      for (const days of [801, 1197]) await at(days);
      assert.ok(await storage().accounts.find(lan));
      // Whoever comes back meanwhile begins anew.
      await storage().commit({ accounts: [lanAccount] });
      for (const days of [1198, 1594]) await at(days);
      assert.ok(await storage().accounts.find(lan));
      await at(1595);
      assert.equal(await storage().accounts.find(lan), undefined);
      assert.ok(await storage().accounts.find(minh));
    });

    it('keeps no name of who is no staff and in no chat', async () => {
      await storage().commit({
        accounts: [lanAccount, { ...lanAccount, ...minh }],
        people: [person('p', { account: minh, seenAt: 0 })],
      });
      await pruneAll(storage(), { real: 0, domain: 0, isStaff: () => false });
      assert.equal(await storage().accounts.find(lan), undefined);
      assert.ok(await storage().accounts.find(minh));
    });

    it('takes the words out of mails that ended 30 days ago; one that failed is not sent any more', async () => {
      const args = { to: 'a@b.example', subject: 's', text: 't', html: 'h', about: { what: 'offer' } };
      const mail = (id: string, status: 'done' | 'failed' | 'running' | 'cancelled') =>
        operation(id, { kind: 'send-mail', status, args });
      await storage().commit({
        operations: [
          { add: mail('done', 'running') },
          { add: mail('failed', 'failed') },
          { add: mail('running', 'running') },
          { add: mail('again', 'failed') },
          { add: operation('other', { status: 'done', args }) },
        ],
      });
      await storage().commit({
        operations: [{ save: mail('done', 'done') }, { save: mail('again', 'running') }],
      });
      const ended = Date.now();
      await pruneAll(storage(), { real: ended + 29 * day, domain: 0 });
      assert.deepEqual((await storage().operations.find('done'))?.args, args);
      await pruneAll(storage(), { real: ended + 31 * day, domain: 0 });
      const now = await Promise.all(
        ['done', 'failed', 'running', 'again', 'other'].map((id) => storage().operations.find(id)),
      );
      const without = { ...args, subject: '', text: '', html: '' };
      assert.deepEqual(
        now.map((each) => [each?.status, each?.args]),
        [
          ['done', without],
          ['cancelled', without],
          ['running', args],
          ['running', args],
          ['done', args],
        ],
      );
    });

    it('takes the reason out of approvals that ended 30 days ago', async () => {
      await storage().commit({ approvals: [{ add: approval('over') }, { add: approval('waiting') }] });
      await storage().commit({
        approvals: [{ decide: { id: 'over', status: 'declined', by: minh, at: 5 } }],
      });
      const reasons = async () =>
        (await Promise.all(['over', 'waiting'].map(storage().approvals.find))).map((each) => each?.reason);
      const { reason } = approval('x');
      await pruneAll(storage(), { real: 0, domain: 5 + 30 * day });
      assert.deepEqual(await reasons(), [reason, reason]);
      await pruneAll(storage(), { real: 0, domain: 6 + 30 * day });
      assert.deepEqual(await reasons(), ['', reason]);
    });

    it('deletes more than one step at a time', async () => {
      const nonces = Array.from({ length: 1001 }, (_, index) => `n${index}`);
      await storage().commit({ cardActions: nonces.map((nonce) => ({ add: cardAction(nonce) })) });
      await pruneAll(storage(), { real: 0, domain: 2 * day });
      const left = await Promise.all(nonces.map((nonce) => storage().cardActions.find(nonce)));
      assert.equal(left.filter((action) => action !== undefined).length, 0);
    });
  });
}
