import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import { findModel, MODELS } from '../../../src/core/models';
import { blendPrompt, checkPrompt, editAreaPrompt, editTilePrompt, FILL_PROMPT, onPlainBackground, speaksOfTransparency, tilePrompt, varyPrompt, VARY_PROMPTS } from '../../../src/core/prompts';

const FREE = findModel('gpt-image-2');
const SHORT = findModel('dall-e-2');
const canvas = { width: 3000, height: 1000 };
const REGION = { x: 200, y: 100, width: 2000, height: 600 };
const tile = (x: number, given: object = {}) => ({ prompt: 'A harbour', index: 0, count: 1, window: { x, y: 0, width: 1000, height: 1000 }, canvas, ...given });
const reasonOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    return error instanceof ImageError ? `${error.reason}: ${error.message}` : String(error);
  }
  return undefined;
};

describe('prompts', () => {
  it('trims and checks', () => {
    assert.equal(checkPrompt('  a cat\n', FREE), 'a cat');
    assert.match(reasonOf(() => checkPrompt(' \n\t ', FREE)) ?? '', /^empty-prompt/);
    assert.equal(checkPrompt('x'.repeat(32_000), FREE).length, 32_000);
    assert.equal(reasonOf(() => checkPrompt('x'.repeat(40_000), FREE)), 'prompt-too-long: The prompt has 40000 characters; gpt-image-2 takes 32000.');
    assert.equal(checkPrompt('🐉'.repeat(1000), SHORT).length, 2000);
  });

  it('keeps the stock texts within every model', () => {
    for (const model of MODELS) {
      for (const text of [FILL_PROMPT, ...Object.values(VARY_PROMPTS), blendPrompt('', 16, model), tilePrompt(tile(0, { prompt: '' }), model), editTilePrompt(tile(0, { prompt: '' }), REGION, model)]) {
        assert.equal(checkPrompt(text, model), text);
      }
    }
  });

  it('says which part of which picture a tile is', () => {
    const first = tilePrompt(tile(0, { index: 1, count: 3 }), FREE);
    assert.match(first, /^The whole picture: A harbour\n/);
    assert.match(first, /the left part of a picture of 3000x1000 pixels.*step 2 of 3/);
    assert.match(tilePrompt(tile(2000), FREE), /the right part/);
    assert.match(tilePrompt(tile(1000), FREE), /the middle part/);
    assert.match(tilePrompt(tile(0, { window: { x: 0, y: 0, width: 3000, height: 1000 } }), FREE), /the whole picture of/);
    assert.match(tilePrompt(tile(0, { window: { x: 2000, y: 500, width: 1000, height: 500 } }), FREE), /the bottom right part/);
    assert.match(tilePrompt(tile(0, { prompt: '' }), FREE), /^The image is the left part/);
    assert.doesNotMatch(tilePrompt(tile(0), FREE), /step/);
  });

  it('says which part of which change a tile of an edit is', () => {
    const first = editTilePrompt(tile(0, { count: 3 }), REGION, FREE);
    assert.match(first, /^The whole area: A harbour\n/);
    assert.match(first, /the left part of a picture of 3000x1000 pixels in which one area of 2000x600 pixels.*step 1 of 3: the mask marks the left part of that area\. .*Do not draw a subject a second time/);
    // The right end of the region lies in the middle of the picture.
    assert.match(editTilePrompt(tile(1300, { index: 2, count: 3 }), REGION, FREE), /the middle part of a picture.*step 3 of 3: the mask marks the right part/);
    assert.match(editTilePrompt(tile(0, { window: { x: 0, y: 0, width: 3000, height: 350 } }), REGION, FREE), /the top part of a picture.*the mask marks the top part/);
    assert.match(editTilePrompt(tile(0, { window: { x: 0, y: 0, width: 2400, height: 1000 } }), REGION, FREE), /the mask marks all of that area/);
    assert.match(editTilePrompt(tile(0, { prompt: '' }), REGION, FREE), /^The image is the left part.*Fill the masked area/);
  });

  it('says which of several areas a request is for, so that words that name places are not drawn in each', () => {
    const spot = { x: 2600, y: 800, width: 100, height: 50 };
    assert.match(editAreaPrompt(tile(2000), spot, 3, FREE), /^A harbour\n\nThe image is the right part of a picture of 3000x1000 pixels in which 3 areas .*: the mask marks the one in the bottom right part of the picture\. .*where they name no place/);
    assert.equal(editAreaPrompt(tile(2000, { prompt: '' }), spot, 3, FREE), FILL_PROMPT);
    const long = 'x'.repeat(900);
    assert.equal(editAreaPrompt(tile(2000, { prompt: long }), spot, 3, SHORT), long);
  });

  it("keeps the person's words where the limit is short", () => {
    for (const length of [1, 300, 600, 900, 1000]) {
      const prompt = 'x'.repeat(length);
      for (const text of [tilePrompt(tile(0, { prompt }), SHORT), editTilePrompt(tile(0, { prompt }), REGION, SHORT), varyPrompt('strong', prompt, SHORT), blendPrompt(prompt, 2, SHORT)]) {
        assert.ok(text.length <= 1000 && text.includes(prompt));
      }
    }
    for (const text of [tilePrompt(tile(0, { prompt: 'x'.repeat(1000) }), SHORT), editTilePrompt(tile(0, { prompt: 'x'.repeat(1000) }), REGION, SHORT)]) assert.equal(text, 'x'.repeat(1000));
  });

  it('varies with and without words', () => {
    assert.equal(varyPrompt('subtle', '', FREE), VARY_PROMPTS.subtle);
    assert.ok(varyPrompt('strong', 'a cat', FREE).startsWith(VARY_PROMPTS.strong));
    assert.ok(varyPrompt('strong', 'a cat', FREE).endsWith('a cat'));
    assert.notEqual(VARY_PROMPTS.subtle, VARY_PROMPTS.strong);
  });
});

describe('speaksOfTransparency', () => {
  it('hears who wants no background', () => {
    for (const prompt of ['a fox, transparent background', 'Logo (transparent PNG)', 'sticker with no background', 'the background must be transparent', 'Fuchs, transparenter Hintergrund', 'ein Fuchs ohne Hintergrund', 'a fox without a background']) {
      assert.ok(speaksOfTransparency(prompt), prompt);
    }
    for (const prompt of ['a transparent glass bottle', 'a dark background', 'windows', 'a fox without a tail', 'no people']) assert.ok(!speaksOfTransparency(prompt), prompt);
  });

  it('is answered by a background that can be cut out', () => {
    assert.match(onPlainBackground(' a fox '), /^a fox\n\n.*plain background/);
  });
});
