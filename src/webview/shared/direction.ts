/** Which way an arrow key leads through things in reading order: 1 to the next, -1 to the one before; undefined for other keys. */
export function stepOfKey(key: string): 1 | -1 | undefined {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  return (key === 'ArrowRight') === (document.documentElement.dir !== 'rtl') ? 1 : -1;
}
