import type { Knex } from 'knex';
import { z } from 'zod';
import type { ClientCompany } from '../partner/offers.ts';
import { readRow } from './rows.ts';

const table = 'recent_clients';
const clientRow = z
  .object({ tenant_id: z.string(), name: z.string(), domain: z.string() })
  .transform(({ tenant_id, name, domain }): ClientCompany => ({ tenantId: tenant_id, name, domain }));

/** Notes inside a commit when a partner last had to do with a client; an older time changes nothing. */
export async function noteClient(
  trx: Knex.Transaction,
  partner: string,
  client: ClientCompany,
  at: number,
): Promise<void> {
  const { tenantId, name, domain } = client;
  await trx(table)
    .insert({ company: partner, tenant_id: tenantId, name, domain, at })
    .onConflict(['company', 'tenant_id'])
    .merge(['name', 'domain', 'at'])
    .where(`${table}.at`, '<=', at);
}

/** The clients of a partner, each once, newest first. */
export async function recentClientsOf(knex: Knex, company: string, limit?: number): Promise<ClientCompany[]> {
  const found = knex(table)
    .where({ company })
    .orderBy([{ column: 'at', order: 'desc' }, { column: 'tenant_id' }]);
  const rows = await (limit === undefined ? found : found.limit(limit));
  return rows.map((row) => readRow(clientRow, table, `${company} ${row.tenant_id}`, row));
}
