import { NO_SIDES } from './frame';
import type { DeskSettings } from './desk';
import type { View } from './viewport';

/** What the page keeps while it is hidden and over a reload of the window. */
export interface Saved {
  readonly settings: DeskSettings;
  readonly view: View | undefined;
}

const FIRST_SETTINGS: DeskSettings = {
  tool: 'view',
  size: 40,
  hardness: 0.8,
  erase: false,
  growBy: 8,
  rectangle: { x: 0, y: 0, width: 100, height: 100 },
  prompt: '',
  count: 1,
  sides: NO_SIDES,
  mode: 'exact',
};

/** What `setState` kept; the page wrote it itself, in this version or an earlier one. */
export function readSaved(state: unknown): Saved {
  const saved = typeof state === 'object' && state !== null ? (state as Partial<Saved>) : {};
  return { settings: { ...FIRST_SETTINGS, ...saved.settings }, view: saved.view };
}
