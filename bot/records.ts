import type { Records } from '../dialogs/turn.ts';
import type { AccountRef } from '../partner/accounts.ts';
import type { Zones } from '../partner/company-zones.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** What the bot keeps for the company of this account; reads at once, writes with the turn. */
export function createRecords(
  storage: Storage,
  gathered: Gathered,
  deps: { account(): AccountRef; newId(): string; personKey: string; zones: Pick<Zones, 'about'> },
): Records {
  const { account, newId, personKey, zones } = deps;
  const { changes } = gathered;
  const company = () => account().tenantId;

  /** What is written here at once, without an operation, is in the history too. */
  function noted(verb: string, object: string, at: number): void {
    const { tenantId, objectId } = account();
    const row = { id: newId(), at, operationId: '', actor: { tenantId, objectId }, company: tenantId };
    changes.audit.push({ ...row, verb, object, outcome: 'done', details: {} });
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
    async history({ own, object, people = [], beforeSeq, limit }) {
      const objects = people.map(({ signInName }) => signInName);
      const actors = people.map(({ objectId }) => ({ tenantId: company(), objectId }));
      const rows = await storage.audit.ofCompany(company(), {
        ...(own ? { actor: account() } : {}),
        ...(object === undefined ? {} : { object, or: { objects, actors } }),
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
        limit,
      });
      return Promise.all(
        rows.map(async ({ seq, at, actor, verb, object: about, outcome, details }) => {
          const actorName = (await storage.accounts.find(actor))?.displayName ?? '';
          const { from } = details;
          const line = { seq, at, actor, actorName, verb, object: about, outcome };
          return typeof from === 'string' ? { ...line, from } : line;
        }),
      );
    },
    openOperations: () =>
      storage.operations.ofActor(account(), ['failed', 'waiting-sign-in', 'waiting-approval'], 5),
    waitingWorkOf: (objectId) =>
      storage.operations.ofActor({ tenantId: company(), objectId }, ['waiting-sign-in', 'waiting-approval']),
    confirmation: () => storage.confirmations.find(company()),
    confirm: (confirmation) => void changes.confirmations.push(confirmation),
    statements: () => storage.statements.of(company()),
    state(statement) {
      changes.statements.push(statement);
      noted(`state-authorisation-${statement.value}`, statement.authorisation, statement.at);
    },
    zone: () => zones.about(company()),
    stateZone(state) {
      changes.companyZones.push({ state });
      noted('state-zone', state.zone, state.at);
    },
    nameMailbox(statement) {
      changes.statements.push(statement);
      noted('set-company-mailbox', statement.address ?? '', statement.at);
    },
    colleague: () => storage.colleagues.find(company()),
    setColleague(colleague) {
      changes.colleagues.push(colleague);
      noted('set-colleague', colleague.name, colleague.at);
    },
    opinion: (opinion) => void changes.opinions.push(opinion),
  };
}
