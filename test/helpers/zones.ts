import { companyZone, type Zones } from '../../partner/company-zones.ts';

/** Where most of the seeded companies live. */
export const hanoi = 'Asia/Ho_Chi_Minh';

/** Every company lives in Viet Nam, and nobody's chat tells a zone of its own. */
export const vietnameseZones: Zones = {
  ofCompany: async () => hanoi,
  ofReader: async (_account, chat) => chat?.zone ?? hanoi,
  about: async (company) => companyZone({ company, country: 'VN', readAt: 0, stated: null }),
};
