import { readFileSync, writeFileSync } from 'node:fs';

/** Forgets the most memory that this process has held so far, where the system lets it (Linux). */
export function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Elsewhere the peak is that of the whole process.
  }
}

/** The most memory that this process has held, in MB. On Linux not by `maxRSS`, which begins with what the parent held when it started this process. */
export function peakMb(): number {
  try {
    return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024) / 1e6;
  } catch {
    return (process.resourceUsage().maxRSS * 1024) / 1e6;
  }
}
