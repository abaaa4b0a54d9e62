/** Callers may change what they passed or got, and arguments may run code or change while they are read. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  loadKind,
  NOTEBOOK,
  RnnError,
  type Sequential,
  type SequentialConfig,
  thrown,
  twin,
  type Unrolled,
} from './support.ts';

// biome-ignore lint/suspicious/noExplicitAny: these tests call the interface as JavaScript does, against its types.
type Loose = any;

let u: Unrolled;
let engine: Loose;
let x: Float32Array;
let y: Float32Array;
before(async () => {
  u = await loadKind('simd');
  engine = u;
  ({ x, y } = twin(u));
});

const fresh = (more: Partial<SequentialConfig> = {}): Loose => u.sequential({ ...NOTEBOOK, ...more });

async function says(
  run: () => unknown,
  kind: new (...values: never[]) => Error,
  message: string | RegExp,
): Promise<void> {
  const error = await thrown(run);
  assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
}

/** An array that runs code when its element 0 is read. */
function reading<T>(values: T[], run: (array: T[]) => void): T[] {
  const [first] = values;
  Object.defineProperty(values, 0, {
    get: () => {
      run(values);
      return first;
    },
  });
  return values;
}

/** Transfers the buffer, as sending it to a worker does, and returns the detached array. */
function detached<T extends { buffer: ArrayBufferLike }>(array: T): T {
  structuredClone(array.buffer, { transfer: [array.buffer as ArrayBuffer] });
  return array;
}

function deeplyFrozen(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  assert.ok(Object.isFrozen(value), `${path} can be changed`);
  for (const [name, each] of Object.entries(value)) deeplyFrozen(each, `${path}.${name}`);
}

describe('objects that callers get', () => {
  test('the lists of the module and everything in them are frozen', () => {
    deeplyFrozen(u, 'unrolled');
    assert.throws(() => engine.cells.sort(), TypeError);
    assert.throws(() => delete engine.ranges.units, TypeError);
    assert.throws(() => {
      engine.ranges.seed.maximum = 5;
    }, TypeError);
    assert.equal(fresh({ cell: 'gru' }).cell, 'gru');
  });

  test('the tensors of a model are frozen', () => {
    const model = fresh();
    deeplyFrozen(model.tensors, 'tensors');
    assert.throws(() => model.tensors.reverse(), TypeError);
    assert.equal(model.getWeights()[0].length, 32);
  });

  test('the fields of a model cannot be written, deleted or redefined', () => {
    const model = fresh();
    const before = model.predict(x);
    const names = [
      'units',
      'timesteps',
      'features',
      'cell',
      'activation',
      'layers',
      'returnSequences',
      'loss',
      'metric',
      'outputs',
      'seed',
      'tensors',
      'parameterCount',
    ];
    for (const name of [...names, 'learningRate', 'counters'])
      assert.throws(
        () => {
          model[name] = 3;
        },
        TypeError,
        name,
      );
    for (const name of names) {
      assert.ok(Object.hasOwn(model, name), name);
      assert.throws(() => delete model[name], TypeError, name);
      assert.throws(() => Object.defineProperty(model, name, { value: 3 }), TypeError, name);
    }
    assert.deepEqual(model.predict(x), before);
  });

  test('stopTraining can be set, to true or false', async () => {
    const model = fresh();
    model.stopTraining = true;
    assert.equal(model.stopTraining, true);
    await says(
      () => {
        model.stopTraining = 'no';
      },
      TypeError,
      'stopTraining: the value is "no": expected true or false',
    );
    assert.equal((await model.fit(x, y, { epochs: 2 })).loss.length, 2);
  });

  test('callers cannot prevent a training from ending when another begins', () => {
    const model = fresh();
    const training = model.training(x, y);
    assert.throws(() => {
      training.dispose = () => undefined;
    }, TypeError);
    model.training(x, y);
    assert.throws(() => training.advance(), { code: 'ENDED' });
  });

  test('a trace is frozen, and a copy of it is checked before it is used', async () => {
    const model = fresh();
    const trace = model.trace([0.5, 0.25], 1);
    deeplyFrozen(trace, 'trace');
    const without = { ...model.trace([0.5, 0.25]) };
    delete without.loss;
    await says(
      () => model.contribution(without, 1),
      RangeError,
      'contribution: trace has no targets, and so no gradients: expected one made with them',
    );
    const cuts: [unknown, new () => Error, string][] = [
      [{}, TypeError, 'trace.cut.withoutRecurrence is undefined: expected true or false'],
      [null, TypeError, 'trace is an Object: expected what trace() gives'],
      [
        { withoutRecurrence: 'no', resetBefore: 0 },
        TypeError,
        'trace.cut.withoutRecurrence is "no": expected true or false',
      ],
      [
        { withoutRecurrence: false, resetBefore: 3 },
        RangeError,
        'trace.cut.resetBefore is 3: expected a whole number from 0 to 2',
      ],
      [
        { withoutRecurrence: false },
        TypeError,
        'trace.cut.resetBefore is undefined: expected a whole number from 0 to 2',
      ],
    ];
    for (const [cut, kind, message] of cuts) {
      await says(() => model.contribution({ ...trace, cut }, 1), kind, `contribution: ${message}`);
      await says(() => model.terms({ ...trace, cut }, 1, 0), kind, `terms: ${message}`);
    }
    await says(
      () => model.contribution({ ...trace, y: [1] }, 1),
      TypeError,
      'contribution: trace is an Object: expected what trace() gives',
    );
    await says(
      () => model.contribution({ ...trace, timesteps: '2' }, 1),
      TypeError,
      'contribution: trace.timesteps is "2": expected a whole number from 1 to 1,000',
    );
    await says(
      () => model.terms(revoked(), 1, 0),
      TypeError,
      'terms: trace is a revoked proxy: expected what trace() gives',
    );
    assert.deepEqual(model.contribution(structuredClone(trace), 2), model.contribution(trace, 2));
  });

  test('quantiles of many seeds do not depend on what a caller does to the histories', async () => {
    const seeds: Loose = await u.seeds(NOTEBOOK, x, y, { runs: 3, epochs: 2 });
    const before = seeds.quantile('loss', 0.5);
    for (const history of seeds.histories) history.loss.fill('x');
    seeds.histories.length = 0;
    assert.deepEqual(seeds.quantile('loss', 0.5), before);
  });
});

function revoked(): Loose {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('arguments that run code while they are read', () => {
  test('a fit that begins while x or y is read keeps its model busy', async () => {
    for (const begin of ['training', 'fit'] as const)
      for (const which of ['x', 'y', 'epochs'] as const) {
        const model = fresh();
        let waiting: Promise<{ loss: number[] }> | undefined;
        const start = () => {
          waiting ??= model.fit(x, y, { epochs: 3, onEpochEnd: async () => undefined });
        };
        const given =
          which === 'x'
            ? [reading([...x], start), y]
            : which === 'y'
              ? [x, reading([...y], start)]
              : [
                  x,
                  y,
                  {
                    get epochs() {
                      start();
                      return 2;
                    },
                  },
                ];
        const error = await thrown(() => model[begin](...given));
        assert.deepEqual([error.code, error.operation], ['BUSY', begin], which);
        assert.equal((await waiting)?.loss.length, 3);
      }
  });

  test('disposing a model while an argument is read gives an error that says so', async () => {
    const uses: ((model: Sequential, values: number[]) => unknown)[] = [
      (model, values) => model.fit(values, [1]),
      (model, values) => model.training(values, [1]),
      (model, values) => model.evaluate(values, [1]),
      (model, values) => model.predict(values),
      (model, values) => model.confusion(values, [1]),
      (model, values) => model.gradient(values, [1]),
      (model, values) => model.gradientCheck(values, [1], 0),
      (model, values) => model.backward(values, [1]),
      (model, values) => model.trace(values, [1]),
      (model, values) => model.activate(values),
      (model, values) => model.step(values.slice(0, 0).concat(values[0] as number)),
    ];
    for (const use of uses) {
      const model = fresh();
      const values = reading(Array(10).fill(0.5), () => model.dispose());
      assert.equal((await thrown(() => use(model, values))).code, 'DISPOSED', String(use));
    }
  });

  test('an array that becomes shorter while it is read is rejected', async () => {
    const shorter = <T>(values: T[]) => reading(values, (array) => void array.splice(1));
    await says(
      () => u.majorityShare(shorter([1, 1, 0, 0])),
      TypeError,
      'majorityShare: y[1] is undefined: expected 0 or 1',
    );
    await says(
      () => u.quantile(shorter([1, 1, 0, 0]), 0.5),
      TypeError,
      'quantile: values[1] is undefined: expected a number',
    );
    await says(
      () => u.columnRanges(shorter([1, 1, 0, 0])),
      TypeError,
      'columnRanges: values[1] is undefined: expected a number',
    );
    await says(
      () => u.targets(shorter([1, 1, 0, 0])),
      TypeError,
      'targets: y[1] is undefined: expected a finite number (32 bits)',
    );
    await says(
      () => fresh().predict(shorter(Array(20).fill(0.5))),
      TypeError,
      'predict: x[1] is undefined: expected a number',
    );
    await says(
      () => fresh().predict([shorter(Array(10).fill(0.5))]),
      TypeError,
      'predict: x[0][1] is undefined: expected a number',
    );
    await says(
      () => fresh().predict(shorter([Array(10).fill(0.5), Array(10).fill(0.5)])),
      TypeError,
      'predict: x[1] is undefined: expected an array of 10 timesteps',
    );
    const two = fresh({ features: 2 });
    await says(
      () => two.predict([shorter(Array(10).fill([1, 2]))]),
      TypeError,
      'predict: x[0][1] is undefined: expected an array of 2 features',
    );
    await says(
      () =>
        two.trace(
          shorter([
            [1, 2],
            [3, 4],
          ]),
        ),
      TypeError,
      'trace: x[1] is undefined: expected an array of 2 features',
    );
    await says(
      () => fresh().setWeights(shorter(Array(1121).fill(0))),
      RangeError,
      'setWeights: weights has 1 numbers: expected 1121',
    );
    const each = fresh({ timesteps: 2, returnSequences: true });
    await says(
      () => each.evaluate([[1, 2]], [shorter([0, 1])]),
      TypeError,
      'evaluate: y[0][1] is undefined: expected 0 or 1',
    );
    await says(
      () =>
        each.evaluate(
          [
            [1, 2],
            [1, 2],
          ],
          shorter([
            [0, 1],
            [0, 1],
          ]),
        ),
      TypeError,
      'evaluate: y[1] is undefined: expected an array of 2 targets',
    );
  });

  test('an element that changes with every reading is read once', () => {
    let reads = 0;
    const values = Array(3).fill(1);
    Object.defineProperty(values, 1, { get: () => (reads++ === 0 ? 2 : Number.NaN) });
    assert.equal(u.quantile(values, 1), 2);
    assert.equal(reads, 1);
  });

  test('a sparse array is rejected', async () => {
    await says(
      () => u.majorityShare(Object.assign(Array(3), { 0: 1, 2: 0 })),
      TypeError,
      'majorityShare: y[1] is undefined: expected 0 or 1',
    );
  });

  test('an array that changes between flat and nested while it is read is read completely or rejected', async () => {
    let reads = 0;
    const row: unknown[] = Array(10).fill(1);
    Object.defineProperty(row, 0, { get: () => (reads++ === 0 ? [1, 2] : 1) });
    await says(
      () => fresh({ features: 2 }).predict([row]),
      TypeError,
      'predict: x[0][0] is 1: expected an array of 2 features',
    );
  });

  test('a length is read once', async () => {
    let reads = 0;
    const values = {
      0: 1,
      1: 1,
      2: 0,
      get length() {
        return reads++ === 0 ? 3 : 1.5;
      },
    };
    assert.equal(u.majorityShare(values as Loose), 2 / 3);
  });
});

describe('options', () => {
  class Options {
    epochs = 3;
  }
  test('options are plain objects', async () => {
    const model = fresh();
    const names =
      'epochs, batchSize, shuffle, validationSplit, validationData, validationFreq, lengths, learningRates, earlyStopping, onEpochEnd';
    const wrong: [unknown, string][] = [
      [new Map([['epochs', 3]]), 'a Map'],
      [new Set(), 'a Set'],
      [new Date(), 'a Date'],
      [new Options(), 'an Options'],
      [new Float32Array(2), 'a Float32Array'],
      [[], 'an array of 0'],
      [() => undefined, 'a function'],
      [3, '3'],
      [null, 'null'],
      [revoked(), 'a revoked proxy'],
    ];
    for (const [options, described] of wrong)
      await says(
        () => model.fit(x, y, options),
        TypeError,
        `fit: options is ${described}: expected an object with ${names}`,
      );
    for (const options of [
      Object.create({ epohcs: 3 }),
      { epohcs: 3 },
      Object.create(null, { epohcs: { value: 3, enumerable: true } }),
    ])
      await says(() => model.fit(x, y, options), TypeError, `fit: unknown option "epohcs": expected ${names}`);
    assert.equal((await model.fit(x, y, Object.create({ epochs: 3 }))).loss.length, 3);
    const inherited: Loose = { runs: 1, epochs: 2, compile: Object.create({ learningRate: 0.5 }) };
    const seeds = (config: Loose, options: Loose) => u.seeds(config, x, y, options).then(({ histories }) => histories);
    assert.deepEqual(
      await seeds(Object.create(NOTEBOOK), Object.create(inherited)),
      await seeds(NOTEBOOK, { ...inherited, compile: { learningRate: 0.5 } }),
    );
    assert.equal((await model.fit(x, y, Object.assign(Object.create(null), { epochs: 2 }))).loss.length, 2);
  });

  test('extents that contradict the data are rejected', async () => {
    const data = { x: [1, 2, 3, 4], y: [0, 1], timesteps: 2 };
    for (const call of ['hash', 'writeCsv']) {
      await says(
        () => engine[call]({ ...data, samples: 999 }),
        RangeError,
        `${call}: samples is 999: expected 2, the number of sequences in x`,
      );
      await says(
        () => engine[call]({ ...data, samples: 'many' }),
        TypeError,
        `${call}: samples is "many": expected 2, the number of sequences in x`,
      );
    }
    assert.equal(engine.hash({ ...data, samples: 2 }), engine.hash(data));
  });

  test('continueIn rejects numbers that are out of range', async () => {
    const model = fresh();
    const wrong: [object, string][] = [
      [{ epochs: 0 }, 'epochs is 0: expected a whole number from 1 to 100,000'],
      [{ epochs: 1e6 }, 'epochs is 1000000: expected a whole number from 1 to 100,000'],
      [{ epochs: 1.5 }, 'epochs is 1.5: expected a whole number from 1 to 100,000'],
      [{ batchSize: 0 }, 'batchSize is 0: expected a whole number from 1 to 1,024'],
      [{ batchSize: 1025 }, 'batchSize is 1025: expected a whole number from 1 to 1,024'],
    ];
    for (const [options, message] of wrong)
      await says(() => model.continueIn('keras', options), RangeError, `continueIn: ${message}`);
  });
});

describe('messages', () => {
  /** A model with weights that are not finite. */
  async function diverged(): Promise<Loose> {
    const model = fresh({ loss: 'mean_squared_error' });
    model.compile({ learningRate: 1e30 });
    assert.equal((await model.fit(x, y, { epochs: 5, batchSize: 100 })).diverged?.what, 'weight');
    return model;
  }

  test('the error for a wrong target names its index', async () => {
    const model = fresh({ timesteps: 2, returnSequences: true });
    await says(
      () =>
        model.evaluate(
          [
            [1, 2],
            [3, 4],
          ],
          [
            [0, 1],
            [0, 7],
          ],
        ),
      RangeError,
      'evaluate: y[1][1] is 7: expected 0 or 1',
    );
    await says(
      () =>
        model.evaluate(
          [
            [1, 2],
            [3, 4],
          ],
          [0, 1, 0, 7],
        ),
      RangeError,
      'evaluate: y[3] is 7: expected 0 or 1',
    );
    await says(
      () =>
        model.evaluate(
          [
            [1, 2],
            [3, 4],
          ],
          [[0, 1]],
        ),
      RangeError,
      'evaluate: y has 2 labels: expected 4, 2 for each sequence of x',
    );
    await says(() => u.targets([1, 2, 3], 'binary_crossentropy'), RangeError, 'targets: y[1] is 2: expected 0 or 1');
    await says(
      () => u.targets([1, 0.5], 'sparse_categorical_crossentropy'),
      RangeError,
      'targets: y[1] is 0.5: expected a whole number from 0 to 63',
    );
  });

  test('a diverged model accepts targets, and the error for its weights names the tensor', async () => {
    const model = await diverged();
    const trace = model.trace(x.subarray(0, 10), 1);
    assert.ok(Number.isNaN(trace.loss));
    const { dKernel } = model.contribution(trace, 1);
    assert.ok(dKernel.some(Number.isNaN));
    const advice =
      'expected finite weights. The training diverged: restore earlier weights, or train again with a lower learning rate';
    for (const call of ['saveWeights', 'saveNpz']) {
      const error = await thrown(() => model[call]());
      assert.match(error.message, new RegExp(`^${call}: simple_rnn/kernel\\[\\d+\\] is (NaN|-?Infinity): ${advice}$`));
      assert.ok(error instanceof RnnError && error.code === 'RNN_ERROR_DATA');
    }
  });

  test('the error for a seed names the option that was given', async () => {
    await says(
      () => u.seeds({ ...NOTEBOOK, seed: 1.5 }, x, y),
      RangeError,
      'seeds: seed is 1.5: expected a whole number from 0 to 4,294,967,295',
    );
    await says(
      () => u.seeds({ ...NOTEBOOK, seed: 2 ** 32 - 2 }, x, y, { runs: 3 }),
      RangeError,
      'seeds: seed is 4294967294: expected at most 4,294,967,293, so that 3 seeds follow one another',
    );
    await says(
      () => u.seeds(NOTEBOOK, x, y, { firstSeed: 1.5 }),
      RangeError,
      'seeds: firstSeed is 1.5: expected a whole number from 0 to 4,294,967,295',
    );
    await says(
      () => u.seeds({ ...NOTEBOOK, seed: 1.5 }, x, y, { firstSeed: 1 }),
      RangeError,
      'seeds: seed is 1.5: expected a whole number from 0 to 4,294,967,295',
    );
  });

  test('answers checks the number of predictions', async () => {
    await says(
      () => u.answers(new Float32Array(5), [1, 0], 2),
      RangeError,
      'answers: predictions has 5 numbers: expected a multiple of 2 (outputs)',
    );
    await says(
      () => u.answers(new Float32Array(4), [1, 0, 1], 2),
      RangeError,
      'answers: y has 3 numbers: expected 2, one for each prediction',
    );
    await says(() => u.answers([], [1]), RangeError, 'answers: predictions is empty: expected an array of numbers');
  });

  test('the error for a detached array says that it is detached', async () => {
    const gone = 'is detached (its buffer was transferred):';
    const model = fresh();
    await says(
      () => u.answers(detached(new Float32Array(2)), [1, 0]),
      TypeError,
      `answers: predictions ${gone} expected an array of numbers`,
    );
    await says(
      () => model.predict(detached(new Float32Array(10))),
      TypeError,
      `predict: x ${gone} expected sequences: nested arrays [n][10], or a flat array of n × 10 numbers`,
    );
    await says(
      () => model.predict([detached(new Float32Array(10))]),
      TypeError,
      `predict: x[0] ${gone} expected an array of 10 timesteps`,
    );
    await says(
      () => model.evaluate(x, detached(Float32Array.from(y))),
      TypeError,
      `evaluate: y ${gone} expected an array of labels, each 0 or 1`,
    );
    await says(
      () => model.restore(detached(model.snapshot())),
      TypeError,
      `restore: snapshot ${gone} expected a Uint8Array`,
    );
    await says(
      async () => model.loadWeights(detached(await model.saveWeights())),
      TypeError,
      `loadWeights: file ${gone} expected a Uint8Array`,
    );
  });

  test('an array is copied before reading another one can detach it', async () => {
    const predictions = Float32Array.of(0.9, 0.1);
    const labels = reading([1, 1], () => void (predictions.length && detached(predictions)));
    assert.deepEqual(u.answers(predictions, labels).right, Uint32Array.of(1, 0));
    const model = fresh();
    const xs = x.slice(0, 20);
    const wanted = model.evaluate(xs, [1, 1]);
    assert.deepEqual(
      model.evaluate(
        xs,
        reading([1, 1], () => void (xs.length && detached(xs))),
      ),
      wanted,
    );
    const rows = [x.slice(0, 10), x.slice(10, 20)];
    const before = [...rows];
    await says(
      () => model.predict(reading(rows, () => void (before[1]?.length && detached(before[1])))),
      TypeError,
      /^predict: x\[1\] is detached/,
    );
  });

  test('a value that cannot be described is rejected, too', async () => {
    const model = fresh();
    const expected = 'expected sequences: nested arrays [n][10], or a flat array of n × 10 numbers';
    await says(
      () => model.predict({ constructor: { name: Symbol('x') } }),
      TypeError,
      `predict: x is an unnamed object: ${expected}`,
    );
    await says(
      () =>
        model.predict({
          get constructor() {
            throw new Error('no');
          },
        }),
      TypeError,
      `predict: x is an unnamed object: ${expected}`,
    );
    await says(() => model.predict(Object.create(null)), TypeError, `predict: x is an unnamed object: ${expected}`);
    await says(() => model.predict(revoked()), TypeError, `predict: x is a revoked proxy: ${expected}`);
    await says(
      () => model.predict([Array(10).fill(0), revoked()]),
      TypeError,
      'predict: x[1] is a revoked proxy: expected an array of 10 timesteps',
    );
    await says(
      () => model.fit(x, y, { validationData: revoked() }),
      TypeError,
      'fit: validationData is a revoked proxy: expected [x, y] or {x, y}',
    );
    await says(
      () => model.compile({ metrics: revoked() }),
      TypeError,
      'compile: metrics is a revoked proxy: expected ["accuracy"]',
    );
    await says(
      () => model.setWeights(revoked()),
      TypeError,
      'setWeights: weights is a revoked proxy: expected an array of numbers',
    );
    await says(
      () => model.restore(revoked()),
      TypeError,
      'restore: snapshot is a revoked proxy: expected a Uint8Array',
    );
    await says(
      () => model.loadWeights(revoked()),
      TypeError,
      'loadWeights: file is a revoked proxy: expected a Uint8Array',
    );
    await says(
      () => engine.answers(revoked(), [1]),
      TypeError,
      'answers: predictions is a revoked proxy: expected an array of numbers',
    );
  });

  test('the error for a snapshot of another model says what to do', async () => {
    const model = fresh();
    const other = fresh({ seed: 7 }).snapshot();
    const error = await thrown(() => model.restore(other));
    assert.deepEqual([error.name, error.code], ['RnnError', 'RNN_ERROR_SHAPE']);
    assert.equal(
      error.message,
      'restore: made for another configuration or shape: restore the snapshot in a model with the configuration and seed that it was made with',
    );
    const older = model.snapshot();
    older[0] ^= 1;
    const found = [0, 1, 2, 3, 4, 5, 6, 7].map((byte) => {
      const bytes = model.snapshot();
      bytes[byte] ^= 1;
      try {
        model.restore(bytes);
      } catch (caught) {
        return caught as RnnError;
      }
      return undefined;
    });
    const version = found.find((each) => each?.code === 'RNN_ERROR_VERSION');
    assert.equal(
      version?.message,
      'restore: the snapshot was made by another version of this library: restore it there, and move the weights with saveWeights and loadWeights',
    );
  });
});
