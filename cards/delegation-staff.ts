import type { Language, MessageKey, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { stateFrom } from '../partner/delegation-life.ts';
import { clientsTurnAt } from '../partner/delegation-pages.ts';
import { isAlive, isOver } from '../partner/delegation-standing.ts';
import { includesGlobalAdministrator } from '../partner/delegation-terms.ts';
import type { Delegation } from '../partner/delegations.ts';
import type { Trouble } from '../partner/help.ts';
import type { Operation, Step } from '../partner/operations.ts';
import { type Button, button, type Link, mainButton } from './buttons.ts';
import { roleList } from './delegation-terms.ts';
import { delegationLinkText } from './delegation-words.ts';
import { stateText } from './delegations.ts';
import { askHelpButton } from './help.ts';
import { messageCard } from './message.ts';
import type { Card } from './render.ts';
import { ownCompany } from './scope.ts';

/** What this person may press on it now. */
export interface DelegationRights {
  offer: boolean;
  extend: boolean;
  end: boolean;
  remind: boolean;
  record: boolean;
  /** The operation that carries it is their own. */
  operation: boolean;
  /** It stands still at a colleague. */
  takeOver: boolean;
}

export interface DelegationStaffView {
  account: Account;
  now: number;
  problem: string;
  /** Goes along when somebody is asked for help; undefined where nothing is wrong. */
  help: Trouble | undefined;
  /** What has just been done. */
  said: string;
  delegation: Delegation;
  /** Which of our groups may do what at the client, as Microsoft has it. */
  access: readonly { group: 'full' | 'limited' | 'other'; roles: readonly string[]; status: string }[];
  operation: Operation | undefined;
  /** Who recorded it by hand; '' for one that Microsoft keeps. */
  recordedBy: string;
  rights: DelegationRights;
  /** Whose sign-in the operation waits for, as a sentence; '' for nobody's. */
  waits: string;
  /** Nonce of the button that says it has ended; '' where there is none. */
  ended: string;
  links: readonly Link[];
}

const signs: Readonly<Record<Step['status'], string>> = {
  todo: '○',
  started: '◔',
  done: '✓',
  failed: '✕',
  asked: '?',
};

/** One client's delegated administration: what we may do there, until when, and how far it is. */
export function delegationStaffCard(words: Words, language: Language, view: DelegationStaffView): Card {
  const { account, now, problem, said, waits, delegation, access, operation, recordedBy, links } = view;
  const { client, terms, person, answeredAt, status, state, offerId, maker } = delegation;
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }]);
  const isElsewhere = offerId === null && maker === null;
  return messageCard({
    frame: {
      ...ownCompany(words, account),
      title: words('delegations.one', { client: client.name }),
      intro: stateText(words, delegation, now),
      problem,
    },
    paragraphs: [said, waits, state === 'failed' ? forwardText(words, operation) : ''].filter(Boolean),
    facts: [
      ...fact(words('delegations.client'), [client.name, client.domain].filter(Boolean).join(' · ')),
      ...fact(words('delegations.level'), terms.level === 'roles' ? '' : words(`support.${terms.level}`)),
      ...fact(words('delegations.roles'), roleList(language, terms.roles)),
      ...fact(words('delegations.days'), words('delegation-offer.days-count', { count: terms.days })),
      ...fact(
        words('delegations.extends'),
        words(`delegation-offer.auto-extend.${terms.autoExtend ? 'yes' : 'no'}`),
      ),
      ...fact(words('delegations.allowed-by'), allowedBy(words, delegation)),
      // One that we know is said in words above.
      ...fact(words('delegations.status'), stateFrom(status) === undefined ? status : ''),
      ...fact(words('delegations.recorded-by'), recordedBy),
      ...access.flatMap(({ group, roles, status: at }) =>
        fact(
          words(`delegations.group.${group}`),
          at === 'active'
            ? roleList(language, roles)
            : words('delegations.group-status', { roles: roleList(language, roles), status: at }),
        ),
      ),
      ...fact(
        words('delegations.step'),
        operation === undefined || isOver(state) ? '' : stepText(words, operation),
      ),
    ],
    note:
      isElsewhere && person === null && answeredAt === null && recordedBy === ''
        ? words('delegations.elsewhere-note')
        : '',
    links,
    buttons: buttons(words, view),
  });
}

/** What is to be passed on to the client where only they can go on. */
function forwardText(words: Words, operation: Operation | undefined): string {
  const forward = operation && delegationLinkText(words, operation);
  return forward === undefined ? '' : `${forward.title}: ${forward.text}`;
}

function allowedBy(words: Words, { person, answeredAt, state }: Delegation): string {
  if (person === null || answeredAt === null || state === 'declined') return '';
  return words('delegations.allowed', {
    name: [person.name || words('person.erased'), person.signInName].filter(Boolean).join(' · '),
    at: new Date(answeredAt),
  });
}

/** Which step it is at, of how many; '' once all are done. */
function stepText(words: Words, { steps }: Operation): string {
  const index = steps.findIndex(({ status }) => status !== 'done');
  const step = steps[index];
  if (step === undefined) return '';
  const name = words(`step.${step.id}` as MessageKey);
  return words('delegations.step-at', {
    name: `${signs[step.status]} ${name}`,
    number: index + 1,
    count: steps.length,
  });
}

/** At Microsoft it may be extended and ended while it works, and a client reminded while it waits for them. */
function buttons(
  words: Words,
  { delegation, rights, operation, recordedBy, ended, help }: DelegationStaffView,
): Button[] {
  const { id, state, terms, offerId, relationshipId } = delegation;
  const at = { delegation: id };
  const isActive = isAlive(delegation);
  const isWaiting = state === 'waiting-for-approval';
  const isThere = relationshipId !== null && (isActive || isWaiting || state === 'failed');
  // Microsoft lets nobody take back what waits for the client: not approved, it ends by itself.
  const canEnd = isThere && !isWaiting && delegation.status !== 'approvalPending';
  const canExtend = isThere && isActive && !terms.autoExtend && !includesGlobalAdministrator(terms);
  return [
    ...(canExtend && rights.extend ? [mainButton(words('delegations.extend'), 'delegation-extend', at)] : []),
    ...(rights.takeOver && state !== 'declined' && !isOver(state)
      ? [mainButton(words('take-over.button'), 'delegation-take-over', at)]
      : []),
    ...(clientsTurnAt(delegation) !== undefined && rights.remind
      ? [mainButton(words('delegations.remind'), 'delegation-remind', at)]
      : []),
    ...(rights.offer ? [button(words('delegations.again'), 'delegation-again', at)] : []),
    ...(recordedBy !== '' && rights.record
      ? [button(words('delegations.record-again'), 'delegation-record', at)]
      : []),
    ...(canEnd && rights.end
      ? [{ ...button(words('delegations.end'), 'delegation-end', at), style: 'destructive' as const }]
      : []),
    ...(ended === ''
      ? []
      : [button(words('delegations.record-end'), 'delegation-record-end', { nonce: ended })]),
    ...(operation !== undefined && rights.operation
      ? [button(words('delegations.operation'), 'operation-show', { operation: operation.id })]
      : []),
    ...(help !== undefined && !rights.operation && !rights.takeOver ? [askHelpButton(words, help)] : []),
    ...(offerId === null ? [] : [button(words('delegations.open-offer'), 'offer-open', { offer: offerId })]),
    button(words('button.delegations'), 'delegations'),
  ];
}
