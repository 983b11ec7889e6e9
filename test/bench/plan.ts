import { mkdirSync, writeFileSync } from 'node:fs';
import { ANCHORS, area, parseExtent, type Extent } from '../../src/core/geometry';
import { findModel, type ModelSpec } from '../../src/core/models';
import { planOutpaint } from '../../src/core/outpaint';
import { leastPixels } from '../unit/core/leastPixels';
import { leastRequests } from '../unit/core/leastRequests';

/** Requests and paid pixels of widenings beside what no plan could do with less. `npm run bench -- plan`. */
const MODELS = ['gpt-image-2.6-sunburst', 'gpt-image-1.5', 'dall-e-2'].map(findModel);
const WIDENINGS: readonly (readonly [string, string])[] = [
  ['1024x1024', '2048x1024'],
  ['1024x1024', '1536x1536'],
  ['1536x1024', '2389x1024'],
  ['4000x3000', '5333x3000'],
  ['4000x3000', '4400x3400'],
  ['1024x1024', '20480x1024'],
  ['2048x2048', '8192x8192'],
  ['9000x200', '9000x2700'],
  ['320x320', '1280x320'],
  // Thin sources take the longest to plan.
  ['226x7225', '1675x22986'],
];

interface Row {
  readonly model: string;
  readonly source: string;
  readonly target: string;
  readonly requests: number;
  readonly leastRequests: number;
  readonly paidPixels: number;
  readonly leastPixels: number;
  /** Requests one after the other, where the others are sent at once. */
  readonly rounds: number;
  readonly cpuMs: number;
}

function extentOf(text: string): Extent {
  const extent = parseExtent(text);
  if (!extent) throw new Error(`${text} is no size.`);
  return extent;
}

function measure(model: ModelSpec, source: string, target: string): Row {
  const before = process.cpuUsage();
  const plan = planOutpaint(extentOf(source), { kind: 'extent', extent: extentOf(target) }, ANCHORS.center, model);
  const { user, system } = process.cpuUsage(before);
  const least = leastRequests(plan.canvas, { ...plan.at, ...plan.scaled }, model.sizes);
  const rounds: number[] = [];
  for (const { after } of plan.tiles) rounds.push(1 + Math.max(0, ...after.map((other) => rounds[other] ?? 0)));
  return {
    model: model.id,
    source,
    target,
    requests: plan.tiles.length,
    leastRequests: least,
    paidPixels: plan.tiles.reduce((sum, { asked }) => sum + area(asked), 0),
    leastPixels: leastPixels(plan.canvas, { ...plan.at, ...plan.scaled }, model.sizes),
    rounds: Math.max(...rounds),
    cpuMs: (user + system) / 1000,
  };
}

const rows = MODELS.flatMap((model) => WIDENINGS.map(([source, target]) => measure(model, source, target)));
console.log('\nmodel                     widening                  requests  least  rounds   paid MP  least MP       ms');
for (const row of rows) {
  const number = (value: number, digits: number): string => value.toFixed(digits).padStart(10);
  console.log(
    `${row.model.padEnd(26)}${`${row.source} to ${row.target}`.padEnd(26)}${String(row.requests).padStart(8)}${String(row.leastRequests).padStart(7)}${String(row.rounds).padStart(8)}` +
      `${number(row.paidPixels / 1e6, 2)}${number(row.leastPixels / 1e6, 2)}${row.cpuMs.toFixed(0).padStart(9)}`,
  );
}
mkdirSync('bench-results', { recursive: true });
writeFileSync('bench-results/plan.json', JSON.stringify({ node: process.version, rows }, undefined, 1));
