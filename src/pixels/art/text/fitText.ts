import { layOut, type Layout, type TextBox } from './layout';

/** More is never set: a picture is no page. */
const MOST_CHARACTERS = 600;

/** Text laid out so that it can be read. */
export interface FittedText {
  /** Undefined where not even its first word can be read, or there is none. */
  readonly layout: Layout | undefined;
  /** Whether it ends with "…" before its own end. */
  readonly shortened: boolean;
}

/** Lays out a text whole where it can be read in its box, else as many of its words as can. */
export function fitText(text: string, box: TextBox, pen: number): FittedText {
  const readable = (part: string): Layout | undefined => {
    const layout = layOut(part, box, pen);
    return layout && layout.scale * 100 >= box.readable ? layout : undefined;
  };
  const whole = text.trim();
  const layout = whole.length > MOST_CHARACTERS ? undefined : readable(whole);
  if (layout) return { layout, shortened: false };
  const ends = [...whole.slice(0, MOST_CHARACTERS).matchAll(/\s+/g)].map(({ index }) => index);
  let best: Layout | undefined;
  let [from, to] = [0, ends.length - 1];
  while (from <= to) {
    const middle = (from + to) >> 1;
    const part = readable(`${whole.slice(0, ends[middle])}…`);
    if (part) {
      best = part;
      from = middle + 1;
    } else to = middle - 1;
  }
  return { layout: best, shortened: best !== undefined };
}
