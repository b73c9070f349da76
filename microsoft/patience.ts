import { PartnerError } from '../partner/errors.ts';

/**
 * Runs `use` with a signal that fires after `ms` milliseconds or when the asker gives up, whichever is first.
 * Timer and listener are gone afterwards; a combined AbortSignal would leave that to the garbage collector.
 */
export async function withPatience<T>(
  ms: number,
  asker: AbortSignal | undefined,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  const timer = setTimeout(giveUp, ms);
  asker?.addEventListener('abort', giveUp, { once: true });
  if (asker?.aborted) giveUp();
  try {
    return await use(controller.signal);
  } finally {
    clearTimeout(timer);
    asker?.removeEventListener('abort', giveUp);
  }
}

/**
 * The result of `work`, or PartnerError `microsoft-timeout` when the signal fires first. A token may be slow to
 * come; the call's time counts for it too, and nothing has been written by then.
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new PartnerError('microsoft-timeout'));
  });
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
