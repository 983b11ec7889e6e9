// `npm run bench [-- name [arguments]]`: builds and runs the benchmarks of test/bench, all or one, each in a process of its own. Figures go to bench-results/ as JSON.
// Among all, `chains` takes two photographs: of every one it takes some twenty-five minutes. `npm run gallery` draws test/bench/gallery.ts, which is no benchmark but made of the same parts.
const { spawnSync } = require('node:child_process');
const esbuild = require('esbuild');

const ALL = ['compose', 'whole', 'plan', 'fill', 'codec', 'paint', 'firstPaint', 'links', 'latency', 'activation', 'loop', 'tiles', 'memory', 'chains'];
/** What a benchmark is told where all are run. */
const AMONG_ALL = { chains: ['--photographs', '2'] };
const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? ALL : [...ALL, 'gallery'].filter((one) => one === name);
if (chosen.length === 0) {
  console.error(`There is no benchmark "${name}": ${ALL.join(', ')}`);
  process.exit(2);
}

// The pixel worker stands beside them, for those that measure a real one, and what an extension host runs for one of them.
const entryPoints = { ...Object.fromEntries(chosen.map((one) => [one, `test/bench/${one}.ts`])), pixelWorker: 'src/node/pixelWorker.ts', activationProbe: 'test/bench/activationProbe.ts' };
esbuild.buildSync({ entryPoints, outdir: 'out/bench', bundle: true, platform: 'node', target: 'node20', format: 'cjs', packages: 'external', logLevel: 'warning' });
const missed = chosen.filter((one) => {
  console.log(`\n— ${one} —`);
  return spawnSync(process.execPath, [`out/bench/${one}.js`, ...(name === undefined ? (AMONG_ALL[one] ?? []) : args)], { stdio: 'inherit' }).status !== 0;
});
if (missed.length > 0) {
  console.error(`\nFailed or over their limits: ${missed.join(', ')}`);
  process.exitCode = 1;
}
