import { ConflictError, type OfferGuard } from './changes.ts';
import type { Applies } from './writes.ts';

/** Offers that what is written stands on: until the end of the transaction nobody changes them. */
export function createOfferGuards(): Applies<OfferGuard> {
  return {
    async apply(trx, guards) {
      for (const { id, rev } of guards) {
        // SQLite knows no such lock, and with its one connection needs none.
        const same = await trx('offers').where({ id, rev }).forShare().first('id');
        if (same === undefined) throw new ConflictError(`offer ${id} has changed since ${rev}`);
      }
    },
  };
}
