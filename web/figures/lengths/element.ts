/** `<rnn-lengths>`: one trained network that reads new sequences of other lengths: a dot for each length, and the length of its training.
 *
 *  It draws what it is given and computes no number. Events (bubbling):
 *
 *      rnn-length {length}   another number of time steps was chosen, with the slider or in the chart
 */

import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { linePath } from '../../charts/path-data.ts';
import { extent, linearScale, type Range } from '../../charts/range.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { capitalized, formatNumber, grouped } from '../../shared/format.ts';
import { keyed } from '../../shared/line-key.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';
import { FAR, LENGTHS, NEAR } from './lengths.ts';
import { styles } from './styles.ts';

const HEIGHT = 270;
const MARGIN = { left: 40, right: 20, top: 22, bottom: 38 };
/** The part of the width that the long lengths take. */
const FAR_SHARE = 0.26;
const TICKS = [1, 10, 20, 30, 40, 50];
/** Where the labels of all long lengths would overlap, only some are named. */
const NARROW = 560;
const NARROW_TICKS = [1, 10, 20, 30, 40, 100, 1000];

export class RnnLengths extends LitElement {
  static override styles = styles;

  static override properties = {
    values: { attribute: false },
    trainedAt: { type: Number },
    length: { type: Number },
    quantity: { type: String },
    chance: { type: Number },
    chanceBand: { attribute: false },
    note: { type: String },
    _far: { state: true },
  };

  /** What was measured at each of `LENGTHS`, as far as it was. */
  declare values: readonly (number | undefined)[];
  /** The time steps of the training. */
  declare trainedAt: number;
  /** The time steps that are read, up to 50. */
  declare length: number;
  /** What is measured: "accuracy". */
  declare quantity: string;
  /** What guessing scores. */
  declare chance: number | undefined;
  /** Where guessing lands, 95 times out of 100. */
  declare chanceBand: { low: number; high: number } | undefined;
  /** Said in place of the chart. */
  declare note: string;
  /** A length beyond those that the network figure reads. */
  declare _far: number | undefined;

  readonly #around = new Surroundings(this);

  constructor() {
    super();
    this.values = [];
    this.trainedAt = 0;
    this.length = 0;
    this.quantity = '';
    this.note = '';
  }

  /** The place in `LENGTHS` of the length that is read; the nearest one, since training may have any length to 100. */
  get #current(): number {
    const length = this._far ?? this.length;
    let best = 0;
    for (const [i, one] of LENGTHS.entries())
      if (Math.abs(one - length) < Math.abs((LENGTHS[best] as number) - length)) best = i;
    return best;
  }

  get #range(): Range {
    if (this.chance !== undefined) return [0, 1];
    const [, high] = extent([this.values.map((value) => value ?? Number.NaN)]) ?? [0, 1];
    return [0, high];
  }

  override render(): TemplateResult {
    if (this.note || this.values.length === 0 || this.#around.width === 0)
      return html`<figure class="empty"><figcaption>${this.note}</figcaption></figure>`;
    const at = this.#current;
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <p class="notice" id="about">Each dot is the same trained network, with the same weights. Only the length of the sequences that it reads is different.</p>
        <span class="title" id="title">${capitalized(translate(`${this.quantity} on 1,000 new sequences of each length`))}</span>
        <div class="plot" aria-hidden="true">${this.#picture(at)}</div>
        ${this.chanceBand ? html`<p class="key">${keyed('reference', translate('where pure guessing lands, 95 times out of 100'), { band: 'chance' })}</p>` : nothing}
        <div class="controls">
          <label>Length <input type="range" min="0" max=${LENGTHS.length - 1} .value=${String(at)} aria-valuetext=${this.#words(at)} @input=${this.#onSlide} /></label>
          <output aria-live="off">${this.#words(at)}</output>
        </div>
        <details><summary>These numbers as a table</summary>
          <div class="table" tabindex="0" role="region" aria-label=${translate('lengths as a table')}><table>
            <thead><tr><th scope="col">time steps read</th><th scope="col">${this.quantity}</th></tr></thead>
            <tbody>${this.values.map((value, i) => html`<tr><th scope="row">${grouped(LENGTHS[i] as number)}</th><td>${this.#number(value)}</td></tr>`)}</tbody>
          </table></div>
        </details>
      </figure>
    `;
  }

  #number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);

  #words(at: number): string {
    const length = LENGTHS[at] as number;
    const value = this.values[at];
    const steps = plural(length, {
      one: translate(`Reading ${grouped(length)} time step`),
      other: translate(`Reading ${grouped(length)} time steps`),
    });
    const trained = length === this.trainedAt ? translate(', as in its training') : '';
    if (value === undefined) return translate(`${steps}${trained}: not measured.`);
    if (this.chance === undefined) return translate(`${steps}${trained}: ${this.quantity} ${this.#number(value)}.`);
    return translate(`${steps}${trained}: right on ${formatNumber(100 * value, 1)} % of 1,000 new sequences.`);
  }

  /** Where a length stands: those up to 50 side by side, the long ones at even distances behind a gap. */
  #x(length: number): number {
    const width = this.#around.width - MARGIN.left - MARGIN.right;
    const near = width * (1 - FAR_SHARE);
    const far = FAR.indexOf(length);
    if (far >= 0) return MARGIN.left + near + (width - near) * ((far + 1) / FAR.length);
    return linearScale([1, NEAR], [MARGIN.left + 4, MARGIN.left + near])(length);
  }

  #y = (value: number): number => linearScale(this.#range, [HEIGHT - MARGIN.bottom, MARGIN.top])(value);

  #picture(at: number): TemplateResult {
    const { width } = this.#around;
    const floor = HEIGHT - MARGIN.bottom;
    const end = width - MARGIN.right;
    const ticks = valueTicks(...this.#range, 4);
    const texts = tickTexts(ticks);
    const gap = (this.#x(NEAR) + this.#x(FAR[0] as number)) / 2;
    const place = (i: number): number => this.#x(LENGTHS[i] as number);
    const height = (i: number): number => this.#y(this.values[i] ?? Number.NaN);
    const { chance, chanceBand: band, trainedAt } = this;
    const trained = this.#x(trainedAt);
    const inside = trainedAt <= NEAR || FAR.includes(trainedAt);
    /* the label keeps clear of the edges of the drawing */
    const anchor = trained > width - 90 ? 'end' : trained < MARGIN.left + 60 ? 'start' : 'middle';
    return html`<svg viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT} @click=${this.#onClick}>
      ${ticks.map((value, i) => svg`<path class="grid" d=${`M${MARGIN.left} ${this.#y(value)}H${end}`} /><text x=${MARGIN.left - 6} y=${this.#y(value) + 4} text-anchor="end">${texts[i]}</text>`)}
      ${band ? svg`<rect class="chance" x=${MARGIN.left} y=${this.#y(band.high)} width=${end - MARGIN.left} height=${this.#y(band.low) - this.#y(band.high)} />` : nothing}
      ${chance === undefined ? nothing : svg`<path class="reference" d=${`M${MARGIN.left} ${this.#y(chance)}H${end}`} />${band ? nothing : svg`<text x=${end} y=${this.#y(chance) - 5} text-anchor="end">${translate('guessing')}</text>`}`}
      ${inside ? svg`<path class="trained-line" d=${`M${trained} ${MARGIN.top}V${floor}`} /><text class="strong" x=${trained} y=${MARGIN.top - 8} text-anchor=${anchor}>${translate(`trained at ${trainedAt}`)}</text>` : nothing}
      <path class="curve" d=${linePath(Math.min(NEAR, this.values.length), place, height)} />
      ${FAR.flatMap((_, k) =>
        k % 2 === 0 && this.values.length > NEAR + k + 1
          ? svg`<path class="curve" d=${linePath(
              2,
              (i) => place(NEAR + k + i),
              (i) => height(NEAR + k + i),
            )} />`
          : [],
      )}
      ${this.values.length > NEAR ? svg`<path class="axis" d=${`M${gap - 5} ${floor + 5}l4 -10M${gap + 1} ${floor + 5}l4 -10`} />` : nothing}
      <path class="chosen-line" d=${`M${place(at)} ${floor}v7`} />
      ${this.values.map((value, i) => {
        if (value === undefined) return nothing;
        const kind = i === at ? 'dot chosen' : LENGTHS[i] === trainedAt ? 'dot trained' : 'dot';
        return svg`<circle class=${kind} cx=${place(i).toFixed(1)} cy=${this.#y(value).toFixed(1)} r=${kind === 'dot' ? 2.75 : 5.5} />`;
      })}
      ${(width < NARROW ? NARROW_TICKS : [...TICKS, ...FAR]).map((length) => svg`<text x=${this.#x(length)} y=${floor + 19} text-anchor="middle">${grouped(length)}</text>`)}
      <text x=${end} y=${HEIGHT - 3} text-anchor="end">${translate(`time steps read: 1 to ${NEAR}, then ${FAR.length} long lengths`)}</text>
    </svg>`;
  }

  #choose(at: number): void {
    const length = LENGTHS[at];
    if (length === undefined) return;
    this._far = length > NEAR ? length : undefined;
    if (length <= NEAR) this.length = length;
    emit(this, 'rnn-length', { length });
  }

  #onSlide = (event: Event): void => this.#choose(Number((event.target as HTMLInputElement).value));

  #onClick = (event: MouseEvent): void => {
    const { x } = localPosition(event.currentTarget as Element, event);
    let best = 0;
    for (const [i, length] of LENGTHS.entries())
      if (Math.abs(this.#x(length) - x) < Math.abs(this.#x(LENGTHS[best] as number) - x)) best = i;
    this.#choose(best);
  };
}

define('rnn-lengths', RnnLengths);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-lengths': RnnLengths;
  }
}
