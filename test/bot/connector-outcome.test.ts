import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NoAnswer } from '../../bot/connector-http.ts';
import { type Attempt, outcomeOfFailure, retryAfterMs } from '../../bot/connector-outcome.ts';

const now = Date.parse('2025-01-01T00:00:00Z');
const tryOf = (kind: Attempt['kind'], more: Partial<Attempt> = {}): Attempt => ({
  kind,
  attempts: 0,
  now,
  random: 0,
  ...more,
});
const answered = (statusCode: number, retryAfter?: string) => ({
  statusCode,
  response: { headers: { get: (name: string) => (name === 'retry-after' ? retryAfter : undefined) } },
});
const outcome = (kind: Attempt['kind'], error: unknown) => outcomeOfFailure(error, tryOf(kind)).outcome;

describe('what became of a message', () => {
  it('is sent again only when the channel certainly did not take it', () => {
    for (const status of [412, 429, 503])
      assert.equal(outcome('send', answered(status)), 'again', `${status}`);
    for (const status of [408, 500, 501, 502, 504, 520])
      assert.equal(outcome('send', answered(status)), 'unknown', `${status}`);
    for (const status of [301, 307, 400, 401, 403, 404, 405, 409, 413])
      assert.equal(outcome('send', answered(status)), 'refused', `${status}`);
    assert.equal(outcome('send', new NoAnswer(false, 'ECONNREFUSED', undefined)), 'again');
    assert.equal(outcome('send', new NoAnswer(true, 'ECONNRESET', undefined)), 'unknown');
    assert.equal(outcome('send', new NoAnswer(true, 'TimeoutError', undefined)), 'unknown');
  });

  it('is never unknown for an update, which may be repeated', () => {
    for (const status of [408, 412, 429, 500, 502, 503, 504])
      assert.equal(outcome('update', answered(status)), 'again');
    assert.equal(outcome('update', new NoAnswer(true, 'ECONNRESET', undefined)), 'again');
    assert.equal(outcome('update', answered(404)), 'refused');
  });

  it('is sent when the status said so, whatever the body was', () => {
    assert.deepEqual(outcomeOfFailure(answered(200), tryOf('send')), { outcome: 'sent', id: null });
  });

  it('is refused when it could not even be written', () => {
    assert.deepEqual(outcomeOfFailure(new TypeError('x'), tryOf('send')), {
      outcome: 'refused',
      status: 0,
      reason: 'not-sendable',
    });
  });

  it('waits as long as Retry-After says, in seconds or until a date, and at most an hour', () => {
    const wait = (retryAfter: string) => {
      const got = outcomeOfFailure(answered(429, retryAfter), tryOf('send', { attempts: 5 }));
      return got.outcome === 'again' ? got.afterMs : undefined;
    };
    assert.equal(wait('7'), 7_000);
    assert.equal(wait('Wed, 01 Jan 2025 00:00:30 GMT'), 30_000);
    assert.equal(wait('Tue, 31 Dec 2024 00:00:00 GMT'), 0);
    assert.equal(wait('999999999'), 3_600_000);
    assert.equal(retryAfterMs('soon', now), undefined);
    assert.equal(retryAfterMs(undefined, now), undefined);
  });

  it('backs off further with each try, never under half and never over the whole pause', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), random, (attempts, chance) => {
        const got = outcomeOfFailure(answered(429), tryOf('send', { attempts, random: chance }));
        assert.ok(got.outcome === 'again');
        const whole = Math.min(60_000, 1_000 * 2 ** attempts);
        assert.ok(got.afterMs >= whole / 2 && got.afterMs <= whole);
      }),
    );
  });
});
