// Files saved by fit must follow the format and Keras, all commands must agree on them, and a damaged file must be
// rejected.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  both,
  csv,
  headerOf,
  inFolder,
  lines,
  makeTensors,
  native,
  program,
  readTensors,
  refuses,
  someWeights,
  succeeds,
  there,
} from './program.ts';
import { forward, sigmoid } from './reference.ts';

const data = csv('first', 40, 5);
const train = [
  'fit',
  '--data',
  'd.csv',
  '--units',
  '4',
  '--verbose',
  '0',
  '--learning-rate',
  '0.01',
  '--save',
  'w.safetensors',
];

const near = (got: number, wanted: number, what: string) =>
  assert.ok(Math.abs(got - wanted) < 2e-6 * Math.max(1, Math.abs(wanted)), `${what}: ${got}, ${wanted}`);

for (const activation of ['tanh', 'relu']) {
  test(`saved weights give what predict, step and evaluate print: ${activation}`, () => {
    const saved = there(succeeds([...train, '--activation', activation], { 'd.csv': data }).files['w.safetensors']);
    const files = { 'd.csv': data, 'w.safetensors': saved };
    const of = ['--data', 'd.csv', '--weights', 'w.safetensors'];
    const predicted = lines(succeeds(['predict', ...of], files).stdout).map(Number);
    const samples = lines(data)
      .slice(1)
      .map((line) => line.split(',').map(Number));
    assert.equal(predicted.length, samples.length);
    let loss = 0;
    let right = 0;
    for (const [i, [y, ...x]] of samples.entries()) {
      const logit = forward(
        saved,
        x.map((value) => [value]),
      ).logit.flat();
      near(there(predicted[i]), sigmoid(there(logit.at(-1))), `probability ${i}`);
      loss -= Math.log(y === 1 ? sigmoid(there(logit.at(-1))) : 1 - sigmoid(there(logit.at(-1)))) / samples.length;
      right += Number(there(predicted[i]) > 0.5) === y ? 1 : 0;
    }
    const evaluated = lines(succeeds(['evaluate', ...of], files).stdout);
    assert.equal(evaluated.length, 2);
    near(Number(/^loss: (.*)$/.exec(there(evaluated[0]))?.[1]), loss, 'loss');
    assert.equal(evaluated[1], `accuracy: ${right / samples.length}`);

    const steps = lines(succeeds(['step', ...of, '--sample', '7'], files).stdout).map((line) =>
      line.split(',').map(Number),
    );
    const wanted = forward(
      saved,
      there(samples[7])
        .slice(1)
        .map((value) => [value]),
    );
    const [h, logit] = [there(wanted.h[0]), wanted.logit.flat()];
    assert.deepEqual(
      steps.map((row) => row.length),
      Array(5).fill(1 + 1 + 4 + 2),
    );
    for (const [t, row] of steps.entries()) {
      assert.equal(row[0], t + 1);
      assert.equal(row[1], there(samples[7])[t + 1]);
      there(h[t]).forEach((value, j) => near(there(row[2 + j]), value, `h of step ${t + 1}`));
      near(there(row[6]), there(logit[t]), 'logit');
      near(there(row[7]), sigmoid(there(logit[t])), 'probability');
    }
    assert.equal(there(steps.at(-1))[7], predicted[7], "the last probability of step is predict's");
  });
}

test('the saved file has the names and shapes of Keras, and metadata', () => {
  const saved = there(succeeds([...train, '--activation', 'relu'], { 'd.csv': data }).files['w.safetensors']);
  const { metadata, values } = readTensors(saved);
  assert.deepEqual(metadata, { activation: 'relu', cell: 'simple_rnn', loss: 'binary_crossentropy' });
  const shapes = Object.fromEntries(Object.entries(values).map(([name, tensor]) => [name, tensor.shape]));
  assert.deepEqual(shapes, {
    'simple_rnn/kernel': [1, 4],
    'simple_rnn/recurrent_kernel': [4, 4],
    'simple_rnn/bias': [4],
    'dense/kernel': [4, 1],
    'dense/bias': [1],
  });
  assert.equal((8 + Number(saved.readBigUInt64LE())) % 8, 0);
});

test('with learning rate 0 the weights stay the same, byte for byte', () => {
  const first = there(succeeds([...train, '--activation', 'relu'], { 'd.csv': data }).files['w.safetensors']);
  const again = [
    'fit',
    '--data',
    'd.csv',
    '--weights',
    'in',
    '--learning-rate',
    '0',
    '--verbose',
    '0',
    '--save',
    'out',
  ];
  assert.deepEqual(succeeds(again, { 'd.csv': data, in: first }).files['out'], first);
});

test('tensors may have any order; without metadata the activation is tanh', () => {
  const header = headerOf(3, 1);
  const turned = Object.fromEntries(Object.entries(header).reverse());
  const numbers = Array.from({ length: 19 }, (_, i) => Math.sin(7 * i + 1) / 2);
  const files = {
    'd.csv': data,
    a: makeTensors(header, numbers),
    b: makeTensors(turned, numbers),
    c: someWeights(3, 1, { activation: 'tanh', note: 'x' }),
  };
  const shown = ['a', 'b', 'c'].map(
    (name) => succeeds(['predict', '--data', 'd.csv', '--weights', name], files).stdout,
  );
  assert.equal(shown[1], shown[0]);
  assert.equal(shown[2], shown[0]);
  const relu = succeeds(['predict', '--data', 'd.csv', '--weights', 'w'], {
    'd.csv': data,
    w: someWeights(3, 1, { activation: 'relu' }),
  });
  assert.notEqual(relu.stdout, shown[0]);
});

const sound = someWeights(2, 1, { cell: 'simple_rnn' });
const headerBytes = 8 + Number(sound.readBigUInt64LE());
const list =
  'expected simple_rnn/kernel, simple_rnn/recurrent_kernel, simple_rnn/bias, dense/kernel, dense/bias, for up to 3 layers. If the network does not need this tensor, leave it out';

function changed(change: (header: Record<string, never>) => void): Buffer {
  const header = JSON.parse(JSON.stringify(headerOf(2, 1))) as Record<string, never>;
  change(header);
  return makeTensors(
    header,
    Array.from({ length: 11 }, (_, i) => i / 8),
  );
}

type Entry = { dtype: string; shape: number[]; data_offsets: number[] };
const entry = (header: Record<string, unknown>, name: string) => header[name] as Entry;

const faults: [string, Buffer, RegExp][] = [
  ['an empty file', Buffer.alloc(0), /^byte 0: the file is truncated: expected 8 bytes of header length, got 0$/],
  [
    'a header length that lies',
    Buffer.concat([Buffer.alloc(8, 255), sound.subarray(8)]),
    /^byte 0: the file is truncated, or is not safetensors: expected a header of 18446744073709551615 bytes, got \d+$/,
  ],
  [
    'a header length of 0',
    Buffer.concat([Buffer.alloc(8), sound.subarray(8)]),
    /^byte 8: expected "\{" at the start of the header, got the end of the header$/,
  ],
  [
    'text',
    Buffer.from('{"weights": [1, 2, 3]}'),
    /^byte 0: expected a file of weights \(safetensors or npz\), got JSON\. Save the weights in Python: np\.savez\(.*\)$/,
  ],
  [
    'wrong dtype',
    changed((h) => (entry(h, 'dense/bias').dtype = 'F16')),
    /^byte \d+: dense\/bias: expected dtype F32, got "F16"$/,
  ],
  [
    'wrong shape',
    changed((h) => (entry(h, 'dense/kernel').shape = [1, 2])),
    /^byte \d+: dense\/kernel: expected shape \(2, 2\), got \(1, 2\)$/,
  ],
  [
    'wrong rank',
    changed((h) => (entry(h, 'simple_rnn/bias').shape = [2, 1])),
    /^byte \d+: simple_rnn\/bias: expected a shape of 1 number, got 2$/,
  ],
  [
    'too many units',
    changed((h) => (entry(h, 'simple_rnn/kernel').shape = [1, 513])),
    /^byte \d+: simple_rnn\/kernel: expected 1 to 512 units, got 513$/,
  ],
  [
    'an unknown tensor',
    changed((h) => Object.assign(h, { 'gru/bias': entry(h, 'dense/bias') })),
    new RegExp(`^byte \\d+: unknown tensor "gru/bias"; ${list}$`),
  ],
  [
    'a missing tensor',
    changed((h) => delete (h as Record<string, unknown>)['dense/bias']),
    /^byte \d+: dense\/bias: expected this tensor, got none$/,
  ],
  [
    'an overlap',
    changed((h) => (entry(h, 'dense/bias').data_offsets = [36, 40])),
    /^byte \d+: dense\/bias: overlaps the tensor before it: expected data_offsets from 40, got 36$/,
  ],
  [
    'a gap',
    changed((h) => (entry(h, 'dense/bias').data_offsets = [44, 48])),
    /^byte \d+: dense\/bias: leaves a gap after the tensor before it: expected data_offsets from 40, got 44$/,
  ],
  [
    'a trailing byte',
    Buffer.concat([sound, Buffer.from([0])]),
    /^byte \d+: expected the end of the file, got 1 trailing byte$/,
  ],
  [
    'metadata of numbers',
    changed((h) => Object.assign(h, { __metadata__: { epochs: 10 } })),
    /^byte \d+: expected a string as a value of __metadata__, got "1"$/,
  ],
  [
    'another cell',
    changed((h) => Object.assign(h, { __metadata__: { cell: 'gru' } })),
    /^byte \d+: __metadata__: expected the cell that the tensors' names say, got "gru"$/,
  ],
  [
    'a cell that there is not',
    changed((h) => Object.assign(h, { __metadata__: { cell: 'mlp' } })),
    /^byte \d+: __metadata__: unknown cell "mlp"; expected simple_rnn or gru or lstm or dense$/,
  ],
  [
    'a readout that there is not',
    changed((h) => Object.assign(h, { __metadata__: { return_sequences: 'yes' } })),
    /^byte \d+: __metadata__: unknown return_sequences "yes"; expected false or true$/,
  ],
  [
    'another loss',
    changed((h) => Object.assign(h, { __metadata__: { loss: 'mse' } })),
    /^byte \d+: __metadata__: unknown loss "mse"; expected binary_crossentropy or sparse_categorical_crossentropy or mean_squared_error$/,
  ],
  [
    'a weight that is NaN',
    makeTensors(headerOf(2, 1), [0, 0, 0, 0, 0, NaN, 0, 0, 0, 0, 0]),
    /^byte \d+: simple_rnn\/recurrent_kernel: expected finite numbers, got NaN or infinity at index 3$/,
  ],
];

for (const [name, file, message] of faults) {
  test(`a file of weights with an error: ${name}`, () => {
    for (const command of ['evaluate', 'predict', 'step', 'fit']) {
      const files = { 'd.csv': data, w: file };
      const { code, stdout, stderr, files: left } = both([command, '--data', 'd.csv', '--weights', 'w'], files);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      const start = `unrolled ${command}: w: `;
      assert.ok(stderr.startsWith(start) && stderr.endsWith('\n'), stderr);
      assert.match(stderr.slice(start.length, -1), message);
      assert.deepEqual(Object.keys(left), ['d.csv', 'w']);
    }
  });
}

test('the error for a truncated file says so, wherever it is truncated', () => {
  const cuts = [1, 7, 8, 9, headerBytes - 1, headerBytes, headerBytes + 1, sound.length - 1];
  for (const cut of cuts) {
    const { code, stderr } = native(['evaluate', '--data', 'd.csv', '--weights', 'w'], {
      'd.csv': data,
      w: sound.subarray(0, cut),
    });
    assert.equal(code, 1);
    assert.match(stderr, /truncated/);
  }
  refuses(
    1,
    ` evaluate: w: byte ${sound.length - 1}: dense/bias: the file is truncated: expected 44 bytes after the header, got 43`,
    ['evaluate', '--data', 'd.csv', '--weights', 'w'],
    { 'd.csv': data, w: sound.subarray(0, sound.length - 1) },
  );
});

test('weights so large that numbers overflow give an error instead of nan', () => {
  const numbers = [3e38, 3e38, 3e38, -3e38, 3e38, 3e38, 0, 0, 3e38, -3e38, 0];
  const files = { 'd.csv': data, w: makeTensors(headerOf(2, 1, { activation: 'relu' }), numbers) };
  const of = ['--data', 'd.csv', '--weights', 'w'];
  const why = 'the weights or the data are too large';
  refuses(1, ` evaluate: the loss is not finite; ${why}`, ['evaluate', ...of], files);
  assert.equal(
    refuses(1, ` predict: sequence 0: the probability is not a number; ${why}`, ['predict', ...of], files).stdout,
    '',
  );
  const shown = refuses(
    1,
    ` step: time step 1: the state or a logit is not finite; ${why}`,
    ['step', ...of],
    files,
  ).stdout;
  assert.equal(lines(shown).length, 1);
  const fit = refuses(
    1,
    ` fit: the loss is not finite in epoch 1, update 1, before any training; ${why}`,
    ['fit', ...of, '--save', 'out'],
    files,
  );
  assert.equal(fit.stdout, 'Epoch 1/10\n');
});

test('the error for a prediction that overflows names its time step, and a regression predicts no probability', () => {
  const numbers = [3e38, 3e38, 3e38, -3e38, 3e38, 3e38, 0, 0, 3e38, -3e38, 0];
  const w = makeTensors(
    headerOf(2, 1, { activation: 'relu', loss: 'mean_squared_error', return_sequences: 'true' }),
    numbers,
  );
  const files = { 'd.csv': 'y1,y2,x1,x2\n0,0,0,0\n0,0,0,1\n', w };
  const why = 'the prediction is not a number; the weights or the data are too large';
  assert.equal(
    refuses(1, ` predict: sequence 1, time step 2: ${why}`, ['predict', '--data', 'd.csv', '--weights', 'w'], files)
      .stdout,
    '',
  );
});

test('a file larger than any file of weights is rejected before it is read', { timeout: 60_000 }, () => {
  const most = 2 ** 28;
  inFolder({ 'd.csv': data, big: '' }, (folder) => {
    for (const [bytes, why] of [
      [
        6 * 2 ** 30,
        `cannot read: it has ${6 * 2 ** 30} bytes; expected a safetensors or npz file of weights, which has at most ${most} bytes (256 MiB). Give the name of a file of weights`,
      ],
      [
        most + 1,
        `cannot read: it has ${most + 1} bytes; expected a safetensors or npz file of weights, which has at most ${most} bytes (256 MiB). Give the name of a file of weights`,
      ],
      [most, 'byte 8: expected "{" at the start of the header, got the end of the header'],
    ] as const) {
      truncateSync(join(folder, 'big'), bytes);
      for (const command of bytes > most ? ['evaluate', 'predict', 'step', 'trace', 'fit'] : ['evaluate']) {
        // With this memory limit, a run that reads too much fails in another way.
        const limited = 'ulimit -v 1000000; exec "$0" "$@"';
        const run = spawnSync('bash', ['-c', limited, program, command, '--data', 'd.csv', '--weights', 'big'], {
          cwd: folder,
          encoding: 'utf8',
        });
        assert.equal(run.stderr, `unrolled ${command}: big: ${why}\n`);
        assert.equal(run.status, 1);
      }
    }
  });
});
