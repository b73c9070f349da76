import type { Records } from '../dialogs/turn.ts';
import type { AccountRef } from '../partner/accounts.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** What the bot keeps for the company of this account; reads at once, writes with the turn. */
export function createRecords(storage: Storage, gathered: Gathered, account: () => AccountRef): Records {
  const { changes } = gathered;
  const company = () => account().tenantId;
  return {
    async approval(id) {
      const found = await storage.approvals.find(id);
      return found?.company === company() ? found : undefined;
    },
    async approvalOf(operationId) {
      const found = await storage.approvals.ofOperation(operationId);
      return found?.company === company() ? found : undefined;
    },
    waitingApprovals: () => storage.approvals.waiting(company()),
    decide: (decision) => void changes.approvals.push({ decide: decision }),
    async history({ own, object, beforeSeq, limit }) {
      const rows = await storage.audit.ofCompany(company(), {
        ...(own ? { actor: account() } : {}),
        ...(object === undefined ? {} : { object }),
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
        limit,
      });
      return Promise.all(
        rows.map(async ({ seq, at, actor, verb, object: about, outcome }) => {
          const actorName = (await storage.accounts.find(actor))?.displayName ?? '';
          return { seq, at, actor, actorName, verb, object: about, outcome };
        }),
      );
    },
    openOperations: () =>
      storage.operations.ofActor(account(), ['failed', 'waiting-sign-in', 'waiting-approval'], 5),
    confirmation: () => storage.confirmations.find(company()),
    confirm: (confirmation) => void changes.confirmations.push(confirmation),
    statements: () => storage.statements.of(company()),
    state: (statement) => void changes.statements.push(statement),
    colleague: () => storage.colleagues.find(company()),
    setColleague: (colleague) => void changes.colleagues.push(colleague),
    opinion: (opinion) => void changes.opinions.push(opinion),
  };
}
