import type { Records } from '../dialogs/turn.ts';
import type { AccountRef } from '../partner/accounts.ts';
import type { AuditRow } from '../partner/audit-row.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** What the bot keeps for the company of this account; reads at once, writes with the turn. */
export function createRecords(
  storage: Storage,
  gathered: Gathered,
  { account, personKey, zones }: { account(): AccountRef; personKey: string; zones: Pick<Zones, 'about'> },
): Records {
  const { changes } = gathered;
  const company = () => account().tenantId;

  /** Of staff as they signed in last, of a client's person as it was then; '' of who is forgotten. */
  async function nameOf({ actor, personal }: AuditRow): Promise<string> {
    const known = actor?.tenantId === company() ? await storage.accounts.find(actor) : undefined;
    return known?.displayName ?? personal?.by ?? '';
  }

  return {
    async approval(id) {
      const found = await storage.approvals.find(id);
      return found?.company === company() ? found : undefined;
    },
    async approvalOf(operationId) {
      const found = await storage.approvals.ofOperation(operationId);
      return found?.company === company() ? found : undefined;
    },
    wasAskedHere: async (operationId) => (await storage.approvals.askedFrom(operationId)).includes(personKey),
    waitingApprovals: () => storage.approvals.waiting(company()),
    decide: (decision) => void changes.approvals.push({ decide: decision }),
    async history({ own, object, people = [], ...page }) {
      const objects = people.map(({ signInName }) => signInName);
      const actors = people.map(({ objectId }) => ({ tenantId: company(), objectId }));
      const rows = await storage.audit.ofCompany(company(), {
        ...(own ? { actor: account() } : {}),
        ...(object === undefined ? {} : { object, or: { objects, actors } }),
        ...page,
      });
      return Promise.all(rows.map(async (row) => ({ ...row, actorName: await nameOf(row) })));
    },
    openOperations: () =>
      storage.operations.ofActor(account(), ['failed', 'waiting-sign-in', 'waiting-approval'], 5),
    waitingWorkOf: (objectId) =>
      storage.operations.ofActor({ tenantId: company(), objectId }, ['waiting-sign-in', 'waiting-approval']),
    confirmation: () => storage.confirmations.find(company()),
    confirm: (confirmation) => void changes.confirmations.push(confirmation),
    statements: () => storage.statements.of(company()),
    state: (statement) => void changes.statements.push(statement),
    zone: () => zones.about(company()),
    stateZone: (state) => void changes.companyZones.push({ state }),
    colleague: () => storage.colleagues.find(company()),
    setColleague: (colleague) => void changes.colleagues.push(colleague),
    opinion: (opinion) => void changes.opinions.push(opinion),
  };
}
