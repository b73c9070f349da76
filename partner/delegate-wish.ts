import type { DelegationTerms } from './delegations.ts';
import type { JsonObject } from './operations.ts';

/**
 * Delegated administration as the client allowed it, from the server's own records. `name`: of the relationship, by
 * `nameFor`, so that it is found again after an unknown outcome.
 */
export interface DelegateWish extends JsonObject {
  delegationId: string;
  offerId: string;
  client: { tenantId: string; name: string };
  name: string;
  level: DelegationTerms['level'];
  roles: DelegationTerms['roles'];
  days: DelegationTerms['days'];
  autoExtend: DelegationTerms['autoExtend'];
}
