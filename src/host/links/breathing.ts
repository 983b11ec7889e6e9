/** How long work may go on before others get their turn, in milliseconds: half a frame. */
const SLICE_MS = 8;

/** For long work on the host's only thread: call what it answers often; it waits only when the slice is used up. */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}
