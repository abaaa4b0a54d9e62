/** `<rnn-linear-probe>`: what the last hidden state knows of each number of a sequence: a bar of R² for each time step, and
 *  dashed outlines for the same network before training.
 *
 *  It draws what it is given and computes no number. Events (bubbling):
 *
 *      rnn-timestep {timestep}   another number of the sequence was chosen, with the slider or in the chart
 */

import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { linearScale } from '../../charts/range.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { formatNumber, MINUS } from '../../shared/format.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';
import { styles } from './styles.ts';

const HEIGHT = 250;
const MARGIN = { left: 34, right: 8, top: 12, bottom: 38 };
/** The part of a time step's width that its bar takes. */
const BAR = 0.7;
const LEVELS = [0, 0.5, 1];

export class RnnLinearProbe extends LitElement {
  static override styles = styles;

  static override properties = {
    r2: { attribute: false },
    untrained: { attribute: false },
    measured: { type: Number },
    timestep: { type: Number },
    subject: { type: String },
  };

  /** For each time step, R² of the number that was read there. */
  declare r2: readonly number[];
  /** The same before training; empty if `r2` is that. */
  declare untrained: readonly number[];
  /** How many sequences the probe is fitted on, and measured on as many others. */
  declare measured: number;
  /** What is read from the state. */
  declare subject: string;
  /** The time cursor. */
  declare timestep: number;

  readonly #around = new Surroundings(this);

  constructor() {
    super();
    this.r2 = [];
    this.untrained = [];
    this.measured = 0;
    this.timestep = 0;
    this.subject = translate('each number');
  }

  override render(): TemplateResult {
    const count = this.r2.length;
    if (count === 0 || this.#around.width === 0) return html`<figure class="empty"></figure>`;
    const at = Math.min(Math.max(1, this.timestep), count);
    const trained = this.untrained.length > 0;
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <span class="title" id="title">${translate(`R² of ${this.subject}, read from the last hidden state`)}</span>
        <p class="legend">${
          trained
            ? html`<span><i class="trained"></i>after training</span> <span><i class="before"></i>before training</span>`
            : html`<span><i class="trained"></i>before training</span>`
        }</p>
        <div class="plot" aria-hidden="true">${this.#picture(at)}</div>
        <div class="controls">
          <label>Number <input type="range" min="1" max=${count} .value=${String(at)} aria-valuetext=${this.#words(at)} @input=${this.#onSlide} /></label>
          <output aria-live="off">${this.#words(at)}</output>
        </div>
        <figcaption id="about">${translate(`R² is 1 if the probe is always exact, and 0 or less if it is no better than always saying the mean. It was fitted on ${this.measured} sequences and measured on ${this.measured} others.`)}</figcaption>
        <details><summary>These numbers as a table</summary>
          <div class="table" tabindex="0" role="region" aria-label=${translate('R² as a table')}><table>
            <thead><tr><th scope="col">steps before the last</th><th scope="col">R²</th>${trained ? html`<th scope="col">before training</th>` : nothing}</tr></thead>
            <tbody>${this.r2.map((value, i) => html`<tr><th scope="row">${count - 1 - i}</th><td>${this.#number(value)}</td>${trained ? html`<td>${this.#number(this.untrained[i])}</td>` : nothing}</tr>`)}</tbody>
          </table></div>
        </details>
      </figure>
    `;
  }

  /** Always two decimals, so that numbers near 0 do not look more precise than others. */
  #number = (value = Number.NaN): string => (Math.round(100 * value) / 100 + 0).toFixed(2).replace('-', MINUS);

  #words(at: number): string {
    const back = this.r2.length - at;
    const value = this.#number(this.r2[at - 1]);
    const which =
      back === 0
        ? translate('The last number')
        : at === 1
          ? translate('The first number')
          : plural(back, {
              one: translate(`The number ${back} step before the last`),
              other: translate(`The number ${back} steps before the last`),
            });
    if (this.untrained.length === 0) return translate(`${which}: R² is ${value} before training.`);
    return translate(`${which}: R² is ${value}. Before training it was ${this.#number(this.untrained[at - 1])}.`);
  }

  /** The left edge of the time step with this index, of `count`. */
  #left = (index: number): number =>
    linearScale([0, this.r2.length], [MARGIN.left, this.#around.width - MARGIN.right])(index);

  #picture(at: number): TemplateResult {
    const { width } = this.#around;
    const count = this.r2.length;
    const floor = HEIGHT - MARGIN.bottom;
    const end = width - MARGIN.right;
    const y = linearScale([0, 1], [floor, MARGIN.top]);
    const step = this.#left(1) - this.#left(0);
    /* what is below 0 is worth no bar */
    const bar = (kind: string) => (value: number, i: number) =>
      value <= 0
        ? nothing
        : svg`<rect class=${kind} x=${this.#left(i) + (step * (1 - BAR)) / 2} y=${y(value)} width=${step * BAR} height=${floor - y(value)} />`;
    const named = this.r2.map((_, i) => count - 1 - i).filter((back) => back % 5 === 0 || back === count - 1);
    const middle = (back: number): number => this.#left(count - 1 - back) + step / 2;
    return html`<svg viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT} @click=${this.#onClick}>
      ${LEVELS.map((level) => svg`<path class=${level === 0 ? 'axis' : 'grid'} d=${`M${MARGIN.left} ${y(level)}H${end}`} /><text x=${MARGIN.left - 6} y=${y(level) + 4} text-anchor="end">${formatNumber(level, 1)}</text>`)}
      ${this.r2.map(bar('bar'))}
      ${this.untrained.map(bar('ghost'))}
      <path class="chosen" d=${`M${this.#left(at - 1) + 1} ${floor + 3}h${step - 2}`} />
      ${named.map((back) => svg`<text x=${middle(back)} y=${floor + 18} text-anchor="middle">${back}</text>`)}
      <text x=${end} y=${HEIGHT - 4} text-anchor="end">${translate('steps before the last number')}</text>
    </svg>`;
  }

  #choose(timestep: number): void {
    if (timestep === this.timestep) return;
    this.timestep = timestep;
    emit(this, 'rnn-timestep', { timestep });
  }

  #onSlide = (event: Event): void => this.#choose((event.target as HTMLInputElement).valueAsNumber);

  #onClick = (event: MouseEvent): void => {
    const { x } = localPosition(event.currentTarget as Element, event);
    const index = this.r2.findIndex((_, i) => x < this.#left(i + 1));
    this.#choose(index < 0 ? this.r2.length : index + 1);
  };
}

define('rnn-linear-probe', RnnLinearProbe);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-linear-probe': RnnLinearProbe;
  }
}
