import type { Button } from '../cards/buttons.ts';
import { takeOverCard } from '../cards/take-over.ts';
import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { requireAll } from '../partner/authorise.ts';
import { kindNamed } from '../partner/kinds.ts';
import { retried } from '../partner/operation-retry.ts';
import type { Operation, OperationStatus } from '../partner/operations.ts';
import type { Consent } from './judgement.ts';
import { operationCardHere } from './operation-card.ts';
import type { ButtonMeaning, Turn } from './turn.ts';

const standing: readonly OperationStatus[] = ['failed', 'waiting-sign-in', 'cancelled'];

/** Whether a colleague's work on what a client said goes on only when somebody else takes it over. */
export function standsStill({ status, actor }: Operation, account: AccountRef): boolean {
  return accountKey(actor) !== accountKey(account) && standing.includes(status);
}

/** Says whose sign-in it waits for; '' where it waits for none. */
export async function waitingText(turn: Turn, operation: Operation | undefined): Promise<string> {
  if (operation?.status !== 'waiting-sign-in') return '';
  return turn.words('take-over.waits', { name: await nameOf(turn, operation) });
}

async function nameOf(turn: Turn, { actor }: Operation): Promise<string> {
  return (await turn.accountOf(actor))?.displayName ?? turn.words('person.erased');
}

export async function askTakeOver(
  turn: Turn,
  operation: Operation,
  { yes, note = '', back }: { yes: ButtonMeaning; note?: string; back: Button },
): Promise<void> {
  const account = turn.requireAccount();
  const before = await nameOf(turn, operation);
  const once = { verb: yes.verb, nonce: turn.button(yes) };
  turn.show(
    takeOverCard(turn.words, turn.chat.language, { account, operation, before, note, yes: once, back }),
  );
}

/**
 * The same operation goes on from where it stands, with the sign-in and the rights of this person; whoever had it is
 * told. Answers whose it is now.
 */
export async function takeOver(turn: Turn, operation: Operation, consent: Consent): Promise<AccountRef> {
  const kind = kindNamed(operation.kind);
  requireAll(kind.needs(operation.args), await turn.situation(), { approved: true });
  const { tenantId, objectId, displayName } = turn.requireAccount();
  const actor = { tenantId, objectId };
  // Which sign-in Microsoft refused says nothing of another person's.
  const { refusedGeneration: _, ...again } = retried(operation, kind);
  const running: Operation = {
    ...again,
    ...{ status: 'running', actor, personKey: turn.chat.personKey, cardKey: turn.newId() },
  };
  turn.resume(running, consent);
  turn.placeCard(running);
  await turn.tellTakenOver(operation, displayName);
  turn.show(operationCardHere(turn, running), { key: running.cardKey });
  return actor;
}
