import { angleTurns, cosTurns, sinTurns } from '../../core/exactMath';

/** Distance to a glyph's edge, about, negative inside. The tile spans −1 to 1 both ways, y down; glyphs keep within 0.6. */
type Glyph = (x: number, y: number) => number;

const circle = (x: number, y: number, cx: number, cy: number, radius: number): number => Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius;

/** Distance to a line of a certain half width with round ends. */
function bar(x: number, y: number, ax: number, ay: number, bx: number, by: number, half: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return circle(x, y, ax + t * dx, ay + t * dy, half);
}

/** Distance to a box with round corners. */
function box(x: number, y: number, cx: number, cy: number, halfX: number, halfY: number, corner: number): number {
  const dx = Math.abs(x - cx) - halfX + corner;
  const dy = Math.abs(y - cy) - halfY + corner;
  const ox = Math.max(dx, 0);
  const oy = Math.max(dy, 0);
  return Math.sqrt(ox * ox + oy * oy) + Math.min(0, Math.max(dx, dy)) - corner;
}

/** Distance to a polygon (Inigo Quilez' method: nearest edge, sign by crossings), its corners rounded. */
function polygon(x: number, y: number, corners: readonly (readonly [number, number])[], rounding: number): number {
  let nearest = Infinity;
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i] as readonly [number, number];
    const [bx, by] = corners[j] as readonly [number, number];
    nearest = Math.min(nearest, bar(x, y, ax, ay, bx, by, 0));
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return (inside ? -nearest : nearest) - rounding;
}

const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 0.5 : 0.24;
  return [radius * sinTurns(i / 10), -radius * cosTurns(i / 10)] as const;
});
const BOLT = [[0.1, -0.56], [-0.36, 0.1], [-0.06, 0.1], [-0.12, 0.56], [0.36, -0.12], [0.05, -0.12]] as const;
const PLAY = [[-0.24, -0.36], [0.4, 0], [-0.24, 0.36]] as const;
const HEXAGON = Array.from({ length: 6 }, (_, i) => [0.5 * sinTurns(i / 6), -0.5 * cosTurns(i / 6)] as const);
const PEAKS = [[-0.54, 0.36], [-0.16, -0.26], [0.04, 0.06], [0.2, -0.12], [0.54, 0.36]] as const;

/** Simple figures for icons, by name. */
export const GLYPHS: Readonly<Record<string, Glyph>> = {
  ring: (x, y) => Math.min(Math.abs(circle(x, y, 0, 0, 0.44)) - 0.095, circle(x, y, 0, 0, 0.17)),
  petals: (x, y) => {
    // Six petals by folding the plane into one sixth.
    const sector = Math.round(angleTurns(y, x) * 6) / 6;
    const u = x * cosTurns(sector) + y * sinTurns(sector);
    const v = y * cosTurns(sector) - x * sinTurns(sector);
    const dx = (u - 0.32) / 1.5;
    return (Math.sqrt(dx * dx + v * v) - 0.135) * 0.9;
  },
  orbit: (x, y) => Math.min(Math.max(Math.abs(circle(x, y, 0, 0, 0.42)) - 0.07, -circle(x, y, 0.3, -0.3, 0.24)), circle(x, y, 0.3, -0.3, 0.15), circle(x, y, 0, 0, 0.19)),
  layers: (x, y) => {
    const sheet = (cy: number): number => (Math.abs(x) * 0.5 + Math.abs(y - cy) - 0.27) * 0.894 - 0.02;
    const top = sheet(-0.2);
    const second = Math.max(sheet(0.02), -(sheet(-0.2) - 0.075));
    const third = Math.max(sheet(0.24), -(sheet(0.02) - 0.075));
    return Math.min(top, second, third);
  },
  bars: (x, y) => Math.min(bar(x, y, -0.39, -0.08, -0.39, 0.08, 0.085), bar(x, y, -0.13, -0.36, -0.13, 0.36, 0.085), bar(x, y, 0.13, -0.2, 0.13, 0.2, 0.085), bar(x, y, 0.39, -0.28, 0.39, 0.28, 0.085)),
  hexagon: (x, y) => Math.min(Math.abs(polygon(x, y, HEXAGON, 0)) - 0.085, circle(x, y, 0, 0, 0.16)),
  overlap: (x, y) => {
    const left = circle(x, y, -0.19, 0, 0.34);
    const right = circle(x, y, 0.19, 0, 0.34);
    return Math.min(Math.max(left, -right + 0.035), Math.max(right, -left + 0.035), Math.max(left, right) + 0.06);
  },
  check: (x, y) => Math.min(bar(x, y, -0.4, 0.04, -0.12, 0.32, 0.1), bar(x, y, -0.12, 0.32, 0.42, -0.3, 0.1)),
  star: (x, y) => polygon(x, y, STAR, 0.06),
  bolt: (x, y) => polygon(x, y, BOLT, 0.035),
  play: (x, y) => polygon(x, y, PLAY, 0.1),
  mountain: (x, y) => Math.min(polygon(x, y, PEAKS, 0.05), circle(x, y, 0.3, -0.36, 0.1)),
  heart: (x, y) => {
    const u = Math.abs(x);
    const v = y + 0.02;
    const lobe = circle(u, v, 0.245, -0.15, 0.27);
    const body = Math.max((u + v - 0.475) * 0.7071, -0.15 - v + 0.0, (u - v) * 0.7071 - 0.32);
    return Math.min(lobe, body);
  },
  drop: (x, y) => Math.min(circle(x, y, 0, 0.14, 0.36), Math.max((Math.abs(x) * 0.86 + (-0.58 - y) * 0.51) , y - 0.0)),
  leaf: (x, y) => {
    const u = (x + y) * 0.7071;
    const v = (x - y) * 0.7071;
    const blade = Math.max(circle(u, v, -0.36, 0, 0.7), circle(u, v, 0.36, 0, 0.7));
    return Math.max(blade, -bar(u, v, 0, -0.24, 0, 0.72, 0.034));
  },
  moon: (x, y) => Math.max(circle(x, y, -0.04, 0.02, 0.47), -circle(x, y, 0.2, -0.14, 0.4)),
  sun: (x, y) => {
    const sector = Math.round(angleTurns(y, x) * 8) / 8;
    const u = x * cosTurns(sector) + y * sinTurns(sector);
    const v = y * cosTurns(sector) - x * sinTurns(sector);
    return Math.min(circle(x, y, 0, 0, 0.25), bar(u, v, 0.42, 0, 0.52, 0, 0.055));
  },
  cloud: (x, y) => Math.min(circle(x, y, -0.28, 0.1, 0.22), circle(x, y, 0.02, -0.1, 0.3), circle(x, y, 0.32, 0.1, 0.21), box(x, y, 0.02, 0.2, 0.46, 0.12, 0.11)),
  chat: (x, y) => {
    const bubble = Math.min(box(x, y, 0, -0.08, 0.52, 0.38, 0.2), polygon(x, y, [[-0.3, 0.2], [-0.02, 0.24], [-0.34, 0.5]], 0.03));
    return Math.max(bubble, -circle(x, y, -0.23, -0.08, 0.07), -circle(x, y, 0, -0.08, 0.07), -circle(x, y, 0.23, -0.08, 0.07));
  },
  camera: (x, y) => {
    const body = Math.min(box(x, y, 0, 0.06, 0.54, 0.36, 0.12), box(x, y, 0, -0.28, 0.2, 0.14, 0.06));
    return Math.max(body, -(Math.abs(circle(x, y, 0, 0.06, 0.2)) - 0.05));
  },
  music: (x, y) => Math.min(circle(x, y, -0.26, 0.32, 0.16), circle(x, y, 0.28, 0.22, 0.16), bar(x, y, -0.14, 0.32, -0.14, -0.34, 0.045), bar(x, y, 0.4, 0.22, 0.4, -0.44, 0.045), bar(x, y, -0.14, -0.34, 0.4, -0.44, 0.09)),
  code: (x, y) =>
    Math.min(bar(x, y, -0.26, -0.24, -0.48, 0, 0.065), bar(x, y, -0.48, 0, -0.26, 0.24, 0.065), bar(x, y, 0.26, -0.24, 0.48, 0, 0.065), bar(x, y, 0.48, 0, 0.26, 0.24, 0.065), bar(x, y, 0.1, -0.36, -0.1, 0.36, 0.065)),
  shield: (x, y) => {
    const body = Math.max(circle(Math.abs(x), y, -0.34, -0.12, 0.76), y < -0.12 ? box(x, y, 0, 0, 0.42, 0.46, 0.1) : -1);
    return Math.max(body, -Math.min(bar(x, y, -0.17, 0, -0.04, 0.13, 0.05), bar(x, y, -0.04, 0.13, 0.2, -0.14, 0.05)));
  },
  book: (x, y) => Math.max(Math.min(box(x, y, -0.26, 0, 0.24, 0.4, 0.08), box(x, y, 0.26, 0, 0.24, 0.4, 0.08)), -Math.min(bar(x, y, -0.38, -0.16, -0.16, -0.16, 0.03), bar(x, y, -0.38, 0.02, -0.16, 0.02, 0.03))),
};
