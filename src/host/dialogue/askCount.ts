import { l10n } from 'vscode';
import { pictureCount } from '../words';
import { askOne } from './quickInput';
import type { Back, Position } from './wizard';

/** As many as one request may ask for in the dialect. */
const MOST = 10;

/** Asks how many pictures, 1–10; `describe` says what so many cost. Undefined where the person turned away. */
export async function askCount(position: Position, current: number, describe: (count: number) => string | undefined): Promise<number | Back | undefined> {
  const counts = Array.from({ length: MOST }, (_, index) => index + 1);
  return askOne(position, {
    placeholder: l10n.t('How many?'),
    choices: counts.map((count) => ({ label: pictureCount(count), description: describe(count), value: count })),
    active: current,
  });
}
