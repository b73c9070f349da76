import type { Knex } from 'knex';
import { accountKey } from '../partner/accounts.ts';
import { type OperationStatus, passwordKey } from '../partner/operations.ts';
import { handOverKey, waitingAnswersOf } from '../partner/sealed-keys.ts';
import { ConflictError } from './changes.ts';
import { eraseNames } from './forgotten-names.ts';
import { isLike, likeLiteral } from './like.ts';
import { mailKind, withoutText } from './mail-texts.ts';
import type { Forgotten } from './sign-in-changes.ts';
import type { Applies } from './writes.ts';

type Who = NonNullable<Forgotten['account']>;

/**
 * Takes everything of a person out of every table; which column, and why others stay, says docs/decisions/014-what-is-kept.md.
 * What the same commit adds to the outbox comes after it and stays.
 */
export function createForgottenStore(): Applies<Forgotten> {
  return {
    async apply(trx, writes) {
      for (const forgotten of writes) {
        await leaveChats(trx, forgotten);
        const { account } = forgotten;
        if (account === null) continue;
        await requireSameWork(trx, account, forgotten.running);
        await leaveAccount(trx, account);
        await eraseNames(trx, account);
      }
    },
  };
}

/** The people of these chats, and all that was said in them. */
async function leaveChats(trx: Knex.Transaction, { account, chats, answering }: Forgotten): Promise<void> {
  for (const { personKey: key, version } of chats) {
    const deleted = await trx('people').where({ key, version }).del();
    if (deleted !== 1) throw new ConflictError(`person ${key} has changed since version ${version}`);
  }
  const others = account && trx('people').where({ account_key: accountKey(account) });
  if ((await others?.first('key')) !== undefined) {
    throw new ConflictError('the account has signed in to one more chat');
  }
  const people = chats.map(({ personKey }) => personKey);
  await endSignIns(trx, (rows) => rows.whereIn('person_key', people));
  await trx('card_actions').whereIn('person_key', people).del();
  await trx('operation_cards').whereIn('person_key', people).update({ person_key: '' });
  const conversations = chats.map(({ conversationKey }) => conversationKey);
  await trx('state').whereIn('key', conversations).del();
  const inThem = (table: string) => trx(table).whereIn('conversation_key', conversations);
  // A redelivery of this very message must find that it was answered.
  await inThem('inbound').whereNot({ activity_id: answering.activityId }).del();
  await inThem('outbox').whereNot({ key: answering.message }).del();
}

async function endSignIns(
  trx: Knex.Transaction,
  which: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<void> {
  const rows: { state: string }[] = await which(trx('sign_ins').select('state'));
  const states = rows.map(({ state }) => state);
  await trx('vault').whereIn('key', states.map(handOverKey)).del();
  await trx('sign_ins').whereIn('state', states).del();
}

/** A step that has begun since is in the middle of something: whoever read that nothing is looks again. */
async function requireSameWork(
  trx: Knex.Transaction,
  account: Who,
  running: Forgotten['running'],
): Promise<void> {
  const rows: { id: string; version: number | string }[] = await trx('operations')
    .select('id', 'version')
    .where({ actor_key: accountKey(account), status: 'running' satisfies OperationStatus });
  const asNow = rows.map(({ id, version }) => `${id} ${version}`).toSorted();
  const asRead = running.map(({ id, version }) => `${id} ${version}`).toSorted();
  if (asNow.join() !== asRead.join()) throw new ConflictError('the work of this account has moved on');
}

/** What hangs on the account: sign-ins, buttons, messages, secrets, and the words with which it asked for things. */
async function leaveAccount(trx: Knex.Transaction, account: Who): Promise<void> {
  const key = accountKey(account);
  await endSignIns(trx, (rows) => rows.where({ account_key: key }));
  await trx('card_actions').where({ account_key: key }).del();
  await trx('outbox').where({ for_account: key }).del();
  await trx('colleagues').where({ account_key: key }).del();
  const ofAccount: { id: string; kind: string; status: OperationStatus; args: string }[] = await trx(
    'operations',
  )
    .select('id', 'kind', 'status', 'args')
    .where({ actor_key: key });
  for (const { id, kind, status, args } of ofAccount) {
    const isMail = kind === mailKind && status !== 'running';
    if (isMail) {
      await trx('operations')
        .where({ id })
        .update({ args: withoutText(args), version: trx.raw('version + 1') });
    }
    await trx('operation_cards').where({ operation_id: id }).update({ person_key: '' });
    await trx('vault')
      .where({ key: passwordKey(id) })
      .del();
  }
  await trx('vault')
    .whereRaw(isLike, ['key', `${likeLiteral(waitingAnswersOf(account))}%`])
    .del();
  await trx('approvals').where({ requester_key: key }).update({ reason: '', requester_person_key: '' });
  await trx('approvals').where({ decided_by: key }).update({ answer: '' });
  await trx('notices').where({ by_key: key }).del();
  await trx('accounts').where({ key }).del();
}
