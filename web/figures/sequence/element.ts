/** `<rnn-sequence>`: one sequence of the data whose inputs and target the reader can change.
 *
 *  Events (bubbling):
 *
 *      rnn-datum {index, target, value, final}   another value for an input ((t − 1)·F + f), or for a target; final: the movement ended
 *      rnn-timestep {timestep}                   another time step, from 1
 *      rnn-feature {feature}                     another feature, from 0
 */

import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { replaceComma, roomFor } from '../../shared/number-field.ts';
import { PREVENT_SCROLL, localPosition } from '../../shared/pointer-position.ts';
import { across, down, type Plot, rangeAround, roundTo, timestepAt, valueAt } from '../data/plot.ts';
import {
  classMark,
  type DataNames,
  featureHead,
  featureName,
  featureText,
  quantityField,
  quantityHead,
  quantityText,
  quoted,
  shortened,
  standardized,
  wordAt,
} from '../../shared/data-names.ts';
import { endTexts, fieldText, formatNumber } from '../../shared/format.ts';
import type { Quantity } from '../../shared/shared-sentences.ts';
import { textWidth } from '../../charts/labels.ts';
import { define } from '../../shared/define.ts';
import { emit, type RnnEvents } from '../../shared/events.ts';
import { styles } from './styles.ts';
import { SizeObserver } from '../../shared/observers.ts';
import { translate } from '../../shared/translate.ts';

const HEIGHT = 180;
/** The width of a letter, in CSS pixels. The whole name stands below the plot. */
const LETTER = 6.6;

export class RnnSequence extends LitElement {
  static override styles = styles;

  static override properties = {
    x: { attribute: false },
    y: { attribute: false },
    timesteps: { type: Number },
    features: { type: Number },
    timestep: { type: Number },
    loss: { type: String },
    classes: { type: Number },
    names: { attribute: false },
    range: { attribute: false },
    changed: { attribute: false },
    _width: { state: true },
    feature: { type: Number },
    _wrong: { state: true },
  };

  /** Shape (T, F); the targets have shape (R). */
  declare x: ArrayLike<number>;
  declare y: ArrayLike<number>;
  declare timesteps: number;
  declare features: number;
  declare timestep: number;
  declare loss: string;
  /** The number of classes with sparse_categorical_crossentropy. */
  declare classes: number;
  /** What features, target and classes stand for. */
  declare names: DataNames;
  /** The range of all data, so that every sequence has the same axis. */
  declare range: readonly [number, number];
  /** The indices of inputs that the reader has changed. */
  declare changed: readonly number[];
  declare _width: number;
  /** The feature in the number field, from 0. */
  declare feature: number;
  declare _wrong: string;

  #observer: ResizeObserver | undefined;
  /** The distance between the pointer and the middle of the dragged point, in CSS pixels. */
  #offset = 0;
  #from = 0;
  #moved = false;
  #held: number | undefined;

  constructor() {
    super();
    this.x = [];
    this.y = [];
    this.timesteps = 1;
    this.features = 1;
    this.timestep = 1;
    this.loss = 'binary_crossentropy';
    this.classes = 2;
    this.names = {};
    this.range = [0, 1];
    this.changed = [];
    this._width = 0;
    this.feature = 0;
    this._wrong = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new SizeObserver((entries) => {
      this._width = Math.floor(entries[0]?.contentRect.width ?? 0);
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  get #t(): number {
    return Math.min(Math.max(1, this.timestep), this.timesteps);
  }

  get #f(): number {
    return Math.min(this.feature, this.features - 1);
  }

  /** What the chosen feature measures. */
  get #quantity(): Quantity | undefined {
    return this.names.quantities?.[this.#f];
  }

  #ends(low: number, high: number): [string, string] {
    const quantity = this.#quantity;
    return quantity ? [quantityText(quantity, low, false), quantityText(quantity, high, false)] : endTexts([low, high]);
  }

  #index(timestep: number): number {
    return (timestep - 1) * this.features + this.#f;
  }

  get #plot(): Plot {
    const own = Array.from(this.x);
    const [low, high] = rangeAround(Math.min(this.range[0], ...own), Math.max(this.range[1], ...own));
    const font = `12px ${getComputedStyle(this).fontFamily}`; /* the same font size as the plot's style */
    const left = Math.max(...this.#ends(low, high).map((text) => textWidth(text, font))) + 12;
    return {
      width: this._width,
      height: HEIGHT,
      low,
      high,
      timesteps: this.timesteps,
      left: Math.ceil(Math.max(44, left)),
    };
  }

  override render(): TemplateResult | typeof nothing {
    if (this._width === 0 || this.x.length === 0) return nothing;
    const [t, plot] = [this.#t, this.#plot];
    const value = this.x[this.#index(t)] ?? Number.NaN;
    const { names } = this;
    const shown = featureText(names, this.#f, value, 4);
    const name = featureHead(names, this.#f) ?? 'x';
    const word = wordAt(names, this.x, this.features, t);
    const text = this.#text(this.#quantity, value);
    return html`
      <figure role="figure" aria-label="one sequence, to be changed">
        <div aria-hidden="true">${this.#picture(plot)}</div>
        <div class="controls">
          <label class="time">Time step <input type="range" min="1" max=${this.timesteps} .value=${String(t)} aria-valuetext=${translate(`t = ${t} of ${this.timesteps}, ${featureName(names, this.#f) ?? 'x'} ${shown}`)} @input=${this.#onTime} /></label>
          ${
            this.features > 1
              ? html`<label>${names.tokens ? translate('Word') : translate('Feature')} <select @change=${this.#onFeature}>${Array.from({ length: this.features }, (_, f) => html`<option .selected=${f === this.#f}>${names.tokens?.[f] ?? featureHead(names, f) ?? f + 1}</option>`)}</select></label>`
              : nothing
          }
          <label>${name} at t = ${t} <input type="number" step="any" @beforeinput=${replaceComma} ${roomFor(text)} .value=${text} aria-describedby="wrong" @keydown=${this.#onKey} @change=${this.#onNumber} /></label>
          ${this.#target(t)}
          ${names.tokens ? html`<span>${word === undefined ? translate('It reads no word of the text.') : translate(`It reads ${quoted(word)}.`)}</span>` : nothing}
        </div>
        <p class="wrong" id="wrong" ?hidden=${this._wrong === ''}>${this._wrong}</p>
      </figure>
    `;
  }

  #picture(plot: Plot): TemplateResult {
    const steps = Array.from({ length: this.timesteps }, (_, i) => i + 1);
    const line = (f: number): string =>
      `M${steps.map((t) => `${across(plot, t).toFixed(1)} ${down(plot, this.x[(t - 1) * this.features + f] as number).toFixed(1)}`).join('L')}`;
    const rules = this.#ends(plot.low, plot.high);
    const others = Array.from({ length: this.features }, (_, f) => f).filter((f) => f !== this.#f);
    return html`<svg viewBox=${`0 0 ${plot.width} ${plot.height}`} height=${plot.height} @pointerdown=${this.#onDown} @pointermove=${this.#onMove} @pointerup=${this.#onUp} @pointercancel=${this.#onCancel}>
      ${[plot.low, plot.high].map(
        (value, end) =>
          svg`<line class="rule" x1=${plot.left - 4} x2=${plot.width} y1=${down(plot, value)} y2=${down(plot, value)} /><text x=${plot.left - 8} y=${down(plot, value) + 4} text-anchor="end">${rules[end]}</text>`,
      )}
      <text x=${plot.left + (this.names.tokens ? 10 : 2)} y="26">${shortened(featureHead(this.names, this.#f) ?? 'x', Math.floor((plot.width - plot.left) / LETTER))}</text><text x=${plot.width - 2} y=${plot.height - 4} text-anchor="end">t = ${this.timesteps}</text><text x=${plot.left} y=${plot.height - 4}>t = 1</text>
      ${others.map((f) => svg`<path class="line other" d=${line(f)} />`)}
      <path class="line" d=${line(this.#f)} />
      ${steps.map((t) => {
        const [x, y] = [across(plot, t), down(plot, this.x[this.#index(t)] as number)];
        const kind = `point${this.changed.includes(this.#index(t)) ? ' changed' : ''}${t === this.#t ? ' chosen' : ''}`;
        return svg`<circle class=${kind} cx=${x} cy=${y} r=${this.timesteps > 60 ? 2.5 : 5} /><circle class="grip" @touchstart=${PREVENT_SCROLL} cx=${x} cy=${y} r="22" />`;
      })}
    </svg>`;
  }

  #target(t: number): TemplateResult {
    const every = this.y.length > 1;
    const index = every ? t - 1 : 0;
    const value = this.y[index] ?? Number.NaN;
    const { target, tokens } = this.names;
    const called = tokens ? translate('next word') : target ? translate(`target: ${quantityHead(target)}`) : 'y';
    const name = every ? translate(`${called} at t = ${t}`) : called;
    const text = this.#text(target, value);
    const send = (to: number): void => this.#send({ index, target: true, value: to, final: true });
    if (this.loss === 'mean_squared_error')
      return html`<label>${name} <input type="number" step="any" @beforeinput=${replaceComma} ${roomFor(text)} .value=${text} aria-describedby="wrong" @change=${(
        event: Event,
      ) => {
        const to = this.#read(event.target as HTMLInputElement, value, target);
        if (to !== undefined) send(to);
      }} /></label>`;
    const count = this.loss === 'binary_crossentropy' ? 2 : this.classes;
    return html`<label>${name} <select @change=${(event: Event) => send((event.target as HTMLSelectElement).selectedIndex)}>${Array.from({ length: count }, (_, k) => html`<option ?selected=${k === value}>${classMark(this.names, k)}</option>`)}</select></label>`;
  }

  #send(detail: RnnEvents['rnn-datum']): void {
    this._wrong = '';
    emit(this, 'rnn-datum', detail);
  }

  /** Reports a text that is not a number. The previous value stays. */
  #read(input: HTMLInputElement, before: number, quantity: Quantity | undefined): number | undefined {
    const typed = input.valueAsNumber;
    const value = quantity ? standardized(quantity, typed) : typed;
    if (Number.isFinite(value))
      return Math.fround(value) === Math.fround(before)
        ? undefined
        : value; /* the number is the same, so nothing changes */
    this._wrong = translate(
      `This must be a number like 0.5. The value is still ${quantity ? quantityText(quantity, before) : formatNumber(before, 4)}.`,
    );
    input.value = this.#text(quantity, before);
    return undefined;
  }

  #text = (quantity: Quantity | undefined, value: number): string =>
    quantity ? quantityField(quantity, value) : fieldText(value);

  #onTime = (event: Event): void => {
    this.#choose(Number((event.target as HTMLInputElement).value));
  };

  #onFeature = (event: Event): void => {
    this.feature = (event.target as HTMLSelectElement).selectedIndex;
    emit(this, 'rnn-feature', { feature: this.feature });
  };

  #onNumber = (event: Event): void => {
    const index = this.#index(this.#t);
    const value = this.#read(event.target as HTMLInputElement, this.x[index] as number, this.#quantity);
    if (value !== undefined) this.#send({ index, target: false, value, final: true });
  };

  /** An arrow key moves the point by a fiftieth of the axis. */
  #onKey = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const { low, high } = this.#plot;
    const index = this.#index(this.#t);
    const value = roundTo((this.x[index] as number) + (by * (high - low)) / 50, (high - low) / 500);
    this.#send({ index, target: false, value, final: true });
  };

  #choose(timestep: number): void {
    if (timestep === this.timestep) return;
    emit(this, 'rnn-timestep', { timestep });
  }

  #at(event: PointerEvent): { x: number; y: number } {
    return localPosition(event.currentTarget as Element, event);
  }

  #onDown = (event: PointerEvent): void => {
    if (!(event.target as Element).classList.contains('grip') || !event.isPrimary || event.button !== 0) return;
    const plot = this.#plot;
    const { x, y } = this.#at(event);
    this.#held = timestepAt(plot, x);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#choose(this.#held);
    /* The point keeps its distance to the pointer, so a click changes nothing. */
    this.#offset = down(plot, this.x[this.#index(this.#held)] as number) - y;
    this.#from = y;
    this.#moved = false;
  };

  #onMove = (event: PointerEvent): void => {
    if (this.#held === undefined || !event.isPrimary) return;
    const { y } = this.#at(event);
    this.#moved ||= Math.abs(y - this.#from) > 2;
    if (this.#moved) this.#move(y + this.#offset, false);
  };

  #onUp = (event: PointerEvent): void => {
    if (this.#held === undefined) return;
    if (this.#moved) this.#move(this.#at(event).y + this.#offset, true);
    this.#held = undefined;
  };

  /** The browser has taken over the pointer, so the value from before the drag is restored. */
  #onCancel = (): void => {
    if (this.#held !== undefined && this.#moved) this.#move(this.#from + this.#offset, true);
    this.#held = undefined;
  };

  #move(y: number, final: boolean): void {
    const plot = this.#plot;
    const value = Math.min(plot.high, Math.max(plot.low, valueAt(plot, y)));
    this.#send({ index: this.#index(this.#held ?? this.#t), target: false, value, final });
  }
}

define('rnn-sequence', RnnSequence);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-sequence': RnnSequence;
  }
}
