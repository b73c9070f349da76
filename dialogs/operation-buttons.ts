import { operationCardFor } from '../cards/operation-views.ts';
import { accountKey } from '../partner/accounts.ts';
import type { AddUserWish } from '../partner/add-user.ts';
import { requireAll, requireCapability } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import { resultOf } from '../partner/operation-kinds.ts';
import { retried } from '../partner/operation-retry.ts';
import { currentStep, type JsonObject, type Operation, withStep } from '../partner/operations.ts';
import type { Job } from './job.ts';
import { askOnceMore } from './second-person.ts';
import type { Turn } from './turn.ts';
import { confirmWish } from './wish.ts';

/** The operation behind a button, if it is this account's own; says so and gives nothing otherwise. */
async function ownOperation(turn: Turn, id: unknown): Promise<Operation | undefined> {
  const account = turn.requireAccount();
  const operation = typeof id === 'string' ? await turn.findOperation(id) : undefined;
  if (operation !== undefined && accountKey(operation.actor) === accountKey(account)) return operation;
  refuse(turn, 'operation.gone', id);
  return undefined;
}

async function failedOperation(turn: Turn, id: unknown): Promise<Operation | undefined> {
  const operation = await ownOperation(turn, id);
  if (operation === undefined || operation.status === 'failed') return operation;
  refuse(turn, 'operation.not-failed', id);
  return undefined;
}

function refuse(
  turn: Turn,
  problem: 'operation.gone' | 'operation.not-failed' | 'undo.too-late',
  id: unknown,
): void {
  const operation = typeof id === 'string' ? id.slice(0, 100) : '';
  const reference = turn.reference({ operation, problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
}

/** Goes on from the step that failed; whether it took effect is looked up first. */
async function retryOperation(turn: Turn, id: unknown): Promise<void> {
  const operation = await failedOperation(turn, id);
  if (operation !== undefined) await goOn(turn, retried(operation, kindNamed(operation.kind)));
}

/** Looks at once whether what it waits for has come; one that does not wait goes on as it is. */
async function lookNow(turn: Turn, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  if (operation === undefined) return;
  if (operation.status !== 'running') return showOperation(turn, id);
  turn.resume(operation);
  turn.say(turn.words('operation.looking'));
}

/** Leaves the failed step out and goes on with the next. */
async function skipStep(turn: Turn, id: unknown): Promise<void> {
  const operation = await failedOperation(turn, id);
  const step = operation && currentStep(operation);
  if (
    operation === undefined ||
    step === undefined ||
    kindNamed(operation.kind).steps[step.id]?.optional !== true
  )
    return;
  await goOn(turn, withStep(operation, step.id, { status: 'done', result: { skipped: true }, error: null }));
}

async function goOn(turn: Turn, operation: Operation): Promise<void> {
  if (await askOnceMore(turn, operation)) return;
  const running: Operation = { ...operation, status: 'running', drawn: operation.drawn + 1 };
  turn.resume(running);
  turn.show(
    operationCardFor(turn.words, turn.account, running, {
      revealAddress: undefined,
      language: turn.chat.language,
    }),
    {
      key: `${running.cardKey}.${running.drawn}`,
      replaces: running.cardKey,
    },
  );
}

/** Shows an operation that stands still again, as the newest card; later progress is drawn there. */
async function showOperation(turn: Turn, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  if (operation === undefined) return;
  const here: Operation = { ...operation, cardKey: turn.newId() };
  turn.keep(here);
  const place = { key: here.cardKey };
  turn.show(
    operationCardFor(turn.words, turn.account, here, {
      revealAddress: undefined,
      language: turn.chat.language,
    }),
    place,
  );
}

/** What a failed operation of this kind was to do, to begin again with something else. */
export async function failedWish(turn: Turn, id: unknown, kind: string): Promise<JsonObject | undefined> {
  const operation = await failedOperation(turn, id);
  return operation?.kind === kind ? operation.args : undefined;
}

/** The wish of an operation that did not create its user, to begin again with another sign-in name. */
export async function wishOfFailed(turn: Turn, id: unknown): Promise<AddUserWish | undefined> {
  return (await failedWish(turn, id, 'add-user')) as AddUserWish | undefined;
}

/** A new password for the user that this operation made, since the first one can no longer be seen. */
async function startNewPassword(turn: Turn, id: unknown): Promise<void> {
  const from = await ownOperation(turn, id);
  if (from === undefined) return;
  const userId = from.args['userId'] ?? resultOf(from, 'create')['userId'];
  if (typeof userId !== 'string') return;
  const { signInName = '', displayName = '' } = from.args;
  requireCapability('new-password', await turn.situation());
  await confirmWish(turn, { kind: 'new-password', args: { userId, signInName, displayName } }, '', '');
}

const undoForMs = 10 * 60 * 1000;

/** Takes a change back within ten minutes; it is an operation of its own. */
async function undo(turn: Turn, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  const back = operation?.status === 'done' ? kindNamed(operation.kind).undo?.(operation.args) : undefined;
  if (operation === undefined) return;
  if (back === undefined) return refuse(turn, 'operation.not-failed', id);
  // What waited for a second person began to count when they said yes.
  const since = (await turn.records.approvalOf(operation.id))?.decidedAt ?? operation.createdAt;
  if (turn.now - since > undoForMs) return refuse(turn, 'undo.too-late', id);
  requireAll(kindNamed(back.kind).needs(back.args), await turn.situation(), { approved: true });
  await confirmWish(turn, back, turn.words('button.undo'), operation.cardKey);
}

export const operationsJob: Job = {
  presses: {
    'operation-retry': (turn, _stage, { inputs }) => retryOperation(turn, inputs['operation']),
    'operation-look': (turn, _stage, { inputs }) => lookNow(turn, inputs['operation']),
    'operation-skip': (turn, _stage, { inputs }) => skipStep(turn, inputs['operation']),
    'operation-show': (turn, _stage, { inputs }) => showOperation(turn, inputs['operation']),
    'operation-undo': (turn, _stage, { inputs }) => undo(turn, inputs['operation']),
    'new-password': (turn, _stage, { inputs }) => startNewPassword(turn, inputs['operation']),
  },
};
