import assert from 'node:assert/strict';
import type { Opinion } from '../../../partner/help.ts';
import { colleague, confirmation, lan, minh, person, statement, zoneStatement } from '../samples.ts';
import type { Opened } from '../storage-contract.ts';

/** What a company says about itself, and what its people think of our help. */
export function companyContract(storage: Opened): void {
  const elsewhere = { company: 'tenant-2' };

  describe('companies', () => {
    it('are confirmed by their last confirmation', async () => {
      await storage().commit({ confirmations: [confirmation(), confirmation({ ...elsewhere, by: minh })] });
      const newer = confirmation({ hash: 'of other details', by: minh, byName: 'Minh', at: 2 });
      await storage().commit({ confirmations: [newer] });
      assert.deepEqual(await storage().confirmations.find('tenant-1'), newer);
      assert.deepEqual(
        await storage().confirmations.find('tenant-2'),
        confirmation({ ...elsewhere, by: minh }),
      );
      assert.equal(await storage().confirmations.find('tenant-3'), undefined);
    });

    it('have the last statement on each of their authorisations', async () => {
      const orders = statement({ authorisation: 'orders', value: 'off', byName: "O'Brien" });
      await storage().commit({
        statements: [statement(), orders, statement({ ...elsewhere, value: 'off' })],
      });
      assert.deepEqual(await storage().statements.of('tenant-1'), [statement(), orders]);

      const changed = statement({ value: 'off', by: minh, byName: 'Minh', at: 9 });
      await storage().commit({ statements: [changed] });
      assert.deepEqual(await storage().statements.of('tenant-1'), [changed, orders]);
      assert.deepEqual(await storage().statements.of('tenant-2'), [
        statement({ ...elsewhere, value: 'off' }),
      ]);
      assert.deepEqual(await storage().statements.of('tenant-3'), []);
    });

    it('have the country that was read last, and beside it the zone that was stated last', async () => {
      const company = 'tenant-1';
      assert.equal(await storage().companyZones.find(company), undefined);
      await storage().commit({
        companyZones: [
          { read: { company, country: 'US', at: 1 } },
          { read: { ...elsewhere, country: null, at: 2 } },
        ],
      });
      const stated = zoneStatement();
      await storage().commit({ companyZones: [{ state: stated }] });
      assert.deepEqual(await storage().companyZones.find(company), {
        company,
        country: 'US',
        readAt: 1,
        stated,
      });
      assert.deepEqual(await storage().companyZones.find('tenant-2'), {
        ...{ ...elsewhere, country: null, readAt: 2, stated: null },
      });

      const newer = zoneStatement({ zone: 'America/Denver', by: minh, byName: 'Minh', at: 9 });
      await storage().commit({
        companyZones: [{ state: newer }, { read: { company, country: 'VN', at: 10 } }],
      });
      assert.deepEqual(await storage().companyZones.find(company), {
        ...{ company, country: 'VN', readAt: 10, stated: newer },
      });
    });

    it('have the mailbox that was named last, or none', async () => {
      const named = statement({ authorisation: 'company-mailbox', address: 'thu@contoso.example' });
      await storage().commit({ statements: [named] });
      assert.deepEqual(await storage().statements.of('tenant-1'), [named]);
      const { address: _, ...none } = { ...named, value: 'off' as const, at: 9 };
      await storage().commit({ statements: [none] });
      assert.deepEqual(await storage().statements.of('tenant-1'), [none]);
    });

    it('have one colleague to ask', async () => {
      await storage().commit({ colleagues: [colleague(), colleague({ ...elsewhere, account: lan })] });
      const newer = colleague({ account: lan, name: 'Lan', setBy: minh, at: 2 });
      await storage().commit({ colleagues: [newer] });
      assert.deepEqual(await storage().colleagues.find('tenant-1'), newer);
      assert.deepEqual(
        await storage().colleagues.find('tenant-2'),
        colleague({ ...elsewhere, account: lan }),
      );
      assert.equal(await storage().colleagues.find('tenant-3'), undefined);
    });

    it('name everybody who is signed in with an account of theirs', async () => {
      const of = (tenantId: string) => ({ account: { tenantId, objectId: 'x' } });
      await storage().commit({
        people: [
          person('msteams/minh', { account: minh }),
          person('msteams/lan'),
          person('longer', of('tenant-10')),
          person('before', of('a-tenant-1')),
          person('nobody', { account: null }),
          person('wildcards', of('t_n%1')),
          person('bang', of('t!')),
        ],
      });
      const keys = async (tenant: string) => {
        return (await storage().people.inCompany(tenant)).map(({ key }) => key);
      };
      assert.deepEqual(await keys('tenant-1'), ['msteams/lan', 'msteams/minh']);
      assert.deepEqual(await keys('t_n%1'), ['wildcards']);
      assert.deepEqual(await keys('t!'), ['bang']);
      assert.deepEqual(await keys('tenant'), []);
    });
  });

  describe('opinions', () => {
    it('are counted by topic, also many at once', async () => {
      const up = (topic: string): Opinion => ({ topic, thumb: 'up' });
      const down = (topic: string): Opinion => ({ topic, thumb: 'down' });
      assert.deepEqual(await storage().opinions.counts(), []);
      await storage().commit({ opinions: [up('roles'), down('roles'), up('roles'), down('offers')] });
      await Promise.all(Array.from({ length: 5 }, () => storage().commit({ opinions: [down('roles')] })));
      assert.deepEqual(await storage().opinions.counts(), [
        { topic: 'offers', up: 0, down: 1 },
        { topic: 'roles', up: 2, down: 6 },
      ]);
    });
  });
}
