import { ConflictError, type OperationCardWrite } from './changes.ts';
import type { Applies } from './writes.ts';

export const cardTable = 'operation_cards';

/** Where progress cards stand. They are read together with their operations. */
export function createOperationCardStore(): Applies<OperationCardWrite> {
  return {
    async apply(trx, writes) {
      for (const write of writes) {
        const { operationId, personKey, cardKey } = 'place' in write ? write.place : write.same;
        const place = { person_key: personKey, card_key: cardKey };
        const row = trx(cardTable).where({ operation_id: operationId });
        if ('place' in write) {
          await row.update(place);
          continue;
        }
        // SQLite knows no such lock, and with its one connection needs none.
        const same = await row.where(place).forShare().first('operation_id');
        if (same === undefined) throw new ConflictError(`the card of operation ${operationId} has moved`);
      }
    },
  };
}
