/** Wrong arguments and wrong files must give the right error and leave everything as it was. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { loadKind, NOTEBOOK, RnnError, type Sequential, thrown, twin, type Unrolled, weightBits } from './support.ts';

type Engine = Record<keyof Unrolled, (...values: unknown[]) => unknown>;
type Any = Record<keyof Sequential, (...values: unknown[]) => unknown>;

let u: Unrolled;
let model: Sequential;
let x: Float32Array;
let y: Float32Array;
before(async () => {
  u = await loadKind('simd');
  model = u.sequential(NOTEBOOK);
  ({ x, y } = twin(u));
});

const any = () => model as unknown as Any;
const engine = () => u as unknown as Engine;

/** Checks that a call throws this error and leaves the model unchanged. */
function refuses(
  title: string,
  cases: [run: () => unknown, kind: new (...values: never[]) => Error, message: string | RegExp][],
): void {
  test(title, async () => {
    const before = weightBits(model);
    const counters = model.counters;
    for (const [run, kind, message] of cases) {
      const error = await thrown(run);
      assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
    }
    assert.equal(weightBits(model), before);
    assert.deepEqual(model.counters, counters);
    assert.equal(model.predict(x).length, 100);
  });
}

describe('wrong arguments', () => {
  refuses('sequential', [
    [
      () => engine().sequential(),
      TypeError,
      'sequential: options is undefined: expected an object with units, timesteps, features, cell, activation, layers, returnSequences, loss, classes, kernelInitializer, recurrentInitializer, recurrentGain, l2, seed',
    ],
    [
      () => engine().sequential({ timesteps: 10 }),
      TypeError,
      'sequential: units is undefined: expected a whole number from 1 to 512',
    ],
    [
      () => engine().sequential({ units: 513, timesteps: 10 }),
      RangeError,
      'sequential: units is 513: expected a whole number from 1 to 512',
    ],
    [
      () => engine().sequential({ units: '8', timesteps: 10 }),
      TypeError,
      'sequential: units is "8": expected a whole number from 1 to 512',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 1.5 }),
      RangeError,
      'sequential: timesteps is 1.5: expected a whole number from 1 to 1,000',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, features: 0 }),
      RangeError,
      'sequential: features is 0: expected a whole number from 1 to 64',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, seed: 2 ** 32 }),
      RangeError,
      'sequential: seed is 4294967296: expected a whole number from 0 to 4,294,967,295',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, activation: 'gelu' }),
      RangeError,
      'sequential: activation is "gelu": expected "tanh" or "relu"',
    ],
    [
      () => engine().sequential({ units: 8, time_steps: 10 }),
      TypeError,
      'sequential: unknown option "time_steps": expected units, timesteps, features, cell, activation, layers, returnSequences, loss, classes, kernelInitializer, recurrentInitializer, recurrentGain, l2, seed',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, cell: 'rnn' }),
      RangeError,
      'sequential: cell is "rnn": expected "simple_rnn" or "gru" or "lstm" or "dense"',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, cell: 'gru', activation: 'relu' }),
      RangeError,
      'sequential: activation is "relu": expected "tanh" with the cell "gru"',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, layers: 4 }),
      RangeError,
      'sequential: layers is 4: expected a whole number from 1 to 3',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, classes: 3 }),
      TypeError,
      'sequential: classes is 3: expected none with binary_crossentropy',
    ],
    [
      () => engine().sequential({ units: 8, timesteps: 10, loss: 'sparseCategoricalCrossentropy' }),
      TypeError,
      'sequential: classes is undefined: expected a whole number from 2 to 64',
    ],
  ]);

  refuses('compile and setLearningRate', [
    [
      () => any().compile({ learningRate: -1 }),
      RangeError,
      'compile: learningRate is -1: expected a number from 0 to 3.4028235e+38',
    ],
    [
      () => any().compile({ learningRate: Number.NaN }),
      RangeError,
      'compile: learningRate is NaN: expected a number from 0 to 3.4028235e+38',
    ],
    [
      () => any().compile({ optimizer: 'lion' }),
      RangeError,
      'compile: optimizer is "lion": expected "adam" or "sgd" or "rmsprop"',
    ],
    [
      () => any().compile({ loss: 'meanSquaredError' }),
      RangeError,
      'compile: loss is "meanSquaredError": expected "binary_crossentropy"',
    ],
    [
      () => any().compile({ optimizer: 'sgd', momentum: 1 }),
      RangeError,
      'compile: momentum is 1: expected a number from 0 to below 1',
    ],
    [
      () => any().compile({ clipvalue: 1, globalClipnorm: 1 }),
      RangeError,
      'compile: globalClipnorm and clipvalue exclude each other',
    ],
    [() => any().compile({ beta1: 1 }), RangeError, 'compile: beta1 is 1: expected a number from 0 to below 1'],
    [
      () => any().setLearningRate(Number.POSITIVE_INFINITY),
      RangeError,
      'setLearningRate: rate is Infinity: expected a number from 0 to 3.4028235e+38',
    ],
  ]);

  refuses('x', [
    [
      () => any().fit(undefined, y),
      TypeError,
      'fit: x is undefined: expected sequences: nested arrays [n][10], or a flat array of n × 10 numbers',
    ],
    [
      () => any().fit('x', y),
      TypeError,
      'fit: x is "x": expected sequences: nested arrays [n][10], or a flat array of n × 10 numbers',
    ],
    [
      () => any().fit([], y),
      RangeError,
      'fit: x is empty: expected sequences: nested arrays [n][10], or a flat array of n × 10 numbers',
    ],
    [
      () => any().fit(x.subarray(1), y),
      RangeError,
      'fit: x has 999 numbers: expected a multiple of 10 (10 timesteps × 1 feature)',
    ],
    [
      () => any().evaluate([Array(10).fill(0), Array(9).fill(0)], [0, 1]),
      RangeError,
      'evaluate: x[1] has 9 entries: expected 10 timesteps',
    ],
    [() => any().predict([Array(10).fill([0, 1])]), RangeError, 'predict: x[0][0] has 2 entries: expected 1 feature'],
    [() => any().predict([Array(10).fill(0), 5]), TypeError, 'predict: x[1] is 5: expected an array of 10 timesteps'],
    [
      () => any().predict([[...Array(9).fill(0), Number.NaN]]),
      RangeError,
      'predict: x[0][9] is NaN: expected a finite number (32 bits)',
    ],
    [
      () => any().predict([...x.subarray(0, 9), Number.NEGATIVE_INFINITY]),
      RangeError,
      'predict: x[9] is -Infinity: expected a finite number (32 bits)',
    ],
    [
      () => any().predict([...x.subarray(0, 9), 1e300]),
      RangeError,
      'predict: x[9] is 1e+300: expected a finite number (32 bits)',
    ],
    [() => any().predict([...x.subarray(0, 9), '1']), TypeError, 'predict: x[9] is "1": expected a number'],
    [() => any().predict(new BigInt64Array(10)), TypeError, 'predict: x[0] is 0n: expected a number'],
    [
      () => any().gradient(new Float32Array(10_250), new Float32Array(1025)),
      RangeError,
      'gradient: the number of sequences is 1025: expected a whole number from 1 to 1,024',
    ],
  ]);

  refuses('y', [
    [() => any().fit(x), TypeError, 'fit: y is undefined: expected an array of labels, each 0 or 1'],
    [() => any().fit(x, y.subarray(1)), RangeError, 'fit: y has 99 labels: expected 100, one for each sequence of x'],
    [() => any().evaluate(x.subarray(0, 20), [1, 2]), RangeError, 'evaluate: y[1] is 2: expected 0 or 1'],
    [() => any().evaluate(x.subarray(0, 20), [1, true]), TypeError, 'evaluate: y[1] is true: expected 0 or 1'],
    [
      () => any().fit(x, y, { validationData: [x, y.subarray(2)] }),
      RangeError,
      'fit: validationData y has 98 labels: expected 100, one for each sequence of x',
    ],
    [
      () => any().fit(x, y, { validationData: x }),
      TypeError,
      'fit: validationData is a Float32Array: expected [x, y] or {x, y}',
    ],
  ]);

  refuses('options of fit', [
    [() => any().fit(x, y, { epochs: 0 }), RangeError, 'fit: epochs is 0: expected a whole number from 1 to 100,000'],
    [
      () => any().fit(x, y, { batchSize: 1025 }),
      RangeError,
      'fit: batchSize is 1025: expected a whole number from 1 to 1,024',
    ],
    [
      () => any().fit(x, y, { batch_size: 32 }),
      TypeError,
      'fit: unknown option "batch_size": expected epochs, batchSize, shuffle, validationSplit, validationData, validationFreq, lengths, learningRates, earlyStopping, onEpochEnd',
    ],
    [() => any().fit(x, y, { shuffle: 1 }), TypeError, 'fit: shuffle is 1: expected true or false'],
    [
      () => any().fit(x, y, { validationFreq: 0 }),
      RangeError,
      'fit: validationFreq is 0: expected a whole number from 1 to 100,000',
    ],
    [
      () => any().fit(x, y, { validationSplit: 1 }),
      RangeError,
      'fit: validationSplit is 1: expected a number from 0 to below 1',
    ],
    [() => any().fit(x, y, { onEpochEnd: true }), TypeError, 'fit: onEpochEnd is true: expected a function'],
    [
      () => any().fit(x, y, { validationSplit: 0.999 }),
      RnnError,
      'fit: no samples, or a validation split that leaves one part empty',
    ],
    [
      () => model.training(x, y).advance(-1),
      RangeError,
      'advance: updates is -1: expected a whole number of at least 0',
    ],
  ]);

  refuses('one sequence', [
    [() => any().step([1, 2]), RangeError, 'step: x has 2 numbers: expected 1, the features of one timestep'],
    [() => any().step(Number.NaN), RangeError, 'step: x[0] is NaN: expected a finite number (32 bits)'],
    [
      () => any().trace(new Float32Array(1001)),
      RangeError,
      'trace: the number of timesteps is 1001: expected a whole number from 1 to 1,000',
    ],
    [() => any().trace([0.5], 2), RangeError, 'trace: y[0] is 2: expected 0 or 1'],
    [
      () => any().trace([0.5], 1, { resetBefore: 2 }),
      RangeError,
      'trace: resetBefore is 2: expected a whole number from 0 to 1',
    ],
    [
      () => any().contribution(model.trace([0.5, 0.5], 1), 1, 1),
      RangeError,
      'contribution: layer is 1: expected a whole number from 0 to 0',
    ],
    [() => any().contribution({}, 1), TypeError, 'contribution: trace is an Object: expected what trace() gives'],
    [
      () => any().contribution(model.trace([0.5, 0.5]), 1),
      RangeError,
      'contribution: trace has no targets, and so no gradients: expected one made with them',
    ],
    [
      () =>
        any().contribution({ ...model.trace([0.5], 1), layers: [{ ...model.trace([0.5], 1).layers[0], dZ: [0] }] }, 1),
      TypeError,
      'contribution: trace is an Object: expected what trace() gives',
    ],
    [
      () => any().contribution(model.trace([0.5, 0.5], 1), 3),
      RangeError,
      'contribution: t is 3: expected a whole number from 1 to 2',
    ],
    [
      () => u.sequential({ units: 4, timesteps: 2 }).contribution(model.trace([0.5, 0.5], 1), 1),
      RangeError,
      'contribution: trace is of 32 units and 1 features: expected a complete trace of 4 units and 1 features, as this model has',
    ],
    [
      () => any().terms(model.trace([0.5, 0.5]), 3, 0),
      RangeError,
      'terms: t is 3: expected a whole number from 1 to 2',
    ],
    [
      () => any().terms(model.trace([0.5]), 1, 32),
      RangeError,
      'terms: unit is 32: expected a whole number from 0 to 31',
    ],
    [
      () => any().terms(model.trace([0.5]), 1, 0, { gate: 1 }),
      RangeError,
      'terms: gate is 1: expected a whole number from 0 to 0',
    ],
    [
      () => any().terms(model.trace([0.5]), 1, 0, { layer: 1 }),
      RangeError,
      'terms: layer is 1: expected a whole number from 0 to 0',
    ],
    [
      () => any().terms(model.trace([0.5]), 1, 0, { gates: 1 }),
      TypeError,
      'terms: unknown option "gates": expected layer, gate',
    ],
    [() => any().terms({}, 1, 0), TypeError, 'terms: trace is an Object: expected what trace() gives'],
    [
      () => u.sequential({ units: 32, timesteps: 2, seed: 7 }).terms(model.trace([0.5, 0.5]), 2, 0),
      RangeError,
      'terms: the terms do not add up to the trace: expected one made with the weights that the model has now',
    ],
    [() => any().activate([0.5], 1), RangeError, 'activate: gate is 1: expected a whole number from 0 to 0'],
    [() => any().activate([Number.NaN]), RangeError, 'activate: z[0] is NaN: expected a finite number (32 bits)'],
  ]);

  refuses('weights and snapshots', [
    [
      () => any().setWeights(model.getWeights().slice(1)),
      RangeError,
      'setWeights: weights has 4 arrays: expected 5, one per tensor',
    ],
    [() => any().setWeights(new Float32Array(1120)), RangeError, 'setWeights: weights has 1120 numbers: expected 1121'],
    [
      () => any().setWeights(model.getWeights().toSpliced(1, 1, new Float32Array(5))),
      RangeError,
      'setWeights: weights[1] has 5 numbers: expected 1024, simple_rnn/recurrent_kernel (32, 32)',
    ],
    [
      () => any().setWeights(new Float32Array(1121).fill(Number.NaN)),
      RangeError,
      'setWeights: weights[0] is NaN: expected a finite number (32 bits)',
    ],
    [() => any().restore('x'), TypeError, 'restore: snapshot is "x": expected a Uint8Array'],
    [
      () => any().restore(new Uint8Array(7)),
      RangeError,
      /^restore: snapshot has 7 bytes: expected \d+, as this model's snapshot\(\) gives$/,
    ],
    [
      () => any().restore(new Uint8Array(model.snapshot().length)),
      RnnError,
      'restore: the bytes are not a snapshot of a model, or the snapshot is damaged',
    ],
    [
      () => any().restore(u.sequential({ ...NOTEBOOK, seed: 1 }).snapshot()),
      RnnError,
      /^restore: made for another configuration or shape: restore the snapshot in a model/,
    ],
    [
      async () => any().loadWeights(await u.sequential({ units: 8, timesteps: 10, activation: 'relu' }).saveWeights()),
      RnnError,
      'loadWeights: the file has units 8, activation relu: expected units 32, activation tanh',
    ],
    [() => any().loadWeights([]), TypeError, 'loadWeights: file is an array of 0: expected a Uint8Array'],
  ]);

  refuses('tasks, texts and baselines', [
    [
      () => engine().task('second', { samples: 1, timesteps: 1 }),
      RangeError,
      /^task: name is "second": expected "random" or "first" or .* or "agreement_traps"$/,
    ],
    [
      () => engine().task('rising', { samples: 1, timesteps: 1 }),
      RangeError,
      'task: timesteps is 1: expected at least 2 for rising',
    ],
    [
      () => engine().task('first', { samples: 0, timesteps: 1 }),
      RangeError,
      'task: samples is 0: expected a whole number from 1 to 10,000,000',
    ],
    [
      () => engine().task('first', { samples: 2, timesteps: 1, firstSample: 2 ** 32 - 1 }),
      RangeError,
      'task: firstSample is 4294967295: expected at most 4,294,967,294 with so many samples',
    ],
    [
      () => engine().majorityShare({ length: 3e9 }),
      RangeError,
      'majorityShare: y has 3,000,000,000 entries: expected at most 268,435,456',
    ],
    [
      () => engine().readCsv('y,x1\n1,2\n', { classes: 3 }),
      TypeError,
      'readCsv: classes is 3: expected none with binary_crossentropy',
    ],
    [
      () => engine().readCsv('y,x1\n1,2\n', { loss: 'sparseCategoricalCrossentropy', classes: 65 }),
      RangeError,
      'readCsv: classes is 65: expected a whole number from 2 to 64',
    ],
    [() => engine().readCsv(3), TypeError, 'readCsv: text is 3: expected a string or a Uint8Array'],
    [
      () => engine().writeCsv({ x: [1, 2], y: [1], timesteps: 1 }),
      RangeError,
      'writeCsv: y has 1 numbers: expected 2, one for each sequence of x',
    ],
    [() => engine().chanceBand(0), RangeError, 'chanceBand: n is 0: expected a whole number from 1 to 10,000,000'],
    [
      () => engine().majorityShare([]),
      RangeError,
      'majorityShare: y is empty: expected an array of labels, each 0 or 1',
    ],
    [() => engine().quantile([1, 2], 1.5), RangeError, 'quantile: q is 1.5: expected a number from 0 to 1'],
    [
      () => engine().columnRanges([1, 2, 3], 2),
      RangeError,
      'columnRanges: the number of values is 3: expected a multiple of 2 (columns)',
    ],
    [() => engine().quantile([], 0.5), RangeError, 'quantile: values is empty: expected an array of numbers'],
  ]);
});

test('a configuration that needs more than 1 GiB is rejected with its size, and the model can still be used', async () => {
  const large = u.sequential({ units: 512, timesteps: 1000 });
  const before = u.memoryBytes;
  const error = await thrown(() => large.gradient(new Float32Array(1_024_000), new Float32Array(1024)));
  assert.ok(error instanceof RnnError && error.code === 'RNN_ERROR_TOO_LARGE' && error.operation === 'gradient');
  assert.match(
    error.message,
    /^gradient: batches of 1,024 sequences of 1,000 timesteps with 512 units need [\d,]{13} bytes: .* 1,073,741,824 bytes$/,
  );
  assert.ok(u.memoryBytes - before < 2 ** 26);
  assert.equal(large.predict(new Float32Array(1000)).length, 1);
  large.dispose();
});

test('files and texts are rejected with the position of the error', async () => {
  const text = 'y,x1,x2\n1,0.5,0.25\n0,0.5,oops\n';
  const error = await thrown(() => u.readCsv(text));
  assert.ok(error instanceof RnnError);
  assert.equal(error.code, 'RNN_ERROR_CSV');
  assert.equal(error.operation, 'readCsv');
  assert.deepEqual([error.diagnosis?.line, error.diagnosis?.column], [3, 3]);
  assert.match(error.message, /^readCsv: line 3, column 3: .*"oops"/);
  for (const bad of ['', 'y,x1\n', '1,2\n', 'y,x1\n2,0\n', 'y,x1\n1,nan\n', 'y,x1\n1\n'])
    assert.equal((await thrown(() => u.readCsv(bad))).code, 'RNN_ERROR_CSV', bad);
  const file = await model.saveWeights();
  for (const length of [0, 7, 8, 100, file.length - 1])
    assert.equal(
      (await thrown(() => model.loadWeights(file.subarray(0, length)))).code,
      'RNN_ERROR_WEIGHTS',
      String(length),
    );
});

test('a text of another program is read, also as bytes of UTF-16, as they were, and it is said how', async () => {
  const text = 'x1;x2;label\r\n0,5;2;-1\r\n1.234,5;4;1\r\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const numbers = { samples: 2, timesteps: 2, features: 1, x: Float32Array.of(0.5, 2, 1234.5, 4) };
  const notes = [
    'The columns are separated by semicolons.',
    'The decimal mark is a comma.',
    'Marks between thousands were left out of the numbers.',
    'The target y comes after x.',
    'The column "label" is the target y.',
  ];
  const wide = u.readCsv(utf16, { loss: 'mean_squared_error' });
  utf16.fill(0);
  assert.deepEqual(await wide, { ...numbers, y: Float32Array.of(-1, 1), notes: ['The text is in UTF-16.', ...notes] });
  const data = await u.readCsv(text);
  const labels = [...notes, 'The labels -1 and 1 were read as 0 and 1.'];
  assert.deepEqual(data, { ...numbers, y: Float32Array.of(0, 1), notes: labels });
  assert.equal(await u.writeCsv(data), 'y,x1,x2\n0,0.5,2\n1,1234.5,4\n');
});

test('what is unusual in the numbers of a data set is said after how its text was read', async () => {
  const { notes } = await u.readCsv(`y;x1\n${'1;-999\n1;20\n'.repeat(5)}`);
  assert.deepEqual(notes, [
    'The columns are separated by semicolons.',
    'All labels are 1, so there is nothing to learn.',
    '5 numbers are -999, the first in sequence 1, column x1. If this stands for a missing value, fill it in or delete the sequence.',
  ]);
});

test('CSV survives a round trip bit by bit, with any number of features', async () => {
  for (const features of [1, 3]) {
    const xs = Float32Array.of(0, -0, 1e-45, 3.4028235e38, 0.1, 1 / 3, -1.5, 16777217, 1e-7, 2, 3, 4);
    const timesteps = 4 / (features === 1 ? 1 : 2);
    const samples = 12 / (timesteps * features);
    const ys = Float32Array.from({ length: samples }, (_, i) => i % 2);
    const text = await u.writeCsv({ x: xs, y: ys, timesteps, features });
    const back = await u.readCsv(text);
    assert.deepEqual(new Uint8Array(back.x.buffer), new Uint8Array(xs.buffer));
    assert.deepEqual(back, { x: xs, y: ys, samples, timesteps, features, notes: [] });
    assert.equal(await u.writeCsv(back), text);
  }
});

test('baselines', () => {
  assert.deepEqual(u.chanceBand(1000), { low: 0.469, high: 0.531 });
  assert.equal(u.majorityShare([1, 0, 0, 0]), 0.75);
  assert.deepEqual(u.targets([1, 0, 0, 0]), { loss: 'binary_crossentropy', guess: 0.75 });
  assert.deepEqual(u.targets([2, 0, 2, 1]), { loss: 'sparse_categorical_crossentropy', classes: 3, guess: 0.5 });
  assert.deepEqual(u.targets([1, 3], 'mean_squared_error'), { loss: 'mean_squared_error', guess: 1 });
  assert.throws(() => u.targets([0.5], 'binary_crossentropy'), RangeError);
  assert.deepEqual(u.answers([0.1, 0.7, 0.2, 0.4, 0.4, 0.2], [1, 1], 3), {
    classes: Uint32Array.of(1, 0),
    right: Uint32Array.of(1, 0),
  });
  assert.deepEqual(u.answers(Float32Array.of(0.5, 0.6, Number.NaN), [0, 1, 1]), {
    classes: Uint32Array.of(0, 1, 0),
    right: Uint32Array.of(1, 1, 0),
  });
  const named = u.hash({ x: [0, 1, 2, 3], y: [0, 1], timesteps: 2 });
  assert.match(named, /^[0-9a-f]{16}$/);
  assert.notEqual(u.hash({ x: [0, 1, 2, 3], y: [0, 0], timesteps: 2 }), named);
  assert.equal(u.quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.deepEqual(u.columnRanges([285, -1, 281.5, 4], 2), [
    [281.5, 285],
    [-1, 4],
  ]);
  assert.deepEqual(u.columnRanges([3, -2]), [[-2, 3]]);
  const values = Float64Array.of(3, 1, 2);
  assert.equal(u.quantile(values, 1), 3);
  assert.deepEqual(values, Float64Array.of(3, 1, 2), 'the caller keeps the order');
});

test('every task is described in sentences, and one with a rule for some sequences alone says for which', async () => {
  const texts = await u.taskTexts();
  assert.deepEqual(
    Object.keys(texts),
    u.tasks.map(({ name }) => name),
  );
  for (const [name, text] of Object.entries(texts))
    for (const sentence of Object.values(text)) assert.match(sentence, /^[A-Zy].*\.$/, name);
  const ruleless = Object.keys(texts).filter((name) => texts[name]?.scope);
  const known = ['random', 'order', 'sine', 'adding'];
  assert.deepEqual(ruleless, [...known, 'pair', 'early_pair', 'rhymes', 'agreement', 'agreement_traps']);
});

test('the module describes itself with the names of types.ts', () => {
  assert.deepEqual(u.activations, ['tanh', 'relu']);
  assert.deepEqual(u.cells, ['simple_rnn', 'gru', 'lstm', 'dense']);
  assert.deepEqual(u.optimizers, ['adam', 'sgd', 'rmsprop']);
  assert.deepEqual(u.initializers, ['glorot_uniform', 'orthogonal', 'identity', 'zeros']);
  assert.deepEqual(u.losses, ['binary_crossentropy', 'sparse_categorical_crossentropy', 'mean_squared_error']);
  const tasks = ['random', 'first', 'last', 'majority', 'rising', 'parity', 'order', 'sine', 'adding', 'echo'];
  tasks.push('pair', 'early_pair', 'rhymes', 'agreement', 'agreement_traps');
  assert.deepEqual(
    u.tasks.map((task) => task.name),
    tasks,
  );
  assert.deepEqual(Object.keys(u.tasks[6] ?? {}), ['name', 'chance', 'leastTimesteps', 'features', 'loss', 'classes']);
  assert.deepEqual(
    u.tasks.filter(({ tokens }) => tokens).map(({ name, tokens, features }) => [name, tokens?.length === features]),
    ['rhymes', 'agreement', 'agreement_traps'].map((name) => [name, true]),
  );
  const ranges = [
    'units',
    'timesteps',
    'features',
    'batchSize',
    'epochs',
    'samples',
    'learningRate',
    'validationSplit',
    'seed',
  ];
  ranges.push(
    'layers',
    'classes',
    'recurrentGain',
    'l2',
    'momentum',
    'rho',
    'globalClipnorm',
    'clipvalue',
    'beta1',
    'beta2',
    'epsilon',
    'temperature',
  );
  assert.deepEqual(Object.keys(u.ranges), ranges);
  const trace = model.trace([0.5], 1);
  assert.deepEqual(Object.keys(trace), [
    'timesteps',
    'outputs',
    'readouts',
    'loss',
    'y',
    'logit',
    'prediction',
    'layers',
    'cut',
  ]);
  const arrays = ['x', 'z', 'a', 'q', 'h', 'c', 'dH', 'dC', 'dZ', 'dQ', 'dHNorm'];
  assert.deepEqual(Object.keys(trace.layers[0] ?? {}), ['features', 'units', 'gates', ...arrays]);
  const progress = model.training(x, y).advance(0);
  const figures = [
    'epoch',
    'batch',
    'batches',
    'updates',
    'loss',
    'metric',
    'batchLoss',
    'batchMetric',
    'accuracy',
    'batchAccuracy',
    'done',
  ];
  assert.deepEqual(Object.keys(progress), figures);
  assert.match(model.summary(), /simple_rnn \(SimpleRNN\).*1,088[\s\S]*Total params: 1,121/);
});

test('after dispose every use gives a clear error, and disposing again does nothing', async () => {
  const gone = u.sequential(NOTEBOOK);
  const training = gone.training(x, y);
  training.advance(1);
  const trace = gone.trace([0.5], 1);
  const [snapshot, weights, file] = [gone.snapshot(), gone.getWeights(), await gone.saveWeights()];
  gone.dispose();
  gone.dispose();
  const uses: Record<string, () => unknown> = {
    compile: () => gone.compile(),
    setLearningRate: () => gone.setLearningRate(1),
    fit: () => gone.fit(x, y),
    training: () => gone.training(x, y),
    evaluate: () => gone.evaluate(x, y),
    predict: () => gone.predict(x),
    gradient: () => gone.gradient(x, y),
    step: () => gone.step(0.5),
    resetStates: () => gone.resetStates(),
    trace: () => gone.trace([0.5]),
    contribution: () => gone.contribution(trace, 1),
    terms: () => gone.terms(trace, 1, 0),
    activate: () => gone.activate([0.5]),
    summary: () => gone.summary(),
    getWeights: () => gone.getWeights(),
    setWeights: () => gone.setWeights(weights),
    saveWeights: () => gone.saveWeights(),
    saveNpz: () => gone.saveNpz(),
    weightsConfig: () => gone.weightsConfig(file),
    loadWeights: () => gone.loadWeights(file),
    continueIn: () => gone.continueIn('keras'),
    snapshot: () => gone.snapshot(),
    restore: () => gone.restore(snapshot),
    counters: () => gone.counters,
    learningRate: () => gone.learningRate,
    advance: () => training.advance(),
  };
  for (const [operation, use] of Object.entries(uses)) {
    const error = await thrown(use);
    assert.ok(error instanceof RnnError, `${operation}: ${error}`);
    assert.deepEqual([error.code, error.message], ['DISPOSED', `${operation}: this model was disposed`]);
  }
  training.dispose();
  assert.deepEqual(training.history, { loss: [], accuracy: [] });
});

test('disposing a model during a fit rejects the fit', async () => {
  const gone = u.sequential(NOTEBOOK);
  const error = await thrown(() => gone.fit(x, y, { onEpochEnd: async () => gone.dispose() }));
  assert.deepEqual([error.name, error.code, error.operation], ['RnnError', 'DISPOSED', 'fit']);
});
