import type { Extent } from './geometry';

/**
 * The sizes that a picture is written in for widths that were asked for, each once, in their order. A width above the picture's own becomes its own, since enlarging only makes files larger;
 * `enlarge` takes it as it is.
 */
export function extentsForWidths(source: Extent, widths: readonly number[], enlarge: boolean): readonly Extent[] {
  const wanted = widths.map((width) => (enlarge ? width : Math.min(width, source.width)));
  return [...new Set(wanted)].map((width) => ({ width, height: Math.max(1, Math.round((source.height * width) / source.width)) }));
}

/** Widths for a `srcset`: those that pages commonly want and the picture has, and its own. */
export function srcsetWidths(source: Extent): readonly number[] {
  const common = [640, 960, 1280, 1920, 2560].filter((width) => width < source.width * 0.9);
  return [...common, source.width];
}

/** Reads widths as they are typed, `640, 1280`; undefined for anything else. */
export function parseWidths(text: string): readonly number[] | undefined {
  const widths = text.split(/[\s,;]+/).filter((part) => part !== '').map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0));
  return widths.length > 0 && widths.every((width) => width >= 1 && width <= 65_535) ? widths : undefined;
}

/** `412 kB`, `1.2 MB`, `87 B`: thousands, as file managers on most systems count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** How much smaller something became, in whole percent; negative where it grew. Never 100 where something is left. */
export function savedPercent(before: number, after: number): number {
  const percent = Math.round((1 - after / before) * 100);
  return percent === 100 && after > 0 ? 99 : percent;
}
