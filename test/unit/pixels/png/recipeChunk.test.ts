import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { nodeZlib } from '../../../../src/node/zlib';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import { concat } from '../../../../src/core/bytes';
import { RecipeWriter } from '../../../../src/pixels/png/recipeWriter';
import { withoutRecipe } from '../../../../src/pixels/png/withoutRecipe';
import { setRecipe } from '../../../support/setRecipe';
import { buildPng, chunk } from './buildPng';

const others = [chunk('tEXt', 'Title\0easel'), chunk('iTXt', 'easel2\0\0\0\0\0no'), chunk('zTXt', 'easel\0\0x')];
const plain = { width: 3, height: 3, colorType: 2, bitDepth: 8, sample: (x: number, y: number) => x * y, pieces: 3, before: others } as const;

const texts = fc.oneof(fc.string(), fc.constantFrom('Nebel über dem See', '霧の山', '🦊 at dawn'));

describe('a recipe in a PNG', () => {
  it('changes nothing but its own chunk, and removing gives the first file back', () => {
    fc.assert(
      fc.property(texts, texts, fc.uint8Array({ maxLength: 9 }), (first, second, trailing) => {
        const file = concat([buildPng(plain), trailing]);
        const once = setRecipe(file, first);
        const twice = setRecipe(once, second);
        assert.equal(inspectImage(once).recipe, first);
        assert.equal(inspectImage(twice).recipe, second);
        assert.deepEqual(withoutRecipe(twice, nodeZlib.crc32), file);
        assert.deepEqual(setRecipe(file, second), twice);
      }),
      { numRuns: 50 },
    );
  });

  it('finds chunks behind the pixels and several of them', () => {
    const recipes = [chunk('iTXt', 'easel\0\0\0\0\0old')];
    const file = buildPng({ ...plain, after: recipes });
    assert.equal(inspectImage(file).recipe, 'old');
    assert.deepEqual(withoutRecipe(file, nodeZlib.crc32), buildPng(plain));
    const several = buildPng({ ...plain, before: [...recipes, ...others], after: [...recipes, ...recipes] });
    assert.deepEqual(setRecipe(several, 'new'), setRecipe(buildPng(plain), 'new'));
  });

  it('is the same however the file is cut, and leaves what is none as it is', () => {
    const files = [buildPng(plain), buildPng({ ...plain, before: [chunk('iTXt', 'easel\0\0\0\0\0old'), ...others], after: [chunk('iTXt', 'easel\0\0\0\0\0older')] }), concat([buildPng(plain), Uint8Array.of(7, 7)])];
    const cuts = fc.array(fc.nat(), { maxLength: 9 });
    const pieces = (file: Uint8Array, places: readonly number[]): Uint8Array[] => {
      const sorted = [0, ...places.map((place) => place % file.length).sort((a, b) => a - b), file.length];
      return sorted.slice(1).map((end, index) => file.subarray(sorted[index], end));
    };
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.option(texts, { nil: undefined }), cuts, (file, recipe, places) => {
        const filter = new RecipeWriter(recipe, nodeZlib.crc32);
        assert.deepEqual(concat(pieces(file, places).flatMap((piece) => filter.push(piece))), recipe === undefined ? withoutRecipe(file, nodeZlib.crc32) : setRecipe(file, recipe));
        assert.ok(filter.whole);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 40 }), cuts, (file, places) => {
        const filter = new RecipeWriter('x', nodeZlib.crc32);
        assert.deepEqual(concat(pieces(file, places).flatMap((piece) => filter.push(piece))), file);
      }),
    );
  });

  it('stays in what is no whole PNG', () => {
    const file = setRecipe(buildPng(plain), 'x');
    for (const part of [file.subarray(0, file.length - 1), Uint8Array.of(1, 2, 3)]) assert.equal(withoutRecipe(part, nodeZlib.crc32), part);
  });
});
