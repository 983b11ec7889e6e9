import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { boundsOf, sameExtent, type Bounds } from '../../core/geometry';
import type { MaskStep } from '../../core/strokes';
import type { EditorState, Look, Ready, WidenPlan, WidenWish } from '../../protocol/imageEditor';
import { sharedStyles } from '../studio/styles';
import { actionBar } from './actionBar';
import { MASK_TOOLS, type Desk, type Settings } from './desk';
import { editorStyles } from './editorStyles';
import { isWidened, NO_SIDES, type Sides } from './frame';
import type { ToolName } from './gestures';
import type { Line } from './line';
import { MaskModel } from './maskModel';
import { MOST_SIZE, optionsRow } from './optionsRow';
import type { ShownPicture } from './pictureLayer';
import type { Saved } from './savedSettings';
import { ShownPictures } from './shownPictures';
import './stage';
import type { EaselStage } from './stage';
import { stageColours } from './stageColours';
import { toolStrip } from './toolStrip';
import type { Point } from './viewport';
import { t } from './words';

const TOOL_KEYS: Readonly<Record<string, ToolName>> = { h: 'view', v: 'view', b: 'brush', e: 'eraser', r: 'rectangle', l: 'lasso', w: 'widen' };
const ZOOM_KEYS: Readonly<Record<string, Parameters<Desk['zoom']>[0]>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit', '1': 'actual' };
/** A plan is asked for once nothing has changed for so long, in milliseconds. */
const PLAN_DELAY_MS = 250;

/** The page of the image editor: it shows what the host says and asks it for everything that lasts. */
@customElement('easel-editor')
export class EaselEditor extends LitElement implements Desk {
  static override readonly styles = [sharedStyles, editorStyles];

  readonly purposes: Ready['purposes'];
  readonly #line: Line;
  readonly #pictures: ShownPictures;
  readonly #model: MaskModel;
  readonly #stripOfIds = crypto.randomUUID().slice(0, 8);
  @state() state: EditorState;
  @state() settings: Settings;
  @state() look: Look;
  @state() plan: WidenPlan | undefined;
  @state() shown = 0;
  @state() comparing = false;
  @state() private picture: ShownPicture | undefined;
  @state() private candidate: ShownPicture | undefined;
  @state() private broken = false;
  @state() private said = '';
  @state() private colours = stageColours();
  #saved: Saved;
  #pictureId = '';
  #catchingUp: Promise<void> = Promise.resolve();
  #planTimer: ReturnType<typeof setTimeout> | undefined;
  #planEpoch = 0;
  #steps = 0;
  #themes: MutationObserver | undefined;

  constructor(line: Line, ready: Ready, saved: Saved) {
    super();
    this.#line = line;
    this.#saved = saved;
    this.purposes = ready.purposes;
    this.state = ready.state;
    this.look = ready.look;
    this.settings = saved.settings;
    this.#pictures = new ShownPictures(async (id) => (await line.request('picture', { id })).bytes);
    this.#model = new MaskModel((ids) => line.request('steps', { ids: [...ids] }));
  }

  /** Takes in what the host says. */
  follow(next: EditorState): void {
    const before = this.state;
    this.state = next;
    if (next.proposal && !before.proposal) this.#say(t('saidCandidates', next.proposal.candidates.length));
    if (next.run.failure !== before.run.failure) this.#say(next.run.failure);
    else if (next.run.detail !== before.run.detail) this.#say(next.run.detail);
    if (next.badge !== before.badge && next.badge !== '') this.#say(next.badge);
    if (next.proposal?.candidates[0] !== before.proposal?.candidates[0]) this.shown = 0;
    if (!sameExtent(next.picture.extent, before.picture.extent)) this.set({ sides: NO_SIDES });
    this.#catchUp();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    this.#themes = new MutationObserver(() => (this.colours = stageColours()));
    this.#themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.#catchUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.#themes?.disconnect();
  }

  override render(): TemplateResult {
    const { extent } = this.state.picture;
    const { proposal } = this.state;
    const shows = proposal && !this.comparing ? this.candidate : undefined;
    const own = boundsOf(this.picture ?? extent);
    const sight: Bounds = proposal ? { x: -proposal.at.x, y: -proposal.at.y, ...proposal.extent } : own;
    const { size, hardness, erase, sides } = this.settings;
    const stage = html`<easel-stage
      .picture=${shows ?? this.picture}
      .extent=${extent}
      .place=${shows ? sight : own}
      .sight=${sight}
      .model=${this.#model}
      .tool=${this.#tool}
      .showMask=${!proposal}
      .tip=${{ size, hardness }}
      .erase=${erase}
      .overlay=${this.look.overlay}
      .sides=${sides}
      .tiles=${this.#tool === 'widen' ? (this.plan?.tiles ?? []) : []}
      .colours=${this.colours}
      .label=${t('canvas', extent.width, extent.height)}
      .hint=${t('canvasHelp')}
      @step=${(event: CustomEvent<MaskStep>) => this.paint(event.detail)}
      @sides=${(event: CustomEvent<Sides>) => this.set({ sides: event.detail })}
      @view=${this.#viewed}
      @place=${({ detail: { x, y } }: CustomEvent<Point>) => this.#say(t('saidAt', Math.round(x), Math.round(y)))}
    ></easel-stage>`;
    return html`${toolStrip(this)}
      <div class="main">
        ${this.#canPaint ? optionsRow(this) : ''} ${this.broken ? html`<p class="message">${t('brokenPicture')}</p>` : stage} ${actionBar(this)}
      </div>
      <div class="unseen" role="status" aria-live="polite">${this.said}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown') || changed.has('state')) this.#catchUp();
    if (changed.has('settings') || changed.has('state')) {
      this.#save();
      this.#planSoon();
    }
  }

  readonly set = (change: Partial<Settings>): void => {
    this.settings = { ...this.settings, ...change };
  };

  readonly setLook = (look: Look): void => {
    this.look = look;
    this.#line.notify('look', look);
  };

  readonly paint = (step: MaskStep): void => {
    if (!this.#canPaint) return;
    this.#steps += 1;
    const id = `${this.#stripOfIds}-${this.#steps.toString(36)}`;
    this.#model.add(id, step);
    this.#stage?.maskChanged();
    this.#line.notify('paint', { id, step: step.kind === 'brush' || step.kind === 'lasso' ? { ...step, points: [...step.points] } : step });
    this.#say(t(step.kind === 'clear' || ('erase' in step && step.erase) ? 'saidUnmasked' : 'saidMasked'));
  };

  readonly zoom = (how: 'in' | 'out' | 'fit' | 'actual'): void => {
    const stage = this.#stage;
    if (how === 'fit') stage?.fit();
    else if (how === 'actual') stage?.actualSize();
    else stage?.zoom(how === 'in');
    if (stage?.view) this.#say(t('saidZoom', Math.round(stage.view.scale * window.devicePixelRatio * 100)));
  };

  readonly edit = (): void => {
    const { prompt, count } = this.settings;
    if (this.state.steps.length > 0) this.#line.notify('edit', { prompt: this.state.offer.takesPrompt ? prompt : '', count });
  };

  readonly widen = (): void => {
    if (isWidened(this.settings.sides)) this.#line.notify('widen', this.#widenWish());
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

  readonly discard = (): void => {
    this.#line.notify('discard', null);
    this.#stage?.focus();
  };

  get #stage(): EaselStage | null {
    return this.renderRoot.querySelector('easel-stage');
  }

  get #canPaint(): boolean {
    return this.state.viewOnly === '' && !this.state.run.busy && !this.state.proposal;
  }

  /** While something is drawn or waits for a decision the picture can only be looked at. */
  get #tool(): ToolName {
    return this.#canPaint ? this.settings.tool : 'view';
  }

  /** Shows what the state names, one thing after the other; what has been overtaken is left out. */
  #catchUp(): void {
    this.#catchingUp = this.#catchingUp.then(() => this.#showState()).catch(() => this.#failed());
  }

  #failed(): void {
    // The host may have gone on: then another state is on its way.
    this.broken = this.#pictureId === '';
  }

  async #showState(): Promise<void> {
    const { id, extent } = this.state.picture;
    if (id !== this.#pictureId) {
      const picture = await this.#pictures.load(id);
      if (this.state.picture.id !== id) return;
      const resized = this.picture && !sameExtent(this.picture, picture);
      this.#pictureId = id;
      this.picture = picture;
      this.broken = false;
      this.#model.reset(extent);
      await this.updateComplete;
      if (resized) this.#stage?.fit();
      this.#restoreView();
    }
    if (await this.#model.follow(this.state.steps)) this.#stage?.maskChanged();
    const wanted = this.state.proposal?.candidates ?? [];
    const candidate = wanted[this.shown];
    this.candidate = candidate === undefined ? undefined : await this.#pictures.load(candidate);
    if (this.comparing && wanted.length === 0) this.comparing = false;
    await this.updateComplete;
    this.#pictures.keep([this.#pictureId, ...wanted]);
  }

  /** The view of before the page was hidden, once. */
  #restoreView(): void {
    const { view } = this.#saved;
    if (view && this.#stage) this.#stage.view = view;
    this.#saved = { ...this.#saved, view: undefined };
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

  #planSoon(): void {
    clearTimeout(this.#planTimer);
    this.#planEpoch += 1;
    const { sides, tool } = this.settings;
    const widens = tool === 'widen' && isWidened(sides);
    const edits = !widens && this.state.steps.length > 0 && !this.state.offer.free;
    if (!this.#canPaint || (!widens && !edits)) {
      if (this.plan) this.plan = undefined;
      return;
    }
    const epoch = this.#planEpoch;
    const ask = async (): Promise<void> => {
      const plan = widens ? await this.#line.request('planWiden', this.#widenWish()) : { tiles: [], ...(await this.#line.request('planEdit', { prompt: this.settings.prompt, count: this.settings.count })) };
      if (epoch === this.#planEpoch) this.plan = plan;
    };
    // Without an answer the last words stand; drawing plans again anyway.
    this.#planTimer = setTimeout(() => void ask().catch(() => {}), PLAN_DELAY_MS);
  }

  #widenWish(): WidenWish {
    const { prompt, count, sides, mode } = this.settings;
    return { prompt: this.state.offer.takesPrompt ? prompt : '', count, mode, ...sides };
  }

  #say(words: string): void {
    this.said = words;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const types = target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['range', 'radio', 'color'].includes(target.type));
    if (types || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const zoom = ZOOM_KEYS[key];
    const tool = TOOL_KEYS[key];
    if (zoom) this.zoom(zoom);
    else if (tool && this.#canPaint) this.set({ tool });
    else if ((key === '[' || key === ']') && MASK_TOOLS.includes(this.#tool)) this.#resizeBrush(key === ']');
    else if (this.state.proposal && (key === ',' || key === '.')) this.show(this.shown + (key === '.' ? 1 : -1));
    else return;
    event.preventDefault();
  };

  #resizeBrush(larger: boolean): void {
    const { size } = this.settings;
    const by = Math.max(1, Math.round(size / 8));
    this.set({ size: Math.min(MOST_SIZE, Math.max(1, larger ? size + by : size - by)) });
  }
}
