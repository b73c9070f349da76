import assert from 'node:assert/strict';
import type { SupportGroup } from '../../partner/directory.ts';
import { type Holdings, mayActSensitively, mayResetPassword } from '../../partner/reset-rights.ts';
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
const holding = (...held: string[]): Holdings => ({ roles: held, support: [] });
const mightiest = ['privileged-authentication-administrator', 'global-administrator'];

describe('who may set whose password', () => {
  for (const [target, resetters] of rows) {
    it(`of a holder of ${target}`, () => {
      const may = roles.filter(({ templateId }) => mayResetPassword([templateId], holding(idOf(target))));
      assert.deepEqual(may.map(({ key }) => key).toSorted(), [...resetters, ...mightiest].toSorted());
    });
  }

  it('of a person without a role: each of the six roles, and nobody without one', () => {
    const may = roles.filter(({ templateId }) => mayResetPassword([templateId], holding()));
    assert.equal(may.length, 6);
    assert.equal(mayResetPassword([], holding()), false);
  });

  it('takes one role that is enough for all that the other holds', () => {
    const mixed = [idOf('groups-administrator'), idOf('authentication-administrator')];
    const actor = [roleIds.userAdministrator, idOf('authentication-administrator')];
    assert.equal(mayResetPassword(actor, holding(...mixed)), false);
    assert.equal(
      mayResetPassword([roleIds.globalAdministrator], holding(...mixed, 'a role of tomorrow')),
      true,
    );
    assert.equal(mayResetPassword([roleIds.userAdministrator], holding('a role of tomorrow')), false);
  });

  it('blocking and deleting takes a user admin or a Global admin of that rank', () => {
    assert.equal(mayActSensitively([roleIds.helpdeskAdministrator], holding()), false);
    assert.equal(
      mayActSensitively([roleIds.userAdministrator], holding(roleIds.helpdeskAdministrator)),
      true,
    );
    assert.equal(mayActSensitively([roleIds.userAdministrator], holding(roleIds.globalAdministrator)), false);
    assert.equal(
      mayActSensitively([roleIds.globalAdministrator], holding(roleIds.globalAdministrator)),
      true,
    );
  });

  it('of a holder of Full support access is for Global admins alone, of the other two for the same as ever', () => {
    for (const check of [mayResetPassword, mayActSensitively]) {
      const may = (support: SupportGroup) =>
        roles.filter(({ templateId }) => check([templateId], { roles: [], support: [support] }));
      assert.deepEqual(
        may('full').map(({ key }) => key),
        ['global-administrator'],
      );
      const usual = roles.filter(({ templateId }) => check([templateId], holding()));
      for (const group of ['limited', 'sales'] as const) assert.deepEqual(may(group), usual);
    }
  });
});
