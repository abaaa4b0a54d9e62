/** The plot of `<rnn-curves>` as SVG: axes, bands and lines, and the labels at the ends of the lines. */

import { html, svg, type TemplateResult } from 'lit';
import {
  type Band,
  type Curves,
  lastFinite,
  length,
  axisPosition,
  ROLES,
  type Series,
  stepOf,
  type Stop,
  upTo,
} from './curve-data.ts';
import { type Label, LABEL_GAP, LABEL_HEIGHT, middlesOf, textWidth } from '../../charts/labels.ts';
import { shortNumber } from '../../charts/number-text.ts';
import { bandPath, linePath } from '../../charts/path-data.ts';
import type { Range } from '../../charts/range.ts';
import { powerTexts, powerTicks, tickTexts, valueTicks, wholeTicks } from '../../charts/ticks.ts';
import { translate } from '../../shared/translate.ts';

const TICK_FONT = 12;
const LABEL_FONT = 13;
/** In CSS pixels. The space above and below keeps a line on the edge of the range fully visible. */
const MARGIN = { top: 8, title: 22, bottom: 26, left: 34 };
/** The largest share of the width that labels may take. */
const LABEL_SHARE = 0.5;
const CROSS = 'm-5-5l10 10m0-10l-10 10';
/** How far before the first step the moment before all updates is marked, in CSS pixels. */
const BEFORE_FIRST = 6;
/** The name of the axis is placed at its end, below the labels. */
export const AXIS_NAME = translate('epoch');

/** The plotting area in CSS pixels of the element. */
interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface View {
  curves: Curves;
  range: Range;
  digits: number;
  /** Whether the value axis has a title above it. */
  titled: boolean;
  /** In CSS pixels. */
  width: number;
  height: number;
  /** The font family of all text. */
  family: string;
}

export class CurvePlot {
  readonly view: View;
  /** The number of steps on the axis. */
  readonly count: number;
  readonly area: Area;
  /** The parts below this run's curves: axes, references, bands and ghosts. */
  readonly back: TemplateResult;
  readonly front: TemplateResult;
  readonly labels: readonly Label[];

  /** The path data of each list of values. */
  readonly #made: WeakMap<ArrayLike<number>, string>;

  /** `before`: the previous plot, whose path data is reused. */
  constructor(view: View, before?: CurvePlot) {
    const { curves, range, titled, width, height, family } = view;
    this.view = view;
    this.count = length(curves);
    const top = titled ? MARGIN.title : MARGIN.top;
    const tall = Math.max(1, height - MARGIN.bottom - top);
    const places = (curves.log ? powerTicks : valueTicks)(...range, Math.max(2, Math.min(6, tall / 38)));
    const texts = (curves.log ? powerTexts : tickTexts)(places);
    const left = Math.max(MARGIN.left, ...texts.map((text) => 12 + textWidth(text, `${TICK_FONT}px ${family}`)));
    const gutter = room(view);
    this.area = { left, top, width: Math.max(1, width - left - Math.min(gutter, LABEL_SHARE * width)), height: tall };
    this.#made = before && this.#scales() === before.#scales() ? before.#made : new WeakMap();
    const ends = this.#ends(gutter);
    const middles = middlesOf(ends, 0, top + tall + 2); /* the name of the axis is below */
    this.labels = ends.map((end, i) => ({ ...end, y: middles[i] as number }));
    this.back = this.#back(places, texts);
    this.front = svg`
      ${this.#lines(curves.series, 'run')}
      ${ends.map(({ kind, x, y }) => (kind === 'stop' ? svg`<path class="cross" d=${`M${x} ${y}${CROSS}`} />` : kind === 'line' ? '' : svg`<circle class=${kind} fill="currentColor" cx=${x} cy=${y} r="3" />`))}
      <path class="reference" d=${ends.map((end, i) => leader(end, middles[i] as number)).join('')} />`;
  }

  x(epoch: number): number {
    const { left, width } = this.area;
    return this.count === 1 ? left + width / 2 : left + (width * (epoch - 1)) / (this.count - 1);
  }

  /** The position of a moment, which may be before the first step. */
  xOfMoment(moment: number): number {
    return moment < 1 ? this.area.left - BEFORE_FIRST * (1 - moment) : this.x(moment);
  }

  /** The curves up to a moment. */
  past(moment: number): TemplateResult {
    const { series } = this.view.curves;
    return svg`${this.#lines(
      series.map((one) => upTo(one, moment)),
      'run',
    )}`;
  }

  /** NaN if the value has no position on the axis. */
  y(value: number): number {
    return this.#rise(axisPosition(this.view.curves, value));
  }

  /** Path data can be reused as long as this key is the same. */
  #scales = (): string => JSON.stringify([this.area, this.view.range, this.view.curves.log, this.count]);

  /** The epoch nearest to a horizontal position. */
  epochAt(x: number): number {
    const part = (x - this.area.left) / this.area.width;
    return Math.min(this.count, Math.max(1, 1 + Math.round(part * (this.count - 1))));
  }

  /** The vertical position of an axis position. */
  #rise(place: number): number {
    const [low, high] = this.view.range;
    return this.area.top + this.area.height * (1 - (place - low) / (high - low));
  }

  #holds(value: number): boolean {
    const place = axisPosition(this.view.curves, value);
    return place >= this.view.range[0] && place <= this.view.range[1];
  }

  #back(places: readonly number[], texts: readonly string[]): TemplateResult {
    const { left, top, width, height } = this.area;
    const { bands, chance, ghost, lines } = this.view.curves;
    const bottom = top + height;
    const across = (y: number): string => `M${left} ${y}h${width}`;
    const edge = (value: number): number => (this.y(value) < bottom ? Math.max(top, this.y(value)) : bottom);
    return svg`
      <path class="band" d=${chance ? `${across(edge(chance.high))}V${edge(chance.low)}h${-width}Z` : ''} />
      <path class="grid" d=${[...places.map((place) => this.#rise(place)), bottom].map(across).join('')} />
      ${places.map((place, i) => svg`<text x=${left - 8} y=${this.#rise(place) + 4} text-anchor="end">${texts[i]}</text>`)}
      ${this.#epochTicks().map((epoch) => svg`<text x=${this.x(epoch)} y=${bottom + 17} text-anchor="middle">${epoch}</text>`)}
      <path class="reference" d=${lines.flatMap(({ value }) => (this.#holds(value) ? across(this.y(value)) : [])).join('')} />
      ${bands.map((band) => svg`<path class=${`band ${band.role}`} d=${this.#band(band)} />`)}
      ${bands.map(({ role, median }) => svg`<path class=${`median ${role}`} d=${this.#line({ values: median })} />`)}
      ${this.#lines(ghost, 'ghost')}`;
  }

  /** The last epoch always has its label, so one that would touch it is left out. */
  #epochTicks(): number[] {
    const all = wholeTicks(1, this.count, this.area.width / 44);
    const wide = textWidth(`${this.count}`, `${TICK_FONT}px ${this.view.family}`) + 4;
    return all.filter((epoch) => epoch === this.count || this.x(this.count) - this.x(epoch) >= wide);
  }

  #lines = (all: readonly Series[], kind: string): TemplateResult[] =>
    ROLES.map((role) => svg`<path class=${`${kind} ${role}`} d=${this.#line(all.find((s) => s.role === role))} />`);

  #line({ values, each = 1 }: Pick<Series, 'values' | 'each'> = { values: [] }): string {
    return this.#once(values, (count) =>
      linePath(
        count,
        (i) => this.x((i + 1) * each),
        (i) => this.y(values[i] as number),
        each > 1, // Values that are several steps apart are joined; between neighbors, a missing value is a gap.
      ),
    );
  }

  #band({ low, high }: Band): string {
    return this.#once(low, (count) =>
      bandPath(
        count,
        (i) => this.x(i + 1),
        (i) => this.y(low[i] as number),
        (i) => this.y(high[i] as number),
      ),
    );
  }

  /** While something is dragged most lines stay the same, so their path data is kept. */
  #once(values: ArrayLike<number>, make: (count: number) => string): string {
    const data = this.#made.get(values) ?? make(Math.min(values.length, this.count));
    this.#made.set(values, data);
    return data;
  }

  /** The labels, at the ends of their lines. */
  #ends(gutter: number): Label[] {
    const { curves, digits } = this.view;
    const right = this.area.left + this.area.width;
    // As long as a curve ends more than a label's length before the right edge, its label does not move those of the
    // references.
    const end = (kind: string, value: string, name: string, x: number, y: number): Label => ({
      ...{ kind, value, name, x, y },
      column: right - x > gutter ? 0 : 1,
    });
    const ends = curves.series.flatMap((series) => {
      const last = lastFinite(series.values);
      const value = series.values[last] as number;
      const [x, y] = [this.x(stepOf(series, last)), this.y(value)];
      return last < 0 ? [] : [end(series.role, shortNumber(value, digits), series.label, x, y)];
    });
    for (const { value, label } of curves.lines)
      if (this.#holds(value)) ends.push(end('line', '', label, right, this.y(value)));
    if (curves.stop) ends.push(end('stop', '', stopText(this.view, curves.stop), ...this.#stopPlace(curves.stop)));
    return ends;
  }

  #stopPlace({ epoch }: Stop): [x: number, y: number] {
    const values = this.view.curves.series[0]?.values ?? [];
    const last = lastFinite(values);
    if (last >= 0) return [this.x(last + 1), this.y(values[last] as number)];
    return [this.x(epoch), this.area.top + this.area.height / 2];
  }
}

/** The width that the labels need at the right of the plot, whatever their digits. */
function room(view: View): number {
  const { curves, digits, family } = view;
  const wide = (value: string, name: string): number =>
    textWidth(value, `600 ${LABEL_FONT}px ${family}`) +
    textWidth(value ? `\u2009 ${name}` : name, `${LABEL_FONT}px ${family}`);
  const texts = curves.series.map((s) => wide(shortNumber(s.values[lastFinite(s.values)] ?? 0, digits), s.label));
  texts.push(textWidth(curves.step ?? AXIS_NAME, `${TICK_FONT}px ${family}`));
  for (const line of curves.lines) texts.push(wide('', line.label));
  if (curves.stop) texts.push(stopWidth(stopText(view, curves.stop), family));
  return Math.ceil(Math.max(...texts) + LABEL_GAP + 4);
}

/** A line from the end of a curve to its label if the label had to move. */
const leader = ({ kind, x, y }: Label, middle: number): string =>
  Math.abs(middle - y) < 3 ? '' : `M${x + (kind === 'line' ? 1 : 4)} ${y}L${x + LABEL_GAP - 2} ${middle}`;

const stopWidth = (text: string, family: string): number => textWidth(text, `600 ${LABEL_FONT}px ${family}`);

/** For example "diverged at update 3"; where that has no room, "diverged": the axis ends at that update. */
function stopText({ curves: { step = AXIS_NAME }, width, family }: View, { epoch, label }: Stop): string {
  if (label) return label;
  const text = translate(`diverged at ${step} ${epoch}`);
  const fits = stopWidth(text, family) + LABEL_GAP + 4 <= LABEL_SHARE * width;
  return fits ? text : translate('diverged');
}

/** Moves an element to a position in the plot. */
export const translateTo = (x: number, y: number): string =>
  `transform: translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;

/** The labels of the lines and the name of the horizontal axis, as HTML above the plot. `ahead`: the ends are not shown yet. */
export function renderLabels({ labels, area, view: { curves } }: CurvePlot, ahead = false): TemplateResult {
  const right = area.left + area.width + LABEL_GAP;
  return html`
    <div class=${ahead ? 'labels ahead' : 'labels'} aria-hidden="true">
      ${labels.map(({ kind, value, name, x, y }) => html`<div class=${`label ${kind}`} .style=${translateTo(x + LABEL_GAP, y - LABEL_HEIGHT / 2)}><b>${value}</b>${value && name ? `\u2009 ${name}` : name}</div>`)}
    </div>
    <span class="unit" aria-hidden="true" .style=${translateTo(right + 3, area.top + area.height + 4)}>${curves.step ?? AXIS_NAME}</span>
  `;
}
