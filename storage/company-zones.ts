import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { KeptZone } from '../partner/company-zones.ts';
import type { CompanyZoneWrite } from './changes.ts';
import type { Database } from './database.ts';
import { accountRef, integer, readFirst } from './rows.ts';
import type { Storage } from './storage.ts';
import type { Applies } from './writes.ts';

const table = 'company_zones';
const zoneRow = z
  .object({
    company: z.string(),
    country: z.string().nullable(),
    read_at: integer.nullable(),
    zone: z.string().nullable(),
    by_key: accountRef.nullable(),
    by_name: z.string().nullable(),
    at: integer.nullable(),
  })
  .transform(({ company, country, read_at, zone, by_key: by, by_name, at }): KeptZone => {
    const isStated = zone !== null && by !== null && at !== null;
    const stated = isStated ? { company, zone, by, byName: by_name ?? '', at } : null;
    return { company, country, readAt: read_at, stated };
  });

/** Where each partner company lives: what Microsoft said last, and beside it what was stated last. */
export function createCompanyZoneStore({
  knex,
}: Database): Storage['companyZones'] & Applies<CompanyZoneWrite> {
  return {
    async find(company) {
      return readFirst(zoneRow, table, company, await knex(table).where({ company }).first());
    },

    async apply(trx, writes) {
      for (const write of writes) {
        const row = 'read' in write ? readColumns(write.read) : statedColumns(write.state);
        await trx(table).insert(row).onConflict('company').merge();
      }
    },
  };
}

type Columns<Noun extends string> = Extract<CompanyZoneWrite, Record<Noun, unknown>>;

const readColumns = ({ company, country, at }: Columns<'read'>['read']) => ({
  ...{ company, country, read_at: at },
});

const statedColumns = ({ company, zone, by, byName, at }: Columns<'state'>['state']) => ({
  ...{ company, zone, by_key: accountKey(by), by_name: byName, at },
});
