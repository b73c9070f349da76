import assert from 'node:assert/strict';
import { type Approval, approvedText, isAsApproved } from '../../partner/approvals.ts';

const hash = (text: string) => `#${text}`;
const [hung, minh, bao] = ['hung', 'minh', 'bao'].map((objectId) => ({ tenantId: 'contoso', objectId }));
assert.ok(hung && minh && bao);

const operation = {
  kind: 'grant-role',
  company: 'contoso',
  actor: hung,
  args: { userId: 'an', role: 'helpdesk', more: { one: 1, other: [1, 2] } },
  approvedBy: minh,
};
const approval: Approval = {
  ...{ id: 'a', operationId: 'o', company: 'contoso', requester: hung, requesterPersonKey: 'p' },
  ...{ capability: 'grant-privileged-role', verb: 'grant-role', object: 'an', reason: 'why' },
  ...{ argsHash: hash(approvedText(operation)), status: 'approved', decidedBy: minh },
  ...{ createdAt: 0, expiresAt: 1, decidedAt: 1 },
};

describe('what was approved', () => {
  it('is what runs, in whatever order its parts were stored', () => {
    const { userId, role, more } = operation.args;
    const turned = { ...operation, args: { more: { other: more.other, one: more.one }, role, userId } };
    assert.equal(isAsApproved(turned, approval, hash), true);
  });

  for (const [what, changed] of [
    ['another kind', { kind: 'remove-role' }],
    ['another company', { company: 'fabrikam' }],
    ['another actor', { actor: bao }],
    ['another person', { args: { ...operation.args, userId: 'mai' } }],
    ['one argument more', { args: { ...operation.args, extra: null } }],
    ['an order that matters', { args: { ...operation.args, more: { one: 1, other: [2, 1] } } }],
    ['another approver', { approvedBy: bao }],
    ['no approver', { approvedBy: null }],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.equal(isAsApproved({ ...operation, ...changed }, approval, hash), false);
    });
  }

  for (const status of ['waiting', 'declined', 'expired', 'withdrawn'] as const) {
    it(`is nothing while the request is ${status}`, () => {
      assert.equal(isAsApproved(operation, { ...approval, status }, hash), false);
    });
  }

  it('is nothing without a request', () => {
    assert.equal(isAsApproved(operation, undefined, hash), false);
  });
});
