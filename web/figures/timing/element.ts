/** `<rnn-timing shows="chains">`: which steps wait for each other, and how long they take on this machine.
 *
 *  `shows`: `chains` has the same steps in long and short sequences; `lengths` has time against length, for sequences side
 *  by side; `multiplications` has the network beside a dense layer; `tree` is a picture of steps that are joined in pairs.
 *  `untimed` leaves out the times, for a question that they would answer.
 *  It draws what it is given and computes no number. Events (bubbling):
 *
 *      rnn-measure {}   the times are to be measured once more
 */

import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { linePath } from '../../charts/path-data.ts';
import { extent, linearScale } from '../../charts/range.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { formatNumber, grouped } from '../../shared/format.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { plural, translate } from '../../shared/translate.ts';
import { chains, lanes, parts, partsText, tree } from './drawings.ts';
import { LENGTHS, type Reading, SIDE_BY_SIDE, type TimedReading, type TimingSubject } from './readings.ts';
import { styles } from './styles.ts';

const HEIGHT = 220;
const MARGIN = { left: 44, right: 30, top: 22, bottom: 36 };

const sequencesText = (count: number): string =>
  plural(count, { one: translate(`${grouped(count)} sequence`), other: translate(`${grouped(count)} sequences`) });
const nameOf = ({ sequences, steps }: Reading): string =>
  plural(sequences, {
    one: translate(`${grouped(sequences)} sequence of ${grouped(steps)} steps`),
    other: translate(`${grouped(sequences)} sequences of ${grouped(steps)} steps`),
  });

export class RnnTiming extends LitElement {
  static override styles = styles;

  static override properties = {
    shows: { type: String },
    untimed: { type: Boolean },
    readings: { attribute: false },
  };

  declare shows: TimingSubject;
  declare untimed: boolean;
  declare readings: readonly TimedReading[];

  readonly #around = new Surroundings(this);

  constructor() {
    super();
    this.shows = 'chains';
    this.untimed = false;
    this.readings = [];
  }

  override render(): TemplateResult {
    if (this.#around.width === 0 || (this.readings.length === 0 && this.shows !== 'tree'))
      return html`<figure class="empty"></figure>`;
    const timed = this.shows !== 'tree' && !this.untimed;
    return html`
      <figure role="figure" aria-labelledby="title" aria-describedby="about">
        <span class="title drawing" id="title">${this.#title()}</span>
        ${this.#picture()}
        <figcaption id="about">${this.#about()}</figcaption>
        ${
          timed
            ? html`<div class="controls"><output aria-live="off">${this.#measured()}</output><button type="button" @click=${() => emit(this, 'rnn-measure')}>Measure again</button></div>
              ${this.#table()}`
            : nothing
        }
      </figure>
    `;
  }

  #title(): string {
    if (this.shows === 'chains') return translate('The same 1,000 steps');
    if (this.shows === 'lengths') return translate('Four sequences at once');
    if (this.shows === 'tree') return translate('Eight steps');
    return translate('Multiplications for one sequence');
  }

  #picture(): TemplateResult | TemplateResult[] {
    const { width } = this.#around;
    if (this.shows === 'chains') return this.#rows(nameOf, (reading) => chains(reading, this.#most('steps'), width));
    if (this.shows === 'tree') return html`${tree(width)}`;
    if (this.shows === 'lengths') return html`${this.#legend()}${this.untimed ? nothing : this.#chart(width)}`;
    const most = Math.max(...this.readings.map(({ multiplications }) => multiplications.all));
    return this.#rows(
      ({ dense, steps }) =>
        dense
          ? translate(`A dense layer that reads all ${steps} numbers at once`)
          : translate(`The RNN, in ${steps} steps`),
      (reading) =>
        html`${parts(reading, most, width)}<p class="drawing small">${partsText(reading)} = ${grouped(reading.multiplications.all)}</p>`,
    );
  }

  #most = (of: 'steps' | 'milliseconds'): number => Math.max(...this.readings.map((reading) => reading[of] ?? 0));

  /** A row for each reading: its name, its time, its drawing, and its time as a bar. */
  #rows(
    name: (reading: TimedReading) => string,
    drawing: (reading: TimedReading) => TemplateResult | SVGTemplateResult,
  ): TemplateResult[] {
    const most = this.#most('milliseconds');
    return this.readings.map((reading) => {
      const { milliseconds } = reading;
      return html`<div class="row">
        <span class="drawing">${name(reading)}</span>
        ${this.untimed ? nothing : html`<b>${this.#time(milliseconds)}</b>`}
        ${drawing(reading)}
        ${
          milliseconds === undefined || this.untimed
            ? nothing
            : html`<svg class="bar" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width=${(100 * milliseconds) / most} height="4" /></svg>`
        }
      </div>`;
    });
  }

  #time = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? '…' : translate(`${formatNumber(milliseconds, 2)}\u00a0ms`);

  #legend(): TemplateResult {
    return html`<ul class="legend">${SIDE_BY_SIDE.map(
      (sequences) =>
        html`<li>${lanes(sequences)}<span class="drawing">${sequencesText(sequences)}</span>${this.untimed ? nothing : html`<i class=${`line n${sequences}`}></i>`}</li>`,
    )}</ul>`;
  }

  #chart(width: number): TemplateResult {
    const of = (sequences: number): number[] =>
      this.readings.filter((one) => one.sequences === sequences).map(({ milliseconds }) => milliseconds ?? Number.NaN);
    const lines = SIDE_BY_SIDE.map((sequences) => ({ sequences, times: of(sequences) }));
    const [, high] = extent(lines.map(({ times }) => times)) ?? [0, 1];
    const floor = HEIGHT - MARGIN.bottom;
    const end = width - MARGIN.right;
    const y = linearScale([0, high], [floor, MARGIN.top]);
    const x = linearScale([0, LENGTHS.at(-1) ?? 1], [MARGIN.left, end]);
    const ticks = valueTicks(0, high, 4);
    const texts = tickTexts(ticks);
    return html`<svg class="chart" aria-hidden="true" viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT}>
      ${ticks.map((value, i) => svg`<path class="grid" d=${`M${MARGIN.left} ${y(value)}H${end}`} /><text x=${MARGIN.left - 6} y=${y(value) + 4} text-anchor="end">${texts[i]}</text>`)}
      ${[0, ...LENGTHS].map((steps) => svg`<text x=${x(steps)} y=${floor + 16} text-anchor="middle">${grouped(steps)}</text>`)}
      ${lines.map(
        ({ sequences, times }) =>
          svg`<path class=${`line n${sequences}`} d=${linePath(
            times.length,
            (i) => x(LENGTHS[i] as number),
            (i) => y(times[i] as number),
          )} />`,
      )}
      <text x="0" y="10">${translate('milliseconds')}</text>
      <text x=${end} y=${HEIGHT - 3} text-anchor="end">${translate('time steps of each sequence')}</text>
    </svg>`;
  }

  /** What the drawing shows, without times. */
  #about(): string {
    if (this.shows === 'chains')
      return translate(
        'Each line is one sequence. Its steps wait for each other, from left to right. Lines below each other do not wait.',
      );
    if (this.shows === 'lengths')
      return translate(
        'One time step in this program: each group of four places is computed at once. One sequence leaves three places empty. Sixteen sequences need four groups.',
      );
    if (this.shows === 'tree')
      return translate(
        'Each circle is a step, or several steps joined into one. All circles of a row are computed at once, and the last one holds all eight steps.',
      );
    const [network, dense] = this.readings;
    const times = formatNumber(dense?.fewer ?? Number.NaN, 0);
    const share = formatNumber(100 * (network?.wShare ?? Number.NaN), 0);
    return translate(
      `W takes ${share} % of the RNN’s multiplications. The RNN has ${times} times as many as the dense layer.`,
    );
  }

  /** What was measured. */
  #measured(): string {
    const [first, second] = this.readings;
    if (first?.milliseconds === undefined || !second) return translate('The times are measured when you let go.');
    const ratio = (reading: TimedReading | undefined): string => formatNumber(reading?.faster ?? Number.NaN, 1);
    if (this.shows === 'chains')
      return translate(
        `Measured in your browser just now (gray bars): ${nameOf(second)} took ${this.#time(second.milliseconds)}, and ${nameOf(first)} took ${this.#time(first.milliseconds)}, which is ${ratio(second)} times as long.`,
      );
    if (this.shows === 'multiplications')
      return translate(
        `Measured in your browser just now (gray bars), for ${grouped(first.sequences)} sequences: the RNN took ${ratio(second)} times as long as the dense layer.`,
      );
    const longest = (sequences: number): string =>
      this.#time(this.readings.findLast((reading) => reading.sequences === sequences)?.milliseconds);
    const [one, four, many] = SIDE_BY_SIDE.map(longest);
    return translate(
      `Measured in your browser just now, at ${grouped(LENGTHS.at(-1) ?? 0)} steps: ${one} for one sequence, ${four} for four and ${many} for sixteen.`,
    );
  }

  #table(): TemplateResult {
    return html`<details><summary>These numbers as a table</summary>
      <div class="table" tabindex="0" role="region" aria-label=${translate('times as a table')}><table>
        <thead><tr><th scope="col">what reads</th><th scope="col">sequences</th><th scope="col">time steps</th><th scope="col">multiplications for one</th><th scope="col">milliseconds</th></tr></thead>
        <tbody>${this.readings.map(
          ({ dense, sequences, steps, multiplications, milliseconds }) =>
            html`<tr><th scope="row">${dense ? translate('dense layer') : translate('RNN')}</th><td>${grouped(sequences)}</td><td>${grouped(steps)}</td><td>${grouped(multiplications.all)}</td><td>${milliseconds === undefined ? '' : formatNumber(milliseconds, 3)}</td></tr>`,
        )}</tbody>
      </table></div>
    </details>`;
  }
}

define('rnn-timing', RnnTiming);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-timing': RnnTiming;
  }
}
