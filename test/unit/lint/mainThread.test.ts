import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../support/vscode/root';

/** What of the pixel rooms the extension host may hold: the workers' client, the walk over a PNG's first chunks to its recipe, and what sets that in a picture that passes by. No codec, no composition. */
const ALLOWED = ['client', 'png/chunks', 'png/header', 'png/peek', 'png/recipeChunk', 'png/recipeWriter', 'png/text', 'tileWorkers', 'workerLink'].map((name) => `src/pixels/${name}.ts`);

/** Who may have a recipe set on this thread: the pieces of an answer as they arrive, and a new picture on its way to the disk. What lies there is the worker's to read. */
const DRESSES = ['src/host/services.ts', 'src/jobs/courier.ts', 'src/jobs/dress.ts'];

describe('the main thread', () => {
  it('holds no pixel code, whatever is loaded on first use: all that the extension reaches is bundled and looked at', async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: ['src/extension.ts'],
      absWorkingDir: ROOT,
      outdir: 'out/mainThread',
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const contained = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
    const names = contained.map(([name]) => name);
    assert.ok(names.includes('src/jobs/run.ts') && names.includes('src/engines/openai/openaiEngine.ts'), 'what is loaded on first use is among it');
    assert.deepEqual(names.filter((name) => name.startsWith('src/pixels/')).sort(), ALLOWED);
    const room = 'src/core/';
    const masks = fs.readdirSync(path.join(ROOT, room)).filter((name) => name.endsWith('.ts') && /^import type \{[^}]*\b(?:Mask|PixelImage)\b/m.test(fs.readFileSync(path.join(ROOT, room, name), 'utf8')));
    assert.ok(masks.includes('strokes.ts') && masks.includes('maskShape.ts'), 'the arithmetic on masks in core is known by the types that it takes');
    const code = outputFiles.map(({ text }) => text).join('\n').split(/^\/\/ (?=src\/)/m);
    const functions = code.filter((part) => [...masks, 'squaredDistances.ts'].some((name) => part.startsWith(`${room}${name}\n`))).flatMap((part) => part.match(/^(?:async )?function\*? \w+/gm) ?? []);
    assert.deepEqual(functions, [], 'it is for the worker and the page');
    const rewrites = code.filter((part) => /\b(?:recipeFilter|new RecipeWriter)\b/.test(part)).map((part) => part.slice(0, part.indexOf('\n')));
    assert.deepEqual([...new Set(rewrites)].sort(), DRESSES, 'no whole file is taken apart here');
    assert.deepEqual(names.filter((name) => /node_modules\/(@jimp|jimp|@jsquash|sharp)\//.test(name)), []);
  });
});
