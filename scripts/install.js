// Installs what package-lock.json asks for, where it is not there yet: node scripts/install.js
// So that whoever gets a change of the packages needs no command for it. Plain JavaScript with Node's own modules only, because it runs before anything is installed.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');

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

/** Runs `npm ci` where something is missing. Rejects where that fails. */
async function install() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci)…');
  await npm('ci');
}

module.exports = { install };

if (require.main === module) {
  install().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
