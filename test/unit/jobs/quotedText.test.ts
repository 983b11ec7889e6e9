import assert from 'node:assert/strict';
import { createOfflineEngine } from '../../../src/engines/offline/offlineEngine';
import type { JobNote } from '../../../src/jobs/job';
import { runJob } from '../../../src/jobs/run';
import { textNotes } from '../../../src/jobs/textNotes';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench } from '../../support/jobBench';

const pixels = inProcessPixels();
const REQUEST = { operation: 'generate', count: 1, seed: 7, extent: { width: 128, height: 96 }, format: 'png' } as const;

describe('a text that a prompt quotes', () => {
  after(() => pixels.dispose());

  for (const [prompt, notes] of [
    ['poster "Привет мир"', []],
    ['waves', []],
    ['poster "東京"', [{ note: 'text-not-set', missing: ['東', '京'] }]],
    ['poster "Ship it 🚀"', [{ note: 'signs-not-set', missing: ['🚀'] }]],
    [`poster "${'far too many words '.repeat(40)} ✨"`, [{ note: 'signs-not-set', missing: ['✨'] }, { note: 'text-shortened' }]],
  ] as const satisfies readonly (readonly [string, readonly JobNote[]])[]) {
    it(`leaves ${notes.length === 0 ? 'nothing' : notes.map(({ note }) => note).join(' and ')} to tell of ${prompt.slice(0, 30)}`, async () => {
      const bench = jobBench(pixels);
      const context = bench.context(createOfflineEngine(pixels));
      for (const embedRecipe of [true, false]) {
        const output = { kind: 'exact', uri: `file:///w/${embedRecipe}.png` } as const;
        const result = await runJob({ ...REQUEST, embedRecipe, prompt, output }, context);
        // Told once, and the picture is there all the same.
        assert.deepEqual(result.notes, notes);
        assert.equal(result.files.length, 1);
      }
    });
  }

  it('that has no room is told as one that was not set', () => {
    assert.deepEqual(textNotes({ missing: [], set: 'none' }), [{ note: 'text-not-set', missing: [] }]);
    assert.deepEqual(textNotes(undefined), []);
  });
});
