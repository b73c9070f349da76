import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fewAtATime } from '../../microsoft/partner-center/few-at-a-time.ts';

describe('a few at a time', () => {
  const numbers = Array.from({ length: 40 }, (_one, index) => index);

  it('gives results in order and never begins more than six together', async () => {
    let together = 0;
    let most = 0;
    const results = await fewAtATime(numbers, async (number) => {
      together += 1;
      most = Math.max(most, together);
      // The later ones of a round are through first.
      for (let turns = number % 6; turns < 6; turns += 1) await nextTurn();
      together -= 1;
      return number * 2;
    });
    assert.deepEqual(
      results,
      numbers.map((number) => number * 2),
    );
    assert.equal(most, 6);
    assert.deepEqual(await fewAtATime([], async () => 1), []);
  });

  it('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const work = fewAtATime(numbers, async (number) => {
      begun.push(number);
      if (number === 0) throw new Error('first');
      await held;
    });
    await assert.rejects(work, /first/);
    goOn();
    await nextTurn();
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5]);
  });
});
