import type { Storage } from './storage.ts';

type Prune = (before: number) => Promise<number>;

const day = 24 * 60 * 60 * 1000;

/**
 * What is kept no longer than it serves somebody. Each store deletes in small steps, outside any commit. Offers, their
 * versions, answers and timelines are not among it yet: they prove what was agreed.
 */
export function createRetention(stores: {
  outbox: { prune: Prune };
  inbound: { prune: Prune };
  cardActions: { prune: Prune };
  signIns: { prune: Prune };
  attempts: { prune: Prune };
  signOuts: { prune: Prune };
  vault: { prune: Prune };
}): Storage['retention'] {
  return {
    async prune({ real, domain }) {
      await stores.outbox.prune(real - 30 * day);
      await stores.inbound.prune(real - 30 * day);
      await stores.cardActions.prune(domain - day);
      await stores.signIns.prune(domain - day);
      await stores.attempts.prune(domain - day);
      await stores.signOuts.prune(real - day);
      await stores.vault.prune(domain);
    },
  };
}
