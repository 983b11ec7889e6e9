// Entry of `npm start`, `npm test` and the test suites: node scripts/run.js <task> [arguments]
// Plain JavaScript with Node's own modules only, because it runs before anything is installed: it installs when needed, then bundles scripts/<task>.ts and runs it.
const path = require('node:path');
const { install } = require('./install.js');

const ROOT = path.resolve(__dirname, '..');
const TASKS = ['start', 'test', 'testHost', 'testE2e', 'testPackage', 'faults'];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Easel is built with Node 20.19 or later; this is ${process.versions.node}`);
}

async function bundle(task) {
  const { build } = require('esbuild');
  // The stand-in for VS Code's executable and mocha's reporter are files of their own, because other programs load them by path.
  const entryPoints = { [task]: `scripts/${task}.ts`, codeShim: 'scripts/codeShim.ts', countsReporter: 'test/support/countsReporter.ts' };
  await build({
    entryPoints,
    absWorkingDir: ROOT,
    outdir: 'out/scripts',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(ROOT, 'out/scripts', `${task}.js`);
}

async function main() {
  const [task, ...args] = process.argv.slice(2);
  if (!TASKS.includes(task)) throw new Error(`Usage: node scripts/run.js ${TASKS.join('|')}`);
  checkNode();
  process.chdir(ROOT);
  await install();
  const { main: run } = require(await bundle(task));
  process.exitCode = await run(args);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
