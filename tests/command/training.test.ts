// The optimizers, the clipping, the l2 term and the initial weights must follow their formulas, checked from files
// only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, csv, headerOf, lines, makeTensors, native, readTensors, succeeds, there } from './program.ts';

const data = { 'd.csv': csv('first', 16, 4) };
const units = 3;
const rate = 0.05;
const updates = 4;
const start = Array.from({ length: units + units * units + 2 * units + 1 }, (_, i) =>
  Math.fround(Math.sin(7 * i + 1) / 2),
);
const file = (weights: number[]) => makeTensors(headerOf(units, 1), weights);
const flat = (made: Buffer): number[] => Object.values(readTensors(made).values).flatMap((tensor) => [...tensor.data]);

/** The weights after a number of updates, each with all the data. */
function trained(weights: number[], epochs: number, ...how: string[]): number[] {
  const args = [
    'fit',
    '--data',
    'd.csv',
    '--weights',
    'in',
    '--no-shuffle',
    '--epochs',
    String(epochs),
    '--verbose',
    '0',
    '--save',
    'out',
    ...how,
  ];
  return flat(there(native(args, { ...data, in: file(weights) }).files['out']));
}

/** One step of plain SGD with learning rate 1 gives the gradient, with the rounding error of the weights, 3e-8. */
const gradient = (weights: number[]): number[] => {
  const next = trained(weights, 1, '--optimizer', 'sgd', '--learning-rate', '1');
  return weights.map((w, i) => w - there(next[i]));
};

/** How one weight changes: g is its gradient, m and v are the optimizer's memory, t counts from 1. */
type Rule = (g: number, memory: { m: number; v: number }, t: number) => number;

const sgd =
  (momentum: number, nesterov: boolean): Rule =>
  (g, memory) => {
    memory.m = momentum * memory.m - rate * g;
    return nesterov ? momentum * memory.m - rate * g : memory.m;
  };
const rmsprop =
  (rho: number, momentum: number, epsilon: number): Rule =>
  (g, memory) => {
    memory.v = rho * memory.v + (1 - rho) * g * g;
    memory.m = momentum * memory.m + (rate * g) / Math.sqrt(memory.v + epsilon);
    return -memory.m;
  };
const adam =
  (beta1: number, beta2: number, epsilon: number): Rule =>
  (g, memory, t) => {
    memory.m += (1 - beta1) * (g - memory.m);
    memory.v += (1 - beta2) * (g * g - memory.v);
    return (((-rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t)) * memory.m) / (Math.sqrt(memory.v) + epsilon);
  };
const norm = (vector: number[]) => Math.hypot(...vector);
const asItIs = (g: number[]) => g;
const byNorm = (limit: number) => (g: number[]) => g.map((value) => value * Math.min(1, limit / norm(g)));
const byValue = (limit: number) => (g: number[]) => g.map((value) => Math.min(limit, Math.max(-limit, value)));

const rules: [string, Rule, (g: number[]) => number[]][] = [
  ['--optimizer sgd', sgd(0, false), asItIs],
  ['--optimizer sgd --momentum 0.8', sgd(0.8, false), asItIs],
  ['--optimizer sgd --momentum 0.8 --nesterov', sgd(0.8, true), asItIs],
  ['--optimizer sgd --global-clipnorm 0.1', sgd(0, false), byNorm(0.1)],
  ['--optimizer sgd --clipvalue 0.02', sgd(0, false), byValue(0.02)],
  ['--optimizer rmsprop --epsilon 0.001', rmsprop(0.9, 0, 0.001), asItIs],
  ['--optimizer rmsprop --epsilon 0.001 --rho 0.5 --momentum 0.7', rmsprop(0.5, 0.7, 0.001), asItIs],
  ['--epsilon 0.01', adam(0.9, 0.999, 0.01), asItIs],
  ['--optimizer adam --epsilon 0.01 --beta-1 0.5 --beta-2 0.9 --clipvalue 0.03', adam(0.5, 0.9, 0.01), byValue(0.03)],
];

for (const [how, rule, clip] of rules) {
  test(`the weights change by the formula: ${how}`, () => {
    const memory = start.map(() => ({ m: 0, v: 0 }));
    let weights = start;
    for (let t = 1; t <= updates; t++) {
      const g = clip(gradient(weights.map(Math.fround)));
      weights = weights.map((w, i) => w + rule(there(g[i]), there(memory[i]), t));
    }
    const got = trained(start, updates, '--learning-rate', String(rate), ...how.split(' '));
    const worst = Math.max(...got.map((w, i) => Math.abs(w - there(weights[i]))));
    const moved = Math.max(...got.map((w, i) => Math.abs(w - there(start[i]))));
    assert.ok(worst < 2e-6 && moved > 1e-3, `${worst} of ${moved}`);
  });
}

test('clipping below the gradient’s norm changes the result, and above it changes nothing', () => {
  const how = ['--optimizer', 'sgd', '--learning-rate', '0.1'];
  const free = trained(start, 3, ...how);
  for (const option of ['--global-clipnorm', '--clipvalue']) {
    assert.deepEqual(trained(start, 3, ...how, option, '0'), free);
    assert.deepEqual(trained(start, 3, ...how, option, '1000'), free);
    assert.notDeepEqual(trained(start, 3, ...how, option, '0.001'), free);
  }
});

test('l2 adds the squares of kernels and recurrent kernels to every loss', () => {
  const files = { ...data, in: file(start) };
  const loss = (...more: string[]) =>
    Number(
      /^loss: (.*)$/.exec(
        there(lines(succeeds(['evaluate', '--data', 'd.csv', '--weights', 'in', ...more], files).stdout)[0]),
      )?.[1],
    );
  const squares = start.slice(0, units + units * units).reduce((sum, w) => sum + w * w, 0);
  assert.ok(Math.abs(loss('--l2', '0.3') - loss() - 0.3 * squares) < 1e-6);
  const one = trained(start, 1, '--optimizer', 'sgd', '--learning-rate', '1', '--l2', '0.01');
  const plain = trained(start, 1, '--optimizer', 'sgd', '--learning-rate', '1');
  start.forEach((w, i) => {
    const wanted = i < units + units * units ? -0.02 * w : 0;
    assert.ok(Math.abs(there(one[i]) - there(plain[i]) - wanted) < 2e-7, `weight ${i}`);
  });
});

/** The initial weights, since the learning rate is 0. */
function drawn(cell: string, ...how: string[]): ReturnType<typeof readTensors>['values'] {
  const args = [
    'fit',
    '--data',
    'd.csv',
    '--cell',
    cell,
    '--units',
    '6',
    '--layers',
    '2',
    '--epochs',
    '1',
    '--learning-rate',
    '0',
    '--verbose',
    '0',
    '--save',
    'w',
    ...how,
  ];
  return readTensors(there(succeeds(args, data).files['w'])).values;
}

const gates: Record<string, number> = { simple_rnn: 1, gru: 3, lstm: 4 };

for (const cell of ['simple_rnn', 'gru', 'lstm']) {
  const layers = [cell, `${cell}_1`];
  const columns = 6 * there(gates[cell]);

  test(`initial recurrent kernels: ${cell}`, () => {
    for (const layer of layers) {
      const of = (...how: string[]) => there(drawn(cell, ...how)[`${layer}/recurrent_kernel`]).data;
      const at = (data: Float32Array, row: number, column: number) => there(data[row * columns + column]);
      for (const gain of [1, 1.5]) {
        const data = of('--recurrent-gain', String(gain));
        for (let i = 0; i < 6; i++) {
          for (let j = 0; j < 6; j++) {
            const product = Array.from({ length: columns }, (_, k) => at(data, i, k) * at(data, j, k)).reduce(
              (a, b) => a + b,
            );
            assert.ok(Math.abs(product - (i === j ? gain * gain : 0)) < 2e-6, `rows ${i} and ${j}`);
          }
        }
      }
      const identity = of('--recurrent-initializer', 'identity', '--recurrent-gain', '0.5');
      for (let i = 0; i < 6; i++) for (let k = 0; k < 6; k++) assert.equal(at(identity, i, k), i === k ? 0.5 : 0);
      assert.ok(of('--recurrent-initializer', 'zeros').every((w) => w === 0));
      const limit = Math.sqrt(6 / (6 + columns));
      const uniform = of('--recurrent-initializer', 'glorot_uniform');
      assert.ok(uniform.every((w) => Math.abs(w) <= limit) && Math.max(...uniform) > limit / 2);
    }
  });

  test(`initial kernels and biases: ${cell}`, () => {
    for (const [l, layer] of layers.entries()) {
      const limit = Math.sqrt(6 / ((l ? 6 : 1) + columns));
      const kernel = there(drawn(cell)[`${layer}/kernel`]).data;
      assert.ok(kernel.every((w) => Math.abs(w) <= limit) && Math.max(...kernel) > limit / 2);
      assert.ok(there(drawn(cell, '--kernel-initializer', 'zeros')[`${layer}/kernel`]).data.every((w) => w === 0));
      const bias = [...there(drawn(cell)[`${layer}/bias`]).data];
      const forget = (i: number) => cell === 'lstm' && i >= 6 && i < 12;
      assert.deepEqual(
        bias,
        bias.map((_, i) => (forget(i) ? 1 : 0)),
      );
    }
  });
}

test('every option of the network and optimizer that should change a run changes it', () => {
  const base = [
    'fit',
    '--data',
    'd.csv',
    '--units',
    '4',
    '--epochs',
    '2',
    '--verbose',
    '0',
    '--save',
    'w',
    '--batch-size',
    '4',
  ];
  const weights = (args: string) =>
    there(native([...base, ...args.split(' ').filter(Boolean)], data).files['w']).toString('hex');
  const changes = [
    '',
    '--cell gru',
    '--cell lstm',
    '--layers 2',
    '--layers 3',
    '--loss mean_squared_error',
    '--loss sparse_categorical_crossentropy',
    '--loss sparse_categorical_crossentropy --classes 3',
    '--l2 0.1',
    '--kernel-initializer zeros',
    '--recurrent-initializer identity',
    '--recurrent-gain 2',
    '--optimizer sgd',
    '--optimizer sgd --momentum 0.5',
    '--optimizer sgd --momentum 0.5 --nesterov',
    '--optimizer rmsprop',
    '--optimizer rmsprop --rho 0.5',
    '--optimizer rmsprop --momentum 0.5',
    '--optimizer rmsprop --epsilon 0.1',
    '--beta-1 0.5',
    '--beta-2 0.5',
    '--epsilon 0.1',
    '--global-clipnorm 0.0001 --epsilon 0.1',
    '--clipvalue 0.0001 --epsilon 0.1',
  ];
  const results = changes.map(weights);
  for (const [i, result] of results.entries()) assert.equal(results.indexOf(result), i, changes[i]);
});

test('the defaults of these options are those of --help', () => {
  const run = (...more: string[]) =>
    succeeds(['fit', '--data', 'd.csv', '--epochs', '2', '--save', 'w', ...more], data).files['w'];
  const network = [
    '--cell',
    'simple_rnn',
    '--layers',
    '1',
    '--loss',
    'binary_crossentropy',
    '--l2',
    '0',
    '--recurrent-gain',
    '1',
  ];
  const weights = ['--kernel-initializer', 'glorot_uniform', '--recurrent-initializer', 'orthogonal'];
  const optimizer = [
    '--optimizer',
    'adam',
    '--beta-1',
    '0.9',
    '--beta-2',
    '0.999',
    '--epsilon',
    '1e-7',
    '--clipvalue',
    '0',
  ];
  assert.deepEqual(run(...network, ...weights, ...optimizer), run());
  assert.deepEqual(
    run('--optimizer', 'rmsprop', '--rho', '0.9', '--momentum', '0', '--global-clipnorm', '0'),
    run('--optimizer', 'rmsprop'),
  );
  assert.deepEqual(run('--optimizer', 'sgd', '--momentum', '0'), run('--optimizer', 'sgd'));
});

test('without --classes the largest label determines the number of classes, at least two', () => {
  for (const [labels, classes] of [
    ['0\n0\n', 2],
    ['0\n1\n', 2],
    ['4\n1\n', 5],
    ['63\n0\n', 64],
  ] as const) {
    const text = `y,x1\n${labels.replaceAll('\n', ',0.5\n')}`;
    const made = both(
      ['fit', '--data', 'd', '--loss', 'sparse_categorical_crossentropy', '--epochs', '1', '--save', 'w'],
      { d: text },
    );
    const note = labels === '0\n0\n' ? 'unrolled fit: d: All labels are 0, so there is nothing to learn.\n' : '';
    assert.deepEqual({ code: made.code, stderr: made.stderr }, { code: 0, stderr: note });
    assert.deepEqual(there(readTensors(there(made.files['w'])).values['dense/bias']).shape, [classes]);
  }
});

test('a regression that diverges says so and keeps the completed epochs', () => {
  const args = [
    'fit',
    '--task',
    'adding',
    '--samples',
    '40',
    '--steps',
    '10',
    '--optimizer',
    'sgd',
    '--activation',
    'relu',
    '--save',
    'w',
    '--history',
    'h.json',
  ];
  const { code, stderr, files } = both([...args, '--learning-rate', '1e30']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^unrolled fit: diverged in epoch 1, update 2 \(batch 2 of 2\): the loss is no longer finite; try a --learning-rate below 1e\+30\n$/,
  );
  assert.deepEqual(Object.keys(files), ['h.json']);
  assert.equal(there(files['h.json']).toString(), '{"loss": [], "mean_absolute_error": []}\n');
  succeeds([...args, '--learning-rate', '0.01']);
});

test('a network that needs more than 1 GiB is rejected, whatever makes it large', () => {
  const args = [
    'fit',
    '--task',
    'adding',
    '--samples',
    '2000',
    '--steps',
    '1000',
    '--cell',
    'lstm',
    '--layers',
    '3',
    '--units',
    '128',
    '--batch-size',
    '512',
  ];
  assert.match(
    both(args).stderr,
    /^unrolled fit: cell lstm, layers 3, units 128, time steps 1000, features 2 and batches of 512 need \d{10,} bytes of memory; expected at most 1073741824 \(1 GiB\)\n$/,
  );
});
