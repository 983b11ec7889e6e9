import assert from 'node:assert/strict';
import type { PixelImage } from '../../../../src/core/image';
import { wordsOf, writableWordsOf } from '../../../../src/pixels/transform/words';

describe('the words of a picture', () => {
  const memory = (offset: number): PixelImage => {
    const data = new Uint8ClampedArray(new ArrayBuffer(16), offset, 8);
    data.set([1, 2, 3, 4, 5, 6, 7, 8]);
    return { width: 2, height: 1, data };
  };

  it('are read wherever they lie', () => {
    for (const offset of [0, 3, 4]) assert.deepEqual([...wordsOf(memory(offset))], [0x04030201, 0x08070605]);
  });

  it('are written to the picture itself, or not at all', () => {
    for (const offset of [0, 4]) {
      const image = memory(offset);
      writableWordsOf(image)[1] = 0xff0000aa;
      assert.deepEqual([...image.data], [1, 2, 3, 4, 0xaa, 0, 0, 0xff]);
    }
    assert.throws(() => writableWordsOf(memory(3)), { reason: 'bad-argument' });
  });
});
