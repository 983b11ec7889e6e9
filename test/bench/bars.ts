/** What a figure must not exceed. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly held: boolean;
}

export function bar(name: string, value: number, limit: number): Bar {
  return { name, value, limit, held: value <= limit };
}

/** Prints each figure beside its limit, and the names of those that this run left out; a process in which one is over ends with code 1. */
export function reportBars(bars: readonly Bar[], leftOut: readonly string[] = []): void {
  console.log('\nfigure                                              value     limit');
  for (const { name, value, limit, held } of bars) console.log(`${name.padEnd(48)}${value.toFixed(2).padStart(9)}${String(limit).padStart(10)}${held ? '' : '   OVER'}`);
  for (const name of leftOut) console.log(`${name.padEnd(48)}  NOT TESTED`);
  if (bars.some(({ held }) => !held)) process.exitCode = 1;
}
