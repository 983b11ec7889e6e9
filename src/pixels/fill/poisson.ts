/** Sweeps before and after each coarser level; on the coarsest level, many. */
const SWEEPS = 2;
const COARSEST_SWEEPS = 24;
/** A level this small is not coarsened further. */
const COARSEST_SIDE = 4;

/** One grid of the hierarchy, with a border of one cell that stays zero. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** 1 where the unknown is free; fixed cells are zero. */
  readonly free: Uint8Array;
  /** Start and end of each run of free cells. */
  readonly runs: Int32Array;
  /** Neighbours on the grid plus the screen's weight. */
  readonly diagonal: Float32Array;
  readonly unknown: Float32Array;
  readonly rhs: Float32Array;
}

/**
 * A screened Poisson equation on the free cells of a grid: `(neighbours + screen)·u − Σ u of the neighbours = rhs`. Fixed cells count as neighbours with u = 0, the grid's edge reflects.
 * Solved by geometric multigrid (Brandt 1977; Briggs, Henson and McCormick, *A Multigrid Tutorial*): V-cycles with Gauss-Seidel, cell-centred, bilinear prolongation.
 * Built once for a grid and used for each channel.
 */
export class PoissonSolver {
  private readonly levels: Level[] = [];

  /** `free`: 1 where u is to be found, row by row. `screen` pulls u to zero; 0 is allowed where some cell is fixed. */
  constructor(width: number, height: number, free: Uint8Array, screen: number) {
    let level = makeLevel(width, height, free, screen);
    this.levels.push(level);
    while (Math.min(level.width, level.height) > COARSEST_SIDE && level.runs.length > 0) {
      screen *= 4;
      const coarse = coarsen(level);
      level = makeLevel(coarse.width, coarse.height, coarse.free, screen);
      this.levels.push(level);
    }
  }

  /** Solves for one right hand side, row by row as `free` was; the answer has the same layout and is zero where fixed. */
  solve(rhs: Float32Array, cycles: number): Float32Array {
    const finest = this.levels[0] as Level;
    const { width, height, stride } = finest;
    finest.unknown.fill(0);
    for (let y = 0; y < height; y++) finest.rhs.set(rhs.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
    for (let cycle = 0; cycle < cycles; cycle++) this.descend(0);
    const answer = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      const start = (y + 1) * stride + 1;
      answer.set(finest.unknown.subarray(start, start + width), y * width);
    }
    return answer;
  }

  private descend(depth: number): void {
    const level = this.levels[depth] as Level;
    const coarser = this.levels[depth + 1];
    if (!coarser) {
      for (let sweep = 0; sweep < COARSEST_SWEEPS; sweep++) relax(level);
      return;
    }
    for (let sweep = 0; sweep < SWEEPS; sweep++) relax(level);
    restrictResidual(level, coarser);
    coarser.unknown.fill(0);
    this.descend(depth + 1);
    prolong(coarser, level);
    for (let sweep = 0; sweep < SWEEPS; sweep++) relax(level);
  }
}

function makeLevel(width: number, height: number, free: Uint8Array, screen: number): Level {
  const stride = width + 2;
  const size = stride * (height + 2);
  const diagonal = new Float32Array(size);
  const runs: number[] = [];
  for (let y = 0; y < height; y++) {
    const vertical = (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
    const row = (y + 1) * stride + 1;
    let inRun = false;
    for (let x = 0; x < width; x++) {
      diagonal[row + x] = vertical + (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0) + screen;
      const isFree = free[y * width + x] === 1;
      if (isFree !== inRun) runs.push(row + x);
      inRun = isFree;
    }
    if (inRun) runs.push(row + width);
  }
  return { width, height, stride, free, runs: Int32Array.from(runs), diagonal, unknown: new Float32Array(size), rhs: new Float32Array(size) };
}

/** A coarse cell is free where all cells under it are: fixed cells must not be corrected. */
function coarsen(level: Level): { width: number; height: number; free: Uint8Array } {
  const width = (level.width + 1) >> 1;
  const height = (level.height + 1) >> 1;
  const free = new Uint8Array(width * height).fill(1);
  for (let y = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      if (level.free[y * level.width + x] === 0) free[(y >> 1) * width + (x >> 1)] = 0;
    }
  }
  return { width, height, free };
}

function relax(level: Level): void {
  const { runs, unknown, rhs, diagonal, stride } = level;
  for (let run = 0; run < runs.length; run += 2) {
    const end = runs[run + 1] as number;
    let i = runs[run] as number;
    let left = unknown[i - 1] as number;
    for (; i < end; i++) {
      left =
        ((rhs[i] as number) + left + (unknown[i + 1] as number) + (unknown[i - stride] as number) + (unknown[i + stride] as number)) /
        (diagonal[i] as number);
      unknown[i] = left;
    }
  }
}

function restrictResidual(fine: Level, coarse: Level): void {
  const { runs, unknown, rhs, diagonal, stride } = fine;
  coarse.rhs.fill(0);
  for (let run = 0; run < runs.length; run += 2) {
    const start = runs[run] as number;
    const end = runs[run + 1] as number;
    const y = Math.floor(start / stride) - 1;
    const rowStart = (y + 1) * stride + 1;
    const coarseRow = ((y >> 1) + 1) * coarse.stride + 1;
    for (let i = start; i < end; i++) {
      const around = (unknown[i - 1] as number) + (unknown[i + 1] as number) + (unknown[i - stride] as number) + (unknown[i + stride] as number);
      const target = coarseRow + ((i - rowStart) >> 1);
      coarse.rhs[target] = (coarse.rhs[target] as number) + (rhs[i] as number) + around - (unknown[i] as number) * (diagonal[i] as number);
    }
  }
}

function prolong(coarse: Level, fine: Level): void {
  const { runs, unknown, stride } = fine;
  const from = coarse.unknown;
  for (let run = 0; run < runs.length; run += 2) {
    const start = runs[run] as number;
    const end = runs[run + 1] as number;
    const y = Math.floor(start / stride) - 1;
    const rowStart = (y + 1) * stride + 1;
    const near = ((y >> 1) + 1) * coarse.stride + 1;
    const otherRow = clamp((y >> 1) + (y & 1 ? 1 : -1), coarse.height);
    const far = (otherRow + 1) * coarse.stride + 1;
    for (let i = start; i < end; i++) {
      const x = i - rowStart;
      const column = x >> 1;
      const other = clamp(column + (x & 1 ? 1 : -1), coarse.width);
      unknown[i] =
        (unknown[i] as number) +
        0.5625 * (from[near + column] as number) +
        0.1875 * ((from[near + other] as number) + (from[far + column] as number)) +
        0.0625 * (from[far + other] as number);
    }
  }
}

function clamp(index: number, length: number): number {
  return index < 0 ? 0 : index >= length ? length - 1 : index;
}
