import type { ApprovalFacts } from '../partner/approvals.ts';
import {
  needSecondPerson,
  readSituation,
  requireAll,
  requireAsThingsAre,
  type SituationSources,
} from '../partner/authorise.ts';
import type { Situation } from '../partner/capabilities.ts';
import type { OperationKind, StepDefinition, Work } from '../partner/operation-kinds.ts';
import type { Operation } from '../partner/operations.ts';

export interface StepRightsDeps {
  situations: SituationSources;
  /** Whether a second person's yes to exactly this holds now; that there is one on the operation, unless told. */
  isApproved?(operation: Operation, facts: Omit<ApprovalFacts, 'hash' | 'now'>): Promise<boolean>;
}

/** What a step is asked before it is taken, each time from what is now. */
export function createStepRights({ situations, isApproved = hasApprover }: StepRightsDeps) {
  return {
    /** Throws PartnerError where the actor lacks a right. Undefined: it takes nobody's. */
    async requireRights(
      kind: OperationKind,
      { unattended }: StepDefinition,
      { directory, operation }: Work,
    ): Promise<Situation | undefined> {
      // Reading as the partner itself takes nobody's rights; whatever is written after it asks for them again.
      if (unattended === true) return undefined;
      const situation = await readSituation(directory, operation.actor, situations);
      requireAll(kind.needs(operation.args), situation, { approved: true });
      return situation;
    },

    /** Right before a write: the second person's yes, and what its kind looks at. Throws PartnerError. */
    async requireWritable(
      kind: OperationKind,
      { onlyReads, asCompany }: StepDefinition,
      work: Work,
      situation: Situation | undefined,
    ): Promise<void> {
      if (asCompany === true) await kind.guard?.(work);
      if (situation === undefined || onlyReads === true) return;
      const { directory, operation } = work;
      const needs = kind.needs(operation.args);
      const capabilities = needSecondPerson(needs, situation);
      const approved =
        capabilities.length === 0 || (await isApproved(operation, { directory, situation, capabilities }));
      requireAll(needs, situation, { approved });
      await requireAsThingsAre(kind, work, situation);
    },
  };
}

const hasApprover = async ({ approvedBy }: Operation) => approvedBy !== null;
