import type { Card } from '../cards/render.ts';
import type { Language, Words } from '../locales/words.ts';
import type { Account, AccountRef } from '../partner/accounts.ts';
import type { CapabilityId } from '../partner/capabilities.ts';
import type { Notice } from '../partner/notices.ts';
import type { JsonObject } from '../partner/operations.ts';

/** Who is being told. */
export interface NoticeReader {
  account: Account | undefined;
  words: Words;
  language: Language;
  /** Domain time, ms. */
  now: number;
  /** Name of whom it is first, where that is somebody else: why this reader hears of it. */
  insteadOf: string | undefined;
  /** Whether this reader could answer for it from now on. */
  mayTake: boolean;
  /** Makes a single-use button for this reader. */
  nonceFor(meaning: { verb: string; args: JsonObject }): string;
}

/** Whose business some notices of one kind about one thing are, as things are now. */
export interface Duty {
  /** Who hears of it first; null: nobody in particular. */
  first: AccountRef | null;
  /** Any of these is enough to act on it. */
  capabilities: readonly CapabilityId[];
  /** Any of these is enough to take it over. */
  takes: readonly CapabilityId[];
  /** Ids of those that are still so; the others are told to nobody any more. */
  still: ReadonlySet<string>;
  /** Several where the kind gathers, one otherwise. */
  draw(reader: NoticeReader, news: readonly Notice[]): Promise<Card> | Card;
}

/** All are of one kind and about one thing, the oldest first. */
export type DutyOf = (notices: readonly Notice[]) => Promise<Duty>;

/** Nobody is told: what it was about is not there any more. */
export const nobodysDuty: Duty = {
  first: null,
  capabilities: [],
  takes: [],
  still: new Set(),
  draw() {
    throw new Error('what is told to nobody has no card');
  },
};
