import assert from 'node:assert/strict';
import { companyZone, type Zones } from '../../partner/company-zones.ts';
import type { TestBot } from './app.ts';

/** Where most of the seeded companies live. */
export const hanoi = 'Asia/Ho_Chi_Minh';

/** Every company lives in Viet Nam, and nobody's chat tells a zone of its own. */
export const vietnameseZones: Zones = {
  ofCompany: async () => hanoi,
  ofReader: async (_account, chat) => chat?.zone ?? hanoi,
  about: async (company) => companyZone({ company, country: 'VN', readAt: 0, stated: null }),
};

/** Has a company of the sandbox live in another country (two letters), as Microsoft tells it from now on. */
export async function liveIn(bot: Pick<TestBot, 'sandbox'>, company: string, country: string): Promise<void> {
  const tenant = await bot.sandbox.world.get('tenant', company, company);
  assert.ok(tenant, 'no such company');
  await bot.sandbox.world.put('tenant', company, company, { ...tenant, countryLetterCode: country });
}
