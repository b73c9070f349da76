/**
 * What a tester may break. `…-after-doing` kinds carry out the call first, so that the caller cannot know
 * whether it happened. `slow` holds the answer back, not the work.
 */
export const faultKinds = [
  'throttled',
  'unavailable',
  'unavailable-after-doing',
  'reset',
  'reset-after-doing',
  'slow',
  'stale',
  'expired-token',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** `path` is a part of `/graph.microsoft.com/v1.0/…`; both left out: every call of Graph and Partner Center. */
  match?: { method?: string; path?: string };
  /** Calls that it strikes; 1 unless given. */
  times?: number;
  /** Seconds, for `throttled`; left out: 429 without Retry-After. */
  retryAfter?: number;
  /** `slow`: milliseconds of delay. `stale`: how long a new user stays unfound, in real milliseconds. */
  ms?: number;
}

export interface ActiveFault extends Fault {
  id: number;
  left: number;
}

/** Faults that strike one call: at most one that breaks it, and at most one that slows it. */
export interface Strike {
  breaks: ActiveFault | undefined;
  slowMs: number;
}

export interface Faults {
  add(fault: Fault): ActiveFault;
  list(): ActiveFault[];
  remove(id: number): void;
  /** Takes all faults away; users hidden by `stale` are found again. */
  clear(): void;
  /** Counts one call against the faults that match it. */
  strike(method: string, path: string): Strike;
  /** Tells that a call created a user, which an active `stale` fault then hides from searches. */
  userCreated(method: string, path: string, userId: string): void;
  hidden(userId: string): boolean;
}

const defaultStaleMs = 30_000;
const defaultSlowMs = 5_000;

/** `real` is real time in ms: stale reads end by it, never by the sandbox's clock. */
export function createFaults({ real }: { real: () => number }): Faults {
  let active: ActiveFault[] = [];
  let lastId = 0;
  const hiddenUntil = new Map<string, number>();

  function take(method: string, path: string, wanted: (kind: FaultKind) => boolean): ActiveFault | undefined {
    const found = active.find((fault) => wanted(fault.kind) && matches(fault, method, path));
    if (found === undefined) return undefined;
    found.left -= 1;
    active = active.filter(({ left }) => left > 0);
    return found;
  }

  return {
    add(fault) {
      lastId += 1;
      const added = { ...fault, id: lastId, left: fault.times ?? 1 };
      active.push(added);
      return { ...added };
    },
    list: () => active.map((fault) => ({ ...fault })),
    remove(id) {
      active = active.filter((fault) => fault.id !== id);
    },
    clear() {
      active = [];
      hiddenUntil.clear();
    },
    strike(method, path) {
      const slow = take(method, path, (kind) => kind === 'slow');
      const breaks = take(method, path, (kind) => kind !== 'slow' && kind !== 'stale');
      return { breaks, slowMs: slow === undefined ? 0 : (slow.ms ?? defaultSlowMs) };
    },
    userCreated(method, path, userId) {
      const stale = take(method, path, (kind) => kind === 'stale');
      if (stale !== undefined) hiddenUntil.set(userId, real() + (stale.ms ?? defaultStaleMs));
    },
    hidden: (userId) => real() < (hiddenUntil.get(userId) ?? 0),
  };
}

function matches({ match }: Fault, method: string, path: string): boolean {
  const methodFits = match?.method === undefined || match.method.toUpperCase() === method;
  const pathFits = match?.path === undefined || path.includes(match.path);
  return methodFits && pathFits;
}
