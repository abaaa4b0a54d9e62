/** Weights that numpy wrote with the names of PyTorch and of Keras must give the predictions that PyTorch gave. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { load, type RnnError } from '../../build/js/unrolled.js';
import { succeeds } from '../command/program.ts';

const u = await load();
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`frameworks/${name}`, import.meta.url)));
const said = JSON.parse(new TextDecoder().decode(file('said.json'))) as Record<string, number[][]> & {
  x: number[][][];
};
const [UNITS, TIMESTEPS, FEATURES, LAYERS] = [3, 5, 2, 2];

const NETWORKS = {
  simple_rnn: { activation: 'relu' },
  gru: {},
  lstm: { loss: 'sparse_categorical_crossentropy', classes: 4 },
} as const;
const network = (cell: keyof typeof NETWORKS, more: object = {}) =>
  u.sequential({
    units: UNITS,
    timesteps: TIMESTEPS,
    features: FEATURES,
    layers: LAYERS,
    cell,
    ...NETWORKS[cell],
    ...more,
  });

for (const cell of ['simple_rnn', 'gru', 'lstm'] as const)
  describe(cell, () => {
    const model = network(cell);
    for (const form of ['pytorch.npz', 'pytorch.safetensors', 'numbered.npz', 'paths.npz', 'keras2.npz'])
      test(`${form}: predictions agree with PyTorch to 1e-6`, async () => {
        model.setWeights(new Float32Array(model.parameterCount));
        await model.loadWeights(file(`${cell}_${form}`));
        const predictions = model.predict(said.x);
        const expected = said[cell]?.flat() as number[];
        assert.equal(predictions.length, expected.length);
        for (const [i, value] of expected.entries())
          assert.ok(Math.abs((predictions[i] as number) - value) <= 1e-6, `${i}: ${predictions[i]}, ${value}`);
      });

    test('the command gives the same predictions, with options for what the file does not say', async () => {
      const x = said.x.flat(2);
      const csv = await u.writeCsv({ x, y: new Float32Array(said.x.length), timesteps: TIMESTEPS, features: FEATURES });
      const options = {
        simple_rnn: ['--activation', 'relu'],
        gru: [],
        lstm: ['--loss', 'sparse_categorical_crossentropy'],
      }[cell];
      for (const form of ['pytorch.npz', 'numbered.npz']) {
        const { stdout } = succeeds(['predict', '--data', 'd.csv', '--weights', 'w', ...options], {
          'd.csv': csv,
          w: file(`${cell}_${form}`),
        });
        await model.loadWeights(file(`${cell}_${form}`));
        assert.deepEqual(
          stdout
            .trim()
            .split(/[,\n]/)
            .map((number) => Math.fround(Number(number))),
          [...model.predict(x)],
        );
      }
    });

    test('all forms give the same weights, bit by bit', async () => {
      const weights: Float32Array[][] = [];
      for (const form of ['pytorch.npz', 'pytorch.safetensors', 'numbered.npz', 'paths.npz', 'keras2.npz']) {
        await model.loadWeights(file(`${cell}_${form}`));
        weights.push(model.getWeights());
      }
      for (const one of weights) assert.deepEqual(one, weights[0]);
    });

    test('written files read back and describe the whole network', async () => {
      await model.loadWeights(file(`${cell}_pytorch.npz`));
      const npz = await model.saveNpz();
      const again = network(cell, { seed: 1 });
      await again.loadWeights(npz);
      assert.deepEqual(again.getWeights(), model.getWeights());
      const entries = entriesOf(npz);
      assert.deepEqual(
        entries.map(({ name }) => name),
        [...model.tensors.map(({ name }) => `${name}.npy`), '__metadata__.npy'],
      );
      for (const [i, { shape }] of model.tensors.entries()) {
        const { header, data } = npyOf(entries[i]?.data as Uint8Array);
        assert.equal(
          header,
          `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.length === 1 ? `${shape[0]},` : shape.join(', ')}), }`,
        );
        assert.deepEqual(new Float32Array(data.slice().buffer), model.getWeights()[i]);
      }
      const metadata = npyOf(entries.at(-1)?.data as Uint8Array);
      assert.equal(metadata.header, `{'descr': '|S${metadata.data.length}', 'fortran_order': False, 'shape': (), }`);
      const { activation, loss } = model;
      assert.deepEqual(JSON.parse(new TextDecoder().decode(metadata.data)), { activation, cell, loss });
    });
  });

test('a file of another network and a file of another kind are rejected with the reason', async () => {
  const refused = async (model: ReturnType<typeof network>, bytes: Uint8Array): Promise<RnnError> => {
    const before = model.getWeights();
    try {
      await model.loadWeights(bytes);
    } catch (error) {
      assert.deepEqual(model.getWeights(), before);
      return error as RnnError;
    }
    throw new Error('not refused');
  };
  for (const [model, name, code, message] of [
    [
      network('lstm'),
      'gru_pytorch.npz',
      'RNN_ERROR_SHAPE',
      /the file has cell gru, loss binary_crossentropy, outputs 1: expected cell lstm, loss sparse_categorical_crossentropy, outputs 4/,
    ],
    [network('gru', { layers: 1 }), 'gru_paths.npz', 'RNN_ERROR_SHAPE', /the file has layers 2: expected layers 1/],
    [network('gru', { units: 4 }), 'gru_numbered.npz', 'RNN_ERROR_SHAPE', /the file has units 3: expected units 4/],
    [
      network('lstm'),
      'compressed.npz',
      'RNN_ERROR_WEIGHTS',
      /: "arr_0\.npy": saved with savez_compressed; use numpy\.savez$/,
    ],
    [network('lstm'), 'half.npz', 'RNN_ERROR_WEIGHTS', /: arr_0: expected dtype <f4 or <f8, got "<f2"$/],
  ] as const) {
    const error = await refused(model, file(name));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    if (code === 'RNN_ERROR_WEIGHTS') assert.ok((error.diagnosis?.offset as number) > 0);
  }
});

/** The entries of an uncompressed ZIP, read according to PKWARE's description. */
function entriesOf(zip: Uint8Array): { name: string; data: Uint8Array }[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  let at = view.getUint32(end + 16, true);
  const entries = Array.from({ length: view.getUint16(end + 10, true) }, () => {
    assert.equal(view.getUint32(at, true), 0x02014b50);
    const [crc, packed, bytes, nameBytes, local] = [16, 20, 24, 28, 42].map((field) =>
      field === 28 ? view.getUint16(at + field, true) : view.getUint32(at + field, true),
    ) as [number, number, number, number, number];
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameBytes));
    assert.equal(view.getUint16(at + 10, true), 0, 'stored');
    assert.equal(packed, bytes);
    assert.equal(view.getUint32(local, true), 0x04034b50);
    assert.deepEqual(zip.subarray(local + 4, local + 30), zip.subarray(at + 6, at + 32), 'both headers agree');
    assert.equal(new TextDecoder().decode(zip.subarray(local + 30, local + 30 + nameBytes)), name);
    const data = zip.subarray(local + 30 + nameBytes, local + 30 + nameBytes + bytes);
    assert.equal(crc32(data), crc);
    at += 46 + nameBytes;
    return { name, data };
  });
  assert.equal(at, end);
  return entries;
}

/** An array in the NPY format, version 1.0. */
function npyOf(bytes: Uint8Array): { header: string; data: Uint8Array } {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  const length = (bytes[8] as number) + 256 * (bytes[9] as number);
  assert.equal((10 + length) % 64, 0);
  const text = new TextDecoder().decode(bytes.subarray(10, 10 + length));
  assert.ok(text.endsWith('\n'));
  return { header: text.trimEnd(), data: bytes.subarray(10 + length) };
}
