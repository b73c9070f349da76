import type { Log } from '../partner/log.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Storage } from '../storage/storage.ts';
import { createEachApart } from './each-apart.ts';
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

  const name = 'hand-over';
  const each = createEachApart<string>({ idOf: (account) => account, what: name, log: deps.log });

  async function handOver(account: string): Promise<void> {
    const [tenantId = '', objectId = ''] = account.split('/');
    const signedIn = await people.signedInAs({ tenantId, objectId });
    const reference = signedIn.find((person) => person.reference !== null)?.reference ?? undefined;
    if (reference === undefined) return;
    await outbox.release(account, { conversationKey: deps.conversationKeyOf(reference), reference });
  }

  async function look(): Promise<void> {
    const waiting = await outbox.waitingForAccounts();
    await each(
      waiting.map(({ account }) => account),
      handOver,
    );
  }

  return createLoop({ look, log: deps.log, name });
}
