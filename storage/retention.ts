import type { RetentionPart, Storage } from './storage.ts';

type Prune = (before: number) => Promise<number>;

const day = 24 * 60 * 60 * 1000;
/** A person is not asked who they are again within a year, and a month of grace. */
const longSilence = 396 * day;
/** Words outlive what they were about by a month. */
const month = 30 * day;

/**
 * What is kept no longer than it serves somebody. Each store deletes in small steps, outside any commit. Offers, their
 * versions, answers and timelines are not among it: they prove what was agreed (docs/decisions/014-what-is-kept.md).
 */
export function createRetention(stores: {
  outbox: { prune: Prune };
  inbound: { prune: Prune };
  cardActions: { prune: Prune };
  notices: { prune: Prune };
  signIns: { prune: Prune };
  attempts: { prune: Prune };
  signOuts: { prune: Prune };
  vault: { prune: Prune };
  state: { prune: Prune };
  people: { prune(before: number, now: number): Promise<number> };
  tokens: { prune(): Promise<number> };
  accounts: { prune(before: number, now: number, isStaff: (tenantId: string) => boolean): Promise<void> };
  operations: { pruneMails(before: number): Promise<void> };
  approvals: { pruneReasons(before: number): Promise<void> };
}): Storage['retention'] {
  const { people, tokens, accounts, operations, approvals } = stores;
  const part = (
    name: Exclude<keyof typeof stores, 'people' | 'tokens' | 'accounts' | 'operations' | 'approvals'>,
    before: (now: { real: number; domain: number }) => number,
  ): RetentionPart => ({
    name,
    prune: async (now) => void (await stores[name].prune(before(now))),
  });
  return [
    part('outbox', ({ real }) => real - month),
    part('inbound', ({ real }) => real - month),
    part('cardActions', ({ domain }) => domain - day),
    part('notices', ({ domain }) => domain - month),
    part('signIns', ({ domain }) => domain - day),
    part('attempts', ({ domain }) => domain - day),
    part('signOuts', ({ real }) => real - day),
    part('vault', ({ domain }) => domain),
    part('state', ({ real }) => real - month),
    { name: 'mails', prune: ({ real }) => operations.pruneMails(real - month) },
    { name: 'reasons', prune: ({ domain }) => approvals.pruneReasons(domain - month) },
    // In this order: tokens and accounts are kept for the sake of people in chats.
    { name: 'people', prune: async ({ domain }) => void (await people.prune(domain - longSilence, domain)) },
    { name: 'tokens', prune: async () => void (await tokens.prune()) },
    {
      name: 'accounts',
      prune: ({ domain, isStaff }) => accounts.prune(domain - longSilence, domain, isStaff),
    },
  ];
}
