import type { StudioWord } from '../../protocol/studioWords';
import { pageWords } from '../shared/words';

/** The studio's words. */
export const { set: setWords, t } = pageWords<StudioWord>();
