import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { type Before, readBefore } from './audit-before.ts';
import type { createAuditChain, SealedHead } from './audit-chain.ts';
import { auditRowsOf } from './audit-from-changes.ts';
import { type Changes, ConflictError } from './changes.ts';
import type { Database } from './database.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

/** One store per noun of `Changes`; deeds are in the history alone. */
type Stores = {
  [Noun in Exclude<keyof Changes, 'deeds'>]-?: Applies<NonNullable<Changes[Noun]>[number]>;
};

/** Where commits are told of. `now`: domain time, ms. */
interface History {
  chain: ReturnType<typeof createAuditChain>;
  now(): number;
}

/**
 * The only way to write for turns, pages and job steps. Inside the transaction nothing is awaited but its own
 * SQL: SQLite has one connection, and everybody else waits for it.
 */
export function createCommit({
  database,
  stores,
  history,
}: {
  database: Database;
  stores: Stores;
  history: History;
}): Pick<Storage, 'commit' | 'onCommitted'> {
  const listeners: ((changes: Changes) => void)[] = [];

  return {
    async commit(changes) {
      if (Object.values(changes).every((writes) => !writes?.length)) return;
      refuseTwoOfOneRow(changes);
      try {
        const heads = await database.knex.transaction(async (trx) => {
          const before = await readBefore(trx, changes);
          await applyAll(trx, stores, changes);
          return note(trx, history, changes, before);
        });
        history.chain.tell(heads);
        if (changes.forgotten?.length) await database.overwriteDeleted();
      } catch (error) {
        if (database.isLostRace(error)) throw new ConflictError('the database gave way to another commit');
        throw error;
      }
      if (!changes.outbox?.length && !changes.jobs?.length && !changes.accounts?.length) return;
      for (const listener of listeners) {
        // Outside this call: what is committed stays so, whatever a listener throws.
        queueMicrotask(() => listener(changes));
      }
    },

    onCommitted(listener) {
      listeners.push(listener);
    },
  };
}

/** By which row a write is guarded; undefined: by none. */
const guardedRows: {
  [Noun in keyof Changes]: (write: NonNullable<Changes[Noun]>[number]) => string | undefined;
} = {
  state: ({ key }) => key,
  people: ({ key }) => key,
  signIns: (write) => ('update' in write ? write.update.state : undefined),
  cardActions: (write) => ('use' in write ? write.use : undefined),
  approvals: (write) => ('decide' in write ? write.decide.id : undefined),
  operations: (write) => ('save' in write ? write.save.id : 'same' in write ? write.same.id : undefined),
  offers: (write) => ('save' in write ? write.save.id : undefined),
  acceptances: (write) => ('save' in write ? write.save.id : undefined),
  delegations: (write) => ('save' in write ? write.save.id : undefined),
  keySetups: (write) => ('save' in write ? write.save.id : undefined),
  notices: (write) => ('save' in write ? write.save.id : undefined),
};

/**
 * Two guarded writes of one row in one commit are a fault of ours: the second would always lose against the first, and
 * what looks like a lost race would be tried again for ever. Throws a plain Error.
 */
function refuseTwoOfOneRow(changes: Changes): void {
  for (const noun of Object.keys(guardedRows) as (keyof typeof guardedRows)[]) {
    const rows = rowsOf(noun, changes).filter((row) => row !== undefined);
    const twice = rows.find((row, index) => rows.indexOf(row) !== index);
    if (twice !== undefined) throw new Error(`one commit writes ${noun} ${twice} twice`);
  }
}

function rowsOf<Noun extends keyof Changes>(noun: Noun, changes: Changes): (string | undefined)[] {
  const rowOf = guardedRows[noun];
  return rowOf === undefined ? [] : (changes[noun] ?? []).map((write) => rowOf(write));
}

/** Always in this order: guards that fail most often first, and no two commits that wait for each other. */
async function applyAll(trx: Knex.Transaction, stores: Stores, changes: Changes): Promise<void> {
  await apply(trx, stores.state, changes.state);
  await apply(trx, stores.inbound, changes.inbound);
  await apply(trx, stores.cardActions, changes.cardActions);
  await apply(trx, stores.signIns, changes.signIns);
  await apply(trx, stores.operations, changes.operations);
  await apply(trx, stores.operationCards, changes.operationCards);
  await apply(trx, stores.approvals, changes.approvals);
  await apply(trx, stores.acceptances, changes.acceptances);
  await apply(trx, stores.offerGuards, changes.offerGuards);
  await apply(trx, stores.delegations, changes.delegations);
  await apply(trx, stores.offers, changes.offers);
  await apply(trx, stores.offerVersions, changes.offerVersions);
  await apply(trx, stores.offerEvents, changes.offerEvents);
  await apply(trx, stores.keySetups, changes.keySetups);
  await apply(trx, stores.notices, changes.notices);
  await apply(trx, stores.people, changes.people);
  await apply(trx, stores.forgotten, changes.forgotten);
  await apply(trx, stores.accounts, changes.accounts);
  await apply(trx, stores.signOuts, changes.signOuts);
  await apply(trx, stores.tokens, changes.tokens);
  await apply(trx, stores.attempts, changes.attempts);
  await apply(trx, stores.confirmations, changes.confirmations);
  await apply(trx, stores.statements, changes.statements);
  await apply(trx, stores.companyZones, changes.companyZones);
  await apply(trx, stores.colleagues, changes.colleagues);
  await apply(trx, stores.opinions, changes.opinions);
  await apply(trx, stores.vault, changes.vault);
  await apply(trx, stores.jobs, changes.jobs);
  await apply(trx, stores.outbox, changes.outbox);
}

/** Last of all, since a company's head is held from here on until the transaction ends. */
async function note(
  trx: Knex.Transaction,
  { chain, now }: History,
  changes: Changes,
  before: Before,
): Promise<SealedHead[]> {
  await chain.erase(
    trx,
    before.erased.map(({ id }) => id),
  );
  const rows = auditRowsOf(changes, before, { now: now(), newId: randomUUID });
  return chain.append(trx, rows);
}

async function apply<Write>(
  trx: Knex.Transaction,
  store: Applies<Write>,
  writes: readonly Write[] | undefined,
): Promise<void> {
  if (writes?.length) await store.apply(trx, writes);
}
