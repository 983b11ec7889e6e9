import { bar, box, circle, inSector, outline, polygon, without } from './figures';
import type { Glyph } from './figures';

const BOLT = [[0.1, -0.56], [-0.36, 0.1], [-0.06, 0.1], [-0.12, 0.56], [0.36, -0.12], [0.05, -0.12]] as const;
const PLAY = [[-0.24, -0.36], [0.4, 0], [-0.24, 0.36]] as const;
const ROOF = [[-0.5, -0.04], [0, -0.46], [0.5, -0.04]] as const;
const PIN_POINT = [[-0.31, 0.07], [0.31, 0.07], [0, 0.55]] as const;
const BUBBLE_TIP = [[-0.3, 0.2], [-0.02, 0.24], [-0.34, 0.5]] as const;

/** The signs of apps and their menus. */
export const SIGNS = {
  bars: (x, y) => Math.min(bar(x, y, -0.39, -0.08, -0.39, 0.08, 0.085), bar(x, y, -0.13, -0.36, -0.13, 0.36, 0.085), bar(x, y, 0.13, -0.2, 0.13, 0.2, 0.085), bar(x, y, 0.39, -0.28, 0.39, 0.28, 0.085)),
  bell: (x, y) => {
    const dome = Math.min(Math.max(circle(x, y, 0, -0.1, 0.31), y - 0.1), box(x, y, 0, 0.1, 0.31, 0.2, 0.05));
    return Math.min(dome, bar(x, y, -0.38, 0.25, 0.38, 0.25, 0.065), bar(x, y, 0, -0.42, 0, -0.36, 0.075), Math.max(circle(x, y, 0, 0.36, 0.16), 0.38 - y));
  },
  bolt: (x, y) => polygon(x, y, BOLT, 0.035),
  calendar: (x, y) => {
    const sheet = box(x, y, 0, 0.05, 0.46, 0.42, 0.11);
    const days = Math.min(...[-0.22, 0, 0.22].flatMap((cx) => [0.1, 0.3].map((cy) => circle(x, y, cx, cy, 0.06))));
    const hooks = bar(Math.abs(x), y, 0.2, -0.46, 0.2, -0.32, 0.055);
    return Math.min(without(without(sheet, Math.min(days, bar(x, y, -0.46, -0.12, 0.46, -0.12, 0.03))), hooks - 0.045), hooks);
  },
  chat: (x, y) => {
    const bubble = Math.min(box(x, y, 0, -0.08, 0.52, 0.38, 0.2), polygon(x, y, BUBBLE_TIP, 0.03));
    return without(bubble, Math.min(circle(x, y, -0.23, -0.08, 0.07), circle(x, y, 0, -0.08, 0.07), circle(x, y, 0.23, -0.08, 0.07)));
  },
  check: (x, y) => Math.min(bar(x, y, -0.4, 0.04, -0.12, 0.32, 0.1), bar(x, y, -0.12, 0.32, 0.42, -0.3, 0.1)),
  code: (x, y) =>
    Math.min(bar(Math.abs(x), y, 0.26, -0.24, 0.48, 0, 0.065), bar(Math.abs(x), y, 0.48, 0, 0.26, 0.24, 0.065), bar(x, y, 0.1, -0.36, -0.1, 0.36, 0.065)),
  database: (x, y) => {
    const drive = (cy: number): number => without(box(x, y, 0, cy, 0.46, 0.14, 0.08), circle(x, y, 0.3, cy, 0.05));
    return Math.min(drive(-0.34), drive(0), drive(0.34));
  },
  folder: (x, y) => Math.min(box(x, y, 0, 0.08, 0.52, 0.34, 0.1), box(x, y, -0.25, -0.22, 0.27, 0.2, 0.09)),
  gear: (x, y) => {
    const [u, v] = inSector(x, y, 8);
    return without(Math.min(circle(x, y, 0, 0, 0.38), box(u, v, 0.42, 0, 0.12, 0.095, 0.045)), circle(x, y, 0, 0, 0.16));
  },
  globe: (x, y) => {
    const ball = circle(x, y, 0, 0, 0.48);
    // A meridian is an ellipse: the distance of a circle that is pressed together, near enough at its edge.
    const across = x / 0.45;
    const meridian = outline((Math.sqrt(across * across + y * y) - 0.48) * 0.5, 0.034);
    return without(ball, Math.min(meridian, Math.abs(y) - 0.034));
  },
  heart: (x, y) => {
    const u = Math.abs(x);
    const v = y + 0.02;
    return Math.min(circle(u, v, 0.245, -0.15, 0.27), Math.max((u + v - 0.475) * 0.7071, -0.15 - v, (u - v) * 0.7071 - 0.32));
  },
  home: (x, y) => without(Math.min(polygon(x, y, ROOF, 0.05), box(x, y, 0, 0.2, 0.36, 0.28, 0.07)), box(x, y, 0, 0.32, 0.1, 0.17, 0.05)),
  lock: (x, y) => {
    const shackle = Math.max(Math.min(outline(circle(x, y, 0, -0.18, 0.21), 0.065), bar(Math.abs(x), y, 0.21, -0.18, 0.21, 0, 0.065)), y < -0.18 ? -1 : 0.08 - Math.abs(x));
    return Math.min(shackle, without(box(x, y, 0, 0.2, 0.38, 0.3, 0.1), Math.min(circle(x, y, 0, 0.14, 0.075), bar(x, y, 0, 0.16, 0, 0.3, 0.035))));
  },
  mail: (x, y) => without(box(x, y, 0, 0, 0.52, 0.37, 0.1), bar(Math.abs(x), y, 0, 0.08, 0.42, -0.24, 0.036)),
  person: (x, y) => Math.min(circle(x, y, 0, -0.24, 0.22), Math.max(circle(x, y, 0, 0.52, 0.46), y - 0.46)),
  pin: (x, y) => without(Math.min(circle(x, y, 0, -0.12, 0.36), polygon(x, y, PIN_POINT, 0.01)), circle(x, y, 0, -0.12, 0.14)),
  play: (x, y) => polygon(x, y, PLAY, 0.1),
  search: (x, y) => Math.min(outline(circle(x, y, -0.09, -0.09, 0.32), 0.075), bar(x, y, 0.18, 0.18, 0.42, 0.42, 0.09)),
  shield: (x, y) => {
    const body = Math.max(circle(Math.abs(x), y, -0.34, -0.12, 0.76), y < -0.12 ? box(x, y, 0, 0, 0.42, 0.46, 0.1) : -1);
    return without(body, Math.min(bar(x, y, -0.17, 0, -0.04, 0.13, 0.05), bar(x, y, -0.04, 0.13, 0.2, -0.14, 0.05)));
  },
} satisfies Record<string, Glyph>;
