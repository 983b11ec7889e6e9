import type { EditorState, EditWish, WidenPlan, WidenWish } from '../../protocol/imageEditor';
import type { DeskSettings } from './desk';
import { isWidened } from './frame';
import type { Line } from './line';

/** What *Redraw* or *Fill* asks for. */
export function editWish({ offer }: EditorState, { prompt, count }: DeskSettings): EditWish {
  return { prompt: offer.takesPrompt ? prompt : '', count };
}

/** What *Widen* asks for. */
export function widenWish({ offer }: EditorState, { prompt, count, sides, mode }: DeskSettings): WidenWish {
  return { prompt: offer.takesPrompt ? prompt : '', count, mode, ...sides };
}

/** The question what the settings as they stand would cost; undefined where there is nothing to ask. */
export function planQuestion(line: Line, state: EditorState, settings: DeskSettings): (() => Promise<WidenPlan>) | undefined {
  if (settings.tool === 'widen' && isWidened(settings.sides)) return () => line.request('planWiden', widenWish(state, settings));
  if (state.steps.length === 0 || state.offer.free) return undefined;
  return async () => ({ tiles: [], ...(await line.request('planEdit', editWish(state, settings))) });
}
