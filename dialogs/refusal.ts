import { errorCard } from '../cards/error.ts';
import type { PartnerError } from '../partner/errors.ts';
import type { Turn } from './turn.ts';

/** Why something cannot be done, in the name of who asks now; the turn goes on. */
export async function showRefusal(turn: Turn, error: PartnerError): Promise<void> {
  const { cloud } = await turn.situation();
  const reference = turn.reference({ problem: error.code, ...error.details });
  const { words, chat, account } = turn;
  turn.show(errorCard(words, chat.language, error, { account, cloud, reference }));
}
