import type { RateLimit } from '../../core/engine';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What an answer's headers say of further requests; undefined where they say nothing. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const remaining = headers.get('x-ratelimit-remaining-requests');
  if (remaining === null || !/^\d+$/.test(remaining)) return undefined;
  return { remaining: Number(remaining), resetSeconds: readDuration(headers.get('x-ratelimit-reset-requests') ?? '') };
}

/** Seconds of `12`, `1.5`, `12s`, `350ms` or `6m0s`; undefined where it is none. */
export function readDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
  return parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0) / 1000;
}
