import type { Operation } from '../partner/operations.ts';
import type { Changes, OutboxMessage } from '../storage/changes.ts';

/** Messages with the single-use buttons on them, and where their card must still stand: to be committed at once. */
export type Drawn = Required<Pick<Changes, 'outbox' | 'cardActions'>> & Pick<Changes, 'operationCards'>;

export const nothingDrawn: Drawn = { outbox: [], cardActions: [] };

/** Draws the card that shows how far an operation is; `passing` cards may be left out on the way. */
export interface Presenter {
  progress(operation: Operation, passing: boolean): Promise<Drawn>;
  /** What others are told when it has ended. */
  others?(operation: Operation): Promise<OutboxMessage[]>;
}

/** All messages that this state of an operation calls for. */
export async function drawnFor(presenter: Presenter, operation: Operation, passing: boolean): Promise<Drawn> {
  const { outbox, ...others } = await presenter.progress(operation, passing);
  const told = (await presenter.others?.(operation)) ?? [];
  return { ...others, outbox: [...outbox, ...told] };
}
