import type { Log } from '../partner/log.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Storage } from '../storage/storage.ts';
import { createLoop, type Loop } from './loop.ts';

/**
 * Gives messages that wait for an account to the chat in which it is signed in. A sign-in does so at once; this
 * finds what was stored at the same moment, or was left when the process ended right after the sign-in.
 */
export function createHandOver(deps: {
  storage: Pick<Storage, 'outbox' | 'people'>;
  conversationKeyOf(reference: JsonObject): string;
  log: Log;
}): Loop {
  const { outbox, people } = deps.storage;

  async function look(): Promise<void> {
    for (const { account } of await outbox.waitingForAccounts()) {
      const [tenantId = '', objectId = ''] = account.split('/');
      const signedIn = await people.signedInAs({ tenantId, objectId });
      const reference = signedIn.find((person) => person.reference !== null)?.reference ?? undefined;
      if (reference === undefined) continue;
      await outbox.release(account, { conversationKey: deps.conversationKeyOf(reference), reference });
    }
  }

  return createLoop({ look, log: deps.log, name: 'hand-over' });
}
