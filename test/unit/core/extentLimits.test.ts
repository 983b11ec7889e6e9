import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import { checkExtent, extentFault } from '../../../src/core/extentLimits';

describe('the sizes that a picture may have', () => {
  it('end at 20:1 in both directions and at 64 megapixels', () => {
    const faults = [
      [2000, 100],
      [2001, 100],
      [100, 2001],
      [8192, 8192],
      [8193, 8192],
      [0, 10],
      [1.5, 1],
    ].map(([width = 0, height = 0]) => extentFault({ width, height }));
    assert.deepEqual(faults, [undefined, 'too-long', 'too-long', undefined, 'too-many-pixels', 'no-size', 'no-size']);
  });

  it('are as long as a source is already', () => {
    assert.equal(extentFault({ width: 3000, height: 100 }, 30), undefined);
    assert.equal(extentFault({ width: 3001, height: 100 }, 30), 'too-long');
  });

  it('are refused by the reason of what is wrong', () => {
    const reasonOf = (width: number, height: number): string | undefined => {
      try {
        checkExtent({ width, height });
        return undefined;
      } catch (error) {
        return error instanceof ImageError ? error.reason : 'another error';
      }
    };
    assert.deepEqual([reasonOf(99_999, 2), reasonOf(9000, 9000), reasonOf(0, 0), reasonOf(48, 48)], ['bad-argument', 'too-large', 'bad-argument', undefined]);
  });
});
