/** Paints the cells of the figure on one canvas: strips of gradients, maps of the terms and of their sums. */

import { colorOf, shade, type ValueScale } from '../network/color-scale.ts';
import { columnX, type Layout } from './backward-layout.ts';
import { cellOf, type ShownGradient } from './backward-data.ts';

export interface Ink {
  scale: ValueScale;
  line: string;
  select: string;
}

/** The ends of the color scale for the strips and for all maps. */
export interface Limits {
  strips: number;
  maps: number;
}

export interface Picture {
  l: Layout;
  s: ShownGradient;
  limits: Limits;
  timestep: number;
  unit: number | undefined;
  /** The columns before this time step are blank, and so is the sum, unless it is 0. */
  until: number;
  /** The checked weight of W, where the sum frames it, and whether the size at the cursor is written: not in the full figure. */
  brief: boolean;
  framed: { to: number; from: number } | undefined;
  /** The word of each time step, from 1; empty if there are none. */
  words: readonly (string | undefined)[];
  from: number;
  to: number;
}

/**
 * One map at (left, top). A row is the unit whose gradient it is, a column the unit whose previous state is read. It is
 * painted with one pixel per cell and enlarged.
 */
function map(
  g: CanvasRenderingContext2D,
  p: Picture,
  maps: Float32Array,
  t: number,
  left: number,
  top: number,
  ink: Ink,
): void {
  const { l, s, limits } = p;
  const { units, gates } = s.data;
  const image = new ImageData(units, units * gates);
  for (let gate = 0, at = 0; gate < gates; gate++)
    for (let j = 0; j < units; j++)
      for (let k = 0; k < units; k++, at += 4) {
        const place = shade(cellOf(maps, s.data, t, gate, j, k), limits.maps);
        for (let c = 0; c < 3; c++)
          image.data[at + c] = (place < 0 ? ink.scale.broken[c] : ink.scale.bytes[3 * place + c]) as number;
        image.data[at + 3] = 255;
      }
  const small = document.createElement('canvas');
  small.width = units;
  small.height = units * gates;
  small.getContext('2d')?.putImageData(image, 0, 0);
  g.imageSmoothingEnabled = units > l.side;
  g.drawImage(small, left, top, l.side, l.block * gates);
  g.strokeStyle = ink.line;
  g.lineWidth = 1;
  for (let gate = 0; gate < gates; gate++)
    g.strokeRect(left - 0.5, top + gate * l.block - 0.5, l.side + 1, l.block + 1);
  if (p.unit === undefined) return;
  // The chosen unit is marked by ticks beside its row, because a frame would hide a thin row.
  g.fillStyle = ink.select;
  const row = l.block / units;
  for (let gate = 0; gate < gates; gate++) {
    const y = top + gate * l.block + (p.unit - 0.5) * row - 1;
    g.fillRect(left - 6, y, 4, 2);
    g.fillRect(left + l.side + 2, y, 4, 2);
  }
}

function strip(g: CanvasRenderingContext2D, p: Picture, t: number, ink: Ink): void {
  const { l, s, limits } = p;
  const left = columnX(l, t) - l.strip / 2;
  const tall = (l.strips.bottom - l.strips.top) / l.units;
  for (let j = 0; j < l.units; j++) {
    g.fillStyle = colorOf(ink.scale, s.d[(t - 1) * l.units + j] as number, limits.strips);
    g.fillRect(left, l.strips.top + j * tall, l.strip, tall - (tall >= 8 ? 1 : 0));
  }
  g.strokeStyle = t === p.timestep ? ink.select : ink.line;
  g.lineWidth = t === p.timestep ? 1.5 : 1;
  g.strokeRect(left - 0.5, l.strips.top - 0.5, l.strip + 1, l.strips.bottom - l.strips.top + 1);
  if (p.unit === undefined) return;
  g.strokeStyle = ink.select;
  g.lineWidth = 1.25;
  g.strokeRect(left - 1.5, l.strips.top + (p.unit - 1) * tall - 0.75, l.strip + 3, Math.max(tall, 3) + 0.5);
}

/** Paints the columns from … to. The left edge of the canvas is at `scroll` on the sheet. */
export function paint(g: CanvasRenderingContext2D, p: Picture, scroll: number, ink: Ink): void {
  const { l, s } = p;
  g.translate(-scroll, 0);
  for (let t = p.from; t <= p.to; t++) {
    if (t < p.until) continue;
    const left = columnX(l, t) - l.side / 2;
    strip(g, p, t, ink);
    if (s.data.norms.term[t - 1] !== 0) map(g, p, s.data.terms, t, left, l.terms.top, ink);
    if (l.rows === 'all') map(g, p, s.data.sums, t, left, l.sums.top, ink);
  }
  if (p.to === l.timesteps && p.until === 0)
    map(g, p, s.data.sums, 1, columnX(l, l.timesteps + 1) - l.side / 2, l.terms.top, ink);
}
