/** What `<rnn-curves>` is given, and where its values have their places. */

/** Training is solid ink; fresh data, which the run never saw, are dashed grey. */
export type Role = 'train' | 'fresh';
export const ROLES: readonly Role[] = ['train', 'fresh'];

export interface Series {
  role: Role;
  /** At the end of the line and in the table. */
  label: string;
  /** One value a step; not a number where there is none. */
  values: ArrayLike<number>;
  /** Steps from one value to the next: 1, if it is not said. */
  each?: number;
}

/** The step of the value at an index, and the value at a step: the latest one. Steps count from 1. */
export const stepOf = ({ each = 1 }: Series, index: number): number => (index + 1) * each;
export const valueAt = ({ values, each = 1 }: Series, step: number): number | undefined =>
  values[Math.floor(step / each) - 1];

/** Many runs behind the one: their median, and the band between low and high. */
export interface Band {
  role: Role;
  label?: string;
  low: ArrayLike<number>;
  median: ArrayLike<number>;
  high: ArrayLike<number>;
}

/** A horizontal reference. */
export interface Line {
  value: number;
  label: string;
}

/** What chance alone gives. */
export interface Chance {
  low: number;
  high: number;
  label?: string;
}

/** Where the run stopped, and the words for it; default: that it diverged there. */
export interface Stop {
  epoch: number;
  label?: string;
}

export interface Curves {
  series: readonly Series[];
  ghost: readonly Series[];
  /** What the ghost is; else the run before. */
  ghostName?: string;
  bands: readonly Band[];
  lines: readonly Line[];
  chance: Chance | undefined;
  stop: Stop | undefined;
  epochs: number;
  /** What a step is, if not an epoch. */
  step?: string;
  /** The value axis is logarithmic: what is not above 0 is not drawn. */
  log?: boolean;
}

/** Where a value stands on its axis: itself, or its power of ten. Not a number where it has no place. */
export const placeOf = ({ log }: Pick<Curves, 'log'>, value: number): number =>
  !log ? value : value > 0 ? Math.log10(value) : Number.NaN;

/** A value so many times the first one is an explosion: on an even axis all others would lie on its floor. */
const EXPLOSION = 100;

/**
 * Does one of these grow so far beyond the value before the first update that only a logarithmic axis shows the others?
 */
export const explodes = (series: readonly Series[], first: number | undefined): boolean =>
  first !== undefined &&
  first > 0 &&
  series.some(({ values }) =>
    Array.prototype.some.call(values, (value: number) => Number.isFinite(value) && value > EXPLOSION * first),
  );

/** No further than where the run over it stopped. */
export const upTo = (series: Series, step: number): Series => ({
  ...series,
  values: Array.prototype.slice.call(series.values, 0, Math.floor(step / (series.each ?? 1))),
});

/** Every list whose places must lie within the axis. */
export function lists(curves: Curves): ArrayLike<number>[] {
  const all = [...curves.series, ...curves.ghost].map((s) => s.values);
  for (const band of curves.bands) all.push(band.low, band.median, band.high);
  all.push(curves.lines.map((l) => l.value));
  return curves.log ? all.map((values) => Float64Array.from(values, (value) => placeOf(curves, value))) : all;
}

/** Steps on the axis: as many as asked for, more if there are more values. */
export function length(curves: Curves): number {
  return Math.max(1, curves.epochs, ...[...curves.series, ...curves.ghost].map((s) => stepOf(s, s.values.length - 1)));
}

/** Index of the last finite value; −1 if there is none. */
export function lastFinite(values: ArrayLike<number>): number {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return i;
  return -1;
}
