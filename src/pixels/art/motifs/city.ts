import type { LinearRgb } from '../../../core/oklab';
import { addLight, blendOver, mixRgb } from '../ramp';
import type { Random } from '../../random';
import { cellValue } from '../../random';
import type { RowPainter, Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { endOfSky, nearestCover, Skyline } from '../skyline';

interface Tower {
  /** Units. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly spire: number;
  readonly setback: number;
  readonly salt: number;
}

const WINDOW: LinearRgb = [1, 0.78, 0.45];

/** A skyline in four depths, with lit windows where the light is low, and panes that show the sky by day. */
export function city(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const sky = makeSky(scene, spanY * 0.78, 'above the peaks');
  const night = spec.light === 'night';
  const near = ramp.at(spec.light === 'day' ? 0.12 : 0);
  const day = spec.light === 'day';
  const lamps = day ? sky.haze : mixRgb(WINDOW, scene.accent, 0.25);
  const share = day ? 0.6 : night ? 0.42 : spec.light === 'dusk' ? 0.3 : 0.14;
  const count = 4;
  const rows = Array.from({ length: count }, (_, i) => {
    const nearness = i / (count - 1);
    const towers = build(random, spanX, spanY, nearness);
    const owner = new Int16Array(width).fill(-1);
    let first = 0;
    const skyline = new Skyline(width, (px) => {
      const x = px / unit;
      while (first < towers.length - 1 && (towers[first] as Tower).right < x) first++;
      const tower = towers[first] as Tower;
      owner[Math.min(width - 1, Math.floor(px))] = first;
      return roof(tower, x, unit) * unit;
    });
    const wall = mixRgb(ramp.at(mix(night ? 0.3 : day ? 0.7 : 0.5, day ? 0.22 : 0, Math.sqrt(nearness))), sky.haze, (night ? 0.2 : 0.45) * (1 - nearness));
    return { towers, owner, skyline, wall, foot: mixRgb(wall, sky.haze, night ? 0.16 * (1 - nearness) : 0.45 * (1 - nearness)), nearness };
  });
  const skylines = rows.map((each) => each.skyline);
  const skyEnd = endOfSky(skylines, width);
  return (y, row) => {
    if (y < skyEnd) sky.paint(y, row);
    const v = (y + 0.5) / unit;
    const low = smoothstep(0.45, 1, v / spanY);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const away = glow((x + 0.5) / unit - sky.sunX, 0.4);
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < count; k++) {
        const { towers, owner, skyline, wall, foot, nearness } = rows[k] as (typeof rows)[number];
        const cover = skyline.covers(x, y);
        if (cover === 0) continue;
        const warmth = clamp01((night ? 0.1 : 0.25) * (1 - nearness) * away);
        for (let c = 0; c < 3; c++) row[i + c] = mix(row[i + c] as number, mix(mix(wall[c] as number, foot[c] as number, low), sky.sun[c] as number, warmth), cover);
        const lit = share * smoothstep(0.2, 0.7, nearness);
        if (lit === 0 || cover < 1) continue;
        const shine = windowLight(towers[owner[x] as number] as Tower, (x + 0.5) / unit, v, unit, nearness, lit);
        if (shine > 0) addLight(row, i, lamps, shine * (day ? 0.13 : mix(0.35, 0.85, nearness)));
      }
    }
    const shade = smoothstep(0.84, 1.02, v / spanY) * 0.5;
    if (shade > 0) for (let i = 0; i < width * 3; i += 3) blendOver(row, i, near, shade);
  };
}

function build(random: Random, spanX: number, spanY: number, nearness: number): Tower[] {
  const towers: Tower[] = [];
  const broad = mix(0.05, 0.11, nearness);
  for (let x = -broad; x < spanX + broad; ) {
    const wide = broad * random.between(0.55, 1.5);
    const centre = 1 - Math.min(1, Math.abs((x + wide / 2) / spanX - 0.5) * 1.5);
    const rise = random.next();
    const tall = spanY * (mix(0.22, 0.1, nearness) + mix(0.36, 0.34, nearness) * rise * rise * (0.4 + 0.6 * centre));
    const slender = rise > 0.8;
    towers.push({
      left: x,
      right: x + wide,
      top: spanY * mix(0.86, 0.96, nearness) - tall,
      spire: slender && random.next() < 0.5 ? random.between(0.03, 0.08) * spanY : 0,
      setback: rise > 0.45 ? random.between(0.08, 0.2) : 0,
      salt: random.below(1 << 30),
    });
    x += wide + (random.next() < 0.3 ? random.between(0, broad * 0.3) : 0);
  }
  return towers;
}

/** A tower's outline over `x`: body, a narrower crown, a mast. */
function roof(tower: Tower, x: number, unit: number): number {
  if (x < tower.left || x > tower.right) return tower.top + (tower.right - tower.left) * 3 + 0.06;
  const wide = tower.right - tower.left;
  const away = Math.abs((x - tower.left) / wide - 0.5) * 2;
  if (tower.spire > 0 && away * wide < Math.max(0.004, 1.2 / unit)) return tower.top - tower.spire;
  const step = tower.setback * 0.3;
  return away > 1 - tower.setback * 2 ? tower.top + step : tower.top;
}

/** The light of the window at a place of a tower's wall, 0 between windows; fades out where windows are smaller than pixels. */
function windowLight(tower: Tower, x: number, y: number, unit: number, nearness: number, share: number): number {
  const pitch = mix(0.0095, 0.014, nearness);
  const fade = smoothstep(2.2, 4.5, pitch * unit);
  const column = (x - tower.left - pitch * 0.6) / pitch;
  const floor = (y - tower.top - tower.setback * 0.3 - pitch) / (pitch * 1.35);
  if (column < 0 || floor < 0 || x > tower.right - pitch * 0.8) return 0;
  const cx = Math.floor(column);
  const cy = Math.floor(floor);
  const value = cellValue(cx, cy, tower.salt);
  const busyFloor = cellValue(0, cy, tower.salt + 7) < 0.25 ? 1.9 : 0.8;
  if (value > share * busyFloor) return 0;
  const px = (column - cx - 0.5) * pitch * unit;
  const py = (floor - cy - 0.5) * pitch * 1.35 * unit;
  const inX = clamp01(0.31 * pitch * unit - Math.abs(px) + 0.5);
  const inY = clamp01(0.4 * pitch * unit - Math.abs(py) + 0.5);
  return inX * inY * fade * (0.35 + 0.65 * cellValue(cx, cy, tower.salt + 3));
}
