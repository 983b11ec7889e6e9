import assert from 'node:assert/strict';
import path from 'node:path';
import { activateAlone } from '../support/activation';
import { ROOT } from '../support/vscode/root';

describe('activation', () => {
  it('loads the entry and nothing else: no host, openai, codec or worker', () => {
    const { loaded } = activateAlone(path.join(ROOT, 'dist/extension.js'));
    assert.deepEqual(loaded.map((file) => path.relative(ROOT, file)), [path.join('dist', 'extension.js')]);
  });
});
