import { type AccountRef, accountKey } from '../../partner/accounts.ts';
import type { Clock } from '../../partner/clock.ts';
import type { CatalogueItem } from '../../partner/commerce.ts';
import { unreadOf } from '../../partner/errors.ts';
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
  /** Throws where Microsoft does not answer for a part of it. */
  whole: boolean;
  read(): Promise<CatalogueReading>;
}

/**
 * Catalogues per partner company and country, kept for an hour of the clock. Reading one takes hundreds of calls,
 * more than a turn can wait for: it goes on when the asker gives up, and the next asker finds it.
 */
export function createKeptCatalogues(clock: Clock) {
  const kept = new Map<string, CatalogueReading & { from: number; until: number }>();
  const underWay = new Map<string, Promise<CatalogueReading>>();

  async function readAndKeep(key: string, read: Wanted['read']): Promise<CatalogueReading> {
    const reading = await read();
    const from = clock.now();
    kept.set(key, { ...reading, from, until: from + (reading.failure === undefined ? hour : fiveMinutes) });
    return reading;
  }

  return {
    async get({ account, country, signal, whole, read }: Wanted): Promise<CatalogueItem[]> {
      const key = `${account.tenantId} ${country}`;
      const now = clock.now();
      const found = kept.get(key);
      // A clock that was set back must not keep a list for ever.
      const isGood = found !== undefined && now >= found.from && now < found.until;
      if (isGood && !(whole && isUnread(found))) return found.items;
      // Of one person only: another's missing right says nothing about this one.
      const readingKey = `${accountKey(account)} ${country}`;
      let reading = underWay.get(readingKey);
      if (reading === undefined) {
        reading = readAndKeep(key, read).finally(() => underWay.delete(readingKey));
        underWay.set(readingKey, reading);
        // Nobody may be waiting any more when it fails.
        reading.catch(() => {});
      }
      const answer = await (signal === undefined ? reading : orAborted(reading, signal));
      if (whole && isUnread(answer)) throw answer.failure;
      return answer.items;
    },
  };
}

function isUnread({ failure }: CatalogueReading): boolean {
  return unreadOf(failure) !== undefined;
}
