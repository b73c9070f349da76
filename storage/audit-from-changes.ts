import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { subjectOf } from '../partner/audit-facts.ts';
import type { AuditRow, Personal } from '../partner/audit-row.ts';
import { mailboxStatement } from '../partner/company-mailbox.ts';
import { isByHand } from '../partner/delegation-by-hand.ts';
import type { Delegation } from '../partner/delegations.ts';
import { inOrder } from '../partner/in-order.ts';
import type { KeySetup } from '../partner/key-setups.ts';
import type { OfferEvent, OfferEventKind } from '../partner/offers.ts';
import { resultOf } from '../partner/operation-kinds.ts';
import { currentStep, type JsonObject, type Operation } from '../partner/operations.ts';
import { type Before, clientOfOffer, eventVerb } from './audit-before.ts';
import type { Changes } from './changes.ts';

type Writes = { [Noun in keyof Changes]-?: NonNullable<Changes[Noun]>[number] };

/** One row, without what every row has alike. */
type Told = Pick<AuditRow, 'actor' | 'company' | 'verb'> & Partial<Omit<AuditRow, 'id'>>;

interface Around {
  before: Before;
  changes: Changes;
}

/** What a write of a noun tells the history. A noun without an answer does not compile. */
type Tellers = {
  [Noun in keyof Writes]: (write: Writes[Noun], around: Around) => readonly Told[];
};

/** Such a write is no act of its own. */
const noAct = () => [];

/** The one place in which rows of the history come from. */
const tellers: Tellers = {
  operations(write, around) {
    if ('same' in write) return [];
    return 'add' in write ? begun(write.add) : moved(write, around);
  },
  approvals(write, { before }) {
    if ('add' in write) {
      const { operationId, requester, company, verb, object, createdAt: at } = write.add;
      const told = { actor: requester, company, operationId, at, verb: 'ask-approval', continues: true };
      return [{ ...told, ...namedBy(verb, object), details: { kind: verb } }];
    }
    const { id, status, by: actor, at, answer = '' } = write.decide;
    const approval = before.approvals.get(id);
    const verb = { approved: 'approve', declined: 'decline', withdrawn: 'withdraw', expired: undefined }[
      status
    ];
    if (approval === undefined || verb === undefined) return [];
    const { company, operation_id: operationId, verb: kind, object } = approval;
    const { personal, ...about } = namedBy(kind, object);
    const said = answer === '' ? personal : { ...personal, args: { answer } };
    return [{ actor, company, operationId, at, verb, ...about, personal: said, details: { kind } }];
  },
  offerEvents(event, { before }) {
    const kept = toldEvents[event.kind];
    return kept === null || isToldByOperation(event) ? [] : [ofEvent(event, kept, before)];
  },
  delegations(write) {
    if ('add' in write) {
      const { maker } = write.add;
      return isByHand(write.add) ? [byHand(write.add, maker, 'record-delegation')] : [];
    }
    const { save, by } = write;
    if (by === undefined) return [];
    return [byHand(save, by, save.state === 'ended' ? 'record-delegation-end' : 'record-delegation')];
  },
  keySetups(write, { before }) {
    if ('add' in write) return [ofKeys(write.add, write.add.createdBy, 'begin-keys', {})];
    const was = before.keySetups.get(write.save.id);
    return was === undefined
      ? []
      : keyMoves(write.save, was).map(({ verb, ...details }) => ofKeys(write.save, write.by, verb, details));
  },
  confirmations: ({ company, by, at, hash }) => [
    { actor: by, company, verb: 'confirm-company', at, details: { hash } },
  ],
  statements({ company, by: actor, at, authorisation, value, address = '' }) {
    if (authorisation !== mailboxStatement)
      return [{ actor, company, verb: `state-authorisation-${value}`, object: authorisation, at }];
    const personal = address === '' ? null : { object: address };
    return [{ actor, company, verb: 'set-company-mailbox', at, personal }];
  },
  companyZones(write) {
    // What Microsoft says of the country is nobody's act.
    if ('read' in write) return [];
    const { company, by: actor, at, zone: object } = write.state;
    return [{ actor, company, verb: 'state-zone', object, at }];
  },
  colleagues: ({ company, setBy, at, name, account }) => [
    {
      ...{ actor: setBy, company, verb: 'set-colleague', at },
      ...{ details: { userId: account.objectId }, personal: { object: name } },
    },
  ],
  // What of an offer or a delegation is told, taken or answered is in the offer's timeline.
  notices(write) {
    const { kind, company, by, at, status } = 'add' in write ? write.add : write.save;
    if (kind !== 'company-wrong') return [];
    if ('add' in write) return [{ actor: by, company, verb: 'say-company-wrong', at }];
    if (write.by === undefined || status !== 'over') return [];
    return [{ actor: write.by, company, verb: 'answer-company-wrong' }];
  },
  deeds: ({ by: actor, at, did: verb, operation }) => [
    { actor, company: operation.company, at, verb, operationId: operation.id, ...about(operation) },
  ],
  // Only staff leave their name behind; who was a client's has no history of their own.
  signOuts: ({ account, keepsName }) =>
    keepsName ? [{ actor: account, company: account.tenantId, verb: 'sign-out' }] : [],
  forgotten: ({ account }, { before: { erased, erasedIn } }) =>
    account === null
      ? []
      : erasedIn.map((company) => ({
          ...{ actor: account, company, verb: 'forget-me' },
          details: { erased: erased.filter((row) => row.company === company).map(({ number }) => number) },
        })),
  // The timeline tells of them, or the operation that they follow.
  acceptances: noAct,
  // Published versions and all that is done about an offer are in the timeline; a draft is no act.
  offers: noAct,
  offerGuards: noAct,
  offerVersions: noAct,
  // Thumbs are counted, and nobody's.
  opinions: noAct,
  // Conversations, messages, and how they run.
  operationCards: noAct,
  state: noAct,
  inbound: noAct,
  people: noAct,
  outbox: noAct,
  cardActions: noAct,
  jobs: noAct,
  // Who signs in does nothing yet.
  accounts: noAct,
  tokens: noAct,
  signIns: noAct,
  attempts: noAct,
  vault: noAct,
};

/** All rows of one commit, in the order of the table above. `now`: domain time, ms, of what has no time of its own. */
export function auditRowsOf(
  changes: Changes,
  before: Before,
  { now, newId }: { now: number; newId(): string },
): AuditRow[] {
  const nouns = Object.keys(tellers) as (keyof Changes)[];
  return nouns
    .flatMap((noun) => toldOf(noun, { before, changes }))
    .map((told) => ({
      ...{ id: newId(), at: now, operationId: '', client: '', object: '', outcome: 'done', continues: false },
      ...{ details: {}, personal: null },
      ...told,
      actor: told.actor && { tenantId: told.actor.tenantId, objectId: told.actor.objectId },
    }));
}

function toldOf<Noun extends keyof Writes>(noun: Noun, around: Around): readonly Told[] {
  const teller = tellers[noun];
  const all: { [Each in keyof Writes]?: readonly Writes[Each][] } = around.changes;
  return (all[noun] ?? []).flatMap((write) => teller(write, around));
}

/** Client and object of an operation; a person's name is kept apart. */
function about({ kind, args }: Operation) {
  const { client, object, person } = subjectOf(kind, args);
  return { client, object, personal: person === '' ? null : { object: person } };
}

/** The object of a request, which has no arguments of its own. */
function namedBy(kind: string, object: string): Pick<AuditRow, 'object' | 'personal'> {
  const isPerson = subjectOf(kind, {}).isAboutPerson;
  return isPerson ? { object: '', personal: { object } } : { object, personal: null };
}

function begun(operation: Operation): Told[] {
  const { kind: verb, schema, args, actor, company, id: operationId, createdAt: at } = operation;
  const { client, object, person, lasting, personal } = subjectOf(verb, args);
  const names: Personal = { ...(person === '' ? {} : { object: person }), args: personal };
  const isNameless = person === '' && Object.keys(personal).length === 0;
  return [
    {
      ...{
        actor,
        company,
        verb,
        operationId,
        at,
        client,
        object,
        outcome: 'intended',
        details: { schema, args: lasting },
      },
      personal: isNameless ? null : names,
    },
  ];
}

/** What has happened to an operation since it was read: taken over, done, failed, called off, or begun once more. */
function moved(
  { save: operation, by = operation.actor, obsolete }: Extract<Writes['operations'], { save: Operation }>,
  { before, changes }: Around,
): Told[] {
  const was = before.operations.get(operation.id);
  if (was === undefined) return [];
  const { id: operationId, kind: verb, actor, company, status } = operation;
  const common = { actor, company, operationId, ...about(operation) };
  const takenOver: Told[] =
    was.actor_key === accountKey(actor) ? [] : [{ ...common, verb: 'take-over', details: { kind: verb } }];
  if (was.status === status) return takenOver;
  const went = { ...common, verb, continues: true };
  switch (status) {
    case 'done':
      return [...takenOver, { ...went, ...made(operation, went.personal) }];
    case 'failed': {
      const step = currentStep(operation);
      const { code = '', reference = '' } = step?.error ?? {};
      const outcome = step?.status === 'asked' ? 'unknown' : 'failed';
      return [...takenOver, { ...went, outcome, details: { step: step?.id ?? '', code, reference } }];
    }
    case 'cancelled':
      if (obsolete !== undefined) {
        const details = { step: currentStep(operation)?.id ?? '', code: obsolete };
        return [{ ...went, outcome: 'obsolete', details }];
      }
      return [
        { ...went, actor: by, outcome: 'failed', details: { reason: reasonFor(operation, before, changes) } },
      ];
    case 'running':
      return was.status === 'failed' || was.status === 'cancelled'
        ? [...takenOver, { ...went, outcome: 'intended', details: { again: true } }]
        : takenOver;
    case 'waiting-approval':
    case 'waiting-sign-in':
      return takenOver;
  }
}

/**
 * What came of it: the number by which Microsoft knows a new user, by which nobody is named; and from which mailbox of the
 * company a mail left, whose address may be somebody's.
 */
function made(operation: Operation, personal: Personal | null): Pick<Told, 'details' | 'personal'> {
  const { userId } = resultOf(operation, 'create');
  const { from } = resultOf(operation, 'send-as-company');
  return {
    details: operation.kind === 'add-user' && typeof userId === 'string' ? { userId } : {},
    personal: typeof from === 'string' ? { ...personal, args: { from } } : personal,
  };
}

/** Why an operation was called off: its request ended so, or somebody did not want it any more. */
function reasonFor({ id }: Operation, before: Before, { approvals = [] }: Changes): string {
  const decisions = approvals.flatMap((write) => ('decide' in write ? [write.decide] : []));
  const decision = decisions.find((each) => before.approvals.get(each.id)?.operation_id === id);
  return decision === undefined ? 'called-off' : `approval-${decision.status}`;
}

/**
 * Which lines of an offer's timeline are acts of their own, and what of them lasts; null: they are told by their
 * operation, or nobody did anything.
 */
const toldEvents: Readonly<Record<OfferEventKind, readonly string[] | null>> = {
  created: [],
  published: ['version'],
  sent: [],
  shared: ['version'],
  viewed: null,
  accepted: ['version', 'seats', 'hash'],
  declined: ['version'],
  wished: ['version', 'seats'],
  asked: [],
  answered: [],
  'withdrawn-by-client': ['version'],
  withdrawn: [],
  renewed: ['version'],
  'handed-over': ['toId'],
  confirmed: null,
  ordered: ['byHand'],
  provisioned: ['byHand'],
  refused: [],
  failed: null,
  stopped: [],
  expired: [],
  noted: ['what'],
  'delegation-allowed': ['version', 'hash', 'delegation'],
  'delegation-declined': ['version'],
  'delegation-later': ['version'],
  'delegation-approved': [],
  'delegation-usable': null,
  'delegation-ended': [],
  'delegation-unapproved': [],
  'delegation-failed': null,
};

/** Staff who order, or end a delegation, do so by an operation, unless they say that it has happened elsewhere. */
function isToldByOperation({ kind, by, details }: OfferEvent): boolean {
  if (kind === 'ordered' || kind === 'provisioned') return details['byHand'] !== true;
  return by !== null && ['delegation-approved', 'delegation-ended', 'delegation-unapproved'].includes(kind);
}

function ofEvent(event: OfferEvent, kept: readonly string[], { companies }: Before): Told {
  const { offerId, company, client, at, kind, by, byName, details } = event;
  const lasting = kept.flatMap((name) => (details[name] === undefined ? [] : [[name, details[name]]]));
  const isOurs = by?.tenantId === company;
  const { to } = details;
  const personal: Personal = {
    ...(isOurs || byName === '' ? {} : { by: byName }),
    ...(typeof to === 'string' ? { object: to } : {}),
  };
  return {
    ...{ actor: by, company, at, verb: eventVerb(kind), client: client ?? '' },
    object: (client && companies.get(clientOfOffer(offerId, client))) || (companies.get(offerId) ?? ''),
    details: { offerId, ...Object.fromEntries(lasting) },
    personal: Object.keys(personal).length === 0 ? null : personal,
  };
}

function byHand(
  { company, client, terms, endsAt }: Delegation,
  actor: AccountRef | null,
  verb: string,
): Told {
  const { level, days } = terms;
  return {
    actor,
    company,
    client: client.tenantId,
    verb,
    object: client.name,
    details: { level, days, endsAt },
  };
}

function ofKeys(
  { company, client, id }: KeySetup,
  actor: AccountRef,
  verb: string,
  details: JsonObject,
): Told {
  return {
    actor,
    company,
    client: client.tenantId ?? '',
    verb,
    object: client.name,
    details: { setup: id, ...details },
  };
}

/** Which steps of a set-up with product keys were ticked or taken back, what was reported, and whether it ended. */
function keyMoves(after: KeySetup, was: NonNullable<ReturnType<Before['keySetups']['get']>>) {
  const ticked = Object.keys(after.done).filter((step) => was.done[step] === undefined);
  const unticked = Object.keys(was.done).filter((step) => !(step in after.done));
  const isReported = JSON.stringify(inOrder(after.reported)) !== JSON.stringify(inOrder(was.reported));
  const isOver = after.status !== was.status;
  return [
    ...ticked.map((step) => ({ verb: 'tick-keys', step })),
    ...unticked.map((step) => ({ verb: 'untick-keys', step })),
    ...(isReported ? [{ verb: 'report-keys', partnerId: after.reported?.partnerId ?? '' }] : []),
    ...(isOver ? [{ verb: after.status === 'dropped' ? 'drop-keys' : 'finish-keys' }] : []),
  ];
}
