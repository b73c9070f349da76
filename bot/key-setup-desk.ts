import type { KeySetupDesk } from '../dialogs/key-setup-desk.ts';
import type { AccountRef } from '../partner/accounts.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gathered } from './gathered.ts';

/** Set-ups with product keys of the company of this account; reads at once, writes with the turn. */
export function createKeySetupDesk(
  { storage }: { storage: Pick<Storage, 'keySetups'> },
  { changes }: Gathered,
  account: () => AccountRef,
): KeySetupDesk {
  return {
    async find(id) {
      const found = await storage.keySetups.find(id);
      return found?.company === account().tenantId ? found : undefined;
    },
    open: () => storage.keySetups.open(account().tenantId),
    over: () => storage.keySetups.over(account().tenantId),
    save: (write) => void changes.keySetups.push('add' in write ? write : { ...write, by: account() }),
  };
}
