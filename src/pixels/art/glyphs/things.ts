import { bar, box, circle, inSector, outline, polygon, without } from './figures';
import type { Glyph } from './figures';

const PEAKS = [[-0.54, 0.36], [-0.16, -0.26], [0.04, 0.06], [0.2, -0.12], [0.54, 0.36]] as const;
const FIN = [[0.16, 0.06], [0.4, 0.36], [0.12, 0.3]] as const;
const PAPER_CUP = [[-0.3, 0.1], [0.3, 0.1], [0.2, 0.48], [-0.2, 0.48]] as const;

/** Things of the world, as they stand for what an app or a shop is about. */
export const THINGS = {
  bag: (x, y) => {
    const handle = outline(circle(x, y, 0, -0.2, 0.2), 0.055);
    return Math.min(without(box(x, y, 0, 0.14, 0.42, 0.36, 0.12), Math.max(handle, y > -0.04 ? 1 : -1)), Math.max(handle, y + 0.2));
  },
  book: (x, y) => without(box(Math.abs(x), y, 0.26, 0, 0.24, 0.4, 0.08), Math.min(bar(x, y, -0.38, -0.16, -0.16, -0.16, 0.03), bar(x, y, -0.38, 0.02, -0.16, 0.02, 0.03))),
  cake: (x, y) => {
    const cream = Math.min(circle(Math.abs(x), y, 0.2, -0.06, 0.17), circle(x, y, 0, -0.18, 0.21), box(x, y, 0, -0.02, 0.3, 0.1, 0.08));
    const cherry = circle(x, y, 0, -0.46, 0.085);
    return Math.min(without(cream, cherry - 0.035), cherry, polygon(x, y, PAPER_CUP, 0.03));
  },
  camera: (x, y) => without(Math.min(box(x, y, 0, 0.06, 0.54, 0.36, 0.12), box(x, y, 0, -0.28, 0.2, 0.14, 0.06)), outline(circle(x, y, 0, 0.06, 0.2), 0.05)),
  cloud: (x, y) => Math.min(circle(x, y, -0.28, 0.1, 0.22), circle(x, y, 0.02, -0.1, 0.3), circle(x, y, 0.32, 0.1, 0.21), box(x, y, 0.02, 0.2, 0.46, 0.12, 0.11)),
  cup: (x, y) => {
    const body = Math.max(box(x, y, -0.08, 0.06, 0.34, 0.4, 0.26), 0.06 - y - 0.2);
    const handle = outline(circle(x, y, 0.27, 0.07, 0.16), 0.05);
    const steam = Math.min(bar(x, y, -0.2, -0.46, -0.2, -0.3, 0.04), bar(x, y, 0.04, -0.46, 0.04, -0.3, 0.04));
    return Math.min(body, without(handle, body), steam);
  },
  drop: (x, y) => Math.min(circle(x, y, 0, 0.14, 0.36), Math.max(Math.abs(x) * 0.86 + (-0.58 - y) * 0.51, y)),
  gamepad: (x, y) => {
    const body = Math.min(box(x, y, 0, -0.02, 0.46, 0.26, 0.24), bar(Math.abs(x), y, 0.34, 0.06, 0.42, 0.26, 0.14));
    const cross = Math.min(bar(x, y, -0.32, -0.02, -0.12, -0.02, 0.04), bar(x, y, -0.22, -0.12, -0.22, 0.08, 0.04));
    return without(body, Math.min(cross, circle(x, y, 0.16, 0.04, 0.06), circle(x, y, 0.3, -0.08, 0.06)));
  },
  leaf: (x, y) => {
    const u = (x + y) * 0.7071;
    const v = (x - y) * 0.7071;
    return without(Math.max(circle(u, v, -0.36, 0, 0.7), circle(u, v, 0.36, 0, 0.7)), bar(u, v, 0, -0.24, 0, 0.72, 0.034));
  },
  moon: (x, y) => without(circle(x, y, 0.06, 0.02, 0.47), circle(x, y, 0.3, -0.14, 0.4)),
  mountain: (x, y) => Math.min(polygon(x, y, PEAKS, 0.05), circle(x, y, 0.3, -0.36, 0.1)),
  music: (x, y) => Math.min(circle(x, y, -0.26, 0.32, 0.16), circle(x, y, 0.28, 0.22, 0.16), bar(x, y, -0.14, 0.32, -0.14, -0.34, 0.045), bar(x, y, 0.4, 0.22, 0.4, -0.44, 0.045), bar(x, y, -0.14, -0.34, 0.4, -0.44, 0.09)),
  paw: (x, y) => {
    const u = Math.abs(x);
    const pad = Math.min(circle(x, y, 0, 0.14, 0.2), circle(u, y, 0.14, 0.27, 0.15));
    return Math.min(pad, circle(u, y, 0.41, -0.02, 0.115), circle(u, y, 0.16, -0.3, 0.13));
  },
  plate: (x, y) => {
    const fork = Math.min(...[-0.4, -0.27, -0.14].map((cx) => bar(x, y, cx, -0.46, cx, -0.2, 0.038)), bar(x, y, -0.37, -0.17, -0.17, -0.17, 0.07), bar(x, y, -0.27, -0.1, -0.27, 0.46, 0.062));
    const knife = Math.min(bar(x, y, 0.22, -0.42, 0.22, 0.46, 0.062), Math.max(circle(x, y, 0.16, -0.12, 0.36), 0.2 - x, y - 0.06));
    return Math.min(fork, knife);
  },
  robot: (x, y) => {
    const head = without(box(x, y, 0, 0.1, 0.42, 0.34, 0.14), Math.min(circle(Math.abs(x), y, 0.17, 0.04, 0.075), bar(x, y, -0.12, 0.26, 0.12, 0.26, 0.03)));
    return Math.min(head, bar(x, y, 0, -0.3, 0, -0.42, 0.035), circle(x, y, 0, -0.46, 0.085), bar(Math.abs(x), y, 0.52, 0.04, 0.52, 0.16, 0.05));
  },
  rocket: (x, y) => {
    const u = Math.abs(x);
    const hull = without(Math.max(circle(u, y, -0.34, -0.1, 0.58), y - 0.3), circle(x, y, 0, -0.16, 0.1));
    return Math.min(hull, polygon(u, y, FIN, 0.02), bar(x, y, 0, 0.42, 0, 0.52, 0.06));
  },
  sun: (x, y) => {
    const [u, v] = inSector(x, y, 8);
    return Math.min(circle(x, y, 0, 0, 0.25), bar(u, v, 0.42, 0, 0.52, 0, 0.055));
  },
} satisfies Record<string, Glyph>;
