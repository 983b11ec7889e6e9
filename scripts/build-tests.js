// Bundles each test file to out/test/, so that mocha runs what esbuild makes, and the pixel worker beside them for those that start a real one: node scripts/build-tests.js unit [host …]
const esbuild = require('esbuild');
const fs = require('node:fs');

const rooms = process.argv.slice(2);
const outdir = 'out/test';
for (const room of rooms) fs.rmSync(`${outdir}/${room}`, { recursive: true, force: true });
const files = rooms.flatMap(list).filter((file) => !file.endsWith('.d.ts'));
const entryPoints = files.map((file) => ({ in: file, out: file.slice('test/'.length, -'.ts'.length) }));
entryPoints.push({ in: 'src/node/pixelWorker.ts', out: 'pixelWorker' });

function list(room) {
  const folder = `test/${room}`;
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

esbuild
  .build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    packages: 'external',
    external: ['vscode'],
    logLevel: 'warning',
  })
  .catch(() => process.exit(1));
