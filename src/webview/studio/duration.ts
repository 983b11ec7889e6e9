/** Milliseconds as a person writes them: in seconds, from a minute on in minutes and seconds. */
export function duration(ms: number, language: string | undefined): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const write = (value: number, unit: string): string => value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'short' });
  const minutes = Math.floor(seconds / 60);
  return [...(minutes > 0 ? [write(minutes, 'minute')] : []), write(seconds % 60, 'second')].join(' ');
}
