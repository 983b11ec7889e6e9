import type { QuickPickItem } from 'vscode';

/** An entry of a list with what it stands for. A separator, and a word on what was typed, stand for nothing. */
export interface Choice<T> extends QuickPickItem {
  readonly value?: T;
}

/** Makes an entry of what was typed, where that means something, or says why it does not. */
export type ReadTyped<T> = (text: string) => Choice<T> | string;

/** A list for what was typed: with an entry for it first, or, where no entry has anything of it, with a last one that says why it means nothing. */
export function withTyped<T>(choices: readonly Choice<T>[], text: string, read: ReadTyped<T>): readonly Choice<T>[] {
  const wanted = text.trim();
  if (wanted === '') return choices;
  const typed = read(wanted);
  if (typeof typed !== 'string') return [{ ...typed, alwaysShow: true }, ...choices];
  return choices.some((choice) => matches(choice, wanted)) ? choices : [...choices, { label: `$(info) ${typed}`, alwaysShow: true }];
}

/** Whether VS Code would go on showing an entry: some part of it has the text. (It also takes the initials of its words; the explanation then stands below it.) */
function matches<T>({ label, description = '', detail = '', value }: Choice<T>, text: string): boolean {
  return value !== undefined && [label, description, detail].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}
