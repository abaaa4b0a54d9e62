/**
 * The parameters as the figure shows them: U, W and b of one gate in one layer, V and c. The numbers of each unit are
 * adjacent.
 */

import type { Tensor } from '../../../wasm/js/unrolled.ts';

export type { Tensor };

export type Role = 'u' | 'w' | 'b' | 'v';

/** One weight. The unit counts from 1, the column of its matrix from 0. */
export interface WeightPlace {
  role: Role;
  unit: number;
  column: number;
}

export interface Weights {
  units: number;
  /** The number of inputs of the layer: features, or units of the layer below. */
  features: number;
  /** The number of columns of b: 2 if the cell has one bias for x and one for h (GRU), otherwise 1. */
  biases: number;
  /** K, the number of outputs. */
  outputs: number;
  /** Shape (units, features): u[j·F + f] leads from x[f] to unit j. */
  u: Float32Array;
  /** Shape (units, units): w[j·U + i] leads from h[i] of the previous time step to unit j. */
  w: Float32Array;
  /** Shape (units, biases). */
  b: Float32Array;
  /** Shape (units, outputs): v[j·K + k] leads from h[j] to output k. */
  v: Float32Array;
  /** The bias of the outputs, shape (K). */
  c: Float32Array;
  /** The index of a weight in the flat parameters. */
  index(place: WeightPlace): number;
  /** The weight at an index of the flat parameters, if it is one of these. */
  place(index: number): WeightPlace | undefined;
}

/**
 * The numbers of a matrix inside a tensor of shape (rows, G·U) or (U, K). They begin at `first`; `row` is the step to
 * the next column of the matrix, `unit` the step to the next unit.
 */
interface Block {
  columns: number;
  first: number;
  row: number;
  unit: number;
}

/** 0 for gru/…, 1 for gru_1/…: the number of the layer from the input up. */
const layerNumber = (name: string): number => Number(/_(\d+)\//.exec(name)?.[1] ?? 0);

/** Keras stores a kernel as (from, to). The figure needs all inputs of one unit together. */
function gathered(parameters: Float32Array, units: number, { columns, first, row, unit }: Block): Float32Array {
  const out = new Float32Array(units * columns);
  for (let j = 0; j < units; j++)
    for (let i = 0; i < columns; i++) out[j * columns + i] = parameters[first + i * row + j * unit] as number;
  return out;
}

/**
 * The layer counts from 1, the gate from 0. Returns undefined if the tensors do not belong to recurrent layers with one
 * dense layer on top, or do not fit.
 */
export function weightsOf(
  parameters?: Float32Array,
  tensors?: readonly Tensor[],
  layer = 1,
  gate = 0,
): Weights | undefined {
  if (!parameters || !tensors) return undefined;
  const found = (end: string, dense: boolean): Tensor | undefined =>
    tensors.find(
      ({ name }) =>
        name.endsWith(`/${end}`) && name.startsWith('dense') === dense && (dense || layerNumber(name) === layer - 1),
    );
  const [recurrent, kernel, bias] = [found('recurrent_kernel', false), found('kernel', false), found('bias', false)];
  const [dense, denseBias] = [found('kernel', true), found('bias', true)];
  if (!recurrent || !kernel || !bias || !dense || !denseBias) return undefined;
  const outputs = denseBias.count;
  const units = dense.count / outputs;
  const wide = recurrent.count / units;
  const [features, biases, gates] = [kernel.count / wide, bias.count / wide, wide / units];
  const fits =
    [units, features, biases, gates].every((size) => Number.isInteger(size) && size > 0) &&
    gate < gates &&
    tensors.every((tensor) => tensor.offset + tensor.count <= parameters.length);
  if (!fits) return undefined;
  const ofGate = (tensor: Tensor, columns: number): Block => ({
    columns,
    first: tensor.offset + gate * units,
    row: wide,
    unit: 1,
  });
  const blocks: Record<Role, Block> = {
    u: ofGate(kernel, features),
    w: ofGate(recurrent, units),
    b: ofGate(bias, biases),
    v: { columns: outputs, first: dense.offset, row: 1, unit: outputs },
  };
  const values = (role: Role): Float32Array => gathered(parameters, units, blocks[role]);
  return {
    units,
    features,
    biases,
    outputs,
    u: values('u'),
    w: values('w'),
    b: values('b'),
    v: values('v'),
    c: parameters.subarray(denseBias.offset, denseBias.offset + outputs),
    index: ({ role, unit, column }) => blocks[role].first + column * blocks[role].row + (unit - 1) * blocks[role].unit,
    place: (index) => placeIn(blocks, units, index),
  };
}

function placeIn(blocks: Record<Role, Block>, units: number, index: number): WeightPlace | undefined {
  for (const role of ['u', 'w', 'b', 'v'] as const) {
    const { columns, first, row, unit } = blocks[role];
    const away = index - first;
    const byColumns = units === 1 || row > unit;
    const far = Math.floor(away / (byColumns ? row : unit));
    const near = byColumns ? (away - far * row) / unit : (away - far * unit) / row;
    const [column, j] = byColumns ? [far, near] : [near, far];
    if (away >= 0 && column < columns && j < units) return { role, unit: j + 1, column };
  }
  return undefined;
}

/** The number of columns of a matrix. */
export function columnsOf(weights: Weights, role: Role): number {
  return { u: weights.features, w: weights.units, b: weights.biases, v: weights.outputs }[role];
}

export function weightAt(weights: Weights, { role, unit, column }: WeightPlace): number {
  return weights[role][(unit - 1) * columnsOf(weights, role) + column] as number;
}

/** The row of W that leads to a unit, which counts from 1. */
export function rowOf(weights: Weights, unit: number): Float32Array {
  return weights.w.subarray((unit - 1) * weights.units, unit * weights.units);
}
