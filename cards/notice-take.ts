import type { Words } from '../locales/words.ts';
import { type Button, mainButton } from './buttons.ts';

/** Why somebody reads what is first another's business, and how they make it theirs. */
export interface ForOthers {
  /** Name of whom it is first; undefined where that is the reader, or nobody. */
  insteadOf: string | undefined;
  /** Nonce of *Tôi nhận*; '' where there is nothing to be taken. */
  take: string;
}

export function insteadOfText(words: Words, { insteadOf, take }: ForOthers): string[] {
  if (insteadOf === undefined) return [];
  return [words(take === '' ? 'notice.instead' : 'notice.instead-take', { name: insteadOf })];
}

/** The reader's own buttons, behind *Tôi nhận* where somebody has to take it first. */
export function withTake(words: Words, { take }: ForOthers, buttons: readonly Button[]): Button[] {
  if (take === '') return [...buttons];
  const behind = buttons.map((each): Button => ({ ...each, style: 'default' }));
  return [mainButton(words('notice.take'), 'notice-take', { nonce: take }), ...behind];
}
