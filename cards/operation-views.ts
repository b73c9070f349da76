import type { Language, MessageKey, Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import type { CloudName } from '../partner/capabilities.ts';
import { canStop } from '../partner/confirm-order.ts';
import { endedCodes } from '../partner/errors.ts';
import { operationKinds } from '../partner/kinds.ts';
import { peopleSignInPage } from '../partner/links.ts';
import { resultOf } from '../partner/operation-kinds.ts';
import { currentStep, type Operation } from '../partner/operations.ts';
import { button } from './buttons.ts';
import { delegatedClient, delegationLinkText } from './delegation-words.ts';
import { type OperationButton, type OperationView, operationCard } from './operation.ts';
import type { Card } from './render.ts';
import { jobName, wishWords } from './wish-words.ts';

export interface OperationPlace {
  /** Address of the one-time password page; undefined while there is nothing to reveal. */
  revealAddress: string | undefined;
  /** Sentences about the second person: to whom it went, who said what. */
  approval?: readonly string[];
  /** Where the company lives, for the address in the welcome text; worldwide unless told. */
  cloud?: CloudName | undefined;
  /** The reader's, to say what becomes of what, e.g. which role. */
  language?: Language;
  /** Makes a single-use button of this verb for the operation, and gives its nonce. */
  nonceFor(verb: OperationButton): string;
}

/** Kinds whose title and person leave open what was changed. */
const saysWhat: readonly string[] = [
  'grant-role',
  'remove-role',
  'change-support',
  'confirm-order',
  'send-mail',
  'ask-global-role',
  'delegate',
  'extend-delegation',
];

/** What they are about is a client's delegated administration. */
const delegating: readonly string[] = ['delegate', 'extend-delegation', 'end-delegation'];

/** Before → after, as the review said it. */
function changeLines(words: Words, { kind, args }: Operation, language: Language | undefined): string[] {
  if (language === undefined || !saysWhat.includes(kind)) return [];
  const [, ...changes] = wishWords(words, language, kind, args).facts;
  return changes.map(({ name, value }) => `${name}: ${value}`);
}

/** The progress card of any kind of operation. */
export function operationCardFor(
  words: Words,
  account: Account | undefined,
  operation: Operation,
  place: OperationPlace,
): Card {
  return operationCard(words, account, operation, viewOf(words, operation, place));
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function viewOf(words: Words, operation: Operation, place: OperationPlace): OperationView {
  const { kind, status } = operation;
  const { revealAddress, approval = [], cloud = 'worldwide' } = place;
  const passwordMade = operation.steps.some(
    (step) => (step.id === 'create' || step.id === 'set-password') && step.status === 'done',
  );
  const ended = status === 'done' || status === 'failed';
  const revealable = ended && passwordMade && revealAddress !== undefined;
  const step = currentStep(operation);
  const id = { operation: operation.id };
  const once = (title: string, verb: OperationButton) => button(title, verb, { nonce: place.nonceFor(verb) });
  const targetId = text(operation.args['userId']);
  const taken = step?.error?.code === 'sign-in-name-taken' || step?.error?.code === 'ambiguous-user';
  const isPast = kind === 'delegate' && endedCodes.some((code) => code === step?.error?.code);
  const canUndo = status === 'done' && operationKinds.get(kind)?.undo?.(operation.args) !== undefined;
  return {
    title: words(`operation.${status}`, { job: jobName(words, kind, 'sentence') }),
    object: objectOf(words, operation),
    notes: [
      ...changeLines(words, operation, place.language),
      ...approval,
      ...(revealable ? [words('operation.password-note')] : []),
      ...(kind === 'restore-user' && resultOf(operation, 'hold')['blocked'] === true
        ? [words('operation.restored-blocked')]
        : []),
      ...(canUndo ? [words('wish.undo')] : []),
      ...(status === 'done' && kind === 'delegate'
        ? [words('delegate.ready', { client: delegatedClient(operation.args) })]
        : []),
    ],
    forward:
      kind === 'add-user' && status === 'done'
        ? welcomeText(words, operation, cloud)
        : (resellerLinkText(words, operation) ?? delegationLinkText(words, operation)),
    links: revealable ? [{ title: words('button.reveal'), url: revealAddress }] : [],
    buttons: [
      ...(status === 'failed' && kind === 'add-user' && taken
        ? [button(words('button.other-name'), 'operation-other-name', id)]
        : []),
      ...(canStop(operation) ? [once(words('offer-client.stop'), 'order-stop')] : []),
      ...(status === 'waiting-approval' ? [once(words('button.withdraw'), 'approval-withdraw')] : []),
      ...(revealable ? [once(words('button.new-password'), 'new-password')] : []),
      ...(canUndo ? [once(words('button.undo'), 'operation-undo')] : []),
      ...(status === 'failed' && isPast
        ? [
            button(words('delegations.again'), 'delegation-again', {
              delegation: text(operation.args['delegationId']),
            }),
          ]
        : []),
      ...(status === 'failed' && step?.error?.code === 'agreement-missing'
        ? [
            button(words('order.attest'), 'order-attest', {
              acceptance: text(operation.args['acceptanceId']),
            }),
          ]
        : []),
      ...(status === 'failed' && kind === 'edit-company'
        ? [button(words('company-edit.again'), 'edit-company-again', id)]
        : []),
      ...(status === 'done' && kind === 'edit-company' ? [button(words('button.company'), 'company')] : []),
      ...(status === 'done' && kind === 'add-user' ? [button(words('button.another-user'), 'add-user')] : []),
      ...(status === 'done' && targetId !== '' && kind !== 'delete-user'
        ? [button(words('button.open-user'), 'user', { id: targetId })]
        : []),
      ...(status === 'done' && kind === 'delete-user'
        ? [button(words('button.deleted-users'), 'deleted-users')]
        : []),
      ...(kind === 'ask-global-role' && (ended || status === 'cancelled')
        ? [
            button(words('delegation-offer.open-draft'), 'offer-preview', {
              offer: text(operation.args['offerId']),
            }),
          ]
        : []),
      ...(ended || status === 'cancelled' ? [button(words('button.overview'), 'overview')] : []),
    ],
    skippable: step !== undefined && operationKinds.get(kind)?.steps[step.id]?.optional === true,
    isPast,
    nonceFor: place.nonceFor,
  };
}

function objectOf(words: Words, operation: Operation): string {
  const { kind, args } = operation;
  if (kind === 'edit-company') return changedFields(words, operation);
  if (kind === 'confirm-order') return text(args['clientName']);
  if (kind === 'send-mail') return text(args['to']);
  if (kind === 'ask-global-role') return text(args['clientName']) || words('offer-make.anyone');
  if (delegating.includes(kind)) return delegatedClient(args);
  return [text(args['displayName']), text(args['signInName'])].filter(Boolean).join(' · ');
}

/** While a client has still to make us their reseller: what they need for it. */
function resellerLinkText(words: Words, operation: Operation): OperationView['forward'] {
  const link = currentStep(operation)?.error?.details['link'];
  if (operation.kind !== 'confirm-order' || typeof link !== 'string') return undefined;
  const client = text(operation.args['clientName']);
  return { title: words('order.link-title'), text: words('order.link-text', { client, link }) };
}

function changedFields(words: Words, { args }: Operation): string {
  const fields = Object.keys(args['wanted'] ?? {});
  return fields.map((field) => words(`company.${field}` as MessageKey)).join(', ');
}

function welcomeText(words: Words, operation: Operation, cloud: CloudName): OperationView['forward'] {
  const name = text(operation.args['displayName']);
  const signInName = text(operation.args['signInName']);
  return {
    title: words('operation.welcome-title'),
    text: words('operation.welcome', { name, signInName, url: peopleSignInPage(cloud) }),
  };
}
