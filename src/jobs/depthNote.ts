import type { ImageInfo } from '../core/image';
import type { JobNote } from './job';

/** Says that a source of more than 8 bits a channel was reduced, as all that is drawn has 8; nothing for others. */
export function depthNote({ bitDepth }: ImageInfo): JobNote[] {
  return bitDepth > 8 ? [{ note: 'reduced-depth', bits: bitDepth }] : [];
}
