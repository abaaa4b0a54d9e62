// What a linear function of the hidden state knows of earlier inputs: R² beside normal equations solved by elimination,
// over the states that `step` prints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, lines, native, refuses, succeeds, there } from './program.ts';

const [timesteps, samples, measured] = [4, 30, 20];
const shape = ['--samples', String(samples), '--steps', String(timesteps)];
const fresh = ['--validation-samples', String(measured)];
const weightsOf = (task: string, ...more: string[]) =>
  there(
    native(['fit', '--task', task, ...shape, '--units', '3', '--epochs', '2', '--verbose', '0', '--save', 'w', ...more])
      .files['w'],
  );

/** R² by the other columns, as the program prints them. */
function probed(args: string[], files = {}): Map<string, number> {
  const [header, ...rows] = lines(succeeds(['probe', ...args], files).stdout);
  assert.equal(header, 'layer,t,s,feature,r2');
  return new Map(
    rows.map((row) => {
      const at = row.lastIndexOf(',');
      return [row.slice(0, at), Number(row.slice(at + 1))];
    }),
  );
}

/** Solves the equations by Gaussian elimination with the largest pivot. Each row has its right side last. */
function solve(rows: number[][]): number[] {
  const n = rows.length;
  const a = rows.map((row) => [...row]);
  const at = (i: number, j: number) => there(there(a[i])[j]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(at(i, k)) > Math.abs(at(best, k))) best = i;
    [a[k], a[best]] = [there(a[best]), there(a[k])];
    for (let i = 0; i < n; i++) {
      const factor = i === k ? 0 : at(i, k) / at(k, k);
      a[i] = there(a[i]).map((number, j) => number - factor * at(k, j));
    }
  }
  return a.map((row, i) => there(row[n]) / at(i, i));
}

/** R² on the rows `other` of the linear function that is fitted to `rows`. */
function rSquared(rows: number[][], values: number[], other: number[][], others: number[]): number {
  const [x, z] = [rows, other].map((all) => all.map((row) => [...row, 1])) as [number[][], number[][]];
  const sum = (count: number, term: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);
  const columns = there(x[0]).length;
  const number = (all: number[][], i: number, j: number) => there(there(all[i])[j]);
  const equations = Array.from({ length: columns }, (_, j) => [
    ...Array.from({ length: columns }, (_, k) => sum(x.length, (i) => number(x, i, j) * number(x, i, k))),
    sum(x.length, (i) => number(x, i, j) * there(values[i])),
  ]);
  const w = solve(equations);
  const mean = sum(others.length, (i) => there(others[i])) / others.length;
  const line = (i: number) => sum(columns, (j) => there(w[j]) * number(z, i, j));
  return (
    1 -
    sum(others.length, (i) => (there(others[i]) - line(i)) ** 2) /
      sum(others.length, (i) => (there(others[i]) - mean) ** 2)
  );
}

/** What `step` prints of every sequence: for each, the numbers of each time step. */
function stepped(data: string, weights: Buffer, count: number): number[][][] {
  return Array.from({ length: count }, (_, i) =>
    lines(
      native(['step', '--data', 'd.csv', '--weights', 'w', '--sample', String(i)], { 'd.csv': data, w: weights })
        .stdout,
    ).map((line) => line.split(',').map(Number)),
  );
}

test('every layer, time step and feature has the R² of normal equations over the states of step', () => {
  const weights = weightsOf('adding', '--layers', '2', '--cell', 'gru');
  const files = {
    w: weights,
    'd.csv': csv('adding', samples, timesteps),
    'v.csv': csv('adding', measured, 4, '--data-seed', '7'),
  };
  const [fitted, other] = [stepped(files['d.csv'], weights, samples), stepped(files['v.csv'], weights, measured)];
  const given = ['--data', 'd.csv', '--validation-data', 'v.csv', '--weights', 'w'];
  for (const t of [timesteps, 2]) {
    const table = probed([...given, ...(t === timesteps ? [] : ['--at', String(t)])], files);
    assert.equal(table.size, 2 * t * 2);
    for (const [key, r2] of table) {
      const [layer, at, s, feature] = key.split(',').map(Number) as [number, number, number, number];
      assert.equal(at, t);
      const states = (all: number[][][]) => all.map((steps) => there(steps[t - 1]).slice(3 * layer, 3 * layer + 3));
      const inputs = (all: number[][][]) => all.map((steps) => there(there(steps[s - 1])[feature]));
      const expected = rSquared(states(fitted), inputs(fitted), states(other), inputs(other));
      assert.ok(Math.abs(r2 - expected) < 1e-7 * (1 + Math.abs(expected)), `${key}: ${r2}, by elimination ${expected}`);
    }
  }
});

test('a state that is its input tells that input and no other', () => {
  const copies = [
    '--activation',
    'relu',
    '--units',
    '1',
    '--kernel-initializer',
    'identity',
    '--recurrent-initializer',
    'zeros',
  ];
  const table = probed([
    '--task',
    'first',
    '--samples',
    '500',
    '--steps',
    '3',
    ...copies,
    '--validation-samples',
    '500',
  ]);
  assert.equal(table.get('1,3,3,1'), 1);
  for (const s of [1, 2]) assert.ok(Math.abs(there(table.get(`1,3,${s},1`))) < 0.05);
});

test('a state that was reset knows nothing from before', () => {
  const task = ['--task', 'first', '--samples', '500', '--steps', '6', '--validation-samples', '500', '--units', '8'];
  const [whole, reset] = [probed(task), probed([...task, '--reset-before', '4'])];
  for (const s of [1, 2, 3]) assert.ok(there(reset.get(`1,6,${s},1`)) < 0.05, `step ${s}`);
  for (const s of [2, 3]) assert.ok(there(whole.get(`1,6,${s},1`)) > 0.5, `step ${s}`);
  for (const s of [5, 6]) assert.ok(there(reset.get(`1,6,${s},1`)) > 0.9, `step ${s}`);
});

test('validation samples are the fresh ones of the task, and a share of the data is the last one', () => {
  const weights = weightsOf('first');
  const both = csv('first', samples, timesteps, '--first-sample', '0');
  const others = csv('first', measured, timesteps, '--first-sample', '1000000');
  const files = {
    w: weights,
    'd.csv': both,
    'v.csv': others,
    'all.csv': both + others.slice(others.indexOf('\n') + 1),
  };
  const given = probed(['--data', 'd.csv', '--validation-data', 'v.csv', '--weights', 'w'], files);
  assert.deepEqual(probed(['--task', 'first', ...shape, ...fresh, '--weights', 'w'], files), given);
  assert.deepEqual(probed(['--data', 'all.csv', '--validation-split', '0.4', '--weights', 'w'], files), given);
});

test('what is missing or does not fit is refused', () => {
  const refused = (message: string, ...args: string[]) => refuses(2, ` probe: ${message}`, ['probe', ...args]);
  const made = ['--task', 'first', ...shape];
  refused(
    'sequences to measure on are missing; expected --validation-split SHARE, --validation-data FILE or --validation-samples N',
    ...made,
  );
  refused('--at: expected at most 4, the last time step, got "5"', ...made, ...fresh, '--at', '5');
  refused('--weights and --seed exclude each other', ...made, ...fresh, '--seed', '1', '--weights', 'w');
  refused('--reset-before: expected at most 4, the last time step, got "5"', ...made, ...fresh, '--reset-before', '5');
});

test('states that are too large are named', () => {
  const grow = ['--activation', 'relu', '--recurrent-initializer', 'identity', '--recurrent-gain', '1000'];
  const task = ['--task', 'first', '--samples', '3', '--steps', '100', '--validation-samples', '3'];
  const message = 'the state is not finite; the weights or the data are too large';
  refuses(1, ` probe: sequence 0, layer 1, time step 100: ${message}`, ['probe', ...task, ...grow]);
});
