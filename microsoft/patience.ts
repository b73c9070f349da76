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
