/** Seeded numbers for tests and benchmarks. */
export interface Random {
  /** Uniform in 0–1, 1 excluded. */
  uniform(): number;
  /** Uniform in −1–1. */
  signed(): number;
  /** Standard normal. */
  normal(): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): the same seed gives the same numbers on every platform. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    signed: () => 2 * uniform() - 1,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
