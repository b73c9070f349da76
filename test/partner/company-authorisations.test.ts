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
  unreadOnes,
  withStatements,
} from '../../partner/company-authorisations.ts';
import { PartnerError } from '../../partner/errors.ts';

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

describe('authorisations that could not be read just now', () => {
  const away = { unread: { code: 'microsoft-unavailable' } } as const;
  const unread = signs({ partnerTenantType: away, partnerId: away, agreementSigned: away });
  let asked = 0;
  let now: Authorisations | PartnerError = unread;
  let stated: AuthorisationStatement[] = [];
  const company = () =>
    createCompanyAuthorisations({
      detected: {
        as: () => ({
          async read() {
            asked += 1;
            if (now instanceof PartnerError) throw now;
            return now;
          },
        }),
      },
      statements: async () => stated,
      cloudOf: () => 'worldwide',
      clock: { now: () => 1 },
      log: { info() {}, warn() {}, error() {} },
    });
  beforeEach(() => {
    asked = 0;
    stated = [];
  });

  it('are neither on nor off, and are asked for again at once', async () => {
    const { of } = company();
    for (now of [unread, new PartnerError('microsoft-unavailable')]) {
      const { csp, delegatedAdministration } = await of(lan);
      assert.equal(csp.unread?.code, 'microsoft-unavailable');
      assert.equal(delegatedAdministration.unread?.code, 'microsoft-unavailable');
    }
    now = signs({ partnerTenantType: 'breadthPartner' });
    assert.deepEqual(unreadOnes(await of(lan)), {});
    assert.equal((await of(lan)).csp.value, 'off');
    assert.equal(asked, 3);
  });

  it('are as they were read before, and what was unknown then is unread now', async () => {
    const { of } = company();
    now = signs({ partnerTenantType: 'breadthPartner', agreementSigned: 'unknown' });
    assert.equal((await of(lan)).subscriptionAdvisor.value, 'unknown');
    for (now of [unread, new PartnerError('microsoft-unavailable')]) {
      const later = await of(lan, { fresh: true });
      assert.deepEqual([later.csp.value, later.deliverServices.value], ['off', 'on']);
      assert.equal(later.subscriptionAdvisor.unread?.code, 'microsoft-unavailable');
    }
  });

  it('are filled by what a Global admin stated, and stated anew by nobody meanwhile', async () => {
    now = unread;
    stated = [statement('csp', 'on')];
    const known = await company().of(lan);
    assert.deepEqual(authorisationsOn(known), ['csp']);
    assert.deepEqual(Object.keys(unreadOnes(known)).length, 3);
    assert.equal(statementProblem(known, 'deliver-services', 'on'), 'unread');
    assert.deepEqual(statable(known), ['csp']);
  });

  it('are not what Microsoft does not let a person see', async () => {
    now = new PartnerError('not-allowed');
    const { csp } = await company().of(lan);
    assert.deepEqual([csp.value, csp.unread], ['unknown', undefined]);
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
        if (isDown) throw new PartnerError('microsoft-unavailable');
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
