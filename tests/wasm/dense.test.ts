/** The dense network, beside its equations in double, and what has no meaning for it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bits, KINDS, loadKind, RnnError, type Sequential, thrown, type Unrolled, weightBits } from './support.ts';

const [STEPS, FEATURES, UNITS, SAMPLES] = [4, 2, 5, 12];
const SHAPE = { cell: 'dense', units: UNITS, timesteps: STEPS, features: FEATURES, seed: 3 } as const;

const x = Float32Array.from({ length: SAMPLES * STEPS * FEATURES }, (_, i) => Math.sin(1 + 3 * i));
const y = Float32Array.from({ length: SAMPLES }, (_, i) => i % 2);

/** Keras's Flatten and Dense layers, applied to one sequence. */
function answer({ tensors }: Sequential, weights: Float32Array[], sequence: Float32Array): number {
  const number = (values: ArrayLike<number>, i: number) => values[i] as number;
  let row: number[] = [...sequence];
  for (let i = 0; i < tensors.length; i += 2) {
    const [kernel, bias] = weights.slice(i, i + 2) as [Float32Array, Float32Array];
    const isReadout = i + 2 === tensors.length;
    const sums = [...bias].map((b, j) => row.reduce((sum, a, k) => sum + a * number(kernel, k * bias.length + j), b));
    row = isReadout ? sums : sums.map(Math.tanh);
  }
  return row[0] as number;
}

const regression = (u: Unrolled, layers: number): Sequential =>
  u.sequential({ ...SHAPE, layers, loss: 'mean_squared_error' });

for (const kind of KINDS)
  test(`predictions and losses are those of the equations before and after training, ${kind}`, async () => {
    const u = await loadKind(kind);
    for (const layers of [1, 2, 3]) {
      const model = regression(u, layers);
      model.compile({ learningRate: 0.01 });
      const check = () => {
        const weights = model.getWeights();
        const predictions = model.predict(x);
        const wanted = Array.from({ length: SAMPLES }, (_, i) =>
          answer(model, weights, x.subarray(i * STEPS * FEATURES, (i + 1) * STEPS * FEATURES)),
        );
        for (const [i, value] of wanted.entries()) assert.ok(Math.abs(value - (predictions[i] as number)) < 2e-6);
        const loss = wanted.reduce((sum, value, i) => sum + (value - (y[i] as number)) ** 2 / SAMPLES, 0);
        assert.ok(Math.abs(model.evaluate(x, y).loss - loss) < 2e-6 * Math.max(1, loss));
        return loss;
      };
      const before = check();
      await model.fit(x, y, { epochs: 40, batchSize: 5 });
      assert.ok(check() < before / 2);
      model.dispose();
    }
  });

test('both modules train to the same bits, and from a snapshot, too', async () => {
  const ends = await Promise.all(
    KINDS.map(async (kind) => {
      const model = regression(await loadKind(kind), 2);
      const training = model.training(x, y, { epochs: 4, batchSize: 5, shuffle: true });
      training.advance(4);
      const snapshot = model.snapshot();
      training.advance();
      const end = weightBits(model);
      model.restore(snapshot);
      training.advance();
      assert.equal(weightBits(model), end);
      return end;
    }),
  );
  assert.equal(ends[0], ends[1]);
});

test('tensors, summary and files have Keras’s names, and any model can tell the network of the files', async () => {
  const u = await loadKind('simd');
  const model = u.sequential({ ...SHAPE, layers: 2, activation: 'relu' });
  const names = model.tensors.map(({ name, shape }) => `${name} ${shape.join('×')}`);
  assert.deepEqual(names, [
    ...['dense/kernel 8×5', 'dense/bias 5', 'dense_1/kernel 5×5', 'dense_1/bias 5'],
    ...['dense_2/kernel 5×1', 'dense_2/bias 1'],
  ]);
  assert.equal(model.parameterCount, 9 * 5 + 6 * 5 + 6);
  assert.match(
    model.summary(),
    /flatten \(Flatten\) +│ \(None, 8\) +│ +0 │[\s\S]*dense \(Dense\) +│ \(None, 5\) +│ +45 │[\s\S]*dense_1 \(Dense\) +│ \(None, 5\) +│ +30 │[\s\S]*dense_2 \(Dense\) +│ \(None, 1\) +│ +6 │[\s\S]*Total params: 81/,
  );
  const recurrent = u.sequential({ units: 2, timesteps: 9 });
  for (const file of [await model.saveWeights(), await model.saveNpz()]) {
    assert.deepEqual(await recurrent.weightsConfig(file), {
      ...{ cell: 'dense', layers: 2, units: 5, timesteps: 4, features: 2, activation: 'relu' },
      ...{ loss: 'binary_crossentropy', outputs: 1, returnSequences: false },
    });
    const other = u.sequential({ ...SHAPE, layers: 2, activation: 'relu', seed: 9 });
    await other.loadWeights(file);
    assert.equal(weightBits(other), weightBits(model));
    const longer = u.sequential({ ...SHAPE, layers: 2, activation: 'relu', timesteps: 6 });
    await assert.rejects(longer.loadWeights(file), {
      message: 'loadWeights: the file has timesteps 4: expected timesteps 6',
    });
    await assert.rejects(recurrent.loadWeights(file), /the file has cell dense, .*: expected cell simple_rnn, /);
  }
});

test('a forecast several steps ahead feeds its window', async () => {
  const u = await loadKind('simd');
  const model = u.sequential({ ...SHAPE, features: 1, loss: 'mean_squared_error' });
  const window = [0.5, -0.25, 0.75, 1];
  const [first, second] = model.roll(window, 2);
  assert.equal(first, model.predict(window)[0]);
  assert.equal(second, model.predict([...window.slice(1), first as number])[0]);
  assert.equal(
    (await thrown(() => model.roll(window.slice(1), 2))).message,
    `roll: x has ${window.length - 1} numbers: expected ${window.length}, one for each time step of this dense network`,
  );
});

test('what has no meaning for a dense network is refused by name', async () => {
  const u = await loadKind('simd');
  const model = u.sequential(SHAPE);
  const whole = 'expected a recurrent network; a dense one reads all time steps at once';
  const states = 'the network is dense, which has no states: expected a recurrent network';
  const lengths = Array<number>(SAMPLES).fill(STEPS);
  const initialState = { h: new Float32Array(SAMPLES * UNITS) };
  const before = weightBits(model);
  const refused: [() => unknown, string][] = [
    [
      () => model.evaluate(x, y, { timesteps: 3 }),
      'evaluate: timesteps is 3: expected 4, as in the configuration of this dense network',
    ],
    [() => model.evaluate(x, y, { lengths }), `evaluate: lengths is given: ${whole}`],
    [() => model.predict(x, { initialState }), `predict: initialState is given: ${whole}`],
    [() => model.predict(x, { withoutRecurrence: true }), `predict: a cut is given: ${whole}`],
    [() => model.predict(x, { resetBefore: 2 }), `predict: a cut is given: ${whole}`],
    [() => model.confusion(x, y, { keep: 'diagonal' }), `confusion: a cut is given: ${whole}`],
    [() => model.gradient(x, y, { lengths }), `gradient: lengths is given: ${whole}`],
    [() => model.fit(x, y, { lengths }), `fit: lengths is given: ${whole}`],
    [
      () => model.training(x, y, { validationData: { x, y, lengths } }),
      `training: validationData lengths is given: ${whole}`,
    ],
    [() => model.resetStates({ h: new Float32Array(UNITS) }), `resetStates: state is given: ${whole}`],
    [() => model.resetStates(), `resetStates: ${states}`],
    [() => model.step([0, 0]), `step: ${states}`],
    [() => model.trace(x.subarray(0, STEPS * FEATURES), 1), `trace: ${states}`],
    [() => model.backward(x, y), `backward: ${states}`],
    [
      () => u.sequential({ ...SHAPE, returnSequences: true }),
      'sequential: returnSequences is true: expected false with the cell "dense", which answers once per sequence',
    ],
  ];
  for (const [run, message] of refused) assert.equal((await thrown(run)).message, message);
  const error = await thrown(() => model.continueIn('keras'));
  assert.ok(error instanceof RnnError && error.code === 'RNN_ERROR_SHAPE');
  assert.equal(
    error.message,
    'continueIn: the network is dense, for which there are no programs: expected a recurrent network. saveNpz keeps its weights',
  );
  assert.equal(weightBits(model), before);
  /* what a dense network does is not refused when it is said */
  const said = { timesteps: STEPS, withoutRecurrence: false, resetBefore: 0, keep: 'all' } as const;
  assert.equal(bits(model.predict(x, said)), bits(model.predict(x)));
});
