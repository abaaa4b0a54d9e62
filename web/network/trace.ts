/** What the figure reads of a trace: one sequence through the network, every number computed by the core. */
export interface Trace {
  timesteps: number;
  units: number;
  features: number;
  label: number | undefined;
  loss: number;
  /** (T, F) */
  x: Float32Array;
  /** (T, U) */
  z: Float32Array;
  /** (T + 1, U), h_0 first. */
  h: Float32Array;
  /** (T): the readout after each time step; only the last is trained. */
  logit: Float32Array;
  probability: Float32Array;
}

/** h_t of a unit (counted from 1); h_0 is there too. */
export const stateOf = (trace: Trace, t: number, unit: number): number => trace.h[t * trace.units + unit - 1] as number;

/** z_t of a unit, 1 ≤ t. */
export const sumOf = (trace: Trace, t: number, unit: number): number =>
  trace.z[(t - 1) * trace.units + unit - 1] as number;

/** x_t, 1 ≤ t; features count from 0. */
export const inputOf = (trace: Trace, t: number, feature = 0): number =>
  trace.x[(t - 1) * trace.features + feature] as number;
