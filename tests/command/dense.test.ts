// The dense network: predict and evaluate beside its equations in double, its files and its time series, and every option
// and command that has no meaning for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, csv, lines, native, readTensors, refuses, succeeds, there } from './program.ts';
import { judge, sigmoid } from './reference.ts';

const [samples, steps, units] = [12, 6, 5];
const made = ['--samples', String(samples), '--steps', String(steps), '--cell', 'dense', '--units', String(units)];
const quiet = ['--epochs', '4', '--batch-size', '5', '--learning-rate', '0.03', '--verbose', '0'];
const of = ['--data', 'd.csv', '--weights', 'w'];

/** The logits for one sequence, of which all T·F numbers are one vector. */
function logits(file: Uint8Array, sequence: number[]): number[] {
  const { values } = readTensors(file);
  const layers = Object.keys(values).length / 2;
  let row = sequence;
  for (let layer = 0; layer < layers; layer++) {
    const name = layer ? `dense_${layer}` : 'dense';
    const kernel = there(values[`${name}/kernel`]).data;
    const bias = there(values[`${name}/bias`]).data;
    assert.equal(kernel.length, row.length * bias.length);
    const sums = [...bias].map((b, j) => row.reduce((sum, a, k) => sum + a * there(kernel[k * bias.length + j]), b));
    row = layer + 1 < layers ? sums.map(Math.tanh) : sums;
  }
  return row;
}

const tasks = [
  { task: 'first', loss: 'binary_crossentropy', features: 1, outputs: 1 },
  { task: 'order', loss: 'sparse_categorical_crossentropy', features: 6, outputs: 4 },
  { task: 'adding', loss: 'mean_squared_error', features: 2, outputs: 1 },
];

for (const { task, loss, features, outputs } of tasks)
  for (const layers of [1, 2, 3])
    test(`predict and evaluate agree with the equations: task ${task}, layers ${layers}`, () => {
      const fit = ['fit', '--task', task, ...made, '--layers', String(layers), ...quiet, '--save', 'w'];
      const w = there(succeeds(fit).files['w']);
      const data = csv(task, samples, steps);
      const files = { 'd.csv': data, w };
      const near = (got: number, wanted: number) =>
        assert.ok(Math.abs(got - wanted) < 2e-6 * Math.max(1, Math.abs(wanted)), `${got}, ${wanted}`);
      const predicted = lines(succeeds(['predict', ...of], files).stdout).map((line) => line.split(',').map(Number));
      assert.equal(predicted.length, samples);
      let [sum, right] = [0, 0];
      for (const [i, line] of lines(data).slice(1).entries()) {
        const [y = 0, ...x] = line.split(',').map(Number);
        const logit = logits(w, x);
        const powers = logit.map(Math.exp);
        const shares = powers.map((power) => power / powers.reduce((a, b) => a + b));
        const wanted = { binary_crossentropy: logit.map(sigmoid), mean_squared_error: logit }[loss] ?? shares;
        assert.equal(there(predicted[i]).length, outputs);
        for (const [k, value] of wanted.entries()) near(there(there(predicted[i])[k]), value);
        const judged = judge(wanted, y, loss);
        sum += judged.loss / samples;
        right += judged.metric / samples;
      }
      const evaluated = lines(succeeds(['evaluate', ...of], files).stdout);
      near(Number(there(evaluated[0]).replace('loss: ', '')), sum);
      near(Number(there(evaluated[1]).replace(/^\w+: /, '')), right);
      const { metadata, values } = readTensors(w);
      assert.deepEqual(metadata, { activation: 'tanh', cell: 'dense', features: String(features), loss });
      assert.deepEqual(there(values['dense/kernel']).shape, [steps * features, units]);
    });

test('training goes on from a file to the same bits, also from an npz file', () => {
  const task = ['--task', 'adding', '--samples', String(samples), '--steps', String(steps)];
  const fit = ['fit', ...task, '--optimizer', 'sgd', '--no-shuffle', '--verbose', '0'];
  const network = ['--cell', 'dense', '--units', '5', '--layers', '2'];
  const whole = native([...fit, ...network, '--epochs', '4', '--save', 'w']).files['w'];
  for (const name of ['half', 'half.npz']) {
    const half = there(succeeds([...fit, ...network, '--epochs', '2', '--save', name]).files[name]);
    const { files } = succeeds([...fit, '--weights', name, '--epochs', '2', '--save', 'w'], { [name]: half });
    assert.deepEqual(files['w'], whole);
  }
});

test('a time series is forecast from its window, and scored beside the baselines', () => {
  const day = (n: number): string => new Date(Date.UTC(2010, 0, 1 + n)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 120 }, (_, n) => `${day(n)},${Math.sin(n / 3).toFixed(3)}\n`);
  const files = { 't.csv': `date,level\n${rows.join('')}` };
  const table = ['--table', 't.csv', '--test-from', '2010-04'];
  const fit = ['fit', ...table, '--target', 'level', '--cell', 'dense', '--steps', '4', '--units', '8'];
  const trained = both([...fit, '--epochs', '20', '--verbose', '2', '--save', 'w'], files);
  assert.equal(trained.code, 0, trained.stderr);
  const score = (text: string): string => there(lines(text).find((line) => line.startsWith('network,')));
  const w = { w: there(trained.files['w']) };
  const evaluated = both(['evaluate', ...table, '--weights', 'w'], { ...files, ...w });
  assert.equal(score(evaluated.stdout), score(trained.stdout));
  const why =
    'expected a recurrent network; a dense one reads all time steps at once and has no states. Train one with --cell gru, lstm or simple_rnn';
  const predict = ['predict', '--weights', 'w', '--table', 't.csv'];
  refuses(1, ` predict: ${why}`, [...predict, '--stream'], { ...files, ...w });
  /* each forecast is what predict says of the table with the forecasts before it behind its end */
  const rolled = lines(both([...predict, '--roll', '4'], { ...files, ...w }).stdout).slice(1);
  assert.equal(rolled.length, 4);
  let known = rows.join('');
  for (const line of rolled) {
    const longer = { 't.csv': `date,level\n${known}`, ...w };
    const [time, value = Number.NaN] = there(lines(succeeds(predict, longer).stdout).at(-1)).split(',');
    const [wantedTime, forecast] = line.split(',');
    assert.equal(wantedTime, time);
    assert.ok(Math.abs(Number(forecast) - Number(value)) < 1e-5, `${line}: ${value}`);
    known += `${line}\n`;
  }
});

test('what has no meaning for a dense network is refused', () => {
  const w = there(native(['fit', '--task', 'first', ...made, ...quiet, '--save', 'w']).files['w']);
  const files = { 'd.csv': csv('first', samples, steps), w };
  const states =
    'expected a recurrent network; a dense one reads all time steps at once and has no states. Train one with --cell gru, lstm or simple_rnn';
  for (const [command, ...more] of [['step'], ['trace'], ['probe', '--validation-split', '0.5']] as const)
    refuses(1, ` ${command}: ${states}`, [command, ...of, ...more], files);
  /* weights of a dense network are no error of usage, but to ask for one is */
  const recurrent = '--cell: expected gru, lstm or simple_rnn;';
  for (const [command, ...more] of [['trace'], ['probe', '--validation-split', '0.5']] as const)
    refuses(
      2,
      ` ${command}: ${recurrent} a dense network reads all time steps at once and has no states`,
      [command, '--task', 'first', ...made, ...more],
      {},
    );
  refuses(
    2,
    ` export: ${recurrent} there are no programs for a dense network`,
    ['export', '--task', 'first', ...made, '--framework', 'keras', '--output', 'm'],
    {},
  );
  for (const [name, ...value] of [['--without-recurrence'], ['--reset-before', '2'], ['--keep', 'diagonal']] as const)
    refuses(
      2,
      ` predict: ${name}: expected a recurrent network; a dense one has no recurrent connections to cut`,
      ['predict', ...of, name, ...value],
      files,
    );
  refuses(
    1,
    ' predict: w has weights for 6 time steps, which are all that a dense network reads, but the data have 5',
    ['predict', ...of],
    { ...files, 'd.csv': csv('first', 5, 5) },
  );
  refuses(
    1,
    ' export: expected a recurrent network; there are no programs for a dense one. unrolled fit --save saves its weights',
    ['export', ...of, '--framework', 'keras', '--output', 'm'],
    files,
  );
  const fit = ['fit', '--task', 'first', ...made];
  for (const [name, ...value] of [
    ['--return-sequences'],
    ['--recurrent-initializer', 'zeros'],
    ['--recurrent-gain', '2'],
  ] as const)
    refuses(2, ` fit: ${name}: expected a recurrent network, got --cell dense`, [...fit, name, ...value]);
  refuses(2, ' fit: --cell dense answers once per sequence; --task echo asks for an answer at every time step', [
    'fit',
    '--task',
    'echo',
    ...made,
  ]);
  refuses(
    1,
    ' fit: a dense network answers once per sequence; expected one target per sequence, got one for every time step. Use --cell gru, lstm or simple_rnn for these data',
    ['fit', '--data', 'e.csv', '--cell', 'dense', '--loss', 'mean_squared_error'],
    { 'e.csv': csv('echo', 5, steps) },
  );
  const short = both(['fit', '--data', 's.csv', '--cell', 'dense'], { 's.csv': 'y,x1,x2\n1,0.5,\n0,0.1,0.3\n' });
  assert.equal(short.code, 1);
  assert.equal(
    lines(short.stderr).at(-1),
    'unrolled fit: a dense network reads sequences of one length; some sequences of the data end early. Use --cell gru, lstm or simple_rnn, or make the sequences equally long',
  );
});
