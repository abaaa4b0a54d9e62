/**
 * The parts of the figure that are painted on canvas: strips of h, weight matrices, threads into one unit. Everything
 * else is SVG. The functions keep no state.
 */

import { colorOf, inkOn, shade, type ValueScale } from './color-scale.ts';
import { type Box, columnX, type Layout, rowBottom, rowMiddle, rowTop } from './network-layout.ts';
import type { Thread } from './paths.ts';

export interface Ink {
  scale: ValueScale;
  ink: string;
  line: string;
  paper: string;
  select: string;
  font: string;
  roles: { u: string; w: string; v: string; b: string };
}

/**
 * Rows of at least this height, in CSS pixels, are drawn one by one with a hairline between them. Thinner rows are
 * drawn as one image.
 */
const SINGLE_ROW = 3;

/** Sets the size of the canvas in the pixels of the screen, and clears it. */
export function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

function picture(
  scale: ValueScale,
  columns: number,
  rows: number,
  at: (row: number, column: number) => number,
  limit: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const image = context.createImageData(columns, rows);
  for (let row = 0, k = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, k += 4) {
      const place = shade(at(row, column), limit);
      for (let c = 0; c < 3; c++) {
        image.data[k + c] = (place < 0 ? scale.broken[c] : scale.bytes[3 * place + c]) as number;
      }
      image.data[k + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** States of shape (columns, U) as an image with one pixel per cell. */
export const statesPicture = (
  states: ArrayLike<number>,
  units: number,
  columns: number,
  limit: number,
  ink: Ink,
): HTMLCanvasElement => picture(ink.scale, columns, units, (j, t) => states[t * units + j] as number, limit);

/** Whether rows and cells are large enough to be drawn one by one. */
const coarse = (l: Layout, cell: number): boolean =>
  (l.strips.bottom - l.strips.top) / l.units >= SINGLE_ROW && cell >= 1.5;

/** A block of cells with one row per unit. at(unit - 1, column) gives the numbers. */
export function paintBlock(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  columns: number,
  at: (row: number, column: number) => number,
  limit: number,
  ink: Ink,
  unit?: number,
): void {
  if (!coarse(l, box.width / columns)) {
    paintPicture(g, l, box, picture(ink.scale, columns, l.units, at, limit), 0, columns, unit);
    return;
  }
  const cell = box.width / columns;
  const even = (l.strips.bottom - l.strips.top) / l.units;
  const gapY = even >= 10 ? 1 : even >= 5 ? 0.5 : 0;
  const gapX = columns > 1 && cell >= 8 ? 1 : 0;
  for (let j = 1; j <= l.units; j++) {
    const top = rowTop(l, j);
    const tall = rowBottom(l, j) - top - (j < l.units ? gapY : 0);
    for (let i = 0; i < columns; i++) {
      g.fillStyle = colorOf(ink.scale, at(j - 1, i), limit);
      g.fillRect(box.left + i * cell, top, cell - (i < columns - 1 ? gapX : 0), tall);
    }
  }
}

/** An image with one pixel per cell, drawn in three parts because the chosen row is higher than the others. */
function paintPicture(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  image: HTMLCanvasElement,
  column: number,
  columns: number,
  unit = 1,
): void {
  const even = (l.strips.bottom - l.strips.top) / l.units;
  const part = (from: number, to: number, smooth: boolean): void => {
    if (to < from) return;
    g.imageSmoothingEnabled = smooth;
    const top = rowTop(l, from);
    g.drawImage(image, column, from - 1, columns, to - from + 1, box.left, top, box.width, rowBottom(l, to) - top);
  };
  const blurred = even < 1 || box.width / columns < 1;
  part(1, unit - 1, blurred);
  part(unit, unit, false);
  part(unit + 1, l.units, blurred);
}

/** The outline of a block, and of the chosen unit's row inside it. */
export function paintFrame(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  color: string,
  width: number,
): void {
  g.strokeStyle = color;
  g.lineWidth = width;
  const inset = width / 2;
  g.strokeRect(box.left - inset, l.strips.top - inset, box.width + width, l.strips.bottom - l.strips.top + width);
}

export function paintRow(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  unit: number,
  color: string,
): void {
  g.strokeStyle = color;
  g.lineWidth = 1.25;
  const top = rowTop(l, unit);
  g.strokeRect(box.left - 0.75, top - 0.75, box.width + 1.5, rowBottom(l, unit) - top + 0.5);
}

/** The frame of one cell, with a diamond in its corner. Cells that are too small for a frame still get the diamond. */
export function paintMark(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  unit: number,
  color: string,
  diamond: boolean,
): void {
  const [x, y] = [box.left + box.width / 2, rowMiddle(l, unit)];
  const [wide, tall] = [Math.max(box.width, 5), Math.max(rowBottom(l, unit) - rowTop(l, unit), 5)];
  g.strokeStyle = color;
  g.lineWidth = 1.75;
  g.strokeRect(x - wide / 2, y - tall / 2, wide, tall);
  if (!diamond) return;
  g.beginPath();
  for (const [dx, dy] of [
    [0, -4],
    [4, 0],
    [0, 4],
    [-4, 0],
  ] as const)
    g.lineTo(x + dx, y + dy);
  g.closePath();
  g.fillStyle = color;
  g.fill();
}

/** A number on its cell, in black or white. */
export function paintNumber(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: { left: number; width: number },
  unit: number,
  text: string,
  value: number,
  limit: number,
  ink: Ink,
): void {
  const size = Math.min(11, (box.width - 2) / (0.6 * text.length));
  if (size < 7.5) return;
  g.font = `500 ${size.toFixed(1)}px ${ink.font}`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillStyle = inkOn(ink.scale, value, limit);
  g.fillText(text, box.left + box.width / 2, rowMiddle(l, unit) + 0.5);
}

export const strip = (l: Layout, t: number): { left: number; width: number } => ({
  left: columnX(l, t) - l.stripWidth / 2,
  width: l.stripWidth,
});

/**
 * The strips of h from the first to the last column. They are drawn in this order so that the latest strip is on top
 * when the figure is folded.
 */
export function paintStrips(
  g: CanvasRenderingContext2D,
  l: Layout,
  from: number,
  to: number,
  h: ArrayLike<number>,
  limit: number,
  ink: Ink,
  chosen: { unit: number; text: (t: number) => string } | undefined,
  /** How much of the last strip is visible, 0 to 1. */
  last = 1,
): void {
  const single = coarse(l, l.stripWidth);
  const image = single
    ? undefined
    : picture(ink.scale, to - from + 1, l.units, (j, k) => h[(from + k) * l.units + j] as number, limit);
  for (let t = from; t <= to; t++) {
    // When the figure is folded, all strips are in the same place. Only the last one is visible, and the one that it
    // grows over.
    if (l.fold >= 1 && t < (last < 1 ? to - 1 : to)) continue;
    g.globalAlpha = t === to ? last : 1;
    const box = strip(l, t);
    g.fillStyle = ink.paper;
    g.fillRect(box.left - 2, l.strips.top - 2, box.width + 4, l.strips.bottom - l.strips.top + 4);
    if (image) paintPicture(g, l, box, image, t - from, 1, chosen?.unit);
    else paintBlock(g, l, box, 1, (j) => h[t * l.units + j] as number, limit, ink);
    paintFrame(g, l, box, ink.line, 1);
    if (!chosen) continue;
    paintRow(g, l, box, chosen.unit, ink.select);
    const covered = t < to && columnX(l, t + 1) - columnX(l, t) < box.width;
    const value = h[t * l.units + chosen.unit - 1] as number;
    if (!covered) paintNumber(g, l, box, chosen.unit, chosen.text(t), value, limit, ink);
  }
  g.globalAlpha = 1;
}

/** The width shows the size of a weight relative to the largest one. Both dashes and color show its sign. */
export function paintThreads(
  g: CanvasRenderingContext2D,
  threads: readonly Thread[],
  limit: number,
  opacity: number,
  ink: Ink,
): void {
  const ends = [ink.scale.css[0] as string, ink.scale.css[254] as string];
  // A thousand threads would merge into one area, so the thinnest are left out if there are many.
  const least = threads.length > 64 ? 0.25 : 0.01;
  g.lineCap = 'butt';
  for (const { from, to, weight } of threads) {
    const size = Math.min(1, Math.abs(weight) / limit);
    if (!(size >= least)) continue;
    const bend = (to.x - from.x) * 0.5;
    g.globalAlpha = opacity * (0.35 + 0.65 * size);
    g.strokeStyle = (weight < 0 ? ends[0] : ends[1]) as string;
    g.lineWidth = 0.5 + 2.75 * size;
    g.setLineDash(weight < 0 ? [4, 2.5] : []);
    g.beginPath();
    g.moveTo(from.x, from.y);
    g.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y);
    g.stroke();
  }
  g.setLineDash([]);
  g.globalAlpha = 1;
}

/** One weight matrix. Its rows are the units. */
export function paintPlate(
  g: CanvasRenderingContext2D,
  l: Layout,
  box: Box,
  columns: number,
  values: ArrayLike<number>,
  limit: number,
  role: string,
  ink: Ink,
  unit?: number,
): void {
  paintBlock(g, l, box, columns, (j, i) => values[j * columns + i] as number, limit, ink, unit);
  paintFrame(g, l, box, role, l.gutter.narrow ? 1.25 : 2);
}
