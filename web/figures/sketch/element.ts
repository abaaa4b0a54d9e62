/** `<rnn-sketch>`: the reader draws the curve that they expect, then sees the run's curve beside it.
 *
 *  The attribute `name` is the key under which the sketch is kept in this tab; without it nothing is kept. Epochs count from 1. Event (bubbling):
 *
 *      rnn-sketch {values, revealed}   the sketch was changed, the run was shown, or both were cleared
 */

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { axisValues, type Curves, type Line, type Series, type Stop, valueAt } from '../curves/curve-data.ts';
import { CurvePlot, translateTo, renderLabels } from '../curves/curve-plot.ts';
import { describe } from '../curves/curve-words.ts';
import { shortNumber } from '../../charts/number-text.ts';
import { extent, nextRange, type Range } from '../../charts/range.ts';
import { wholeTicks } from '../../charts/ticks.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { capitalized } from '../../shared/format.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { translate } from '../../shared/translate.ts';
import {
  drawLine,
  firstEpoch,
  savedText,
  limitTo,
  type Point,
  readSaved,
  setPoint,
  type Sketch,
} from './sketch-data.ts';
import { compare, describeSketch, type DataKind } from './sketch-words.ts';
import { styles } from './styles.ts';

const DIGITS = 2;
/** Sliders, apart from the one of the first epoch. */
const SLIDERS = 5;
/** A pointer this near to the side of the plot means its first or last epoch, in CSS pixels. */
const SIDE = 8;
const KEY = 'unrolled-sketch ';

export class RnnSketch extends LitElement {
  static override styles = styles;

  static override properties = {
    name: { type: String },
    quantity: { type: String },
    of: { type: String },
    values: { attribute: false },
    revealed: { type: Boolean, reflect: true },
    measure: { type: String },
    run: { attribute: false },
    epochs: { type: Number },
    limits: { attribute: false },
    lines: { attribute: false },
    diverged: { attribute: false },
    notice: { type: String },
    moving: { type: Boolean },
    _hint: { state: true },
  };

  declare name: string;
  /** "metric" or "loss". */
  declare quantity: string;
  /** The data that the curve is measured on: "training" or "new". */
  declare of: DataKind;
  /** The sketch: a value per epoch, NaN before the first one that was drawn. */
  declare values: Sketch;
  /** Whether the run is shown. */
  declare revealed: boolean;
  /** The name of the quantity, for example "accuracy". */
  declare measure: string;
  /** This run. It is drawn only once it is revealed. */
  declare run: Series | undefined;
  declare epochs: number;
  /** The range of the value axis. Values beyond it widen the axis, those of the run once it is revealed. */
  declare limits: Range;
  /** Horizontal references. */
  declare lines: readonly Line[];
  /** Where the run stopped. */
  declare diverged: Stop | undefined;
  /** Said with the comparison, or in its place. */
  declare notice: string;
  /** Whether a setting is being dragged: the axis may grow but not shrink. */
  declare moving: boolean;
  declare _hint: string;

  readonly #surroundings = new Surroundings(this);
  #plot: CurvePlot | undefined;
  /** The latest point of the stroke that is being drawn. */
  #pen: Point | undefined;

  constructor() {
    super();
    this.name = '';
    this.quantity = 'metric';
    this.of = 'training';
    this.values = [];
    this.revealed = false;
    this.measure = translate('accuracy');
    this.run = undefined;
    this.epochs = 1;
    this.limits = [0, 1];
    this.lines = [];
    this.diverged = undefined;
    this.notice = '';
    this.moving = false;
    this._hint = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('name')) this.#restore();
    if (changed.has('values') || changed.has('revealed')) this._hint = '';
    const before = this.#plot?.view;
    const curves = this.#curves();
    const view = {
      curves,
      range: nextRange(before?.range, this.limits, extent(axisValues(curves)), this.moving && !!before),
      digits: DIGITS,
      titled: false,
      width: this.#surroundings.width,
      height: this.#height,
      family: before?.family ?? getComputedStyle(this).fontFamily,
    };
    this.#plot = new CurvePlot(view, this.#plot);
  }

  /** Lower where the plot is narrow, so that a phone shows it with its buttons. */
  get #height(): number {
    return this.#surroundings.width < 460 ? 200 : 250;
  }

  get #drawn(): boolean {
    return firstEpoch(this.values) > 0;
  }

  /** Epochs that have a slider. */
  get #marks(): number[] {
    return wholeTicks(1, this.#plot?.count ?? 1, SLIDERS);
  }

  #curves(): Curves {
    const { run, revealed, values, lines, epochs } = this;
    return {
      /* without its values the run keeps the width of its label */
      series: run ? [revealed ? run : { ...run, values: [] }] : [],
      ghost: [{ role: run?.role ?? 'train', label: '', values }],
      bands: [],
      lines,
      chance: undefined,
      stop: revealed ? this.diverged : undefined,
      epochs,
    };
  }

  override render(): TemplateResult {
    const plot = this.#plot as CurvePlot;
    const { area } = plot;
    const { revealed } = this;
    const can = { compare: this.#drawn && !revealed, show: !revealed, clear: this.#drawn || revealed };
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="summary">
        <p class="aside" data-room>${revealed ? translate('The solid curve is the run’s. Start over to draw again.') : translate('Draw the curve that you expect: press in the plot and move to the right. You can draw over it until it is as you want.')}</p>
        <span class="title" id="title">${this.#title}</span>
        <div class="plot" .style=${`height: ${this.#height}px`}>
          <svg class="back drawing" aria-hidden="true">${plot.back}</svg>
          <svg class="drawing" aria-hidden="true">${plot.front}${revealed ? nothing : this.#dots(plot)}</svg>
          ${renderLabels(plot)}
          <div
            class="touch"
            .style=${`${translateTo(area.left - SIDE, area.top)}; width: ${area.width + 2 * SIDE}px; height: ${area.height}px`}
            @pointerdown=${this.#onDown}
            @pointermove=${this.#onMove}
            @lostpointercapture=${this.#onEnd}
          ></div>
        </div>
        <p class="visually-hidden" id="summary">${this.#summary()}</p>
        <div class="key"><span><svg width="30" height="11" aria-hidden="true"><path class="ghost" d="M0 6h30" /></svg>your sketch</span></div>
        <details>
          <summary>Draw with sliders</summary>
          <div class="sliders">${this.#marks.map((epoch) => this.#slider(epoch, plot))}</div>
        </details>
        <div class="actions">
          <button type="button" id="compare" class="main" aria-disabled=${String(!can.compare)} @click=${this.#onCompare}>Compare with the run</button>
          <button type="button" id="show" aria-disabled=${String(!can.show)} @click=${this.#onShow}>Show me</button>
          <button type="button" id="clear" aria-disabled=${String(!can.clear)} @click=${this.#onClear}>Start over</button>
          <span class="aside" role="status">${this._hint}</span>
        </div>
        <p class="result" role="status" data-room>${revealed ? this.#result : nothing}</p>
      </figure>
    `;
  }

  protected override updated(): void {
    reserveHeight(this.renderRoot);
  }

  get #title(): string {
    return capitalized(
      this.of === 'new' ? translate(`${this.measure} on new data`) : translate(`${this.measure} on the training data`),
    );
  }

  get #result(): string {
    const compared = this.run ? compare(this.values, this.run, this.of, DIGITS) : '';
    return [compared, this.notice].filter(Boolean).join(' ');
  }

  #summary(): string {
    const curves = this.#curves();
    const shown = { ...curves, series: this.revealed ? curves.series : [], ghost: [] };
    return [describeSketch(this.values, DIGITS), describe(shown, DIGITS)].join(' ');
  }

  #dots(plot: CurvePlot): TemplateResult[] {
    return this.#marks
      .filter((epoch) => Number.isFinite(this.values[epoch - 1]))
      .map(
        (epoch) =>
          svg`<circle class="mark" cx=${plot.x(epoch)} cy=${plot.y(this.values[epoch - 1] as number)} r="4" />`,
      );
  }

  #slider(epoch: number, { view: { range } }: CurvePlot): TemplateResult {
    const [low, high] = range;
    const value = this.values[epoch - 1];
    const drawn = value !== undefined && Number.isFinite(value);
    const text = shortNumber(value, DIGITS);
    const run = this.revealed && this.run ? shortNumber(valueAt(this.run, epoch), DIGITS) : undefined;
    const you = drawn ? text : translate('not drawn');
    const words = run === undefined ? you : translate(`${you}, run ${run}`);
    return html`<div class="slider">
      <label for=${`at-${epoch}`}>${capitalized(translate(`${this.measure} after epoch ${epoch}`))}</label>
      <output for=${`at-${epoch}`} aria-live="off">${words}</output>
      <input
        type="range"
        id=${`at-${epoch}`}
        min=${low}
        max=${high}
        step=${(high - low) / 100}
        .value=${live(String(drawn ? value : (this.lines[0]?.value ?? (low + high) / 2)))}
        ?disabled=${this.revealed}
        aria-valuetext=${words}
        @input=${(event: Event) => this.#slide(epoch, event)}
      />
    </div>`;
  }

  // ---- Drawing ----

  #change(values: Sketch): void {
    this.values = limitTo(values, this.#plot?.view.range ?? this.limits);
  }

  #point(event: PointerEvent): Point {
    const plot = this.#plot as CurvePlot;
    const { left, width, height } = plot.area;
    const [low, high] = plot.view.range;
    const at = localPosition(event.currentTarget as Element, event);
    const across = at.x - SIDE;
    const epoch = across < SIDE ? 1 : across > width - SIDE ? plot.count : plot.epochAt(left + across);
    const value = high - (at.y / height) * (high - low);
    return { epoch, value: Math.min(high, Math.max(low, value)) };
  }

  #onDown = (event: PointerEvent): void => {
    if (this.revealed || !event.isPrimary || event.button !== 0) return;
    event.preventDefault(); /* nothing is selected */
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#pen = this.#point(event);
    this.#change(setPoint(this.values, this.#pen, this.#marks));
  };

  #onMove = (event: PointerEvent): void => {
    if (!this.#pen || !event.isPrimary) return;
    const point = this.#point(event);
    this.#change(drawLine(this.values, this.#pen, point));
    this.#pen = point;
  };

  #onEnd = (): void => {
    if (!this.#pen) return;
    this.#pen = undefined;
    this.#keep();
  };

  #slide(epoch: number, event: Event): void {
    const value = Number((event.target as HTMLInputElement).value);
    this.#change(setPoint(this.values, { epoch, value }, this.#marks));
    this.#keep();
  }

  // ---- Revealing ----

  #onCompare = (): void => {
    if (this.#drawn) this.#onShow();
    else this._hint = translate('Draw first: press in the plot and drag, or use the sliders.');
  };

  #onShow = (): void => {
    if (this.revealed) return;
    this.revealed = true;
    this.#keep();
  };

  #onClear = (): void => {
    if (!this.#drawn && !this.revealed) return;
    this.values = [];
    this.revealed = false;
    this.#keep();
  };

  // ---- Kept in this tab ----

  #keep(): void {
    const { values, revealed, name } = this;
    try {
      if (name) sessionStorage.setItem(KEY + name, savedText({ values, revealed }));
    } catch {
      /* not allowed: a reload forgets the sketch */
    }
    emit(this, 'rnn-sketch', { values, revealed });
  }

  #restore(): void {
    try {
      const kept = this.name ? readSaved(sessionStorage.getItem(KEY + this.name) ?? '') : undefined;
      if (kept) Object.assign(this, kept);
    } catch {
      /* not allowed: nothing was kept */
    }
  }
}

define('rnn-sketch', RnnSketch);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-sketch': RnnSketch;
  }
}
