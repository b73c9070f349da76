import assert from 'node:assert/strict';
import { detect, type PartnerSigns } from '../../partner/authorisations.ts';

const nothingKnown: PartnerSigns = {
  cloud: 'worldwide',
  partnerTenantType: undefined,
  partnerId: 'unknown',
  agreementSigned: 'unknown',
};

function found(signs: Partial<PartnerSigns>): string[] {
  const { deliverServices, delegatedAdministration, subscriptionAdvisor, csp } = detect(
    { ...nothingKnown, ...signs },
    1,
  );
  return [deliverServices, delegatedAdministration, subscriptionAdvisor, csp].map(({ value }) => value);
}

describe('authorisations from the signs', () => {
  it('are unknown without a sign, and off after a refusal', () => {
    assert.deepEqual(found({}), ['unknown', 'unknown', 'unknown', 'unknown']);
    assert.equal(detect(nothingKnown, 1).csp.source, undefined);
    assert.deepEqual(found({ partnerId: 'refused' }), ['off', 'off', 'off', 'off']);
  });

  it('follow the type of partner', () => {
    assert.deepEqual(found({ partnerTenantType: 'breadthPartner' }), ['on', 'off', 'unknown', 'off']);
    assert.deepEqual(found({ partnerTenantType: 'breadthPartnerDelegatedAdmin' }), ['on', 'on', 'on', 'off']);
    assert.deepEqual(found({ partnerTenantType: 'valueAddedResellerPartnerDelegatedAdmin' }), [
      'on',
      'on',
      'off',
      'indirect',
    ]);
  });

  it('leave a type that is new to us unknown, also one that every object has', () => {
    for (const partnerTenantType of ['futurePartner', 'constructor'])
      assert.deepEqual(found({ partnerTenantType, partnerId: 'refused' }), [
        'unknown',
        'unknown',
        'unknown',
        'unknown',
      ]);
  });

  it('know a member by the partner id, and an indirect reseller by the agreement', () => {
    assert.deepEqual(found({ partnerId: { id: '123' } }), ['on', 'unknown', 'unknown', 'unknown']);
    assert.deepEqual(found({ partnerId: { id: undefined } }), ['unknown', 'unknown', 'unknown', 'unknown']);
    assert.deepEqual(found({ agreementSigned: true }), ['unknown', 'unknown', 'off', 'indirect']);
  });

  it('end reselling without the agreement, unless Microsoft contradicts itself', () => {
    const unsigned = { agreementSigned: false };
    assert.deepEqual(found({ ...unsigned, partnerTenantType: 'valueAddedResellerPartnerDelegatedAdmin' }), [
      'on',
      'on',
      'unknown',
      'off',
    ]);
    assert.deepEqual(found({ ...unsigned, partnerTenantType: 'resellerPartnerDelegatedAdmin' }), [
      'on',
      'on',
      'unknown',
      'unknown',
    ]);
  });

  it('are unread where what might show them could not be asked, and known where the rest is enough', () => {
    const unread = { unread: { code: 'microsoft-unavailable' } } as const;
    const unreadIn = (signs: Partial<PartnerSigns>) => {
      const { deliverServices, delegatedAdministration, subscriptionAdvisor, csp } = detect(
        { ...nothingKnown, ...signs },
        1,
      );
      return [deliverServices, delegatedAdministration, subscriptionAdvisor, csp].map((one) =>
        one.unread === undefined ? one.value : one.unread.code,
      );
    };
    const away = 'microsoft-unavailable';
    assert.deepEqual(unreadIn({ partnerTenantType: unread }), [away, away, away, away]);
    const named = { partnerTenantType: unread, partnerId: { id: '1' }, agreementSigned: true } as const;
    assert.deepEqual(unreadIn(named), ['on', away, away, away]);
    // Without a type it hangs on whether Partner Center knows the company at all.
    assert.deepEqual(unreadIn({ partnerId: unread }), [away, away, away, away]);
    assert.deepEqual(unreadIn({ partnerId: 'refused', agreementSigned: unread }), [
      'off',
      'off',
      'off',
      'off',
    ]);
    assert.deepEqual(unreadIn({ partnerId: { id: '1' }, agreementSigned: unread }), [
      ...['on', 'unknown', 'unknown'],
      away,
    ]);
    const typed = { partnerId: unread, agreementSigned: unread } as const;
    const direct = { ...typed, partnerTenantType: 'resellerPartnerDelegatedAdmin' };
    assert.deepEqual(unreadIn(direct), ['on', 'on', 'off', 'direct']);
    assert.deepEqual(unreadIn({ ...typed, partnerTenantType: 'breadthPartner' }), ['on', 'off', away, away]);
    const advisor = { ...typed, partnerTenantType: 'breadthPartnerDelegatedAdmin' };
    assert.deepEqual(unreadIn(advisor), ['on', 'on', 'on', away]);
  });
});
