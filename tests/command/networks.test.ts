// predict, step and evaluate must agree with the equations, applied to the saved weights, for every cell, number of
// layers and loss.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Files, lines, native, readTensors, succeeds, there } from './program.ts';
import { forward, judge } from './reference.ts';

// Weights and states are floats. A sum of some dozens of them has an error below 2e-6.
const near = (got: number, wanted: number, what: string) =>
  assert.ok(Math.abs(got - wanted) < 2e-6 * Math.max(1, Math.abs(wanted)), `${what}: ${got}, ${wanted}`);
const numbers = (line: string) => line.split(',').map(Number);

const samples = 12;
const steps = 7;
const units = 5;

interface Case {
  cell: string;
  layers: number;
  task: string; // determines features, loss and readouts
  loss: string;
  features: number;
  outputs: number;
  readouts: number;
}

const tasks = [
  { task: 'first', loss: 'binary_crossentropy', features: 1, outputs: 1, readouts: 1 },
  { task: 'order', loss: 'sparse_categorical_crossentropy', features: 6, outputs: 4, readouts: 1 },
  { task: 'adding', loss: 'mean_squared_error', features: 2, outputs: 1, readouts: 1 },
  { task: 'echo', loss: 'mean_squared_error', features: 1, outputs: 1, readouts: steps },
];
const cases: Case[] = ['simple_rnn', 'gru', 'lstm'].flatMap((cell) =>
  tasks.flatMap((task) => [1, 2, 3].map((layers) => ({ ...task, cell, layers }))),
);

/** A trained network and its data, with the sequences as numbers: y (R) and x (T, F). */
function trained({ cell, layers, task, features, readouts }: Case): {
  files: Files;
  weights: Buffer;
  sequences: { y: number[]; x: number[][] }[];
} {
  const data = native(['data', '--task', task, '--samples', String(samples), '--steps', String(steps)]).stdout;
  const how = [
    '--cell',
    cell,
    '--layers',
    String(layers),
    '--units',
    String(units),
    '--learning-rate',
    '0.03',
    '--epochs',
    '4',
    '--batch-size',
    '5',
  ];
  const made = succeeds([
    'fit',
    '--task',
    task,
    '--samples',
    String(samples),
    '--steps',
    String(steps),
    ...how,
    '--verbose',
    '0',
    '--save',
    'w',
  ]);
  const sequences = lines(data)
    .slice(1)
    .map(numbers)
    .map((row) => ({
      y: row.slice(0, readouts),
      x: Array.from({ length: steps }, (_, t) => row.slice(readouts + t * features, readouts + (t + 1) * features)),
    }));
  return { files: { 'd.csv': data, w: there(made.files['w']) }, weights: there(made.files['w']), sequences };
}

const of = ['--data', 'd.csv', '--weights', 'w'];

for (const one of cases) {
  test(`${one.cell}, layers ${one.layers}, task ${one.task}`, () => {
    const { files, weights, sequences } = trained(one);
    const predicted = lines(succeeds(['predict', ...of], files).stdout).map(numbers);
    assert.equal(predicted.length, samples * one.readouts);
    let [loss, metric] = [0, 0];
    const confusion = Array.from({ length: one.outputs }, () => Array<number>(one.outputs).fill(0));
    for (const [i, { x, y }] of sequences.entries()) {
      const wanted = forward(weights, x).prediction.slice(-one.readouts);
      for (const [r, row] of wanted.entries()) {
        const got = there(predicted[i * one.readouts + r]);
        assert.equal(got.length, one.outputs);
        row.forEach((value, k) => near(there(got[k]), value, `prediction ${i}, ${r}, ${k}`));
        const judged = judge(row, there(y[r]), one.loss);
        loss += judged.loss / (samples * one.readouts);
        metric += judged.metric / (samples * one.readouts);
        if (one.outputs > 1) (there(confusion[there(y[r])]) as number[])[judged.answer]!++;
      }
    }
    const evaluated = lines(succeeds(['evaluate', ...of], files).stdout);
    const name = one.loss === 'mean_squared_error' ? 'mean_absolute_error' : 'accuracy';
    near(Number(/^loss: (.*)$/.exec(there(evaluated[0]))?.[1]), loss, 'loss');
    near(Number(new RegExp(`^${name}: (.*)$`).exec(there(evaluated[1]))?.[1]), metric, name);
    const table = [
      'confusion: rows are true classes, columns predicted ones',
      'true,0,1,2,3',
      ...confusion.map((row, k) => [k, ...row].join()),
    ];
    assert.deepEqual(evaluated.slice(2), one.outputs > 1 ? table : []);
  });

  test(`step: ${one.cell}, layers ${one.layers}, task ${one.task}`, () => {
    const { files, weights, sequences } = trained(one);
    const shown = lines(succeeds(['step', ...of, '--sample', '3', '--header'], files).stdout);
    const many = (name: string, count: number, first: number) =>
      Array.from({ length: count }, (_, k) => `${name}${first + k}`);
    const h = Array.from({ length: one.layers }, (_, l) => many(one.layers > 1 ? `h${l + 1}_` : 'h', units, 1)).flat();
    const said = one.loss === 'mean_squared_error' ? 'prediction' : 'probability';
    const readout =
      one.outputs > 1 ? [...many('logit_', one.outputs, 0), ...many(`${said}_`, one.outputs, 0)] : ['logit', said];
    assert.equal(shown[0], ['t', ...many('x', one.features, 1), ...h, ...readout].join());
    const wanted = forward(weights, there(sequences[3]).x);
    for (const [t, line] of shown.slice(1).entries()) {
      const x = there(there(sequences[3]).x[t]);
      const states = wanted.h.flatMap((layer) => there(layer[t]));
      const row = [t + 1, ...x, ...states, ...there(wanted.logit[t]), ...there(wanted.prediction[t])];
      assert.equal(numbers(line).length, row.length);
      row.forEach((value, column) => near(there(numbers(line)[column]), value, `step ${t + 1}, column ${column}`));
    }
    const plain = lines(succeeds(['step', ...of, '--sample', '3'], files).stdout);
    assert.deepEqual(plain, shown.slice(1));
    const predicted = lines(succeeds(['predict', ...of], files).stdout);
    assert.ok(
      there(plain.at(-1)).endsWith(`,${predicted[3 * one.readouts + one.readouts - 1]}`),
      "the last is predict's, to the bit",
    );
  });
}

const shapes: Record<string, (features: number) => number[][]> = {
  simple_rnn: (features) => [[features, units], [units, units], [units]],
  gru: (features) => [
    [features, 3 * units],
    [units, 3 * units],
    [2, 3 * units],
  ],
  lstm: (features) => [[features, 4 * units], [units, 4 * units], [4 * units]],
};

for (const one of cases.filter(({ layers }) => layers === 2)) {
  test(`a saved file describes its network: ${one.cell}, task ${one.task}`, () => {
    const { metadata, values } = readTensors(trained(one).weights);
    const readout: Record<string, string> = one.readouts > 1 ? { return_sequences: 'true' } : {};
    assert.deepEqual(metadata, { activation: 'tanh', cell: one.cell, loss: one.loss, ...readout });
    const wanted: Record<string, number[]> = { 'dense/kernel': [units, one.outputs], 'dense/bias': [one.outputs] };
    for (const [layer, features] of [
      [one.cell, one.features],
      [`${one.cell}_1`, units],
    ] as const) {
      ['kernel', 'recurrent_kernel', 'bias'].forEach((name, i) => {
        wanted[`${layer}/${name}`] = there(there(shapes[one.cell])(features)[i]);
      });
    }
    assert.deepEqual(Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, shape])), wanted);
  });
}

test('--confusion counts binary answers, too', () => {
  const { files, weights, sequences } = trained(there(cases[0]));
  const counts = [
    [0, 0],
    [0, 0],
  ];
  for (const { x, y } of sequences)
    counts[there(y[0])]![
      judge(there(forward(weights, x).prediction.at(-1)), there(y[0]), 'binary_crossentropy').answer
    ]!++;
  const shown = lines(succeeds(['evaluate', ...of, '--confusion'], files).stdout);
  assert.deepEqual(shown.slice(3), ['true,0,1', ...counts.map((row, k) => [k, ...row].join())]);
  assert.deepEqual(lines(succeeds(['evaluate', ...of], files).stdout), shown.slice(0, 2));
});

test('a network accepts sequences of any length', () => {
  const { files, weights } = trained(there(cases.find(({ cell, task }) => cell === 'lstm' && task === 'echo')));
  const longer = native(['data', '--task', 'echo', '--samples', '2', '--steps', '40']).stdout;
  const predicted = lines(succeeds(['predict', ...of], { ...files, 'd.csv': longer }).stdout).map(Number);
  for (const [i, line] of lines(longer).slice(1).entries()) {
    const { prediction } = forward(
      weights,
      numbers(line)
        .slice(40)
        .map((value) => [value]),
    );
    prediction.forEach((value, t) => near(there(predicted[40 * i + t]), there(value[0]), `${i}, ${t}`));
  }
});
