import type { Account } from '../partner/accounts.ts';
import type { ChatPerson } from '../storage/changes.ts';

/** The channel in which Microsoft vouches for tenant and account of whoever writes. */
export const teams = 'msteams';

/** Whether Teams itself says that this person uses this account; believed only with real Teams tokens. */
export function teamsAccountIs(person: ChatPerson, account: Account): boolean {
  const { channelId, user, conversation } = (person.reference ?? {}) as {
    channelId?: string;
    user?: { aadObjectId?: string };
    conversation?: { tenantId?: string };
  };
  return (
    channelId === teams &&
    user?.aadObjectId?.toLowerCase() === account.objectId &&
    conversation?.tenantId?.toLowerCase() === account.tenantId
  );
}
