import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { activateAlone } from '../support/activation';

/**
 * Loading and activating Easel beside an extension that does nothing, in the same run, each in a fresh Node process with a stand-in for `vscode`: what the host
 * itself adds is the same for both and left out. Needs a build (`npm run build`).
 */
const ROUNDS = 25;
const LIMIT = 3;

const EMPTY = `'use strict';
const vscode = require('vscode');
exports.activate = (context) => { context.subscriptions.push(vscode.commands.registerCommand('empty.nothing', () => undefined)); };
`;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'easel-empty-'));
try {
  const empty = path.join(folder, 'extension.js');
  writeFileSync(empty, EMPTY);
  const times = { easel: [] as number[], empty: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.empty.push(activateAlone(empty).ms);
    times.easel.push(activateAlone(path.resolve('dist/extension.js')).ms);
  }
  const figures = { easelMs: median(times.easel), emptyMs: median(times.empty), ratio: median(times.easel) / median(times.empty), limit: LIMIT };
  console.log(`Easel ${figures.easelMs.toFixed(2)} ms, an empty extension ${figures.emptyMs.toFixed(2)} ms: ${figures.ratio.toFixed(2)} times (limit ${LIMIT})`);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/activation.json', JSON.stringify(figures, undefined, 2));
  if (figures.ratio > LIMIT) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
