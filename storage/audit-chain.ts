import type { Knex } from 'knex';
import { accountKey } from '../partner/accounts.ts';
import type { AuditRow, Personal } from '../partner/audit-row.ts';
import type { Log } from '../partner/log.ts';
import {
  type ChainedRow,
  type ChainHead,
  commitmentTo,
  type HeadSeal,
  hashOf,
  newSalt,
  noRow,
} from './audit-hash.ts';
import { readHead } from './audit-heads.ts';
import { folded } from './like.ts';
import { insertNew } from './writes.ts';

/** A head as it is stored and logged. */
export interface SealedHead extends ChainHead {
  /** '' where the head before it did not hold: what follows a broken chain is not vouched for. */
  mac: string;
}

/** Texts of so many rows are erased by one statement. */
const erasedAtOnce = 200;

/** What the history writes: rows at the end of their company's chain, and nothing instead of a personal text. */
export function createAuditChain({ seal, log }: { seal: HeadSeal; log: Log | undefined }) {
  /** The head of a company's chain, held until this transaction ends, so that no other commit goes on from it too. */
  async function hold(trx: Knex.Transaction, company: string): Promise<SealedHead> {
    const begun: ChainHead = { company, count: 0, hash: noRow, chained_later: 0 };
    await trx('audit_heads')
      .insert({ ...begun, mac: seal.seal(begun) })
      .onConflict('company')
      .ignore();
    return readHead(await trx('audit_heads').where({ company }).forUpdate().first());
  }

  async function extend(trx: Knex.Transaction, company: string, added: readonly AuditRow[]) {
    const { mac: before, ...head } = await hold(trx, company);
    const isWhole = seal.holds(head, before);
    if (!isWhole) log?.error({ company, count: head.count }, 'the head of a history does not hold');
    const rows: ChainedRow[] = [];
    const texts: object[] = [];
    let { count, hash } = head;
    for (const row of added) {
      const kept = keptApart(row);
      const next = {
        ...columnsOf(row),
        number: count + 1,
        commitment: kept?.commitment ?? '',
        previous: hash,
      };
      count = next.number;
      hash = hashOf(next);
      rows.push({ ...next, hash });
      if (kept !== undefined) texts.push(kept.text);
    }
    await insertNew(trx, { table: 'audit_rows', unique: ['id'], what: 'this audit row' }, rows);
    await insertNew(trx, { table: 'audit_texts', unique: ['id'], what: 'the text of this audit row' }, texts);
    const after = { ...head, count, hash };
    const sealed: SealedHead = { ...after, mac: isWhole ? seal.seal(after) : '' };
    await trx('audit_heads').where({ company }).update({ count, hash, mac: sealed.mac });
    return sealed;
  }

  return {
    /** Adds rows in their order and answers the new heads. Companies in one order, so that no two commits wait for each other. */
    async append(trx: Knex.Transaction, added: readonly AuditRow[]): Promise<SealedHead[]> {
      const companies = [...new Set(added.map(({ company }) => company))].toSorted();
      const heads: SealedHead[] = [];
      for (const company of companies) {
        const own = added.filter((row) => row.company === company);
        heads.push(await extend(trx, company, own));
      }
      return heads;
    },

    /** Takes personal texts and their salts away; the rows that say so are appended by the same commit. */
    async erase(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
      for (let from = 0; from < ids.length; from += erasedAtOnce) {
        await trx('audit_texts')
          .whereIn('id', ids.slice(from, from + erasedAtOnce))
          .update({ text: null, salt: null, folded: '' });
      }
    },

    /** Authenticates heads that the migration of this very start has made; later nobody can tell whether they are whole. */
    async sealMigrated(knex: Knex): Promise<SealedHead[]> {
      const found: unknown[] = await knex('audit_heads').where({ mac: '' });
      const heads = found.map((row) => {
        const head = readHead(row);
        return { ...head, mac: seal.seal(head) };
      });
      for (const { company, mac } of heads) await knex('audit_heads').where({ company }).update({ mac });
      return heads;
    },

    /** A copy outside the database, by which a chain that was cut or made anew is found (`npm run audit:verify -- --log`). */
    tell(heads: readonly SealedHead[]): void {
      for (const auditHead of heads) log?.info({ auditHead }, 'the history goes on');
    },
  };
}

function columnsOf(row: AuditRow) {
  const { id, at, company, client, verb, object, outcome } = row;
  return {
    ...{ id, at, company, client, verb, object, outcome },
    object_folded: folded(object),
    operation_id: row.operationId,
    actor_key: row.actor === null ? '' : accountKey(row.actor),
    continues: row.continues ? 1 : 0,
    details: JSON.stringify(row.details),
  };
}

function keptApart({ id, personal }: AuditRow) {
  if (personal === null) return undefined;
  const text = JSON.stringify(personal);
  const salt = newSalt();
  return { commitment: commitmentTo(text, salt), text: { id, salt, text, folded: searchedIn(personal) } };
}

/** By which names a row is found, one a line. */
export function searchedIn({ object, by, args }: Personal): string {
  const names = [object, args?.['displayName'], by];
  return folded(names.filter((name) => typeof name === 'string' && name !== '').join('\n'));
}
