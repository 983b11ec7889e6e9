import assert from 'node:assert/strict';
import type { Sides } from '../../../src/core/geometry';
import { findModel } from '../../../src/core/models';
import { planOutpaint } from '../../../src/core/outpaint';
import { outpaintReach } from '../../../src/core/outpaintReach';

const NONE: Sides = { left: 0, right: 0, top: 0, bottom: 0 };
const SOURCE = { width: 1024, height: 768 };

describe('outpaintReach', () => {
  for (const model of [findModel('gpt-image-2'), findModel('gpt-image-1.5'), findModel('dall-e-2')]) {
    it(`is where one request is just enough: ${model.id}`, () => {
      const tiles = (sides: Sides): number => planOutpaint(SOURCE, { kind: 'sides', ...sides }, { x: 0, y: 0 }, model).tiles.length;
      const reach = outpaintReach(SOURCE, NONE, model);
      for (const side of ['left', 'right', 'top', 'bottom'] as const) {
        if (reach[side] > 0) assert.equal(tiles({ ...NONE, [side]: reach[side] }), 1, `${side} ${reach[side]}`);
        assert.notEqual(tiles({ ...NONE, [side]: reach[side] + 1 }), 1, `${side} ${reach[side]}`);
      }
      assert.ok(Object.values(reach).some((length) => length > 0));
    });
  }

  it('takes the other sides as they are', () => {
    const model = findModel('gpt-image-2');
    assert.ok(outpaintReach(SOURCE, { ...NONE, bottom: 512 }, model).right < outpaintReach(SOURCE, NONE, model).right);
  });

  it('stays where it is beyond what one request draws', () => {
    const far = { ...NONE, right: 9000 };
    assert.deepEqual(outpaintReach(SOURCE, far, findModel('gpt-image-2')), far);
  });
});
