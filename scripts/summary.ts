import { addCounts, type Counts } from '../test/support/counts';

/** What a suite or a check came to. Checks (types, lint) count only where they fail: they hold no tests. */
export interface Outcome {
  name: string;
  seconds: number;
  counts: Counts;
  isCheck: boolean;
}

/** Prints a line for each outcome, then all counts added up, alone on the last line. Returns the exit code. */
export function summarize(outcomes: readonly Outcome[]): number {
  console.log('');
  for (const { name, seconds, counts, isCheck } of outcomes) {
    const words = isCheck ? (counts.failed === 0 ? 'ok' : 'FAILED') : countsInWords(counts);
    console.log(`${name.padEnd(10)}${words.padEnd(40)}${seconds.toFixed(1)} s`);
  }
  const total = outcomes.map(({ counts }) => counts).reduce(addCounts);
  console.log(`\n${countsInWords(total)}`);
  return total.failed === 0 ? 0 : 1;
}

function countsInWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
