import type { Knex } from 'knex';
import { isBinding } from '../partner/acceptance-life.ts';
import { accountKey } from '../partner/accounts.ts';
import type { DelegationState } from '../partner/delegations.ts';
import type { AcceptanceState, ClientPerson, OfferEventKind, OfferTerms } from '../partner/offers.ts';
import type { JsonObject, OperationStatus } from '../partner/operations.ts';
import { isLike, likeLiteral } from './like.ts';
import { addressOf, mailKind, withoutText } from './mail-texts.ts';
import type { Forgotten } from './sign-in-changes.ts';

type Who = NonNullable<Forgotten['account']>;

/** Rows with JSON in them: the databases have no common way to change one, and one person has few. */
interface Found {
  id: string;
  [column: string]: unknown;
}

/** What proves an agreement keeps who made it. */
const provingEvents: readonly OfferEventKind[] = ['accepted', 'delegation-allowed'];
/** Never allowed, so nothing is proved. */
const unallowed: readonly DelegationState[] = ['declined', 'unapproved'];
/** In these nobody works on a mail, and it may be called off. */
const standing: readonly OperationStatus[] = ['waiting-sign-in', 'waiting-approval', 'failed'];

/** Somebody's name, sign-in name and words in what a company keeps: ids and times stay, and so does what proves an agreement. */
export async function eraseNames(trx: Knex.Transaction, account: Who): Promise<void> {
  const key = accountKey(account);
  await trx('confirmations').where({ by_key: key }).update({ by_name: '' });
  await trx('statements').where({ by_key: key }).update({ by_name: '' });
  await trx('company_zones').where({ by_key: key }).update({ by_name: '' });
  await eraseInEvents(trx, account);
  await eraseInOffers(trx, account);
  await eraseAsClient(trx, account);
  await eraseInKeySetups(trx, account);
  await callOffMailsTo(trx, account);
}

/** Whether JSON in a text column may hold this text. */
function holding(rows: Knex.QueryBuilder, column: string, text: string): Knex.QueryBuilder {
  return rows.whereRaw(isLike, [column, inJson(text)]);
}

/** One more reason to be found: any of these texts. */
function holdingOr(rows: Knex.QueryBuilder, column: string, texts: readonly string[]): void {
  for (const text of texts) rows.orWhereRaw(isLike, [column, inJson(text)]);
}

const inJson = (text: string) => `%${likeLiteral(JSON.stringify(text).slice(1, -1))}%`;

const parsed = (value: unknown): JsonObject => JSON.parse(String(value)) as JsonObject;
const isSame = (one: unknown, other: string) =>
  typeof one === 'string' && one.toLowerCase() === other.toLowerCase();

async function eraseInEvents(trx: Knex.Transaction, account: Who): Promise<void> {
  const { tenantId, objectId, displayName, signInName } = account;
  const by_key = accountKey(account);
  const rows: Found[] = await trx('offer_events').where((naming) => {
    naming.where({ by_key });
    holdingOr(naming, 'details', [signInName, displayName, objectId]);
  });
  for (const { id, kind, company, client, by_name, details: text, ...row } of rows) {
    if (provingEvents.some((proving) => proving === kind)) continue;
    const details = parsed(text);
    // What clients did before ids were kept is known by the sign-in name.
    const isByThem =
      row['by_key'] === by_key || (client === tenantId && isSame(details['signInName'], signInName));
    if (isByThem) for (const said of ['signInName', 'text', 'reason']) delete details[said];
    const { to, toId } = details;
    const isHandedOver = kind === 'handed-over' && company === tenantId;
    const isToColleague = isHandedOver && (toId === undefined ? to === displayName : toId === objectId);
    if (isToColleague || isSame(to, signInName)) delete details['to'];
    const who = isByThem ? { by_key, by_name: '' } : { by_name };
    await trx('offer_events')
      .where({ id })
      .update({ ...who, details: JSON.stringify(details) });
  }
}

/** Published versions never change: here it is who an offer belongs to, and what was not published yet. */
async function eraseInOffers(trx: Knex.Transaction, account: Who): Promise<void> {
  const key = accountKey(account);
  await trx('offers')
    .where({ maker_key: key })
    .update({ maker_name: '', rev: trx.raw('rev + 1') });
  const drafts: Found[] = await trx('offers')
    .whereNotNull('draft')
    .where((rows) => {
      rows.where({ maker_key: key });
      holdingOr(rows, 'draft', [account.signInName]);
    });
  for (const { id, maker_key, draft } of drafts) {
    const terms = parsed(draft) as OfferTerms;
    const { recipient } = terms;
    const isToThem = isSame(recipient.mail, account.signInName);
    const left: OfferTerms = {
      ...terms,
      note: maker_key === key ? '' : terms.note,
      recipient: isToThem ? { ...recipient, person: '', mail: '' } : recipient,
    };
    await trx('offers')
      .where({ id })
      .update({ draft: JSON.stringify(left), rev: trx.raw('rev + 1') });
  }
}

/** Who looked, declined, or took a yes back proves nothing: their company did so, and nobody needs to know who. */
async function eraseAsClient(trx: Knex.Transaction, account: Who): Promise<void> {
  const nameless = (text: unknown): string | undefined => {
    const person = text === null ? undefined : (parsed(text) as Partial<ClientPerson>);
    if (person?.objectId !== account.objectId) return undefined;
    return JSON.stringify({ objectId: account.objectId, name: '', signInName: '' } satisfies ClientPerson);
  };
  const ofCompany = { client_tenant_id: account.tenantId };
  const acceptances: (Found & { state: AcceptanceState })[] = await trx('acceptances').where(ofCompany);
  for (const { id, state, person: before, reason } of acceptances) {
    const person = isBinding({ state }) ? undefined : nameless(before);
    if (person === undefined) continue;
    const said = state === 'declined' ? '' : reason;
    await trx('acceptances')
      .where({ id })
      .update({ person, reason: said, rev: trx.raw('rev + 1') });
  }
  const delegations: Found[] = await trx('delegations').where(ofCompany).whereIn('state', unallowed);
  for (const { id, person: before } of delegations) {
    const person = nameless(before);
    if (person === undefined) continue;
    await trx('delegations')
      .where({ id })
      .update({ person, rev: trx.raw('rev + 1') });
  }
}

async function eraseInKeySetups(trx: Knex.Transaction, account: Who): Promise<void> {
  const key = accountKey(account);
  const { tenantId: company, objectId } = account;
  await trx('key_setups')
    .where({ created_by: key })
    .update({ created_by_name: '', rev: trx.raw('rev + 1') });
  const rows: Found[] = await trx('key_setups')
    .where({ company })
    .where((naming) => {
      holdingOr(naming, 'done', [objectId]);
      holdingOr(naming, 'reported', [objectId]);
    });
  /** Every mark of theirs, wherever it stands. */
  const withoutName = (text: unknown): string | null =>
    text === null
      ? null
      : JSON.stringify(parsed(text), (_name, value) =>
          isMarkOf(value, objectId) ? { ...value, byName: '' } : value,
        );
  for (const { id, done, reported } of rows) {
    await trx('key_setups')
      .where({ id })
      .update({ done: withoutName(done), reported: withoutName(reported), rev: trx.raw('rev + 1') });
  }
}

function isMarkOf(value: unknown, objectId: string): value is JsonObject {
  if (typeof value !== 'object' || value === null || !('by' in value) || !('byName' in value)) return false;
  const { by, byName } = value;
  // What is nameless already would be looked at for ever.
  return (
    byName !== '' && typeof by === 'object' && by !== null && 'objectId' in by && by.objectId === objectId
  );
}

/** Mails to them that have ended lose text and address; those that stand still are not sent any more. */
async function callOffMailsTo(trx: Knex.Transaction, { signInName }: Who): Promise<void> {
  const rows: { id: string; status: OperationStatus; args: string }[] = await holding(
    trx('operations').where({ kind: mailKind }),
    'args',
    signInName,
  ).whereNot({ status: 'running' });
  for (const { id, status, args } of rows.filter((each) => isSame(addressOf(each.args), signInName))) {
    await trx('operations')
      .where({ id })
      .update({
        ...{ args: withoutText(args, { to: '–' }), version: trx.raw('version + 1') },
        status: standing.includes(status) ? ('cancelled' satisfies OperationStatus) : status,
      });
  }
}
