import type { Knex } from 'knex';
import { z } from 'zod';
import { type SealedHead, searchedIn } from './audit-chain.ts';
import { commitmentTo, type HeadSeal, hashOf, noRow } from './audit-hash.ts';
import { headShape, readHead } from './audit-heads.ts';
import { companiesOf, type StoredRow, streamRows } from './audit-stream.ts';
import { atOneMoment, type DatabaseAddress, openToRead } from './database.ts';

/** What is wrong with a history. Each has a sentence in `audit.ts`. */
export type FaultKind =
  /** What stands in the row is not what its hash was made of. */
  | 'changed'
  /** It does not go on from the row before it: one was removed, put in, or moved. */
  | 'does-not-follow'
  | 'missing'
  | 'inserted'
  | 'text-changed'
  /** Gone, though nobody asked for that. */
  | 'text-removed'
  | 'head-missing'
  | 'head-forged'
  /** It follows one that did not hold, or the start that should have authenticated it never did. */
  | 'head-unsealed'
  | 'cut'
  | 'after-head'
  /** It ends in another row than its head says. */
  | 'rebuilt'
  /** Another row stands where the log says what stood there. */
  | 'not-as-logged'
  | 'cut-since-log'
  /** A line of the log that our key did not make. */
  | 'log-forged';

export interface Fault {
  what: FaultKind;
  /** Of the row, or of the first one; 0 where it is about none. */
  number: number;
}

export interface Verified {
  company: string;
  rows: number;
  /** Personal texts that were erased by request. */
  erased: number;
  head: SealedHead | undefined;
  faults: Fault[];
}

/**
 * Looks whether each company's history is whole: streams, writes nothing, and sees one moment of the database. `logged`:
 * heads that lie outside it, from the log, each of which the history must still hold.
 */
export async function verifyHistory(
  address: DatabaseAddress,
  { seal, logged = [] }: { seal: HeadSeal; logged?: readonly SealedHead[] },
): Promise<Verified[]> {
  const knex = openToRead(address);
  try {
    return await atOneMoment(knex, async (trx) => {
      const known = await companiesOf(trx);
      const companies = [...new Set([...known, ...logged.map(({ company }) => company)])];
      const verified: Verified[] = [];
      for (const company of companies) {
        const ours = logged.filter((head) => head.company === company);
        verified.push(await verifyChain(trx, company, { seal, logged: ours }));
      }
      return verified;
    });
  } finally {
    await knex.destroy();
  }
}

/** Heads in a log of ours, one JSON object a line; other lines are passed over. */
export function loggedHead(line: string): SealedHead | undefined {
  if (!line.includes('"auditHead"')) return undefined;
  try {
    return z.object({ auditHead: headShape }).parse(JSON.parse(line)).auditHead;
  } catch {
    return undefined;
  }
}

async function verifyChain(
  trx: Knex.Transaction,
  company: string,
  { seal, logged }: { seal: HeadSeal; logged: readonly SealedHead[] },
): Promise<Verified> {
  const found: unknown = await trx('audit_heads').where({ company }).first();
  const head = found === undefined ? undefined : readHead(found);
  const faults: Fault[] = [];
  const fault = (what: FaultKind, number = 0) => void faults.push({ what, number });
  const held = logged.filter((each) => seal.holds(each, each.mac));
  for (const each of logged) if (!held.includes(each)) fault('log-forged', each.count);
  const asLogged = new Map(held.map((each) => [each.count, each.hash]));

  const texts = createTextCheck(fault);
  let [rows, last, previous, atHead] = [0, 0, noRow, noRow];
  for await (const row of streamRows(trx, company)) {
    const { number, hash } = row;
    rows += 1;
    if (number > last + 1) fault('missing', last + 1);
    else if (number !== last + 1) fault('inserted', number);
    else if (row.previous !== previous) fault('does-not-follow', number);
    if (hashOf(row) !== hash) fault('changed', number);
    texts.look(row);
    if (asLogged.has(number) && asLogged.get(number) !== hash) fault('not-as-logged', number);
    if (number === head?.count) atHead = hash;
    [last, previous] = [number, hash];
  }
  const erased = texts.end();
  for (const fault of headFaults({ head, last, atHead, seal })) faults.push(fault);
  const mostLogged = Math.max(0, ...asLogged.keys());
  if (mostLogged > last) fault('cut-since-log', last + 1);
  return { company, rows, erased, head, faults };
}

function headFaults(chain: {
  head: SealedHead | undefined;
  last: number;
  /** Hash of the row at which the head says that the chain ends. */
  atHead: string;
  seal: HeadSeal;
}): Fault[] {
  const { head, last, atHead, seal } = chain;
  if (head === undefined) return [{ what: 'head-missing', number: last }];
  const { count, mac } = head;
  const isForged = !seal.holds(head, mac);
  return [
    ...(isForged ? [{ what: mac === '' ? 'head-unsealed' : 'head-forged', number: count } as const] : []),
    ...(last < count ? [{ what: 'cut', number: last + 1 } as const] : []),
    ...(last > count ? [{ what: 'after-head', number: count + 1 } as const] : []),
    ...(last >= count && atHead !== head.hash ? [{ what: 'rebuilt', number: count } as const] : []),
  ];
}

/** Personal texts are those that were committed to, or gone by a request that the chain has further on. */
function createTextCheck(fault: (what: FaultKind, number: number) => void) {
  const gone = new Set<number>();
  let erased = 0;
  return {
    look(row: StoredRow): void {
      const { number, commitment, text, salt, folded } = row;
      if (commitment !== '' && text === null) gone.add(number);
      else if (commitment !== '' || text !== null) {
        const isSame = text !== null && salt !== null && commitmentTo(text, salt) === commitment;
        if (!isSame || folded !== searchedIn(JSON.parse(text))) fault('text-changed', number);
      }
      for (const each of erasedBy(row)) if (gone.delete(each)) erased += 1;
    },
    end(): number {
      for (const number of gone) fault('text-removed', number);
      return erased;
    },
  };
}

/** Numbers of the rows whose texts this one says were erased. */
function erasedBy({ verb, details }: StoredRow): number[] {
  if (verb !== 'forget-me') return [];
  const shape = z.object({ erased: z.array(z.number()) });
  try {
    return shape.parse(JSON.parse(details)).erased;
  } catch {
    return [];
  }
}
