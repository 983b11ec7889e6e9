// Builds dist/: the extension entry, what it loads on first use, the pixel worker with its decoders, and the webviews.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Modules that stand in a file of their own and are loaded by `import()` on first use: source path (no ending) → output name. */
const LAZY = {
  'src/engines/offline/offlineEngine': 'offline',
  'src/engines/openai/openaiEngine': 'openai',
  'src/host/easel': 'host',
  'src/host/links/openLinks': 'links',
  'src/jobs/run': 'jobs',
  'src/pixels/codec/avifCodec': 'avif',
  'src/pixels/codec/jimpCodec': 'jimp',
  'src/pixels/codec/jpegCodec': 'jpeg',
  'src/pixels/codec/webpCodec': 'webp',
};

/** Turns `import('…/openaiEngine')` into a load of `./openai.js` at run time; a static import of a lazy module is a mistake and stops the build. */
const lazyModules = {
  name: 'lazy-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (args) => {
      const target = path.relative(__dirname, path.resolve(args.resolveDir, args.path)).split(path.sep).join('/');
      const name = LAZY[target];
      if (!name) return undefined;
      if (args.kind !== 'dynamic-import') return { errors: [{ text: `${target} is heavy: load it by import() on first use` }] };
      return { path: `./${name}.js`, external: true };
    });
  },
};

const common = { metafile: true, bundle: true, minify: production, sourcemap: production ? false : 'linked', logLevel: 'warning', legalComments: 'none' };
const node = { ...common, platform: 'node', target: 'node22', format: 'cjs', external: ['vscode'], plugins: [lazyModules], outdir: 'dist' };

const builds = [
  { ...node, entryPoints: { extension: 'src/extension.ts', pixelWorker: 'src/node/pixelWorker.ts' } },
  { ...node, entryPoints: Object.fromEntries(Object.entries(LAZY).map(([source, name]) => [name, `${source}.ts`])) },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    tsconfig: 'src/webview/tsconfig.json',
    entryPoints: { studio: 'src/webview/studio/main.ts', editor: 'src/webview/editor/main.ts' },
    outdir: 'dist/webview',
  },
];

/** WebAssembly that the lazy codecs read beside them. */
const WASM = ['webp/codec/dec/webp_dec', 'webp/codec/enc/webp_enc_simd', 'jpeg/codec/dec/mozjpeg_dec', 'jpeg/codec/enc/mozjpeg_enc', 'avif/codec/dec/avif_dec', 'avif/codec/enc/avif_enc'];

function copyWasm() {
  for (const file of WASM) fs.copyFileSync(require.resolve(`@jsquash/${file}.wasm`), `dist/${path.basename(file)}.wasm`);
}

/** Leaves in out/bundled.json which packages' code is in dist/: the bill of materials is made of that, not of what is installed. */
function listPackages(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  fs.mkdirSync('out', { recursive: true });
  fs.writeFileSync('out/bundled.json', JSON.stringify([...new Set(folders)], undefined, 2));
}

async function main() {
  fs.rmSync('dist', { recursive: true, force: true });
  fs.mkdirSync('dist', { recursive: true });
  copyWasm();
  if (!watch) return listPackages(await Promise.all(builds.map((options) => esbuild.build(options))));
  for (const options of builds) await (await esbuild.context(options)).watch();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
