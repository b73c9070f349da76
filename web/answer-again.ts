import { againOnConflict, isConflict } from '../partner/again-on-conflict.ts';
import { PartnerError } from '../partner/errors.ts';

const mostTries = 3;

/** Gives an answer, again when others wrote first; `acceptance-moved-on` when they kept doing so. */
export async function answerAgain(work: () => Promise<void>): Promise<void> {
  try {
    await againOnConflict(work, mostTries);
  } catch (error) {
    throw isConflict(error) ? new PartnerError('acceptance-moved-on', { cause: error }) : error;
  }
}
