import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfterSeconds } from './retry-after.ts';

/** Longer waits are the caller's to take: it can tell people and come back. Seconds. */
const longestRead = 5;
const longestWrite = 3;
const mostRetries = 3;

/**
 * How long to wait before trying again what is safe to try again: reads on 429, 503, 504; writes on 429 only,
 * since those were refused before anything was done. Undefined: this answer stands.
 */
export function secondsToWait(
  answer: { status: number; headers: Headers },
  { isRead, retries }: { isRead: boolean; retries: number },
): number | undefined {
  const again = answer.status === 429 || (isRead && (answer.status === 503 || answer.status === 504));
  if (!again || retries >= mostRetries) return undefined;
  const wait = retryAfterSeconds(answer.headers) ?? (2 ** retries / 4) * (1 + Math.random() / 4);
  return wait <= (isRead ? longestRead : longestWrite) ? wait : undefined;
}

/** False when the signal fired first. */
export async function waited(seconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(seconds * 1000, true, { signal }).catch(() => false);
}
