import type { Bounds } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import type { MotifName } from '../../../core/pixels';
import type { TextReport } from '../../../core/textReport';
import type { Checkpoint } from '../../steps';
import { ICON_SIDE } from '../motifs/icon';
import { mixRgb } from '../ramp';
import type { Scene } from '../scene';
import { clamp01 } from '../shaping';
import { drawCoverage, type CoverageMap } from './coverageMap';
import { fitText } from './fitText';
import { inkOf } from './ink';
import type { Layout } from './layout';
import { lettersOf, missingIn } from './outline';
import { blendPixel, fillRounded } from './overlay';
import { readableInk } from './veil';

/** Half the pen's width against a cap height of 100: a bold headline. */
const PEN = 7.6;

/** The smallest cap height that can be read: in pixels, and in units, for a picture is mostly seen smaller than it is. */
const READABLE_PIXELS = 5;
const READABLE_UNITS = 0.02;

/** Where on the picture text may stand, as shares of its size, and how large its capitals may get, in units. */
interface Setting {
  readonly wide: number;
  readonly tall: number;
  readonly largest: number;
  /** The middle of the text's block. */
  readonly middle: number;
  /** 0 is flush left, 0.5 centred. */
  readonly align: number;
  /** How the text is kept readable: it stands on a plate, on a veil, or on the ground as it is. */
  readonly support: 'plate' | 'veil' | 'none';
}

const OVERLAY: Setting = { wide: 0.78, tall: 0.5, largest: 0.15, middle: 0.5, align: 0.5, support: 'veil' };
const OUTDOORS: Setting = { ...OVERLAY, tall: 0.42, middle: 0.34 };
const ON_PLATE: Setting = { ...OVERLAY, wide: 0.66, tall: 0.42, largest: 0.12, support: 'plate' };
const CARD: Setting = { ...OVERLAY, wide: 0.8, tall: 0.64, largest: 0.2, align: 0 };

const SETTINGS: Partial<Record<MotifName, Setting>> = {
  card: CARD,
  mountains: OUTDOORS,
  sea: OUTDOORS,
  forest: OUTDOORS,
  desert: OUTDOORS,
  city: OUTDOORS,
  tiles: ON_PLATE,
  isometric: ON_PLATE,
  dots: ON_PLATE,
};

/**
 * Sets text into a drawn picture: large and flush left on a card, on the tile of an icon, on a plate over a restless pattern, centred on everything else.
 * A text with a letter or digit that the font lacks leaves the picture as it is, for half a title says something else; other signs are left out of it. What can't
 * be read at the picture's size is shortened, or left out where that is all of it. Answers what became of the text.
 */
export async function setText(image: PixelImage, text: string, scene: Scene, checkpoint: Checkpoint): Promise<TextReport> {
  const { width, height } = image;
  const { motif } = scene.spec;
  const tile = 2 * ICON_SIDE * scene.unit * Math.min(scene.spanX, scene.spanY, 1);
  const setting: Setting =
    motif === 'icon' ? { ...OVERLAY, wide: (0.72 * tile) / width, tall: (0.62 * tile) / height, largest: 0.5 * ICON_SIDE * 2, support: 'none' } : (SETTINGS[motif] ?? OVERLAY);
  const missing = missingIn(text);
  if (missing.some((character) => /^[\p{L}\p{N}]/u.test(character))) return { missing, set: 'none' };
  const readable = Math.max(READABLE_PIXELS, READABLE_UNITS * scene.unit);
  const box = { width: width * setting.wide, height: height * setting.tall, largest: scene.unit * setting.largest, readable, align: setting.align };
  const { layout, shortened } = fitText(withoutSigns(text, missing), box, PEN);
  // Where there is something to set, it was room that it lacked.
  if (!layout) return { missing: lettersOf(text).some(({ blank }) => !blank) ? [] : missing, set: 'none' };
  const place = placeText(layout, image, setting);
  const map = drawCoverage(layout, place.bounds, place.left, place.baseline, setting.align);
  await checkpoint();
  const colour = support(image, map, layout, setting, scene);
  await checkpoint();
  for (let y = 0, k = 0; y < map.bounds.height; y++) {
    let o = ((y + map.bounds.y) * width + map.bounds.x) * 4;
    for (let x = 0; x < map.bounds.width; x++, k++, o += 4) {
      const cover = map.data[k] as number;
      if (cover > 0) blendPixel(image, o, colour, cover / 255);
    }
  }
  if (motif === 'card') accentBar(image, place, layout, scene, colour);
  return { missing, set: shortened ? 'shortened' : 'whole' };
}

/** A text without some signs, and without the space before one that punctuation follows: "Ship it!" of "Ship it 🚀!". */
function withoutSigns(text: string, signs: readonly string[]): string {
  return signs.reduce((rest, sign) => rest.split(sign).reduce((before, after) => (/^\p{P}/u.test(after) ? before.trimEnd() : before) + after), text);
}

interface Place {
  readonly bounds: Bounds;
  readonly left: number;
  readonly baseline: number;
  /** How high the first line reaches over its baseline. */
  readonly rise: number;
}

function placeText(layout: Layout, image: PixelImage, { align, middle }: Setting): Place {
  const { scale, pen, leading, lines } = layout;
  const wide = Math.max(...lines.map((line) => line.width)) * scale;
  const tall = (100 + (lines.length - 1) * leading) * scale;
  const left = align === 0 ? image.width * 0.08 + pen * scale : (image.width - wide) / 2;
  const top = Math.max(image.height * middle - tall / 2, Math.min(image.height * 0.1, (image.height - tall) / 2));
  const margin = Math.ceil((pen + 2) * scale) + 2;
  const ink = inkOf(layout, align);
  // Marks may reach out of the letters' own block.
  const x = Math.max(0, Math.floor(left + Math.min(0, ink.left) * scale - margin));
  const y = Math.max(0, Math.floor(top - Math.max(40, ink.top - 100) * scale - margin));
  const right = Math.min(image.width, Math.ceil(left + Math.max(wide, ink.right * scale) + margin));
  const bottom = Math.min(image.height, Math.ceil(top + tall + Math.max(36, -ink.bottom) * scale + margin));
  return { bounds: { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }, left, baseline: top + 100 * scale, rise: ink.top * scale };
}

/** Prepares the ground for the text and answers its colour. */
function support(image: PixelImage, letters: CoverageMap, { scale }: Layout, setting: Setting, scene: Scene): LinearRgb {
  const light = mixRgb(scene.ramp.at(1), [1, 1, 1], 0.75);
  const dark = mixRgb(scene.ramp.at(0), [0, 0, 0], 0.55);
  const darkGround = scene.spec.tone === 'dark';
  switch (setting.support) {
    case 'none':
      return light;
    case 'veil':
      return readableInk(image, letters, light, dark, darkGround || setting === OUTDOORS, Math.ceil(34 * scale));
    case 'plate': {
      const { bounds } = letters;
      const margin = 48 * scale;
      const plate = { x: bounds.x - margin, y: bounds.y + 6 * scale - margin / 2, width: bounds.width + 2 * margin, height: bounds.height + margin - 6 * scale };
      fillRounded(image, plate, 30 * scale, darkGround ? scene.ramp.at(0) : scene.ramp.at(1), 1);
      return darkGround ? light : dark;
    }
  }
}

/** A short bar over the first line: in the accent colour on dark cards, in the ink's on pale ones. */
function accentBar(image: PixelImage, { left, baseline, rise }: Place, layout: Layout, scene: Scene, inkColour: LinearRgb): void {
  const { scale } = layout;
  const half = Math.max(0.5, 4 * scale);
  const bar = { x: left - layout.pen * scale, y: baseline - Math.max(150 * scale, rise + 38 * scale) - half, width: 64 * scale + 2 * half, height: 2 * half };
  fillRounded(image, bar, half, scene.spec.tone === 'dark' ? scene.accent : inkColour, clamp01(4 * scale));
}
