import type { Account } from '../partner/accounts.ts';
import type { ChatPerson } from '../storage/changes.ts';

/** Whether Teams itself says that this person uses this account; believed only with real Teams tokens. */
export function teamsAccountIs(person: ChatPerson, account: Account): boolean {
  const { user, conversation } = (person.reference ?? {}) as {
    user?: { aadObjectId?: string };
    conversation?: { tenantId?: string };
  };
  return (
    user?.aadObjectId?.toLowerCase() === account.objectId &&
    conversation?.tenantId?.toLowerCase() === account.tenantId
  );
}
