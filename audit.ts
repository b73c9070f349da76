import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, databaseOf, readConfig, vaultKeyFile } from './config.ts';
import type { SealedHead } from './storage/audit-chain.ts';
import { exportHistory } from './storage/audit-export.ts';
import { createHeadSeal } from './storage/audit-hash.ts';
import {
  type Fault,
  type FaultKind,
  loggedHead,
  type Verified,
  verifyHistory,
} from './storage/audit-verification.ts';

const usage = `npm run audit:verify -- [--log FILE]...
npm run audit:export -- [--company ID] [--from YYYY-MM-DD] [--to YYYY-MM-DD]
`;

/** What was typed cannot be done; the message says why. */
class UsageError extends Error {}

const say = (line: string) => void process.stdout.write(`${line}\n`);

const sentences: Readonly<Record<FaultKind, string>> = {
  changed: 'the row was changed',
  'does-not-follow': 'the row does not go on from the one before it: a row was removed, put in or moved',
  missing: 'rows from here on were removed',
  inserted: 'the row was put in, or has the number of another one',
  'text-changed': 'the personal text beside the row was changed',
  'text-removed': 'the personal text beside the row was removed, and nobody asked for that',
  'head-missing': 'the company has no head',
  'head-forged': 'the head was not made with our key',
  'head-unsealed': 'the head is not authenticated: it follows one that did not hold',
  cut: 'the end of the history was cut off from here on',
  'after-head': 'rows from here on are not known to the head',
  rebuilt: 'the history does not end in the row that its head names: it was made anew',
  'not-as-logged': 'the log says that another row stood here',
  'cut-since-log': 'the log knows rows from here on, and they are gone',
  'log-forged': 'a line of the log was not made with our key',
};

/** Ends with 1 where anything is wrong. */
async function verify(config: Config, logs: readonly string[]): Promise<number> {
  const logged: SealedHead[] = [];
  for (const file of logs) logged.push(...(await headsIn(file)));
  const seal = createHeadSeal(await vaultKeyOf(config));
  const verified = await verifyHistory(databaseOf(config), { seal, logged });
  for (const each of verified) report(each);
  const faults = verified.reduce((sum, each) => sum + each.faults.length, 0);
  say(faults === 0 ? `${verified.length} histories, no fault` : `faults: ${faults}`);
  return faults === 0 ? 0 : 1;
}

function report({ company, rows, erased, head, faults }: Verified): void {
  const from = head === undefined ? '' : `, head ${head.count} ${head.hash}`;
  const before = head?.chained_later ? `, ${head.chained_later} from before there was a chain` : '';
  say(`${company}  ${rows} rows${from}${before}${erased === 0 ? '' : `, ${erased} texts erased by request`}`);
  for (const fault of faults) say(`  ${faultText(fault)}`);
}

const faultText = ({ what, number }: Fault) => `row ${number}: ${sentences[what]} (${what})`;

async function headsIn(file: string): Promise<SealedHead[]> {
  const heads: SealedHead[] = [];
  for await (const line of createInterface(createReadStream(file))) {
    const head = loggedHead(line);
    if (head !== undefined) heads.push(head);
  }
  return heads;
}

async function vaultKeyOf(config: Config): Promise<Buffer> {
  return config.mode === 'microsoft' ? config.vaultKey : readFile(vaultKeyFile(config));
}

function dayOf(text: string | undefined, time: string): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(`${text}T${time}Z`);
  if (Number.isNaN(at)) throw new UsageError(`${text} is no day; write it as 2026-01-31`);
  return at;
}

/** Days are UTC's, both included. */
async function writeOut(
  config: Config,
  asked: { company?: string | undefined; from?: string | undefined; to?: string | undefined },
) {
  const from = dayOf(asked.from, '00:00:00.000');
  const to = dayOf(asked.to, '23:59:59.999');
  await exportHistory(databaseOf(config), { company: asked.company, from, to }, async (line) => {
    if (process.stdout.write(`${line}\n`)) return;
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  });
}

async function run(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      log: { type: 'string', multiple: true, default: [] },
      company: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
  });
  const config = readConfig(process.env);
  const [command] = positionals;
  if (command === 'verify') return verify(config, values.log);
  if (command !== 'export') throw new UsageError(usage);
  await writeOut(config, values);
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  const isTold = error instanceof ConfigError || error instanceof UsageError || isFromNode(error);
  if (!isTold) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

/** A file that is not there, or an option that nobody knows. */
function isFromNode(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    /^(ENOENT|EACCES|ERR_PARSE_ARGS|SQLITE_CANTOPEN)/.test(String(error.code))
  );
}
