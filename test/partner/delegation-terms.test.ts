import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foundDelegation } from '../../partner/delegation-found.ts';
import { isNameOf, nameFor } from '../../partner/delegation-names.ts';
import {
  includesGlobalAdministrator,
  isSameDelegation,
  problemsOfDelegation,
  reachesGlobalAdministrator,
  termsFor,
} from '../../partner/delegation-terms.ts';
import { roleIds } from '../../partner/role-ids.ts';
import { anyText } from '../helpers/any-text.ts';
import { hanoi } from '../helpers/zones.ts';
import { limited, relationship } from './delegation-samples.ts';
import { dayMs } from './offer-samples.ts';

describe('terms of a delegation', () => {
  it('of Full and Limited are roles, and never Global Administrator', () => {
    for (const level of ['full', 'limited'] as const) {
      const terms = termsFor(level, { days: 730, autoExtend: true });
      assert.deepEqual(problemsOfDelegation(terms), [], level);
      assert.equal(includesGlobalAdministrator(terms), false, level);
    }
  });

  it('lead to Global Administrator with each role that can get there, so with Full and not with Limited', () => {
    const { globalAdministrator, privilegedRoleAdministrator, privilegedAuthenticationAdministrator } =
      roleIds;
    const reaching: string[] = [
      globalAdministrator,
      privilegedRoleAdministrator,
      privilegedAuthenticationAdministrator,
    ];
    for (const id of Object.values(roleIds))
      assert.equal(reachesGlobalAdministrator({ roles: [id] }), reaching.includes(id), id);
    const days = { days: 30, autoExtend: false };
    assert.equal(reachesGlobalAdministrator(termsFor('full', days)), true);
    assert.equal(reachesGlobalAdministrator(termsFor('limited', days)), false);
  });

  it('name some roles, each once, by their ids', () => {
    const [role = ''] = limited.roles;
    for (const roles of [[], [role, role], ['Global Administrator'], [role.slice(1)], [`${role}\n`]]) {
      assert.deepEqual(problemsOfDelegation({ ...limited, roles }), ['roles'], roles.join());
    }
  });

  it('last from a day to two years', () => {
    for (const days of [1, 730]) assert.deepEqual(problemsOfDelegation({ ...limited, days }), []);
    for (const days of [0, -1, 731, 1095, 1.5, Number.NaN]) {
      assert.deepEqual(problemsOfDelegation({ ...limited, days }), ['days'], `${days}`);
    }
  });

  it('with Global Administrator do not extend by themselves', () => {
    const terms = { ...limited, level: 'roles' as const, roles: [roleIds.globalAdministrator] };
    assert.deepEqual(problemsOfDelegation(terms), []);
    assert.deepEqual(problemsOfDelegation({ ...terms, autoExtend: true }), ['auto-extend']);
    assert.deepEqual(problemsOfDelegation({ ...terms, autoExtend: true, days: 0, roles: [] }), [
      'roles',
      'days',
    ]);
  });

  it('are the same in any order of the roles', () => {
    assert.ok(isSameDelegation(limited, { ...limited, roles: [...limited.roles].reverse() }));
    for (const other of [{ days: 1 }, { autoExtend: true }, { roles: [] }, { level: 'roles' as const }]) {
      assert.equal(isSameDelegation(limited, { ...limited, ...other }), false);
    }
  });
});

describe('the name of a delegation at Microsoft', () => {
  it('says whose it is, and is found again by the id', () => {
    const named = { client: { name: 'Công ty Fabrikam' }, id: '018f2f7e-1111-7abc-8def-0123456789ab' };
    assert.equal(nameFor(named), 'Công ty Fabrikam 8def0123456789ab');
    assert.equal(nameFor(named), nameFor(named));
    assert.ok(isNameOf(nameFor(named), named.id));
    assert.equal(isNameOf(nameFor(named), '018f2f7e-1111-7abc-8def-0123456789ac'), false);
    assert.equal(isNameOf('Made in the portal', named.id), false);
  });

  it('is at most 50 characters, clean, and unlike that of any other id (any client)', () => {
    const anyName = anyText({ maxLength: 120 });
    fc.assert(
      fc.property(anyName, fc.uuid(), fc.uuid(), (name, id, other) => {
        fc.pre(id.slice(-17) !== other.slice(-17));
        const made = nameFor({ client: { name }, id });
        assert.ok(made.length <= 50 && made === made.trim(), made);
        assert.doesNotMatch(made, /\p{Cc}|\p{Cs}/u);
        assert.ok(isNameOf(made, id));
        assert.notEqual(nameFor({ client: { name }, id: other }), made);
        assert.equal(isNameOf(made, other), false);
      }),
    );
  });
});

describe('a relationship that was made elsewhere', () => {
  const where = { id: 'found', company: 'partner', now: 0, zone: hanoi };
  const ending = (days: number) => ({ endsAt: new Date(days * dayMs).toISOString() });

  it('is kept without an offer, as Microsoft has it', () => {
    const found = foundDelegation(relationship('active', ending(100)), where);
    assert.deepEqual(found, {
      ...{ id: 'found', company: 'partner', offerId: null, terms: limited, person: null, maker: null },
      client: { tenantId: 'fabrikam', name: 'Fabrikam', domain: '' },
      ...{ state: 'active', status: 'active', relationshipId: 'relationship', operationId: null },
      ...{ answeredAt: null, endsAt: 100 * dayMs, wasUsable: false, reminded: [], reason: '' },
      ...{ createdAt: 0, rev: 1 },
    });
  });

  it('is known as Full or Limited by its roles, and else by their names', () => {
    const levelOf = (roles: string[]) =>
      foundDelegation(relationship('active', { roles }), where)?.terms.level;
    const { roles } = termsFor('full', { days: 1, autoExtend: false });
    assert.equal(levelOf([...roles].reverse()), 'full');
    assert.equal(levelOf([...limited.roles]), 'limited');
    assert.equal(levelOf([roleIds.billingAdministrator]), 'roles');
  });

  it('is left out while it has no client, and when it is over or of an unknown kind', () => {
    for (const status of ['created', 'expired', 'terminating', 'terminated', 'paused']) {
      assert.equal(foundDelegation(relationship(status), where), undefined, status);
    }
    assert.equal(foundDelegation(relationship('approvalPending', { client: null }), where), undefined);
    assert.equal(foundDelegation(relationship('approvalPending'), where)?.state, 'waiting-for-approval');
  });

  it('begins to remind with what comes next', () => {
    const reminded = (days: number) => foundDelegation(relationship('active', ending(days)), where)?.reminded;
    assert.deepEqual([reminded(40), reminded(10), reminded(1)], [[], [31, 14], [31, 14, 7, 1]]);
  });
});
