import assert from 'node:assert/strict';
import {
  type Authorisations,
  type Detected,
  detect,
  type PartnerSigns,
} from '../../partner/authorisations.ts';
import {
  type AuthorisationStatement,
  afterStatement,
  authorisationsOn,
  createCompanyAuthorisations,
  statable,
  statementProblem,
  withStatements,
} from '../../partner/company-authorisations.ts';

const lan = { tenantId: 't', objectId: 'lan' };
const hung = { tenantId: 't', objectId: 'hung' };

function signs(change: Partial<PartnerSigns> = {}): Authorisations {
  const nothing = { partnerTenantType: undefined, partnerId: 'unknown', agreementSigned: 'unknown' } as const;
  return detect({ cloud: 'worldwide', ...nothing, ...change }, 1);
}

function statement<Id extends string>(authorisation: Id, value: 'on' | 'off') {
  return {
    company: 't',
    authorisation,
    value,
    by: hung,
    byName: 'Hùng',
    at: 2,
  } satisfies AuthorisationStatement;
}

describe('statements on authorisations', () => {
  it('are open for what Microsoft does not show, and for what was stated', () => {
    assert.equal(statable(signs()).length, 4);
    const stated = withStatements(signs(), [statement('csp', 'on')]);
    assert.equal(statable(stated).length, 4);
    assert.deepEqual(statable(signs({ partnerTenantType: 'breadthPartner' })), ['subscription-advisor']);
  });

  it('never make a partner reseller and advisor at once', () => {
    const reseller = afterStatement(signs(), statement('csp', 'on'));
    assert.equal(statementProblem(reseller, 'subscription-advisor', 'on'), 'advisor-and-csp');
    assert.equal(statementProblem(reseller, 'subscription-advisor', 'off'), undefined);
    const advisor = afterStatement(signs(), statement('subscription-advisor', 'on'));
    assert.equal(statementProblem(advisor, 'csp', 'on'), 'advisor-and-csp');
    const joined = afterStatement(reseller, statement('csp', 'off'));
    assert.equal(statementProblem(joined, 'subscription-advisor', 'on'), undefined);
  });

  it('do not overrule what Microsoft shows', () => {
    const known = signs({ partnerTenantType: 'breadthPartner' });
    assert.equal(statementProblem(known, 'delegated-administration', 'on'), 'shown-by-microsoft');
    const stated = withStatements(known, [statement('delegated-administration', 'on')]);
    assert.deepEqual(authorisationsOn(stated), ['deliver-services']);
  });
});

describe('authorisations of a company', () => {
  const told = {
    lan: signs(),
    hung: signs({ partnerTenantType: 'breadthPartnerDelegatedAdmin', agreementSigned: false }),
  };
  const asked: string[] = [];
  let isDown = false;
  const detected: Detected = {
    as: ({ objectId }) => ({
      read: async () => {
        asked.push(objectId);
        if (isDown) throw new Error('down');
        return objectId === 'lan' ? told.lan : told.hung;
      },
    }),
  };

  it('are remembered, and what one person is not told does not hide what another is', async () => {
    const company = createCompanyAuthorisations({
      detected,
      statements: async () => [],
      cloudOf: () => 'worldwide',
      clock: { now: () => 1 },
      log: { info() {}, warn() {}, error() {} },
    });
    assert.equal((await company.of(lan)).csp.value, 'unknown');
    assert.equal((await company.of(lan)).csp.value, 'unknown');
    assert.deepEqual(asked, ['lan']);
    assert.equal((await company.of(hung)).csp.value, 'off');
    assert.equal((await company.of(lan)).subscriptionAdvisor.value, 'on');
    assert.deepEqual(asked, ['lan', 'hung']);
    assert.equal((await company.of(lan, { fresh: true })).csp.value, 'off');
    isDown = true;
    assert.equal((await company.of(lan, { fresh: true })).csp.value, 'off');
    assert.deepEqual(asked, ['lan', 'hung', 'lan', 'lan']);
  });
});
