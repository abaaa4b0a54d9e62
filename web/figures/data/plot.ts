/** The geometry of one sequence as a plot with points that can be moved. */

export interface Plot {
  width: number;
  height: number;
  /** The values at the lower and the upper line. */
  low: number;
  high: number;
  timesteps: number;
  /** The width reserved for the labels of the axis. */
  left: number;
}

const EDGE = { right: 16, top: 14, bottom: 26 };

export const across = ({ width, timesteps, left }: Plot, timestep: number): number =>
  left + (timesteps > 1 ? (timestep - 1) / (timesteps - 1) : 0.5) * (width - left - EDGE.right);

export const down = ({ height, low, high }: Plot, value: number): number =>
  height - EDGE.bottom - ((value - low) / (high - low)) * (height - EDGE.top - EDGE.bottom);

/** The value at a vertical position, with as many digits as one pixel can resolve. */
export function valueAt({ height, low, high }: Plot, y: number): number {
  const drawn = height - EDGE.top - EDGE.bottom;
  const value = low + ((height - EDGE.bottom - y) / drawn) * (high - low);
  return roundTo(value, (high - low) / drawn);
}

/** The value rounded to a power of ten at most as large as `length`. */
export function roundTo(value: number, length: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(length)));
  return Number(value.toFixed(Math.min(100, digits)));
}

/** The time step whose point is nearest to x. */
export function timestepAt({ width, timesteps, left }: Plot, x: number): number {
  const part = (x - left) / (width - left - EDGE.right);
  return Math.min(timesteps, Math.max(1, Math.round(part * (timesteps - 1)) + 1));
}

/** A round range that contains all values. */
export function rangeAround(low: number, high: number): [number, number] {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const step = 10 ** Math.floor(Math.log10(span));
  return [Math.floor(low / step) * step, Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step];
}
