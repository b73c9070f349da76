import { NoAnswer } from './connector-http.ts';

/** What became of a message to a channel. */
export type Sent =
  /** It is there. Some channels give no id. */
  | { outcome: 'sent'; id: string | null }
  /** It is not there; try again after so many real milliseconds. `tried` is false when nothing left the bot. */
  | { outcome: 'again'; afterMs: number; tried: boolean; reason: string }
  /** It may be there. Never sent again. */
  | { outcome: 'unknown'; reason: string }
  /** It is not there and will not be: the channel said no (`status`), or nothing was sent (status 0). */
  | { outcome: 'refused'; status: number; reason: string };

export interface Attempt {
  /** `send` makes a new message each time; `update` may be repeated without harm. */
  kind: 'send' | 'update';
  /** Tries before this one. */
  attempts: number;
  /** Real time, ms. */
  now: number;
  /** In [0, 1). */
  random: number;
}

/** The channel did not take the request: too many, a clash with another write, or closed for the moment. */
const notTaken = new Set([412, 429, 503]);
/** A gateway lost patience or the service broke down: the message may have been taken before. */
const perhapsTaken = new Set([408, 500, 502, 504]);

const firstPause = 1_000;
const longestPause = 60_000;
const longestRetryAfter = 60 * 60 * 1000;

/**
 * Reads the failure of one try. 412, 429, 503, a refused connection and a missing token: not taken, so again.
 * 408, other 5xx, time-out, reset: unknown for a new message, again for an update. Every other status: refused.
 * A 2xx whose body cannot be read is sent. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export function outcomeOfFailure(error: unknown, attempt: Attempt): Sent {
  if (error instanceof NoAnswer) {
    const mayRepeat = !error.sent || attempt.kind === 'update';
    return mayRepeat ? again(attempt, error.code) : { outcome: 'unknown', reason: error.code };
  }
  const { status, retryAfter } = answerIn(error);
  if (status === undefined) return { outcome: 'refused', status: 0, reason: 'not-sendable' };
  const reason = `status-${status}`;
  if (status >= 200 && status < 300) return { outcome: 'sent', id: null };
  if (notTaken.has(status)) return again(attempt, reason, retryAfter);
  const isUnclear = perhapsTaken.has(status) || status >= 500;
  if (!isUnclear) return { outcome: 'refused', status, reason };
  return attempt.kind === 'update' ? again(attempt, reason, retryAfter) : { outcome: 'unknown', reason };
}

function again(attempt: Attempt, reason: string, retryAfter?: string): Sent {
  const told = retryAfterMs(retryAfter, attempt.now);
  const afterMs = Math.min(told ?? backOff(attempt), longestRetryAfter);
  return { outcome: 'again', afterMs: Math.ceil(afterMs), tried: true, reason };
}

/** 1, 2, 4 … 60 s, of which the last half is left to chance so that conversations do not come back together. */
function backOff({ attempts, random }: Attempt): number {
  const full = Math.min(longestPause, firstPause * 2 ** Math.min(attempts, 10));
  return full / 2 + (full / 2) * random;
}

/** Retry-After in seconds or as a date; undefined when it says nothing of use. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

interface AnswerInError {
  status: number | undefined;
  retryAfter: string | undefined;
}

/** The SDK's RestError, looked at from outside: its class lives in a package of the SDK's own. */
function answerIn(error: unknown): AnswerInError {
  if (typeof error !== 'object' || error === null) return { status: undefined, retryAfter: undefined };
  const { statusCode, response } = error as {
    statusCode?: unknown;
    response?: { headers?: { get?(name: string): unknown } };
  };
  const retryAfter = response?.headers?.get?.('retry-after');
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
  };
}
