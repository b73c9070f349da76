import type { SandboxDatabase } from './database.ts';
import type { Kinds, World } from './world.ts';

/** One record of the world with the place it is kept at. */
export type WorldDocument = {
  [K in keyof Kinds]: { kind: K; tenantId: string; id: string; value: Kinds[K] };
}[keyof Kinds];

export interface WorldStore extends World {
  /** Throws everything away and starts from these documents, in one transaction. */
  replace(documents: readonly WorldDocument[]): Promise<void>;
}

interface Row {
  kind: string;
  tenant: string;
  id: string;
  body: string;
}

/**
 * The world on the sandbox's file. Reads come from memory (copies, so a caller may change what it got);
 * writes are on the disk when their promise resolves.
 */
export async function createWorld(database: SandboxDatabase): Promise<WorldStore> {
  let shelves = new Map<string, Map<string, string>>();

  function shelf(kind: string, tenant: string): Map<string, string> {
    const name = `${kind}/${tenant}`;
    const found = shelves.get(name);
    if (found !== undefined) return found;
    const made = new Map<string, string>();
    shelves.set(name, made);
    return made;
  }

  const rows: Row[] = await database('documents').orderBy('rowid').select('kind', 'tenant', 'id', 'body');
  for (const row of rows) shelf(row.kind, row.tenant).set(row.id, row.body);

  function read<K extends keyof Kinds>(_kind: K, body: string): Kinds[K] {
    return JSON.parse(body) as Kinds[K];
  }

  return {
    async all(kind, tenantId) {
      return [...shelf(kind, tenantId).values()].map((body) => read(kind, body));
    },

    async get(kind, tenantId, id) {
      const body = shelf(kind, tenantId).get(id);
      return body === undefined ? undefined : read(kind, body);
    },

    async put(kind, tenantId, id, value) {
      const body = JSON.stringify(value);
      await database('documents')
        .insert({ kind, tenant: tenantId, id, body })
        .onConflict(['kind', 'tenant', 'id'])
        .merge(['body']);
      shelf(kind, tenantId).set(id, body);
    },

    async remove(kind, tenantId, id) {
      await database('documents').where({ kind, tenant: tenantId, id }).delete();
      shelf(kind, tenantId).delete(id);
    },

    async tenants() {
      return [...shelves.entries()]
        .filter(([name]) => name.startsWith('tenant/'))
        .flatMap(([, kept]) => [...kept.values()].map((body) => read('tenant', body)));
    },

    async replace(documents) {
      const fresh = documents.map(({ kind, tenantId, id, value }) => ({
        kind,
        tenant: tenantId,
        id,
        body: JSON.stringify(value),
      }));
      await database.transaction(async (transaction) => {
        await transaction('documents').delete();
        await transaction.batchInsert('documents', fresh, 200);
      });
      shelves = new Map();
      for (const row of fresh) shelf(row.kind, row.tenant).set(row.id, row.body);
    },
  };
}
