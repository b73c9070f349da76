import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitFullName } from '../../partner/names.ts';
import { firstFree, firstProposals, isSignInPart, proposeSignInNames } from '../../partner/sign-in-names.ts';
import { anyText } from '../helpers/any-text.ts';

describe('proposeSignInNames', () => {
  const examples: [string, string[]][] = [
    ['Nguyễn Thị Lan', ['lan.nguyen', 'lan.nt', 'lan.nguyen2', 'lan.nguyen3']],
    ['Đỗ Đức Đạt', ['dat.do', 'dat.dd', 'dat.do2', 'dat.do3']],
    ['Adele Vance', ['adele.vance', 'adele.v', 'adele.vance2', 'adele.vance3']],
    ['Søren Łukasz Weiß', ['soren.weiss', 'soren.wl', 'soren.weiss2', 'soren.weiss3']],
    ['Lan', ['lan', 'lan2', 'lan3', 'lan4']],
    ['Siobhán O’Brien', ['siobhan.obrien', 'siobhan.o', 'siobhan.obrien2', 'siobhan.obrien3']],
    ['李小龙', []],
    ['', []],
    ['-- . --', []],
  ];
  for (const [full, expected] of examples) {
    it(`proposes for ${JSON.stringify(full)}`, () => {
      assert.deepEqual(firstProposals(splitFullName(full), 4), expected);
    });
  }

  const anyParts = fc.record({
    family: fc.oneof(anyText(), fc.stringMatching(/^[a-z1]{0,80}$/)),
    middle: anyText(),
    given: fc.oneof(anyText(), fc.stringMatching(/^[a-z1]{0,80}$/)),
  });

  it('gives Microsoft only what it takes, no two alike, and never runs out', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const proposals = firstProposals(parts, 120);
        assert.ok(proposals.length === 0 || proposals.length === 120);
        assert.equal(new Set(proposals).size, proposals.length);
        for (const proposal of proposals) {
          assert.match(proposal, /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
          assert.ok(isSignInPart(proposal), proposal);
        }
      }),
    );
  });

  it('keeps two long names apart when the number takes the place of their last letters', () => {
    const parts = { family: '1'.repeat(80), middle: '', given: '1' };
    assert.equal(new Set(firstProposals(parts, 300)).size, 300);
  });

  it('finds a name for Latin letters, whatever stands around them', () => {
    fc.assert(
      fc.property(anyParts, fc.stringMatching(/^[a-z]{1,10}$/), (parts, given) => {
        assert.notDeepEqual(firstProposals({ ...parts, given }, 1), []);
      }),
    );
  });
});

describe('firstFree', () => {
  const lan = () => proposeSignInNames(splitFullName('Nguyễn Thị Lan'));

  it('passes by names in use, whatever their case', () => {
    assert.equal(firstFree(lan(), []), 'lan.nguyen');
    assert.equal(firstFree(lan(), ['Lan.Nguyen']), 'lan.nt');
    assert.equal(firstFree(lan(), ['lan.nguyen', 'lan.nt', 'lan.nguyen3']), 'lan.nguyen2');
  });

  it('finds a free name however many are taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (count) => {
        const taken = firstProposals(splitFullName('Nguyễn Thị Lan'), count);
        const free = firstFree(lan(), taken);
        assert.ok(free !== undefined && !taken.includes(free));
      }),
    );
  });

  it('says so when there is nothing to propose', () => {
    assert.equal(firstFree(proposeSignInNames(splitFullName('李小龙')), []), undefined);
  });
});

describe('isSignInPart', () => {
  it('follows the characters and the length that Microsoft names', () => {
    for (const good of ['lan.nguyen', "o'brien", 'a-b_c!#^~', 'A', 'x'.repeat(64)]) {
      assert.ok(isSignInPart(good), good);
    }
    for (const bad of ['', '.lan', 'lan.', 'lan..n', 'lán', 'lan nguyen', 'lan@x', 'a&b', 'x'.repeat(65)]) {
      assert.ok(!isSignInPart(bad), bad);
    }
  });
});
