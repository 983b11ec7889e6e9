// Entry of `npm start`, `npm test` and the test suites: node scripts/run.js <task> [arguments]
// Plain JavaScript with Node's own modules only, because it runs before anything is installed: it installs when needed, then bundles scripts/<task>.ts and runs it.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const TASKS = ['start', 'test', 'testHost', 'testE2e', 'testPackage', 'faults'];

/** Whether node_modules holds what package-lock.json asks for. Compares contents, not dates: a checkout sets dates at random. */
function isInstalled() {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const present = readJson('node_modules/.package-lock.json')?.packages;
  if (!present) return false;
  return Object.entries(wanted).every(([name, entry]) => name === '' || entry.optional || entry.peer || present[name]?.version === entry.version);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Runs npm in the foreground; Ctrl+C and a supervisor's SIGTERM end it with us. */
function npm(...args) {
  return new Promise((resolve, reject) => {
    const cli = process.env.npm_execpath;
    const child = cli?.endsWith('.js')
      ? spawn(process.execPath, [cli, ...args], { cwd: ROOT, stdio: 'inherit' })
      : spawn('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
    const stop = (signal) => {
      child.kill(signal);
      process.exit(130);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} failed`));
    });
  });
}

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
  if (!isInstalled()) {
    console.log('Installing packages (npm ci)…');
    await npm('ci');
  }
  const { main: run } = require(await bundle(task));
  process.exitCode = await run(args);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
