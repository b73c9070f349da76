import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type KeySetupMove, keySteps, moveKeySetup, nextKeyStep } from '../../partner/key-setups.ts';
import { keySetup } from '../storage/samples.ts';

const someone = (name: string) => ({ by: { tenantId: 't', objectId: name }, byName: name, at: 1 });
const step = fc.constantFrom(...keySteps);
const move: fc.Arbitrary<KeySetupMove> = fc.oneof(
  step.map((each) => ({ do: 'tick' as const, step: each, by: someone('lan') })),
  step.map((each) => ({ do: 'untick' as const, step: each })),
  fc.constantFrom<KeySetupMove>({ do: 'finish' }, { do: 'drop' }),
);

describe('a set-up with product keys', () => {
  it('keeps whose tick it is when somebody ticks it again', () => {
    const ticked = moveKeySetup(keySetup('k'), { do: 'tick', step: 'keys', by: someone('lan') });
    assert.ok(ticked);
    assert.equal(moveKeySetup(ticked, { do: 'tick', step: 'keys', by: someone('hung') }), undefined);
    assert.equal(ticked.done.keys?.byName, 'lan');
    assert.equal(nextKeyStep(ticked), 'partner-id');
  });

  it('changes nothing once it has ended, and takes what is reported all the same', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let setup = keySetup('k');
        for (const each of moves) {
          const after = moveKeySetup(setup, each);
          assert.ok(setup.status === 'open' || after === undefined);
          setup = after ?? setup;
        }
        const reported = { partnerId: '1', reportedBy: 'M', on: '2026-01-05', noted: someone('lan') };
        assert.deepEqual(moveKeySetup(setup, { do: 'report', reported }), { ...setup, reported });
      }),
    );
  });
});
