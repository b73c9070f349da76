import type { Words } from '../locales/words.ts';
import type { Account } from '../partner/accounts.ts';
import { currentStep, type Operation } from '../partner/operations.ts';
import { button } from './buttons.ts';
import { type OperationView, operationCard } from './operation.ts';
import type { Card } from './render.ts';

/** Where people of the new account sign in; the same page in every company. */
const signInPage = 'https://www.office.com';

export interface OperationPlace {
  /** Address of the one-time password page; undefined while there is nothing to reveal. */
  revealAddress: string | undefined;
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
const optionalSteps: readonly string[] = ['licences', 'roles', 'support'];

function viewOf(words: Words, operation: Operation, { revealAddress }: OperationPlace): OperationView {
  const kind = operation.kind === 'new-password' ? 'new-password' : 'add-user';
  const state = operation.status === 'cancelled' ? 'failed' : operation.status;
  const object = [text(operation.args['displayName']), text(operation.args['signInName'])]
    .filter(Boolean)
    .join(' · ');
  const passwordMade = operation.steps.some(
    (step) => (step.id === 'create' || step.id === 'set-password') && step.status === 'done',
  );
  const ended = state === 'done' || state === 'failed';
  const revealable = ended && passwordMade && revealAddress !== undefined;
  const step = currentStep(operation);
  const id = { operation: operation.id };
  const taken = step?.error?.code === 'sign-in-name-taken' || step?.error?.code === 'ambiguous-user';
  return {
    title: words(`operation.${kind}.${state}`),
    object,
    notes: revealable ? [words('operation.password-note')] : [],
    forward: kind === 'add-user' && state === 'done' ? welcomeText(words, operation) : undefined,
    links: revealable ? [{ title: words('button.reveal'), url: revealAddress }] : [],
    buttons: [
      ...(state === 'failed' && taken
        ? [button(words('button.other-name'), 'operation-other-name', id)]
        : []),
      ...(revealable ? [button(words('button.new-password'), 'new-password', id)] : []),
      ...(state === 'done' && kind === 'add-user' ? [button(words('button.another-user'), 'add-user')] : []),
      ...(ended ? [button(words('button.overview'), 'overview')] : []),
    ],
    skippable: step !== undefined && optionalSteps.includes(step.id),
  };
}

function welcomeText(words: Words, operation: Operation): OperationView['forward'] {
  const name = text(operation.args['displayName']);
  const signInName = text(operation.args['signInName']);
  return {
    title: words('operation.welcome-title'),
    text: words('operation.welcome', { name, signInName, url: signInPage }),
  };
}
