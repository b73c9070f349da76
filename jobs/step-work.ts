import type { Clock } from '../partner/clock.ts';
import type { Commerces } from '../partner/commerce.ts';
import type { CompanyRecords } from '../partner/company.ts';
import type { CompanyMailboxes } from '../partner/company-mailbox.ts';
import type { Directory, PeopleDesk } from '../partner/directory.ts';
import { PartnerError } from '../partner/errors.ts';
import type { Mailboxes } from '../partner/mail.ts';
import type { MailFacts } from '../partner/mail-guard.ts';
import type { Work } from '../partner/operation-kinds.ts';
import { mayHaveHappened, type Operation, passwordKey, type Step } from '../partner/operations.ts';
import type { RelationshipDesks } from '../partner/relationships.ts';
import type { Storage } from '../storage/storage.ts';

export interface StepWorkDeps {
  storage: Pick<Storage, 'vault'>;
  companyRecords: CompanyRecords;
  commerces: Commerces;
  mailboxes: Mailboxes;
  companyMailboxes: CompanyMailboxes;
  mailFacts: MailFacts;
  relationships: RelationshipDesks;
  randomBelow(bound: number): number;
  clock: Clock;
}

/** What a step may use: Microsoft as the person who confirmed sees it, each part made when it is first asked for. */
export function createStepWork(deps: StepWorkDeps) {
  const { storage, clock } = deps;

  /** `tried`: the step as it was before this attempt, so that it can tell whether there was another one. */
  return (operation: Operation, tried: Step, directory: Directory & PeopleDesk): Work => ({
    directory,
    get company() {
      return deps.companyRecords.as(operation.actor);
    },
    get commerce() {
      return deps.commerces.as(operation.actor);
    },
    get mailbox() {
      return deps.mailboxes.as(operation.actor);
    },
    mailFacts: deps.mailFacts,
    async companyMailbox() {
      const { company } = operation;
      const named = await deps.companyMailboxes.of(company);
      if (named === undefined) throw new PartnerError('company-mailbox-none');
      const { address } = named;
      return { address, mailbox: deps.mailboxes.ofCompany(company, address) };
    },
    get relationships() {
      return deps.relationships.as(operation.actor);
    },
    get asPartner() {
      return deps.relationships.asPartner(operation.company);
    },
    get commerceAsPartner() {
      return deps.commerces.asPartner(operation.company);
    },
    operation,
    step: operation.steps.find(({ id }) => id === tried.id) ?? tried,
    again: mayHaveHappened(tried),
    now: () => clock.now(),
    randomBelow: deps.randomBelow,
    secret: async () => {
      const secret = await storage.vault.open(passwordKey(operation.id), clock.now());
      // Nothing was sent with it: the next attempt looks, finds nothing, and makes a new one.
      if (secret === undefined) throw new PartnerError('microsoft-unknown-outcome');
      return secret;
    },
  });
}
