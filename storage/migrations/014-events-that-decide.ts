import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * What a rule asks of the timelines of offers is found by itself, however long they are: who asked for no more mails, and
 * what happened of one kind. Stops of before are known by their offer, and by the address where only one was mailed to.
 */
export async function eventsThatDecide(knex: Knex): Promise<void> {
  await knex.schema.alterTable('offer_events', (table) => {
    table.text('stop_of');
    table.index(['company', 'stop_of']);
    table.index(['offer_id', 'kind', 'seq']);
    table.index(['company', 'kind', 'seq']);
  });
  const noted: { id: string; offer_id: string; details: string }[] = await knex('offer_events')
    .select('id', 'offer_id', 'details')
    .where({ kind: 'noted' });
  for (const { id, offer_id, details } of noted) {
    if (detailOf(details, 'what') !== 'stop') continue;
    const stop_of = await onlyAddressOf(knex, offer_id);
    await knex('offer_events').where({ id }).update({ stop_of });
  }
}

/** '' where nobody, or more than one, was mailed: whose stop it was cannot be said. */
async function onlyAddressOf(knex: Knex, offer_id: string): Promise<string> {
  const sent: { details: string }[] = await knex('offer_events')
    .select('details')
    .where({ offer_id, kind: 'sent' });
  const people: { person: string }[] = await knex('acceptances').select('person').where({ offer_id });
  const named = [
    ...sent.map(({ details }) => detailOf(details, 'to')),
    ...people.map(({ person }) => detailOf(person, 'signInName')),
  ];
  const mails = named.flatMap((mail) => (typeof mail === 'string' && mail !== '' ? [mail] : []));
  const [only = '', ...others] = new Set(mails.map((mail) => mail.trim().toLowerCase()));
  return only === '' || others.length > 0 ? '' : createHash('sha256').update(only).digest('base64url');
}

function detailOf(text: string, name: string): unknown {
  const details: unknown = JSON.parse(text);
  return typeof details === 'object' && details !== null ? Reflect.get(details, name) : undefined;
}
