import { isConflict } from '../partner/again-on-conflict.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import type { JobOutcome } from './runner.ts';

const longestPauseMs = 60 * 60 * 1000;

/** When a sweep has to come back for what failed (real time, ms); undefined: for nothing before its next regular look. */
export type ComeBack = Exclude<JobOutcome, 'done'> | undefined;

type Failures = Map<string, { until: number; count: number }>;

/**
 * For sweeps: does the same for each of several items, and keeps the failure of one to itself. What failed is tried
 * again after a pause that grows to an hour, also where the sweep comes by earlier. What Microsoft refused waits for
 * the next regular look.
 */
export function createEachApart<Item>(deps: {
  /** Names the item in the log. */
  idOf(item: Item): string;
  /** What is done, for the log. */
  what: string;
  log: Log;
}): (items: readonly Item[], work: (item: Item) => Promise<void>) => Promise<ComeBack> {
  const { idOf, what, log } = deps;
  const failures: Failures = new Map();

  function failed(id: string, error: unknown): number | undefined {
    const isRefused = error instanceof PartnerError && !passingCodes.includes(error.code);
    const facts = error instanceof PartnerError ? { code: error.code, requestId: error.requestId } : {};
    const told = { err: error, what, item: id, ...facts };
    // Somebody else changed it at this moment; everything else is worth a look.
    if (isConflict(error)) log.info(told, 'one of several was changed meanwhile');
    else log.warn(told, 'one of several failed, the others go on');
    if (isRefused) {
      failures.delete(id);
      return undefined;
    }
    const count = (failures.get(id)?.count ?? 0) + 1;
    const asked = error instanceof PartnerError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const until = Date.now() + Math.max(asked, pauseAfter(count));
    failures.set(id, { until, count });
    return until;
  }

  async function attempt(item: Item, work: (item: Item) => Promise<void>): Promise<number | undefined> {
    const id = idOf(item);
    const until = failures.get(id)?.until ?? 0;
    if (until > Date.now()) return until;
    try {
      await work(item);
      failures.delete(id);
      return undefined;
    } catch (error) {
      return failed(id, error);
    }
  }

  return async (items, work) => {
    forgetGone(failures, items.map(idOf));
    let againAt: number | undefined;
    for (const item of items) {
      const at = await attempt(item, work);
      if (at !== undefined) againAt = Math.min(at, againAt ?? at);
    }
    return againAt === undefined ? undefined : { againAt, clock: 'real' };
  };
}

/** The earlier of two. */
export function sooner(one: ComeBack, other: ComeBack): ComeBack {
  if (one === undefined || other === undefined) return one ?? other;
  return one.againAt <= other.againAt ? one : other;
}

/** 1, 2, 4 … seconds, up to an hour. */
function pauseAfter(count: number): number {
  return Math.min(longestPauseMs, 1_000 * 2 ** Math.min(count - 1, 12));
}

/** What is no longer among the items, and was not for a while, is done with: another sweep may have other items. */
function forgetGone(failures: Failures, ids: readonly string[]): void {
  for (const [id, { until }] of failures) {
    if (!ids.includes(id) && until + longestPauseMs < Date.now()) failures.delete(id);
  }
}
