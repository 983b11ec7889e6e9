import type { EditorWord } from '../../protocol/imageEditorWords';
import { pageWords } from '../shared/words';

/** The image editor's words. */
export const { set: setWords, t } = pageWords<EditorWord>();
