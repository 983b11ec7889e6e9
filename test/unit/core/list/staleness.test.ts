import assert from 'node:assert/strict';
import { checkEntries, type ListedPicture } from '../../../../src/core/list/pictureList';
import { stateOf, type FoundFile, type WantedRecipe } from '../../../../src/core/list/staleness';
import type { Recipe } from '../../../../src/core/recipe';
import { applyStyle, type ProjectStyle } from '../../../../src/core/style';

const SIZE = { width: 64, height: 48 };
const STYLE: ProjectStyle = { words: 'flat', palette: [], references: 0 };
const RECIPE: Recipe = { version: 1, operation: 'generate', prompt: 'a fox', engine: 'openai', model: 'm', ...SIZE };
const [HASH_A, HASH_B] = ['a'.repeat(64), 'b'.repeat(64)];
const PLAIN: WantedRecipe = { style: undefined, parent: undefined, references: [] };

function listed(prompt = 'a fox'): ListedPicture {
  const [picture] = checkEntries([{ name: 'a.png', prompt, size: SIZE }]).pictures;
  assert.ok(picture);
  return picture;
}

function changes(recipe: Partial<Recipe>, wanted: Partial<WantedRecipe> = {}, file: Partial<FoundFile> = {}): readonly string[] {
  const state = stateOf(listed(), { ...PLAIN, ...wanted }, { hash: HASH_A, format: 'png', recipe: { ...RECIPE, ...recipe }, ...file });
  return state.state === 'stale' ? state.changes : [state.state];
}

describe('stateOf', () => {
  it('tells missing, unknown and fresh files apart', () => {
    assert.deepEqual(stateOf(listed(), PLAIN, undefined), { state: 'missing' });
    assert.deepEqual(stateOf(listed(), PLAIN, { hash: HASH_A, format: 'png', recipe: undefined }), { state: 'unknown' });
    assert.deepEqual(changes({}), ['fresh']);
  });

  it('names what has changed', () => {
    assert.deepEqual(changes({ prompt: 'a hare' }), ['prompt']);
    assert.deepEqual(changes({ width: 65 }), ['size']);
    assert.deepEqual(changes({}, {}, { format: 'jpeg' }), ['format']);
    assert.deepEqual(changes({ parent: HASH_A }, { parent: HASH_B }), ['parent']);
    assert.deepEqual(changes({}, { parent: HASH_B }), ['parent']);
    assert.deepEqual(changes({ parent: HASH_A }), ['parent']);
    assert.deepEqual(changes({}, { style: STYLE }), ['style']);
    assert.deepEqual(changes({ prompt: applyStyle('a fox', STYLE) }, { style: { ...STYLE, words: 'oil' } }), ['style']);
    assert.deepEqual(changes({ prompt: applyStyle('a fox', STYLE) }, { style: STYLE }), ['fresh']);
  });

  it('takes no other engine, model or seed for a change', () => {
    assert.deepEqual(changes({ engine: 'offline', model: 'other', seed: 5, operation: 'variation' }), ['fresh']);
  });

  it('compares references by their bytes, unless the engine could take none', () => {
    const style = { ...STYLE, references: 1 };
    const drawn = { prompt: applyStyle('a fox', style), references: [HASH_A] };
    assert.deepEqual(changes(drawn, { style, references: [HASH_A] }), ['fresh']);
    assert.deepEqual(changes(drawn, { style, references: [HASH_B] }), ['references']);
    assert.deepEqual(changes({ prompt: applyStyle('a fox', STYLE), references: [] }, { style, references: [HASH_A] }), ['fresh']);
    assert.deepEqual(changes({ prompt: applyStyle('a fox', STYLE) }, { style, references: [HASH_A] }), ['references']);
    assert.deepEqual(changes(drawn, { style: STYLE }), ['references']);
  });
});
