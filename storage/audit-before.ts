import type { Knex } from 'knex';
import { z } from 'zod';
import { accountKey } from '../partner/accounts.ts';
import type { OfferEventKind } from '../partner/offers.ts';
import type { Changes } from './changes.ts';
import { folded, isLike, likeLiteral } from './like.ts';
import { mailKind } from './mail-texts.ts';
import { integer, jsonObject, jsonText, readRow } from './rows.ts';
import type { Forgotten } from './sign-in-changes.ts';

/** What tells an act from the write that it made: how things were before, read in the same transaction. */
export interface Before {
  operations: ReadonlyMap<string, z.output<typeof operationBefore>>;
  approvals: ReadonlyMap<string, z.output<typeof approvalBefore>>;
  keySetups: ReadonlyMap<string, z.output<typeof keySetupBefore>>;
  /** Names of companies: by offer for whom it is, by offer and client who that is. */
  companies: ReadonlyMap<string, string>;
  /** Rows with a personal text of who is forgotten, and in which companies' histories that is said. */
  erased: readonly { company: string; number: number; id: string }[];
  erasedIn: readonly string[];
}

const operationBefore = z.object({ id: z.string(), status: z.string(), actor_key: z.string() });
const approvalBefore = z.object({
  ...{ id: z.string(), operation_id: z.string(), company: z.string(), verb: z.string(), object: z.string() },
});
const keySetupBefore = z.object({
  ...{
    id: z.string(),
    status: z.string(),
    done: jsonText(jsonObject),
    reported: jsonText(jsonObject).nullable(),
  },
});
const erasedRow = z.object({ company: z.string(), number: integer, id: z.string() });

/** The same acts as those that keep a name in the timeline: docs/decisions/014-what-is-kept.md. */
const proving = (['accepted', 'delegation-allowed'] satisfies OfferEventKind[]).map(eventVerb);

const mailed = [mailKind, eventVerb('sent'), eventVerb('answered'), 'set-company-mailbox'];
/** Acts by which a colleague was chosen. */
const choosing = ['set-colleague', eventVerb('handed-over')];

/** What the history calls a line of an offer's timeline. */
export function eventVerb(kind: OfferEventKind): string {
  return kind.startsWith('delegation-') ? kind : `offer-${kind}`;
}

export const clientOfOffer = (offerId: string, client: string) => `${offerId}/${client}`;

/** One query for each noun that needs one; none for the others. */
export async function readBefore(trx: Knex.Transaction, changes: Changes): Promise<Before> {
  const { operations = [], approvals = [], keySetups = [], forgotten = [] } = changes;
  const saved = operations.flatMap((write) => ('save' in write ? [write.save.id] : []));
  const decided = approvals.flatMap((write) => ('decide' in write ? [write.decide.id] : []));
  const moved = keySetups.flatMap((write) => ('save' in write ? [write.save.id] : []));
  const erasures = await Promise.all(forgotten.map((each) => textsOf(trx, each)));
  return {
    operations: await byId(trx, 'operations', operationBefore, saved),
    approvals: await byId(trx, 'approvals', approvalBefore, decided),
    keySetups: await byId(trx, 'key_setups', keySetupBefore, moved),
    companies: await companyNames(trx, changes),
    erased: erasures.flatMap(({ erased }) => erased),
    erasedIn: erasures.flatMap(({ companies }) => companies),
  };
}

async function byId<T extends { id: string }>(
  trx: Knex.Transaction,
  table: string,
  shape: z.ZodType<T>,
  ids: readonly string[],
): Promise<Map<string, T>> {
  const rows: { id: string }[] = ids.length === 0 ? [] : await trx(table).whereIn('id', ids);
  return new Map(rows.map((row) => [row.id, readRow(shape, table, row.id, row)]));
}

const termsShape = jsonText(z.object({ recipient: z.object({ name: z.string() }) }));
const recipientIn = (terms: string) => termsShape.parse(terms).recipient.name;

/** For whom offers are, as their makers know them, and who answers, as they signed in. */
async function companyNames(trx: Knex.Transaction, changes: Changes): Promise<Map<string, string>> {
  const { offerEvents = [], offers = [], offerVersions = [], acceptances = [], delegations = [] } = changes;
  const names = new Map<string, string>();
  // Looks are many, and no acts.
  const acts = offerEvents.filter(({ kind }) => kind !== 'viewed');
  const offerIds = [...new Set(acts.map(({ offerId }) => offerId))];
  if (offerIds.length === 0) return names;
  const drafts: { id: string; draft: string | null }[] = await trx('offers').whereIn('id', offerIds);
  for (const { id, draft } of drafts) if (draft !== null) names.set(id, recipientIn(draft));
  for (const write of offers) {
    const { id, draft } = 'add' in write ? write.add : write.save;
    if (draft !== null) names.set(id, draft.recipient.name);
  }
  const versions: { offer_id: string; terms: string }[] = await trx('offer_versions')
    .whereIn('offer_id', offerIds)
    .orderBy('number');
  for (const { offer_id, terms } of versions) names.set(offer_id, recipientIn(terms));
  for (const { offerId, terms } of offerVersions) names.set(offerId, terms.recipient.name);
  for (const table of ['delegations', 'acceptances']) {
    const rows: { offer_id: string; client_tenant_id: string; client_name: string }[] = await trx(table)
      .whereIn('offer_id', offerIds)
      .whereIn(
        'client_tenant_id',
        offerEvents.flatMap(({ client }) => client ?? []),
      );
    for (const row of rows) names.set(clientOfOffer(row.offer_id, row.client_tenant_id), row.client_name);
  }
  for (const write of [...delegations, ...acceptances]) {
    const { offerId, client } = 'add' in write ? write.add : write.save;
    if (offerId !== null) names.set(clientOfOffer(offerId, client.tenantId), client.name);
  }
  return names;
}

/** What the history of any company still says of somebody by name: as a client's person, or to whom a mail went. */
async function textsOf(trx: Knex.Transaction, { account }: Forgotten) {
  if (account === null) return { erased: [], companies: [] };
  const { tenantId, objectId, signInName } = account;
  const rows: unknown[] = await trx('audit_rows')
    .join('audit_texts', 'audit_texts.id', 'audit_rows.id')
    .whereNotNull('text')
    .whereNotIn('verb', proving)
    .where((about) => {
      about
        .where((own) => own.where({ actor_key: accountKey(account) }).whereNot({ company: tenantId }))
        .orWhere((mail) => mail.where({ folded: folded(signInName) }).whereIn('verb', mailed))
        // Why they said no, in their own words.
        .orWhere((said) => {
          said.where({ actor_key: accountKey(account), verb: 'decline' });
          said.whereRaw(isLike, ['text', '%"answer":%']);
        })
        .orWhere((chosen) => {
          chosen.where({ company: tenantId }).whereIn('verb', choosing);
          chosen.whereRaw(isLike, ['details', `%${likeLiteral(objectId)}%`]);
        });
    })
    .select('audit_rows.company', 'audit_rows.number', 'audit_rows.id')
    .orderBy(['audit_rows.company', 'audit_rows.number']);
  const erased = rows.map((row) => readRow(erasedRow, 'audit_rows', 'to be erased', row));
  const own = await trx('audit_heads').where({ company: tenantId }).first('company');
  const inOwn = own === undefined ? [] : [tenantId];
  return { erased, companies: [...new Set([...inOwn, ...erased.map(({ company }) => company)])] };
}
