import { delegationsCard } from '../cards/delegations.ts';
import { requireCapability } from '../partner/authorise.ts';
import { mayTry } from '../partner/capabilities.ts';
import { allDelegations } from './delegation-reads.ts';
import type { Job } from './job.ts';
import { pageStart } from './person.ts';
import type { Turn } from './turn.ts';

const pageSize = 8;
async function showDelegations(turn: Turn, from: number): Promise<void> {
  const { words } = turn;
  const situation = await turn.situation();
  requireCapability('delegations', situation);
  const { delegations: all, isFresh } = await allDelegations(turn, situation);
  const isHere = situation.cloud === 'worldwide';
  const end = from + pageSize;
  turn.show(
    delegationsCard(words, turn.chat.language, {
      account: turn.requireAccount(),
      now: turn.now,
      delegations: all.slice(from, end),
      total: all.length,
      next: end < all.length ? end : undefined,
      mayOffer: mayTry('offer-delegation', situation) && mayTry('make-offer', situation),
      mayRecord: mayTry('record-delegation', situation),
      note: words(
        isFresh ? 'delegations.as-read' : isHere ? 'delegations.as-kept' : 'delegations.as-recorded',
      ),
    }),
  );
}

export const delegationsJob: Job = {
  commands: { delegations: (turn) => showDelegations(turn, 0) },
  presses: { delegations: (turn, _stage, pressed) => showDelegations(turn, pageStart(pressed)) },
};
