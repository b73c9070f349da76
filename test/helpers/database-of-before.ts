import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { migrationSource } from '../../storage/migrations/source.ts';

interface Line {
  database: 'bot' | 'sandbox';
  table: string;
  row: Record<string, unknown>;
}

/** The last migration that the version of that commit knew. */
const lastOfThen = '006-looks-by-company';

const open = (filename: string): Knex =>
  knexModule.knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });

/** Puts both databases of the version of commit 0740c81 into this folder, as that version left them. */
export async function databaseOfBefore(folder: string): Promise<void> {
  const text = await readFile(new URL('../fixtures/database-of-0740c81.jsonl', import.meta.url), 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const bot = open(join(folder, 'bot.sqlite'));
  const released = (await migrationSource.getMigrations([])).filter(({ name }) => name <= lastOfThen);
  await bot.migrate.latest({ migrationSource: { ...migrationSource, getMigrations: async () => released } });
  for (const { table, row } of lines.filter(({ database }) => database === 'bot'))
    await bot(table).insert(row);
  await bot.destroy();

  // What the seed of then and of now share is not in the file.
  const file = join(folder, 'sandbox.sqlite');
  await (await createSandbox({ file, port: 0 })).close();
  const sandbox = open(file);
  for (const { table, row } of lines.filter(({ database }) => database === 'sandbox')) {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    const names = columns.map(() => '??').join(', ');
    await sandbox.raw(`insert or replace into ?? (${names}) values (${marks})`, [
      ...[table, ...columns],
      ...(Object.values(row) as string[]),
    ]);
  }
  await sandbox.destroy();
}
