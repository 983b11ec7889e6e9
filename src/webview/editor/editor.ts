import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { boundsOf, intersect, sameExtent, type Bounds, type Point, type Sides } from '../../core/geometry';
import type { MaskStep } from '../../core/strokes';
import type { EditorState, Look, Ready, WidenPlan } from '../../protocol/imageEditor';
import { sharedStyles } from '../shared/styles';
import { actionBar } from './actionBar';
import { announcement } from './announcement';
import { canPaint, type Desk, type DeskSettings } from './desk';
import { editorStyles } from './editorStyles';
import { isWidened, NO_SIDES } from './frame';
import type { ToolName } from './gestures';
import type { Line } from './line';
import { optionsRow } from './optionsRow';
import type { Saved } from './savedSettings';
import { Planning } from './planning';
import { perform, shortcutOf } from './shortcuts';
import { ShownState, type ShownListener } from './shownState';
import './stage';
import type { EaselStage } from './stage';
import { stageColours } from './stageColours';
import { ThemeWatch } from './themeWatch';
import { toolStrip } from './toolStrip';
import { editWish, widenWish } from './wishes';
import { t } from './words';

/** The page of the image editor: it shows what the host says and asks it for everything that lasts. */
@customElement('easel-editor')
export class EaselEditor extends LitElement implements Desk, ShownListener {
  static override readonly styles = [sharedStyles, editorStyles];

  readonly purposes: Ready['purposes'];
  readonly #line: Line;
  readonly #seen: ShownState;
  readonly #stripOfIds = crypto.randomUUID().slice(0, 8);
  @state() state: EditorState;
  @state() settings: DeskSettings;
  @state() look: Look;
  @state() shown = 0;
  @state() comparing = false;
  @state() private said = '';
  @state() private colours = stageColours();
  #saved: Saved;
  readonly #planning: Planning;
  #steps = 0;

  constructor(line: Line, ready: Ready, saved: Saved) {
    super();
    this.#line = line;
    this.#saved = saved;
    this.purposes = ready.purposes;
    this.state = ready.state;
    this.look = ready.look;
    this.settings = saved.settings;
    this.#seen = new ShownState(line, this);
    this.#planning = new Planning(this, line);
    this.addController(new ThemeWatch(() => (this.colours = stageColours())));
  }

  /** Takes in what the host says. */
  follow(next: EditorState): void {
    const before = this.state;
    this.state = next;
    const news = announcement(before, next);
    if (news !== undefined) this.#say(news);
    if (next.proposal?.candidates[0] !== before.proposal?.candidates[0]) this.shown = 0;
    if (!sameExtent(next.picture.extent, before.picture.extent)) this.set({ sides: NO_SIDES });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
  }

  override render(): TemplateResult {
    const { extent } = this.state.picture;
    const { proposal } = this.state;
    const { picture, candidate, broken, mask } = this.#seen;
    const shows = proposal && !this.comparing ? candidate : undefined;
    const own = boundsOf(picture ?? extent);
    const sight: Bounds = proposal ? { x: -proposal.at.x, y: -proposal.at.y, ...proposal.extent } : own;
    const { size, hardness, erase, sides } = this.settings;
    const stage = html`<easel-stage
      .picture=${shows ?? picture}
      .extent=${extent}
      .place=${shows ? sight : own}
      .sight=${sight}
      .model=${mask}
      .tool=${this.#tool}
      .showMask=${!proposal}
      .tip=${{ size, hardness }}
      .erase=${erase}
      .overlay=${this.look.overlay}
      .sides=${sides}
      .tiles=${this.#tool === 'widen' ? (this.plan?.tiles ?? []) : []}
      .reach=${this.#planning.reach}
      .colours=${this.colours}
      .label=${t('canvas', extent.width, extent.height)}
      .hint=${t('canvasHelp')}
      @step=${({ detail }: CustomEvent<MaskStep>) => this.#stepDone(detail)}
      @pull=${() => this.#planning.askReach(sides)}
      @sides=${(event: CustomEvent<Sides>) => this.set({ sides: event.detail })}
      @view=${this.#viewed}
      @place=${({ detail: { x, y } }: CustomEvent<Point>) => this.#say(t('saidAt', Math.round(x), Math.round(y)))}
    ></easel-stage>`;
    return html`${toolStrip(this)}
      <div class="main">
        ${optionsRow(this)} ${broken ? html`<p class="message">${t('brokenPicture')}</p>` : stage} ${actionBar(this)}
      </div>
      <div class="unseen" role="status" aria-live="polite">${this.said}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown') || changed.has('state')) this.#seen.follow(this.state, this.shown);
    if (changed.has('settings') || changed.has('state')) {
      this.#save();
      this.#planning.follow(this.state, this.settings);
    }
  }

  changed(): Promise<unknown> {
    if (!this.state.proposal) this.comparing = false;
    this.requestUpdate();
    return this.updateComplete;
  }

  maskChanged(): void {
    this.#stage?.maskChanged();
  }

  pictureChanged(resized: boolean): void {
    const stage = this.#stage;
    if (resized) stage?.fit();
    // The view of before the page was hidden, once.
    const { view } = this.#saved;
    if (view && stage) stage.view = view;
    this.#saved = { ...this.#saved, view: undefined };
  }

  get plan(): WidenPlan | undefined {
    return this.#planning.plan;
  }

  readonly set = (change: Partial<DeskSettings>): void => {
    this.settings = { ...this.settings, ...change };
  };

  readonly setLook = (look: Look): void => {
    this.look = look;
    this.#line.notify('look', look);
  };

  readonly paint = (step: MaskStep): void => {
    if (canPaint(this.state)) this.#send(step, false);
  };

  /** What the hand has drawn; a rectangle is then in its fields, to be set to the pixel. */
  #stepDone(step: MaskStep): void {
    const rectangle = step.kind === 'rectangle' && intersect(step.bounds, boundsOf(this.state.picture.extent));
    if (rectangle) this.set({ rectangle });
    this.#send(step, step.kind === 'brush');
  }

  /** Passes on a step; a brush's stroke is on the mask already. */
  #send(step: MaskStep, isPainted: boolean): void {
    this.#steps += 1;
    const id = `${this.#stripOfIds}-${this.#steps.toString(36)}`;
    this.#seen.mask.add(id, step, isPainted);
    if (!isPainted) this.maskChanged();
    this.#line.notify('paint', { id, step: step.kind === 'brush' || step.kind === 'lasso' ? { ...step, points: [...step.points] } : step });
    this.#say(t(step.kind === 'clear' || ('erase' in step && step.erase) ? 'saidUnmasked' : 'saidMasked'));
  }

  readonly zoom = (how: 'in' | 'out' | 'fit' | 'actual'): void => {
    const stage = this.#stage;
    if (how === 'fit') stage?.fit();
    else if (how === 'actual') stage?.actualSize();
    else stage?.zoom(how === 'in');
    if (stage?.view) this.#say(t('saidZoom', Math.round(stage.view.scale * window.devicePixelRatio * 100)));
  };

  readonly edit = (): void => {
    if (this.state.steps.length > 0) this.#line.notify('edit', editWish(this.state, this.settings));
  };

  readonly widen = (): void => {
    if (isWidened(this.settings.sides)) this.#line.notify('widen', widenWish(this.state, this.settings));
  };

  readonly cancel = (): void => this.#line.notify('cancel', null);

  readonly show = (candidate: number): void => {
    const last = (this.state.proposal?.candidates.length ?? 1) - 1;
    this.shown = Math.min(last, Math.max(0, candidate));
    this.#say(t('candidateOf', this.shown + 1, last + 1));
  };

  readonly compare = (held: boolean): void => {
    this.comparing = held;
  };

  readonly accept = (): void => {
    const candidate = this.state.proposal?.candidates[this.shown];
    if (candidate !== undefined) this.#line.notify('accept', { candidate });
    this.#stage?.focus();
  };

  readonly travel = (direction: 'back' | 'forth'): void => this.#line.notify('travel', { direction });

  readonly discard = (): void => {
    this.#line.notify('discard', null);
    this.#stage?.focus();
  };

  get #stage(): EaselStage | null {
    return this.renderRoot.querySelector('easel-stage');
  }

  get #tool(): ToolName {
    return canPaint(this.state) ? this.settings.tool : 'view';
  }

  #viewed(): void {
    const view = this.#stage?.view;
    if (!view) return;
    this.#line.notify('zoom', { scale: view.scale * window.devicePixelRatio });
    this.#save();
  }

  #save(): void {
    const stage = this.#stage;
    this.#line.save({ settings: this.settings, view: stage?.isFitted ? undefined : stage?.view });
  }

  #say(words: string): void {
    this.said = words;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const shortcut = shortcutOf(event);
    if (shortcut && perform(this, this.#tool, shortcut)) event.preventDefault();
  };
}
