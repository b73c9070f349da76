/** At most `count` messages in any `ms` milliseconds. */
export interface PacingLimit {
  count: number;
  ms: number;
}

/**
 * What Teams allows a bot to send into one conversation, in new messages and updates together.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const teamsLimits: readonly PacingLimit[] = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
];

/**
 * Milliseconds to wait before one more message, 0 when it may go now. `sentAt`: earlier sends in real time,
 * oldest first; `now` is not before the last of them. Pure.
 */
export function pause(sentAt: readonly number[], now: number, limits: readonly PacingLimit[]): number {
  const waits = limits.map(({ count, ms }) => {
    const first = sentAt[sentAt.length - count];
    return first === undefined ? 0 : first + ms - now;
  });
  return Math.max(0, ...waits);
}

export interface Pacing {
  /** Milliseconds until this conversation may get another message. */
  wait(conversation: string, now: number): number;
  /** Notes that one was sent, whatever became of it. */
  sent(conversation: string, now: number): void;
}

/** For chats of this machine: no service counts there, whatever channel the Playground says it is. */
export const unpaced: Pacing = { wait: () => 0, sent() {} };

/** Remembers what went to each conversation for as long as the longest limit looks back. Real time, ms. */
export function createPacing(limits: readonly PacingLimit[] = teamsLimits): Pacing {
  const most = Math.max(...limits.map(({ count }) => count));
  const memory = Math.max(...limits.map(({ ms }) => ms));
  const conversations = new Map<string, number[]>();
  let nextSweep = 0;

  // Conversations that went quiet are forgotten, or a year's worth of them would stay in memory.
  function sweep(now: number): void {
    if (now < nextSweep) return;
    nextSweep = now + memory;
    for (const [key, times] of conversations) {
      if ((times.at(-1) ?? 0) + memory <= now) conversations.delete(key);
    }
  }

  return {
    wait: (conversation, now) => pause(conversations.get(conversation) ?? [], now, limits),
    sent(conversation, now) {
      sweep(now);
      const times = conversations.get(conversation) ?? [];
      times.push(now);
      if (times.length > most) times.splice(0, times.length - most);
      conversations.set(conversation, times);
    },
  };
}
