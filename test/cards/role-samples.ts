import {
  approvalCard,
  approvalsCard,
  declineCard,
  endedApprovalCard,
  requestAnsweredCard,
  type WaitingRequest,
} from '../../cards/approval.ts';
import { chooseRoleCard, roleCard, rolesCard, userRolesCard } from '../../cards/roles.ts';
import { supportCard, userSupportCard } from '../../cards/support.ts';
import { createWords, type Language } from '../../locales/words.ts';
import type { Account } from '../../partner/accounts.ts';
import type { Approval } from '../../partner/approvals.ts';
import type { User } from '../../partner/directory.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { roles } from '../../partner/roles.ts';
import { hanoi } from '../helpers/zones.ts';
import { aDelegation } from './delegation-staff-samples.ts';
import type { Sample } from './sample-cards.ts';

const unknownRole = '3f6d7a52-0000-4000-8000-00000000aaaa';

/** Lists of roles, of support access and of approvals, each with much and with little in it. */
export function roleSamples(
  language: Language,
  { account, user }: { account: Account; user: User },
): Sample[] {
  const reader = { words: createWords(language, hanoi), language, account };
  const blocked = { ...user, accountEnabled: false };
  const held = [roleIds.globalAdministrator, unknownRole];
  const none = { items: [], next: undefined };
  const inUse = held.map((roleTemplateId, index) => ({ roleTemplateId, holders: index }));
  const [full, limited] = [
    { items: [user, blocked], total: 2 },
    { items: [], total: 0 },
  ];
  const choices = [
    { level: 'full', secondPerson: true },
    { level: 'none', secondPerson: false },
  ] as const;
  const cannot = [reader.words('refusal.not-staff')];
  const cards = {
    'nobody holds a role': rolesCard(reader, { roles: none, total: 0 }),
    'roles in use': rolesCard(reader, { roles: { items: inUse, next: 10 }, total: 12 }),
    'a role of nobody': roleCard(reader, { role: unknownRole, holders: none, total: 0, mayRemove: true }),
    'holders of a role': roleCard(reader, {
      ...{ role: roleIds.globalAdministrator, total: 12, mayRemove: true },
      holders: { items: [user, blocked], next: 10 },
    }),
    'no roles of one person': userRolesCard(reader, {
      ...{ user, roles: [], mayChange: false },
      cannot: 'x',
    }),
    'roles of one person': userRolesCard(reader, { user, roles: held, mayChange: true, cannot: '' }),
    'roles to give': chooseRoleCard(reader, { user, roles: { items: roles.slice(0, 10), next: 10 } }),
    'nobody with support access': supportCard(reader, {
      ...{ mayChange: false, clients: 0, full: limited, limited, next: undefined },
    }),
    'support access': supportCard(reader, { clients: 120, full, limited, next: 10, mayChange: true }),
    'support access of one person': userSupportCard(reader, {
      ...{ user, now: 'limited', clients: 1, choices, cannot: [], next: 10, isReachShown: true },
      reach: [{ delegation: aDelegation(), roles: [roleIds.helpdeskAdministrator, unknownRole] }],
    }),
    'support access that cannot be changed': userSupportCard(reader, {
      ...{ user, now: 'none', clients: null, choices: [], cannot, reach: [], next: undefined },
      isReachShown: false,
    }),
    'approvals of nobody': approvalsCard(reader, { forMe: [], own: [] }),
    approvals: approvalsCard(reader, { forMe: [waitingOf(account, user)], own: [waitingOf(account, user)] }),
  };
  return [
    ...Object.entries(cards).map(([title, card]) => ({ template: 'rows', title, card })),
    ...approvalSamples(reader, user),
  ];
}

function approvalSamples(
  reader: { words: ReturnType<typeof createWords>; language: Language; account: Account },
  user: User,
): Sample[] {
  const approval = approvalOf(reader.account, user);
  const { args } = waitingOf(reader.account, user);
  const names = { by: user.displayName, requester: reader.account.displayName };
  const ends = ['approved', 'declined', 'expired', 'withdrawn', 'done', 'failed'] as const;
  return [
    ...[reader.account, undefined].map((requester) => ({
      template: 'message',
      title: 'an approval',
      card: approvalCard(reader, { approval, args, requester, nonce: 'one' }),
    })),
    {
      template: 'few-words',
      title: 'why an approval is declined',
      card: declineCard(reader.words, {
        ...{ account: reader.account, approval, nonce: 'one', problem: '', why: '' },
        requester: user.displayName,
      }),
    },
    ...(['approved', 'declined', 'expired'] as const).map((how) => ({
      template: 'message',
      title: `an approval is answered: ${how}`,
      card: requestAnsweredCard(reader, { approval, how, by: user.displayName }),
    })),
    ...ends.flatMap((how) =>
      [true, false].map((isOwn) => ({
        template: 'message',
        title: `an approval that is ${how}`,
        card: endedApprovalCard(reader, { approval, args, how, isOwn, names }),
      })),
    ),
  ];
}

function waitingOf(requester: Account, user: User): WaitingRequest {
  const { id: userId, displayName, signInName } = user;
  const args = { userId, displayName, signInName, role: roleIds.globalAdministrator };
  return { approval: approvalOf(requester, user), args, from: requester.displayName };
}

function approvalOf(requester: Account, { signInName }: User): Approval {
  return {
    ...{ id: 'approval', operationId: 'operation', company: requester.tenantId, requester },
    ...{ requesterPersonKey: 'p', capability: 'grant-privileged-role', verb: 'grant-role' },
    ...{ object: signInName, reason: 'x', argsHash: '', status: 'waiting', decidedBy: null, answer: 'y' },
    ...{ createdAt: 0, expiresAt: 1, decidedAt: null },
  };
}
