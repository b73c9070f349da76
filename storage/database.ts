import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import knexModule from 'knex';
import type { Log } from '../partner/log.ts';
import { migrationSource } from './migrations/source.ts';

/** A SQLite file (or `:memory:`), or PostgreSQL by its connection string. */
export type DatabaseAddress = { file: string } | { url: string };

/**
 * The connection and everything in which the two databases differ; the stores' SQL is the same for both.
 */
export interface Database {
  knex: Knex;
  /** Lets a job claim pass over rows that another claim holds. SQLite has one connection: nothing to pass over. */
  passOverLocked(rows: Knex.QueryBuilder): Knex.QueryBuilder;
  /** Whether the database gave up a transaction because of another one; the same writes may work next time. */
  isLostRace(error: unknown): boolean;
  /** Writes a row that cannot be read into the log, once; the work goes on without it. */
  unreadable(error: unknown): void;
  /** Leaves nothing of deleted rows in the database's files. */
  overwriteDeleted(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database and brings its tables up to date; `migrated` names what that took. Throws when it was written by a newer version. */
export async function openDatabase(
  address: DatabaseAddress,
  log?: Log,
): Promise<Database & { migrated: readonly string[] }> {
  const unreadable = once((error) =>
    log?.error({ err: error }, 'a row could not be read and is passed over'),
  );
  const database = { ...('url' in address ? postgres(address.url) : await sqlite(address.file)), unreadable };
  try {
    const [, migrated]: [number, string[]] = await database.knex.migrate.latest({ migrationSource });
    return { ...database, migrated };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The same place for one that only looks: nothing is written, and tables are taken as they are. */
export function openToRead(address: DatabaseAddress): Knex {
  if ('url' in address) {
    return knexModule.knex({
      ...{ client: 'pg', connection: address.url, ...quiet },
      pool: {
        ...{ min: 0, max: 1 },
        afterCreate: (connection: PostgresConnection, done: (error: Error | null) => void) =>
          connection.query('set default_transaction_read_only = on', done),
      },
    });
  }
  return knexModule.knex({
    ...{ client: 'sqlite3', useNullAsDefault: true, ...quiet, pool: { min: 1, max: 1 } },
    // Whoever asked hears of it by the error alone.
    log: { warn: () => undefined, error: () => undefined },
    // The flags that knex sets would allow to write; SQLite takes the stricter of the two.
    connection: { filename: `${pathToFileURL(address.file).href}?mode=ro`, flags: ['OPEN_URI'] },
  });
}

interface PostgresConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

/** One moment of the database for all reads of `look`, while others go on writing. */
export function atOneMoment<T>(knex: Knex, look: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const isPostgres = knex.client.config.client === 'pg';
  // A transaction of SQLite is one anyway.
  return knex.transaction(look, isPostgres ? { isolationLevel: 'repeatable read', readOnly: true } : {});
}

type Connected = Omit<Database, 'unreadable'>;

/** Values never appear in the messages of failed queries: those end up in logs. */
const quiet = { compileSqlOnError: false };

/** Above the slowest commit by far; a query that waits longer was asked for inside an open transaction: a bug. */
const acquireConnectionTimeout = 20_000;

/** Sweeps meet the same row again and again. */
function once(tell: (error: unknown) => void): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    if (told.has(String(error))) return;
    told.add(String(error));
    tell(error);
  };
}

async function sqlite(file: string): Promise<Connected> {
  if (file !== ':memory:') await createPrivateFile(file);
  const knex = knexModule.knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    ...quiet,
    acquireConnectionTimeout,
    // One connection: SQLite has one writer, and each `:memory:` connection would be a database of its own.
    pool: { min: 1, max: 1, afterCreate: setUpConnection },
  });
  // This process is the only one on the file, so a lock found on the migrations was left by a killed one.
  await knex.migrate.forceFreeMigrationsLock({ migrationSource });
  return {
    knex,
    passOverLocked: (rows) => rows,
    isLostRace: (error) => hasCode(error, ['SQLITE_BUSY']),
    // Pages are overwritten as rows go (secure_delete); what the log beside them still holds goes with a new one.
    overwriteDeleted: async () => void (await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)')),
    close: () => knex.destroy(),
  };
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

/** WAL with synchronous FULL: what was committed survives a kill of the process and a loss of power. */
function setUpConnection(connection: SqliteConnection, done: (error: Error | null) => void): void {
  connection.exec(
    `PRAGMA busy_timeout = 5000;
     PRAGMA journal_mode = WAL;
     PRAGMA synchronous = FULL;
     PRAGMA secure_delete = ON;
     PRAGMA foreign_keys = ON;`,
    done,
  );
}

/** SQLite gives the rights of this file to the -wal and -shm files beside it. */
async function createPrivateFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a', 0o600);
  await handle.close();
}

function postgres(url: string): Connected {
  const knex = knexModule.knex({
    client: 'pg',
    connection: url,
    ...quiet,
    acquireConnectionTimeout,
    pool: { min: 0, max: 10 },
  });
  const serializationFailure = '40001';
  const deadlock = '40P01';
  return {
    knex,
    passOverLocked: (rows) => rows.forUpdate().skipLocked(),
    isLostRace: (error) => hasCode(error, [serializationFailure, deadlock]),
    // Its own clean-up does that.
    overwriteDeleted: async () => undefined,
    close: () => knex.destroy(),
  };
}

function hasCode(error: unknown, codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
