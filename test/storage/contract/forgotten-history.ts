import assert from 'node:assert/strict';
import {
  approval,
  colleague,
  lan,
  lanAccount,
  minh,
  offerEvent,
  operation,
  person,
  statement,
} from '../samples.ts';
import type { Opened } from '../storage-contract.ts';
import { forgotten, mailTo } from './forgotten.ts';

const { displayName, signInName } = lanAccount;

export function forgottenHistoryContract(storage: Opened): void {
  describe('forgetting somebody in the history', () => {
    it('takes names out of the history but for what proves something, and says how many rows that were', async () => {
      const mail = { ...mailTo(signInName.toUpperCase()), displayName: '' };
      const asClient = { client: lan.tenantId, company: 'tenant-2', by: lan, byName: displayName };
      const toColleague = { ...{ client: null, kind: 'handed-over' as const, by: minh, byName: 'Minh' } };
      await storage().commit({
        people: [person('lan')],
        operations: [
          { add: operation('a mail', { kind: 'send-mail', actor: minh, status: 'done', args: mail }) },
          {
            add: operation('to another', {
              kind: 'send-mail',
              actor: minh,
              status: 'done',
              args: mailTo('x@y'),
            }),
          },
          // Whom something was done to is the company's to answer for.
          {
            add: operation('about her', {
              ...{ kind: 'block-user', actor: minh, status: 'done' },
              args: { userId: 'lan', signInName, displayName },
            }),
          },
        ],
        offerEvents: [
          offerEvent('accepted', { ...asClient, kind: 'accepted' }),
          offerEvent('declined', { ...asClient, kind: 'declined' }),
          offerEvent('to her', { ...toColleague, details: { to: displayName, toId: 'lan' } }),
          offerEvent('to a namesake', { ...toColleague, details: { to: displayName, toId: 'another' } }),
        ],
        colleagues: [colleague({ account: lan, name: displayName })],
      });
      await storage().commit({ forgotten: [forgotten()] });
      const personalOf = async (company: string) =>
        (await storage().audit.ofCompany(company, { limit: 99 }))
          .toReversed()
          .map(({ verb, personal }) => [verb, personal?.object ?? personal?.by ?? '']);
      assert.deepEqual(await personalOf('tenant-1'), [
        ['send-mail', ''],
        ['send-mail', 'x@y'],
        ['block-user', signInName],
        ['offer-handed-over', ''],
        ['offer-handed-over', displayName],
        ['set-colleague', ''],
        ['forget-me', ''],
      ]);
      assert.deepEqual(await personalOf('tenant-2'), [
        ['offer-accepted', displayName],
        ['offer-declined', ''],
        ['forget-me', ''],
      ]);
      for (const [company, erased] of [
        ['tenant-1', [1, 4, 6]],
        ['tenant-2', [2]],
      ] as const) {
        const [newest] = await storage().audit.ofCompany(company, { limit: 1 });
        assert.deepEqual([newest?.actor, newest?.details], [lan, { erased }]);
      }
      const found = await storage().audit.ofCompany('tenant-1', { object: displayName, limit: 9 });
      assert.deepEqual(
        found.map(({ verb }) => verb),
        ['offer-handed-over', 'block-user'],
      );
    });

    it('takes the words of who declined a request, and the mailbox of a company that was their own', async () => {
      await storage().commit({
        people: [person('lan')],
        operations: [{ add: operation('o', { status: 'done' }) }],
        approvals: [
          { add: approval('theirs', { operationId: 'o', requester: minh }) },
          { add: approval('another', { operationId: 'other' }) },
        ],
      });
      const declined = { status: 'declined', answer: 'words', at: 1 } as const;
      const named = { authorisation: 'company-mailbox', address: signInName } as const;
      await storage().commit({
        approvals: [
          { decide: { ...declined, id: 'theirs', by: lan } },
          { decide: { ...declined, id: 'another', by: minh } },
        ],
        statements: [statement({ ...named })],
      });
      await storage().commit({ forgotten: [forgotten()] });
      const acts = await storage().audit.ofCompany('tenant-1', { limit: 99 });
      assert.deepEqual(
        acts
          .filter(({ verb }) => verb === 'decline' || verb === 'set-company-mailbox')
          .map(({ verb, actor, personal }) => [verb, actor?.objectId, personal?.args]),
        [
          ['set-company-mailbox', lan.objectId, undefined],
          ['decline', minh.objectId, { answer: 'words' }],
          ['decline', lan.objectId, undefined],
        ],
      );
      const mailbox = acts.find(({ verb }) => verb === 'set-company-mailbox');
      assert.equal(mailbox?.personal, null);
    });
  });
}
