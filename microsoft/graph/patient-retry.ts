import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { secondsToWait, waited } from '../retry-wait.ts';

/**
 * Tries again what is safe to try again, in place of the library's own handler, whose wait cannot be ended.
 * `deadline`: performance.now() by which the whole call is over; a wait beyond it is not begun.
 */
export function patientRetry(limits: { deadline: number; signal: AbortSignal }): Middleware {
  let next: Middleware;

  async function execute(context: Context): Promise<void> {
    const isRead = (context.options?.method ?? 'GET') === 'GET';
    for (let retries = 0; ; retries += 1) {
      await next.execute(context);
      const wait =
        context.response === undefined ? undefined : secondsToWait(context.response, { isRead, retries });
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
