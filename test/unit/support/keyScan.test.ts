import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { formatRecipe, parseRecipe } from '../../../src/core/recipe';
import { scanFolder, TEST_KEY } from '../../support/keyScan';

const KEY = `${TEST_KEY}4f1d9c7b2e8a6053`;

describe('the scan for keys', () => {
  let folder = '';
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-scan-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('finds a key in whatever writing, however deep', () => {
    fs.mkdirSync(path.join(folder, 'logs/window'), { recursive: true });
    const planted: Record<string, Buffer> = {
      'logs/window/a.log': Buffer.from(`GET /models, authorization: Bearer ${KEY}`),
      'b.dmp': Buffer.from(`\0\0${KEY}`, 'utf16le'),
      'c.json': Buffer.from(`{"hex":"${Buffer.from(KEY).toString('hex')}"}`),
      ...Object.fromEntries([0, 1, 2].map((before) => [`base64-${before}`, Buffer.from(Buffer.from('x'.repeat(before) + KEY).toString('base64'))])),
    };
    for (const [name, bytes] of Object.entries(planted)) fs.writeFileSync(path.join(folder, name), bytes);
    const { files, hits } = scanFolder(folder);
    assert.equal(files, 6);
    assert.deepEqual(hits.map((file) => path.relative(folder, file)).sort(), Object.keys(planted).sort());
  });

  it('finds nothing where there is none, and passes over the encrypted storage alone', () => {
    fs.writeFileSync(path.join(folder, 'settings.json'), '{"easel.openai.baseUrl":"https://example.org/v1"}');
    fs.writeFileSync(path.join(folder, 'state.vscdb'), KEY);
    assert.deepEqual(scanFolder(folder), { files: 1, hits: [] });
  });
});

describe('a recipe', () => {
  it('holds nothing but its own fields, whatever is put beside them: no key, no path, no name', () => {
    const base = { version: 1, operation: 'generate', prompt: 'a fox', engine: 'openai', model: 'm', width: 8, height: 8 } as const;
    const known = new Set(['version', 'operation', 'prompt', 'engine', 'model', 'width', 'height', 'seed', 'parent', 'references', 'purpose', 'style', 'strength']);
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }).filter((name) => !known.has(name)), fc.constantFrom(KEY, '/home/ann/photos/a.png', 'C:\\Users\\ann', 'ann')), (extra) => {
        const read = parseRecipe(JSON.stringify({ ...extra, ...base }));
        assert.ok(read);
        const written = formatRecipe(read);
        assert.deepEqual(Object.keys(JSON.parse(written) as object).sort(), Object.keys(base).sort());
        assert.doesNotMatch(written, /sk-easel|ann|home|Users/);
      }),
      { numRuns: 100 },
    );
  });
});
