import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { activateAlone, ORDER, TIMES } from '../support/activation';
import { runInCodeServer } from '../support/vscode/hostRun';
import { ROOT } from '../support/vscode/root';

/**
 * Loading and activating Easel beside an extension that does nothing, in the same run: in a real extension host, by what `extension.activate()` takes there, and in fresh Node
 * processes with a stand-in for `vscode`, where nothing of the host is in the figures. Needs a build (`npm run build`).
 */
const HOSTS = 5;
const ROUNDS = 25;
const LIMIT = 3;

const EMPTY = `'use strict';
const vscode = require('vscode');
exports.activate = (context) => { context.subscriptions.push(vscode.commands.registerCommand('empty.' + Math.random(), () => undefined)); };
`;
/** The first one meets a host in which nothing has been activated yet, and does not count. */
const EMPTIES = ['first', 'before', 'after'] as const;

interface Figures {
  readonly easelMs: number;
  readonly emptyMs: number;
  readonly ratio: number;
}

function figuresOf(easel: readonly number[], empty: readonly number[]): Figures {
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return { easelMs: median(easel), emptyMs: median(empty), ratio: median(easel) / median(empty) };
}

function makeEmpty(folder: string, name: string): string {
  const extension = path.join(folder, name);
  mkdirSync(extension);
  writeFileSync(path.join(extension, 'package.json'), JSON.stringify({ name, publisher: 'empty', version: '0.0.1', engines: { vscode: '^1.108.0' }, main: './extension.js', activationEvents: [] }));
  writeFileSync(path.join(extension, 'extension.js'), EMPTY);
  return extension;
}

async function inHost(folder: string): Promise<Figures> {
  const extensions = [ROOT, ...EMPTIES.map((name) => makeEmpty(folder, name))];
  const times = path.join(folder, 'times.json');
  const easel: number[] = [];
  const empty: number[] = [];
  Object.assign(process.env, { [ORDER]: 'empty.first,empty.before,easel.easel,empty.after', [TIMES]: times });
  for (let host = 0; host < HOSTS; host += 1) {
    const code = await runInCodeServer({ extensions, tests: path.join(__dirname, 'activationProbe.js'), workspace: undefined });
    if (code !== 0) throw new Error(`The extension host's run ended with ${code}`);
    const measured = JSON.parse(readFileSync(times, 'utf8')) as Readonly<Record<string, number>>;
    easel.push(measured['easel.easel'] ?? Number.NaN);
    empty.push(measured['empty.before'] ?? Number.NaN, measured['empty.after'] ?? Number.NaN);
  }
  return figuresOf(easel, empty);
}

function inNode(folder: string): Figures {
  const easel: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(activateAlone(path.join(folder, 'first/extension.js')).ms);
    easel.push(activateAlone(path.join(ROOT, 'dist/extension.js')).ms);
  }
  return figuresOf(easel, empty);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'easel-empty-'));
  try {
    const all = { 'in a real extension host': await inHost(folder), 'in Node alone': inNode(folder) };
    for (const [where, { easelMs, emptyMs, ratio }] of Object.entries(all)) {
      console.log(`${where}: Easel ${easelMs.toFixed(2)} ms, an empty extension ${emptyMs.toFixed(2)} ms: ${ratio.toFixed(2)} times (limit ${LIMIT})`);
      if (!(ratio <= LIMIT)) process.exitCode = 1;
    }
    mkdirSync('bench-results', { recursive: true });
    writeFileSync('bench-results/activation.json', JSON.stringify({ ...all, limit: LIMIT }, undefined, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
