import { angleTurns, cosTurns, cubeRoot, power, sinTurns } from './exactMath';

/** A colour in linear light with the sRGB primaries, each channel 0–1. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

/** A colour in OKLab (Björn Ottosson, 2020): lightness 0–1, a and b about −0.4 to 0.4. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** A colour in OKLCH: lightness 0–1, chroma 0 to about 0.37, hue in degrees (red 29, yellow 110, green 142, blue 264). */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** Linear light, 0–1, of an sRGB value, 0–1. */
export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4);
}

/** sRGB, 0–1, of a linear light value, 0–1. */
export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * power(value, 1 / 2.4) - 0.055;
}

export function oklabToLinear([lightness, a, b]: Oklab): LinearRgb {
  const l = lightness + 0.3963377774 * a + 0.2158037573 * b;
  const m = lightness - 0.1055613458 * a - 0.0638541728 * b;
  const s = lightness - 0.0894841775 * a - 1.291485548 * b;
  const l3 = l * l * l;
  const m3 = m * m * m;
  const s3 = s * s * s;
  return [
    4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
    -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
    -0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3,
  ];
}

export function linearToOklab([red, green, blue]: LinearRgb): Oklab {
  const l = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function oklchToOklab({ l, c, h }: Oklch): Oklab {
  return [l, c * cosTurns(h / 360), c * sinTurns(h / 360)];
}

/** Greys have hue 0. */
export function oklabToOklch([l, a, b]: Oklab): Oklch {
  return { l, c: Math.sqrt(a * a + b * b), h: ((angleTurns(b, a) + 1) % 1) * 360 };
}

/** Linear light of a colour written 0xRRGGBB. */
export function hexToLinear(hex: number): LinearRgb {
  return [srgbToLinear(((hex >> 16) & 255) / 255), srgbToLinear(((hex >> 8) & 255) / 255), srgbToLinear((hex & 255) / 255)];
}

/** The colour as 0xRRGGBB; where sRGB can't show it, its chroma is lowered until it can, hue and lightness staying. */
export function oklchToHex(colour: Oklch): number {
  const fits = (c: number): boolean => oklabToLinear(oklchToOklab({ ...colour, c })).every((channel) => channel >= -0.0005 && channel <= 1.0005);
  let inside = 0;
  let outside = colour.c;
  if (fits(outside)) inside = outside;
  else
    for (let i = 0; i < 16; i++) {
      const middle = (inside + outside) / 2;
      if (fits(middle)) inside = middle;
      else outside = middle;
    }
  const [red, green, blue] = oklabToLinear(oklchToOklab({ ...colour, c: inside }));
  return (toByte(red) << 16) | (toByte(green) << 8) | toByte(blue);
}

function toByte(linear: number): number {
  return Math.round(linearToSrgb(Math.min(1, Math.max(0, linear))) * 255);
}
