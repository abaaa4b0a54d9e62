/** `<rnn-network>`: the recurrent network over time, unrolled or folded, with the numbers of one traced sequence.
 *
 *  The element is a pure function of its properties. It computes positions and colors, but no number that it shows. Events
 *  (bubbling):
 *
 *      rnn-timestep {timestep}   rnn-unit {unit}   rnn-fold {fold}   rnn-readouts {readouts}
 *      rnn-layer {layer}   rnn-gate {gate}   rnn-strips {state}   rnn-open {open}
 *      rnn-field {input} or {weight}      the number field shows another x, given by its index in x from 0, or another weight
 *      rnn-input {timestep, feature, value, final}     an x_t was dragged or typed, to see what would follow
 *      rnn-weight {index, value, final}                a weight was typed, given by its index in the flat parameters
 *      rnn-term {kind, index}    the source of a term of the chosen unit's sum is under the pointer or focused; {} when none is any more
 *
 *  Time steps, units and layers count from 1, as they are shown; time step 0 shows h_0 only. Features and gates count from 0.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { DataNames } from '../../shared/data-names.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import type { PanelState } from './actions.ts';
import { Control } from './control.ts';
import { over, under } from './sheet-drawing.ts';
import { gutter } from './gutter.ts';
import { TOKENS } from './ink.ts';
import { gutterHighlight } from './highlight.ts';
import { table } from './network-table.ts';
import { overview, timeAt } from './overview.ts';
import { controls, facts, legend } from './network-panels.ts';
import type { Cut, Scene } from './scene.ts';
import { type EngineTrace, type Reading, read, type StateName, type Trace } from './trace.ts';
import { type WeightPlace, type Tensor, type Weights, weightsOf } from './weights.ts';
import { description } from './description.ts';
import { cutSentence, sentence } from './network-sentences.ts';
import { View } from './drawing-cache.ts';
import type { Highlight } from '../../symbols/highlight-event.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { define } from '../../shared/define.ts';
import { figure } from '../../shared/figure.styles.ts';
import { overTime } from '../../shared/over-time.styles.ts';
import { styles } from './styles.ts';
import { Surroundings } from '../../shared/surroundings.ts';

/** A list of indices with the same contents is no change, so nothing is drawn again. */
const differ = (now: Iterable<number> | undefined, before: Iterable<number> | undefined): boolean =>
  String(now && [...now]) !== String(before && [...before]);

export class RnnNetwork extends LitElement {
  static override styles = [figure, overTime, styles];

  static override properties = {
    trace: { attribute: false },
    parameters: { attribute: false },
    tensors: { attribute: false },
    original: { attribute: false },
    edited: { attribute: false, hasChanged: differ },
    editedWeights: { attribute: false, hasChanged: differ },
    originalParameters: { attribute: false },
    label: { type: Number },
    relabelled: { type: Boolean },
    unlabelled: { type: String },
    ranges: { attribute: false },
    loss: { type: String },
    names: { attribute: false },
    layer: { type: Number },
    gate: { type: Number },
    state: { type: String },
    cut: { type: String },
    reset: { type: Number },
    timestep: { type: Number },
    unit: { type: Number },
    fold: { type: Number },
    readouts: { type: Boolean },
    highlight: { attribute: false },
    disabled: { type: Boolean },
    fixed: { type: Boolean },
    open: { type: Boolean },
    input: { type: Number },
    weight: { attribute: false },
  };

  /** The engine's trace, or only the forward pass of a simple network. */
  declare trace: Trace | EngineTrace | undefined;
  declare parameters: Float32Array | undefined;
  declare tensors: readonly Tensor[] | undefined;
  /** x before the what-if edits, which is drawn as ghosts. */
  declare original: ArrayLike<number> | undefined;
  /** The indices in x, (t − 1)·features + feature, of the what-if edits. */
  declare edited: Iterable<number> | undefined;
  /** The indices in the flat parameters of the what-if edits. If undefined, weights cannot be edited. */
  declare editedWeights: Iterable<number> | undefined;
  /** The flat parameters before the what-if edits. */
  declare originalParameters: ArrayLike<number> | undefined;
  declare label: number | undefined;
  /** Whether the target follows from the task's rule for the changed inputs, instead of being that of the data. */
  declare relabelled: boolean;
  /** The reason why there is no target, in a sentence. */
  declare unlabelled: string;
  /** The smallest and the largest x of each feature in the data. The axes contain them. */
  declare ranges: readonly (readonly [number, number])[] | undefined;
  /** What features, target and classes stand for. */
  declare names: DataNames | undefined;
  /** The model's loss by Keras's name. It decides how answers are shown. By default the number of outputs does. */
  declare loss: string | undefined;
  /** From 1, the lowest. */
  declare layer: number;
  /** From 0, in the order of the trace: u r g, or i f g o. */
  declare gate: number;
  /** The state in the strips of an LSTM. */
  declare state: StateName;
  declare cut: Cut;
  /** With cut = 'state', the time step whose previous state is set to zero. */
  declare reset: number;
  declare timestep: number;
  declare unit: number | undefined;
  declare fold: number;
  declare readouts: boolean;
  /** The term whose source is highlighted. Both the page and the element set it. */
  declare highlight: Highlight | undefined;
  declare disabled: boolean;
  /** Whether inputs and weights are fixed, so that nothing can be dragged or typed. */
  declare fixed: boolean;
  /** The index in x of the number in the field. By default it is the first x of the time step. */
  declare input: number | undefined;
  /** The weight in the number field, which is also marked in its matrix. */
  declare weight: WeightPlace | undefined;
  /** Whether the table is open. */
  declare open: boolean;

  readonly #around = new Surroundings(this, {
    resized: () => {
      this.#resized = true;
    },
  });
  #resized = false;
  /** The time steps of the inputs that were changed last. They stay in view until the cursor moves. */
  #changed: readonly number[] = [];
  #weights: Weights | undefined;
  #reading: Reading | undefined;
  readonly #view = new View(() => this.renderRoot);
  readonly #control = new Control(this);

  constructor() {
    super();
    this.timestep = 0;
    this.layer = 1;
    this.gate = 0;
    this.state = 'h';
    this.cut = 'none';
    this.reset = 0;
    this.relabelled = false;
    this.unlabelled = '';
    this.fold = 0;
    this.readouts = false;
    this.disabled = false;
    this.fixed = false;
    this.open = false;
  }

  // -------------------------------------------------------------------------------------------------- life

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { trace, layer, gate, state, loss, label } = this;
    const x = this.#reading?.x;
    this.#reading = trace && read(trace, { layer, gate, state, loss, label });
    if (['parameters', 'tensors', 'layer', 'gate', 'trace'].some((name) => changed.has(name))) this.#readWeights();
    const { typing } = this.#control;
    if (changed.has('timestep')) typing.forget();
    if (changed.has('input') || changed.has('timestep')) typing.input = this.input;
    if (changed.has('weight')) typing.weight = this.weight;
    /* the input may be of a longer sequence, which may come again */
    if (this.#reading && (typing.input ?? 0) >= this.#reading.x.length) typing.complaint = undefined;
    const before = this.#control.scene?.trace.timesteps;
    const edits = this.#editedSince(x);
    if (edits.length > 0 || changed.has('timestep')) this.#changed = edits;
    this.#view.follow = this.#resized || changed.has('timestep') || changed.has('fold') || trace?.timesteps !== before;
    this.#view.changed = this.#view.follow || edits.length > 0 ? this.#changed : [];
    this.#resized = false;
    this.#control.scene = this.#scene();
  }

  /** The time steps up to the cursor whose x was changed since x was `before`. The hand that drags an x sees it already. */
  #editedSince(before: ArrayLike<number> | undefined): number[] {
    const { x, features } = this.#reading ?? {};
    if (!x || !features || this.#control.pointer.dragging) return [];
    return [...(this.edited ?? [])]
      .filter((index) => x[index] !== before?.[index])
      .map((index) => Math.floor(index / features) + 1)
      .filter((t) => t <= this.timestep);
  }

  /** Reads the weights of the chosen layer and gate, if they fit the trace. */
  #readWeights(): void {
    const trace = this.#reading;
    const weights = trace && weightsOf(this.parameters, this.tensors, trace.layer, trace.gate);
    const fit =
      weights?.units === trace?.units && weights?.features === trace?.inputs && weights?.outputs === trace?.outputs;
    this.#weights = fit ? weights : undefined;
  }

  #scene(): Scene | undefined {
    const trace = this.#reading;
    if (!trace || this.#around.width === 0) return undefined;
    return this.#view.scene({
      width: this.#around.width,
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
      weight: this.editedWeights && this.#control.typing.weight,
      cut: this.cut,
      reset: this.reset,
      relabelled: this.relabelled,
      unlabelled: this.unlabelled,
      ranges: this.ranges,
      names: this.#names(trace),
      disabled: this.disabled,
      fixed: this.fixed,
      highlight: this.highlight,
      coming: this.#control.player.coming,
    });
  }

  /** The names, if they fit the trace: they may arrive before or after it. */
  #names({ features, outputs, answer }: Reading): DataNames | undefined {
    const { quantities, target, tokens } = this.names ?? {};
    return {
      quantities: quantities?.length === features ? quantities : undefined,
      target: answer === 'value' ? target : undefined,
      tokens: tokens?.length === features && tokens.length === outputs ? tokens : undefined,
    };
  }

  protected override updated(): void {
    reserveHeight(this.renderRoot);
    const s = this.#control.scene;
    if (!s) return;
    this.#view.draw(this, s);
    this.#say(s);
  }

  /** Paints the canvases again at once, so that web/picture can record them. */
  repaint(): void {
    const s = this.#control.scene;
    if (s) this.#view.repaint(this, s);
  }

  // --------------------------------------------------------------------------------------------------- page

  protected override render(): TemplateResult {
    const s = this.#control.scene;
    return html`${TOKENS.map((name) => html`<i class="probe ${name}"></i>`)}
      ${s ? this.#figure(s) : html`<p class="aside waiting">The network appears here once it has numbers to show.</p>`}
      <p class="visually-hidden" role="status"></p>`;
  }

  #figure(s: Scene): TemplateResult {
    const { l } = s;
    const width = l.gutter.narrow ? 'narrow' : l.width < 940 ? 'middle' : 'wide';
    const { actions, pointer, typing } = this.#control;
    const { input, text, weightText, complaint } = typing;
    const shown: PanelState = { playing: this.playing, tableOpen: this.open, input, text, weightText, complaint };
    return html`<div class=${`figure ${width} ${s.trace.gates.length > 1 ? 'gated' : ''}`}>
      ${facts(s, shown, actions)}
      <p class="visually-hidden" id="description">${description(s.trace, s.names)} ${cutSentence(s.trace, s.cut, s.reset)}</p>
      <div class="plot" role="group" tabindex="0" aria-describedby="description"
        aria-label="The network over time. Left and right arrow keys move through time, up and down choose a unit."
        @keydown=${this.#control.key} @focusin=${pointer.focusIn} @focusout=${pointer.focusOut} @pointermove=${pointer.hover} @pointerleave=${pointer.leave} @click=${pointer.click}>
        <div class="gutter" aria-hidden="true">
          <svg class="under" width=${l.gutter.width} height=${l.height}>${gutter(s)}</svg>
          <canvas class="plates"></canvas>
          <svg class="highlights" width=${l.gutter.width} height=${l.height}>${gutterHighlight(s)}</svg>
        </div>
        <div class="frame" tabindex=${l.inputCells || s.timestep === 0 ? 0 : nothing} role="group" aria-label="Time steps" @scroll=${this.#onScroll} @pointerdown=${pointer.down} @pointermove=${pointer.move}
          @pointerup=${pointer.up} @pointercancel=${pointer.up}>
          <div class="sheet">
            <svg class="under" aria-hidden="true" width=${l.sheetWidth} height=${l.height}>${under(s)}</svg>
            <canvas class="cells" aria-hidden="true"></canvas>
            <svg class="over" width=${l.sheetWidth} height=${l.height}>${over(s)}</svg>
          </div>
        </div>
        <div class="tip-box" hidden aria-hidden="true"></div>
      </div>
      ${overview(s, this.#onOverview)}
      ${legend(s)}${controls(s, shown, actions)}${table(s, shown, actions)}
    </div>`;
  }

  // ------------------------------------------------------------------------------------------------- events

  #onOverview = (event: MouseEvent): void => {
    const s = this.#control.scene;
    if (s) this.#control.walk(timeAt(s, localPosition(event.currentTarget as Element, event).x));
  };

  #onScroll = (): void => {
    const s = this.#control.scene;
    if (s && this.#view.scrolled(s)) this.requestUpdate();
  };

  /** Moves through time step by step, from the start if it was at the end. */
  play(): void {
    this.#control.player.play();
  }

  /** Stops playing and announces the time step. */
  pause(): void {
    this.#control.pause();
  }

  get playing(): boolean {
    return this.#control.player.playing;
  }

  // ------------------------------------------------------------------------------------------------- speech

  /**
   * Announces the state once when the figure is at rest: not while playing or dragging, and not what a slider announces
   * itself.
   */
  #say(s: Scene): void {
    const { pointer, speechDue, typing } = this.#control;
    if (!speechDue || this.playing || pointer.dragging || this.#control.awaits(this.trace)) return;
    this.#control.speechDue = false;
    const region = this.renderRoot.querySelector('[role=status]');
    if (region) region.textContent = typing.complaint?.text ?? sentence(s.trace, s.timestep, s.unit, s);
  }
}

define('rnn-network', RnnNetwork);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-network': RnnNetwork;
  }
}
