import type { Language, MessageKey, Words } from '../locales/words.ts';
import { subjectOf } from '../partner/audit-facts.ts';
import type { AuditRow } from '../partner/audit-row.ts';
import { authorisationIds } from '../partner/company-authorisations.ts';
import { keySteps } from '../partner/key-setups.ts';
import { operationKinds } from '../partner/kinds.ts';
import { offerEventKinds } from '../partner/offers.ts';
import { jobName, wishWords } from './wish-words.ts';

/** An act with what is known of it besides. */
export interface Act extends AuditRow {
  /** '' of the clock, and of who is forgotten. */
  actorName: string;
  /** All rows of its operation, in their order; empty where none did it. */
  ofOperation: readonly AuditRow[];
}

/** About somebody's request or work, named as the jobs that they are. */
const decisions = ['approve', 'decline', 'withdraw', 'stop-order', 'take-over'];

/** What no operation wrote and no timeline has, each with words of its own. */
const others = [
  'reveal-password',
  'state-authorisation-on',
  'state-authorisation-off',
  'set-colleague',
  'confirm-company',
  'say-company-wrong',
  'answer-company-wrong',
  'state-zone',
  'set-company-mailbox',
  'sign-out',
  'forget-me',
  'record-delegation',
  'record-delegation-end',
  'begin-keys',
  'tick-keys',
  'untick-keys',
  'report-keys',
  'finish-keys',
  'drop-keys',
] as const;

export function verbName(words: Words, verb: string): string {
  if (operationKinds.has(verb) || decisions.includes(verb)) return jobName(words, verb, 'head');
  const event = offerEventKinds.find((kind) => verb === kind || verb === `offer-${kind}`);
  if (event !== undefined) {
    const what = words(`offer-event.${event}`);
    return event === verb ? what : words('history.offer', { what });
  }
  const known = others.find((each) => each === verb);
  const key: MessageKey = known === undefined ? 'history.other' : `history.${known}`;
  const name = words(key);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The row with which its operation began, which has the arguments. */
const begunBy = ({ ofOperation }: Act) =>
  ofOperation.find(({ outcome, continues }) => outcome === 'intended' && !continues);

function argsOf(act: Act): Record<string, unknown> {
  const begun = begunBy(act);
  const lasting = begun?.details['args'];
  return { ...(typeof lasting === 'object' ? lasting : {}), ...begun?.personal?.args };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Whom or what it was about: people by their names where these are known, clients as such. */
export function objectName(words: Words, act: Act): string {
  const { object, client, personal, verb, operationId } = act;
  if (client !== '') return words('history.client', { name: object });
  const authorisation = authorisationIds.find((id) => id === object);
  if (authorisation !== undefined) return words(`authorisation.${authorisation}`);
  const { displayName, clientName } = argsOf(act);
  if (object !== '') return text(clientName) || object;
  const name = operationId === '' ? '' : text(displayName);
  const isOfPerson = operationId !== '' && subjectOf(begunBy(act)?.verb ?? verb, {}).isAboutPerson;
  return name || (personal?.object ?? (isOfPerson ? words('person.erased') : ''));
}

/** A colleague, or the company's mailbox. */
const chosen = ['set-colleague', 'set-company-mailbox'];

/** So many facts of one act are shown; the rest is on its operation's card. */
const mostFacts = 3;

/** What changed by it: which licence, role or field, before and after. '' where that is not known, or nothing. */
export function changeText(words: Words, language: Language, act: Act): string {
  const { details, verb, personal, operationId, object } = act;
  const { kind, step, seats } = details;
  const of = typeof kind === 'string' ? [jobName(words, kind, 'sentence')] : [];
  const answer = text(personal?.args?.['answer']);
  if (operationId !== '')
    return [...of, ...(answer === '' ? [] : [answer]), ...facts(words, language, act)].join(' · ');
  const keyStep = keySteps.find((each) => each === step);
  const said = [
    keyStep === undefined ? '' : words(`keys.step.${keyStep}`),
    Array.isArray(seats) ? seats.join(' + ') : '',
    // What somebody chose is the object itself.
    object === '' && chosen.includes(verb) ? '' : (personal?.object ?? ''),
  ];
  return said.filter(Boolean).join(' · ');
}

function facts(words: Words, language: Language, act: Act): string[] {
  const begun = begunBy(act);
  // Arguments of another version, or none since they were not kept here yet, say nothing that is sure.
  const isKnown = begun !== undefined && operationKinds.get(begun.verb)?.schema === begun.details['schema'];
  if (!isKnown || act.verb === 'reveal-password') return [];
  const named: MessageKey[] = [
    ...(['wish.person', 'order.client', 'delegate.client', 'mail.to', 'mail.subject'] as const),
    ...(['add-user.details.display', 'user.sign-in-name', 'user.status'] as const),
    ...(begun.verb === 'add-user' ? (['user.location'] as const) : []),
  ];
  const shown = new Set(named.map((key) => words(key)));
  return wishWords(words, language, begun.verb, argsOf(act) as AuditRow['details'])
    .facts.filter(({ name }) => !shown.has(name))
    .slice(0, mostFacts)
    .map(({ name, value }) => `${name}: ${value}`);
}

/** Mailbox of the company from which a mail left; '' of everything else. */
export const mailboxOf = ({ ofOperation }: Act) =>
  ofOperation.map(({ personal }) => text(personal?.args?.['from'])).find((from) => from !== '') ?? '';

/** How it ended, of what an operation does; '' of what is done at once. */
export function outcomeOf(act: Act): { outcome: AuditRow['outcome']; reason: string } {
  const { outcome, verb, ofOperation } = act;
  if (outcome !== 'intended') return { outcome, reason: '' };
  const last = ofOperation.filter((row) => row.continues && row.verb === verb).at(-1);
  return { outcome: last?.outcome ?? outcome, reason: text(last?.details['reason']) };
}
