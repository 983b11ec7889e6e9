import type { TextReport } from '../core/textReport';
import type { JobNote } from './job';

/** Says what of a quoted text is not in the picture; nothing where all of it is. */
export function textNotes(text: TextReport | undefined): JobNote[] {
  if (!text) return [];
  const { missing, set } = text;
  if (set === 'none') return [{ note: 'text-not-set', missing }];
  return [...(missing.length > 0 ? [{ note: 'signs-not-set', missing } as const] : []), ...(set === 'shortened' ? [{ note: 'text-shortened' } as const] : [])];
}
