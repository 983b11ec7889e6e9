import { cosTurns, sinTurns } from '../../../core/exactMath';

/** A straight piece of a pen's way, in font units (cap height 100, y up); both ends equal for a dot. */
export interface Segment {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  /** How wide the pen is here, as a factor of the text's own. */
  readonly pen: number;
}

/** From the leftmost to the rightmost point of a pen's way. */
export function extentOf(segments: readonly Segment[]): { readonly left: number; readonly right: number } {
  return { left: Math.min(...segments.map((s) => Math.min(s.ax, s.bx))), right: Math.max(...segments.map((s) => Math.max(s.ax, s.bx))) };
}

/** A dot is a little wider than a line, or it would look smaller. */
const DOT = 1.22;

/** A path of the font as straight pieces. */
export function flatten(path: string): Segment[] {
  const segments: Segment[] = [];
  let x = 0;
  let y = 0;
  let down = false;
  let pen = 1;
  const lineTo = (nx: number, ny: number): void => {
    if (down) segments.push({ ax: x, ay: y, bx: nx, by: ny, pen });
    x = nx;
    y = ny;
    down = true;
  };
  const arc = (cx: number, cy: number, rx: number, ry: number, from: number, to: number): void => {
    const steps = Math.max(4, Math.ceil(Math.abs(to - from) / 7.5));
    for (let i = 0; i <= steps; i++) {
      const turn = (from + ((to - from) * i) / steps) / 360;
      lineTo(cx + rx * cosTurns(turn), cy + ry * sinTurns(turn));
    }
  };
  for (const [, command, numbers] of path.matchAll(/([MLCAODP])([^MLCAODP]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = (numbers ?? '').trim().split(/\s+/).map(Number);
    switch (command) {
      case 'M':
        down = false;
        lineTo(a, b);
        break;
      case 'L':
        lineTo(a, b);
        break;
      case 'C': {
        const startX = x;
        const startY = y;
        for (let i = 1; i <= 16; i++) {
          const t = i / 16;
          const s = 1 - t;
          lineTo(s * s * s * startX + 3 * s * s * t * a + 3 * s * t * t * c + t * t * t * e, s * s * s * startY + 3 * s * s * t * b + 3 * s * t * t * d + t * t * t * f);
        }
        break;
      }
      case 'A':
        arc(a, b, c, d, e, f);
        break;
      case 'O':
        down = false;
        arc(a, b, c, d, 0, 360);
        down = false;
        break;
      case 'P':
        pen = a;
        break;
      default:
        segments.push({ ax: a, ay: b, bx: a, by: b, pen: pen * DOT });
        down = false;
    }
  }
  return segments;
}
