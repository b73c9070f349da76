import { isAlive } from './delegation-standing.ts';
import { includesConsent } from './delegation-terms.ts';
import type { Delegation } from './delegations.ts';
import type { Relationships } from './relationships.ts';

/** A page of Microsoft's that an administrator of the client opens: to approve, or to let our application in. */
export interface ClientsPage {
  what: 'approve' | 'consent';
  link: string;
  /** The page for the consent where that is still to come; undefined where it is not the client's. */
  thenConsent: string | undefined;
}

type Links = Pick<Relationships, 'approvalLink' | 'consentLink'>;

/** What the client's administrator has to do at Microsoft now; undefined while it is somebody else's turn. */
export function clientsTurnAt(delegation: Delegation): ClientsPage['what'] | undefined {
  const { state, terms, answeredAt, wasUsable } = delegation;
  if (state === 'waiting-for-approval') return 'approve';
  // None of the roles lets us do it for them. What was made elsewhere may do without our application.
  const isSetUp = isAlive(delegation) && !wasUsable && answeredAt !== null;
  return isSetUp && !includesConsent(terms) ? 'consent' : undefined;
}

/** The page for what is the client's turn now; undefined while nothing is. */
export function clientsPage(delegation: Delegation, links: Links): ClientsPage | undefined {
  const what = clientsTurnAt(delegation);
  const { relationshipId, client } = delegation;
  if (what === undefined || relationshipId === null) return undefined;
  const consent = links.consentLink(client.tenantId);
  if (what === 'consent') return { what, link: consent, thenConsent: undefined };
  const thenConsent = includesConsent(delegation.terms) ? undefined : consent;
  return { what, link: links.approvalLink(relationshipId), thenConsent };
}
