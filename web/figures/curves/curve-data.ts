/** The data of `<rnn-curves>`, and the positions of its values on the axes. */

/** Training curves are solid; curves of new data, which the run never saw, are dashed gray. */
export type Role = 'train' | 'fresh';
export const ROLES: readonly Role[] = ['train', 'fresh'];

export interface Series {
  role: Role;
  /** The name at the end of the line. */
  label: string;
  /** The name in sentences and in the table. The default is the label. */
  name?: string;
  /** One value per step; NaN where there is none. */
  values: ArrayLike<number>;
  /** The number of steps from one value to the next. The default is 1. */
  each?: number;
}

export const nameOf = ({ name, label }: Series): string => name ?? label;

/** stepOf gives the step of the value at an index; valueAt gives the latest value at a step. Steps count from 1. */
export const stepOf = ({ each = 1 }: Series, index: number): number => (index + 1) * each;
export const valueAt = ({ values, each = 1 }: Series, step: number): number | undefined =>
  values[Math.floor(step / each) - 1];

/** The spread of many runs: their median, and a band from low to high. */
export interface Band {
  role: Role;
  label?: string;
  low: ArrayLike<number>;
  median: ArrayLike<number>;
  high: ArrayLike<number>;
}

/** A horizontal reference line. */
export interface Line {
  value: number;
  label: string;
}

/** The range of results that pure guessing would give. */
export interface Chance {
  low: number;
  high: number;
  label?: string;
}

/** The step where the run stopped, and the reason. The default reason is that it diverged. */
export interface Stop {
  epoch: number;
  label?: string;
}

export interface Curves {
  series: readonly Series[];
  ghost: readonly Series[];
  /** The name of the ghost. The default is the previous run. */
  ghostName?: string;
  bands: readonly Band[];
  lines: readonly Line[];
  chance: Chance | undefined;
  stop: Stop | undefined;
  epochs: number;
  /** The unit of the horizontal axis. The default is epochs. */
  step?: string;
  /** The shown moment, in steps from 0, if it is before the end: what follows it is drawn faint. */
  moment?: number | undefined;
  /** On a logarithmic axis, only values above 0 are drawn. */
  log?: boolean;
}

/** The position of a value on its axis: the value itself, or its logarithm to base 10. NaN if it has no position. */
export const axisPosition = ({ log }: Pick<Curves, 'log'>, value: number): number =>
  !log ? value : value > 0 ? Math.log10(value) : Number.NaN;

/** A value this many times the first one would flatten all other values on a linear axis. */
const EXPLOSION = 100;

/**
 * Whether some value exceeds the value before the first update so far that only a logarithmic axis shows the others.
 */
export const explodes = (series: readonly Series[], first: number | undefined): boolean =>
  first !== undefined &&
  first > 0 &&
  series.some(({ values }) =>
    Array.prototype.some.call(values, (value: number) => Number.isFinite(value) && value > EXPLOSION * first),
  );

/** The series up to the step where the run drawn over it stopped. */
export const upTo = (series: Series, step: number): Series => ({
  ...series,
  values: Array.prototype.slice.call(series.values, 0, Math.floor(step / (series.each ?? 1))),
});

/** All axisValues of values that the vertical axis must contain. */
export function axisValues(curves: Curves): ArrayLike<number>[] {
  const all = [...curves.series, ...curves.ghost].map((s) => s.values);
  for (const band of curves.bands) all.push(band.low, band.median, band.high);
  all.push(curves.lines.map((l) => l.value));
  return curves.log ? all.map((values) => Float64Array.from(values, (value) => axisPosition(curves, value))) : all;
}

/** The number of steps on the axis: `epochs`, or more if there are more values. */
export function length(curves: Curves): number {
  return Math.max(1, curves.epochs, ...[...curves.series, ...curves.ghost].map((s) => stepOf(s, s.values.length - 1)));
}

/** The last step that has a value, or 1. */
export const lastStep = (series: readonly Series[]): number =>
  Math.max(1, ...series.map((one) => stepOf(one, one.values.length - 1)));

/** The index of the last finite value, or −1. */
export function lastFinite(values: ArrayLike<number>): number {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return i;
  return -1;
}
