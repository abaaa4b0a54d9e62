/** The numbers of one unit at one time step. They are collected in the worker, and all of them come from the engine. */

import type { Cut, Sequential, Terms, Trace, TraceLayer } from '../../../wasm/js/unrolled.ts';

export interface SumChoice {
  /** From 1 to T. */
  timestep: number;
  /** From 1. */
  unit: number;
  /** From 0, the lowest layer. */
  layer?: number;
  /** 0 to G − 1 for a gate; G for the state of a GRU or LSTM. */
  gate?: number;
}

/** Points on the curve of an activation function. One of them is the traced point. */
export interface Curve {
  z: Float32Array;
  a: Float32Array;
  /** The index of the traced point. */
  at: number;
}

export interface Arithmetic extends Required<SumChoice> {
  cell: string;
  /** The activation function of a SimpleRNN. */
  activation: string;
  timesteps: number;
  layers: number;
  units: number;
  /** F, the number of inputs of this layer. */
  features: number;
  /** G, the number of gates. */
  gates: number;
  /** The z of this unit in each gate. */
  z: Float32Array;
  a: Float32Array;
  /** The terms of the chosen gate, or of the state. */
  terms: Terms;
  /** The terms of the state of a GRU or LSTM. */
  path: Terms | undefined;
  /** The curve of the chosen gate. The state of an LSTM has the curve of its cell state, that of a GRU has none. */
  curve: Curve | undefined;
  cut: Required<Cut>;
}

type Engine = Pick<Sequential, 'cell' | 'activation' | 'layers' | 'terms' | 'activate'>;

/** The curve extends at least this far to both sides of 0, in this number of pieces. */
const REACH = 4;
const PIECES = 128;
/** The largest 32-bit float. */
const LARGEST = 3.4028234663852886e38;

function curveOf(model: Engine, gate: number, z: number): Curve | undefined {
  if (!Number.isFinite(z)) return undefined;
  const reach = Math.min(LARGEST, Math.max(REACH, Math.ceil(1.15 * Math.abs(z))));
  const places = Float32Array.from({ length: PIECES + 1 }, (_, k) => -reach + (2 * reach * k) / PIECES);
  const sorted = Float32Array.of(...places, z).sort();
  return { z: sorted, a: model.activate(sorted, gate), at: sorted.indexOf(z) };
}

/** Limits a value to the range, because another trace may be shorter and another cell may have fewer gates. */
const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value) || low, low), high);

/**
 * Collects the numbers of one unit at one time step. The trace must have been made by this model with its present
 * weights.
 */
export function arithmeticOf(model: Engine, trace: Trace, place: SumChoice): Arithmetic {
  const layer = within(place.layer ?? 0, 0, trace.layers.length - 1);
  const from = trace.layers[layer] as TraceLayer;
  const { units, features, gates } = from;
  const timestep = within(place.timestep, 1, trace.timesteps);
  const unit = within(place.unit, 1, units);
  const gate = within(place.gate ?? 0, 0, gates > 1 ? gates : 0);
  const ofUnit = (array: Float32Array) =>
    Float32Array.from({ length: gates }, (_, k) => array[((timestep - 1) * gates + k) * units + unit - 1] as number);
  const z = ofUnit(from.z);
  const terms = model.terms(trace, timestep, unit - 1, { layer, gate });
  const path = gates > 1 ? model.terms(trace, timestep, unit - 1, { layer, gate: gates }) : undefined;
  const bent = gate < gates ? z[gate] : model.cell === 'lstm' ? path?.sum[1] : undefined;
  return {
    ...{ cell: model.cell, activation: model.activation, layers: model.layers, timesteps: trace.timesteps },
    ...{ timestep, unit, layer, gate, units, features, gates, z, a: ofUnit(from.a), terms, path, cut: trace.cut },
    curve: bent === undefined ? undefined : curveOf(model, gate, bent),
  };
}
