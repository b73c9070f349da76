import type { AccountRef } from '../partner/accounts.ts';
import type { Log } from '../partner/log.ts';
import type { JsonObject, Operation } from '../partner/operations.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createEachApart } from './each-apart.ts';
import { createLoop, type Loop } from './loop.ts';

/** Of one look; what is left is found by the next. */
const atOnce = 50;

/**
 * Gives an account what waits for it, messages and work, in the chat in which it is signed in. A sign-in does so at
 * once; this finds what was stored at the same moment, or was left when the process ended right then.
 */
export function createHandOver(deps: {
  storage: Pick<Storage, 'outbox' | 'operations' | 'commit'>;
  /** Where the account spoke last; undefined: it is signed in to no chat. */
  chatOf(account: AccountRef): Promise<{ conversationKey: string; reference: JsonObject } | undefined>;
  operationJob(operationId: string): NewJob;
  log: Log;
}): Loop {
  const { outbox, operations, commit } = deps.storage;

  const name = 'hand-over';
  const eachAccount = createEachApart<string>({ idOf: (account) => account, what: name, log: deps.log });
  const eachOperation = createEachApart<Operation>({ idOf: ({ id }) => id, what: name, log: deps.log });

  async function giveMessages(account: string): Promise<void> {
    const [tenantId = '', objectId = ''] = account.split('/');
    const chat = await deps.chatOf({ tenantId, objectId });
    if (chat !== undefined) await outbox.release(account, chat);
  }

  function wake(operation: Operation): Promise<void> {
    const running: Operation = { ...operation, status: 'running' };
    return commit({ operations: [{ save: running }], jobs: [deps.operationJob(operation.id)] });
  }

  async function look(): Promise<void> {
    await eachOperation(await operations.signedInSince(atOnce), wake);
    const waiting = await outbox.waitingForAccounts();
    await eachAccount(
      waiting.map(({ account }) => account),
      giveMessages,
    );
  }

  return createLoop({ look, log: deps.log, name });
}
