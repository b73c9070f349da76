import type { SandboxDelegationSettings, SandboxDue } from '../delegation-kinds.ts';
import type { SandboxClock, World } from '../world.ts';

/** What counts how long delegated administration takes. */
export interface Times {
  world: World;
  clock: SandboxClock;
  /** Real time in ms. */
  real: () => number;
}

/**
 * Microsoft's minutes in short, in real time so that nobody has to move the clock.
 * `world.put('delegationSettings', 'delegation', 'settings', …)` changes it for what happens afterwards.
 */
const usual: SandboxDelegationSettings = {
  by: 'real',
  readableAfterMs: 300,
  activatingAfterMs: 150,
  activeAfterMs: 400,
  worksAfterMs: 800,
  assignedAfterMs: 300,
  terminatingAfterMs: 150,
  terminatedAfterMs: 400,
};

export async function settingsOf({ world }: Times): Promise<SandboxDelegationSettings> {
  return (await world.get('delegationSettings', 'delegation', 'settings')) ?? usual;
}

/** The moment so many ms from now. */
export function dueIn(times: Times, { by }: SandboxDelegationSettings, ms: number): SandboxDue {
  return { by, at: nowBy(times, by) + ms };
}

export function isPast(times: Times, { by, at }: SandboxDue): boolean {
  return nowBy(times, by) >= at;
}

/** A moment that is over for whoever asks. */
export const longAgo: SandboxDue = { by: 'real', at: 0 };

function nowBy({ clock, real }: Times, by: SandboxDue['by']): number {
  return by === 'clock' ? clock.now() : real();
}
