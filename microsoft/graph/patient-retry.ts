import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { retryAfterSeconds } from '../retry-after.ts';

/** Longer waits are the caller's to take: it can tell people and come back. Seconds. */
const longestRead = 5;
const longestWrite = 3;
const mostRetries = 3;

/**
 * Tries again what is safe to try again: reads on 429, 503, 504; writes on 429 only, since those were refused
 * before anything was done. In place of the library's own handler, whose wait cannot be ended.
 * `deadline`: performance.now() by which the whole call is over; a wait beyond it is not begun.
 */
export function patientRetry(limits: { deadline: number; signal: AbortSignal }): Middleware {
  let next: Middleware;

  async function execute(context: Context): Promise<void> {
    for (let retries = 0; ; retries += 1) {
      await next.execute(context);
      const wait =
        context.response === undefined ? undefined : secondsToWait(context, context.response, retries);
      const tooLate = wait === undefined || performance.now() + wait * 1000 >= limits.deadline;
      if (tooLate || !(await waited(wait, limits.signal))) return;
    }
  }

  return {
    execute,
    setNext(middleware) {
      next = middleware;
    },
  };
}

/** Undefined: this answer stands. */
function secondsToWait(context: Context, response: Response, retries: number): number | undefined {
  const isRead = (context.options?.method ?? 'GET') === 'GET';
  const again = response.status === 429 || (isRead && (response.status === 503 || response.status === 504));
  if (!again || retries >= mostRetries) return undefined;
  const wait = retryAfterSeconds(response.headers) ?? (2 ** retries / 4) * (1 + Math.random() / 4);
  return wait <= (isRead ? longestRead : longestWrite) ? wait : undefined;
}

async function waited(seconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(seconds * 1000, true, { signal }).catch(() => false);
}
