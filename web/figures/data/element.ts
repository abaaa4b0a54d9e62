/** `<rnn-data>`: the sequences, each as a small line with its target and the network's answer. One of them is chosen.
 *
 *  It draws the given numbers and computes none. Events (bubbling):
 *
 *      rnn-sample {sample}      another sequence, from 0
 *      rnn-wrong {wrong}        only the sequences with a wrong answer, or all
 *      rnn-open {open}          the table was opened or closed
 */

import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { localPosition } from '../../shared/pointer-position.ts';
import { textWidth } from '../../charts/labels.ts';
import { type DataNames, featureHead, featureCell, quantityHead } from '../../shared/data-names.ts';
import { CELL, type Grid, gridOf, lineClass, lines, MOST_LINES, rangeOf, wordLines } from './grid.ts';
import { countOf, type Sequences, sentence, shortWords, shown, wordsOf } from './sequences.ts';
import { define } from '../../shared/define.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { emit } from '../../shared/events.ts';
import { styles } from './styles.ts';
import { SizeObserver } from '../../shared/observers.ts';
import { plural, translate } from '../../shared/translate.ts';

export class RnnData extends LitElement {
  static override styles = styles;

  static override properties = {
    x: { attribute: false },
    y: { attribute: false },
    timesteps: { type: Number },
    features: { type: Number },
    predictions: { attribute: false },
    outputs: { type: Number },
    loss: { type: String },
    names: { attribute: false },
    classes: { attribute: false },
    right: { attribute: false },
    sample: { type: Number },
    _width: { state: true },
    wrong: { type: Boolean },
    open: { type: Boolean },
  };

  declare x: ArrayLike<number>;
  declare y: ArrayLike<number>;
  declare timesteps: number;
  declare features: number;
  declare predictions: ArrayLike<number>;
  declare outputs: number;
  declare loss: string;
  /** What features, target and classes stand for. */
  declare names: DataNames | undefined;
  /** The class of each answer, and 1 where it is correct. Only with crossentropy. */
  declare classes: ArrayLike<number>;
  declare right: ArrayLike<number>;
  declare sample: number;
  /** Whether only wrong answers are shown. */
  declare wrong: boolean;
  /** Whether the table of the sequences is open. */
  declare open: boolean;
  declare _width: number;

  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    this.x = [];
    this.y = [];
    this.timesteps = 1;
    this.features = 1;
    this.predictions = [];
    this.outputs = 1;
    this.loss = 'binary_crossentropy';
    this.classes = [];
    this.right = [];
    this.sample = 0;
    this._width = 0;
    this.wrong = false;
    this.open = false;
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

  get #data(): Sequences {
    const { x, y, timesteps, features, predictions, outputs, loss, classes, right, names = {} } = this;
    return { x, y, timesteps, features, predictions, outputs, loss, classes, right, names };
  }

  override render(): TemplateResult | typeof nothing {
    const data = this.#data;
    const count = countOf(data);
    if (count === 0 || this._width === 0) return nothing;
    const list = shown(data, this.wrong);
    const place = Math.max(0, list.indexOf(this.sample));
    const room = this.#room(data);
    const grid = gridOf(
      this._width,
      list.length,
      place,
      this.names?.tokens ? Math.min(WORDS_WIDTH, this._width) : room.cell,
    );
    const words = sentence(data, this.sample);
    return html`
      <figure role="figure" aria-label="the sequences" aria-describedby="about">
        <p class="notice" id="about">${this.#notice()}</p>${this.#legend()}
        ${list.length === 0 ? html`<p class="notice">None is answered wrongly.</p>` : html`<div aria-hidden="true">${this.#picture(data, list, grid, room.number)}</div>`}
        <div class="controls">
          <label class="sequence">Sequence
            <input type="range" min="0" max=${Math.max(0, list.length - 1)} .value=${String(place)} ?disabled=${list.length === 0} aria-valuetext=${words}
              @input=${(event: Event) => this.#choose(list[Number((event.target as HTMLInputElement).value)])} /></label>
          <output aria-live="off">${words}</output>
          ${
            this.right.length > 0
              ? html`<label>Show <select @change=${this.#onFilter}><option .selected=${!this.wrong}>all ${count}</option><option .selected=${this.wrong}>wrong ones</option></select></label>`
              : nothing
          }
        </div>
        <details ?open=${this.open} @toggle=${toggleTable}><summary>These sequences as a table</summary>${this.open ? this.#table(data, list.slice(grid.from, grid.to)) : nothing}</details>
      </figure>
    `;
  }

  /** Which line is which feature, if they have names. */
  #legend(): TemplateResult | typeof nothing {
    const quantities = this.names?.quantities;
    if (!quantities) return nothing;
    const lines = quantities.slice(0, MOST_LINES);
    return html`<p class="legend">${lines.map((quantity, f) => html`<span><svg width="22" height="8" aria-hidden="true"><path class=${lineClass(f)} d="M1 4h20" /></svg>${quantityHead(quantity)}</span> `)}${quantities.length > MOST_LINES ? html`<span>the table shows the others</span>` : nothing}</p>`;
  }

  #notice(): string {
    if (this.names?.tokens)
      return translate(
        'Each card is one sequence of words. The network has to say which word comes next, after each word.',
      );
    if (this.names?.target)
      return translate(
        `Each card is one sequence. Top left: the correct answer, ${this.names.target.name}. Top right: the network’s answer.`,
      );
    if (this.loss === 'mean_squared_error')
      return translate('Each card is one sequence. Top left: the correct answer. Top right: the network’s answer.');
    return this.outputs > 1
      ? plural(this.timesteps, {
          one: translate(
            `Each card is one sequence of ${this.timesteps} time step. Top left: its label. Top right: the network’s most probable class and its probability. Can you see which question the labels answer?`,
          ),
          other: translate(
            `Each card is one sequence of ${this.timesteps} time steps. Top left: its label. Top right: the network’s most probable class and its probability. Can you see which question the labels answer?`,
          ),
        })
      : plural(this.timesteps, {
          one: translate(
            `Each card is one sequence of ${this.timesteps} time step. Top left: its label. Top right: p(y = 1), the network’s answer. Can you see which question the labels answer?`,
          ),
          other: translate(
            `Each card is one sequence of ${this.timesteps} time steps. Top left: its label. Top right: p(y = 1), the network’s answer. Can you see which question the labels answer?`,
          ),
        });
  }

  /**
   * The space that the longest texts of a card need: the position of the number after the target, and the width of the
   * card.
   */
  #room(data: Sequences): { number: number; cell: number } {
    const font = `12px ${getComputedStyle(this).fontFamily}`;
    let [target, answer] = [0, 0];
    for (let sample = 0; sample < countOf(data); sample++) {
      const words = shortWords(data, sample);
      target = Math.max(target, textWidth(words.target, font));
      answer = Math.max(answer, textWidth(`${words.answer} ${words.mark}`, `700 ${font}`));
    }
    const number = Math.max(26, Math.ceil(8 + target + 8));
    return { number, cell: Math.ceil(number + textWidth(String(countOf(data)), font) + 10 + answer + 14) };
  }

  #picture(data: Sequences, list: readonly number[], grid: Grid, number: number): TemplateResult {
    const range = rangeOf(data);
    return html`<svg viewBox=${`0 0 ${this._width} ${grid.rows * CELL.height}`} height=${grid.rows * CELL.height} @click=${(event: MouseEvent) => this.#onClick(event, list, grid)}>
      ${list.slice(grid.from, grid.to).map((sample, i) => {
        const { target, answer, mark } = shortWords(data, sample);
        const words = wordsOf(data, sample);
        const place = `translate(${(i % grid.columns) * grid.cell} ${Math.floor(i / grid.columns) * CELL.height})`;
        return svg`<g class=${sample === this.sample ? 'chosen' : ''} transform=${place}>
          <rect class="cell" x="1" y="1" width=${Math.max(0, grid.cell - 6)} height=${CELL.height - 6} rx="4" />
          <text x="8" y="17">${target}</text><text class=${mark === '✗' ? 'wrong' : ''} x=${grid.cell - 14} y="17" text-anchor="end">${answer} ${mark}</text>
          <text class="number" x=${number} y="17">${sample}</text>
          ${words ? cardWords(words, grid.cell) : lines(data, sample, range, grid.cell).map((path, f) => svg`<path class=${lineClass(f)} d=${path} />`)}
        </g>`;
      })}
    </svg>`;
  }

  #table(data: Sequences, samples: readonly number[]): TemplateResult {
    const width = this.timesteps * this.features;
    const names = this.names ?? {};
    const number = (value: number | undefined, f: number): string => featureCell(names, f, value ?? Number.NaN, 4);
    if (names.tokens) return this.#wordTable(data, samples);
    const head = (i: number): TemplateResult => {
      const [t, f] = [Math.floor(i / this.features) + 1, i % this.features];
      const name = featureHead(names, f);
      return name === undefined
        ? html`x<sub>${t}${this.features > 1 ? html`,&nbsp;${f + 1}` : nothing}</sub>`
        : html`${name}, t&nbsp;=&nbsp;${t}`;
    };
    return html`<div class="table" tabindex="0" role="region" aria-label="sequences as a table"><table>
      <thead><tr><th scope="col">sequence</th><th scope="col">y</th><th scope="col">answer</th>${Array.from({ length: width }, (_, i) => html`<th scope="col">${head(i)}</th>`)}</tr></thead>
      <tbody>${samples.map((sample) => {
        const { target, answer, mark } = shortWords(data, sample);
        return html`<tr><th scope="row">${sample}</th><td>${target}</td><td>${answer} ${mark}</td>${Array.from({ length: width }, (_, i) => html`<td>${number(data.x[sample * width + i], i % this.features)}</td>`)}</tr>`;
      })}</tbody>
    </table></div>`;
  }

  /** Words in place of the numbers that stand for them: mostly zeros. */
  #wordTable(data: Sequences, samples: readonly number[]): TemplateResult {
    const steps = Array.from({ length: this.timesteps }, (_, i) => i + 1);
    return html`<div class="table" tabindex="0" role="region" aria-label="sequences as a table"><table>
      <thead><tr><th scope="col">sequence</th>${steps.map((t) => html`<th scope="col">word ${t}</th>`)}</tr></thead>
      <tbody>${samples.map((sample) => html`<tr><th scope="row">${sample}</th>${wordsOf(data, sample)?.map((word) => html`<td>${word}</td>`)}</tr>`)}</tbody>
    </table></div>`;
  }

  #onClick(event: MouseEvent, list: readonly number[], grid: Grid): void {
    const { x, y } = localPosition(event.currentTarget as Element, event);
    const column = Math.floor(x / grid.cell);
    const row = Math.floor(y / CELL.height);
    if (column < grid.columns) this.#choose(list[grid.from + row * grid.columns + column]);
  }

  #choose(sample: number | undefined): void {
    if (sample === undefined || sample === this.sample) return;
    emit(this, 'rnn-sample', { sample, chosen: true });
  }

  #onFilter = (event: Event): void => {
    this.wrong = (event.target as HTMLSelectElement).selectedIndex === 1;
    emit(this, 'rnn-wrong', { wrong: this.wrong });
    const first = shown(this.#data, this.wrong);
    if (!first.includes(this.sample)) this.#choose(first[0]);
  };
}

/** The width of a card with words, in CSS pixels. */
const WORDS_WIDTH = 210;

function cardWords(words: readonly string[], width: number): SVGTemplateResult {
  return svg`${wordLines(words, width).map((line, i) => svg`<text x="8" y=${36 + 17 * i}>${line}</text>`)}`;
}

define('rnn-data', RnnData);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-data': RnnData;
  }
}
