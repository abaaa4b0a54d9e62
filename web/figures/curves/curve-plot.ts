/** The plot of `<rnn-curves>`: uPlot for lines and axes; around them the band of chance, references, ends and leaders.
 *  Made once; a new run only sets its data. */

import './number-locale.ts';
import uPlot from 'uplot';
import {
  type Chance,
  COLUMN,
  COLUMNS,
  type Curves,
  lastFinite,
  length,
  type Line,
  Packer,
  placeOf,
  ROLES,
  type Series,
  stepOf,
  type Stop,
} from './curve-data.ts';
import { type Label, LABEL_GAP, Labels, textWidth } from '../../charts/labels.ts';
import { shortNumber } from '../../charts/number-text.ts';
import type { Range } from '../../charts/range.ts';
import { powerTexts, powerTicks, tickTexts, valueTicks, wholeTicks } from '../../charts/ticks.ts';
import { translate } from '../../shared/translate.ts';

export const COLOURS = ['ink', 'ink-2', 'paper', 'line', 'edge', 'train', 'fresh', 'ghost', 'band', 'error'] as const;
export type Colours = Record<(typeof COLOURS)[number], string>;

/** Strokes in CSS pixels. The dashes differ as well as the colours. */
const STROKE = {
  run: [
    { width: 2, dash: [] },
    { width: 2, dash: [6, 4] },
  ],
  ghost: [
    { width: 1.25, dash: [4, 3] },
    { width: 1.25, dash: [1.5, 3] },
  ],
  median: { width: 1, dash: [] },
} as const;

const TICK_FONT = 12;
const LABEL_FONT = 13;
/** Room above and below, so that a line on the edge of the range is drawn whole. */
const MARGIN = { top: 8, title: 22, bottom: 26, left: 34 };
/** At most this share of the width for the labels. */
const LABEL_SHARE = 0.5;
const CROSS = 5;
/** Stands at the end of its axis, under the labels. */
export const AXIS_NAME = translate('epoch');

/** The plotting area in CSS pixels of the element. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface View {
  curves: Curves;
  range: Range;
  digits: number;
  /** The value axis has a title above it. */
  titled: boolean;
}

export class CurvePlot {
  #plot: uPlot;
  readonly #labels: Labels;
  readonly #packer = new Packer();
  readonly #family: string;
  readonly #onArea: (area: Area) => void;
  #view: View;
  #count = 1;
  #colours: Colours;
  #gutter = 0;
  #area: Area = { left: 0, top: 0, width: 0, height: 0 };

  constructor(canvas: HTMLElement, labels: HTMLElement, colours: Colours, view: View, onArea: (area: Area) => void) {
    this.#labels = new Labels(labels);
    this.#colours = colours;
    this.#view = view;
    this.#onArea = onArea;
    this.#family = getComputedStyle(canvas).fontFamily;
    this.#plot = new uPlot(this.#options(), this.#pack(), canvas);
  }

  get area(): Area {
    return this.#area;
  }

  get count(): number {
    return this.#count;
  }

  show(view: View): void {
    this.#view = view;
    const gutter = this.#room();
    const moved = gutter !== this.#gutter;
    this.#plot.batch(() => {
      this.#plot.setData(this.#pack());
      if (moved) this.#plot.setSize({ width: this.#plot.width, height: this.#plot.height });
    });
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  recolour(colours: Colours): void {
    this.#colours = colours;
    this.#plot.redraw(false);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  /** Place of an epoch and a value in CSS pixels of the element. */
  place(epoch: number, value: number): { x: number; y: number } {
    return { x: this.#x(epoch), y: this.#y(value) };
  }

  /** The epoch nearest to a place. */
  epochAt(x: number): number {
    const { left, width } = this.#area;
    if (this.#count === 1 || width === 0) return 1;
    const part = (x - left) / width;
    return Math.min(this.#count, Math.max(1, 1 + Math.round(part * (this.#count - 1))));
  }

  #pack(): uPlot.AlignedData {
    const { curves } = this.#view;
    this.#count = length(curves);
    /* values that stand apart are joined; what is missing among neighbours is a gap */
    ROLES.forEach((role, r) => {
      for (const [index, all] of [
        [COLUMN.run(r), curves.series],
        [COLUMN.ghost(r), curves.ghost],
      ] as const) {
        const series = this.#plot?.series[index];
        if (series) series.spanGaps = (all.find((s) => s.role === role)?.each ?? 1) > 1;
      }
    });
    return this.#packer.pack(this.#view.curves, this.#count) as unknown as uPlot.AlignedData;
  }

  #options(): uPlot.Options {
    return {
      width: 300,
      height: 150,
      pxAlign: 1,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [() => this.#top(), (plot) => this.#padding(plot.width), 0, 0],
      scales: {
        x: { time: false, range: () => (this.#count === 1 ? [0.5, 1.5] : [1, this.#count]) },
        y: { range: () => [...this.#view.range] as [number, number] },
      },
      axes: [this.#epochAxis(), this.#valueAxis()],
      series: this.#series(),
      bands: ROLES.map(
        (_, r) => ({ series: [COLUMN.high(r), COLUMN.low(r)], fill: () => this.#colours.band }) as uPlot.Band,
      ),
      hooks: {
        setSize: [() => this.#measure()],
        drawClear: [() => this.#drawBehind()],
        drawAxes: [() => this.#drawLines()],
        draw: [() => this.#drawEnds()],
      },
    };
  }

  #series(): uPlot.Series[] {
    const series: uPlot.Series[] = Array.from({ length: COLUMNS }, () => ({
      width: 0,
      points: { show: false },
      pxAlign: 0,
    }));
    const style = (index: number, stroke: { width: number; dash: readonly number[] }, colour: keyof Colours): void => {
      series[index] = {
        points: { show: false },
        pxAlign: 0,
        width: stroke.width,
        dash: this.#dash(stroke.dash),
        stroke: () => this.#colours[colour],
      };
    };
    ROLES.forEach((role, r) => {
      style(COLUMN.median(r), STROKE.median, 'ghost');
      style(COLUMN.ghost(r), STROKE.ghost[r] as never, 'ghost');
      style(COLUMN.run(r), STROKE.run[r] as never, role);
    });
    series[0] = {};
    return series;
  }

  #dash(dash: readonly number[]): number[] {
    return dash.map((d) => d * devicePixelRatio);
  }

  #epochAxis(): uPlot.Axis {
    const splits = (plot: uPlot): number[] =>
      wholeTicks(1, this.#count, (plot.width - MARGIN.left - this.#padding(plot.width)) / 44);
    return {
      stroke: () => this.#colours['ink-2'],
      font: `${TICK_FONT}px ${this.#family}`,
      size: MARGIN.bottom,
      gap: 7,
      splits,
      border: { show: true, stroke: () => this.#colours.line, width: 1 },
      values: (_, values) => values.map(String),
      grid: { show: false },
      ticks: { show: false },
    };
  }

  #valueAxis(): uPlot.Axis {
    return {
      stroke: () => this.#colours['ink-2'],
      font: `${TICK_FONT}px ${this.#family}`,
      size: (_, values) =>
        Math.max(MARGIN.left, ...(values ?? []).map((v) => 12 + textWidth(v, `${TICK_FONT}px ${this.#family}`))),
      gap: 8,
      splits: (plot, _, low, high) =>
        (this.#view.curves.log ? powerTicks : valueTicks)(
          low,
          high,
          Math.max(2, Math.min(6, (plot.height - MARGIN.bottom - this.#top()) / 38)),
        ),
      values: (_, values) => (this.#view.curves.log ? powerTexts : tickTexts)(values),
      grid: { stroke: () => this.#colours.line, width: 1 },
      ticks: { show: false },
    };
  }

  #top(): number {
    return this.#view.titled ? MARGIN.title : MARGIN.top;
  }

  /** The room right of the plot that the labels need, whatever their digits. */
  #room(): number {
    const { curves, digits } = this.#view;
    const wide = (value: string, name: string): number =>
      textWidth(value, `600 ${LABEL_FONT}px ${this.#family}`) +
      textWidth(value ? `\u2009 ${name}` : name, `${LABEL_FONT}px ${this.#family}`);
    const texts = curves.series.map((s) => wide(shortNumber(s.values[lastFinite(s.values)] ?? 0, digits), s.label));
    texts.push(textWidth(curves.step ?? AXIS_NAME, `${TICK_FONT}px ${this.#family}`));
    for (const line of curves.lines) texts.push(wide('', line.label));
    if (curves.stop) texts.push(wide('', stopText(curves, curves.stop)));
    return Math.ceil(Math.max(...texts.map((w) => w + LABEL_GAP + 4)));
  }

  #padding(width: number): number {
    this.#gutter = this.#room();
    return Math.min(this.#gutter, LABEL_SHARE * width);
  }

  #measure(): void {
    const ratio = devicePixelRatio;
    const { left, top, width, height } = this.#plot.bbox;
    this.#area = { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio };
    ROLES.forEach((_, r) => {
      (this.#plot.series[COLUMN.run(r)] as uPlot.Series).dash = this.#dash(STROKE.run[r]?.dash ?? []);
      (this.#plot.series[COLUMN.ghost(r)] as uPlot.Series).dash = this.#dash(STROKE.ghost[r]?.dash ?? []);
    });
    this.#onArea(this.#area);
  }

  #x(epoch: number): number {
    const { left, width } = this.#area;
    return this.#count === 1 ? left + width / 2 : left + (width * (epoch - 1)) / (this.#count - 1);
  }

  #y(value: number): number {
    return this.#rise(placeOf(this.#view.curves, value));
  }

  /** The height of a place on the value axis. */
  #rise(place: number): number {
    const { top, height } = this.#area;
    const [low, high] = this.#view.range;
    return top + height * (1 - (place - low) / (high - low));
  }

  #holds(value: number): boolean {
    const place = placeOf(this.#view.curves, value);
    return place >= this.#view.range[0] && place <= this.#view.range[1];
  }

  /** Runs `draw` on the canvas in CSS pixels, and leaves the canvas as it was. */
  #paint(draw: (canvas: CanvasRenderingContext2D) => void): void {
    const canvas = this.#plot.ctx;
    canvas.save();
    canvas.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    canvas.setLineDash([]);
    draw(canvas);
    canvas.restore();
  }

  #drawBehind(): void {
    const chance: Chance | undefined = this.#view.curves.chance;
    if (!chance) return;
    const [low, high] = this.#view.range;
    const [from, to] = [chance.low, chance.high].map((value) => placeOf(this.#view.curves, value)) as [number, number];
    const top = this.#rise(Math.min(high, to));
    const bottom = this.#rise(Math.max(low, from));
    this.#paint((canvas) => {
      canvas.fillStyle = this.#colours.band;
      canvas.fillRect(this.#area.left, top, this.#area.width, bottom - top);
    });
  }

  #drawLines(): void {
    const lines: readonly Line[] = this.#view.curves.lines;
    const { left, width } = this.#area;
    this.#paint((canvas) => {
      canvas.strokeStyle = this.#colours.edge;
      canvas.lineWidth = 1;
      canvas.beginPath();
      for (const line of lines) {
        if (!this.#holds(line.value)) continue;
        const y = crisp(this.#y(line.value));
        canvas.moveTo(left, y);
        canvas.lineTo(left + width, y);
      }
      canvas.stroke();
    });
  }

  /** Dots at the ends, the cross where a run stopped, labels, and leaders to labels that had to move. */
  #drawEnds(): void {
    const { curves } = this.#view;
    const ends = this.#ends();
    const middles = this.#labels.place(
      ends,
      0,
      this.#area.top + this.#area.height + 2,
    ); /* below stands the name of the axis */
    this.#paint((canvas) => {
      for (const series of curves.series) this.#drawDot(canvas, series, this.#colours[series.role]);
      const stop = ends.find((e) => e.kind === 'stop');
      if (stop) this.#drawCross(canvas, stop.x, stop.y);
      canvas.strokeStyle = this.#colours.edge;
      canvas.lineWidth = 1;
      canvas.beginPath();
      ends.forEach((end, i) => {
        const y = middles[i] as number;
        if (Math.abs(y - end.y) < 3) return;
        canvas.moveTo(end.x + (end.kind === 'line' ? 1 : 4), end.y);
        canvas.lineTo(end.x + LABEL_GAP - 2, y);
      });
      canvas.stroke();
    });
  }

  #ends(): Label[] {
    const { curves, digits } = this.#view;
    const right = this.#area.left + this.#area.width;
    const ends: Label[] = [];
    // A curve that has not reached the right edge by a label's length leaves the references there alone.
    const column = (x: number): number => (right - x > this.#gutter ? 0 : 1);
    for (const series of curves.series) {
      const last = lastFinite(series.values);
      if (last < 0) continue;
      const value = series.values[last] as number;
      const x = this.#x(stepOf(series, last));
      ends.push({
        kind: series.role,
        value: shortNumber(value, digits),
        name: series.label,
        x,
        y: this.#y(value),
        column: column(x),
      });
    }
    for (const line of curves.lines) {
      if (this.#holds(line.value))
        ends.push({ kind: 'line', value: '', name: line.label, x: right, y: this.#y(line.value), column: 1 });
    }
    if (curves.stop) {
      const { x, y } = this.#stopPlace();
      ends.push({ kind: 'stop', value: '', name: stopText(curves, curves.stop), x, y, column: column(x) });
    }
    return ends;
  }

  #stopPlace(): { x: number; y: number } {
    const values = this.#view.curves.series[0]?.values ?? [];
    const last = lastFinite(values);
    if (last >= 0) return this.place(last + 1, values[last] as number);
    return { x: this.#x(this.#view.curves.stop?.epoch ?? 1), y: this.#area.top + this.#area.height / 2 };
  }

  #drawDot(canvas: CanvasRenderingContext2D, series: Series, colour: string): void {
    const last = lastFinite(series.values);
    if (last < 0) return;
    canvas.fillStyle = colour;
    canvas.beginPath();
    canvas.arc(this.#x(stepOf(series, last)), this.#y(series.values[last] as number), 3, 0, 2 * Math.PI);
    canvas.fill();
  }

  #drawCross(canvas: CanvasRenderingContext2D, x: number, y: number): void {
    canvas.strokeStyle = this.#colours.error;
    canvas.lineWidth = 2;
    canvas.beginPath();
    canvas.moveTo(x - CROSS, y - CROSS);
    canvas.lineTo(x + CROSS, y + CROSS);
    canvas.moveTo(x - CROSS, y + CROSS);
    canvas.lineTo(x + CROSS, y - CROSS);
    canvas.stroke();
  }
}

/** "diverged at update 3" */
const stopText = ({ step = AXIS_NAME }: Curves, { epoch, label }: Stop): string =>
  label ?? translate(`diverged at ${step} ${epoch}`);

/** The middle of a device pixel, so that a hairline is one pixel wide. */
function crisp(y: number): number {
  return (Math.round(y * devicePixelRatio - 0.5) + 0.5) / devicePixelRatio;
}
