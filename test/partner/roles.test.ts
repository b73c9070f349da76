import assert from 'node:assert/strict';
import { roleById, roles } from '../../partner/roles.ts';

describe('the catalogue of roles', () => {
  it('holds each role once, with a well-formed id', () => {
    for (const field of ['templateId', 'key', 'englishName'] as const) {
      assert.equal(new Set(roles.map((role) => role[field])).size, roles.length);
    }
    for (const role of roles) {
      assert.match(role.templateId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(role.key, role.englishName.toLowerCase().replaceAll(' ', '-'));
    }
  });

  it('starts with the ten that are given most', () => {
    assert.deepEqual(
      roles.map((role) => role.common).filter((place) => place !== undefined),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.deepEqual(
      roles.slice(0, 10).map((role) => role.common),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('asks a second person for all that Microsoft labels privileged, and only those', () => {
    const labelled = [
      'application-administrator',
      'authentication-administrator',
      'cloud-application-administrator',
      'conditional-access-administrator',
      'directory-writers',
      'domain-name-administrator',
      'global-administrator',
      'global-reader',
      'helpdesk-administrator',
      'intune-administrator',
      'password-administrator',
      'privileged-authentication-administrator',
      'privileged-role-administrator',
      'security-administrator',
      'security-reader',
      'user-administrator',
    ];
    const privileged = roles.filter((role) => role.privileged).map((role) => role.key);
    assert.deepEqual([...privileged].sort(), labelled);
  });

  it('is found by id in any case; an unknown role is not invented', () => {
    assert.equal(roleById('62E90394-69F5-4237-9190-012177145E10')?.key, 'global-administrator');
    assert.equal(roleById('00000000-0000-0000-0000-000000000000'), undefined);
  });
});
