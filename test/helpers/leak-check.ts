import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { readDatabase } from './database-file.ts';
import { answersSeen, countSeen, type Secret, secretsSeen } from './secrets-seen.ts';

/** Where a secret must never be. */
export interface Kept {
  /** Everything logged. */
  log: string;
  /** The bot's SQLite file. */
  database: string;
  /** Everything that a channel got. */
  chat: unknown;
}

/**
 * Watches one bot from now on. The answer, called while its database is open, fails when a secret that passed
 * since then is in its log, its chat, a column of its database other than the vault's sealed one, or its files.
 */
export function watchForLeaks(): (kept: Kept) => Promise<void> {
  const from = countSeen();
  return async (kept) => {
    const secrets = await secretsSeen(from.secrets);
    assert.deepEqual(leaks(secrets, await placesOf(kept, from.answers)), []);
  };
}

/** Every place where something may have been kept, with its text; `fromAnswer`: HTTP answers to channels since then. */
export async function placesOf({ log, database, chat }: Kept, fromAnswer = 0): Promise<[string, string][]> {
  return [
    ['the log', log],
    ['the chat', JSON.stringify(chat)],
    ['an answer to the channel', answersSeen(fromAnswer)],
    ...(await columnsOf(database)),
    ...(await filesOf(database)),
  ];
}

/** Names kind and place of each secret that is found; never the secret. */
export function leaks(secrets: readonly Secret[], places: readonly [string, string][]): string[] {
  return places.flatMap(([place, text]) =>
    secrets.filter((secret) => holds(text, secret)).map(({ kind }) => `${kind} in ${place}`),
  );
}

function holds(text: string, { kind, value }: Secret): boolean {
  // Six digits are found by chance inside longer numbers and ids.
  if (kind === '6-digit code') return new RegExp(`(?<![\\w.+/-])${value}(?![\\w+/-])`).test(text);
  const ways = new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
  return [...ways].some((way) => text.includes(way));
}

async function columnsOf(database: string): Promise<[string, string][]> {
  return readDatabase(database, async (query) => {
    const tables = await query("select name from sqlite_master where type = 'table'");
    const places: [string, string][] = [];
    for (const { name } of tables) {
      const rows = await query(`select * from "${String(name)}"`);
      const columns = Object.keys(rows[0] ?? {}).filter((column) => `${name}.${column}` !== 'vault.sealed');
      for (const column of columns) {
        places.push([`column ${name}.${column}`, rows.map((row) => textOf(row[column])).join('\n')]);
      }
    }
    return places;
  });
}

const textOf = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value));

/** Byte for byte: pages that were freed, and the write-ahead log. */
async function filesOf(database: string): Promise<[string, string][]> {
  return Promise.all(
    ['', '-wal'].map(async (ending): Promise<[string, string]> => {
      const bytes = await readFile(`${database}${ending}`).catch(() => Buffer.alloc(0));
      return [`the file bot.sqlite${ending}`, bytes.toString('latin1')];
    }),
  );
}
