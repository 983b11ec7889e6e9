import type { Sides } from '../../core/geometry';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EditorState, WidenPlan } from '../../protocol/imageEditor';
import { PausedQuestion } from '../shared/pausedQuestion';
import { canPaint, type DeskSettings } from './desk';
import type { Line } from './line';
import { planQuestion } from './wishes';

/** What the host says of the settings as they stand: the cost and the requests of what they ask for, and how far the frame may go in one. */
export class Planning implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #line: Line;
  readonly #question = new PausedQuestion();
  #plan: WidenPlan | undefined;
  #reach: Sides | undefined;

  constructor(host: ReactiveControllerHost, line: Line) {
    this.#host = host;
    this.#line = line;
    host.addController(this);
  }

  get plan(): WidenPlan | undefined {
    return this.#plan;
  }

  get reach(): Sides | undefined {
    return this.#reach;
  }

  hostDisconnected(): void {
    this.#question.drop();
  }

  /** Plans anew, once the settings have come to rest. */
  follow(state: EditorState, settings: DeskSettings): void {
    const question = canPaint(state) ? planQuestion(this.#line, state, settings) : undefined;
    if (question) {
      // Without an answer the last words stand; drawing plans again anyway.
      this.#question.ask(question, (plan) => plan && this.#show(plan));
    } else {
      this.#question.drop();
      if (this.#plan) this.#show(undefined);
    }
  }

  /** The other sides stay as they are while a handle is pulled, so that one answer holds until it is let go. */
  askReach(sides: Sides): void {
    this.#reach = undefined;
    const hear = (reach: Sides | null): void => {
      this.#reach = reach ?? undefined;
      this.#host.requestUpdate();
    };
    // Without an answer nothing snaps.
    this.#line.request('widenReach', sides).then(hear, () => {});
  }

  #show(plan: WidenPlan | undefined): void {
    this.#plan = plan;
    this.#host.requestUpdate();
  }
}
