import { companyWrongToldCard } from '../cards/company-wrong.ts';
import type { Storage } from '../storage/storage.ts';
import type { DutyOf } from './duty.ts';

/** That the company's details are wrong is the business of everybody who may edit them, until somebody answers. */
export function createCompanyWrongDuty(storage: Pick<Storage, 'accounts'>): DutyOf {
  return async (notices) => ({
    first: null,
    capabilities: ['edit-company'],
    takes: [],
    still: new Set(notices.map(({ id }) => id)),
    async draw({ account, words }, [notice]) {
      if (notice?.by == null) throw new Error('nobody says what is wrong');
      const from = await storage.accounts.find(notice.by);
      const what = String(notice.details['what']);
      return companyWrongToldCard({ words, account }, { from, what, notice: notice.id });
    },
  });
}
