import type { NoticeDesk } from '../dialogs/notice-desk.ts';
import { endedNoticeCards } from '../notices/ended-cards.ts';
import { tellNoticesJob, toBeTold } from '../notices/record.ts';
import type { Account } from '../partner/accounts.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Notice } from '../partner/notices.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** Notices of the company of this account; reads at once, writes with the turn. */
export function createNoticeDesk(
  deps: { storage: Storage; zones: Zones; newId(): string; now: number },
  gathered: Gathered,
  account: () => Account,
): NoticeDesk {
  const { storage, newId } = deps;
  const { changes } = gathered;
  const company = () => account().tenantId;
  const own = (notice: Notice | undefined) => (notice?.company === company() ? notice : undefined);

  return {
    find: async (id) => own(await storage.notices.find(id)),
    open: async (subject) =>
      (await storage.notices.open(subject)).filter((notice) => own(notice) !== undefined),
    ofKind: (kind) => storage.notices.ofKind(company(), kind),
    add(notice) {
      const { notices, jobs } = toBeTold([notice]);
      changes.notices.push(...notices);
      changes.jobs.push(...jobs);
    },
    tell: (subject) => void changes.jobs.push(tellNoticesJob(subject, deps.now)),
    async end(notices, how) {
      for (const notice of notices) {
        changes.notices.push({ save: { ...notice, status: 'over' }, by: account() });
        gathered.outbox.push(...(await endedNoticeCards(deps, notice, { by: account(), how, newId })));
      }
    },
  };
}
