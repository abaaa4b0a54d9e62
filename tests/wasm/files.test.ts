/** Files contain the data at the time of the call, and a wrong call rejects its promise and never throws. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  bits,
  filesBytes,
  KINDS,
  load,
  loadKind,
  NOTEBOOK,
  RnnError,
  type Sequential,
  thrown,
  twin,
  type Unrolled,
  weightBits,
} from './support.ts';

/** The first file of an engine waits for its module, later ones do not. Each test runs in both situations. */
async function bothTimes(run: (u: Unrolled) => Promise<void>): Promise<void> {
  const u = await load();
  await run(u);
  await run(u);
}

const seeded = (u: Unrolled, seed: number): Sequential => u.sequential({ ...NOTEBOOK, seed });

describe('files have the state at the time of the call', () => {
  test('weights are saved as they were, even if they are replaced before the promise is fulfilled', () =>
    bothTimes(async (u) => {
      const model = seeded(u, 1);
      const wanted = weightBits(model);
      const saved = [model.saveWeights(), model.saveNpz()];
      model.setWeights(new Float32Array(model.parameterCount));
      for (const file of await Promise.all(saved)) {
        const other = seeded(u, 2);
        await other.loadWeights(file);
        assert.equal(weightBits(other), wanted);
      }
    }));

  test('weights are saved as they were, even if the model is disposed before the promise is fulfilled', () =>
    bothTimes(async (u) => {
      const [model, same] = [seeded(u, 1), seeded(u, 1)];
      const saved = model.saveWeights();
      model.dispose();
      assert.deepEqual(await saved, await same.saveWeights());
    }));

  test('a program has the optimizer of that time, even if the model is compiled again', () =>
    bothTimes(async (u) => {
      const model = seeded(u, 1);
      model.compile({ optimizer: 'sgd', learningRate: 0.25 });
      const program = model.continueIn('keras');
      model.compile({ optimizer: 'rmsprop' });
      assert.match(await program, /SGD\(learning_rate=0\.25\)/);
    }));

  test('a file is read as it was, even if its bytes are changed; a Buffer, too', () =>
    bothTimes(async (u) => {
      const model = seeded(u, 1);
      for (const file of [await model.saveWeights(), Buffer.from(await model.saveNpz())]) {
        const other = seeded(u, 2);
        const work = [other.loadWeights(file), other.weightsConfig(file)] as const;
        file.fill(0);
        await work[0];
        assert.equal(weightBits(other), weightBits(model));
        assert.equal((await work[1]).units, NOTEBOOK.units);
      }
    }));

  test('the first file is read as it was, even if its bytes are changed', async () => {
    const file = Buffer.from(await seeded(await load(), 1).saveWeights());
    const model = seeded(await load(), 2);
    const work = model.loadWeights(file);
    file.fill(0);
    await work;
    assert.equal(weightBits(model), weightBits(seeded(await load(), 1)));
  });

  test('data are written as they were, even if they are changed', () =>
    bothTimes(async (u) => {
      const data = { x: Float32Array.of(0.5, 0.25), y: Float32Array.of(1, 0), timesteps: 1 };
      const text = u.writeCsv(data);
      data.x.fill(9);
      data.y.fill(9);
      data.timesteps = 2;
      assert.equal(await text, 'y,x1\n1,0.5\n0,0.25\n');
    }));
});

test('loadWeights sets the weights when it ends, and replaces any that were set in the meantime', () =>
  bothTimes(async (u) => {
    const model = seeded(u, 2);
    const [before, file] = [weightBits(model), await seeded(await load(), 1).saveWeights()];
    const work = model.loadWeights(file);
    assert.equal(weightBits(model), before);
    model.setWeights(new Float32Array(model.parameterCount));
    await work;
    assert.equal(weightBits(model), weightBits(seeded(u, 1)));
  }));

test('disposing a model while it reads a file rejects with DISPOSED', () =>
  bothTimes(async (u) => {
    const file = await seeded(await load(), 1).saveWeights();
    const model = seeded(u, 2);
    const work = model.loadWeights(file);
    model.dispose();
    const error = await thrown(() => work);
    assert.ok(error instanceof RnnError, String(error));
    assert.deepEqual([error.code, error.message], ['DISPOSED', 'loadWeights: this model was disposed']);
    assert.equal(seeded(u, 3).predict(new Float32Array(10)).length, 1);
  }));

test('a wrong call rejects its promise and does not throw', async () => {
  const u = await load();
  const model = seeded(u, 1);
  const gone = seeded(u, 1);
  gone.dispose();
  const wrong: [call: unknown, of: object, ...given: unknown[]][] = [
    [u.readCsv, u, 3],
    [u.readCsv, u, 'nothing of the kind'],
    [u.writeCsv, u, {}],
    [model.loadWeights, model, 'x'],
    [model.loadWeights, model, new Uint8Array(9)],
    [model.weightsConfig, model],
    [model.continueIn, model, 'jax'],
    [gone.saveWeights, gone],
    [gone.saveNpz, gone],
    [gone.continueIn, gone, 'keras'],
  ];
  for (const [call, of, ...given] of wrong) {
    const result = (call as (...all: unknown[]) => unknown).apply(of, given);
    assert.ok(result instanceof Promise);
    await assert.rejects(
      result,
      (error) => error instanceof TypeError || error instanceof RangeError || error instanceof RnnError,
    );
  }
});

test('after a rejected file the next one is read, and no memory is lost', async () => {
  const u = await load();
  const model = seeded(u, 1);
  const file = await model.saveWeights();
  const cycle = async (): Promise<void> => {
    assert.equal((await thrown(() => model.loadWeights(file.subarray(1)))).code, 'RNN_ERROR_WEIGHTS');
    assert.equal((await thrown(() => u.readCsv(`y,x1\n${'1,2\n'.repeat(50_000)}1`))).code, 'RNN_ERROR_CSV');
    assert.equal(
      (await thrown(() => u.sequential({ units: 3, timesteps: 4 }).loadWeights(file))).code,
      'RNN_ERROR_SHAPE',
    );
    await model.loadWeights(file);
    assert.deepEqual((await u.readCsv('y,x1\n1,0.5\n')).y, Float32Array.of(1));
  };
  await cycle();
  const bytes = u.memoryBytes;
  for (let i = 0; i < 50; i++) await cycle();
  assert.equal(u.memoryBytes, bytes);
});

test('memoryBytes counts the modules that are loaded later', async () => {
  const u = await load();
  let bytes = u.memoryBytes;
  for (const use of [() => u.readCsv('y,x1\n1,0.5\n'), () => seeded(u, 1).saveNpz()]) {
    await use();
    assert.ok(u.memoryBytes > bytes);
    bytes = u.memoryBytes;
  }
});

describe('with SIMD and without', () => {
  const engines: Unrolled[] = [];
  before(async () => {
    for (const kind of KINDS) engines.push(await loadKind(kind));
  });

  for (const config of [
    {},
    { cell: 'gru', layers: 2 },
    { cell: 'lstm', loss: 'mean_squared_error', returnSequences: true },
  ] as const)
    test(`the same bytes: ${JSON.stringify(config)}`, async () => {
      const written = [];
      for (const u of engines) {
        const model = u.sequential({ ...NOTEBOOK, units: 5, ...config });
        const { x } = twin(u);
        const y = Float32Array.from({ length: model.returnSequences ? x.length : x.length / 10 }, (_, i) => i % 2);
        await model.fit(x, y, { epochs: 2 });
        const data = await u.writeCsv({ x, y, timesteps: 10, returnSequences: model.returnSequences });
        written.push([
          bits(await model.saveWeights(), await model.saveNpz()),
          data,
          await model.continueIn('keras'),
          await model.continueIn('pytorch'),
        ]);
      }
      assert.deepEqual(written[0], written[1]);
    });
});

test('the frameworks of continueIn are those of the module', async () => {
  const { exports } = (await WebAssembly.instantiate(filesBytes())).instance;
  const { framework_name: nameOf, memory } = exports as unknown as {
    framework_name: (index: number) => number;
    memory: WebAssembly.Memory;
  };
  const names: string[] = [];
  for (let address = nameOf(0); address !== 0; address = nameOf(names.length)) {
    const bytes = new Uint8Array(memory.buffer);
    names.push(new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address))));
  }
  const error = await thrown(async () =>
    (seeded(await load(), 1).continueIn as (framework: string) => Promise<string>)('jax'),
  );
  assert.match(error.message, new RegExp(`expected ${names.map((name) => `"${name}"`).join(' or ')}$`));
});
