import type { Operation } from '../partner/operations.ts';
import type { OutboxMessage } from '../storage/changes.ts';

/** Draws the card that shows how far an operation is; `passing` cards may be left out on the way. */
export interface Presenter {
  progress(operation: Operation, passing: boolean): Promise<OutboxMessage | undefined>;
  /** What others are told when it has ended. */
  others?(operation: Operation): Promise<OutboxMessage[]>;
}

/** All messages that this state of an operation calls for. */
export async function drawnFor(
  presenter: Presenter,
  operation: Operation,
  passing: boolean,
): Promise<OutboxMessage[]> {
  const own = await presenter.progress(operation, passing);
  const others = (await presenter.others?.(operation)) ?? [];
  return [...(own === undefined ? [] : [own]), ...others];
}
