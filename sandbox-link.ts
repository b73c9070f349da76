import { z } from 'zod';
import type { Clock } from './partner/clock.ts';
import type { Log } from './partner/log.ts';

const partnersSchema = z.array(
  z.object({
    tenantId: z.string(),
    cloud: z.enum(['worldwide', '21vianet']),
    mailbox: z.string().optional(),
  }),
);

/** Partner companies, by tenant id. `mailbox`: address of the one that the application may send from. */
export type SandboxPartners = ReadonlyMap<
  string,
  { cloud: 'worldwide' | '21vianet'; mailbox?: string | undefined }
>;
const clockSchema = z.object({ now: z.number() });

/** The partner companies of a running sandbox. Throws when it does not answer. */
export async function readPartners(origin: string): Promise<SandboxPartners> {
  const answer = await fetch(`${origin}/sandbox/partners`, { signal: AbortSignal.timeout(5_000) });
  return new Map(partnersSchema.parse(await answer.json()).map(({ tenantId, ...one }) => [tenantId, one]));
}

export interface FollowedClock extends Clock {
  stop(): void;
}

/** Follows the movable clock of a sandbox in another process; between two looks it goes on by real time. */
export async function followClock(origin: string, log: Log): Promise<FollowedClock> {
  let ahead = 0;
  async function look(): Promise<void> {
    const answer = await fetch(`${origin}/sandbox/clock`, { signal: AbortSignal.timeout(5_000) });
    ahead = clockSchema.parse(await answer.json()).now - Date.now();
  }
  await look();
  const timer = setInterval(() => {
    look().catch((error) => log.warn({ err: error }, "the sandbox's clock did not answer"));
  }, 1_000);
  timer.unref();
  return { now: () => Date.now() + ahead, stop: () => clearInterval(timer) };
}
