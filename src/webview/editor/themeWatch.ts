import type { ReactiveController } from 'lit';

/** Calls back whenever VS Code's theme changes: it names the kind of theme by a class of the body and its colours by variables of the root. */
export class ThemeWatch implements ReactiveController {
  readonly #observer: MutationObserver;

  constructor(changed: () => void) {
    this.#observer = new MutationObserver(changed);
  }

  hostConnected(): void {
    this.#observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.#observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
