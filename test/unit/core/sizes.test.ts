import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { area, formatExtent, parseExtent, parseRatio, type Extent } from '../../../src/core/geometry';
import { findModel, MODELS, OFFLINE_MODEL, type SizeRule } from '../../../src/core/models';
import { cropLoss, extentForRatio, isLegalExtent, nearestLegal, presetExtents } from '../../../src/core/sizes';

const FREE = findModel('gpt-image-2').sizes;
const extents = fc.record({ width: fc.integer({ min: 1, max: 10_000 }), height: fc.integer({ min: 1, max: 10_000 }) });
const models = fc.constantFrom(...MODELS);

function size(text: string): Extent {
  return parseExtent(text) ?? assert.fail(text);
}

function nearest(wanted: string, model: string): string {
  return formatExtent(nearestLegal(size(wanted), findModel(model).sizes));
}

/** Every size that a rule allows, tried one by one. */
function everyLegal(rule: SizeRule): Extent[] {
  if (rule.kind === 'list') return [...rule.extents];
  const all: Extent[] = [];
  for (let width = 1; width <= rule.maxEdge; width++) {
    if (width % rule.step !== 0) continue;
    for (let height = rule.step; height <= rule.maxEdge; height += rule.step) {
      if (isLegalExtent({ width, height }, rule)) all.push({ width, height });
    }
  }
  return all;
}

describe('sizes', () => {
  it('knows what a free model draws', () => {
    const legal = ['1024x1024', '3824x2160', '3072x1024', '1024x3072', '640x1024'];
    const illegal = ['1025x1024', '1024x1000', '3840x2160', '3088x1024', '640x1008', '3824x2176', '0x0', '512x512', '-1024x-1024'];
    for (const text of legal) assert.ok(isLegalExtent(size(text), FREE), text);
    for (const text of illegal) {
      const [width, height] = text.split('x').map(Number);
      assert.ok(!isLegalExtent({ width: width ?? 0, height: height ?? 0 }, FREE), text);
    }
  });

  it('knows what a model with a list draws', () => {
    assert.ok(isLegalExtent(size('1792x1024'), findModel('dall-e-3').sizes));
    assert.ok(!isLegalExtent(size('1536x1024'), findModel('dall-e-3').sizes));
  });

  it('picks the nearest size', () => {
    assert.equal(nearest('1024x1024', 'gpt-image-2'), '1024x1024');
    assert.equal(nearest('1200x630', 'gpt-image-2'), '1216x640');
    assert.equal(nearest('1920x1080', 'gpt-image-2'), '1920x1088');
    assert.equal(nearest('64x64', 'gpt-image-2'), '816x816');
    assert.equal(nearest('1280x320', 'gpt-image-2'), '1424x480');
    assert.equal(nearest('8000x8000', 'gpt-image-2'), '2880x2880');
    assert.equal(nearest('300x300', 'dall-e-2'), '512x512');
    assert.equal(nearest('2000x300', 'dall-e-2'), '1024x1024');
    assert.equal(nearest('1920x1080', 'dall-e-3'), '1792x1024');
    assert.equal(nearest('600x1000', 'gpt-image-1.5'), '1024x1536');
  });

  it('leaves a legal size as it is', () => {
    fc.assert(
      fc.property(models, fc.nat(), (model, pick) => {
        const all = presetExtents(model.sizes);
        const legal = all[pick % all.length] ?? assert.fail();
        assert.deepEqual(nearestLegal(legal, model.sizes), legal);
      }),
    );
  });

  it('answers with a legal size for any wish', () => {
    fc.assert(fc.property(models, extents, (model, wanted) => assert.ok(isLegalExtent(nearestLegal(wanted, model.sizes), model.sizes))));
  });

  it('finds nothing worse than trying every size does', () => {
    const every = new Map(MODELS.map((model) => [model.id, everyLegal(model.sizes)]));
    fc.assert(
      fc.property(models, extents, (model, wanted) => {
        const all = every.get(model.id) ?? [];
        const found = nearestLegal(wanted, model.sizes);
        if (isLegalExtent(wanted, model.sizes)) return;
        const covers = (extent: Extent): boolean => extent.width >= wanted.width && extent.height >= wanted.height;
        const least = Math.min(...all.map((extent) => cropLoss(extent, wanted)));
        assert.ok(cropLoss(found, wanted) <= least + 0.01);
        const close = all.filter((extent) => cropLoss(extent, wanted) <= least + 0.01);
        const covering = close.filter(covers);
        if (covering.length > 0) assert.equal(area(found), Math.min(...covering.map(area)));
        else assert.ok(close.every((extent) => Math.min(extent.width / wanted.width, extent.height / wanted.height) <= Math.min(found.width / wanted.width, found.height / wanted.height)));
      }),
      { numRuns: 30, examples: [[findModel('gpt-image-2'), { width: 1, height: 4 }]] },
    );
  });

  it('finds a size also where the rule allows thousands of edges', () => {
    const found = nearestLegal({ width: 20_000, height: 10_000 }, OFFLINE_MODEL.sizes);
    assert.ok(isLegalExtent(found, OFFLINE_MODEL.sizes) && area(found) > 66e6 && cropLoss(found, { width: 2, height: 1 }) < 0.01);
  });

  it('turns a ratio into about a megapixel', () => {
    const expected: Record<string, string> = { '16:9': '1280x720', '1:1': '1024x1024', '3:2': '1248x832', '21:9': '1568x672', '9:16': '720x1280' };
    for (const [ratio, extent] of Object.entries(expected)) {
      const found = extentForRatio(parseRatio(ratio) ?? assert.fail(), FREE);
      assert.equal(formatExtent(found), extent);
      assert.deepEqual(extentForRatio(parseRatio(ratio) ?? assert.fail(), OFFLINE_MODEL.sizes), found);
    }
  });

  it('crops a ratio from what a model with a list draws', () => {
    assert.equal(formatExtent(extentForRatio({ width: 16, height: 9 }, findModel('dall-e-2').sizes)), '1024x576');
    assert.equal(formatExtent(extentForRatio({ width: 9, height: 16 }, findModel('dall-e-2').sizes)), '576x1024');
    assert.equal(formatExtent(extentForRatio({ width: 3, height: 2 }, findModel('gpt-image-1.5').sizes)), '1536x1024');
  });

  it('keeps any ratio to within a pixel or a percent', () => {
    const ratios = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(fc.constantFrom(...MODELS, OFFLINE_MODEL), ratios, (model, ratio) => {
        const found = extentForRatio(ratio, model.sizes);
        const off = Math.abs(found.width - (found.height * ratio.width) / ratio.height);
        const offHeight = Math.abs(found.height - (found.width * ratio.height) / ratio.width);
        assert.ok(Math.min(off, offHeight) <= 0.5 || cropLoss(found, ratio) <= 0.0101, formatExtent(found));
      }),
      { numRuns: 60 },
    );
  });

  it('offers presets that are legal, different, and square or usual first', () => {
    for (const model of [...MODELS, OFFLINE_MODEL, findModel('unknown')]) {
      const presets = presetExtents(model.sizes);
      assert.ok(presets.length > 0);
      assert.ok(presets.every((extent) => isLegalExtent(extent, model.sizes)));
      assert.equal(new Set(presets.map(formatExtent)).size, presets.length);
      assert.equal(presets[0] && formatExtent(presets[0]), '1024x1024');
    }
  });
});
