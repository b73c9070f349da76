import assert from 'node:assert/strict';
import { clouds } from '../../microsoft/clouds.ts';
import { createDetected } from '../../microsoft/partner-center/detected.ts';
import type { Authorisations } from '../../partner/authorisations.ts';
import { seedAccounts } from '../../sandbox/seed/seed.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

const now = Date.parse('2026-03-01T08:00:00Z');

describe('authorisations that Microsoft tells', () => {
  let open: OpenSandbox;
  before(async () => {
    open = await openSandbox();
  });
  after(() => open.close());
  afterEach(() => open.sandbox.faults.clear());

  async function detected(account: keyof typeof seedAccounts, cloud: keyof typeof clouds = 'worldwide') {
    const { tokens, signInAs, log } = connect(open.sandbox, { cloud });
    await signInAs(seedAccounts[account]);
    const clock = { now: () => now };
    const more = { cloud: clouds[cloud], tokens, sandboxOrigin: open.sandbox.url, log, clock };
    return createDetected(more).as(seedAccounts[account]).read();
  }

  const values = (found: Authorisations) => [
    found.deliverServices.value,
    found.delegatedAdministration.value,
    found.subscriptionAdvisor.value,
    found.csp.value,
    found.cloud.value,
  ];

  it('differ between the five partner companies', async () => {
    assert.deepEqual(values(await detected('globalAdmin')), ['on', 'on', 'off', 'direct', 'worldwide']);
    assert.deepEqual(values(await detected('advisorGlobalAdmin')), ['on', 'on', 'on', 'off', 'worldwide']);
    assert.deepEqual(values(await detected('withoutDelegationGlobalAdmin')), [
      'on',
      'off',
      'unknown',
      'off',
      'worldwide',
    ]);
    assert.deepEqual(values(await detected('chinaGlobalAdmin', '21vianet')), [
      'on',
      'on',
      'off',
      'direct',
      '21vianet',
    ]);
    assert.deepEqual(values(await detected('nothingAuthorisedGlobalAdmin')), [
      'off',
      'off',
      'off',
      'off',
      'worldwide',
    ]);
  });

  it('come with their evidence and date', async () => {
    const nothing = await detected('nothingAuthorisedGlobalAdmin');
    assert.deepEqual(nothing.csp, { value: 'off', source: { kind: 'detected', how: 'refused' }, at: now });
    const advisor = await detected('advisorGlobalAdmin');
    assert.deepEqual(advisor.csp.source, { kind: 'detected', how: 'agreement-status' });
    assert.deepEqual(advisor.subscriptionAdvisor.source, { kind: 'detected', how: 'partner-tenant-type' });
  });

  it('need no right in Partner Center where the directory tells them', async () => {
    assert.deepEqual(values(await detected('plain')), ['on', 'on', 'off', 'direct', 'worldwide']);
  });

  it('stay unknown, not off, while Partner Center does not answer', async () => {
    open.sandbox.faults.add({ kind: 'reset', match: { path: 'partnercenter' }, times: 10 });
    const found = await detected('nothingAuthorisedGlobalAdmin');
    assert.deepEqual(values(found), ['unknown', 'unknown', 'unknown', 'unknown', 'worldwide']);
    assert.equal(found.csp.unread?.code, 'microsoft-unreachable');
  });

  it('tell what Partner Center knows while the directory does not answer, and the other way round', async () => {
    open.sandbox.faults.add({ kind: 'unavailable', match: { path: '/v1.0/organization' }, times: 10 });
    const withoutType = await detected('globalAdmin');
    assert.deepEqual(values(withoutType).slice(0, 2), ['on', 'unknown']);
    assert.equal(withoutType.deliverServices.source?.kind, 'detected');
    assert.equal(withoutType.delegatedAdministration.unread?.code, 'microsoft-unavailable');
    open.sandbox.faults.clear();
    open.sandbox.faults.add({ kind: 'unavailable', match: { path: 'partnercenter' }, times: 10 });
    const byType = await detected('globalAdmin');
    assert.deepEqual(values(byType), ['on', 'on', 'off', 'direct', 'worldwide']);
  });
});
