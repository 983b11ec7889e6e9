import assert from 'node:assert/strict';
import { configure, easel, refused, unconfigure } from '../host/easel';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

describe('without a workspace', () => {
  before(() => configure({ engine: 'offline' }));
  after(() => unconfigure('engine'));

  it('generate has no place to write to', async () => {
    await refused('no-workspace', 'generate', { prompt: 'waves', width: 64, height: 64 });
    await refused('no-workspace', 'vary', 'photo.png', {});
  });

  it('the others write beside their source', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'easel #1 % '));
    const source = path.join(folder, 'a.png');
    await fs.writeFile(source, await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } }).png().toBuffer());
    const [file] = await easel('widen', source, { right: 16 });
    assert.equal(file?.fsPath, path.join(folder, 'a-2.png'));
    await fs.rm(folder, { recursive: true });
  });
});
