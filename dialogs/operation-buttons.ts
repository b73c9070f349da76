import { accountKey } from '../partner/accounts.ts';
import type { AddUserWish } from '../partner/add-user.ts';
import { requireAll, requireCapability } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import { resultOf } from '../partner/operation-kinds.ts';
import { retried } from '../partner/operation-retry.ts';
import { currentStep, type JsonObject, type Operation, withStep } from '../partner/operations.ts';
import type { Job, SingleUse } from './job.ts';
import type { Consent, Judged } from './judgement.ts';
import { operationCardHere, showBegunBefore } from './operation-card.ts';
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
async function retryOperation(turn: Turn, { args, consent }: Judged): Promise<void> {
  const operation = await failedOperation(turn, args['operation']);
  if (operation !== undefined) await goOn(turn, retried(operation, kindNamed(operation.kind)), consent);
}

/** Looks at once whether what it waits for has come; one that does not wait goes on as it is. */
async function lookNow(turn: Turn, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  if (operation === undefined) return;
  if (operation.status !== 'running') return turn.showAnew(operation);
  turn.hurry(operation);
  turn.say(turn.words('operation.looking'));
}

/** Leaves the failed step out and goes on with the next. */
async function skipStep(turn: Turn, { args, consent }: Judged): Promise<void> {
  const operation = await failedOperation(turn, args['operation']);
  const step = operation && currentStep(operation);
  if (
    operation === undefined ||
    step === undefined ||
    kindNamed(operation.kind).steps[step.id]?.optional !== true
  )
    return;
  await goOn(
    turn,
    withStep(operation, step.id, { status: 'done', result: { skipped: true }, error: null }),
    consent,
  );
}

async function goOn(turn: Turn, operation: Operation, consent: Consent): Promise<void> {
  if (await askOnceMore(turn, operation, consent)) return;
  const running: Operation = { ...operation, status: 'running', drawn: operation.drawn + 1 };
  turn.resume(running, consent);
  turn.show(operationCardHere(turn, running), {
    key: `${running.cardKey}.${running.drawn}`,
    replaces: running.cardKey,
  });
}

async function showOperation(turn: Turn, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  if (operation !== undefined) await turn.showAnew(operation);
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

type Follower = 'undo' | 'new-password';

/** The operation that takes this one back, or gives its user a new password: one of each, however often it is asked for. */
function followerId(turn: Turn, what: Follower, operationId: string): string {
  return turn.hash(`${what} of ${operationId}`);
}

/** What followed from the operation, or, before anything did, the operation itself. */
async function showFollower(turn: Turn, what: Follower, id: unknown): Promise<void> {
  const operation = await ownOperation(turn, id);
  if (operation === undefined) return;
  const followed = await turn.findOperation(followerId(turn, what, operation.id));
  await turn.showAnew(followed ?? operation);
}

/** A new password for the user that this operation made, since the first one can no longer be seen. */
async function startNewPassword(turn: Turn, { args, consent }: Judged): Promise<void> {
  const from = await ownOperation(turn, args['operation']);
  if (from === undefined) return;
  const userId = from.args['userId'] ?? resultOf(from, 'create')['userId'];
  if (typeof userId !== 'string') return;
  const { signInName = '', displayName = '' } = from.args;
  requireCapability('new-password', await turn.situation());
  const wanted = { userId, signInName, displayName };
  const id = followerId(turn, 'new-password', from.id);
  await confirmWish(turn, { kind: 'new-password', args: wanted, id }, { consent });
}

const undoForMs = 10 * 60 * 1000;

/** Takes a change back within ten minutes; it is an operation of its own. */
async function undo(turn: Turn, { args, consent }: Judged): Promise<void> {
  const operation = await ownOperation(turn, args['operation']);
  const back = operation?.status === 'done' ? kindNamed(operation.kind).undo?.(operation.args) : undefined;
  if (operation === undefined) return;
  if (back === undefined) return refuse(turn, 'operation.not-failed', operation.id);
  const id = followerId(turn, 'undo', operation.id);
  const begun = await turn.findOperation(id);
  if (begun !== undefined) return showBegunBefore(turn, begun);
  // What waited for a second person began to count when they said yes.
  const since = (await turn.records.approvalOf(operation.id))?.decidedAt ?? operation.createdAt;
  if (turn.now - since > undoForMs) return refuse(turn, 'undo.too-late', operation.id);
  requireAll(kindNamed(back.kind).needs(back.args), await turn.situation(), { approved: true });
  const reason = turn.words('button.undo');
  await confirmWish(turn, { ...back, id }, { reason, cardKey: operation.cardKey, consent });
}

const once = (press: (turn: Turn, judged: Judged) => Promise<void>, what?: Follower): SingleUse => ({
  press: (turn, _stage, judged) => press(turn, judged),
  shows: (turn, { operation }) =>
    what === undefined ? showOperation(turn, operation) : showFollower(turn, what, operation),
});

export const operationsJob: Job = {
  presses: {
    'operation-look': (turn, _stage, { inputs }) => lookNow(turn, inputs['operation']),
    'operation-show': (turn, _stage, { inputs }) => showOperation(turn, inputs['operation']),
  },
  once: {
    'operation-retry': once(retryOperation),
    'operation-skip': once(skipStep),
    'operation-undo': once(undo, 'undo'),
    'new-password': once(startNewPassword, 'new-password'),
  },
};
