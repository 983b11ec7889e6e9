import { oneLine } from './insertion/escape';

/** How a project's pictures look, in a form that can be added to a prompt. */
export interface ProjectStyle {
  /** May be empty. */
  readonly words: string;
  /** Colours as `#rrggbb`, in the order of their weight. */
  readonly palette: readonly string[];
  /** How many reference pictures go with the prompt. */
  readonly references: number;
}

/** What stands between a prompt and the style that was added to it. */
const SEAM = '\n\nStyle: ';

/** A prompt with the project's style added at its end. A style that was added before is replaced, so that a prompt can be used again. */
export function applyStyle(prompt: string, style: ProjectStyle | undefined): string {
  const plain = withoutStyle(prompt);
  const words = style ? styleWords(style) : '';
  return words === '' || plain === '' ? plain : plain + SEAM + words;
}

/** A prompt without the style that `applyStyle` added: what a file's name, an alt text and a dialogue want. */
export function withoutStyle(prompt: string): string {
  const trimmed = prompt.trim();
  const seam = trimmed.lastIndexOf(SEAM);
  return seam < 0 ? trimmed : trimmed.slice(0, seam).trimEnd();
}

/** The style that was added to a prompt, as a person is shown it; empty where there is none. */
export function addedStyle(prompt: string): string {
  return prompt.trim().slice(withoutStyle(prompt).length).trim();
}

/** A prompt with the very style that another prompt carries. */
export function restyle(prompt: string, like: string): string {
  return withoutStyle(prompt) + like.trim().slice(withoutStyle(like).length);
}

/** A style as the model is told it, on one line; empty where it says nothing. */
export function styleWords({ words, palette, references }: ProjectStyle): string {
  const sentences = [
    oneLine(words),
    palette.length > 0 ? `Colour palette: ${palette.join(', ')}` : '',
    references > 0 ? `Follow the look of the attached reference ${references === 1 ? 'picture' : 'pictures'}, not ${references === 1 ? 'its' : 'their'} content` : '',
  ];
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[.!?…。]$/u.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}
