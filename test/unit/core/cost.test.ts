import assert from 'node:assert/strict';
import { actualUsd, estimateUsd, formatUsd, formatUsdExactly, parsePriceOverrides } from '../../../src/core/cost';
import { findModel, MODELS, OFFLINE_MODEL, QUALITIES } from '../../../src/core/models';

const SQUARE = { width: 1024, height: 1024 };
const GPT_2 = findModel('gpt-image-2');
const call = (given: object = {}) => ({ extent: SQUARE, count: 1, inputs: [], promptLength: 0, ...given });

function near(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

describe('cost', () => {
  it('estimates a square picture from the catalogue', () => {
    near(estimateUsd(GPT_2, 'medium', [call()], {}), (1756 * 30) / 1e6);
  });

  it('scales output with the pixels and the count, and adds text and pictures that are sent', () => {
    const calls = [call({ extent: { width: 2048, height: 1024 }, count: 3, inputs: [SQUARE, SQUARE], promptLength: 401 })];
    near(estimateUsd(GPT_2, 'low', calls, {}), (6 * 196 * 30 + 2 * 1024 * 8 + 101 * 5) / 1e6);
  });

  it('adds up several calls', () => {
    const one = estimateUsd(GPT_2, 'high', [call({ promptLength: 8 })], {});
    near(estimateUsd(GPT_2, 'high', [call({ promptLength: 8 }), call({ promptLength: 8 })], {}), 2 * (one ?? NaN));
    assert.equal(estimateUsd(GPT_2, 'high', [], {}), 0);
  });

  it('takes a quality that is left to the model for the dearest', () => {
    assert.equal(estimateUsd(GPT_2, 'auto', [call()], {}), estimateUsd(GPT_2, 'high', [call()], {}));
    assert.equal(estimateUsd(GPT_2, undefined, [call()], {}), estimateUsd(GPT_2, 'high', [call()], {}));
  });

  it('says nothing where the price or the tokens are not known', () => {
    assert.equal(estimateUsd(findModel('dall-e-2'), undefined, [call()], {}), undefined);
    assert.equal(estimateUsd(findModel('gpt-image-1-mini'), 'low', [call()], {}), undefined);
    assert.equal(estimateUsd(GPT_2, 'hd', [call()], {}), undefined);
    assert.equal(estimateUsd(findModel('sd-cpp-local'), 'medium', [call()], {}), undefined);
  });

  it('never answers with less than zero or no number', () => {
    for (const model of [...MODELS, OFFLINE_MODEL]) {
      for (const quality of QUALITIES) {
        const usd = estimateUsd(model, quality, [call({ inputs: [SQUARE], promptLength: 9 })], {});
        assert.ok(usd === undefined || (Number.isFinite(usd) && usd >= 0));
      }
    }
  });

  it('is zero offline, whatever is drawn', () => {
    assert.equal(estimateUsd(OFFLINE_MODEL, undefined, [call({ inputs: [SQUARE], promptLength: 99 })], {}), 0);
    assert.equal(actualUsd(OFFLINE_MODEL, {}, {}), 0);
  });

  it('counts what the server counted', () => {
    near(actualUsd(GPT_2, { textInput: 100, imageInput: 1000, imageOutput: 2000 }, {}), (500 + 8000 + 60_000) / 1e6);
  });

  it('does not guess what the server left out', () => {
    assert.equal(actualUsd(GPT_2, { textInput: 100, imageInput: 0 }, {}), undefined);
    assert.equal(actualUsd(GPT_2, { imageOutput: 100 }, {}), undefined);
    assert.equal(actualUsd(findModel('dall-e-2'), { textInput: 1, imageInput: 1, imageOutput: 1 }, {}), undefined);
  });

  it('lets a setting replace and complete the prices', () => {
    near(actualUsd(GPT_2, { textInput: 0, imageInput: 0, imageOutput: 1e6 }, { 'gpt-image-2': { imageOutput: 40 } }), 40);
    const own = { mine: { textInput: 1, imageOutput: 2 } };
    near(actualUsd(findModel('mine'), { textInput: 1e6, imageInput: 0, imageOutput: 1e6 }, own), 3);
    assert.equal(actualUsd(findModel('mine'), { textInput: 1e6, imageInput: 5, imageOutput: 1e6 }, own), undefined);
    assert.equal(actualUsd(findModel('toString'), { textInput: 1, imageInput: 1, imageOutput: 1 }, {}), undefined);
  });

  it('reads only prices from the setting', () => {
    const read = parsePriceOverrides({
      a: { textInput: 1, imageInput: -1, imageOutput: '3', other: 4 },
      b: { imageOutput: NaN },
      c: 7,
      d: null,
      e: { imageOutput: 0 },
    });
    assert.deepEqual(read, { a: { textInput: 1 }, e: { imageOutput: 0 } });
    for (const none of [undefined, null, 3, 'x', [{ imageOutput: 1 }]]) assert.deepEqual(parsePriceOverrides(none), {});
    assert.deepEqual(Object.keys(parsePriceOverrides(JSON.parse('{"__proto__": {"imageOutput": 1}}'))), ['__proto__']);
  });

  it('writes dollars as people do', () => {
    const written = [0, 0.004, 0.01, 0.053, 0.0527, 0.0996, 0.12, 0.259, 0.9999, 1.2, 20].map(formatUsd);
    assert.deepEqual(written, ['$0.00', '<$0.01', '$0.010', '$0.053', '$0.053', '$0.10', '$0.12', '$0.26', '$1.00', '$1.20', '$20.00']);
    assert.deepEqual([0, 0.005_92, 0.001, 0.000_000_5, 0.053].map(formatUsdExactly), ['$0.00', '$0.0059', '$0.001', '$0.0000005', '$0.053']);
  });
});
