/** `<rnn-unrolled>`: a recurrent network as a calm picture, unrolled over its time steps or folded into one cell with a loop.
 *
 *  A pure function of its properties: it computes places and colors, no number that it shows. Whoever moves a control hears of
 *  it by an event (bubbling):
 *
 *      rnn-timestep {timestep}   rnn-fold {fold}   rnn-unit {unit}   rnn-open {open}
 *      rnn-part {part}          a part is pointed at: highlight, or empty
 *      rnn-input {timestep, feature, value, final}     an x_t was dragged: what would follow?
 *
 *  Time steps and units count from 1, as they are shown; timestep 0 is h_0 alone; features count from 0.
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { textWidth } from '../../charts/labels.ts';
import type { Highlight as Source } from '../../symbols/highlight-event.ts';
import { wordAt } from '../../shared/data-names.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { figure } from '../../shared/figure.styles.ts';
import type { Quantity } from '../../shared/shared-sentences.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { translate } from '../../shared/translate.ts';
import { Inks, TOKENS } from '../network/ink.ts';
import { description } from '../network/description.ts';
import { inputDomain, stateLimit } from '../network/scales.ts';
import { type EngineTrace, type Reading, read, type Trace } from '../network/trace.ts';
import { type Base, type StateChanges, stateChanges } from './state-changes.ts';
import { styles } from './styles.ts';
import { type Cell, inputText, picture, type UnrolledScene } from './unrolled-drawing.ts';
import { UnrolledGestures } from './unrolled-gestures.ts';
import { type Highlight, layout } from './unrolled-layout.ts';
import { type AnswerWords, answerParts, caption, restSentence } from './unrolled-sentences.ts';
import { numbersTable } from './unrolled-table.ts';

/** Milliseconds: how long one time step stays while it plays, the fold takes, and a change takes from one column to the next. */
const STEP = 500;
const FOLD = 600;
const PULSE = 120;

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number> | undefined): boolean =>
  a.length === b?.length && Array.prototype.every.call(a, (value, k) => value === b[k]);

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class RnnUnrolled extends LitElement {
  static override styles = [figure, styles];

  static override properties = {
    trace: { attribute: false },
    original: { attribute: false },
    base: { attribute: false },
    ranges: { attribute: false },
    loss: { type: String },
    level: { type: Number },
    quantities: { attribute: false },
    target: { attribute: false },
    tokens: { attribute: false },
    timestep: { type: Number },
    fold: { type: Number },
    readouts: { type: Boolean },
    trainedAt: { type: Number },
    unit: { type: Number },
    highlight: { type: String, reflect: true },
    source: { attribute: false },
    invite: { type: Number },
    yes: { type: String },
    no: { type: String },
    controls: { type: String },
    fixed: { type: Boolean },
    disabled: { type: Boolean },
    open: { type: Boolean },
  };

  /** The engine's, or the forward half of a simple network's. Of several layers the top one is shown. */
  declare trace: Trace | EngineTrace | undefined;
  /** x before the what-if changes, for their ghosts. */
  declare original: ArrayLike<number> | undefined;
  /** The same sequence in the same network without what-if changes: what moved since then is marked. */
  declare base: Base | undefined;
  /** The smallest and the largest x of the data, of each feature. */
  declare ranges: readonly (readonly [number, number])[] | undefined;
  /** The model's loss by Keras's name: it says what the answer is. */
  declare loss: string | undefined;
  /** A dotted line at this value of the first feature, such as ½. */
  declare level: number | undefined;
  /** What the features measure, if they are standardized, and what a number as the answer measures. */
  declare quantities: readonly Quantity[] | undefined;
  declare target: Quantity | undefined;
  /** The words that features and classes stand for. */
  declare tokens: readonly string[] | undefined;
  declare timestep: number;
  /** 0 unrolled … 1 folded. */
  declare fold: number;
  declare readouts: boolean;
  /** The time step whose answer was trained. The default is the last one. */
  declare trainedAt: number | undefined;
  declare unit: number | undefined;
  /** This part is emphasized, and the others step back. */
  declare highlight: Highlight;
  /** The term of the chosen unit's sum whose source is outlined. */
  declare source: Source | undefined;
  /** The time step whose dot is marked as the one to be dragged. */
  declare invite: number | undefined;
  /** Words for y = 1 and y = 0. */
  declare yes: string;
  declare no: string;
  /** Which controls stand beside the picture: `fold`, `time`, `table`, with blanks between them. */
  declare controls: string;
  declare fixed: boolean;
  declare disabled: boolean;
  /** The table of its numbers. */
  declare open: boolean;

  readonly #around = new Surroundings(this);
  readonly #inks = new Inks();
  readonly #gestures: UnrolledGestures;
  #reading: Reading | undefined;
  #scene: UnrolledScene | undefined;
  #changes: StateChanges | undefined;
  #pulseDue = false;
  #pulsing: readonly Animation[] = [];
  /** An input that was moved, until a trace brings what follows. */
  #held: { index: number; value: number } | undefined;
  #reached = 0;
  #focusDue = false;
  /** The cell under the pointer. */
  #cell: Cell | undefined;
  #pointed: Highlight = '';
  /** The fold as it is drawn, on its way to `fold`. */
  #folding = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.timestep = 0;
    this.fold = 0;
    this.readouts = false;
    this.highlight = '';
    this.yes = 'y = 1';
    this.no = 'y = 0';
    this.controls = 'fold time table';
    this.fixed = false;
    this.disabled = false;
    this.open = false;
    const element = this;
    this.#gestures = new UnrolledGestures({
      get scene() {
        return element.#scene;
      },
      begin: () => this.pause(),
      change: (index, value, final) => this.#change(index, value, final),
      walk: (timestep) => this.#walk(timestep),
      choose: (unit) => {
        this.unit = unit;
        emit(this, 'rnn-unit', { unit });
      },
      reach: (index) => {
        this.#focusDue = index !== this.#reached;
        this.#reached = index;
        this.requestUpdate();
      },
      point: (part, cell) => this.#point(part, cell),
    });
  }

  // ------------------------------------------------------------------------------------------------------------ life

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
    cancelAnimationFrame(this.#frame);
    this.#folding = this.fold;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trace') || changed.has('loss') || changed.has('base')) this.#read(changed);
    if (changed.has('fold')) this.#startFolding(changed.get('fold'));
    this.#scene = this.#draw();
  }

  #read(changed: PropertyValues<this>): void {
    const before = this.#reading;
    const { trace, loss, base } = this;
    const after = trace && read(trace, { layer: Number.MAX_SAFE_INTEGER, loss });
    this.#reading = after;
    this.#changes = after && base && stateChanges(base, after, stateLimit(after.h));
    if (!changed.has('trace')) return;
    /* what the reader changed runs through the columns, what training changes does not */
    const was = changed.has('base') ? changed.get('base') : base;
    if (this.#gestures.dragging) return;
    this.#held = undefined;
    if (before && !sameNumbers(before.h, after?.h) && sameNumbers(was?.h ?? before.h, base?.h)) this.#pulseDue = true;
  }

  #draw(): UnrolledScene | undefined {
    const trace = this.#reading;
    const { width } = this.#around;
    if (!trace || width === 0) return undefined;
    const { timesteps, units, features } = trace;
    const tokens = this.tokens?.length === features && features === trace.outputs ? this.tokens : undefined;
    const words: AnswerWords = { yes: this.yes, no: this.no, target: this.target, tokens };
    const read = tokens && Array.from({ length: timesteps }, (_, t) => wordAt({ tokens }, trace.x, features, t + 1));
    const quantities = this.quantities?.length === features ? this.quantities : undefined;
    const domains = Array.from({ length: features }, (_, f): readonly [number, number] => {
      const all = [...(this.ranges?.[f] ?? []), ...trace.x.filter((_, k) => k % features === f)];
      /* round numbers of standardized values are none of their unit */
      return quantities ? [Math.min(...all), Math.max(...all)] : inputDomain(all);
    });
    const x = Float64Array.from(trace.x);
    if (this.#held) x[this.#held.index] = this.#held.value;
    const font = getComputedStyle(this).fontFamily;
    const wide = (text: string, size: string): number => Math.ceil(textWidth(text, `${size} ${font}`));
    const byKey = this.unit && this.renderRoot.querySelector('.plot:focus-visible') !== null;
    const cell = this.#cell ?? (byKey ? { t: Math.round(this.timestep), unit: this.unit as number } : undefined);
    const answer = answerParts(trace, timesteps, words);
    const answers = [this.yes, this.no, answer.word];
    const word = trace.answer === 'probability' ? answers : answers.slice(2);
    const l = layout({
      width,
      timesteps,
      units,
      features,
      named: quantities !== undefined,
      fold: this.#folding,
      words: read && Math.max(...read.map((word = '…') => wide(word, width < 480 ? '11px' : '12px'))),
      answerWidth:
        Math.max(...word.map((text) => wide(text, 'bold 15px'))) +
        7 +
        Math.max(wide(answer.equation, '13px'), trace.answer === 'value' ? 0 : wide('p = 0.00', '13px')),
      valueWidth: Math.max(
        ...[...trace.x].map((one, k) =>
          wide(inputText(one, k % features, domains, quantities), width < 480 ? '11px' : '12px'),
        ),
      ),
    });
    return {
      l,
      trace,
      timestep: Math.min(Math.max(0, Math.round(this.timestep)), timesteps),
      unit: this.unit && this.unit <= units ? this.unit : undefined,
      readouts: this.readouts,
      trainedAt: this.trainedAt ?? timesteps,
      original: this.original,
      x,
      held: this.#held?.index,
      domains,
      scale: this.#inks.read(this).scale,
      limit: stateLimit(trace.h),
      level: this.level,
      quantities,
      read,
      source: this.source,
      invited: this.invite,
      words,
      changes: this.#changes,
      cell: cell && cell.t > 0 && cell.t <= timesteps && cell.unit <= units ? cell : undefined,
      cellWidth: wide('h₁₀[10] = −0.00', '13px'),
      reached: Math.min(this.#reached, trace.x.length - 1),
      fixed: this.fixed,
      disabled: this.disabled,
    };
  }

  protected override updated(): void {
    const s = this.#scene;
    if (!s) return;
    if (this.#focusDue) {
      this.#focusDue = false;
      this.renderRoot.querySelector<SVGGElement>(`[data-input="${this.#reached}"]`)?.focus({ preventScroll: true });
    }
    if (this.#pulseDue) this.#pulse(s);
    this.#say(s);
  }

  // ------------------------------------------------------------------------------------------------------------ page

  protected override render(): TemplateResult {
    const s = this.#scene;
    return html`${TOKENS.map((name) => html`<i class="probe ${name}"></i>`)}
      ${s ? this.#figure(s) : html`<p class="aside waiting">The network appears here once it has numbers to show.</p>`}
      <p class="visually-hidden" id="sentence" role="status"></p>`;
  }

  #figure(s: UnrolledScene): TemplateResult {
    const { l } = s;
    const has = (name: string): boolean => this.controls.split(/[\s,]+/).includes(name);
    const { down, move, up, click, key, over, enter, leave } = this.#gestures;
    return html`<div class=${`figure ${l.narrow ? 'narrow' : ''} ${l.freeTop && has('fold') ? 'beside' : ''}`}
      @pointermove=${over} @pointerleave=${leave} @focusin=${enter} @focusout=${leave}>
      <div class="head"><p class="caption">${caption(s.trace, s.timestep, this.fold, s.changes)}</p>${has('fold') ? this.#foldControl() : nothing}</div>
      <p class="visually-hidden" id="description">${description(s.trace, { quantities: s.quantities, target: s.words.target, tokens: s.words.tokens })}</p>
      <div class="plot" role="group" tabindex="0" aria-describedby="description" aria-label="The network over time. Left and right arrow keys move through time, up and down choose a unit."
        @keydown=${key} @pointerdown=${down} @pointermove=${move} @pointerup=${up} @pointercancel=${up} @click=${click}>
        <svg width=${l.width} height=${l.height}>${picture(s)}</svg>
      </div>
      <div class="under">${has('time') ? this.#timeControl(s) : nothing}${this.#colors(s)}</div>
      ${this.#legend()}
      ${has('table') ? numbersTable(s, this.open) : nothing}
    </div>`;
  }

  #foldControl(): TemplateResult {
    const button = (fold: number, name: string): TemplateResult =>
      html`<button type="button" data-fold=${fold} aria-pressed=${this.fold >= 0.5 === (fold === 1)} ?disabled=${this.disabled} @click=${() => this.#chooseFold(fold)}>${name}</button>`;
    return html`<div class="segments" role="group" aria-label="How the network is drawn">${button(1, translate('Folded'))}${button(0, translate('Unrolled'))}</div>`;
  }

  #timeControl(s: UnrolledScene): TemplateResult {
    const end = s.l.timesteps;
    const button = (name: string, text: string, stopped: boolean, act: () => void): TemplateResult =>
      html`<button type="button" class=${name} aria-disabled=${stopped || this.disabled} @click=${act}>${text}</button>`;
    return html`<div class="time" role="group" aria-label="Time steps">
      ${button('back', translate('−1 step'), s.timestep === 0, () => this.#walk(s.timestep - 1))}
      ${button('next', translate('+1 step'), s.timestep === end, () => this.#walk(s.timestep + 1))}
      ${button('play', this.playing ? translate('Pause') : translate('Play'), false, () => (this.playing ? this.pause() : this.play()))}
      <output aria-live="off">${s.timestep === 0 ? translate('before time step 1') : translate(`time step ${s.timestep} of ${end}`)}</output>
    </div>`;
  }

  #colors({ limit }: UnrolledScene): TemplateResult {
    return html`<p class="legend scale" data-part="h"><span><var>h</var>: −${limit}</span> <i></i> 0 <i class="high"></i> ${limit}</p>`;
  }

  #legend(): TemplateResult {
    return html`<p class="legend">
      <span data-part="U" tabindex="0"><var class="u">U</var> brings the input in</span> <span data-part="W" tabindex="0"><var class="w">W</var> carries the memory on</span> <span data-part="V" tabindex="0"><var class="v">V</var> reads the answer</span>
      <span>the same <var>U</var>, <var>W</var> and <var>V</var> at every step</span></p>`;
  }

  // --------------------------------------------------------------------------------------------------------- actions

  #change(index: number, value: number, final: boolean): void {
    const features = this.#reading?.features ?? 1;
    /* the numbers may have come already, and no others will */
    const came = final && this.#reading?.x[index] === Math.fround(value);
    this.#held = came ? undefined : { index, value };
    if (came) this.#pulseDue = true;
    emit(this, 'rnn-input', { timestep: Math.floor(index / features) + 1, feature: index % features, value, final });
    this.requestUpdate();
  }

  #point(part: Highlight, cell: Cell | undefined): void {
    this.#cell = cell;
    this.requestUpdate();
    if (part === this.#pointed) return;
    this.#pointed = part;
    this.highlight = part;
    emit(this, 'rnn-part', { part });
  }

  #move(timestep: number): void {
    const s = this.#scene;
    if (!s || this.disabled) return;
    const next = Math.min(Math.max(0, timestep), s.l.timesteps);
    if (next === s.timestep) return;
    this.timestep = next;
    emit(this, 'rnn-timestep', { timestep: next });
  }

  #walk(timestep: number): void {
    this.pause();
    this.#move(timestep);
  }

  /** Walks on by itself, from the start if it stood at the end. */
  play(): void {
    const s = this.#scene;
    if (!s || this.disabled || this.playing) return;
    if (s.timestep === s.l.timesteps) this.#move(0);
    const next = (): void => {
      this.#move(this.timestep + 1);
      if (this.timestep >= (this.#scene?.l.timesteps ?? 0)) this.pause();
      else this.#timer = setTimeout(next, STEP);
    };
    this.#timer = setTimeout(next, STEP);
    this.requestUpdate();
  }

  pause(): void {
    if (!this.playing) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.requestUpdate();
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  #chooseFold(fold: number): void {
    if (fold === this.fold) return;
    this.fold = fold;
    emit(this, 'rnn-fold', { fold });
  }

  // ---------------------------------------------------------------------------------------------------------- motion

  /** From one end to the other it takes its time; small steps, as from a slider, are drawn at once. */
  #startFolding(before: number | undefined): void {
    cancelAnimationFrame(this.#frame);
    const { fold } = this;
    const from = this.#folding;
    if (before === undefined || !this.#scene || Math.abs(fold - before) < 0.5 || still()) {
      this.#folding = fold;
      return;
    }
    const start = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - start) / FOLD));
      this.#folding = from + (fold - from) * part;
      this.requestUpdate();
      if (part < 1) this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** A change runs from column to column once the hand has let go. While one runs, no other begins. */
  #pulse({ changes }: UnrolledScene): void {
    this.#pulseDue = false;
    if (still() || this.#pulsing.some(({ playState }) => playState === 'running')) return;
    const columns = [...this.renderRoot.querySelectorAll('.column')].filter((column) =>
      column.querySelector('.changed'),
    );
    const first = Math.min(...(changes?.units ?? []).flatMap((units, t) => (units.length > 0 ? [t] : [])));
    this.#pulsing = columns.map((column) =>
      column.animate([{}, { transform: 'translateY(-3px)' }, {}], {
        duration: 320,
        delay: (Number(column.getAttribute('data-column')) - first) * PULSE,
        easing: 'ease-in-out',
      }),
    );
  }

  // ---------------------------------------------------------------------------------------------------------- speech

  /** Only at rest: not while it plays, and not while a dot is held or its numbers have not come. */
  #say(s: UnrolledScene): void {
    const region = this.renderRoot.querySelector('#sentence');
    if (!region || this.playing || this.#gestures.dragging || this.#held) return;
    const text = restSentence(s.trace, s);
    if (region.textContent !== text) region.textContent = text;
  }
}

define('rnn-unrolled', RnnUnrolled);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-unrolled': RnnUnrolled;
  }
}
