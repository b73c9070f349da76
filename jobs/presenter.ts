import type { Operation } from '../partner/operations.ts';
import type { Changes } from '../storage/changes.ts';

/** Messages with the single-use buttons on them, and where their card must still stand: to be committed at once. */
export type Drawn = Required<Pick<Changes, 'outbox' | 'cardActions'>> & Pick<Changes, 'operationCards'>;

export const nothingDrawn: Drawn & Required<Pick<Changes, 'notices'>> = {
  ...{ outbox: [], cardActions: [], notices: [] },
};

/** Draws the card that shows how far an operation is; `passing` cards may be left out on the way. */
export interface Presenter {
  progress(operation: Operation, passing: boolean): Promise<Drawn>;
  /** What others are told when it has ended. */
  others?(operation: Operation): Promise<Pick<Changes, 'outbox' | 'notices'>>;
}

/** All that this state of an operation has people told. */
export async function drawnFor(
  presenter: Presenter,
  operation: Operation,
  passing: boolean,
): Promise<Drawn & Required<Pick<Changes, 'notices'>>> {
  const { outbox, ...drawn } = await presenter.progress(operation, passing);
  const others = (await presenter.others?.(operation)) ?? {};
  return { ...drawn, outbox: [...outbox, ...(others.outbox ?? [])], notices: others.notices ?? [] };
}
