import type { Operation } from '../../partner/operations.ts';
import type { Consent } from '../judgement.ts';

/** What being forgotten comes upon, as it is now. */
export interface ForgettingStanding {
  isStaff: boolean;
  /** Writes that are under way at Microsoft: nobody is forgotten in the middle of one. */
  busy: readonly Operation[];
  /** How much that waits is withdrawn. */
  waiting: number;
  /** How much goes on by itself, without the sign-in of this person. */
  unattended: number;
  /** Offers of theirs that clients can answer. */
  offers: number;
}

/** Being forgotten: of the signed-in account everywhere, and of this chat. */
export interface ForgettingDesk {
  standing(): Promise<ForgettingStanding>;
  /**
   * Takes everything out together with this turn; afterwards nobody is signed in. `cardKey`: the card that the last sentence
   * takes the place of. Answers whether it is done: work that has begun meanwhile is not cut.
   */
  forget(cardKey: string, consent: Consent): Promise<boolean>;
}
