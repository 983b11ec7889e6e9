import assert from 'node:assert/strict';
import { textRows } from '../../../src/host/dialogue/textRows';

describe('a text in the rows of a list', () => {
  it('is whole, in rows that are not cut off and that nobody can choose', () => {
    const text = `${'Continue the scene beyond its edges. '.repeat(9)}End`;
    const rows = textRows(text);
    assert.equal(rows.map(({ label }) => label).join(' '), text);
    assert.ok(rows.length > 4 && rows.every(({ label, value }) => label.length <= 72 && value === undefined));
  });

  it('keeps a word that is longer than a row', () => {
    assert.deepEqual(textRows(`a ${'b'.repeat(90)} c`).map(({ label }) => label.length), [1, 90, 1]);
  });
});
