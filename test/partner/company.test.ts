import assert from 'node:assert/strict';
import { isSame } from '../../partner/company.ts';

describe('details of the company, compared', () => {
  it('takes nothing, an empty text and an empty list for the same', () => {
    for (const left of [undefined, '', ' ', [], ['']])
      for (const right of [undefined, '', []]) assert.equal(isSame(left, right), true);
  });

  it('minds words, their order in a list, and no spaces around them', () => {
    assert.equal(isSame(' Hà Nội ', 'Hà Nội'), true);
    assert.equal(isSame('Hà Nội', 'Ha Noi'), false);
    assert.equal(isSame(['a', 'b'], ['b', 'a']), false);
    assert.equal(isSame(['a'], ['a', 'b']), false);
  });
});
