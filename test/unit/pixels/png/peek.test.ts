import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeZlib } from '../../../../src/node/zlib';
import { encodePng } from '../../../../src/pixels/png/encode';
import { peekPng } from '../../../../src/pixels/png/peek';

const IMAGE = { width: 3, height: 2, data: new Uint8ClampedArray(24).fill(200) };

describe('peekPng', () => {
  it('tells size and recipe from the first bytes, and throws for none', async () => {
    const png = await encodePng(IMAGE, nodeZlib, { recipe: '{"a":"é"}' });
    const pixels = Buffer.from(png).indexOf('IDAT') - 4;
    for (let length = 0; length <= png.length; length += 1) {
      const peek = peekPng(png.subarray(0, length));
      assert.deepEqual(peek, length < pixels ? undefined : { extent: { width: 3, height: 2 }, recipe: '{"a":"é"}' }, `${length}`);
    }
    assert.equal(peekPng(await encodePng(IMAGE, nodeZlib, {})), undefined);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(80), (noise, at) => void peekPng(Buffer.concat([png.subarray(0, at), noise]))));
  });
});
