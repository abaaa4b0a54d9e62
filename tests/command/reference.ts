// The networks computed from their equations (docs/equations.md) in double and from a file of weights.
import { readTensors, there } from './program.ts';

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

type Matrix = { rows: number; columns: number; at: (row: number, column: number) => number };

/** A row vector times a matrix. */
const times = (row: number[], matrix: Matrix): number[] =>
  Array.from({ length: matrix.columns }, (_, j) => row.reduce((sum, value, i) => sum + value * matrix.at(i, j), 0));

interface Layer {
  kernel: Matrix;
  recurrent: Matrix;
  bias: Matrix; // one row, for a GRU two
}

/** One time step: from the previous state h (and c of an LSTM) to the next. */
type Cell = (layer: Layer, x: number[], h: number[], c: number[]) => { h: number[]; c: number[] };

const simpleRnn =
  (activation: (z: number) => number): Cell =>
  ({ kernel, recurrent, bias }, x, h, c) => {
    const [a, b] = [times(x, kernel), times(h, recurrent)];
    return { h: h.map((_, j) => activation(there(a[j]) + there(b[j]) + bias.at(0, j))), c };
  };

/** Cho et al. 2014, with the reset gate applied after the product, and a bias for each of the two products. */
const gru: Cell = ({ kernel, recurrent, bias }, x, h, c) => {
  const units = h.length;
  const [a, b] = [
    times(x, kernel).map((value, j) => value + bias.at(0, j)),
    times(h, recurrent).map((value, j) => value + bias.at(1, j)),
  ];
  const next = h.map((before, j) => {
    const [z, r] = [0, 1].map((gate) => sigmoid(there(a[gate * units + j]) + there(b[gate * units + j]))) as [
      number,
      number,
    ];
    return z * before + (1 - z) * Math.tanh(there(a[2 * units + j]) + r * there(b[2 * units + j]));
  });
  return { h: next, c };
};

/** Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000. */
const lstm: Cell = ({ kernel, recurrent, bias }, x, h, c) => {
  const units = h.length;
  const [a, b] = [times(x, kernel), times(h, recurrent)];
  const z = (gate: number, j: number) =>
    there(a[gate * units + j]) + there(b[gate * units + j]) + bias.at(0, gate * units + j);
  const state = c.map((before, j) => sigmoid(z(1, j)) * before + sigmoid(z(0, j)) * Math.tanh(z(2, j)));
  return { h: state.map((value, j) => sigmoid(z(3, j)) * Math.tanh(value)), c: state };
};

const cells: Record<string, Cell> = { gru, lstm };

export interface Forward {
  h: number[][][]; // (L, T, U)
  logit: number[][]; // (T, K)
  prediction: number[][]; // (T, K): probabilities, or the value of a regression
}

/** Every state and readout of one sequence x (T, F). */
export function forward(file: Uint8Array, x: number[][]): Forward {
  const { metadata, values } = readTensors(file);
  const matrix = (name: string): Matrix => {
    const { shape, data } = there(values[name]);
    const columns = there(shape.at(-1));
    return { rows: data.length / columns, columns, at: (row, column) => there(data[row * columns + column]) };
  };
  const name = metadata['cell'] ?? 'simple_rnn';
  const cell = cells[name] ?? simpleRnn(metadata['activation'] === 'relu' ? (z) => Math.max(0, z) : Math.tanh);
  const h: number[][][] = [];
  let below = x;
  for (let l = 0; values[`${name}${l ? `_${l}` : ''}/kernel`]; l++) {
    const of = `${name}${l ? `_${l}` : ''}`;
    const layer = {
      kernel: matrix(`${of}/kernel`),
      recurrent: matrix(`${of}/recurrent_kernel`),
      bias: matrix(`${of}/bias`),
    };
    let state = { h: Array<number>(layer.recurrent.rows).fill(0), c: Array<number>(layer.recurrent.rows).fill(0) };
    below = below.map((row) => {
      state = cell(layer, row, state.h, state.c);
      return state.h;
    });
    h.push(below);
  }
  const bias = there(values['dense/bias']).data;
  const logit = below.map((state) => times(state, matrix('dense/kernel')).map((value, k) => value + there(bias[k])));
  return { h, logit, prediction: logit.map((row) => predict(row, metadata['loss'] ?? 'binary_crossentropy')) };
}

function predict(logit: number[], loss: string): number[] {
  if (loss === 'mean_squared_error') return logit;
  if (loss === 'binary_crossentropy') return logit.map(sigmoid);
  const powers = logit.map((value) => Math.exp(value - Math.max(...logit)));
  return powers.map((power) => power / powers.reduce((a, b) => a + b));
}

/** The loss of one readout, the predicted class, and its metric. */
export function judge(prediction: number[], y: number, loss: string): { loss: number; answer: number; metric: number } {
  const p = there(prediction[0]);
  if (loss === 'mean_squared_error') return { loss: (p - y) ** 2, answer: Number.NaN, metric: Math.abs(p - y) };
  const classes = loss === 'binary_crossentropy' ? [1 - p, p] : prediction;
  const answer = classes.indexOf(Math.max(...classes));
  return { loss: -Math.log(there(classes[y])), answer, metric: answer === y ? 1 : 0 };
}
