import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import knexModule from 'knex';

export type SandboxDatabase = knexModule.Knex;

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

/**
 * Opens (and on first use creates) the sandbox's own SQLite file. Every committed write survives a kill of
 * the process: write-ahead log, synchronous FULL. Throws what SQLite throws when the file cannot be opened.
 */
export async function openSandboxDatabase(file: string): Promise<SandboxDatabase> {
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const database = knexModule.knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, made: SqliteConnection) => void) {
        connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;', (error) =>
          done(error, connection),
        );
      },
    },
  });
  await createTables(database);
  return database;
}

async function createTables(database: SandboxDatabase): Promise<void> {
  await database.raw(
    `CREATE TABLE IF NOT EXISTS documents (
       kind TEXT NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
       PRIMARY KEY (kind, tenant, id))`,
  );
  await database.raw('CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  // Codes and refresh tokens are kept as hashes only.
  await database.raw(
    `CREATE TABLE IF NOT EXISTS grants (
       hash TEXT PRIMARY KEY, kind TEXT NOT NULL, issued_at INTEGER NOT NULL,
       used INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL)`,
  );
}
