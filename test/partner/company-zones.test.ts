import assert from 'node:assert/strict';
import { rawTimeZones } from '@vvo/tzdb';
import {
  companyZone,
  createCompanyZones,
  type KeptZone,
  unknownZone,
  usualZones,
  zonesOf,
} from '../../partner/company-zones.ts';
import { zoneNamed } from '../../partner/days.ts';
import { PartnerError } from '../../partner/errors.ts';

const countries = [...new Set(rawTimeZones.map(({ countryCode }) => countryCode))];
const dayMs = 24 * 60 * 60 * 1000;

describe('zones of countries', () => {
  it('are known to Intl, and one of several is the usual one', () => {
    assert.ok(countries.length > 200);
    for (const country of countries) {
      const zones = zonesOf(country);
      for (const { zone } of zones) assert.ok(zoneNamed(zone), `${country} ${zone}`);
      assert.equal(zones.length > 1, country in usualZones, country);
      if (zones.length > 1) assert.equal(zones[0]?.zone, usualZones[country]);
    }
    assert.deepEqual(zonesOf('XX'), []);
  });
});

describe('the zone of a company', () => {
  const by = { tenantId: 'contoso', objectId: 'hung' };
  const stated = { company: 'contoso', zone: 'America/Chicago', by, byName: 'Hùng', at: 1 };
  const kept = (country: string | null): KeptZone => ({ company: 'contoso', country, readAt: 1, stated });

  it('is its country’s, or the one that was stated as long as it is one of them', () => {
    assert.equal(companyZone({ ...kept('VN'), stated: null }).zone, 'Asia/Ho_Chi_Minh');
    assert.equal(companyZone({ ...kept('US'), stated: null }).zone, 'America/New_York');
    assert.deepEqual(companyZone(kept('US')).stated, stated);
    assert.equal(companyZone(kept('US')).zone, 'America/Chicago');
    assert.equal(companyZone(kept('VN')).zone, 'Asia/Ho_Chi_Minh');
    assert.equal(companyZone(kept('VN')).stated, undefined);
    assert.equal(companyZone(kept(null)).zone, 'America/Chicago');
    assert.equal(companyZone(undefined).zone, unknownZone);
  });

  function world() {
    const made = {
      now: 0,
      country: 'vn' as string | undefined,
      reads: 0,
      isAway: false,
      kept: undefined as KeptZone | undefined,
    };
    const zones = createCompanyZones({
      isPartner: (tenantId) => tenantId === 'contoso',
      async countryOf() {
        made.reads += 1;
        if (made.isAway) throw new PartnerError('microsoft-unavailable');
        return made.country;
      },
      kept: async () => made.kept,
      async keep({ company, country, at }) {
        made.kept = { company, country, readAt: at, stated: null };
      },
      clock: { now: () => made.now },
      log: { info() {}, warn() {}, error() {} },
    });
    return { made, zones };
  }

  it('is asked of Microsoft once a day, and known meanwhile', async () => {
    const { made, zones } = world();
    const found = await Promise.all([zones.ofCompany('contoso'), zones.ofCompany('contoso')]);
    assert.deepEqual(found, ['Asia/Ho_Chi_Minh', 'Asia/Ho_Chi_Minh']);
    await zones.ofCompany('contoso');
    assert.equal(made.reads, 1);

    made.now += dayMs;
    made.country = 'SG';
    assert.equal(await zones.ofCompany('contoso'), 'Asia/Ho_Chi_Minh');
    assert.equal(made.reads, 2);
    assert.equal(await zones.ofCompany('contoso'), 'Asia/Singapore');
    assert.equal(made.reads, 2);
  });

  it('stays what it was while Microsoft is away, and is unknown where it never was', async () => {
    const { made, zones } = world();
    made.isAway = true;
    assert.equal(await zones.ofCompany('contoso'), unknownZone);
    assert.equal(await zones.ofCompany('contoso'), unknownZone);
    assert.equal(made.reads, 1, 'an outage is not asked at each word');

    made.kept = { company: 'contoso', country: 'DE', readAt: 0, stated: null };
    made.now = 3 * dayMs;
    assert.equal(await zones.ofCompany('contoso'), 'Europe/Berlin');
  });

  it('is of no company that is a client, and Microsoft is not asked about it', async () => {
    const { made, zones } = world();
    assert.equal(await zones.ofCompany('fabrikam'), unknownZone);
    assert.equal(made.reads, 0);
  });

  it('is read by people whose chat tells none of their own', async () => {
    const { zones } = world();
    const account = { tenantId: 'contoso', objectId: 'lan' };
    assert.equal(await zones.ofReader(account, { zone: 'Europe/Berlin' }), 'Europe/Berlin');
    assert.equal(await zones.ofReader(account, { zone: null }), 'Asia/Ho_Chi_Minh');
    assert.equal(await zones.ofReader(null), unknownZone);
  });
});
