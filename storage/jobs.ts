import type { Knex } from 'knex';
import { z } from 'zod';
import type { Job, NewJob } from './changes.ts';
import type { Database } from './database.ts';
import { integer, jsonObject, jsonText, readableRows } from './rows.ts';
import type { JobStore } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'jobs';
const jobRow = z.object({
  key: z.string(),
  kind: z.string(),
  args: jsonText(jsonObject),
  due_real: integer.nullable(),
  due_domain: integer.nullable(),
  attempts: integer,
  lease_until: integer.nullable(),
});

/** One due time per clock, since times of two clocks cannot be compared; whichever comes first counts. */
const dueColumn = { real: 'due_real', domain: 'due_domain' } as const;

const free = { lease_owner: null, lease_until: null };

/**
 * Jobs by key. A claim empties the due times, so whatever is found in them at its end was wished for meanwhile:
 * `done` then leaves the job for another run. A lease that ran out is due again whatever they say.
 * `attempts` counts the claims since the job was added, this one included. Owners must differ per claim
 * if an old claim's `done` must not end a newer one.
 */
export function createJobStore(database: Database): JobStore & Applies<NewJob> {
  const { knex, passOverLocked, unreadable } = database;
  return {
    async claim(now, lease, limit) {
      return knex.transaction(async (trx) => {
        const due = trx(table)
          .where((or) => {
            or.where((its) => its.whereNull('lease_owner').where('due_real', '<=', now.real))
              .orWhere((its) => its.whereNull('lease_owner').where('due_domain', '<=', now.domain))
              .orWhere('lease_until', '<=', now.real);
          })
          .orderByRaw('coalesce(due_real, due_domain, 0), key')
          .limit(limit);
        const rows: { key: string }[] = await passOverLocked(due);
        const corrupted: string[] = [];
        const jobs = readableRows(jobRow, table, rows, {
          key: 'key',
          unreadable(error, key) {
            unreadable(error);
            corrupted.push(key);
          },
        });
        // Never due again by itself: who adds a job of its key writes it anew.
        await trx(table)
          .whereIn('key', corrupted)
          .update({ ...free, due_real: null, due_domain: null });
        await trx(table)
          .whereIn(
            'key',
            jobs.map(({ key }) => key),
          )
          .update({
            due_real: keptWish(trx, 'due_real'),
            due_domain: keptWish(trx, 'due_domain'),
            attempts: trx.raw('attempts + 1'),
            lease_owner: lease.owner,
            lease_until: lease.until,
          });
        return jobs.map((job) => jobFrom(job, now));
      });
    },

    async renew(keys, { owner, until }) {
      await knex(table)
        .whereIn('key', [...keys])
        .where({ lease_owner: owner })
        .update({ lease_until: until });
    },

    async nextDue() {
      const [first] = await knex(table)
        .whereNull('lease_owner')
        .min({ real: 'due_real', domain: 'due_domain' });
      const { real, domain } = earliest.parse(first);
      return { real: real ?? undefined, domain: domain ?? undefined };
    },

    async done(key, owner) {
      const mine = knex(table).where({ key, lease_owner: owner });
      const ended = await mine.clone().whereNull('due_real').whereNull('due_domain').del();
      if (ended === 0) await mine.update({ ...free, attempts: 0 });
    },

    async again(key, owner, dueAt, clock) {
      const column = dueColumn[clock];
      await knex(table)
        .where({ key, lease_owner: owner })
        .update({
          ...free,
          [column]: knex.raw('case when ?? < ? then ?? else ? end', [column, dueAt, column, dueAt]),
        });
    },

    async releaseAll() {
      await knex(table)
        .whereNotNull('lease_owner')
        .update({ ...free, due_real: 0 });
    },

    async apply(trx, writes) {
      for (const job of writes) await add(trx, job);
    },
  };
}

const earliest = z.object({ real: integer.nullable(), domain: integer.nullable() });

function jobFrom(row: z.infer<typeof jobRow>, now: { real: number; domain: number }): Job {
  const { key, kind, args } = row;
  const job = { key, kind, args, attempts: row.attempts + 1 };
  if (row.due_real !== null && row.due_real <= now.real) {
    return { ...job, dueAt: row.due_real, clock: 'real' };
  }
  if (row.due_domain !== null && row.due_domain <= now.domain) {
    return { ...job, dueAt: row.due_domain, clock: 'domain' };
  }
  return { ...job, dueAt: row.lease_until ?? now.real, clock: 'real' };
}

async function add(trx: Knex.Transaction, job: NewJob): Promise<void> {
  const due = { due_real: null, due_domain: null, [dueColumn[job.clock]]: job.dueAt };
  const row = { key: job.key, kind: job.kind, args: JSON.stringify(job.args), ...due, attempts: 0 };
  await trx(table)
    .insert(row)
    .onConflict('key')
    .merge({
      kind: row.kind,
      args: row.args,
      due_real: earlier(trx, 'due_real'),
      due_domain: earlier(trx, 'due_domain'),
    });
}

/** What was wished while a claim held the job outlives the lease of that claim. */
function keptWish(trx: Knex.Transaction, column: string): Knex.Raw {
  return trx.raw('case when lease_owner is null then null else ?? end', [column]);
}

/** The earlier of the stored and the wished due time; either may be null. Not min(): the dialects name it differently. */
function earlier(trx: Knex.Transaction, column: string): Knex.Raw {
  const stored = `${table}.${column}`;
  const wished = `excluded.${column}`;
  return trx.raw('case when ?? is null or ?? < ?? then ?? else ?? end', [
    stored,
    wished,
    stored,
    wished,
    stored,
  ]);
}
