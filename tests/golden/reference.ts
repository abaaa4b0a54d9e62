/**
 * A reference implementation of training as Keras's documentation describes it, in double and as simple as possible:
 * the networks' equations forward, derivatives from a tape, the optimizers' formulas. docs/equations.md lists the
 * sources.
 */

import { Num, sum } from './autodiff.ts';

export interface Network {
  cell: string;
  activation: string;
  layers: number;
  units: number;
  features: number;
  outputs: number;
  loss: string;
  returnSequences: boolean;
  l2: number;
}

export type Optimizer = Record<string, number | string | boolean>;

/** Each tensor as rows of numbers. */
type Weights = Num[][];

const dot = (x: readonly Num[], w: Weights, column: number): Num =>
  sum(x.map((value, i) => value.times((w[i] as Num[])[column] as Num)));
const at = <T>(list: readonly T[], i: number): T => list[i] as T;

/** One time step of one layer. tensors: kernel, recurrent kernel, bias. */
function step(
  { cell, activation, units }: Network,
  [kernel, recurrent, bias]: [Weights, Weights, Weights],
  x: Num[],
  h: Num[],
  c: Num[],
) {
  const unit = Array.from({ length: units }, (_, j) => j);
  const fromX = (column: number) => dot(x, kernel, column).plus(at(at(bias, 0), column));
  const fromH = (column: number) => dot(h, recurrent, column);
  if (cell === 'simple_rnn') {
    const next = unit.map((j) => fromX(j).plus(fromH(j)));
    return { h: next.map((z) => (activation === 'relu' ? z.relu() : z.tanh())), c };
  }
  if (cell === 'gru') {
    const b = at(bias, 1);
    const gate = (block: number) =>
      unit.map((j) =>
        fromX(block * units + j)
          .plus(fromH(block * units + j))
          .plus(at(b, block * units + j))
          .sigmoid(),
      );
    const [update, reset] = [gate(0), gate(1)];
    const candidate = unit.map((j) => {
      const memory = fromH(2 * units + j).plus(at(b, 2 * units + j));
      return fromX(2 * units + j)
        .plus(at(reset, j).times(memory))
        .tanh();
    });
    const one = new Num(1);
    return {
      h: unit.map((j) =>
        at(update, j)
          .times(at(h, j))
          .plus(one.minus(at(update, j)).times(at(candidate, j))),
      ),
      c,
    };
  }
  const z = (block: number, j: number) => fromX(block * units + j).plus(fromH(block * units + j));
  const memory = unit.map((j) =>
    z(1, j)
      .sigmoid()
      .times(at(c, j))
      .plus(z(0, j).sigmoid().times(z(2, j).tanh())),
  );
  return { h: unit.map((j) => z(3, j).sigmoid().times(at(memory, j).tanh())), c: memory };
}

/** The logits of one sequence at each readout. */
function forward(network: Network, weights: Weights[], x: number[][]): Num[][] {
  const { layers, units, returnSequences, outputs } = network;
  const zeros = () => Array.from({ length: units }, () => new Num(0));
  const states = Array.from({ length: layers }, () => ({ h: zeros(), c: zeros() }));
  const [kernel, bias] = weights.slice(3 * layers) as [Weights, Weights];
  const logits: Num[][] = [];
  for (const [t, values] of x.entries()) {
    let input = values.map((value) => new Num(value));
    for (let l = 0; l < layers; l++) {
      const { h, c } = at(states, l);
      states[l] = step(network, weights.slice(3 * l, 3 * l + 3) as [Weights, Weights, Weights], input, h, c);
      input = at(states, l).h;
    }
    if (returnSequences || t === x.length - 1)
      logits.push(Array.from({ length: outputs }, (_, k) => dot(input, kernel, k).plus(at(at(bias, 0), k))));
  }
  return logits;
}

function lossOf({ loss }: Network, logits: Num[], y: number): Num {
  const [first] = logits as [Num];
  if (loss === 'mean_squared_error') {
    const error = first.minus(new Num(y));
    return error.times(error);
  }
  if (loss === 'binary_crossentropy')
    return first
      .scaled(y === 1 ? -1 : 1)
      .exp()
      .plus(new Num(1))
      .log();
  return sum(logits.map((logit) => logit.exp()))
    .log()
    .minus(at(logits, y));
}

function metricOf({ loss }: Network, logits: Num[], y: number): number {
  const values = logits.map(({ value }) => value);
  if (loss === 'mean_squared_error') return Math.abs((values[0] as number) - y);
  if (loss === 'binary_crossentropy') return Number(Number((values[0] as number) > 0) === y);
  return Number(values.indexOf(Math.max(...values)) === y);
}

/** Keras's formulas for one number. */
function update(
  o: Optimizer,
  w: Float64Array,
  g: Float64Array,
  slots: { m: Float64Array; v: Float64Array },
  t: number,
): void {
  const rate = o['learningRate'] as number;
  const momentum = (o['momentum'] as number | undefined) ?? 0;
  const norm = Math.hypot(...g);
  const clipnorm = (o['globalClipnorm'] as number | undefined) ?? 0;
  const clipvalue = (o['clipvalue'] as number | undefined) ?? 0;
  const { m, v } = slots;
  for (const [i, raw] of g.entries()) {
    const scaled = clipnorm > 0 && norm > clipnorm ? (raw * clipnorm) / norm : raw;
    const gradient = clipvalue > 0 ? Math.max(-clipvalue, Math.min(clipvalue, scaled)) : scaled;
    const [mi, vi, wi] = [m[i] as number, v[i] as number, w[i] as number];
    if (o['optimizer'] === 'sgd') {
      m[i] = momentum * mi - rate * gradient;
      w[i] = wi + (o['nesterov'] ? momentum * (m[i] as number) - rate * gradient : (m[i] as number));
    } else if (o['optimizer'] === 'rmsprop') {
      v[i] = 0.9 * vi + 0.1 * gradient ** 2;
      m[i] = momentum * mi + (rate * gradient) / Math.sqrt((v[i] as number) + 1e-7);
      w[i] = wi - (m[i] as number);
    } else {
      m[i] = mi + (gradient - mi) * 0.1;
      v[i] = vi + (gradient ** 2 - vi) * 0.001;
      w[i] =
        wi -
        (((rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)) * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-7);
    }
  }
}

export interface Task {
  x: number[][][];
  /** One row per sequence, with a target per readout. */
  y: number[][];
}

/**
 * Trains without shuffling, and returns loss and metric of each epoch and the final weights. shapes: rows and columns
 * of each tensor.
 */
export function train(
  network: Network,
  shapes: [number, number][],
  start: Float64Array,
  optimizer: Optimizer,
  { x, y }: Task,
  epochs: number,
  batchSize: number,
) {
  const w = start.slice();
  const slots = { m: new Float64Array(w.length), v: new Float64Array(w.length) };
  const history = { loss: [] as number[], metric: [] as number[] };
  let t = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    let metric = 0;
    for (let first = 0; first < x.length; first += batchSize) {
      const numbers = Array.from(w, (value) => new Num(value));
      const rest = numbers.values();
      const take = (count: number) => Array.from({ length: count }, () => rest.next().value as Num);
      const weights = shapes.map(([rows, columns]) => Array.from({ length: rows }, () => take(columns)));
      const terms: Num[] = [];
      for (let i = first; i < Math.min(first + batchSize, x.length); i++)
        for (const [r, logits] of forward(network, weights, at(x, i)).entries()) {
          terms.push(lossOf(network, logits, at(at(y, i), r)));
          metric += metricOf(network, logits, at(at(y, i), r));
        }
      const kernels = weights
        .slice(0, 3 * network.layers)
        .filter((_, i) => i % 3 < 2)
        .flat(2);
      const penalty = network.l2 ? sum(kernels.map((one) => one.times(one))).scaled(network.l2) : new Num(0);
      const mean = sum(terms)
        .scaled(1 / terms.length)
        .plus(penalty);
      loss += mean.value * terms.length;
      mean.backward();
      t += 1;
      update(
        optimizer,
        w,
        Float64Array.from(numbers, ({ grad }) => grad),
        slots,
        t,
      );
    }
    const all = x.length * at(y, 0).length;
    history.loss.push(loss / all);
    history.metric.push(metric / all);
  }
  return { history, weights: w };
}
