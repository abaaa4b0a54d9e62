// Every network must train as its equations say. The reference computes in double, with derivatives from a tape instead
// of ours.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Network, type Optimizer, train } from './reference.ts';

const { load } = (await import(
  pathToFileURL(join(resolve(process.env['BUILD'] ?? 'build'), 'js/unrolled.js')).href
)) as typeof import('../../wasm/js/unrolled.ts');
const engine = await load();

interface Wanted {
  task: string;
  network?: Record<string, number | string>;
  optimizer?: Optimizer;
}

const ADAM: Optimizer = { optimizer: 'adam', learningRate: 0.01 };
const cases: Wanted[] = [];
for (const cell of ['simple_rnn', 'gru', 'lstm'])
  for (const layers of [1, 2, 3])
    for (const task of ['first', 'order', 'adding', 'echo']) cases.push({ task, network: { cell, layers } });
cases.push({ task: 'first', network: { activation: 'relu' } });
cases.push({ task: 'adding', network: { cell: 'gru', l2: 0.01 } });
for (const optimizer of ['sgd', 'rmsprop'])
  for (const momentum of [0, 0.7])
    for (const clip of [{}, { globalClipnorm: 0.1 }, { clipvalue: 0.02 }] as Optimizer[])
      cases.push({ task: 'adding', optimizer: { optimizer, learningRate: 0.01, momentum, ...clip } });
cases.push({ task: 'adding', optimizer: { optimizer: 'sgd', learningRate: 0.01, momentum: 0.7, nesterov: true } });

const [SAMPLES, STEPS, EPOCHS, BATCH] = [20, 5, 5, 8];

for (const { task: name, network = {}, optimizer = ADAM } of cases)
  test(`${name} ${JSON.stringify({ ...network, ...optimizer })}`, async () => {
    const task = engine.tasks.find((one) => one.name === name);
    assert.ok(task);
    const { features, loss, classes, returnSequences = false } = task;
    const shape = { features, loss, returnSequences, ...(classes && { classes }) };
    const model = engine.sequential({ units: 4, timesteps: STEPS, ...shape, ...network } as Parameters<
      typeof engine.sequential
    >[0]);
    model.compile(optimizer);
    const start = Float64Array.from(model.getWeights().flatMap((tensor) => [...tensor]));
    const { x, y } = engine.task(name, { samples: SAMPLES, timesteps: STEPS });
    const readouts = y.length / SAMPLES;
    const rows = (values: ArrayLike<number>, width: number) =>
      Array.from({ length: values.length / width }, (_, i) =>
        Array.from({ length: width }, (_, k) => values[i * width + k] as number),
      );
    const sequences = rows(x, STEPS * features).map((sequence) => rows(sequence, features));
    const shapes = model.tensors.map(({ shape: [a = 1, b] }): [number, number] => (b === undefined ? [1, a] : [a, b]));
    const { cell, activation, layers, units, outputs } = model;
    const described: Network = {
      cell,
      activation,
      layers,
      units,
      features,
      outputs,
      loss: model.loss,
      returnSequences,
      l2: Number(network['l2'] ?? 0),
    };
    const expected = train(described, shapes, start, optimizer, { x: sequences, y: rows(y, readouts) }, EPOCHS, BATCH);
    const history = await model.fit(x, y, { epochs: EPOCHS, batchSize: BATCH, shuffle: false });
    const metric = (model.metric === 'accuracy' ? history.accuracy : history.mean_absolute_error) ?? [];
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const [got, want] = [history.loss[epoch] as number, expected.history.loss[epoch] as number];
      assert.ok(Math.abs(got - want) <= 1e-5 * Math.abs(want), `loss of epoch ${epoch + 1}: ${got}, ${want}`);
      assert.ok(
        Math.abs((metric[epoch] as number) - (expected.history.metric[epoch] as number)) <= 1e-5,
        `metric of epoch ${epoch + 1}`,
      );
    }
    const weights = model.getWeights().flatMap((tensor) => [...tensor]);
    const distance = Math.hypot(...weights.map((w, i) => w - (expected.weights[i] as number)));
    const moved = Math.hypot(...weights.map((w, i) => w - (start[i] as number)));
    assert.ok(moved > 1e-3 && distance <= 1e-4 * moved, `weights: ${distance} apart after moving ${moved}`);
    model.dispose();
  });
