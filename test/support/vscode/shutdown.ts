/** What must not outlive this process: run in reverse order when it is told to stop. */
const cleanups: (() => Promise<void> | void)[] = [];
let watching = false;
let stopping = false;

/** Registers a clean-up for Ctrl+C, SIGTERM and a closed terminal; returns a function that takes it back. Each clean-up may take what it needs of about four seconds. */
export function onShutdown(cleanup: () => Promise<void> | void): () => void {
  cleanups.push(cleanup);
  if (!watching) {
    watching = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown(130));
  }
  return () => {
    const index = cleanups.indexOf(cleanup);
    if (index >= 0) cleanups.splice(index, 1);
  };
}

/** Runs every clean-up, then exits with `code`. A second call while the first runs does nothing: an impatient Ctrl+C must not leave processes behind. */
export async function shutDown(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code), 4500).unref();
  for (const cleanup of cleanups.toReversed()) {
    try {
      await cleanup();
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(code);
}
