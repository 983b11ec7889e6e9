import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ImageError } from '../../../../src/core/errors';
import { checkEntries } from '../../../../src/core/list/pictureList';
import { selectPictures, withMissingAncestors, type StatedPicture } from '../../../../src/core/list/selection';
import type { PictureState } from '../../../../src/core/list/staleness';

const STATES: Readonly<Record<string, PictureState>> = { m: { state: 'missing' }, f: { state: 'fresh' }, u: { state: 'unknown' }, s: { state: 'stale', changes: ['prompt'] } };

/** `a:m b<a:f` is a missing picture and an up-to-date one that is drawn after it. */
function stated(text: string): StatedPicture[] {
  const entries = text.split(' ').map((word) => /^(\w+)(?:<(\w+))?:(\w)$/.exec(word));
  const { pictures } = checkEntries(entries.map((match) => ({ name: match?.[1] ?? '', prompt: 'x', size: { width: 8, height: 8 }, parent: match?.[2] })));
  return pictures.map((picture) => ({ picture, state: STATES[entries[picture.index]?.[3] ?? ''] ?? { state: 'fresh' } }));
}

function selected(text: string, names?: readonly string[]): string {
  return selectPictures(stated(text), names).map(({ picture }) => picture.name).join('');
}

describe('selectPictures', () => {
  it('takes what is missing or stale and what hangs on it, and leaves the unknown alone', () => {
    assert.equal(selected('a:m b:f c:s d:u'), 'ac');
    assert.equal(selected('c<b:f b<a:f a:s'), 'cba');
    assert.equal(selected('a:s b<a:u c<b:f'), 'a');
    assert.equal(selected('a:f b<a:f'), '');
  });

  it('keeps to the names, with the ancestors that are missing', () => {
    assert.equal(selected('a:m b:m c:s', ['c']), 'c');
    assert.equal(selected('a:m b<a:m c<b:m', ['c']), 'abc');
    assert.equal(selected('a:s b<a:m', ['b']), 'b');
    assert.equal(selected('a:m b<a:f', ['b']), '');
    assert.throws(() => selected('a:m', ['x']), (error) => error instanceof ImageError && error.reason === 'bad-argument');
  });

  it('leaves nothing to do, and never draws without a parent', () => {
    const word = fc.tuple(fc.constantFrom('m', 'f', 's', 'u'), fc.option(fc.nat(5), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.option(fc.array(fc.nat(5)), { nil: undefined }), (words, picks) => {
        // A parent is an earlier one, so that there are no rings.
        const all = stated(words.map(([state, parent], i) => `p${i}${parent !== undefined && parent < i ? `<p${parent}` : ''}:${state}`).join(' '));
        const chosen = picks ? withMissingAncestors(all, all.filter((_, i) => picks.includes(i))) : selectPictures(all, undefined);
        for (const { picture } of chosen) {
          const parent = all.find((other) => other.picture === picture.parent);
          if (parent) assert.ok(parent.state.state !== 'missing' || chosen.includes(parent));
        }
        if (!picks) assert.ok(all.every((one) => ['fresh', 'unknown'].includes(one.state.state) || chosen.includes(one)));
      }),
    );
  });
});
