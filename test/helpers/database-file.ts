import knexModule from 'knex';

type Row = Record<string, unknown>;

/** Reads a SQLite file that another process or connection may be writing. */
export async function readDatabase<T>(
  file: string,
  read: (query: (sql: string) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const knex = knexModule.knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    return await read((sql) => knex.raw(sql) as Promise<Row[]>);
  } finally {
    await knex.destroy();
  }
}
