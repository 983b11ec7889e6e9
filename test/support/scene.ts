import type { PixelImage } from '../../src/core/image';
import { seeded } from './random';

/** A picture without end, known at every real point: its red, green and blue there, in levels. */
export type Scene = (x: number, y: number) => readonly [number, number, number];

/** Waves of many lengths and directions, from `finest` px on: as much structure as a photograph, and its exact value between the pixels. */
export function waves(seed: number, finest = 6): Scene {
  const random = seeded(seed);
  const parts = Array.from({ length: 10 }, (_, k) => {
    const length = finest * 1.5 ** k;
    const angle = 2 * Math.PI * random.uniform();
    const height = (): number => 6 + 10 * random.uniform();
    return { x: (2 * Math.PI * Math.cos(angle)) / length, y: (2 * Math.PI * Math.sin(angle)) / length, phase: 2 * Math.PI * random.uniform(), red: height(), green: height(), blue: height() };
  });
  return (x, y) => {
    let red = 120;
    let green = 132;
    let blue = 144;
    for (const part of parts) {
      const wave = Math.cos(part.x * x + part.y * y + part.phase);
      red += part.red * wave;
      green += part.green * wave;
      blue += part.blue * wave;
    }
    return [red, green, blue];
  };
}

/** The pixels of a scene: pixel (i, j) shows the point (`left` + i, `top` + j). Opaque. */
export function render(scene: Scene, width: number, height: number, left = 0, top = 0): PixelImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      [data[at], data[at + 1], data[at + 2]] = scene(left + x, top + y);
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** One colour throughout, with its alpha. */
export function plain(width: number, height: number, colour: readonly [number, number, number, number]): PixelImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % 4] ?? 0;
  return { width, height, data };
}

/** A copy whose pixels may be changed. */
export function copyOf(image: PixelImage): PixelImage {
  return { ...image, data: image.data.slice() };
}
