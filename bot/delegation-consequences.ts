import { type Noticed, noticesOfEvents } from '../notices/record.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { OfferEvent } from '../partner/offers.ts';
import type { Relationships } from '../partner/relationships.ts';
import { type OfferMails, writesOf } from './offer-mails.ts';
import type { Recorded } from './recorder.ts';

interface Deps {
  newId(): string;
  relationships: { asPartner(company: string): Pick<Relationships, 'approvalLink' | 'consentLink'> };
  mails: Pick<OfferMails, 'clientsPage'>;
}

/** A delegation before and after, and what its offer's timeline says of that. */
interface Move {
  before: Delegation;
  after: Delegation;
  events: readonly OfferEvent[];
}

type Consequences = Partial<Recorded> & Noticed;

/**
 * What follows from the moves of a delegation that an operation carries: whoever answers for it is told, and once the approval is the
 * client's turn, whoever allowed it gets Microsoft's link by mail. Only reads.
 */
export function createDelegationConsequences(deps: Deps) {
  const approval = async (delegation: Delegation): Promise<Partial<Recorded>> =>
    delegation.maker === null
      ? {}
      : writesOf(await deps.mails.clientsPage(delegation, deps.relationships.asPartner(delegation.company)));

  return async ({ before, after, events }: Move): Promise<Consequences> => {
    const told = noticesOfEvents(events, { delegationId: after.id, newId: deps.newId });
    // Where our own work failed and goes on, they have been told before.
    const isTheirTurn = after.state === 'waiting-for-approval' && before.status !== after.status;
    const { jobs = [], ...mailed } = isTheirTurn ? await approval(after) : {};
    return { ...mailed, notices: told.notices, jobs: [...jobs, ...told.jobs] };
  };
}
