import type { Log } from '../partner/log.ts';

export interface Loop {
  start(): void;
  /** Looks now; a call during a look makes it look once more. */
  wake(): void;
  /** Looks at this real time, ms, where the look once a second would come later. */
  wakeAt(at: number): void;
  stop(): Promise<void>;
}

/** The longest pause between two looks; a moved clock or another process's work is noticed within it. */
const lookEveryMs = 1_000;

/** Calls `look` at start, when woken and once a second, never two at a time; a throw is logged and waits. */
export function createLoop(deps: { look(): Promise<void>; log: Log; name: string }): Loop {
  let stopped = true;
  let again = false;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      do {
        again = false;
        await deps.look();
      } while (again && !stopped);
    } catch (error) {
      deps.log.error({ err: error, loop: deps.name }, 'a look at waiting work failed');
    }
  }

  function wake(): void {
    if (stopped) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    looking = look().finally(() => {
      looking = undefined;
      if (again) wake();
    });
  }

  return {
    start() {
      stopped = false;
      timer = setInterval(wake, lookEveryMs);
      wake();
    },
    wake,
    wakeAt(at) {
      // A timer may ring a millisecond early.
      const inMs = Math.max(0, at - Date.now()) + 1;
      // Nobody needs more than this minute's: the look once a second finds what is due later.
      if (inMs < 60_000) setTimeout(wake, inMs).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}
