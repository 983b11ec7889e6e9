import type { MotifName } from '../../core/pixels';
import { aurora } from './motifs/aurora';
import { blobs } from './motifs/blobs';
import { card } from './motifs/card';
import { city } from './motifs/city';
import { desert } from './motifs/desert';
import { dots } from './motifs/dots';
import { forest } from './motifs/forest';
import { gradient } from './motifs/gradient';
import { icon } from './motifs/icon';
import { isometric } from './motifs/isometric';
import { lowPoly } from './motifs/lowPoly';
import { material } from './motifs/material';
import { mountains } from './motifs/mountains';
import { paper } from './motifs/paper';
import { retro } from './motifs/retro';
import { sea } from './motifs/sea';
import { stars } from './motifs/stars';
import { tiles } from './motifs/tiles';
import { topographic } from './motifs/topographic';
import { waves } from './motifs/waves';
import type { Motif } from './scene';

/** Who draws which motif. */
export const MOTIF_PAINTERS: Readonly<Record<MotifName, Motif>> = {
  gradient,
  mountains,
  sea,
  forest,
  desert,
  city,
  retro,
  waves,
  'low-poly': lowPoly,
  dots,
  tiles,
  isometric,
  blobs,
  paper,
  stars,
  aurora,
  topographic,
  material,
  card,
  icon,
};
