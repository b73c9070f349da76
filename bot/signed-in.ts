import { tellNoticesJob } from '../notices/record.ts';
import { type Account, type AccountRef, accountKey } from '../partner/accounts.ts';
import { cardOf } from '../partner/operations.ts';
import type { Changes, ChatPerson, NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { forgiveBegun, type SignedIn } from './sign-in-codes.ts';

export type SignedInChanges = Required<
  Pick<Changes, 'accounts' | 'tokens' | 'operations' | 'operationCards' | 'jobs' | 'signOuts' | 'attempts'>
>;

/**
 * An account has signed in: the one place that says what this changes, whichever way it came. Its tokens are a new sign-in, and
 * work that waited for one goes on, in the same commit. `into`: the chat that becomes the account's; a page of ours has none.
 */
export async function signedIn(
  deps: {
    storage: Pick<Storage, 'people' | 'operations' | 'notices'>;
    /** Domain time, ms. */
    now: number;
    operationJob(operationId: string): NewJob;
    isPartner(tenantId: string): boolean;
  },
  { account, tokens }: SignedIn,
  into?: ChatPerson,
): Promise<SignedInChanges> {
  const { storage, now, operationJob, isPartner } = deps;
  const waiting = tokens === undefined ? [] : await storage.operations.waitingForSignIn(account);
  // In a chat they may be the one whom something waits for.
  const seeking = into === undefined ? [] : await storage.notices.seeking(account.tenantId);
  const left = into === undefined ? undefined : await leftBy(storage, into, account);
  return {
    accounts: [account],
    // On a page alone nobody works as the account: it has to be in a chat when this is stored.
    tokens: tokens === undefined ? [] : [{ signedIn: account, secret: tokens, inChat: into === undefined }],
    signOuts:
      left === undefined ? [] : [{ account: left, at: Date.now(), keepsName: isPartner(left.tenantId) }],
    attempts: into === undefined ? [] : [forgiveBegun(into.key)],
    operations: waiting.map((operation) => ({ save: { ...operation, status: 'running' } })),
    operationCards:
      into === undefined
        ? []
        : waiting.map((operation) => ({ place: { ...cardOf(operation), personKey: into.key } })),
    jobs: [
      ...waiting.map(({ id }) => operationJob(id)),
      ...seeking.map((subject) => tellNoticesJob(subject, now)),
    ],
  };
}

/** The account that was here before, when this was its last chat: nobody is there any more to work as it. */
async function leftBy(
  storage: Pick<Storage, 'people'>,
  { key, account: before }: ChatPerson,
  now: Account,
): Promise<AccountRef | undefined> {
  if (before === null || accountKey(before) === accountKey(now)) return undefined;
  const chats = await storage.people.signedInAs(before);
  return chats.every((chat) => chat.key === key) ? before : undefined;
}
