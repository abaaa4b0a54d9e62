/** `<rnn-norms>`: the size of the gradient at each time step of backpropagation through time, on a logarithmic axis.
 *
 *  It draws what it is given and computes no number. Events (bubbling):
 *
 *      rnn-timestep {timestep}   the slider stands at another time step
 */

import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { linePath } from '../../charts/path-data.ts';
import { linearScale } from '../../charts/range.ts';
import { quoted } from '../../shared/data-names.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { formatNumber, powerOfTen, scientific } from '../../shared/format.ts';
import { keyed } from '../../shared/line-key.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { translate } from '../../shared/translate.ts';
import { decades, markOf, ticks } from '../backward/axis.ts';
import { styles } from './styles.ts';

const HEIGHT = 250;
const MARGIN = { left: 46, right: 16, top: 12, bottom: 34 };
/** Below this width only a few words fit under the chart. */
const NARROW = 480;
/** Of a size in a sentence, those that count; the table has more. */
const DIGITS = 2;
/** Powers of ten that are always shown, so that the axis stands still while a handle moves; norms beyond them widen it. */
const DECADES = [-18, 9] as const;
/** A step back that changes the norm by less than this, up or down, leaves it about the same over 50 steps. */
const STEADY = 0.02;

export class RnnNorms extends LitElement {
  static override styles = styles;

  static override properties = {
    norms: { attribute: false },
    ghost: { attribute: false },
    rate: { type: Number },
    mean: { type: Boolean },
    words: { attribute: false },
    timestep: { type: Number },
  };

  /** ‖∂L/∂h_t‖ for t = 1 … T. */
  declare norms: ArrayLike<number>;
  /** The same before the last change. */
  declare ghost: ArrayLike<number>;
  /** By what one step back multiplies the norm. */
  declare rate: number | undefined;
  /** Of the mean over the next batch; false: of one sequence. */
  declare mean: boolean;
  /** The word that each time step of the sequence reads; empty if the features are no words. */
  declare words: readonly (string | undefined)[];
  /** The time cursor. */
  declare timestep: number;

  readonly #around = new Surroundings(this);

  constructor() {
    super();
    this.norms = [];
    this.ghost = [];
    this.mean = false;
    this.words = [];
    this.timestep = 0;
  }

  get #at(): number {
    return Math.min(Math.max(1, this.timestep), this.norms.length);
  }

  override render(): TemplateResult {
    const count = this.norms.length;
    if (count === 0 || this.#around.width === 0) return html`<figure class="empty"></figure>`;
    const at = this.#at;
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <span class="title" id="title">${this.mean ? translate('Size of the gradient ∂L/∂hₜ, averaged over a batch') : translate('Size of the gradient ∂L/∂hₜ of this sequence')}</span>
        <div class="plot" aria-hidden="true">${this.#picture(at)}</div>
        <p class="key">
          <span>${translate(`Logarithmic axis: each line is ${powerOfTen(this.#decade)} times the one below.`)}</span>
          ${keyed('level', translate(`the size at step ${count}`))}
          ${keyed('ghost', translate('before the last change'), { absent: this.ghost.length === 0 })}
        </p>
        <div class="controls">
          <label>${translate('Time step')} <input type="range" min="1" max=${count} .value=${String(at)} aria-valuetext=${this.#words(at)} @input=${this.#onSlide} /></label>
          <output aria-live="off">${this.#words(at)}</output>
        </div>
        <figcaption id="about">${this.#about()}</figcaption>
        <details><summary>These numbers as a table</summary>
          <div class="table" tabindex="0" role="region" aria-label=${translate('norms as a table')}><table>
            <thead><tr><th scope="col">time step</th><th scope="col">‖∂L/∂hₜ‖</th></tr></thead>
            <tbody>${Array.from(this.norms, (norm, i) => html`<tr><th scope="row">${this.#step(i + 1)}</th><td>${scientific(norm)}</td></tr>`)}</tbody>
          </table></div>
        </details>
      </figure>
    `;
  }

  /** A time step, with the word that it reads: "3, “the”". */
  #step(t: number): string {
    const word = this.mean || this.words.length !== this.norms.length ? undefined : this.words[t - 1];
    return word === undefined ? String(t) : `${t}, ${quoted(word)}`;
  }

  #words(at: number): string {
    return translate(`t = ${this.#step(at)}: ${scientific(this.norms[at - 1] as number, DIGITS)}`);
  }

  /** A sentence on how the gradient changes going back in time, with the numbers of this network. */
  #about(): string {
    const { norms, rate } = this;
    const last = norms.length;
    const [from, to] = [scientific(norms[last - 1] as number, DIGITS), scientific(norms[0] as number, DIGITS)];
    const ends = translate(`The size is ${from} at step ${last} and ${to} at step 1.`);
    if (rate === undefined || !Number.isFinite(rate)) return ends;
    const factor = formatNumber(rate, 2);
    const each = translate(`On average each step back multiplies it by ${factor}.`);
    if (Math.abs(rate - 1) < STEADY) return `${ends} ${each}`;
    const said = rate < 1 ? translate('It shrinks going back in time.') : translate('It grows going back in time.');
    return `${ends} ${each} ${said}`;
  }

  /** The powers of ten between which the axis lies. */
  get #range(): readonly [number, number] {
    const [low, high] = decades([...Array.from(this.norms), ...Array.from(this.ghost)]);
    return [Math.min(DECADES[0], low), Math.max(DECADES[1], high)];
  }

  /** The powers of ten that have a line, and how far apart these are. */
  get #powers(): number[] {
    return ticks(this.#range, 6);
  }

  get #decade(): number {
    const [first = 0, second = 1] = this.#powers;
    return second - first;
  }

  #picture(at: number): TemplateResult {
    const { width } = this.#around;
    const { norms, ghost } = this;
    const count = norms.length;
    const range = this.#range;
    const floor = HEIGHT - MARGIN.bottom;
    const end = width - MARGIN.right;
    const y = linearScale(range, [floor, MARGIN.top]);
    const x = linearScale([1, Math.max(2, count)], [MARGIN.left + 8, end]);
    /* what is 0, or too small for a float of 32 bits, lies on the floor; what is no number is a gap */
    const place = (values: ArrayLike<number>) => (i: number) => {
      const norm = values[i] as number;
      return markOf(norm) === 'zero' ? floor : y(Math.log10(norm));
    };
    const line = (values: ArrayLike<number>) => linePath(values.length, (i) => x(i + 1), place(values));
    const level = place(norms)(count - 1);
    const named = [1, ...[10, 20, 30, 40, 50, 60, 70, 80, 90].filter((t) => t < count - 4), count];
    return html`<svg viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT}>
      ${this.#powers.map((power) => svg`<path class="grid" d=${`M${MARGIN.left} ${y(power)}H${end}`} /><text x=${MARGIN.left - 6} y=${y(power) + 4} text-anchor="end">${power === 0 ? '1' : powerOfTen(power)}</text>`)}
      ${Number.isFinite(level) ? svg`<path class="level" d=${`M${MARGIN.left} ${level}H${end}`} />` : nothing}
      <path class="hair" d=${`M${x(at)} ${MARGIN.top}V${floor}`} />
      ${ghost.length > 0 ? svg`<path class="ghost" d=${line(ghost)} />` : nothing}
      <path class="curve" d=${line(norms)} />
      ${Array.from(norms, (_, i) => {
        const middle = place(norms)(i);
        if (!Number.isFinite(middle)) return nothing;
        return svg`<circle class=${i + 1 === at ? 'dot chosen' : 'dot'} cx=${x(i + 1).toFixed(1)} cy=${middle.toFixed(1)} r=${i + 1 === at ? 5.5 : 2.5} />`;
      })}
      ${named.map((t) => svg`<text x=${x(t)} y=${floor + 16} text-anchor="middle">${t}</text>`)}
      <text x=${width < NARROW ? 0 : MARGIN.left} y=${HEIGHT - 2}>${translate('time step')}</text>
      <text x=${end} y=${HEIGHT - 2} text-anchor="end">${width < NARROW ? translate('← back from the answer') : translate('← the gradient travels back from the answer')}</text>
    </svg>`;
  }

  #onSlide = (event: Event): void => {
    const timestep = (event.target as HTMLInputElement).valueAsNumber;
    if (timestep === this.timestep) return;
    this.timestep = timestep;
    emit(this, 'rnn-timestep', { timestep });
  };
}

define('rnn-norms', RnnNorms);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-norms': RnnNorms;
  }
}
