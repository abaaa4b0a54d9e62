/** Lines of the network figure as SVG path data. */

import { clamp, columnX, type Layout, type Panel, type Point, smooth } from './network-layout.ts';

/** Rounds to tenths of a pixel, to keep path data short. */
const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A line through points with rounded corners. A corner takes at most half of its shorter side. */
export function rounded(points: readonly Point[], radius: number): string {
  const first = points[0];
  if (!first) return '';
  let path = `M${n(first.x)} ${n(first.y)}`;
  for (let i = 1; i < points.length; i++) {
    const [a, b, c] = [points[i - 1] as Point, points[i] as Point, points[i + 1]];
    const before = Math.hypot(b.x - a.x, b.y - a.y);
    const after = c ? Math.hypot(c.x - b.x, c.y - b.y) : 0;
    const r = Math.min(radius, before / 2, after / 2);
    if (!c || r < 0.5) {
      path += `L${n(b.x)} ${n(b.y)}`;
      continue;
    }
    const start = { x: b.x + ((a.x - b.x) / before) * r, y: b.y + ((a.y - b.y) / before) * r };
    const end = { x: b.x + ((c.x - b.x) / after) * r, y: b.y + ((c.y - b.y) / after) * r };
    path += `L${n(start.x)} ${n(start.y)}Q${n(b.x)} ${n(b.y)} ${n(end.x)} ${n(end.y)}`;
  }
  return path;
}

export interface Connector {
  path: string;
  /** The position where W is applied, which is the end of the rail's branch. */
  node: Point;
  start: Point;
  end: Point;
}

/**
 * The path of W from h_{t-1} to h_t, 1 ≤ t ≤ T. It is straight between two columns, bends upward as they approach each
 * other, and leads around the strip when they have met. At fold 1, all paths are the same loop.
 */
export function connector(l: Layout, t: number): Connector {
  const middle = (l.strips.top + l.strips.bottom) / 2;
  const half = l.stripWidth / 2;
  const a = columnX(l, t - 1) + half + 1;
  const b = columnX(l, t) - half - 2;
  const lift = smooth(0.4 * l.touch, l.touch, l.fold) * (middle - l.loopTop);
  const out = Math.max((b - a) / 2, 0) + 26 * smooth(0.75 * l.touch, 1, l.fold);
  const top = middle - lift;
  const points =
    lift < 0.5
      ? [
          { x: a, y: middle },
          { x: b, y: middle },
        ]
      : [
          { x: a, y: middle },
          { x: a + out, y: middle },
          { x: a + out, y: top },
          { x: b - out, y: top },
          { x: b - out, y: middle },
          { x: b, y: middle },
        ];
  return {
    path: rounded(points, 16),
    // When the figure is folded, the line to the answer leaves upward from the middle, so W is applied beside it.
    node: { x: (a + b) / 2 - half * smooth(l.touch, 1, l.fold), y: top },
    start: points[0] as Point,
    end: { x: b, y: middle },
  };
}

/** The vertical position of a value on a panel. */
export function height(panel: Panel, domain: readonly [number, number], value: number): number {
  const part = (value - domain[0]) / (domain[1] - domain[0] || 1);
  return (
    panel.bottom - (Number.isNaN(part) ? 0 : clamp(part, 0, 1)) * (panel.bottom - panel.top)
  ); /* after a divergence: at the bottom */
}

/** The value at y on a panel. */
export function valueAt(panel: Panel, domain: readonly [number, number], y: number): number {
  const part = clamp((panel.bottom - y) / (panel.bottom - panel.top), 0, 1);
  return domain[0] + part * (domain[1] - domain[0]);
}

/** A line through the columns from … to at the heights y(t). A value that is not finite leaves a gap. */
export function overTime(l: Layout, from: number, to: number, y: (t: number) => number): string {
  let path = '';
  let pen = 'M';
  for (let t = from; t <= to; t++) {
    const level = y(t);
    if (!Number.isFinite(level)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${n(columnX(l, t))} ${n(level)}`;
    pen = 'L';
  }
  return path;
}

/** A small filled arrow head with its tip at p. */
export function head(p: Point, direction: 'up' | 'right', size = 4): string {
  const back = size * 1.7;
  return direction === 'up'
    ? `M${n(p.x)} ${n(p.y)}l${n(-size)} ${n(back)}h${n(2 * size)}z`
    : `M${n(p.x)} ${n(p.y)}l${n(-back)} ${n(-size)}v${n(2 * size)}z`;
}

/** Two strokes through a point, which mark a cut. */
export function cross({ x, y }: Point, size: number): string {
  const long = n(2 * size);
  return `M${n(x - size)} ${n(y - size)}l${long} ${long}m0 -${long}l-${long} ${long}`;
}

export interface Thread {
  from: Point;
  to: Point;
  weight: number;
}

/** The threads from all of h_{t-1} to one unit of h_t. weights: the unit's row of W. */
export function threads(l: Layout, t: number, unit: number, weights: ArrayLike<number>): Thread[] {
  const half = l.stripWidth / 2;
  const edge = (j: number): number => l.rowEdges[j] as number;
  const to = { x: columnX(l, t) - half - 1, y: (edge(unit - 1) + edge(unit)) / 2 };
  const x = columnX(l, t - 1) + half + 1;
  return Array.from({ length: l.units }, (_, i) => ({
    from: { x, y: (edge(i) + edge(i + 1)) / 2 },
    to,
    weight: weights[i] ?? 0,
  }));
}
