import type { CDPSession, FrameLocator, Page } from 'playwright-core';
import { quantile } from './metrics';

/** Of a row of values: the middle, the 99th hundredth, the worst. In milliseconds. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

/** What a while of a page looked like. */
export interface FrameFigures {
  readonly frames: number;
  /** From one frame to the next. */
  readonly frame: Spread;
  /** What a script had the processor for, in each frame. */
  readonly script: Spread;
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** In microseconds, as `tdur`, which counts only while the thread really ran. */
  readonly ts: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

declare global {
  interface Window {
    easelFrames?: number[];
  }
}

/** Times a webview's frames while `work` goes on, and by the browser's own trace how long the script whose address holds `script` ran in each. */
export async function recordFrames(page: Page, webview: FrameLocator, script: string, work: () => Promise<void>): Promise<FrameFigures> {
  const browser = await page.context().newCDPSession(page);
  const body = webview.locator('body');
  const traced = await trace(browser, async () => {
    await body.evaluate(() => {
      const times: number[] = [];
      window.easelFrames = times;
      const tick = (time: number): void => {
        times.push(time);
        if (window.easelFrames === times) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await work();
  });
  const times = await body.evaluate(() => {
    const recorded = window.easelFrames ?? [];
    delete window.easelFrames;
    return recorded;
  });
  await browser.detach();
  const frames = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return { frames: frames.length, frame: spread(frames), script: spread(scriptPerFrame(traced, script)) };
}

async function trace(browser: CDPSession, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  browser.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await browser.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline'], excludedCategories: ['*'] } });
  await work();
  const complete = new Promise((resolve) => browser.once('Tracing.tracingComplete', resolve));
  await browser.send('Tracing.end');
  await complete;
  return events;
}

function scriptPerFrame(events: readonly TraceEvent[], script: string): readonly number[] {
  const calls = events.filter(({ name, args }) => name === 'FunctionCall' && args?.data?.url?.includes(script));
  const [first] = calls;
  if (!first) return [0];
  const starts = events.filter(({ name, tid }) => name === 'FireAnimationFrame' && tid === first.tid).map(({ ts }) => ts);
  const frames = [...new Set(starts)].sort((a, b) => a - b);
  const spent = new Map<number, number>();
  for (const { ts, tdur = 0 } of calls) {
    const frame = frames.findLastIndex((start) => start <= ts);
    spent.set(frame, (spent.get(frame) ?? 0) + tdur / 1000);
  }
  return [...spent.values()];
}

function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), p99: quantile(values, 0.99), worst: Math.max(...values) };
}
