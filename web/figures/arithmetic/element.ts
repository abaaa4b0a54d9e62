/** `<rnn-arithmetic>`: how one unit gets its value at one time step: the formula, every term of the sum, and the curve of the
 *  activation function.
 *
 *  The element is a pure function of its properties. Every number comes with `numbers`, which web/figures/arithmetic/numbers.ts collects in
 *  the worker. Events (bubbling):
 *
 *      rnn-term {kind, index}    a term is under the pointer or focused; {} when none is any more. kind is 'x', 'h' or 'b', or the
 *                                engine's name of another kind of term; index counts features and units from 0
 *      rnn-choice {term}         the slider moved to another term, from 0 in the order of addition
 *      rnn-order {order}         the bars are in another order      rnn-open {open}    the table was opened or closed
 *      rnn-gate {gate}           another sum is requested: 0 … G − 1 for a gate, G for the state
 *      rnn-timestep {timestep}   rnn-unit {unit}    another time step, another unit; both count from 1
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DataNames } from '../../shared/data-names.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import type { TermKind } from '../../../wasm/js/unrolled.ts';
import { sourceOf } from './cell-vocabulary.ts';
import { CURVE_HEIGHT, curvePicture } from './curve.ts';
import { chain, type FormulaActions, formula, gates, term } from './formula.ts';
import type { Arithmetic } from './numbers.ts';
import { type Order, type Rows, rowAt, rowsOf } from './rows.ts';
import { AXIS, type Frame, frameOf, waterfall } from './waterfall.ts';
import {
  calculation,
  namesNote,
  curveDescription,
  description,
  notice,
  TABLE_DIGITS,
  tableRows,
  termSentence,
} from './calculation-text.ts';
import { radios } from '../../shared/radios.ts';
import { canAsk } from '../../symbols/explained.ts';
import type { Highlight } from '../../symbols/highlight-event.ts';
import { translate } from '../../shared/translate.ts';
import { reserveHeight } from '../../shared/reserve-height.ts';
import { define } from '../../shared/define.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { emit } from '../../shared/events.ts';
import { copyFrom } from '../../shared/copy.ts';
import { figure } from '../../shared/figure.styles.ts';
import { styles } from './styles.ts';
import { Surroundings } from '../../shared/surroundings.ts';

const WIDE = 900;
const NARROW = 560;
const CURVE_WIDTH = 340;
const GAP = 28;
/** Of the brief figure: the curve's width and the height of a term's row. */
const BRIEF_CURVE = 240;
const BRIEF_ROW = 19;

type FieldEvent = Event & { target: HTMLInputElement };

export class RnnArithmetic extends LitElement {
  static override styles = [figure, styles];

  static override properties = {
    numbers: { attribute: false },
    names: { attribute: false },
    highlight: { attribute: false },
    order: { type: String },
    term: { type: Number },
    brief: { type: Boolean },
    disabled: { type: Boolean },
    open: { type: Boolean },
  };

  declare numbers: Arithmetic | undefined;
  /** What the features stand for. */
  declare names: DataNames;
  /** The highlighted term. Both the page and the element set it. */
  declare highlight: Highlight | undefined;
  /** The order of the bars: as the terms are added, or the largest first. */
  declare order: Order;
  /** The term at the slider, from 0 in the order of addition. */
  declare term: number;
  /** Only what one step of the lesson needs: the formula, the terms and the curve. */
  declare brief: boolean;
  declare disabled: boolean;
  /** Whether the table of the terms is open. */
  declare open: boolean;

  readonly #around = new Surroundings(this);
  #rows: Rows | undefined;
  #frame: Frame | undefined;
  /** The term that is described: the highlighted one, or the one at the slider. */
  #at = 0;
  #speechDue = false;

  constructor() {
    super();
    this.names = {};
    this.order = 'added';
    this.term = 0;
    this.brief = false;
    this.disabled = false;
    this.open = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const a = this.numbers;
    if (!a || this.#around.width === 0) return;
    if (changed.has('numbers') || changed.has('order') || !this.#rows)
      this.#rows = rowsOf(a, this.order, this.brief ? BRIEF_ROW : undefined);
    const { width } = this.#around;
    this.#frame = frameOf(a, this.#rows, this.#beside ? width - this.#curveWidth - GAP : width);
    this.#at = this.#highlightedTerm ?? Math.min(this.term, a.terms.kind.length - 1);
  }

  /** The curve stands beside the terms. */
  get #beside(): boolean {
    return this.#around.width >= (this.brief ? NARROW : WIDE);
  }

  get #curveWidth(): number {
    return Math.min(this.#around.width, this.brief ? BRIEF_CURVE : CURVE_WIDTH);
  }

  /** The index of the highlighted term in the sum. */
  get #highlightedTerm(): number | undefined {
    const { numbers: a, highlight } = this;
    if (!a || !highlight) return undefined;
    const indexed = highlight.kind === 'x' || highlight.kind === 'h';
    const k = a.terms.kind.findIndex(
      (kind, i) => sourceOf(kind) === highlight.kind && (!indexed || a.terms.index[i] === highlight.index),
    );
    return k < 0 ? undefined : k;
  }

  // --------------------------------------------------------------------------------------------------- page

  protected override render(): TemplateResult {
    const a = this.numbers;
    return html`${
      a && this.#rows && this.#frame
        ? this.#figure(a, this.#rows, this.#frame)
        : html`<p class="aside waiting">The arithmetic appears here as soon as there are numbers to show.</p>`
    }<p class="visually-hidden" role="status"></p>`;
  }

  #figure(a: Arithmetic, rows: Rows, frame: Frame): TemplateResult {
    const size = this.#beside ? 'wide' : this.#around.width < NARROW ? 'narrow' : '';
    if (this.brief) return this.#briefFigure(a, rows, frame, size);
    return html`<div class=${size}>
      <p class="notice" data-room>${notice(a)}</p>
      ${this.#head(a)}${gates(a, this.disabled, this.#actions)}
      <div data-symbols data-room=${`${a.cell} ${a.layer} ${a.gate}`}>${formula(a)}
      ${canAsk() ? html`<p class="aside hint">The shape of each symbol is below it. To read what a symbol means, point at it, tap it, or reach it with Tab and the arrow keys.</p>` : nothing}
      ${chain(a)}</div>
      ${this.#plots(a, rows, frame, this.#controls(a, rows))}
      ${this.#table(a)}
    </div>`;
  }

  #briefFigure(a: Arithmetic, rows: Rows, frame: Frame, size: string): TemplateResult {
    return html`<div class="brief ${size}">
      <div class="line-up">${this.#head(a)}<div data-symbols>${formula(a)}</div></div>
      ${this.#plots(a, rows, frame, html`<p class="term-line">${term(a, this.#at, this.names)}</p>${this.#note(a)}`)}
      ${this.#table(a)}
    </div>`;
  }

  #plots(a: Arithmetic, rows: Rows, frame: Frame, controls: TemplateResult): TemplateResult {
    return html`<div class="plots" role="group" tabindex="0" aria-label="The terms of the sum. Left and right arrow keys move through time, up and down choose a unit."
        @keydown=${this.#onKey}>
        <div class="fall" data-room=${`${a.cell} ${a.layer} ${a.gate} ${a.units}`}>
          <svg role="img" aria-label=${description(a)} width=${frame.width} height=${frame.height} @pointermove=${this.#onMove}
            @click=${this.#onPoint} @pointerleave=${this.#leave}>${waterfall(a, { rows, frame, order: this.order, highlight: this.#highlightedTerm })}</svg>
          ${controls}
        </div>
        ${a.curve ? this.#curve(a, a.curve) : nothing}
      </div>`;
  }

  #head(a: Arithmetic): TemplateResult {
    const field = (name: 'timestep' | 'unit', label: string, value: number, most: number) => html`<label>${label}
      <input id=${name} type="number" min="1" max=${most} step="1" .value=${live(String(value))} ?disabled=${this.disabled}
        @change=${(event: FieldEvent) => this.#onField(name, event.target, value, most)}> of ${most}</label>`;
    return html`<div class="head">${field('timestep', translate('Time step'), a.timestep, a.timesteps)}${field('unit', translate('Unit'), a.unit, a.units)}
      ${a.layers > 1 ? html`<span class="aside">layer ${a.layer + 1} of ${a.layers}</span>` : nothing}
      ${this.brief ? nothing : html`<button type="button" class="copy" @click=${(event: Event) => copyFrom(event.currentTarget as HTMLElement, () => calculation(a, this.names))}>Copy as text</button>`}</div>`;
  }

  #controls(a: Arithmetic, rows: Rows): TemplateResult {
    const place = Math.max(
      0,
      rows.terms.findIndex((row) => row.term === this.#at),
    );
    const said = termSentence(a, this.#at, this.names);
    const order = (
      value: Order,
      words: string,
    ) => html`<label><input type="radio" name="order" value=${value} .checked=${live(this.order === value)}
      @change=${() => this.#reorder(value)}>${words}</label>`;
    return html`<div class="terms"><label for="term">Term</label>
        <input id="term" type="range" min="0" max=${rows.terms.length - 1} step="1" .value=${live(String(place))} aria-valuetext=${said}
          @focus=${() => this.#setHighlight(this.#at)} @blur=${() => this.#setHighlight(undefined)}
          @input=${(event: FieldEvent) => this.#choose(rows.terms[Number(event.target.value)]?.term)}>
        <p class="term-line" aria-hidden="true">${term(a, this.#at, this.names)}</p>${this.#note(a)}</div>
      <fieldset class="order"><legend>Bars</legend>${radios([order('added', translate('as they are added')), order('size', translate('the largest first, each from 0'))])}</fieldset>`;
  }

  /** What the x of the sum stand for. */
  #note(a: Arithmetic): TemplateResult | typeof nothing {
    const note = namesNote(a, this.names);
    return note === '' ? nothing : html`<p class="aside names">${note}</p>`;
  }

  #curve(a: Arithmetic, curve: NonNullable<Arithmetic['curve']>): TemplateResult {
    const width = this.#curveWidth;
    return html`<div class="bend"><svg role="img" aria-label=${curveDescription(a)} width=${width} height=${CURVE_HEIGHT}>${curvePicture(a, curve, width)}</svg></div>`;
  }

  #table(a: Arithmetic): TemplateResult {
    const column = (name: string) => html`<th scope="col">${name}</th>`;
    const rows = this.open ? tableRows(a, this.names) : [];
    const named = rows.some(({ source }) => source !== '');
    return html`<details ?open=${this.open} @toggle=${toggleTable}><summary>These terms as a table</summary>${
      this.open
        ? html`<div class="table" role="region" aria-label="The terms as a table" tabindex="0"><table>
            <caption>The terms are in the order in which the engine adds them, with ${TABLE_DIGITS} decimals. The copied text has all digits.</caption>
            <thead><tr>${[translate('term'), ...(named ? [translate('x stands for')] : []), translate('weight'), translate('times'), translate('product'), translate('sum so far')].map(column)}</tr></thead>
            <tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${named ? html`<td>${row.source}</td>` : nothing}<td>${row.weight}</td><td>${row.value}</td><td>${row.product}</td><td>${row.sum}</td></tr>`)}</tbody>
          </table></div>`
        : nothing
    }</details>`;
  }

  // ------------------------------------------------------------------------------------------------- events

  #actions: FormulaActions = {
    chooseGate: (gate) => {
      emit(this, 'rnn-gate', { gate });
      this.requestUpdate();
    },
  };

  #choose(term = 0): void {
    this.term = term;
    emit(this, 'rnn-choice', { term });
    this.#setHighlight(term);
  }

  #reorder(order: Order): void {
    this.order = order;
    emit(this, 'rnn-order', { order });
  }

  /** Highlights a term, or none, and emits the event with its source. */
  #setHighlight(term: number | undefined): void {
    const a = this.numbers;
    if (!a || term === this.#highlightedTerm) return;
    this.highlight =
      term === undefined
        ? undefined
        : { kind: sourceOf(a.terms.kind[term] as TermKind), index: a.terms.index[term] as number };
    emit(this, 'rnn-term', this.highlight ?? {});
  }

  #onMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#onPoint(event); /* the finger may only scroll the page */
  };

  #onPoint = (event: MouseEvent): void => {
    if (!this.#rows) return;
    this.#setHighlight(rowAt(this.#rows, localPosition(event.currentTarget as Element, event).y - AXIS)?.term);
  };

  /** While the slider has the focus, its term stays highlighted. */
  #leave = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    this.#setHighlight(this.shadowRoot?.activeElement?.id === 'term' ? this.#at : undefined);
  };

  #go(name: 'timestep' | 'unit', value: number): void {
    if (name === 'unit') emit(this, 'rnn-unit', { unit: value });
    else emit(this, 'rnn-timestep', { timestep: value });
  }

  #onField(name: 'timestep' | 'unit', field: HTMLInputElement, before: number, most: number): void {
    const value = Math.min(Math.max(Math.round(Number(field.value)) || before, 1), most);
    if (value !== before) this.#go(name, value);
    this.requestUpdate();
  }

  #onKey = (event: KeyboardEvent): void => {
    const a = this.numbers;
    if (!a || this.disabled || event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const moves: Record<string, ['timestep' | 'unit', number]> = {
      ArrowLeft: ['timestep', a.timestep - 1],
      ArrowRight: ['timestep', a.timestep + 1],
      ArrowUp: ['unit', a.unit - 1],
      ArrowDown: ['unit', a.unit + 1],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const [name, value] = move;
    if (value < 1 || value > (name === 'unit' ? a.units : a.timesteps)) return;
    this.#speechDue = true;
    this.#go(name, value);
  };

  /** After a key inside the figure, the live region speaks when the new numbers have arrived. */
  protected override updated(changed: PropertyValues): void {
    reserveHeight(this.renderRoot);
    const region = this.renderRoot.querySelector('[role=status]');
    if (!this.#speechDue || !changed.has('numbers') || !this.numbers || !region) return;
    this.#speechDue = false;
    region.textContent = description(this.numbers);
  }
}

define('rnn-arithmetic', RnnArithmetic);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-arithmetic': RnnArithmetic;
  }
}
