import type { Log } from '../partner/log.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';

/** Of one look; what is left is found by the next. */
const atOnce = 50;

/**
 * Gives an account what waits for it, messages and work, in the chat in which it is signed in. A sign-in does so at
 * once; this finds what was stored at the same moment, or was left when the process ended right then.
 */
export function createHandOver(deps: {
  storage: Pick<Storage, 'outbox' | 'people' | 'operations' | 'commit'>;
  conversationKeyOf(reference: JsonObject): string;
  operationJob(operationId: string): NewJob;
  log: Log;
}): Loop {
  const { outbox, people, operations, commit } = deps.storage;

  async function giveMessages(): Promise<void> {
    for (const { account } of await outbox.waitingForAccounts()) {
      const [tenantId = '', objectId = ''] = account.split('/');
      const signedIn = await people.signedInAs({ tenantId, objectId });
      const reference = signedIn.find((person) => person.reference !== null)?.reference ?? undefined;
      if (reference === undefined) continue;
      await outbox.release(account, { conversationKey: deps.conversationKeyOf(reference), reference });
    }
  }

  async function wakeWork(): Promise<void> {
    for (const operation of await operations.signedInSince(atOnce)) {
      const running = { ...operation, status: 'running' as const };
      await commit({ operations: [{ save: running }], jobs: [deps.operationJob(operation.id)] });
    }
  }

  async function look(): Promise<void> {
    await wakeWork();
    await giveMessages();
  }

  return createLoop({ look, log: deps.log, name: 'hand-over' });
}
