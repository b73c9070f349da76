import { operationCardFor } from '../cards/operation-views.ts';
import type { Card } from '../cards/render.ts';
import type { Operation } from '../partner/operations.ts';
import type { Turn } from './turn.ts';

/** The progress card for this chat. `approval`: what there is to say of a second person. */
export function operationCardHere(turn: Turn, operation: Operation, approval: readonly string[] = []): Card {
  const { words, account, chat } = turn;
  return operationCardFor(words, account, operation, {
    revealAddress: undefined,
    approval,
    language: chat.language,
    nonceFor: (verb) => turn.button({ verb, args: { operation: operation.id } }),
  });
}

/** What was to be begun has been begun before: says so, and shows it. */
export async function showBegunBefore(turn: Turn, operation: Operation): Promise<void> {
  const problem = 'operation.begun-before';
  const reference = turn.reference({ operation: operation.id, problem });
  turn.say(`${turn.words(problem)} ${turn.words('error.reference', { reference })}`);
  await turn.showAnew(operation);
}
