import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { openFile, pickItem, runCommand, webview } from '../support/vscode/ui';
import { packageExtension, VSIX, withExtensions } from '../support/vscode/packaged';
import { EXTENSION_ID, openWorkbench } from '../support/vscode/workbench';
import { recordFrames, type FrameFigures, type Spread } from './frames';
import { numberOption } from './options';

/**
 * Painting in the image editor of a real workbench: a stroke of a 40 px brush on a 4096x4096 picture, for ten seconds, by the browser's own mouse events. Beside it the frames of
 * the same page while nothing happens, since other work on the machine shows in both. `npm run bench -- paint [seconds]`.
 */
const EDGE = 4096;
const EVENT_MS = 8;
const IDLE_SECONDS = 4;
/** In milliseconds; on a machine that does nothing else. */
const LIMITS = { frame: { median: 17, p99: 34, worst: 100 }, script: { worst: 8 } };

/** Leads the mouse along a spiral over the stage, without waiting for the page. */
async function stroke(page: Page, stage: Locator, seconds: number): Promise<void> {
  const box = await stage.boundingBox();
  if (!box) throw new Error('The stage is not to be seen');
  const mouse = await page.context().newCDPSession(page);
  const at = (share: number): { x: number; y: number } => {
    const angle = share * seconds * 2.4;
    const radius = (0.1 + 0.8 * Math.abs(Math.sin(share * 7))) * (Math.min(box.width, box.height) / 2);
    return { x: box.x + box.width / 2 + radius * Math.cos(angle), y: box.y + box.height / 2 + radius * Math.sin(angle) };
  };
  await page.mouse.move(at(0).x, at(0).y);
  await page.mouse.down();
  const started = performance.now();
  const sent: Promise<unknown>[] = [];
  for (;;) {
    const share = (performance.now() - started) / (seconds * 1000);
    if (share >= 1) break;
    sent.push(mouse.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'left', buttons: 1, ...at(share) }));
    await delay(EVENT_MS);
  }
  await Promise.all(sent);
  await page.mouse.up();
  await mouse.detach();
}

async function measure(seconds: number): Promise<Record<string, FrameFigures>> {
  const workbench = await openWorkbench({ settings: { 'easel.engine': 'offline' } });
  try {
    const { page, workspace } = workbench;
    // In the place of a file that the explorer shows already.
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    await sharp({ create: { width: EDGE, height: EDGE, channels: 3, background: '#888', noise } }).png({ compressionLevel: 1 }).toFile(path.join(workspace, 'photo.png'));
    await openFile(page, 'photo.png');
    await runCommand(page, 'Easel: Edit a Region');
    await pickItem(page, 'Paint it');
    const frame = webview(page, EXTENSION_ID);
    const stage = frame.locator('easel-stage .surface');
    await stage.waitFor();
    await page.locator('.statusbar-item', { hasText: `${EDGE}x${EDGE}` }).waitFor();
    await frame.getByRole('button', { name: 'Brush (B)' }).click();
    const recorded = (work: () => Promise<void>): Promise<FrameFigures> => recordFrames(page, frame, 'webview/editor.js', work);
    await delay(3000);
    const result: Record<string, FrameFigures> = {};
    result['idle'] = await recorded(() => delay(IDLE_SECONDS * 1000));
    result['stroke, whole picture in sight'] = await recorded(() => stroke(page, stage, seconds));
    await stage.press('1');
    await delay(1000);
    result['stroke, at 100 %'] = await recorded(() => stroke(page, stage, seconds));
    result['idle after'] = await recorded(() => delay(IDLE_SECONDS * 1000));
    return result;
  } finally {
    await workbench.close();
  }
}

function report(result: Readonly<Record<string, FrameFigures>>): void {
  console.log(`\n${''.padEnd(34)}frames     median     p99   worst   script: median     p99   worst  (ms)`);
  const cells = ({ median, p99, worst }: Spread): string => [median, p99, worst].map((value) => value.toFixed(1).padStart(8)).join('');
  for (const [name, { frames, frame, script }] of Object.entries(result)) console.log(`${name.padEnd(34)}${String(frames).padStart(6)}   ${cells(frame)}         ${cells(script)}`);
}

function isWithinLimits({ frame, script }: FrameFigures): boolean {
  return frame.median <= LIMITS.frame.median && frame.p99 <= LIMITS.frame.p99 && frame.worst <= LIMITS.frame.worst && script.worst <= LIMITS.script.worst;
}

async function main(): Promise<void> {
  const seconds = numberOption('seconds', 10);
  await packageExtension();
  const result = await withExtensions([VSIX], (extensions) => {
    process.env['EASEL_TEST_EXTENSIONS'] = extensions;
    return measure(seconds);
  });
  report(result);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/paint.json', JSON.stringify({ node: process.version, edge: EDGE, brush: 40, seconds, limits: LIMITS, result }, undefined, 1));
  if (!Object.values(result).every(isWithinLimits)) process.exitCode = 1;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
