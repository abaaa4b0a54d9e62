/** `<rnn-backward>`: backpropagation through time: the gradient at each time step, and the terms that add up to ∂L/∂W.
 *
 *  The element is a pure function of its properties, which README.md lists. It computes positions and colors, but no number that it shows.
 *  Events (bubbling):
 *
 *      rnn-timestep {timestep}   rnn-unit {unit}   rnn-mean {mean}   rnn-strips {state}   rnn-layer {layer}   rnn-open {open}
 *      rnn-weight {index}        a weight was chosen for the check, by its index in the flat parameters
 *
 *      rnn-vanish                the reader asks for settings with which the gradient vanishes
 *
 *  Time steps, units and layers count from 1, the index from 0.
 */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { localPosition } from '../../shared/pointer-position.ts';
import { ground, gutter, sheet } from './backward-drawing.ts';
import { clamp, type Layout, layout, type Rows, scrollFor, visibleColumns, cellAt } from './backward-layout.ts';
import { type Limits, type Picture, paint } from './backward-painting.ts';
import {
  type Actions,
  type PanelInput,
  checkPanel,
  controls,
  facts,
  legend,
  switches,
  table,
} from './backward-panels.ts';
import {
  type Backward,
  type GradientCheck,
  type ShownGradient,
  type State,
  shown,
  type Tensor,
} from './backward-data.ts';
import { checkSentence, description, hasVanished, notice, placeOf, sentence } from './backward-sentences.ts';
import { Inks, TOKENS } from '../network/ink.ts';
import { prepare } from '../network/cell-painting.ts';
import type { DataNames } from '../../shared/data-names.ts';
import { magnitude } from '../network/scales.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { figure } from '../../shared/figure.styles.ts';
import { overTime } from '../../shared/over-time.styles.ts';
import { styles } from './styles.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { translate } from '../../shared/translate.ts';
import { gatesOf } from '../../symbols/gates.ts';

export class RnnBackward extends LitElement {
  static override styles = [figure, overTime, styles];

  static override properties = {
    sequence: { attribute: false },
    batch: { attribute: false },
    check: { attribute: false },
    tensors: { attribute: false },
    mean: { type: Boolean },
    names: { attribute: false },
    words: { attribute: false },
    state: { type: String },
    timestep: { type: Number },
    unit: { type: Number },
    layer: { type: Number },
    layers: { type: Number },
    weight: { type: Number },
    unlabelled: { type: String },
    largest: { type: Number },
    joined: { type: Boolean },
    offers: { type: Boolean },
    brief: { type: Boolean },
    rows: { type: String },
    until: { type: Number },
    disabled: { type: Boolean },
    open: { type: Boolean },
  };

  declare sequence: Backward | undefined;
  declare batch: Backward | undefined;
  declare check: GradientCheck | undefined;
  declare tensors: readonly Tensor[] | undefined;
  declare mean: boolean;
  /** What features and classes stand for. */
  declare names: DataNames;
  /** The word that each time step of the sequence reads; empty if the features are no words. */
  declare words: readonly (string | undefined)[];
  declare state: State;
  declare timestep: number;
  declare unit: number | undefined;
  /** From 1, the lowest. */
  declare layer: number;
  declare layers: number;
  declare weight: number | undefined;
  /** The reason why the sequence has no target, and so no gradient, in a sentence. */
  declare unlabelled: string;
  /** The weight with the largest gradient. It is offered if the check of the chosen weight says little. */
  declare largest: number | undefined;
  /** Whether other gradients are added at each time step, because each has a target or there is a layer above. */
  declare joined: boolean;
  /** Whether a button offers settings with which the gradient vanishes. */
  declare offers: boolean;
  /** Only what one step of the lesson needs: the picture, the check and the table. */
  declare brief: boolean;
  /** `update`: only the gradient of each state, what each step adds to that of W, and their sum. */
  declare rows: Rows;
  /** How far back the picture has come: the columns before this time step and the sum are blank. 0: all is shown. */
  declare until: number;
  declare disabled: boolean;
  /** Whether the table is open. */
  declare open: boolean;

  readonly #around = new Surroundings(this, {
    resized: () => {
      this.#follow = true;
    },
  });
  #l: Layout | undefined;
  #s: ShownGradient | undefined;
  #limits: Limits = { strips: 1, maps: 1 };
  readonly #inks = new Inks();
  #follow = true;
  #speechDue = false;

  constructor() {
    super();
    this.mean = false;
    this.names = {};
    this.words = [];
    this.state = 'h';
    this.timestep = Number.POSITIVE_INFINITY;
    this.layer = 1;
    this.layers = 1;
    this.unlabelled = '';
    this.joined = false;
    this.offers = false;
    this.brief = false;
    this.rows = 'all';
    this.until = 0;
    this.disabled = false;
    this.open = false;
  }

  #repaint = (): void => this.requestUpdate();

  get #data(): Backward | undefined {
    return this.mean ? this.batch : this.sequence;
  }

  get #t(): number {
    const last = this.#s?.data.timesteps ?? 1;
    return Number.isFinite(this.timestep) ? clamp(Math.round(this.timestep), 1, last) : last;
  }

  get #chosen(): number | undefined {
    const { unit } = this;
    return unit !== undefined && unit >= 1 && unit <= (this.#s?.data.units ?? 0) ? unit : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const data = this.#data;
    const before = this.#s?.data.timesteps;
    this.#s = data ? shown(data, this.state) : undefined;
    this.#l =
      data && this.#around.width > 0
        ? layout(this.#around.width, data.timesteps, data.units, data.gates, this.rows)
        : undefined;
    if (changed.has('timestep') || data?.timesteps !== before) this.#follow = true;
    if (this.#s && (changed.has('sequence') || changed.has('batch') || changed.has('mean') || changed.has('state'))) {
      const { d } = this.#s;
      const { terms, sums } = this.#s.data;
      this.#limits = { strips: magnitude(d) || 1, maps: Math.max(magnitude(terms), magnitude(sums)) || 1 };
    }
  }

  protected override updated(): void {
    reserveHeight(this.renderRoot);
    const [l, s] = [this.#l, this.#s];
    if (!l || !s) return;
    // Sizes are set by script because a strict content security policy forbids style attributes in markup.
    this.#size('.gutter', l.gutter, l.height);
    this.#size('.sheet', l.sheet, l.height);
    const frame = this.#frame;
    if (frame && this.#follow) {
      this.#follow = false;
      const place = scrollFor(l, this.#t, frame.scrollLeft);
      if (Math.abs(place - frame.scrollLeft) > 0.5) {
        frame.scrollLeft = place;
        this.requestUpdate();
        return;
      }
    }
    this.repaint();
    const region = this.renderRoot.querySelector('[role=status]') as Element;
    region.textContent = this.#speechDue ? sentence(s, this.#t, this.#chosen) : '';
    this.#speechDue = false;
  }

  /** Paints the canvas again at once, so that web/picture can record it. */
  repaint(): void {
    const [l, s] = [this.#l, this.#s];
    if (!l || !s) return;
    const canvas = this.renderRoot.querySelector('canvas') as HTMLCanvasElement;
    const scroll = this.#frame?.scrollLeft ?? 0;
    const g = prepare(canvas, l.frame, l.height);
    if (g) paint(g, this.#picture(l, s), scroll, this.#inks.read(this));
    canvas.style.transform = `translateX(${scroll}px)`;
  }

  #picture(l: Layout, s: ShownGradient): Picture {
    const [from, to] = visibleColumns(l, this.#frame?.scrollLeft ?? 0);
    const { brief, until } = this;
    const [limits, timestep, unit] = [this.#limits, this.#t, this.#chosen];
    return { l, s, limits, timestep, unit, until, brief, framed: this.#framed(l), words: this.#words(l), from, to };
  }

  /** The words of this sequence, if they fit what is shown. */
  #words({ timesteps }: Layout): Picture['words'] {
    return !this.mean && this.words.length === timesteps ? this.words : [];
  }

  /** Where the sum frames the weight that was checked. */
  #framed(l: Layout): Picture['framed'] {
    const { tensors, check, brief } = this;
    if (!brief || l.rows === 'update' || l.gates > 1 || !tensors || !check) return undefined;
    const place = placeOf(tensors, check.parameter);
    /* Keras's kernels are stored the other way round */
    return place?.tensor.name.endsWith('recurrent_kernel') ? { to: place.column, from: place.row } : undefined;
  }

  get #frame(): HTMLElement | null {
    return this.renderRoot.querySelector('.frame');
  }

  #size(selector: string, width: number, height: number): void {
    const { style } = this.renderRoot.querySelector(selector) as HTMLElement;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  // --------------------------------------------------------------------------------------------------- page

  protected override render(): TemplateResult {
    const [l, s] = [this.#l, this.#s];
    const { mean, layer, layers, disabled } = this;
    const some = this.sequence ?? this.batch;
    const missing = mean ? '' : this.unlabelled;
    const state = some && some.dC.length > 0 ? (this.state === 'c' ? 'c' : 'h') : undefined;
    return html`${TOKENS.map((name) => html`<i class="probe ${name}"></i>`)}
      <div class=${`figure ${this.#around.width < 560 ? 'narrow' : 'wide'} ${this.rows}`}>
        ${l && s && !this.brief ? html`<p class="notice" data-room>${notice(s, mean, this.joined)}</p>` : ''}
        ${l && s && this.offers && !this.brief && !hasVanished(s) ? html`<p class="act"><button type="button" id="vanish" ?disabled=${disabled} @click=${this.#actions.vanish}>Show a gradient that vanishes</button></p>` : ''}
        ${(some || missing) && !this.brief ? switches({ mean, layer, layers, disabled }, state, this.#actions) : ''}
        ${l && s ? this.#figure(l, s) : html`<p class=${missing ? 'no-target' : 'waiting'}>${missing ? translate(`There is no loss and no gradient without a target. ${missing}`) : translate('Backpropagation through time appears here as soon as there are gradients to show.')}</p>`}
      </div>
      <p class="visually-hidden" role="status"></p>`;
  }

  #figure(l: Layout, s: ShownGradient): TemplateResult {
    const { mean, layer, layers, disabled, tensors, weight } = this;
    const around: PanelInput = {
      s,
      timestep: this.#t,
      unit: this.#chosen,
      mean,
      layers,
      layer,
      disabled,
      tableOpen: this.open,
      names: this.names,
      words: this.#words(l),
    };
    const picture = this.#picture(l, s);
    return html`${this.brief ? '' : facts(around)}
      <p class="visually-hidden" id="description">${description(s, mean, this.rows)}</p>
      <div class="plot">
        <div class="gutter" aria-hidden="true"><svg width=${l.gutter} height=${l.height}>${gutter(
          l,
          s,
          mean,
          gatesOf(s.data.gates).map(({ letter }) => letter),
          this.brief,
        )}</svg></div>
        <div class="frame" role="group" tabindex="0" aria-describedby="description"
          aria-label="Backward through time. Left and right arrow keys move through time, up and down choose a unit."
          @keydown=${this.#onKey} @scroll=${this.#repaint} @click=${this.#onClick}>
          <div class="sheet" aria-hidden="true">
            <svg width=${l.sheet} height=${l.height}>${ground(picture)}</svg>
            <canvas></canvas>
            <svg width=${l.sheet} height=${l.height}>${sheet(picture, mean)}</svg>
          </div>
        </div>
      </div>
      ${this.brief ? '' : html`${legend(around, this.#limits)}${controls(around, this.#actions)}`}
      ${tensors && weight !== undefined ? this.#checked(tensors, weight, around) : ''}
      ${this.rows === 'update' ? '' : table(around, this.#actions)}`;
  }

  #checked(tensors: readonly Tensor[], weight: number, around: PanelInput): TemplateResult | string {
    const { check } = this;
    if (!this.brief) return checkPanel(tensors, weight, check, this.largest, around, this.#actions);
    if (this.rows === 'update') return '';
    return html`<p class="aside" id="checked" data-room>${check?.parameter === weight ? checkSentence(check, tensors) : ''}</p>`;
  }

  // ------------------------------------------------------------------------------------------------- events

  #move(timestep: number): void {
    const next = clamp(timestep, 1, this.#s?.data.timesteps ?? 1);
    if (this.disabled || next === this.#t) return;
    this.timestep = next;
    emit(this, 'rnn-timestep', { timestep: next });
  }

  #chooseUnit(unit: number): void {
    const next = unit >= 1 && unit <= (this.#s?.data.units ?? 0) ? unit : undefined;
    if (this.disabled || next === this.#chosen) return;
    this.unit = next;
    emit(this, 'rnn-unit', { unit: next });
  }

  #actions: Actions = {
    move: (timestep) => this.#move(timestep),
    chooseUnit: (unit) => this.#chooseUnit(unit),
    chooseMean: (mean) => {
      this.mean = mean;
      emit(this, 'rnn-mean', { mean });
    },
    chooseState: (state) => {
      this.state = state;
      emit(this, 'rnn-strips', { state });
    },
    chooseLayer: (layer) => {
      this.layer = layer;
      emit(this, 'rnn-layer', { layer });
    },
    chooseWeight: (index) => {
      this.weight = index;
      emit(this, 'rnn-weight', { index });
    },
    vanish: () => emit(this, 'rnn-vanish'),
    openTable: (open) => {
      if (open === this.open) return;
      this.open = open;
      emit(this, 'rnn-open', { open });
    },
  };

  #onKey = (event: KeyboardEvent): void => {
    if (this.disabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.#s?.data.timesteps ?? 1;
    const times: Record<string, number> = { ArrowLeft: this.#t - 1, ArrowRight: this.#t + 1, Home: 1, End: last };
    const units: Record<string, number> = {
      ArrowUp: (this.#chosen ?? 1) - 1,
      ArrowDown: (this.#chosen ?? 0) + 1,
      Escape: 0,
    };
    const [time, unit] = [times[event.key], units[event.key]];
    if (time === undefined && (unit === undefined || (event.key === 'Escape' && this.#chosen === undefined))) return;
    if (time !== undefined) this.#move(time);
    else if (unit !== undefined && unit <= (this.#s?.data.units ?? 0)) this.#chooseUnit(unit);
    this.#speechDue = true;
    this.requestUpdate();
    event.preventDefault();
    event.stopPropagation();
  };

  #onClick = (event: MouseEvent): void => {
    const l = this.#l;
    if (!l || this.disabled) return;
    const { x, y } = localPosition(this.renderRoot.querySelector('.sheet') as Element, event);
    const { timestep, unit } = cellAt(l, x, y);
    if (timestep !== undefined) this.#move(timestep);
    if (unit !== undefined) this.#chooseUnit(unit === this.#chosen ? 0 : unit);
  };
}

define('rnn-backward', RnnBackward);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-backward': RnnBackward;
  }
}
