import { type AccountRef, accountKey } from '../../partner/accounts.ts';
import type { Clock } from '../../partner/clock.ts';
import type { CatalogueItem } from '../../partner/commerce.ts';
import { orAborted } from '../patience.ts';
import type { CatalogueReading } from './catalogue.ts';

const hour = 60 * 60 * 1000;
/** A list with gaps is asked for again soon. */
const fiveMinutes = 5 * 60 * 1000;

interface Wanted {
  account: AccountRef;
  country: string;
  /** The asker's patience; the reading itself goes on without the asker. */
  signal: AbortSignal | undefined;
  read(): Promise<CatalogueReading>;
}

/**
 * Catalogues per partner company and country, kept for an hour of the clock. Reading one takes hundreds of calls,
 * more than a turn can wait for: it goes on when the asker gives up, and the next asker finds it.
 */
export function createKeptCatalogues(clock: Clock) {
  const kept = new Map<string, { items: CatalogueItem[]; from: number; until: number }>();
  const underWay = new Map<string, Promise<CatalogueItem[]>>();

  async function readAndKeep(key: string, read: Wanted['read']): Promise<CatalogueItem[]> {
    const { items, isComplete } = await read();
    const from = clock.now();
    kept.set(key, { items, from, until: from + (isComplete ? hour : fiveMinutes) });
    return items;
  }

  return {
    async get({ account, country, signal, read }: Wanted): Promise<CatalogueItem[]> {
      const key = `${account.tenantId} ${country}`;
      const now = clock.now();
      const found = kept.get(key);
      // A clock that was set back must not keep a list for ever.
      if (found !== undefined && now >= found.from && now < found.until) return found.items;
      // Of one person only: another's missing right says nothing about this one.
      const readingKey = `${accountKey(account)} ${country}`;
      let reading = underWay.get(readingKey);
      if (reading === undefined) {
        reading = readAndKeep(key, read).finally(() => underWay.delete(readingKey));
        underWay.set(readingKey, reading);
        // Nobody may be waiting any more when it fails.
        reading.catch(() => {});
      }
      return signal === undefined ? reading : orAborted(reading, signal);
    },
  };
}
