/** `<rnn-network>`: the recurrent network over time, unrolled or folded, with the numbers of one traced sequence.
 *
 *  A pure function of its properties: it computes places and colours, no number that it shows. Whoever moves a control
 *  hears of it by an event (bubbling, composed):
 *
 *      rnn-timestep {timestep}   rnn-unit {unit}   rnn-fold {fold}   rnn-readouts {readouts}
 *      rnn-layer {layer}   rnn-gate {gate}   rnn-state {state}
 *      rnn-input {timestep, feature, value, final}     an x_t was dragged or typed: what would follow?
 *      rnn-weight {index, value, final}                a weight was typed; index is its place in the flat parameters
 *
 *  Time steps, units and layers count from 1, as they are shown; timestep 0 is h_0 alone; features and gates count from 0.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { over, stepOf, under } from '../network/drawing.ts';
import { weightShown } from '../network/choices.ts';
import { gutter } from '../network/gutter.ts';
import { Inks, TOKENS } from '../network/ink.ts';
import { columnsBetween, type Panel, scrollFor } from '../network/layout.ts';
import type { Ink } from '../network/paint.ts';
import { table } from '../network/numbers.ts';
import type { Actions, Shown } from '../network/actions.ts';
import { controls, facts, legend } from '../network/panels.ts';
import { height, valueAt } from '../network/paths.ts';
import { drawCells, drawPlates } from '../network/picture.ts';
import { afterwards, gradually, type Step } from '../network/play.ts';
import { inputUnder, layerUnder, type Place, textUnder, unitUnder, weightUnder } from '../network/point.ts';
import { snap } from '../network/scales.ts';
import { type Cut, type Scene, scene } from '../network/scene.ts';
import { type EngineTrace, type Reading, read, type StateName, type Trace } from '../network/trace.ts';
import { type Place as WeightPlace, type Tensor, type Weights, weightsOf } from '../network/weights.ts';
import { cutSentence, description, sentence } from '../network/words.ts';
import { styles } from './rnn-network.styles.ts';

/** Columns beyond the frame that are drawn too, in frames, so that scrolling meets no blank. */
const AHEAD = 1;
/** Folded a little, a thousand columns are near: more than these would be drawn one upon the other. */
const MOST_COLUMNS = 160;
interface Drag {
  index: number;
  pointer: number;
  /** How far from its middle the point was taken. */
  offset: number;
  value: number | undefined;
}

export class RnnNetwork extends LitElement {
  static override styles = styles;

  static override properties = {
    trace: { attribute: false },
    parameters: { attribute: false },
    tensors: { attribute: false },
    original: { attribute: false },
    edited: { attribute: false },
    editedWeights: { attribute: false },
    originalParameters: { attribute: false },
    label: { type: Number },
    loss: { type: String },
    layer: { type: Number },
    gate: { type: Number },
    state: { type: String },
    cut: { type: String },
    reset: { type: Number },
    timestep: { type: Number },
    unit: { type: Number },
    fold: { type: Number },
    readouts: { type: Boolean },
    disabled: { type: Boolean },
  };

  /** The engine's, or the forward half of a simple network's. */
  declare trace: Trace | EngineTrace | undefined;
  declare parameters: Float32Array | undefined;
  declare tensors: readonly Tensor[] | undefined;
  /** x before the what-if edits, for their ghosts. */
  declare original: ArrayLike<number> | undefined;
  /** Places in x, (t − 1)·features + feature, that are what-if edits. */
  declare edited: Iterable<number> | undefined;
  /** Places in the flat parameters that are what-if edits; undefined: no weight is to be typed. */
  declare editedWeights: Iterable<number> | undefined;
  /** The flat parameters before those edits. */
  declare originalParameters: ArrayLike<number> | undefined;
  declare label: number | undefined;
  /** The model's loss by Keras's name: it says what the answer is. Default: by the number of outputs. */
  declare loss: string | undefined;
  /** From 1, the lowest. */
  declare layer: number;
  /** From 0, in the order of the trace: z r h, i f c o. */
  declare gate: number;
  /** Which state the strips of an LSTM show. */
  declare state: StateName;
  declare cut: Cut;
  /** The time step that reads a state of zero, with cut = 'state'. */
  declare reset: number;
  declare timestep: number;
  declare unit: number | undefined;
  declare fold: number;
  declare readouts: boolean;
  declare disabled: boolean;

  #width = 0;
  #resized = false;
  #follow = true;
  #scene: Scene | undefined;
  #weights: Weights | undefined;
  #reading: Reading | undefined;
  #weight: WeightPlace | undefined;
  #weightTyped: string | undefined;
  #inks = new Inks();
  #plates: unknown[] = [];
  #drag: Drag | undefined;
  #input: number | undefined;
  #typed: string | undefined;
  #playing: Step | undefined;
  #coming = 0;
  #tableOpen = false;
  #speechDue = false;
  #window: [number, number] = [0, 0];
  #sizes: ResizeObserver | undefined;
  #themes: MutationObserver | undefined;
  #schemes: MediaQueryList | undefined;

  constructor() {
    super();
    this.timestep = 0;
    this.layer = 1;
    this.gate = 0;
    this.state = 'h';
    this.cut = 'none';
    this.reset = 0;
    this.fold = 0;
    this.readouts = false;
    this.disabled = false;
  }

  // -------------------------------------------------------------------------------------------------- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver((entries) => {
      const width = Math.floor(entries[0]?.contentRect.width ?? 0);
      if (width === 0 || width === this.#width) return;
      this.#width = width;
      this.#resized = true;
      this.requestUpdate();
    });
    this.#sizes.observe(this);
    this.#themes = new MutationObserver(this.#repaint);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    this.#schemes = matchMedia('(prefers-color-scheme: dark)');
    this.#schemes.addEventListener('change', this.#repaint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
    this.#sizes?.disconnect();
    this.#themes?.disconnect();
    this.#schemes?.removeEventListener('change', this.#repaint);
  }

  #repaint = (): void => this.requestUpdate();

  protected override willUpdate(changed: PropertyValues): void {
    const { trace, layer, gate, state, loss, label } = this;
    this.#reading = trace && read(trace, { layer, gate, state, loss, label });
    if (['parameters', 'tensors', 'layer', 'gate', 'trace'].some((name) => changed.has(name))) this.#readWeights();
    if (changed.has('timestep') || changed.has('trace')) {
      const count = this.#reading?.x.length ?? 0;
      if (changed.has('timestep') || (this.#input ?? 0) >= count) this.#input = undefined;
    }
    // The frame follows the cursor when that moves, not while somebody works elsewhere in it.
    this.#follow = this.#resized || changed.has('timestep') || changed.has('fold') || trace?.timesteps !== this.#scene?.trace.timesteps;
    this.#resized = false;
    this.#scene = this.#makeScene();
  }

  /** Of the chosen layer and gate, if they are this trace's. */
  #readWeights(): void {
    const trace = this.#reading;
    const weights = trace && weightsOf(this.parameters, this.tensors, trace.layer, trace.gate);
    const fit = weights?.units === trace?.units && weights?.features === trace?.inputs && weights?.outputs === trace?.outputs;
    this.#weights = fit ? weights : undefined;
  }

  #makeScene(): Scene | undefined {
    const trace = this.#reading;
    if (!trace || this.#width === 0) return undefined;
    const made = scene({
      width: this.#width,
      trace,
      weights: this.#weights,
      timestep: this.timestep,
      unit: this.unit,
      fold: this.fold,
      readouts: this.readouts,
      edited: new Set(this.edited ?? []),
      original: this.original,
      editedWeights: this.editedWeights && new Set(this.editedWeights),
      originalParameters: this.originalParameters,
      weight: this.editedWeights && this.#weight,
      cut: this.cut,
      reset: this.reset,
      disabled: this.disabled,
      coming: this.#coming,
    });
    this.#window = this.#seen(made);
    const [from, until] = this.#window;
    const to = Math.min(until, made.timestep);
    return { ...made, from: Math.max(Math.min(from, made.timestep), to - MOST_COLUMNS), to, until: Math.min(until, to + MOST_COLUMNS) };
  }

  get #frame(): HTMLElement | null {
    return this.renderRoot.querySelector('.frame');
  }

  /** The columns to draw: those in the frame where it will stand, and some to both sides. */
  #seen(s: Scene): [number, number] {
    const now = this.#frame?.scrollLeft ?? 0;
    const scroll = this.#follow ? scrollFor(s.l, s.timestep, now) : now;
    return columnsBetween(s.l, scroll - AHEAD * s.l.frameWidth, scroll + (1 + AHEAD) * s.l.frameWidth);
  }

  protected override updated(): void {
    const s = this.#scene;
    if (!s) return;
    // By script: a style attribute in markup would break a strict policy.
    this.#size('.gutter', s.l.gutter.width, s.l.height);
    this.#size('.sheet', s.l.sheetWidth, s.l.height);
    const ink = this.#inks.read(this);
    this.#paintPlates(s, ink);
    drawCells(this.#canvas('cells'), s, ink);
    const frame = this.#frame;
    if (frame && this.#follow) {
      const place = scrollFor(s.l, s.timestep, frame.scrollLeft);
      if (Math.abs(place - frame.scrollLeft) > 0.5) frame.scrollLeft = place;
    }
    this.#say(s);
  }

  #size(selector: string, width: number, height: number): void {
    const { style } = this.renderRoot.querySelector(selector) as HTMLElement;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  // ------------------------------------------------------------------------------------------------ colours

  #canvas(name: string): HTMLCanvasElement {
    return this.renderRoot.querySelector(`canvas.${name}`) as HTMLCanvasElement;
  }

  /** A dragged x leaves the weights alone: no need to draw them again. */
  #paintPlates(s: Scene, ink: Ink): void {
    const canvas = this.#canvas('plates');
    const edits = [...(s.editedWeights ?? [])].join();
    const drawn = [canvas, s.weights, s.unit, s.weight, edits, ink, s.l.width, s.l.height, globalThis.devicePixelRatio];
    if (drawn.every((part, k) => part === this.#plates[k])) return;
    this.#plates = drawn;
    drawPlates(canvas, s, ink);
  }

  /** Paints its canvases again, at once: whoever takes a picture listens (web/picture). */
  repaint(): void {
    const [s, ink] = [this.#scene, this.#inks.read(this)];
    if (!s) return;
    drawPlates(this.#canvas('plates'), s, ink);
    drawCells(this.#canvas('cells'), s, ink);
  }

  // --------------------------------------------------------------------------------------------------- page

  protected override render(): TemplateResult {
    const s = this.#scene;
    return html`${TOKENS.map((name) => html`<i class="probe ${name}"></i>`)}
      ${s ? this.#figure(s) : html`<p class="aside waiting">The network appears here once it has numbers to show.</p>`}
      <p class="hidden" role="status"></p>`;
  }

  #figure(s: Scene): TemplateResult {
    const { l } = s;
    const width = l.gutter.narrow ? 'narrow' : l.width < 940 ? 'middle' : 'wide';
    const texts = { text: this.#typed, weightText: this.#weightTyped };
    const shown: Shown = { playing: this.playing, tableOpen: this.#tableOpen, input: this.#input, ...texts };
    return html`<div class=${`figure ${width} ${s.trace.gates.length > 1 ? 'gated' : ''}`}>
      ${facts(s, shown, this.#actions)}
      <p class="hidden" id="description">${description(s.trace)} ${cutSentence(s.trace, s.cut, s.reset)}</p>
      <div class="plot" role="group" tabindex="0" aria-describedby="description"
        aria-label="The network over time. Left and right arrow keys move through time, up and down choose a unit."
        @keydown=${this.#onKey} @pointermove=${this.#onHover} @pointerleave=${this.#leave} @click=${this.#onClick}>
        <div class="gutter" aria-hidden="true">
          <svg class="under" width=${l.gutter.width} height=${l.height}>${gutter(s)}</svg>
          <canvas class="plates"></canvas>
        </div>
        <div class="frame" tabindex=${l.inputCells || s.timestep === 0 ? 0 : nothing} role="group" aria-label="Time steps" @scroll=${this.#onScroll} @pointerdown=${this.#onDown} @pointermove=${this.#onMove}
          @pointerup=${this.#onUp} @pointercancel=${this.#onUp}>
          <div class="sheet">
            <svg class="under" aria-hidden="true" width=${l.sheetWidth} height=${l.height}>${under(s)}</svg>
            <canvas class="cells" aria-hidden="true"></canvas>
            <svg class="over" width=${l.sheetWidth} height=${l.height}>${over(s)}</svg>
          </div>
        </div>
        <div class="tip-box" hidden aria-hidden="true"></div>
      </div>
      ${legend(s)}${controls(s, shown, this.#actions)}${table(s, shown, this.#actions)}
    </div>`;
  }

  // ------------------------------------------------------------------------------------------------- events

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** To another time step, by whatever control; false where there is none. */
  #move(timestep: number): boolean {
    const s = this.#scene;
    if (!s || this.disabled) return false;
    const next = Math.min(Math.max(timestep, 0), s.trace.timesteps);
    if (next === s.timestep) return false;
    this.timestep = next;
    this.#emit('rnn-timestep', { timestep: next });
    return true;
  }

  /** The same by a control that says nothing itself: the live region does. */
  #walk(timestep: number): void {
    this.pause();
    if (this.#move(timestep)) this.#speechDue = true;
  }

  #chooseUnit(unit: number): void {
    const s = this.#scene;
    if (!s || this.disabled) return;
    const next = unit >= 1 && unit <= s.trace.units ? unit : undefined;
    if (next === s.unit) return;
    this.unit = next;
    this.#emit('rnn-unit', { unit: next });
  }

  #chooseLayer(layer: number): void {
    const s = this.#scene;
    if (!s || this.disabled || layer === s.trace.layer) return;
    this.layer = layer;
    this.#emit('rnn-layer', { layer });
  }

  #actions: Actions = {
    move: (timestep) => this.#move(timestep),
    walk: (timestep) => this.#walk(timestep),
    chooseUnit: (unit) => this.#chooseUnit(unit),
    chooseLayer: (layer) => this.#chooseLayer(layer),
    chooseGate: (gate) => {
      this.gate = gate;
      this.#emit('rnn-gate', { gate });
    },
    showState: (state) => {
      this.state = state;
      this.#emit('rnn-state', { state });
    },
    showWeight: (place) => this.#showWeight(place),
    typeWeight: (field, final) => this.#typeWeight(field, final),
    weightTyped: () => {
      this.#weightTyped = undefined;
      this.requestUpdate();
    },
    fold: (fold) => {
      this.fold = fold;
      this.#emit('rnn-fold', { fold });
    },
    readouts: (readouts) => {
      this.readouts = readouts;
      this.#emit('rnn-readouts', { readouts });
    },
    play: () => this.play(),
    pause: () => this.pause(),
    showInput: (index) => this.#showInput(index),
    typeInput: (index, field, final) => this.#typeInput(index, field, final),
    typed: () => {
      this.#typed = undefined;
      this.requestUpdate();
    },
    openTable: (open) => {
      this.#tableOpen = open;
      this.requestUpdate();
    },
  };

  #onKey = (event: KeyboardEvent): void => {
    const s = this.#scene;
    if (!s || this.disabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const grip = (event.target as Element).closest?.('.grip');
    const handled = grip ? this.#inputKey(event.key, s, Number(grip.getAttribute('data-input'))) : this.#figureKey(event.key, s);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #figureKey(key: string, s: Scene): boolean {
    const last = s.trace.timesteps;
    const unit = s.unit ?? 0;
    const times: Record<string, number> = { ArrowLeft: s.timestep - 1, ArrowRight: s.timestep + 1, Home: 0, End: last };
    const time = times[key];
    if (time !== undefined) {
      this.#walk(time);
      return true;
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      this.#chooseUnit(Math.min(Math.max(unit + (key === 'ArrowDown' ? 1 : -1), 0), s.trace.units));
      this.#speechDue = true;
      return true;
    }
    if (key === 'Escape' && s.unit !== undefined) {
      this.#chooseUnit(0);
      return true;
    }
    return false;
  }

  /** On an x_t: up and down change it, left and right go to its neighbours. */
  #inputKey(key: string, s: Scene, index: number): boolean {
    const { features } = s.trace;
    const domain = s.domains[index % features] as [number, number];
    const step = stepOf(s, index);
    const value = s.trace.x[index] as number;
    const changes: Record<string, number> = {
      ArrowUp: value + step,
      ArrowDown: value - step,
      PageUp: value + 10 * step,
      PageDown: value - 10 * step,
      Home: domain[0],
      End: domain[1],
    };
    const wanted = changes[key];
    if (wanted !== undefined) {
      this.#setInput(index, snap(Math.min(Math.max(wanted, domain[0]), domain[1]), step), true);
      return true;
    }
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
    const next = index + (key === 'ArrowRight' ? features : -features);
    if (next >= s.timestep * features) this.#move(s.timestep + 1);
    if (next >= 0 && next < s.trace.x.length) this.updateComplete.then(() => this.#focusInput(next));
    return true;
  }

  #focusInput(index: number): void {
    this.renderRoot.querySelector<SVGGElement>(`[data-input="${index}"]`)?.focus();
    this.#showInput(index);
  }

  /** Which x the number field shows. */
  #showInput(index: number): void {
    if (this.#input === index) return;
    this.#input = index;
    this.requestUpdate();
  }

  #setInput(index: number, value: number, final: boolean): void {
    const s = this.#scene;
    if (!s || this.disabled || !Number.isFinite(value)) return;
    const { features } = s.trace;
    this.#emit('rnn-input', { timestep: Math.floor(index / features) + 1, feature: index % features, value, final });
  }

  #typeInput(index: number, field: HTMLInputElement, final: boolean): void {
    this.#typed = field.value;
    if (field.value.trim() !== '' && field.validity.valid) this.#setInput(index, field.valueAsNumber, final);
    if (!final) return;
    this.#speechDue = true;
    this.requestUpdate();
  }

  /** Which weight the number field shows. */
  #showWeight(place: WeightPlace): void {
    this.#weight = place;
    this.#weightTyped = undefined;
    this.requestUpdate();
  }

  #typeWeight(field: HTMLInputElement, final: boolean): void {
    const s = this.#scene;
    if (!s?.weights || this.disabled) return;
    this.#weightTyped = field.value;
    const value = field.valueAsNumber;
    const sound = field.value.trim() !== '' && field.validity.valid && Number.isFinite(value);
    if (sound) this.#emit('rnn-weight', { index: s.weights.index(weightShown(s, s.weights)), value, final });
    if (!final) return;
    this.#speechDue = true;
    this.requestUpdate();
  }

  // ------------------------------------------------------------------------------------------------ pointer

  #onDown = (event: PointerEvent): void => {
    const s = this.#scene;
    const grip = (event.target as Element).closest('.grip');
    if (!s || !grip || this.disabled || event.button !== 0 || this.#drag) return;
    this.pause();
    const index = Number(grip.getAttribute('data-input'));
    // Taken beside its middle, the point keeps that distance: it does not jump under the finger.
    const feature = index % s.trace.features;
    const middle = height(s.l.inputs[feature] as Panel, s.domains[feature] as [number, number], s.trace.x[index] as number);
    this.#drag = { index, pointer: event.pointerId, offset: event.clientY - middle, value: undefined };
    (grip as SVGGElement).focus({ preventScroll: true });
    this.#frame?.setPointerCapture(event.pointerId);
    this.#showInput(index);
    this.#leave();
  };

  #onMove = (event: PointerEvent): void => {
    const s = this.#scene;
    const drag = this.#drag;
    if (!s || drag?.pointer !== event.pointerId) return;
    const feature = drag.index % s.trace.features;
    const y = event.clientY - drag.offset; /* how far the finger went, wherever the figure is by now */
    const value = snap(valueAt(s.l.inputs[feature] as Panel, s.domains[feature] as [number, number], y), stepOf(s, drag.index));
    if (value === (drag.value ?? s.trace.x[drag.index])) return;
    drag.value = value;
    this.#setInput(drag.index, value, false);
  };

  #onUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#drag = undefined;
    if (drag.value === undefined) return;
    this.#setInput(drag.index, drag.value, true);
    this.#speechDue = true;
    this.requestUpdate();
  };

  /** Where on the gutter or the sheet a pointer is. */
  #place(event: MouseEvent): Place | undefined {
    for (const on of ['gutter', 'sheet'] as const) {
      if (!(event.target as Element).closest(`.${on}`)) continue;
      const rect = (this.renderRoot.querySelector(`.${on}`) as Element).getBoundingClientRect();
      return { on, x: event.clientX - rect.left, y: event.clientY - rect.top };
    }
    return undefined;
  }

  #onClick = (event: MouseEvent): void => {
    const s = this.#scene;
    const time = (event.target as Element).getAttribute('data-time');
    if (!s || this.disabled) return;
    if (time !== null) {
      this.#walk(Number(time));
      return;
    }
    const place = this.#place(event);
    if (!place) return;
    const input = inputUnder(s, place);
    if (input !== undefined) this.#showInput(input);
    const layer = layerUnder(s, place);
    if (layer !== undefined) {
      this.#chooseLayer(layer);
      this.#speechDue = true;
      return;
    }
    const weight = s.editedWeights && weightUnder(s, place);
    if (weight) {
      this.#showWeight(weight);
      if (unitUnder(s, place) === s.unit) return; /* its cell is taken, not the unit left */
    }
    const unit = unitUnder(s, place);
    if (unit === undefined) return;
    this.#chooseUnit(unit === s.unit ? 0 : unit);
    this.#speechDue = true;
  };

  #onHover = (event: PointerEvent): void => {
    const s = this.#scene;
    if (!s || this.#drag || event.pointerType === 'touch') return;
    const place = this.#place(event);
    const text = place && textUnder(s, place);
    if (!text) {
      this.#leave();
      return;
    }
    const box = this.renderRoot.querySelector('.tip-box') as HTMLElement;
    const plot = (this.renderRoot.querySelector('.plot') as Element).getBoundingClientRect();
    box.hidden = false;
    box.textContent = text;
    const x = Math.min(event.clientX - plot.left + 12, plot.width - box.offsetWidth - 2);
    box.style.transform = `translate(${Math.max(0, x)}px, ${event.clientY - plot.top - 34}px)`;
  };

  #leave = (): void => {
    const box = this.renderRoot.querySelector<HTMLElement>('.tip-box');
    if (box) box.hidden = true;
  };

  #onScroll = (): void => {
    const frame = this.#frame;
    const s = this.#scene;
    if (!frame || !s) return;
    this.renderRoot.querySelector('.plot')?.classList.toggle('scrolled', frame.scrollLeft > 1);
    const [from, to] = columnsBetween(s.l, frame.scrollLeft, frame.scrollLeft + frame.clientWidth);
    if (from < this.#window[0] || to > this.#window[1]) this.requestUpdate();
  };

  // --------------------------------------------------------------------------------------------------- play

  /** Walks on by itself, from the start if it stood at the end. */
  play(): void {
    const s = this.#scene;
    if (!s || this.disabled || this.#playing !== undefined) return;
    if (s.timestep === s.trace.timesteps) this.#move(0);
    this.#nextStep();
    this.requestUpdate();
  }

  /** Stops playing; says where it stopped. */
  pause(): void {
    if (!this.#playing) return;
    this.#playing.stop();
    this.#playing = undefined;
    this.#coming = 0;
    this.#speechDue = true;
    this.requestUpdate();
  }

  get playing(): boolean {
    return this.#playing !== undefined;
  }

  #nextStep(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#playing = still ? afterwards(this.#arrive) : gradually(this.#approach, this.#arrive);
  }

  #approach = (part: number): void => {
    this.#coming = part;
    this.requestUpdate();
  };

  #arrive = (): void => {
    const s = this.#scene;
    if (!s) return;
    this.#coming = 0;
    this.#move(s.timestep + 1);
    if (this.timestep >= s.trace.timesteps) this.pause();
    else this.#nextStep();
  };

  // ------------------------------------------------------------------------------------------------- speech

  /** Speaks once, at rest; never while playing or dragging, and never what a slider says itself. */
  #say(s: Scene): void {
    if (!this.#speechDue || this.#playing !== undefined || this.#drag) return;
    this.#speechDue = false;
    const region = this.renderRoot.querySelector('[role=status]');
    if (region) region.textContent = sentence(s.trace, s.timestep, s.unit);
  }
}

if (!customElements.get('rnn-network')) customElements.define('rnn-network', RnnNetwork);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-network': RnnNetwork;
  }
}
