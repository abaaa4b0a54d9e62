/** Names, shapes, tasks, files and cuts of networks other than the notebook's. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadKind, RnnError, type SequentialConfig, type Unrolled } from './support.ts';

let u: Unrolled;
before(async () => {
  u = await loadKind('simd');
});

/** A model with the properties that the task needs. */
function modelFor(name: string, more: Partial<SequentialConfig> = {}) {
  const task = u.tasks.find((one) => one.name === name);
  assert.ok(task);
  const { features, loss, classes, returnSequences } = task;
  const shape = {
    features,
    loss: loss as SequentialConfig['loss'],
    ...(classes && { classes }),
    ...(returnSequences && { returnSequences }),
  };
  return u.sequential({ units: 8, timesteps: 12, ...shape, ...more });
}

test('a network can be trained on every task', async () => {
  for (const { name, loss, classes = 2, returnSequences, features } of u.tasks) {
    const { x, y } = u.task(name, { samples: 64, timesteps: 12 });
    assert.equal(x.length, 64 * 12 * features, name);
    assert.equal(y.length, 64 * (returnSequences ? 12 : 1), name);
    const model = modelFor(name, { cell: 'gru' });
    model.compile({ learningRate: 0.01 });
    const history = await model.fit(x, y, { epochs: 20, validationSplit: 0.25 });
    const metric = loss === 'mean_squared_error' ? 'mean_absolute_error' : 'accuracy';
    assert.deepEqual(Object.keys(history), ['loss', metric, 'val_loss', `val_${metric}`], name);
    if (name !== 'random')
      assert.ok((history.loss.at(-1) as number) < (history.loss[0] as number), `${name}: ${history.loss}`);
    assert.deepEqual(Object.keys(model.evaluate(x, y)), ['loss', metric]);
    assert.equal(model.predict(x).length, y.length * model.outputs);
    if (metric === 'accuracy') {
      const counts = model.confusion(x, y);
      assert.equal(counts.length, classes * classes);
      assert.equal(
        counts.reduce((sum, count) => sum + count),
        y.length,
      );
      const right = counts.filter((_, i) => i % (classes + 1) === 0).reduce((sum, count) => sum + count);
      assert.equal(model.evaluate(x, y).accuracy, right / y.length, name);
    } else {
      assert.throws(() => model.confusion(x, y), RnnError);
    }
    const text = await u.writeCsv({ x, y, timesteps: 12, features, returnSequences: returnSequences ?? false });
    const back = await u.readCsv(text, { loss: loss as 'binary_crossentropy', ...(classes > 2 && { classes }) });
    assert.deepEqual([back.x, back.y], [x, y], name);
    assert.equal(back.returnSequences, returnSequences);
    model.dispose();
  }
});

test('with one time step the CSV header says whether there is a target for every step', async () => {
  for (const returnSequences of [true, false]) {
    const text = await u.writeCsv({ x: [0.5, 0.25], y: [3, 4], timesteps: 1, returnSequences });
    assert.equal(text, `${returnSequences ? 'y1' : 'y'},x1\n3,0.5\n4,0.25\n`);
    const back = await u.readCsv(text, { loss: 'mean_squared_error' });
    assert.deepEqual([back.returnSequences ?? false, ...back.x, ...back.y], [returnSequences, 0.5, 0.25, 3, 4]);
    assert.equal(await u.writeCsv(back), text);
  }
});

test('softmax probabilities add up to 1', () => {
  const model = modelFor('order');
  const { x } = u.task('order', { samples: 10, timesteps: 12 });
  const predictions = model.predict(x);
  for (let i = 0; i < 10; i++)
    assert.ok(Math.abs(predictions.subarray(4 * i, 4 * i + 4).reduce((sum, p) => sum + p) - 1) < 1e-6);
});

test('three layers have three names, for every recurrent cell', async () => {
  for (const cell of u.cells.filter((name) => name !== 'dense')) {
    const layers = [cell, `${cell}_1`, `${cell}_2`].flatMap((layer) => [
      `${layer}/kernel`,
      `${layer}/recurrent_kernel`,
      `${layer}/bias`,
    ]);
    const model = u.sequential({ units: 3, timesteps: 3, layers: 3, cell: cell as 'gru' });
    assert.deepEqual(
      model.tensors.map(({ name }) => name),
      [...layers, 'dense/kernel', 'dense/bias'],
    );
    const other = u.sequential({ units: 3, timesteps: 3, layers: 3, cell: cell as 'gru', seed: 7 });
    await other.loadWeights(await model.saveWeights());
    assert.deepEqual(other.getWeights(), model.getWeights());
  }
});

test('tensors have Keras’s names and shapes', () => {
  const names = (config: SequentialConfig) =>
    u.sequential(config).tensors.map(({ name, shape }) => `${name} ${shape.join('×')}`);
  const common = { units: 4, timesteps: 3, features: 2 };
  assert.deepEqual(names({ ...common, cell: 'lstm' }), [
    'lstm/kernel 2×16',
    'lstm/recurrent_kernel 4×16',
    'lstm/bias 16',
    'dense/kernel 4×1',
    'dense/bias 1',
  ]);
  assert.deepEqual(names({ ...common, cell: 'gru', layers: 2, loss: 'sparse_categorical_crossentropy', classes: 5 }), [
    'gru/kernel 2×12',
    'gru/recurrent_kernel 4×12',
    'gru/bias 2×12',
    'gru_1/kernel 4×12',
    'gru_1/recurrent_kernel 4×12',
    'gru_1/bias 2×12',
    'dense/kernel 4×5',
    'dense/bias 5',
  ]);
});

test('TF.js’s spelling of names is accepted, too', () => {
  const model = u.sequential({ units: 4, timesteps: 3, loss: 'meanSquaredError', kernelInitializer: 'glorotUniform' });
  assert.equal(model.loss, 'mean_squared_error');
  model.compile({ loss: 'meanSquaredError', optimizer: 'sgd', momentum: 0.9, nesterov: true });
});

test('a file of weights is accepted only by the same kind of network', async () => {
  const lstm = u.sequential({ units: 4, timesteps: 3, cell: 'lstm', layers: 2, seed: 1 });
  const file = await lstm.saveWeights();
  const other = u.sequential({ units: 4, timesteps: 3, cell: 'lstm', layers: 2, seed: 2 });
  await other.loadWeights(file);
  assert.deepEqual(other.getWeights(), lstm.getWeights());
  const gru = u.sequential({ units: 4, timesteps: 3, cell: 'gru', layers: 2 });
  await assert.rejects(gru.loadWeights(file), { message: 'loadWeights: the file has cell lstm: expected cell gru' });
  const single = u.sequential({ units: 4, timesteps: 3, cell: 'lstm' });
  await assert.rejects(single.loadWeights(file), {
    message: 'loadWeights: the file has layers 2: expected layers 1',
  });
});

test('any model can tell the network of a file of weights, and is not changed', async () => {
  const of = {
    units: 5,
    features: 3,
    cell: 'gru',
    layers: 2,
    loss: 'sparse_categorical_crossentropy',
    returnSequences: true,
  } as const;
  const model = u.sequential({ ...of, timesteps: 4, classes: 6 });
  const other = u.sequential({ units: 2, timesteps: 9, activation: 'relu', loss: 'mean_squared_error' });
  const before = other.getWeights();
  for (const file of [await model.saveWeights(), await model.saveNpz()]) {
    const { activation, ...said } = await other.weightsConfig(file);
    assert.deepEqual(said, { ...of, outputs: 6 });
  }
  assert.deepEqual(other.getWeights(), before);
  await assert.rejects(other.weightsConfig(new Uint8Array(100)), { code: 'RNN_ERROR_WEIGHTS' });
  await assert.rejects((other.weightsConfig as (file: unknown) => Promise<unknown>).call(other, 'weights.npz'), {
    message: 'weightsConfig: file is "weights.npz": expected a Uint8Array',
  });
});

test('without recurrence only the last step counts, and a reset forgets everything before it', () => {
  for (const cell of ['simple_rnn', 'gru', 'lstm'] as const) {
    const model = u.sequential({ units: 6, timesteps: 5, cell });
    const x = Float32Array.from([0.1, 0.9, 0.4, 0.7, 0.2]);
    const reset = model.trace(x, 1, { resetBefore: 4 });
    assert.deepEqual(reset.prediction.slice(3), model.trace(x.slice(3), 1).prediction, cell);
    assert.ok(
      reset.layers[0]?.dHNorm.subarray(0, 3).every((norm) => norm === 0),
      cell,
    );
    assert.ok(
      model.contribution(reset, 4).dRecurrentKernel.every((d) => d === 0),
      cell,
    );
    const cut = model.trace(x, 1, { withoutRecurrence: true });
    assert.ok(
      model.contribution(cut, 3).dRecurrentKernel.every((d) => d === 0),
      cell,
    );
    if (cell === 'simple_rnn') assert.equal(cut.prediction[4], model.trace(x.slice(4), 1).prediction[0]);
  }
});

test('clipping turns a diverging run into a converging one', async () => {
  const { x, y } = u.task('first', { samples: 100, timesteps: 10 });
  const run = async (globalClipnorm: number) => {
    const model = u.sequential({
      units: 16,
      timesteps: 10,
      activation: 'relu',
      recurrentInitializer: 'orthogonal',
      recurrentGain: 3,
    });
    model.compile({ optimizer: 'sgd', learningRate: 0.1, globalClipnorm });
    return model.fit(x, y, { epochs: 30 });
  };
  const [free, clipped] = [await run(0), await run(0.1)];
  assert.ok(free.diverged || (free.loss.at(-1) as number) > 0.69, JSON.stringify(free.diverged ?? free.loss.at(-1)));
  assert.equal(clipped.diverged, undefined);
});
