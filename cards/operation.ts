import type { MessageKey, Words } from '../locales/words.ts';
import { wordsForError } from '../locales/words-for-error.ts';
import type { Account } from '../partner/accounts.ts';
import { currentStep, type Operation, type Step, type StoredError } from '../partner/operations.ts';
import { type Button, button, type Link, mainButton } from './buttons.ts';
import { askHelpButton } from './help.ts';
import { type Card, render } from './render.ts';
import { ownCompany } from './scope.ts';
import template from './templates/operation.json' with { type: 'json' };

/** What is done with an operation at one press, once. */
export type OperationButton =
  | 'operation-retry'
  | 'operation-skip'
  | 'operation-undo'
  | 'new-password'
  | 'approval-withdraw'
  | 'order-stop';

/** What a kind of operation adds to its progress card. */
export interface OperationView {
  title: string;
  object: string;
  notes: readonly string[];
  forward: { title: string; text: string } | undefined;
  links: readonly Link[];
  buttons: readonly Button[];
  /** The step of the last failure may be left out. */
  skippable: boolean;
  /** What it is about is over: the same again would find the same. */
  isPast: boolean;
  nonceFor(verb: OperationButton): string;
}

const marks: Readonly<Record<Step['status'], { mark: string; color: string; subtle: boolean }>> = {
  todo: { mark: '○', color: 'Default', subtle: true },
  started: { mark: '◔', color: 'Accent', subtle: false },
  done: { mark: '✓', color: 'Good', subtle: false },
  failed: { mark: '✕', color: 'Attention', subtle: false },
  asked: { mark: '?', color: 'Warning', subtle: false },
};

/** Steps with their marks, what went wrong in words, and the ways on. */
export function operationCard(
  words: Words,
  account: Account | undefined,
  operation: Operation,
  view: OperationView,
): Card {
  const step = currentStep(operation);
  const problem = problemLines(words, operation, step);
  return render(
    template,
    {
      object: view.object,
      steps: operation.steps.map((each) => ({ ...marks[each.status], name: stepName(words, each) })),
      problem: problem.map((text) => ({ text })),
      problemStyle: operation.status === 'running' ? 'warning' : 'attention',
      notes: view.notes.map((text) => ({ text })),
      forward: view.forward?.text ?? '',
      forwardTitle: view.forward?.title ?? '',
      links: view.links,
      buttons: [...recoveryButtons(words, operation, view), ...view.buttons],
    },
    { ...ownCompany(words, account), title: view.title },
  );
}

function stepName(words: Words, step: Step): string {
  const name = words(`step.${step.id}` as MessageKey);
  return step.result?.['skipped'] === true ? words('step.skipped', { step: name }) : name;
}

function problemLines(words: Words, operation: Operation, step: Step | undefined): string[] {
  const error = step?.error;
  if (error === null || error === undefined) return [];
  const { what, next, who } = wordsForError(words, error);
  const reference = words('error.reference', { reference: error.reference });
  const { seconds: waits, turn } = error.details;
  if (operation.status === 'running' && turn === 'outage') {
    const goesOn =
      typeof waits === 'number'
        ? words('operation.waits', { seconds: waits })
        : words('operation.turn.outage');
    return [what, goesOn, reference];
  }
  if (operation.status === 'running' && (turn === 'client' || turn === 'microsoft')) {
    // What only Microsoft can bring to its end needs nothing of the reader.
    const isQuiet = error.code === 'not-found';
    return [
      ...(isQuiet ? [] : [what]),
      ...(turn === 'client' ? [next] : []),
      words(`operation.turn.${turn}`),
      reference,
    ];
  }
  if (operation.status === 'running' && typeof waits === 'number') {
    // A change of a moment ago is not seen everywhere yet: nothing is wrong that anybody need hear of.
    const why = error.code === 'not-found' || error.code === 'not-visible-yet' ? [] : [what];
    return [...why, words('operation.waits', { seconds: waits }), reference];
  }
  return [what, next, ...(who === undefined ? [] : [who]), reference];
}

function recoveryButtons(words: Words, operation: Operation, view: OperationView): Button[] {
  const id = { operation: operation.id };
  if (operation.status === 'waiting-sign-in') return [mainButton(words('button.sign-in'), 'sign-in')];
  if (maySeeSooner(operation)) return [button(words('button.look-now'), 'operation-look', id)];
  if (operation.status !== 'failed') return [];
  const failed = currentStep(operation);
  const once = (verb: OperationButton) => ({ nonce: view.nonceFor(verb) });
  return [
    ...(view.isPast ? [] : [mainButton(words('button.retry'), 'operation-retry', once('operation-retry'))]),
    ...(view.skippable ? [button(words('button.skip'), 'operation-skip', once('operation-skip'))] : []),
    ...(failed?.error ? [askHelpButton(words, trouble(operation, failed.id, failed.error))] : []),
  ];
}

/** It looks by itself, seldom; whoever heard from the client, or that Microsoft is back, need not wait for that. */
function maySeeSooner(operation: Operation): boolean {
  const turn = currentStep(operation)?.error?.details['turn'];
  return operation.status === 'running' && (turn === 'client' || turn === 'outage');
}

function trouble(operation: Operation, step: string, { reference, code }: StoredError) {
  return { reference, code, kind: operation.kind, step };
}
