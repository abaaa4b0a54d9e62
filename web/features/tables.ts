/** History and trace as CSV and JSON, with the fewest digits that read back to the same bits. */

import { exact } from '../shared/format.ts';
import type { History, Trace, TraceLayer } from '../../wasm/js/types.ts';

const lines = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.join(',')).join('\n')}\n`;

/** One epoch per line, counted from 1. `every`: validation metrics are those of epochs `every`, 2 `every`, … */
export function historyCsv({ diverged: _, ...lists }: History, every = 1): string {
  const names = Object.keys(lists) as (keyof typeof lists)[];
  const epochs = lists.loss.length;
  const at = (name: keyof typeof lists, epoch: number): number | string =>
    lists[name]?.[name.startsWith('val_') ? (epoch + 1) / every - 1 : epoch] ?? '';
  return lines([
    ['epoch', ...names],
    ...Array.from({ length: epochs }, (__, epoch) => [epoch + 1, ...names.map((name) => at(name, epoch))]),
  ]);
}

export const historyJson = (history: History, every = 1): string =>
  `${JSON.stringify({ ...history, ...(every > 1 && { validation_freq: every }) }, null, 1)}\n`;

/** Arrays of a layer with one row per time step. Others begin with t = 0. */
const PARTS = ['x', 'z', 'a', 'q', 'dH', 'dC', 'dZ', 'dQ'] as const;
const STATES = ['h', 'c'] as const;

function* layerColumns(
  layer: TraceLayer,
  index: number,
  timesteps: number,
): Generator<[string, (t: number) => string]> {
  const column = (
    name: string,
    array: Float32Array,
    width: number,
    j: number,
    lag: number,
  ): [string, (t: number) => string] => [
    `layer${index + 1}_${name}${j + 1}`,
    (t) => (t + lag < 0 ? '' : exact(array[(t + lag) * width + j] as number)),
  ];
  for (const name of PARTS) {
    const width = layer[name].length / timesteps;
    for (let j = 0; j < width; j++) yield column(name, layer[name], width, j, -1);
  }
  for (const name of STATES) {
    const width = layer[name].length / (timesteps + 1);
    for (let j = 0; j < width; j++) yield column(name, layer[name], width, j, 0);
  }
  yield [`layer${index + 1}_dHNorm`, (t) => (t === 0 ? '' : exact(layer.dHNorm[t - 1] as number))];
}

/** One time step per line. The line of t = 0 contains only the initial states. */
export function traceCsv({ timesteps, outputs, logit, prediction, layers }: Trace): string {
  const columns = [
    ...layers.flatMap((layer, index) => [...layerColumns(layer, index, timesteps)]),
    ...(['logit', 'prediction'] as const).flatMap((name) =>
      Array.from({ length: outputs }, (_, k): [string, (t: number) => string] => [
        `${name}${k + 1}`,
        (t) => (t === 0 ? '' : exact((name === 'logit' ? logit : prediction)[(t - 1) * outputs + k] as number)),
      ]),
    ),
  ];
  return lines([
    ['t', ...columns.map(([name]) => name)],
    ...Array.from({ length: timesteps + 1 }, (_, t) => [t, ...columns.map(([, at]) => at(t))]),
  ]);
}

/** The whole trace, with typed arrays as lists. */
export function traceJson(trace: Trace): string {
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Float32Array
      ? Array.from(value, (number) => (Number.isFinite(number) ? Number(exact(number)) : null))
      : value;
  return `${JSON.stringify(trace, plain, 1)}\n`;
}
