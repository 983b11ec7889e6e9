import { LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { duration } from './duration';

/** How long something has been going on, anew each second. A timer to screen readers: they say it when asked, not each second. */
@customElement('easel-elapsed')
export class Elapsed extends LitElement {
  /** Milliseconds since 1970. */
  @property({ attribute: false }) since = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'timer';
    this.#ticking = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  protected override render(): string {
    return duration(Date.now() - this.since, document.documentElement.lang || undefined);
  }
}
