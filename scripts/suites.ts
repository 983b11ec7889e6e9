import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import type { Counts } from '../test/support/counts';
import { noteScan, scanning, type Scan } from '../test/support/keyScan';
import { installChromium } from '../test/support/vscode/chromium';
import { hasCodeServer, installCodeServer } from '../test/support/vscode/codeServer';
import { findDesktop } from '../test/support/vscode/desktop';
import { packFixture, VSIX, withExtensions } from '../test/support/vscode/packaged';
import { run, runOrThrow } from '../test/support/vscode/processes';
import { ROOT } from '../test/support/vscode/root';
import { makeWorkspace, removeWorkspace } from '../test/support/vscode/workspace';

const REPORTER = path.join(ROOT, 'out/scripts/countsReporter.js');
const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };
const SUITE_LIMIT = 30 * 60_000;

/** Plain mocha over the unit tests. */
export async function unitSuite(args: readonly string[] = []): Promise<Counts> {
  await buildTests('unit');
  return mocha('.mocharc.unit.json', args);
}

/** What can go wrong: the long form tries every point of it, the short one a few. */
export async function faultsSuite(form: 'full' | 'short', args: readonly string[] = []): Promise<Counts> {
  await buildTests('faults');
  return mocha('.mocharc.faults.json', args, { EASEL_FAULTS: form });
}

/** Looks into easel.vsix, which must have been packed. */
export async function packageSuite(args: readonly string[] = []): Promise<Counts> {
  await buildTests('package');
  return mocha('.mocharc.package.json', args);
}

/** Mocha inside a real extension host, once with a workspace and once without; needs dist/. */
export async function hostSuite(args: readonly string[] = []): Promise<Counts[]> {
  await buildTests('host', 'host-noworkspace');
  const desktop = await findDesktop(console.log);
  if (!desktop) await Promise.all([installCodeServer(console.log), installChromium(console.log)]);
  const executable = desktop ?? path.join(ROOT, 'out/scripts/codeShim.js');
  fs.chmodSync(path.join(ROOT, 'out/scripts/codeShim.js'), 0o755);
  const grep = grepOf(args);
  const workspace = await makeWorkspace();
  try {
    const opened = await hostRun(executable, 'host', [workspace], grep);
    const runs = [opened, await hostRun(executable, 'host-noworkspace', [], grep)];
    return grep === undefined || runs.some(hasRun) ? runs : [noneRan(NONE)];
  } finally {
    removeWorkspace(workspace);
  }
}

/** The words by which tests are chosen; undefined where all are meant. */
function grepOf(args: readonly string[]): string | undefined {
  return parseArgs({ args: [...args], options: { grep: { type: 'string', short: 'g' } } }).values.grep;
}

/** The kills of an extension host, all of them; needs easel.vsix. */
export function killsSuite(): Promise<Counts> {
  return e2eSuite(['--grep', 'an extension host that is killed'], { EASEL_FAULTS: 'full' });
}

/** Mocha in Node, driving the packaged extension in a real workbench; needs easel.vsix. */
export async function e2eSuite(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  if (!hasCodeServer()) {
    console.log('Browser tests were not run: code-server has no build for this platform. Under Windows, run them in WSL.');
    return { ...NONE, skipped: 1 };
  }
  await Promise.all([installCodeServer(console.log), installChromium(console.log), buildTests('e2e')]);
  const grep = grepOf(args);
  const packed = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  try {
    const vsixes = [VSIX, await packFixture('scriptedAgent', packed)];
    return await withExtensions(vsixes, (extensions) => mocha('.mocharc.e2e.json', [], { ...env, EASEL_TEST_EXTENSIONS: extensions, EASEL_TEST_GREP: grep }));
  } finally {
    fs.rmSync(packed, { recursive: true, force: true });
  }
}

async function buildTests(...rooms: string[]): Promise<void> {
  await runOrThrow(process.execPath, ['scripts/build-tests.js', ...rooms], { cwd: ROOT });
}

/** Runs mocha's command line with our reporter beside the built tests. */
async function mocha(config: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<Counts> {
  return counted(noneRan, async (env) => {
    const cli = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
    const { code } = await run(process.execPath, [cli, '--config', config, '--reporter', REPORTER, ...args], { cwd: ROOT, env: { ...process.env, ...env, ...extra }, live: true, timeout: SUITE_LIMIT });
    return code;
  });
}

async function hostRun(vscodeExecutablePath: string, room: string, open: readonly string[], grep: string | undefined): Promise<Counts> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  try {
    // Words may be those of tests in the other room alone.
    return await counted(grep === undefined ? noneRan : (counts) => counts, async (env) => {
      const ended = runTests({
        vscodeExecutablePath,
        // The second one contributes nothing but the vendor of a language model that a test scripts.
        extensionDevelopmentPath: [ROOT, path.join(ROOT, 'test/fixtures/scriptedModel')],
        extensionTestsPath: path.join(ROOT, 'out/test/host/index.js'),
        extensionTestsEnv: { ...env, EASEL_TEST_ROOM: room, EASEL_TEST_GREP: grep },
        launchArgs: [...open, '--disable-extensions', `--user-data-dir=${profile}`],
      });
      const code = await ended.catch(() => 1);
      for (const left of [profile, ...open]) noteScan(left, env);
      return code;
    });
  } finally {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Runs tests that leave their counts in the file named by `EASEL_TEST_COUNTS`. A run that ended badly counts as a failure; what one that ran nothing counts as, `empty` says. */
async function counted(empty: (counts: Counts) => Counts, tests: (env: NodeJS.ProcessEnv) => Promise<number>): Promise<Counts> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  const file = path.join(folder, 'counts.json');
  try {
    const scan = scanning(path.join(folder, 'scan.jsonl'));
    const code = await tests({ EASEL_TEST_COUNTS: file, ...scan.env });
    const counts: Counts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : NONE;
    const told = counts.failed === 0 && code !== 0 ? { ...counts, failed: 1 } : counts;
    return withoutKeys(scan.result(), hasRun(counts) ? told : empty(told));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A key that a window has left anywhere on the disk is a failure of the suite. */
function withoutKeys({ files, hits }: Scan, counts: Counts): Counts {
  if (files > 0) console.log(`Scan for keys: ${files} files that windows left and messages that they were sent, ${hits.length} with a key.`);
  for (const file of hits) console.log(`  ${file}`);
  return hits.length === 0 ? counts : { ...counts, failed: counts.failed + 1 };
}

function hasRun({ passed, failed }: Counts): boolean {
  return passed + failed > 0;
}

function noneRan(counts: Counts): Counts {
  console.log('No test ran, which counts as a failure.');
  return { ...counts, failed: Math.max(1, counts.failed) };
}
