// Compares gradients and training with TF.js's gradients and Keras's Adam. README.md explains the tolerances.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Network, train } from './reference.ts';

interface Golden {
  epochs: number;
  batch_size: number;
  learning_rate: number;
  loss: number[];
  accuracy?: number[];
  mean_absolute_error?: number[];
  predictions: number[];
}

const root = resolve(process.cwd());
const build = resolve(process.env['BUILD'] ?? 'build');
const { load } = (await import(
  pathToFileURL(join(build, 'js/unrolled.js')).href
)) as typeof import('../../wasm/js/unrolled.ts');
const engine = await load();
const golden = (file: string) => join(root, 'tests/golden', file);
const read = (name: string) => JSON.parse(readFileSync(golden(`${name}.json`), 'utf8')) as Golden;

const works = {
  notebook: {
    cell: 'simple_rnn',
    activation: 'tanh',
    layers: 1,
    units: 32,
    features: 1,
    timesteps: 10,
    loss: 'binary_crossentropy',
  },
  lstm: {
    cell: 'lstm',
    activation: 'tanh',
    layers: 2,
    units: 5,
    features: 2,
    timesteps: 6,
    loss: 'mean_squared_error',
  },
} as const;
type Name = keyof typeof works;

function unrolled(...args: string[]): string {
  return execFileSync(join(build, 'unrolled'), args, { encoding: 'utf8' });
}

const apart = (got: readonly number[], want: readonly number[]): number =>
  Math.hypot(...want.map((value, i) => (got[i] as number) - value));
const relative = (got: readonly number[], want: readonly number[]): number =>
  Math.max(...want.map((value, i) => Math.abs((got[i] as number) / value - 1)));
const flat = (tensors: readonly Float32Array[]): number[] => tensors.flatMap((tensor) => [...tensor]);

async function modelFrom(name: Name, file: string) {
  const model = engine.sequential(works[name]);
  await model.loadWeights(readFileSync(golden(file)));
  return model;
}

const dataOf = (name: Name) => engine.readCsv(readFileSync(golden(`${name}.csv`), 'utf8'), { loss: works[name].loss });

for (const name of Object.keys(works) as Name[]) {
  const expected = read(name);

  test(`${name}: the gradient of the first batch agrees with TF.js`, async () => {
    const { x, y } = await dataOf(name);
    const { timesteps, features } = works[name];
    const batch = expected.batch_size;
    const { loss, gradient } = (await modelFrom(name, `${name}.safetensors`)).gradient(
      x.slice(0, batch * timesteps * features),
      y.slice(0, batch),
    );
    const want = (await modelFrom(name, `${name}.gradient.safetensors`)).getWeights();
    assert.ok(Number.isFinite(loss));
    for (const [k, tensor] of want.entries()) {
      const distance = apart([...(gradient[k] as Float32Array)], [...tensor]);
      const norm = Math.hypot(...tensor);
      assert.ok(norm > 0 && distance < 1e-6 * norm, `tensor ${k}: ${distance} apart of ${norm}`);
    }
  });

  test(`${name}: every epoch agrees with TF.js's gradients and Keras's Adam`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'unrolled-'));
    try {
      const [saved, history] = [join(folder, 'trained.safetensors'), join(folder, 'history.json')];
      const data = ['--data', golden(`${name}.csv`)];
      const options = {
        epochs: expected.epochs,
        'batch-size': expected.batch_size,
        'learning-rate': expected.learning_rate,
      };
      unrolled(
        'fit',
        ...data,
        '--loss',
        works[name].loss,
        '--weights',
        golden(`${name}.safetensors`),
        '--no-shuffle',
        '--verbose',
        '0',
        '--save',
        saved,
        '--history',
        history,
        ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]),
      );
      const got = JSON.parse(readFileSync(history, 'utf8')) as Golden;
      assert.ok(got.loss.length === expected.epochs && got.loss.length === expected.loss.length);
      assert.ok(relative(got.loss, expected.loss) < 1e-5, `${got.loss}`);
      assert.deepEqual(got.accuracy, expected.accuracy);
      const [mine, wanted] = [got.mean_absolute_error ?? [], expected.mean_absolute_error ?? []];
      assert.ok(mine.length === wanted.length && apart(mine, wanted) < 1e-5);
      const lines = unrolled('predict', ...data, '--weights', saved)
        .trim()
        .split('\n')
        .map(Number);
      assert.equal(lines.length, expected.predictions.length);
      for (const [i, value] of lines.entries())
        assert.ok(Math.abs(value - (expected.predictions[i] as number)) < 1e-5, `sample ${i}: ${value}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test(`${name}: training in double agrees to 1e-6 at this learning rate`, async () => {
    const { x, y } = await dataOf(name);
    const { timesteps, features } = works[name];
    const model = await modelFrom(name, `${name}.safetensors`);
    const shapes = model.tensors.map(({ shape: [a = 1, b] }): [number, number] => (b === undefined ? [1, a] : [a, b]));
    const sequences = Array.from(y, (_, i) =>
      Array.from({ length: timesteps }, (__, t) => [
        ...x.subarray((i * timesteps + t) * features, (i * timesteps + t + 1) * features),
      ]),
    );
    const network: Network = { ...works[name], outputs: 1, returnSequences: false, l2: 0 };
    const adam = { optimizer: 'adam', learningRate: expected.learning_rate };
    const targets = Array.from(y, (target) => [target]);
    const start = Float64Array.from(flat(model.getWeights()));
    const epochs = name === 'notebook' ? 2 : expected.epochs; // the tape is slow
    const { history } = train(network, shapes, start, adam, { x: sequences, y: targets }, epochs, expected.batch_size);
    assert.ok(relative(expected.loss, history.loss) < 1e-6, `${expected.loss}, ${history.loss}`);
  });
}
