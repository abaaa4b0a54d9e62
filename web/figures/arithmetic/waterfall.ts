/** The waterfall chart as SVG: a bar from running sum to running sum for each term, an axis, and the result. */

import { nice } from 'd3-array';
import { type SVGTemplateResult, svg } from 'lit';
import { linearScale } from '../../charts/range.ts';
import { thinned, tickTexts, valueTicks } from '../../charts/ticks.ts';
import { groupName, resultLetter, roleOf, termName } from './cell-vocabulary.ts';
import type { Arithmetic } from './numbers.ts';
import { type Order, type Row, type Rows, stagesOf } from './rows.ts';
import { type Role, toSvg, toText } from './symbols.ts';
import { short } from './calculation-text.ts';
import { plural, translate } from '../../shared/translate.ts';

/** The width of the numbers, the least width of the bars, and the height of the axis, in CSS pixels. */
const NUMBERS = 58;
const LETTER = 6.6;
const DIGIT = 7.7;
const WORD = 8.2;
export const AXIS = 26;
const FOOT = 6;

export interface Frame {
  width: number;
  /** The right end of the names. */
  names: number;
  height: number;
  x: (value: number) => number;
  ticks: { x: number; text: string }[];
}

const fixed = (value: number): number => Math.round(value * 100) / 100;

/** For example "24 smaller" or "24 terms". */
const countText = (count: number, order: Order): string =>
  order === 'size'
    ? translate(`${count} smaller`)
    : plural(count, { one: translate(`${count} term`), other: translate(`${count} terms`) });

/** The width of the longest name, at most two fifths of the figure on a phone. */
function namesRoom(a: Arithmetic, rows: readonly Row[], width: number): number {
  const letters = ({ kind, term, labelled }: Row): number => {
    if (!kind) return 0;
    return toText(labelled ? termName(a, kind, a.terms.index[term] as number) : groupName(a, kind)).length;
  };
  const longest = rows.reduce((most, row) => Math.max(most, letters(row)), 11);
  const close = rows.filter(({ labelled }) => !labelled).length;
  const counted =
    close > 0
      ? 18 + WORD * Math.max(...(['added', 'size'] as const).map((order) => countText(close, order).length))
      : 0;
  return Math.min(Math.max(18 + LETTER * longest, counted), 0.4 * width);
}

export function frameOf(a: Arithmetic, { domain, height, rows }: Rows, width: number): Frame {
  const names = Math.round(namesRoom(a, rows, width));
  const room = Math.max(60, width - names - numbersRoom(a, rows));
  const about = Math.max(4, Math.round(room / 90));
  const [low, high] = nice(...domain, about);
  const scale = linearScale([low, high], [names, names + room]);
  const values = valueTicks(low, high, about);
  const texts = tickTexts(values);
  /* After a divergence, an infinite sum ends at the edge of the axis, and NaN is drawn at 0. */
  const x = (value: number): number => fixed(scale(Number.isNaN(value) ? 0 : Math.min(high, Math.max(low, value))));
  const ticks = values.map((value, k) => ({ x: x(value), text: texts[k] as string }));
  return { width, names, height: AXIS + height + FOOT, x, ticks: thinned(ticks, DIGIT) };
}

/** The width of the longest number. */
function numbersRoom({ terms: { product, sum } }: Arithmetic, rows: readonly Row[]): number {
  const letters = rows.map(({ kind, term }) => short((kind ? product : sum)[term] as number).length);
  return Math.max(NUMBERS, Math.ceil(DIGIT * Math.max(0, ...letters)) + 8);
}

type Part = SVGTemplateResult | SVGTemplateResult[];

function axis({ ticks, height, x }: Frame): Part {
  return svg`${ticks.map(
    (tick) =>
      svg`<line class="grid" x1=${tick.x} x2=${tick.x} y1=${AXIS - 4} y2=${height} /><text class="tick" x=${tick.x} y="14" text-anchor="middle">${tick.text}</text>`,
  )}<line class="zero" x1=${x(0)} x2=${x(0)} y1=${AXIS - 6} y2=${height} />`;
}

/** A bar has a minimal width so that a tiny term is still visible. */
function barOf(row: Row, { x }: Frame): { left: number; wide: number } {
  const [a, b] = [x(row.from), x(row.to)];
  return { left: Math.min(a, b), wide: Math.max(0.75, Math.abs(a - b)) };
}

const sign = (value: number): string => (value < 0 ? 'minus' : 'plus');

/** A line from the end of one bar to the start of the next. */
const step = (row: Row, frame: Frame): SVGTemplateResult => {
  const x = frame.x(row.to);
  return svg`<line class="step" x1=${x} x2=${x} y1=${fixed(AXIS + row.top + row.height / 2)} y2=${fixed(AXIS + row.top + row.height * 1.5)} />`;
};

function labelledRow(a: Arithmetic, row: Row, frame: Frame, order: Order): SVGTemplateResult {
  const { terms } = a;
  const kind = row.kind as NonNullable<Row['kind']>;
  const { left, wide } = barOf(row, frame);
  const product = terms.product[row.term] as number;
  const middle = AXIS + row.top + row.height / 2 + 4;
  const pad = row.height > 20 ? 5 : 2.5;
  return svg`<g class="term" data-term=${row.term}>
    <text class="label" x=${frame.names - 8} y=${middle} text-anchor="end">${toSvg(termName(a, kind, terms.index[row.term] as number))}</text>
    <rect class=${`bar ${roleOf(kind)} ${sign(product)}`} x=${left} y=${fixed(AXIS + row.top + pad)} width=${fixed(wide)} height=${row.height - 2 * pad} />
    ${order === 'added' ? step(row, frame) : ''}
    <text class="number" x=${frame.width - 2} y=${middle} text-anchor="end">${short(product)}</text>
  </g>`;
}

/** The row of a sum: a bar from 0 to the result. */
function resultRow(a: Arithmetic, row: Row, frame: Frame): SVGTemplateResult {
  const { sum } = a.terms;
  const { left, wide } = barOf(row, frame);
  const middle = AXIS + row.top + row.height / 2 + 4;
  return svg`<g class="result">
    <text class="label" x=${frame.names - 8} y=${middle} text-anchor="end">${toSvg([resultLetter(a, row.sum.final)])}</text>
    <rect class="bar sum" x=${left} y=${fixed(AXIS + row.top + 3)} width=${fixed(wide)} height=${row.height - 6} />
    <text class="number" x=${frame.width - 2} y=${middle} text-anchor="end">${short(sum[row.term] as number)}</text>
  </g>`;
}

/** Close rows are drawn as one path per role and sign. */
function closeRows(a: Arithmetic, rows: readonly Row[], frame: Frame): Part {
  const paths = new Map<string, string>();
  for (const row of rows) {
    const { left, wide } = barOf(row, frame);
    const name = `${roleOf(row.kind ?? 'bias')} ${sign(a.terms.product[row.term] as number)}`;
    const path = `M${fixed(left)} ${fixed(AXIS + row.top)}h${fixed(wide)}v${fixed(row.height)}h${-fixed(wide)}z`;
    paths.set(name, (paths.get(name) ?? '') + path);
  }
  return [...paths].map(([name, d]) => svg`<path class=${`bar close ${name}`} d=${d} />`);
}

/** Close rows of the same kind, which are next to each other. */
const groupsOf = (a: Arithmetic, close: readonly Row[]): Row[][] =>
  stagesOf(a)
    .map((stage) => close.filter(({ term }) => term >= stage.first && term <= stage.last))
    .filter((rows) => rows.length > 0);

/** The bars in close rows are too thin to follow, so a line shows the running sum. */
function closeLine(rows: readonly Row[], { x }: Frame): SVGTemplateResult {
  const [first] = rows as [Row];
  const d = `M${x(first.from)} ${fixed(AXIS + first.top)}${rows.map((row) => `H${x(row.to)}v${fixed(row.height)}`).join('')}`;
  return svg`<path class=${`running ${roleOf(first.kind ?? 'state')}`} d=${d} />`;
}

/** The common name of the close rows; if they are sorted by size, their number instead. */
function closeLabels(a: Arithmetic, close: readonly Row[], { names }: Frame, order: Order): Part {
  const label = (rows: readonly Row[], words: SVGTemplateResult) => {
    const [top, end] = [rows[0] as Row, rows.at(-1) as Row];
    const [from, to] = [AXIS + top.top, AXIS + end.top + end.height];
    const y = fixed((from + to) / 2);
    return svg`<path class="brace" d=${`M${names - 5} ${fixed(from + 0.5)}h-4V${fixed(to - 0.5)}h4`} /><text class="label" x=${names - 14} y=${y - 3} text-anchor="end">${words}</text>
      <text class="label aside" x=${names - 14} y=${y + 13} text-anchor="end">${countText(rows.length, order)}</text>`;
  };
  if (order === 'size') return label(close, svg`<tspan>and</tspan>`);
  return groupsOf(a, close).map((rows) => label(rows, svg`${toSvg(groupName(a, rows[0]?.kind ?? 'state'))}`));
}

/** The highlighted term: a band across its row. A close row also gets its name and number. */
function highlightRow(a: Arithmetic, row: Row, frame: Frame): SVGTemplateResult {
  const { product, index } = a.terms;
  const { left, wide } = barOf(row, frame);
  const high = Math.max(row.height, 3);
  const top = fixed(AXIS + row.top + (row.height - high) / 2);
  const band = svg`<rect class="band" x="0" y=${top} width=${frame.width} height=${fixed(high)} />`;
  if (row.labelled || row.kind === undefined) return band;
  const y = Math.max(top - 7, AXIS + 10); // above the row, so that the bar stays visible
  const role: Role = roleOf(row.kind);
  // On the side of the bar with more space.
  const [edge, anchor] =
    left + wide / 2 < (frame.names + frame.width) / 2 ? [frame.width - 2, 'end'] : [frame.names + 4, 'start'];
  return svg`${band}<rect class=${`bar strong ${role}`} x=${left} y=${top} width=${fixed(Math.max(wide, 1.5))} height=${fixed(high)} />
    <text class="label callout" x=${edge} y=${y} text-anchor=${anchor}>${toSvg(termName(a, row.kind, index[row.term] as number))}<tspan> = ${short(product[row.term] as number)}</tspan></text>`;
}

export interface Waterfall {
  rows: Rows;
  frame: Frame;
  order: Order;
  /** The index of the highlighted term. */
  highlight: number | undefined;
}

export function waterfall(a: Arithmetic, { rows, frame, order, highlight }: Waterfall): SVGTemplateResult {
  const close = rows.terms.filter((row) => !row.labelled);
  const highlightedRow = highlight === undefined ? undefined : rows.terms.find((row) => row.term === highlight);
  return svg`${axis(frame)}
    <g class=${highlightedRow ? 'faded' : ''}>${closeRows(a, close, frame)}${order === 'added' ? groupsOf(a, close).map((rows) => closeLine(rows, frame)) : ''}</g>
    ${close.length > 0 ? closeLabels(a, close, frame, order) : ''}
    ${rows.rows.filter((row) => row.labelled).map((row) => (row.kind === undefined ? resultRow(a, row, frame) : labelledRow(a, row, frame, order)))}
    ${highlightedRow ? highlightRow(a, highlightedRow, frame) : ''}`;
}
