import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isNumberedName, numberedName, splitFileName, stemFromPrompt } from '../../../src/core/naming';
import type { GenerateRequest } from '../../../src/core/request';
import { runJob } from '../../../src/jobs/run';
import { createWhole, replaceWhole } from '../../../src/node/wholeFile';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, plainPng, ScriptedEngine, type JobBench } from '../../support/jobBench';
import { nodeFiles } from '../../support/nodeFiles';

const SIZE = { width: 128, height: 128 };
const GENERATE: GenerateRequest = { operation: 'generate', prompt: 'a fox', extent: SIZE, format: 'png', count: 1, seed: 7, embedRecipe: true, output: { kind: 'new', folder: 'file:///w/images', stem: 'fox' } };
const full = (): Promise<never> => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));

describe('a full disk', () => {
  const pixels = inProcessPixels();
  let bench: JobBench;
  beforeEach(() => {
    bench = jobBench(pixels);
  });
  after(() => pixels.dispose());

  function engine(onDraw: () => void = () => {}): ScriptedEngine {
    return new ScriptedEngine(async (call) => {
      onDraw();
      return [{ bytes: await plainPng(pixels, call.extent), format: 'png' }];
    });
  }

  it('sends nothing where the request cannot be written down', async () => {
    bench.storage.append = full;
    const drawing = engine();
    await assert.rejects(runJob(GENERATE, bench.context(drawing)), (error: Error & { reason?: string }) => error.reason === 'cannot-save' && /nothing was sent/.test(error.message));
    assert.equal(drawing.calls.length, 0);
  });

  it('of the extension’s storage does not keep a paid picture from the workspace', async () => {
    const drawing = engine(() => {
      Object.assign(bench.storage, { write: full, note: full, append: full, extend: full });
    });
    const { files } = await runJob(GENERATE, bench.context(drawing));
    assert.deepEqual([...bench.files.files.keys()], files);
  });

  it('everywhere keeps a paid picture in memory, to be saved elsewhere', async () => {
    bench.files.refuse = true;
    const drawing = engine(() => {
      Object.assign(bench.storage, { write: full, note: full, append: full, extend: full });
    });
    const context = bench.context(drawing);
    await assert.rejects(runJob(GENERATE, context), { reason: 'cannot-save' });
    const [entry] = await context.outbox.unsaved();
    assert.ok(entry && (await context.outbox.read(entry.id)));
  });
});

describe('files on a real disk', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  let folder = '';
  before(async () => (folder = await fs.mkdtemp(path.join(os.tmpdir(), 'easel-disk-'))));
  after(() => fs.rm(folder, { recursive: true, force: true }));
  const inFolder = (...names: string[]): string => path.join(folder, ...names);

  it('are linked to a twin, which may then go', async () => {
    await fs.writeFile(inFolder('twin.bin'), 'picture');
    assert.equal(await createWhole(inFolder('linked.png'), { bytes: bytes('picture'), twin: pathToFileURL(inFolder('twin.bin')).href }), true);
    assert.equal((await fs.stat(inFolder('linked.png'))).ino, (await fs.stat(inFolder('twin.bin'))).ino);
    await fs.rm(inFolder('twin.bin'));
    assert.equal(await fs.readFile(inFolder('linked.png'), 'utf8'), 'picture');
  });

  it('are written where the twin is gone, and never over a file', async () => {
    assert.equal(await createWhole(inFolder('written.png'), { bytes: bytes('whole'), twin: pathToFileURL(inFolder('no twin.bin')).href }), true);
    assert.equal(await fs.readFile(inFolder('written.png'), 'utf8'), 'whole');
    await fs.writeFile(inFolder('twin.bin'), 'other');
    assert.equal(await createWhole(inFolder('written.png'), { bytes: bytes('other'), twin: pathToFileURL(inFolder('twin.bin')).href }), false);
    assert.equal(await fs.readFile(inFolder('written.png'), 'utf8'), 'whole');
  });

  it('are replaced by a twin with the permissions that they had', async () => {
    await fs.writeFile(inFolder('twin.bin'), 'new');
    await fs.writeFile(inFolder('old.png'), 'old', { mode: 0o600 });
    await replaceWhole(inFolder('old.png'), { bytes: bytes('new'), twin: pathToFileURL(inFolder('twin.bin')).href });
    assert.equal(await fs.readFile(inFolder('old.png'), 'utf8'), 'new');
    assert.equal((await fs.stat(inFolder('old.png'))).mode & 0o777, 0o600);
  });

  it('of two windows get a name each', async () => {
    const uri = pathToFileURL(inFolder('two windows')).href;
    const written = await Promise.all(Array.from({ length: 12 }, (_, index) => nodeFiles.writeNew(uri, 'fox', 'png', { bytes: bytes(`window ${index}`) })));
    assert.equal(new Set(written).size, 12);
    const contents = await Promise.all(written.map(async (file) => Buffer.from(await nodeFiles.read(file)).toString()));
    assert.deepEqual(contents, Array.from({ length: 12 }, (_, index) => `window ${index}`));
    assert.equal((await fs.readdir(inFolder('two windows'))).length, 12);
  });

  it('go into a folder that was deleted meanwhile: it is made again', async () => {
    const uri = pathToFileURL(inFolder('gone')).href;
    await nodeFiles.writeNew(uri, 'fox', 'png', { bytes: bytes('1') });
    await fs.rm(inFolder('gone'), { recursive: true });
    assert.match(await nodeFiles.writeNew(uri, 'fox', 'png', { bytes: bytes('2') }), /fox\.png$/);
  });

  it('have names of 255 bytes at most, numbered too, in whatever script', async () => {
    const uri = pathToFileURL(inFolder('long')).href;
    for (const stem of ['x'.repeat(400), 'ü'.repeat(200), '画'.repeat(120), '🦊'.repeat(90)]) {
      for (let n = 0; n < 2; n += 1) await nodeFiles.writeNew(uri, stem, 'png', { bytes: bytes(stem) });
      for (const n of [1, 2]) assert.ok(isNumberedName(numberedName(stem, n, 'png'), stem, 'png'));
    }
    const names = await fs.readdir(inFolder('long'));
    assert.equal(names.length, 8);
    for (const name of names) assert.ok(Buffer.byteLength(name) <= 255 && !name.includes('\uFFFD'), name);
  });

  it('are not confused by NFC and NFD: what is there stays', async () => {
    const uri = pathToFileURL(inFolder('unicode')).href;
    const [composed, decomposed] = ['caf\u00E9', 'cafe\u0301'];
    await nodeFiles.writeNew(uri, composed, 'png', { bytes: bytes('composed') });
    const second = await nodeFiles.writeNew(uri, decomposed, 'png', { bytes: bytes('decomposed') });
    assert.equal(Buffer.from(await nodeFiles.read(second)).toString(), 'decomposed');
    const contents = await Promise.all((await fs.readdir(inFolder('unicode'))).map((name) => fs.readFile(inFolder('unicode', name), 'utf8')));
    assert.deepEqual(contents.sort(), ['composed', 'decomposed']);
  });

  it('never have a name that Windows keeps for a device', () => {
    for (const name of ['con', 'NUL', 'aux', 'com1', 'LPT9']) {
      assert.doesNotMatch(stemFromPrompt(name), /^(?:con|nul|aux|prn|com\d|lpt\d)$/i);
      assert.throws(() => splitFileName(`${name}.png`), { reason: 'bad-path' });
    }
  });
});
