import assert from 'node:assert/strict';
import { mayActSensitively, mayResetPassword } from '../../partner/reset-rights.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { roles } from '../../partner/roles.ts';

const idOf = (key: string): string => roles.find((role) => role.key === key)?.templateId ?? `no ${key}`;

/** Rows of Microsoft's table: whose password, and the roles that may set it beside the two mightiest. */
const rows: [string, string[]][] = [
  ['authentication-administrator', ['authentication-administrator']],
  [
    'directory-readers',
    [
      'password-administrator',
      'helpdesk-administrator',
      'authentication-administrator',
      'user-administrator',
    ],
  ],
  ['global-administrator', []],
  ['groups-administrator', ['user-administrator']],
  [
    'guest-inviter',
    [
      'password-administrator',
      'helpdesk-administrator',
      'authentication-administrator',
      'user-administrator',
    ],
  ],
  ['helpdesk-administrator', ['helpdesk-administrator', 'user-administrator']],
  ['message-center-reader', ['helpdesk-administrator', 'authentication-administrator', 'user-administrator']],
  [
    'password-administrator',
    [
      'password-administrator',
      'helpdesk-administrator',
      'authentication-administrator',
      'user-administrator',
    ],
  ],
  ['privileged-authentication-administrator', []],
  ['privileged-role-administrator', []],
  ['reports-reader', ['helpdesk-administrator', 'authentication-administrator', 'user-administrator']],
  ['user-administrator', ['user-administrator']],
  [
    'usage-summary-reports-reader',
    ['helpdesk-administrator', 'authentication-administrator', 'user-administrator'],
  ],
  ['billing-administrator', []],
];
const mightiest = ['privileged-authentication-administrator', 'global-administrator'];

describe('who may set whose password', () => {
  for (const [target, resetters] of rows) {
    it(`of a holder of ${target}`, () => {
      const may = roles.filter(({ templateId }) => mayResetPassword([templateId], [idOf(target)]));
      assert.deepEqual(may.map(({ key }) => key).toSorted(), [...resetters, ...mightiest].toSorted());
    });
  }

  it('of a person without a role: each of the six roles, and nobody without one', () => {
    const may = roles.filter(({ templateId }) => mayResetPassword([templateId], []));
    assert.equal(may.length, 6);
    assert.equal(mayResetPassword([], []), false);
  });

  it('takes one role that is enough for all that the other holds', () => {
    const mixed = [idOf('groups-administrator'), idOf('authentication-administrator')];
    const actor = [roleIds.userAdministrator, idOf('authentication-administrator')];
    assert.equal(mayResetPassword(actor, mixed), false);
    assert.equal(mayResetPassword([roleIds.globalAdministrator], [...mixed, 'a role of tomorrow']), true);
    assert.equal(mayResetPassword([roleIds.userAdministrator], ['a role of tomorrow']), false);
  });

  it('blocking and deleting takes a user admin or a Global admin of that rank', () => {
    assert.equal(mayActSensitively([roleIds.helpdeskAdministrator], []), false);
    assert.equal(mayActSensitively([roleIds.userAdministrator], [roleIds.helpdeskAdministrator]), true);
    assert.equal(mayActSensitively([roleIds.userAdministrator], [roleIds.globalAdministrator]), false);
    assert.equal(mayActSensitively([roleIds.globalAdministrator], [roleIds.globalAdministrator]), true);
  });
});
