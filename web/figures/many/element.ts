/** `<rnn-many>`: the same run from many seeds, each as a thin line by epoch and a dot at its metric on new data.
 *
 *  It draws the given numbers and computes none. Events (bubbling):
 *
 *      rnn-seed {seed}      show this run on the page
 *      rnn-pick {run}       the slider moved to another run, given by its index in `runs`
 *      rnn-open {open}      the table was opened or closed
 */

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { keyed } from '../../shared/line-key.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import type { Chance, Line } from '../curves/curve-data.ts';
import type { Box } from '../../charts/dots.ts';
import type { Range } from '../../charts/range.ts';
import { type Dot, dotAt, height, line, swarm } from '../../charts/swarm.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { formatNumber } from '../../shared/format.ts';
import { define } from '../../shared/define.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { emit } from '../../shared/events.ts';
import { styles } from './styles.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';

export interface OneRun {
  seed: number;
  /** The training metric by epoch. */
  values: ArrayLike<number>;
  /** The metric on new data after the last epoch, or undefined if the run diverged. */
  final: number | undefined;
}

const HEIGHT = 240;
/** The name of a line stands clear of the dots, which lie on it where nothing was learned. */
const BELOW_DOTS = 22;
const MARGIN = { left: 40, top: 8, bottom: 22 };
/** The space between the lines and the dots, in CSS pixels. */
const GAP = 24;
const SIZE = 7;
const REACH = 14;

export class RnnMany extends LitElement {
  static override styles = styles;

  static override properties = {
    runs: { attribute: false },
    epochs: { type: Number },
    chosen: { type: Number },
    range: { attribute: false },
    quantity: { type: String },
    lines: { attribute: false },
    chanceBand: { attribute: false },
    caption: { type: String },
    run: { type: Number },
    open: { type: Boolean },
    _at: { state: true },
  };

  declare runs: readonly OneRun[];
  declare epochs: number;
  /** The seed of the run that is shown on the page. */
  declare chosen: number | undefined;
  declare range: Range;
  /** The name of the metric, for example "accuracy". */
  declare quantity: string;
  declare lines: readonly Line[];
  declare chanceBand: Chance | undefined;
  declare caption: string;
  /** The index in `runs` of the run at the slider. The default, undefined, is the chosen run. */
  declare run: number | undefined;
  /** Whether the table of the runs is open. */
  declare open: boolean;
  /** The run under the pointer. */
  declare _at: number | undefined;

  readonly #around = new Surroundings(this);
  #dots: Dot[] = [];

  constructor() {
    super();
    this.runs = [];
    this.epochs = 1;
    this.range = [0, 1];
    this.quantity = translate('accuracy');
    this.lines = [];
    this.caption = '';
    this.open = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('runs') && this._at !== undefined && this._at >= this.runs.length) this._at = undefined;
    this.#dots = swarm(
      this.runs.map(({ final }) => final),
      this.range,
      this.#right,
      SIZE,
    );
  }

  get #left(): Box {
    const width = Math.max(60, (this.#around.width - MARGIN.left) * 0.6 - GAP);
    return { left: MARGIN.left, top: MARGIN.top, width, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  }

  get #right(): Box {
    const left = this.#left;
    const from = left.left + left.width + GAP;
    return { ...left, left: from, width: Math.max(40, this.#around.width - from - 4) };
  }

  get #current(): number {
    const open = this.runs.findIndex(({ seed }) => seed === this.chosen);
    return this._at ?? (this.run !== undefined && this.run < this.runs.length ? this.run : Math.max(0, open));
  }

  override render(): TemplateResult {
    const count = this.runs.length;
    if (count === 0 || this.#around.width === 0) return html`<figure><figcaption>${this.caption}</figcaption></figure>`;
    const run = this.runs[this.#current];
    const words = run ? this.#words(run) : '';
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <p class="notice" id="about">Each thin line is the ${this.quantity} of one run on its training data. Each dot is what this run reached on new data. A single run depends on luck, so look at where most of the dots are.</p>
        <span class="title" id="title">${plural(count, { one: translate(`${count} run seed, ${this.quantity}`), other: translate(`${count} run seeds, ${this.quantity}`) })}</span>
        <div class="plot" aria-hidden="true">${this.#picture()}</div>
        ${this.chanceBand ? html`<p class="key">${keyed('reference', translate('where pure guessing lands, 95 times out of 100'), { band: 'chance' })}</p>` : nothing}
        <div class="controls">
          <label>Run <input type="range" min="0" max=${count - 1} .value=${String(this.#current)} aria-valuetext=${words} @input=${this.#onSlide} /></label>
          <output aria-live="off">${words}</output>
          <button type="button" aria-disabled=${run?.seed === this.chosen} @click=${this.#open}>Open this run</button>
        </div>
        <figcaption>${this.caption}</figcaption>
        <details ?open=${this.open} @toggle=${toggleTable}><summary>These numbers as a table</summary>
          <div class="table" tabindex="0" role="region" aria-label="runs as a table"><table>
            <thead><tr><th scope="col">run seed</th><th scope="col">training, last epoch</th><th scope="col">new data</th></tr></thead>
            <tbody>${this.runs.map(({ seed, values, final }) => html`<tr><th scope="row">${seed}</th><td>${this.#number(values[values.length - 1])}</td><td>${final === undefined ? translate('diverged') : this.#number(final)}</td></tr>`)}</tbody>
          </table></div>
        </details>
      </figure>
    `;
  }

  #number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 3);

  #words({ seed, values, final }: OneRun): string {
    const fresh = final === undefined ? translate('diverged') : translate(`new data ${this.#number(final)}`);
    return translate(`run seed ${seed}: training ${this.#number(values[values.length - 1])}, ${fresh}`);
  }

  #picture(): TemplateResult {
    const [left, right] = [this.#left, this.#right];
    const y = (value: number): number => height(value, this.range, left);
    const ticks = valueTicks(this.range[0], this.range[1], 5);
    const texts = tickTexts(ticks);
    const run = this.runs[this.#current];
    const end = right.left + right.width;
    const { chanceBand: band } = this;
    return html`<svg viewBox=${`0 0 ${this.#around.width} ${HEIGHT}`} height=${HEIGHT} @pointermove=${this.#onPoint} @pointerleave=${this.#onLeave} @click=${this.#onClick}>
      ${ticks.map((value, i) => svg`<path class="grid" d=${`M${left.left} ${y(value)}H${end}`} /><text x=${left.left - 6} y=${y(value) + 4} text-anchor="end">${texts[i]}</text>`)}
      ${band ? svg`<rect class="chance" x=${right.left} y=${y(band.high)} width=${right.width} height=${y(band.low) - y(band.high)} />` : nothing}
      ${this.lines.map(({ value, label }) => svg`<path class="reference" d=${`M${left.left} ${y(value)}H${end}`} /><text x=${end} y=${y(value) + BELOW_DOTS} text-anchor="end">${label}</text>`)}
      <path class="ghosts" d=${this.runs.map(({ values }) => line(values, this.epochs, this.range, left)).join('')} />
      ${run ? svg`<path class="run" d=${line(run.values, this.epochs, this.range, left)} />` : nothing}
      ${this.#dots.map(({ run: index, x, y: at }) => svg`<circle class=${index === this.#current ? 'dot chosen' : 'dot'} cx=${x.toFixed(1)} cy=${at.toFixed(1)} r=${index === this.#current ? 5.5 : 3} />`)}
      <text x=${left.left} y=${HEIGHT - 6}>epoch 1</text><text x=${left.left + left.width} y=${HEIGHT - 6} text-anchor="end">${this.epochs}</text>
      <text x=${right.left} y=${HEIGHT - 6}>new data</text>
    </svg>`;
  }

  #onSlide = (event: Event): void => {
    this._at = undefined;
    this.#pick(Number((event.target as HTMLInputElement).value));
  };

  #pick(run: number): void {
    if (run === this.run) return;
    this.run = run;
    emit(this, 'rnn-pick', { run });
  }

  #under(event: MouseEvent): Dot | undefined {
    const { x, y } = localPosition(event.currentTarget as Element, event);
    return dotAt(this.#dots, x, y, REACH);
  }

  #onPoint = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return; /* the finger may only scroll the page */
    this._at = this.#under(event)?.run ?? this._at;
  };

  #onLeave = (): void => {
    this._at = undefined;
  };

  #onClick = (event: MouseEvent): void => {
    const dot = this.#under(event);
    if (!dot) return;
    this._at = undefined;
    this.#pick(dot.run);
    this.#open();
  };

  #open = (): void => {
    const run = this.runs[this.#current];
    if (!run || run.seed === this.chosen) return;
    emit(this, 'rnn-seed', { seed: run.seed });
  };
}

define('rnn-many', RnnMany);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-many': RnnMany;
  }
}
