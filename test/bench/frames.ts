/** What one frame of a page took. */
export interface Frame {
  /** From the frame before to this one, in milliseconds. */
  readonly ms: number;
  /** Of that, in the page's own event handlers and animation callbacks. */
  readonly scriptMs: number;
}

interface Recorder {
  start(): void;
  stop(): Frame[];
}

declare global {
  interface Window {
    easelFrames?: Recorder;
  }
}

/**
 * Puts a recorder of frames into the page; runs there. Handlers are timed from the window's capture phase to its bubble phase, animation callbacks by a wrapper around
 * `requestAnimationFrame`. Call it before the page asks for its next frame.
 */
export function recordFrames(): void {
  const ask = window.requestAnimationFrame.bind(window);
  let script = 0;
  let last = 0;
  let frames: Frame[] = [];
  let on = false;
  const timed = (work: () => void): void => {
    const start = performance.now();
    work();
    script += performance.now() - start;
  };
  window.requestAnimationFrame = (callback) => ask((time) => timed(() => callback(time)));
  for (const type of ['pointermove', 'pointerrawupdate', 'pointerdown', 'pointerup']) {
    let start = 0;
    window.addEventListener(type, () => (start = performance.now()), { capture: true, passive: true });
    window.addEventListener(type, () => (script += performance.now() - start), { passive: true });
  }
  const tick = (time: number): void => {
    if (!on) return;
    if (last > 0) frames.push({ ms: time - last, scriptMs: script });
    script = 0;
    last = time;
    ask(tick);
  };
  window.easelFrames = {
    start() {
      [frames, last, script, on] = [[], 0, 0, true];
      ask(tick);
    },
    stop() {
      on = false;
      return frames;
    },
  };
}
