import assert from 'node:assert/strict';
import {
  type Approval,
  type ApprovalFacts,
  approvalLifetimeMs,
  approvedText,
  doesApprovalHold,
  isAsApproved,
} from '../../partner/approvals.ts';
import type { User } from '../../partner/directory.ts';
import { PartnerError } from '../../partner/errors.ts';
import { roleIds } from '../../partner/role-ids.ts';

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
  ...{ argsHash: hash(approvedText(operation)), status: 'approved', decidedBy: minh, answer: '' },
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

describe('a second person’s yes', () => {
  const { globalAdministrator, privilegedRoleAdministrator, userAdministrator } = roleIds;

  /** Minh as Microsoft shows him now, to who is a Global administrator. */
  function facts(now: {
    roles?: string[];
    user?: Partial<User> | undefined;
    at?: number;
    capability?: ApprovalFacts['capabilities'][number];
  }): ApprovalFacts {
    const { roles = [privilegedRoleAdministrator], at = 1, capability = 'grant-privileged-role' } = now;
    const user = 'user' in now ? now.user : { accountEnabled: true };
    return {
      directory: {
        userById: async () => user as User | undefined,
        rightsOf: async () => ({ roles, support: [] }),
      },
      situation: {
        ...{ cloud: 'worldwide', staff: true, roles: [globalAdministrator], support: [] },
        authorisations: ['delegated-administration'],
      },
      capabilities: [capability],
      ...{ hash, now: at },
    };
  }
  const holds = (now: Parameters<typeof facts>[0] = {}) => doesApprovalHold(operation, approval, facts(now));

  it('holds for 24 hours from when it was given', async () => {
    assert.equal(await holds(), true);
    assert.equal(await holds({ at: 1 + approvalLifetimeMs }), true);
    assert.equal(await holds({ at: 2 + approvalLifetimeMs }), false);
  });

  it('holds while who gave it may still give it, whatever the actor may', async () => {
    assert.equal(await holds({ roles: [] }), false);
    assert.equal(await holds({ roles: [userAdministrator] }), false);
    assert.equal(await holds({ user: { accountEnabled: false } }), false);
    assert.equal(await holds({ user: undefined }), false);
  });

  it('to Full support access is that of a Global or Privileged Role administrator', async () => {
    for (const [role, expected] of [
      [globalAdministrator, true],
      [privilegedRoleAdministrator, true],
      [userAdministrator, false],
    ] as const)
      assert.equal(await holds({ roles: [role], capability: 'support-full' }), expected, role);
  });

  it('is no "no" where it cannot be read', async () => {
    const unavailable = new PartnerError('microsoft-unavailable');
    for (const method of ['userById', 'rightsOf'] as const) {
      const { directory, ...rest } = facts({});
      const away = { ...directory, [method]: () => Promise.reject(unavailable) };
      await assert.rejects(doesApprovalHold(operation, approval, { ...rest, directory: away }), unavailable);
    }
  });

  it('is nobody’s own, and of nobody of another company', async () => {
    for (const decidedBy of [hung, { tenantId: 'fabrikam', objectId: 'minh' }]) {
      const own = { ...operation, approvedBy: decidedBy };
      assert.equal(await doesApprovalHold(own, { ...approval, decidedBy }, facts({})), false);
    }
  });
});
