/**
 * The geometry of the network figure. The same input always gives the same layout.
 *
 * The figure has two parts side by side. The gutter on the left never scrolls. It contains each weight matrix once and
 * the labels of the rows. The sheet contains one column for each time step, beginning with h_0, and scrolls inside the
 * frame. Rails lead from the matrices U, W, b and V in the gutter to every column that uses them.
 *
 * Both parts share one vertical scale. From the top: the answer, the rails of V and W, the strips of h (their rows are
 * the rows of the matrices), the rails of b and U, the inputs x, the time axis, and a line over time for each unit. If
 * there are several layers, one is shown in full. The others are low strips above and below it.
 */

export interface LayoutInput {
  /** The width of gutter and frame together, in CSS pixels. */
  width: number;
  timesteps: number;
  units: number;
  features: number;
  /** From 0, unrolled, to 1, folded. */
  fold: number;
  /** The chosen unit from 1, or undefined. Its row is at least as high as its number. */
  unit?: number | undefined;
  /** The number of layers, and the one that is shown in full, from 1, the lowest. Both are 1 by default. */
  layers?: number;
  layer?: number;
  /** The number of columns of U, b and V. The defaults are features, 1 and 1. */
  kernelColumns?: number;
  biases?: number;
  outputs?: number;
  /** Draws a bar for each output instead of one height. */
  bars?: boolean;
  /** A word is written below each column. */
  words?: boolean;
  /**
   * The lengths of the longest texts in letters: of a value of x or of a word, of the end of an axis, and of the answer's text
   * beside its column.
   */
  letters?: { x: number; axis: number; beside: number } | undefined;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A panel with a vertical scale. `bottom` is the position of the lowest value. */
export interface Panel {
  top: number;
  bottom: number;
}

export interface Layout {
  width: number;
  height: number;
  timesteps: number;
  units: number;
  features: number;
  fold: number;
  gutter: {
    width: number;
    plates: { v: Box; w: Box; u: Box; b: Box };
    /** The right end of the unit numbers and of the axis labels. */
    labelRight: number;
    /** The width of those numbers. */
    axis: number;
    narrow: boolean;
  };
  frameWidth: number;
  sheetWidth: number;
  /** The width of the sheet at fold 0. */
  unrolledWidth: number;
  /** The space to the right of the last column. */
  margin: number;
  /** The distance between two unrolled columns. */
  pitch: number;
  /** The T + 1 centers of the columns, beginning with h_0. */
  columns: number[];
  stripWidth: number;
  /** The fold at which neighboring strips touch. */
  touch: number;
  output: Panel;
  strips: Panel;
  /** The strips of every layer, the lowest first. Those of the chosen layer are also `strips`. */
  stack: Panel[];
  layer: number;
  /** One panel per feature, or one for all features if they are drawn as cells. */
  inputs: Panel[];
  inputCells: boolean;
  /** The baselines of the values of x, of the words, and of the numbers on the time axis. */
  valueY: number[];
  wordY: number;
  tickY: number;
  lines: Panel;
  rails: { v: number; w: number; b: number; u: number };
  loopTop: number;
  /** The U + 1 edges of the units' rows: the upper edges, and the lower edge of the last row. */
  rowEdges: Float64Array;
}

const TOP = 18;
const OUTPUT_HEIGHT = 60;
const INPUT_HEIGHT = 58;
const SMALL_INPUT_HEIGHT = 36;
const LINES_HEIGHT = 72;
/** With less distance, values of x with two decimals would touch. */
const MIN_PITCH = 46;
const MAX_PITCH = 132;
/** The space for half of "h₀ = 0" before the first column. */
const FIRST = 24;
/** The space for the answer's text beside its column, at least as much as a probability needs. */
const RIGHT_MARGIN = 80;
/**
 * Widths of a digit in CSS pixels: of a value, of an axis, of the chosen answer. They are generous because the font is
 * not known.
 */
const LETTER = { x: 7.7, axis: 7.2, beside: 9.6 };
/** The height of a layer that is not chosen, and the distance to its neighbor, in CSS pixels. */
const LOW_STRIP = 40;
const STRIP_GAP = 30;
const CHOSEN_ROW = 18;
/** More features than this are drawn as cells, because points would be too small to drag. */
export const MOST_POINT_ROWS = 4;

/** Exact at both ends: at fold 1, all columns have the same position to the bit. */
const mix = (from: number, to: number, part: number): number => from * (1 - part) + to * part;
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** 0 below `from`, 1 above `to`, and smooth in between. */
export function smooth(from: number, to: number, value: number): number {
  const part = clamp((value - from) / (to - from), 0, 1);
  return part * part * (3 - 2 * part);
}

function stripHeight(units: number): number {
  if (units <= 8) return Math.min(36 * units, 184);
  return units <= 64 ? 192 : 256;
}

/**
 * The edges of the rows. Without a chosen unit, all rows have the same height. If rows are too thin for the number of
 * the chosen unit, its row is enlarged, and the others share the rest.
 */
function rowEdges(units: number, top: number, height: number, unit?: number): Float64Array {
  const even = height / units;
  const chosen = unit !== undefined && unit >= 1 && unit <= units && units > 1;
  const wide = chosen ? Math.max(even, CHOSEN_ROW) : even;
  const other = chosen ? (height - wide) / (units - 1) : even;
  const edges = new Float64Array(units + 1);
  edges[0] = top;
  for (let j = 1; j <= units; j++) edges[j] = (edges[j - 1] as number) + (chosen && j === unit ? wide : other);
  edges[units] = top + height;
  return edges;
}

function gutterOf(width: number, strips: Panel, top: Panel, input: LayoutInput): Layout['gutter'] {
  const narrow = width < 640;
  const height = strips.bottom - strips.top;
  // The matrices grow only where ten columns have enough room beside them.
  const share = clamp((width - 800) / 300, 0, 1);
  const thin = narrow ? 8 : mix(26, 30, share);
  const wide = narrow ? 36 : Math.min(mix(72, 116, share), Math.max(height, 40));
  const gap = narrow ? 6 : 9;
  const columns = input.kernelColumns ?? input.features;
  const kernel = thin * Math.min(columns, narrow ? 2 : 3);
  const answer = thin * (narrow ? Math.min(input.outputs ?? 1, 2) : Math.min(1 + ((input.outputs ?? 1) - 1) / 4, 2));
  let left = narrow ? 5 : 8;
  const next = (boxWidth: number, after: number, panel = strips): Box => {
    const box = { left, top: panel.top, width: boxWidth, height: panel.bottom - panel.top };
    left += boxWidth + after;
    return box;
  };
  // V, W, U, b: in this order no rail crosses the start of another one (V's is above W's, U's below b's). V reads the
  // top layer, so it is beside that layer.
  const bias = thin * ((input.biases ?? 1) > 1 ? (narrow ? 1.5 : 1.8) : 1);
  const plates = { v: next(answer, gap, top), w: next(wide, gap), u: next(kernel, gap), b: next(bias, 0) };
  const axis = Math.ceil(LETTER.axis * (input.letters?.axis ?? 0));
  const labelRight = Math.max(left + (narrow ? 21 : 28), axis + 4);
  return { width: labelRight + (narrow ? 5 : 8), plates, labelRight, axis, narrow };
}

export function layout(input: LayoutInput): Layout {
  const { timesteps, units, features } = input;
  const fold = clamp(input.fold, 0, 1);
  const layers = input.layers ?? 1;
  const layer = clamp(input.layer ?? 1, 1, layers);
  const output = {
    top: TOP,
    bottom: TOP + (input.bars ? clamp(14 * (input.outputs ?? 1), OUTPUT_HEIGHT, 168) : OUTPUT_HEIGHT),
  };
  const rails = { v: output.bottom + 15, w: output.bottom + 36, b: 0, u: 0 };
  const stack: Panel[] = [];
  for (let k = layers; k > layer; k--) {
    stack[k - 1] = { top: rails.w + 4, bottom: rails.w + 4 + LOW_STRIP };
    rails.w += 4 + LOW_STRIP + STRIP_GAP;
  }
  const stripTop = rails.w + 42;
  const strips = { top: stripTop, bottom: stripTop + stripHeight(units) };
  stack[layer - 1] = strips;
  rails.b = strips.bottom + 16;
  rails.u = strips.bottom + 34;
  let y = strips.bottom + 62;
  for (let k = layer - 1; k >= 1; k--) {
    stack[k - 1] = { top: y, bottom: y + LOW_STRIP };
    y += LOW_STRIP + STRIP_GAP;
  }

  const inputCells = features > MOST_POINT_ROWS;
  const inputHeight = inputCells ? Math.min(8 * features, 192) : features > 1 ? SMALL_INPUT_HEIGHT : INPUT_HEIGHT;
  const inputs: Panel[] = [];
  const valueY: number[] = [];
  for (let f = 0; f < (inputCells ? 1 : features); f++) {
    inputs.push({ top: y, bottom: y + inputHeight });
    valueY.push(y + inputHeight + 21);
    y += inputHeight + (inputCells ? 8 : 30);
  }
  const wordY = y + 12;
  if (input.words) y += 22;
  const tickY = y + 14;
  const lines = { top: tickY + 24, bottom: tickY + 24 + LINES_HEIGHT };

  const gutter = gutterOf(input.width, strips, stack[layers - 1] as Panel, input);
  const frameWidth = Math.max(input.width - gutter.width, 120);
  const margin = Math.max(
    RIGHT_MARGIN,
    Math.ceil(LETTER.beside * (input.letters?.beside ?? 0)) + (input.bars ? 28 : 14),
  );
  const room = frameWidth - margin;
  const pitch = clamp(
    room / (timesteps + 0.84),
    Math.max(MIN_PITCH, Math.ceil(LETTER.x * (input.letters?.x ?? 0)) + 6),
    MAX_PITCH,
  );
  const first = Math.max(pitch * 0.42, FIRST);
  const unrolledWidth = Math.max(frameWidth, first + timesteps * pitch + margin);
  const sheetWidth = mix(unrolledWidth, frameWidth, fold);
  const meeting = frameWidth / 2;
  const columns = Array.from({ length: timesteps + 1 }, (_, t) => mix(first + t * pitch, meeting, fold));
  const flat = clamp(pitch * 0.44, 26, 42);
  const touch = 1 - flat / pitch;

  return {
    width: input.width,
    height: lines.bottom + 14,
    timesteps,
    units,
    features,
    fold,
    gutter,
    frameWidth,
    sheetWidth,
    unrolledWidth,
    margin,
    pitch,
    columns,
    stripWidth: mix(flat, 58, smooth(touch, 1, fold)),
    touch,
    output,
    strips,
    stack,
    layer,
    inputs,
    inputCells,
    valueY,
    wordY,
    tickY,
    lines,
    rails,
    loopTop: rails.w + 13,
    rowEdges: rowEdges(units, strips.top, strips.bottom - strips.top, input.unit),
  };
}

export const columnX = (l: Layout, t: number): number => l.columns[clamp(t, 0, l.timesteps)] as number;
export const rowTop = (l: Layout, unit: number): number => l.rowEdges[unit - 1] as number;
export const rowBottom = (l: Layout, unit: number): number => l.rowEdges[unit] as number;
export const rowMiddle = (l: Layout, unit: number): number => (rowTop(l, unit) + rowBottom(l, unit)) / 2;

/**
 * The same layout with other strips whose rows all have the same height, for parts that are drawn like the chosen
 * layer.
 */
export function withStrips(l: Layout, strips: Panel, rows = l.units): Layout {
  return {
    ...l,
    units: rows,
    strips,
    loopTop: strips.top - 10,
    rowEdges: rowEdges(rows, strips.top, strips.bottom - strips.top),
  };
}

/** The layer, from 1, whose strips contain y. */
export function layerAt(l: Layout, y: number): number | undefined {
  const found = l.stack.findIndex(({ top, bottom }) => y >= top && y < bottom);
  return found < 0 ? undefined : found + 1;
}

/** The unit whose row contains y, or undefined outside the strips. */
export function unitAt(l: Layout, y: number): number | undefined {
  if (y < l.strips.top || y >= l.strips.bottom) return undefined;
  let low = 1;
  let high = l.units;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (y < rowBottom(l, middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The column whose strip contains x. If strips overlap, it is the latest that is drawn. */
export function columnAt(l: Layout, x: number, timestep: number): number | undefined {
  for (let t = Math.min(timestep, l.timesteps); t >= 0; t--) {
    if (Math.abs(x - columnX(l, t)) <= l.stripWidth / 2) return t;
  }
  return undefined;
}

/** The first and the last column of which something may be visible between left and right on the sheet. */
export function columnsBetween(l: Layout, left: number, right: number): [number, number] {
  const reach = l.pitch + l.margin;
  let from = l.timesteps;
  let to = 0;
  for (let t = 0; t <= l.timesteps; t++) {
    const x = columnX(l, t);
    if (x < left - reach || x > right + reach) continue;
    from = Math.min(from, t);
    to = Math.max(to, t);
  }
  return from <= to ? [from, to] : [0, 0];
}

/** The scroll position that makes a whole column visible. It is the present one if the column is visible already. */
export function scrollToShow(l: Layout, timestep: number, scroll: number): number {
  const x = columnX(l, timestep);
  const half = l.pitch / 2;
  return x - half >= scroll && x + half <= scroll + l.frameWidth ? scroll : scrollFor(l, timestep, scroll);
}

/**
 * The scroll position that makes the column of a time step visible, or the present one if it is well inside the frame
 * already.
 */
export function scrollFor(l: Layout, timestep: number, scroll: number): number {
  const most = Math.max(0, l.sheetWidth - l.frameWidth);
  const x = columnX(l, timestep);
  const before = Math.min(l.pitch * 1.5, l.frameWidth * 0.4);
  const beside = l.margin > RIGHT_MARGIN ? Math.max(l.pitch, l.margin) : l.pitch;
  const after = timestep === l.timesteps ? l.margin : Math.min(beside, l.frameWidth * 0.4);
  if (x - before < scroll) return clamp(x - before, 0, most);
  if (x + after > scroll + l.frameWidth) return clamp(x + after - l.frameWidth, 0, most);
  return clamp(scroll, 0, most);
}
