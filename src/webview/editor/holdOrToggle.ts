/** A press that is shorter than this is a click, in milliseconds. */
const CLICK_MS = 350;

/** What a button switches. */
export interface Switched {
  readonly comparing: boolean;
  compare(on: boolean): void;
}

/** A button that is on while it is held, and stays on after a click until the next one. By pointer and by keys. */
export class HoldOrToggle {
  /** When it was pressed, and whether it was on before. */
  #pressed: { readonly at: number; readonly wasOn: boolean } | undefined;

  press({ timeStamp }: Pick<Event, 'timeStamp'>, switched: Switched): void {
    // A held key presses again and again.
    if (this.#pressed) return;
    this.#pressed = { at: timeStamp, wasOn: switched.comparing };
    switched.compare(true);
  }

  release({ timeStamp }: Pick<Event, 'timeStamp'>, switched: Switched): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    this.#pressed = undefined;
    switched.compare(timeStamp - pressed.at < CLICK_MS && !pressed.wasOn);
  }
}

/** Whether a key presses a button. */
export function isPress({ key }: Pick<KeyboardEvent, 'key'>): boolean {
  return key === ' ' || key === 'Enter';
}
