import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPacing, type PacingLimit, pause, teamsLimits } from '../../bot/pacing.ts';

const gaps = fc.array(fc.nat({ max: 1500 }), { maxLength: 300 });

/** When messages that are wanted after these gaps really go, each waiting as long as it is told. */
function schedule(wantedAfter: readonly number[], limits?: readonly PacingLimit[]): number[] {
  const pacing = createPacing(limits);
  let now = 0;
  return wantedAfter.map((gap) => {
    now += gap;
    now += pacing.wait('c', now);
    assert.equal(pacing.wait('c', now), 0, 'one wait is enough');
    pacing.sent('c', now);
    return now;
  });
}

function most(times: readonly number[], ms: number): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + ms).length));
}

describe('pacing', () => {
  it('never sends more than a limit allows, in any window', () => {
    fc.assert(
      fc.property(gaps, (wanted) => {
        const times = schedule(wanted);
        for (const { count, ms } of teamsLimits) assert.ok(most(times, ms) <= count);
      }),
    );
  });

  it('never waits longer than it has to', () => {
    fc.assert(
      fc.property(gaps, (wanted) => {
        const times = schedule(wanted);
        let asked = 0;
        times.forEach((at, i) => {
          asked = (times[i - 1] ?? 0) + (wanted[i] ?? 0);
          const before = times.slice(0, i);
          const hadToWait = at > asked;
          const oneEarlier = teamsLimits.some(
            ({ count, ms }) => before.filter((t) => t > at - 1 - ms).length >= count,
          );
          assert.equal(hadToWait, hadToWait && oneEarlier);
        });
      }),
    );
  });

  it('lets 1800 messages an hour through', () => {
    const times = schedule(Array.from({ length: 1801 }, () => 0));
    assert.ok((times[1799] ?? 0) < 3_600_000);
    assert.equal(times[1800], 3_600_000);
  });

  it('counts each conversation by itself', () => {
    const pacing = createPacing([{ count: 1, ms: 1000 }]);
    pacing.sent('a', 0);
    assert.equal(pacing.wait('a', 400), 600);
    assert.equal(pacing.wait('b', 400), 0);
  });

  it('is a plain function of the times before', () => {
    assert.equal(pause([], 5, [{ count: 1, ms: 10 }]), 0);
    assert.equal(pause([0, 4], 5, [{ count: 2, ms: 10 }]), 5);
    assert.equal(pause([0, 4], 10, [{ count: 2, ms: 10 }]), 0);
  });
});
