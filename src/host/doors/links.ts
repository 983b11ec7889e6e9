import { Disposable, window } from 'vscode';
import { LINK_LANGUAGES } from '../../core/links/languages';

/** How long a window is left alone before missing pictures are looked for, in milliseconds. */
const REST_MS = 1500;

/** Starts looking for missing pictures once a document that may name one has been in front of a person for a while. */
export function watchLinks(start: () => Promise<unknown>): Disposable {
  const isConcerned = (): boolean => window.visibleTextEditors.some(({ document }) => LINK_LANGUAGES.includes(document.languageId));
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (timer || !isConcerned()) return;
    listener.dispose();
    timer = setTimeout(() => void start(), REST_MS);
  };
  const listener = window.onDidChangeVisibleTextEditors(look);
  look();
  return new Disposable(() => {
    listener.dispose();
    clearTimeout(timer);
  });
}
