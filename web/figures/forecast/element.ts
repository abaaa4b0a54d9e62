/** `<rnn-forecast>`: what was forecast for each day of a new time, what came, and how far each forecast is off. The
 *  rows of a table that the reader brought are called rows, because they may be hours or years.
 *
 *  It draws what it is given and computes no number of the network. Events (bubbling):
 *
 *      rnn-sample {sample, chosen}   a day was chosen, with the slider or in the chart
 *
 *  Attribute `without`: `network` leaves out the network's line and bar, for a question that they would answer; `bars`
 *  leaves out the errors.
 */

import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { linePath } from '../../charts/path-data.ts';
import { extent, linearScale, type Range } from '../../charts/range.ts';
import { tickTexts, valueTicks } from '../../charts/ticks.ts';
import { define } from '../../shared/define.ts';
import { emit } from '../../shared/events.ts';
import { formatNumber, grouped } from '../../shared/format.ts';
import { localPosition } from '../../shared/pointer-position.ts';
import { Surroundings } from '../../shared/surroundings.ts';
import { translate } from '../../shared/translate.ts';
import { styles } from './styles.ts';

const HEIGHT = 236;
const MARGIN = { left: 40, right: 12, top: 14, bottom: 26 };
/** The days in sight: fewer on a phone, where a day would be less than 5 px wide. */
const SPAN = { wide: 61, narrow: 35 };
const NARROW = 480;

/** A forecast that needs no network, with its root mean squared error. */
export interface Baseline {
  name: string;
  forecasts: ArrayLike<number>;
  rootMeanSquaredError?: number;
}

/** The core's names of the baselines in words: what it says, and in short. */
const BASELINES: Readonly<Record<string, string>> = {
  mean: translate('the mean of all training days'),
  season: translate('the mean of this date in earlier years'),
  persistence: translate('as today'),
  least_squares: translate('linear regression on the days that are read'),
};
const BASELINES_OF_ROWS: Readonly<Record<string, string>> = {
  mean: translate('the mean of all training rows'),
  persistence: translate('as the row before'),
  least_squares: translate('linear regression on the rows that are read'),
};
const NETWORK = translate('the network');

/** The room of a row's time below the chart, in pixels. */
const TIME_WIDTH = 140;

const day = (time: string, options: Intl.DateTimeFormatOptions): string =>
  new Date(time).toLocaleDateString(translate('en-GB'), { timeZone: 'UTC', ...options });

export class RnnForecast extends LitElement {
  static override styles = styles;

  static override properties = {
    times: { attribute: false },
    positions: { attribute: false },
    name: { type: String },
    actual: { attribute: false },
    network: { attribute: false },
    baselines: { attribute: false },
    error: { type: Number },
    trainingError: { type: Number },
    day: { type: Number },
    timesteps: { type: Number },
    unit: { type: String },
    digits: { type: Number },
    answer: { type: Number },
    without: { type: String },
    training: { type: Boolean },
  };

  /** ISO dates of the days that are forecast, or the times of rows of another table. */
  declare times: readonly string[];
  /** The same in days or in steps of the table, in ascending order. Where some are missing, the lines have gaps. */
  declare positions: readonly number[];
  /** What is forecast, of a table that the reader brought; empty for the temperature of days. */
  declare name: string;
  /** What came, in `unit`; the network's forecasts, and others, likewise. */
  declare actual: ArrayLike<number>;
  declare network: ArrayLike<number>;
  declare baselines: readonly Baseline[];
  /** The network's root mean squared error on these days, and on those of its training. */
  declare error: number;
  declare trainingError: number;
  /** The chosen day, from 0. */
  declare day: number;
  /** How many days the network reads before the one that it forecasts. */
  declare timesteps: number;
  declare unit: string;
  declare digits: number;
  /** The network's forecast of the chosen day with changed inputs, if they are changed. */
  declare answer: number | undefined;
  declare without: string;
  /** Show the error on the days of the training, too. */
  declare training: boolean;

  readonly #around = new Surroundings(this);
  /** Where the chart begins, right of the numbers of its axis. */
  #left = MARGIN.left;

  constructor() {
    super();
    this.times = [];
    this.positions = [];
    this.name = '';
    this.actual = [];
    this.network = [];
    this.baselines = [];
    this.error = Number.NaN;
    this.trainingError = Number.NaN;
    this.day = 0;
    this.timesteps = 0;
    this.unit = '';
    this.digits = 1;
    this.without = '';
    this.training = false;
  }

  get #day(): number {
    return Math.min(Math.max(0, this.day), this.times.length - 1);
  }

  get #drawsNetwork(): boolean {
    return !this.without.includes('network');
  }

  /** The days in sight: those around the chosen one. */
  get #span(): Range {
    const wide = this.#around.width < NARROW ? SPAN.narrow : SPAN.wide;
    const first = Math.min(Math.max(0, this.#day - Math.floor(wide / 2)), Math.max(0, this.times.length - wide));
    return [first, Math.min(this.times.length, first + wide) - 1];
  }

  get #today(): ArrayLike<number> {
    return this.baselines.find(({ name }) => name === 'persistence')?.forecasts ?? [];
  }

  #value = (value: number, digits = this.digits): string =>
    `${formatNumber(value, digits)}${this.unit && `\u00a0${this.unit}`}`;

  override render(): TemplateResult {
    if (this.times.length === 0 || this.#around.width === 0) return html`<figure class="empty"></figure>`;
    const at = this.#day;
    const { name } = this;
    const full = name
      ? (this.times[at] as string)
      : day(this.times[at] as string, { day: 'numeric', month: 'long', year: 'numeric' });
    return html`
      <figure role="figure" aria-labelledby="title">
        <span class="title" id="title">${name ? translate(`“${name}”, forecast from the rows before`) : translate('Tomorrow’s temperature, forecast on the day before')}</span>
        <div class="plot" aria-hidden="true">${this.#picture(at)}</div>
        <p class="legend">
          <span><i class="came"></i>it was</span> <span><i class="today"></i>${name ? BASELINES_OF_ROWS.persistence : BASELINES.persistence}</span>
          ${this.#drawsNetwork ? html`<span><i class="network"></i>${NETWORK}</span>` : nothing}
          <span><i class="window"></i>${name ? translate('the rows that are read') : translate('the days that are read')}</span>
        </p>
        <div class="controls">
          <label>${name ? translate('Row') : translate('Day')} <input type="range" min="0" max=${this.times.length - 1} .value=${String(at)} aria-valuetext=${full} @input=${this.#onSlide} @change=${this.#onSlide} /></label>
          <output aria-live="off">${this.#sentence(at, full)}</output>
        </div>
        ${this.without.includes('bars') ? nothing : this.#errors()}
      </figure>
    `;
  }

  #sentence(at: number, date: string): string {
    const [was, today] = [this.#value(this.actual[at] as number), this.#value(this.#today[at] as number)];
    if (!this.#drawsNetwork) return translate(`${date}: it was ${was}. “As today” says ${today}.`);
    if (this.name && this.answer === undefined)
      return translate(
        `${date}: it was ${was}. “As the row before” says ${today}, the network ${this.#value(this.network[at] as number)}.`,
      );
    const network = this.#value(this.answer ?? (this.network[at] as number));
    if (this.answer !== undefined)
      return translate(`${date}: it was ${was}. With the changed numbers the network says ${network}.`);
    return translate(`${date}: it was ${was}. “As today” says ${today}, the network ${network}.`);
  }

  #picture(at: number): SVGTemplateResult | TemplateResult {
    const { width } = this.#around;
    const [first, last] = this.#span;
    const inSight = (values: ArrayLike<number>): number[] => Array.from(values).slice(first, last + 1);
    const lines = [this.actual, this.#today, ...(this.#drawsNetwork ? [this.network] : [])].map(inSight);
    const floor = HEIGHT - MARGIN.bottom;
    const range = extent(lines) ?? [0, 1];
    const y = linearScale(range, [floor - 4, MARGIN.top]);
    const ticks = valueTicks(...range, 5);
    const texts = tickTexts(ticks);
    this.#left = Math.max(MARGIN.left, 10 + 7 * Math.max(...texts.map((text) => text.length)));
    const x = this.#across;
    const place = (index: number): number => x(this.positions[index] as number);
    /* a place without a value between two times that are not neighbors parts the line */
    const places = Array.from({ length: last - first + 1 }, (_, i) => i).flatMap((i) =>
      i > 0 && (this.positions[first + i] as number) - (this.positions[first + i - 1] as number) > 1 ? [-1, i] : [i],
    );
    const line = (values: readonly number[], kind: string): SVGTemplateResult =>
      svg`<path class=${kind} d=${linePath(
        places.length,
        (i) => place(first + (places[i] as number)),
        (i) => y(values[places[i] as number] ?? Number.NaN),
      )} />`;
    const [came, today, network] = lines as [number[], number[], number[] | undefined];
    const now = this.positions[at] as number;
    const half = (x(1) - x(0)) / 2;
    const from = Math.max(this.#left, x(now - this.timesteps) - half);
    const dot = (value: number | undefined, kind: string): SVGTemplateResult | typeof nothing =>
      value === undefined ? nothing : svg`<circle class=${kind} cx=${x(now)} cy=${y(value)} r="4.5" />`;
    return html`<svg viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT} @click=${this.#onClick}>
      <rect class="window" x=${from} y=${MARGIN.top - 6} width=${Math.max(0, x(now) - half - from)} height=${floor - MARGIN.top + 6} />
      ${ticks.map((value, i) => svg`<path class="grid" d=${`M${this.#left} ${y(value)}H${width - MARGIN.right}`} /><text x=${this.#left - 6} y=${y(value) + 4} text-anchor="end">${texts[i]}</text>`)}
      <text x="2" y="10">${this.unit}</text>
      ${this.#timesInSight(first, last).map(([i, text]) => svg`<path class="grid" d=${`M${place(i)} ${floor}v5`} /><text x=${place(i)} y=${HEIGHT - 6} text-anchor="middle">${text}</text>`)}
      <path class="chosen" d=${`M${x(now)} ${MARGIN.top - 6}V${floor}`} />
      ${line(today, 'today')}${network ? line(network, 'network') : nothing}${line(came, 'came')}
      ${dot(today[at - first], 'today')}${dot(network?.[at - first], 'network')}${dot(network && this.answer, 'network changed')}${dot(came[at - first], 'came')}
    </svg>`;
  }

  /** Across the chart, of a position among those in sight. */
  get #across(): (position: number) => number {
    const [first, last] = this.#span;
    const [from = 0, to = 0] = [this.positions[first], this.positions[last]];
    return linearScale([from, Math.max(to, from + 1)], [this.#left + 4, this.#around.width - MARGIN.right]);
  }

  /** The rows whose times are written below the chart: the first and the 15th of a month, or some of a table's. */
  #timesInSight(first: number, last: number): [index: number, text: string][] {
    const times = this.times.slice(first, last + 1).map((time, i): [number, string] => [first + i, time]);
    if (!this.name)
      return times.flatMap(([i, time]): [number, string][] =>
        /-(01|15)$/.test(time) ? [[i, day(time, { day: 'numeric', month: 'short' })]] : [],
      );
    const x = this.#across;
    let free = TIME_WIDTH / 2;
    return times.filter(([i]) => {
      const middle = x(this.positions[i] as number);
      if (middle < free || middle > this.#around.width - TIME_WIDTH / 2) return false;
      free = middle + TIME_WIDTH;
      return true;
    });
  }

  #errors(): TemplateResult {
    const count = grouped(this.times.length);
    return html`<div class="bars"><p class="title" id="errors">${this.name ? translate(`Root mean squared error (RMSE) over all ${count} rows`) : translate(`How far off, over all ${count} days`)}</p>
      <div role="table" aria-labelledby="errors">${this.#bars()}</div></div>`;
  }

  /** The largest error first. */
  #bars(): TemplateResult[] {
    const rows = this.baselines.map(({ name, rootMeanSquaredError = Number.NaN }) => ({
      name: (this.name ? BASELINES_OF_ROWS : BASELINES)[name] ?? name,
      error: rootMeanSquaredError,
      kind: name === 'persistence' ? 'today' : '',
    }));
    if (this.#drawsNetwork) rows.push({ name: NETWORK, error: this.error, kind: 'network' });
    if (this.#drawsNetwork && this.training)
      rows.push({
        name: this.name
          ? translate('the network, on the rows of its training')
          : translate('the network, on the days of its training'),
        error: this.trainingError,
        kind: 'training',
      });
    const most = Math.max(...rows.map(({ error }) => error));
    return rows
      .sort((a, b) => b.error - a.error)
      .map(
        ({ name, error, kind }) => html`<div class="bar" role="row"><span role="rowheader">${name}</span>
          <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class=${`length ${kind}`} width=${(100 * error) / most} height="10" /></svg>
          <b role="cell">${this.#value(error, Math.max(2, this.digits + 1))}</b></div>`,
      );
  }

  #choose(index: number): void {
    this.day = Math.min(Math.max(0, index), this.times.length - 1);
    emit(this, 'rnn-sample', { sample: this.day, chosen: true });
  }

  #onSlide = (event: Event): void => this.#choose(Number((event.target as HTMLInputElement).value));

  #onClick = (event: MouseEvent): void => {
    const { x } = localPosition(event.currentTarget as Element, event);
    const [first, last] = this.#span;
    const across = this.#across;
    const distance = (index: number): number => Math.abs(across(this.positions[index] as number) - x);
    let nearest = first;
    for (let i = first; i <= last; i++) if (distance(i) < distance(nearest)) nearest = i;
    this.#choose(nearest);
  };
}

define('rnn-forecast', RnnForecast);

declare global {
  interface HTMLElementTagNameMap {
    'rnn-forecast': RnnForecast;
  }
}
