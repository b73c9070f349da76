import type { RetentionPart, Storage } from './storage.ts';

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
  const part = (
    name: keyof typeof stores,
    before: (now: { real: number; domain: number }) => number,
  ): RetentionPart => ({
    name,
    prune: async (now) => void (await stores[name].prune(before(now))),
  });
  return [
    part('outbox', ({ real }) => real - 30 * day),
    part('inbound', ({ real }) => real - 30 * day),
    part('cardActions', ({ domain }) => domain - day),
    part('signIns', ({ domain }) => domain - day),
    part('attempts', ({ domain }) => domain - day),
    part('signOuts', ({ real }) => real - day),
    part('vault', ({ domain }) => domain),
  ];
}
