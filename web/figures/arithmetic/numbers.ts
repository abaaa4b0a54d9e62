/**
 * What the figure shows of one unit at one time step. Every number comes from the engine; put together where the engine
 * runs.
 */

import type { Cut, Sequential, Terms, Trace, TraceLayer } from '../../../wasm/js/unrolled.ts';

export interface Place {
  /** 1 … T. */
  timestep: number;
  /** Counted from 1. */
  unit: number;
  /** From 0, the lowest. */
  layer?: number;
  /** 0 … G − 1: a gate; G: the state's path, of GRU and LSTM. */
  gate?: number;
}

/** Points of a gate's activation, the traced one among them. */
export interface Curve {
  z: Float32Array;
  a: Float32Array;
  /** Where the traced point stands among them. */
  at: number;
}

export interface Arithmetic extends Required<Place> {
  cell: string;
  /** SimpleRNN's own. */
  activation: string;
  timesteps: number;
  layers: number;
  units: number;
  /** F of this layer. */
  features: number;
  /** G. */
  gates: number;
  /** This unit's, of each gate. */
  z: Float32Array;
  a: Float32Array;
  /** The terms of the chosen gate, or of the state. */
  terms: Terms;
  /** The terms of the state, of GRU and LSTM. */
  path: Terms | undefined;
  /** Of the chosen gate; LSTM's path has that of the cell state, GRU's none. */
  curve: Curve | undefined;
  cut: Required<Cut>;
}

type Engine = Pick<Sequential, 'cell' | 'activation' | 'layers' | 'terms' | 'activate'>;

/** The curve is drawn at least so far to both sides of 0, in so many pieces. */
const REACH = 4;
const PIECES = 128;
/** The largest float of 32 bits. */
const LARGEST = 3.4028234663852886e38;

function curveOf(model: Engine, gate: number, z: number): Curve | undefined {
  if (!Number.isFinite(z)) return undefined;
  const reach = Math.min(LARGEST, Math.max(REACH, Math.ceil(1.15 * Math.abs(z))));
  const places = Float32Array.from({ length: PIECES + 1 }, (_, k) => -reach + (2 * reach * k) / PIECES);
  const sorted = Float32Array.of(...places, z).sort();
  return { z: sorted, a: model.activate(sorted, gate), at: sorted.indexOf(z) };
}

/** Out of range, the nearest: another trace may be shorter, another cell have fewer gates. */
const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value) || low, low), high);

/** The numbers of one unit at one time step of a trace that this model made with the weights it has now. */
export function arithmeticOf(model: Engine, trace: Trace, place: Place): Arithmetic {
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
