import type { Settings } from './settings.ts';
import type { SandboxClock } from './world.ts';

/** The sandbox's clock: real time plus an offset that a tester moves. The offset survives a restart. */
export interface MovableClock extends SandboxClock {
  /** Milliseconds by which it runs ahead of real time. */
  ahead(): number;
  /** Moves it; `ms` may be negative. Resolves when the new offset is stored. */
  advance(ms: number): Promise<void>;
  reset(): Promise<void>;
}

const offsetSetting = 'clock-offset';

export async function createMovableClock(settings: Settings, real: () => number): Promise<MovableClock> {
  let offset = Number((await settings.read(offsetSetting)) ?? 0);

  async function moveTo(next: number): Promise<void> {
    offset = next;
    await settings.write(offsetSetting, String(next));
  }

  return {
    now: () => real() + offset,
    ahead: () => offset,
    advance: (ms) => moveTo(offset + ms),
    reset: () => moveTo(0),
  };
}
