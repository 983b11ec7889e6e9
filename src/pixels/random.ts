/** A seeded stream of numbers (Mulberry32 by Tommy Ettinger): 32 bits of state, integer arithmetic only. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring streams: the avalanche of MurmurHash3 spreads them.
    this.state = avalanche(seed >>> 0);
  }

  /** The next number, 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number, 0 ≤ n < count. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** A 32-bit number whose every bit depends on every bit of the input (MurmurHash3's finaliser). */
export function avalanche(value: number): number {
  let h = value ^ 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number 0 ≤ x < 1 that belongs to a cell of a lattice. */
export function cellValue(x: number, y: number, salt: number): number {
  return avalanche(Math.imul(x, 0x1f123bb5) ^ Math.imul(y, 0x5f356495) ^ salt) / 4294967296;
}
