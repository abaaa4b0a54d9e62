/**
 * Sequences of different lengths, other numbers of time steps, cuts and first states, from JavaScript. They are
 * compared with shorter sequences, with weights that were set to zero, and with a longer sequence split in two, bit by
 * bit. tests/core/test_masks.c compares the core with Keras's rules in double.
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../../build/js/unrolled.js';
import type { Cell, Sequential, SequentialConfig } from '../../wasm/js/types.ts';

const u = await load();
const CELLS: Cell[] = ['simple_rnn', 'gru', 'lstm'];
const T = 6;
const LENGTHS = [6, 1, 3, 2, 6, 5, 1, 4];
const N = LENGTHS.length;

const made = (config: Partial<SequentialConfig> = {}): Sequential =>
  u.sequential({ units: 5, timesteps: T, features: 1, ...config });

/** Data whose padding is a number that would show in any result. */
function padded(returnSequences: boolean) {
  const { x } = u.task('first', { samples: N, timesteps: T });
  const y = Float32Array.from({ length: returnSequences ? N * T : N }, (_, i) => i % 2);
  LENGTHS.forEach((length, i) => {
    x.fill(1e6, i * T + length, (i + 1) * T);
  });
  return { x, y };
}

/** Mean loss and metric over the readouts of the sequences, each evaluated alone and without its padding. */
function alone(model: Sequential, x: Float32Array, y: Float32Array): { loss: number; accuracy: number } {
  const sum = { loss: 0, accuracy: 0, readouts: 0 };
  LENGTHS.forEach((timesteps, i) => {
    const each = model.returnSequences ? T : 1;
    const readouts = model.returnSequences ? timesteps : 1;
    const { loss, accuracy } = model.evaluate(
      x.subarray(i * T, i * T + timesteps),
      y.subarray(i * each, i * each + readouts),
      { timesteps },
    ) as { loss: number; accuracy: number };
    sum.loss += loss * readouts;
    sum.accuracy += accuracy * readouts;
    sum.readouts += readouts;
  });
  return { loss: sum.loss / sum.readouts, accuracy: sum.accuracy / sum.readouts };
}

const near = (got: number, wanted: number, distance = 1e-6) =>
  assert.ok(Math.abs(got - wanted) <= distance, `${got} is not within ${distance} of ${wanted}`);

test('CSV: the empty fields of sequences that end early become lengths, and lengths empty fields', async () => {
  for (const returnSequences of [false, true]) {
    const { x, y } = padded(returnSequences);
    const data = { x, y, timesteps: T, returnSequences, lengths: LENGTHS };
    const text = await u.writeCsv(data);
    const read = await u.readCsv(text);
    assert.deepEqual(read.lengths, Uint32Array.from(LENGTHS));
    assert.match(read.notes[0] ?? '', /^6 sequences end early, the first in line 3\. /);
    assert.equal(await u.writeCsv(read), text);
    const lines = text.trimEnd().split('\n');
    LENGTHS.forEach((length, i) => {
      const row = x.subarray(i * T, i * T + length);
      assert.deepEqual(
        Float32Array.from(lines[i + 1]?.split(',').slice(-T, length - T || undefined) ?? [], Number),
        row,
      );
      assert.deepEqual(
        read.x.subarray(i * T, (i + 1) * T),
        Float32Array.from({ length: T }, (_, t) => row[t] ?? 0),
      );
    });
    const model = made({ returnSequences });
    const given = model.evaluate(x, y, { lengths: LENGTHS });
    assert.deepEqual(model.evaluate(read.x, read.y, { lengths: read.lengths as Uint32Array }), given);
    model.dispose();
  }
  const whole = await u.readCsv('y,x1,x2\n1,2,3\n');
  assert.ok(!('lengths' in whole));
  const wrong = { x: [1, 2], y: [1], timesteps: 2, lengths: [3] };
  await assert.rejects(u.writeCsv(wrong), {
    message: 'writeCsv: lengths[0] is 3: expected a whole number from 1 to 2',
  });
});

for (const cell of CELLS)
  for (const returnSequences of [false, true])
    test(`${cell}, ${returnSequences ? 'every readout' : 'the last readout'}: padding counts nowhere`, async () => {
      const model = made({ cell, layers: 2, returnSequences });
      const { x, y } = padded(returnSequences);
      const wanted = alone(model, x, y);
      const got = model.evaluate(x, y, { lengths: LENGTHS }) as { loss: number; accuracy: number };
      near(got.loss, wanted.loss);
      near(got.accuracy, wanted.accuracy, 1e-12);
      const batch = model.gradient(x, y, { lengths: LENGTHS });
      assert.equal(batch.loss, got.loss);
      near(model.backward(x, y, { lengths: LENGTHS }).loss, got.loss);
      const counts = [...model.confusion(x, y, { lengths: LENGTHS })];
      assert.equal(
        counts.reduce((a, b) => a + b),
        returnSequences ? LENGTHS.reduce((a, b) => a + b) : N,
      );
      const check = model.gradientCheck(x, y, 3, { lengths: LENGTHS });
      near(check.numeric, check.analytic, check.tolerance);
      const predictions = model.predict(x, { lengths: LENGTHS });
      LENGTHS.forEach((timesteps, i) => {
        const own = model.predict(x.subarray(i * T, i * T + timesteps), { timesteps });
        for (let r = 0; r < (returnSequences ? T : 1); r++)
          assert.equal(predictions[i * (returnSequences ? T : 1) + r], own[Math.min(r, own.length - 1)]);
      });
      model.compile({ optimizer: 'sgd', learningRate: 1e-30 }); // no loss can change
      const options = { epochs: 2, batchSize: 3, lengths: LENGTHS, validationData: { x, y, lengths: LENGTHS } };
      const history = await model.fit(x, y, options);
      near(history.loss[1] as number, got.loss);
      assert.equal(history.val_loss?.[1], got.loss);
      const tuple = await model.fit(x, y, { ...options, validationData: [x, y, LENGTHS] });
      assert.deepEqual(tuple.val_loss, history.val_loss);
      const split = await model.fit(x, y, { epochs: 1, lengths: LENGTHS, validationSplit: 0.5 });
      const half = (returnSequences ? T : 1) * (N / 2);
      const rest = model.evaluate(x.subarray((N / 2) * T), y.subarray(half), { lengths: LENGTHS.slice(N / 2) });
      assert.equal(split.val_loss?.[0], rest.loss);
    });

test('many seeds train with lengths as one fit does', async () => {
  const { x, y } = padded(false);
  const runs = await u.seeds({ units: 4, timesteps: T }, x, y, { runs: 1, firstSeed: 7, epochs: 3, lengths: LENGTHS });
  const model = u.sequential({ units: 4, timesteps: T, seed: 7 });
  const one = await model.fit(x, y, { epochs: 3, lengths: LENGTHS });
  assert.deepEqual(runs.histories[0], one);
  const without = await u.sequential({ units: 4, timesteps: T, seed: 7 }).fit(x, y, { epochs: 3 });
  assert.notDeepEqual(without.loss, one.loss);
});

test('one model reads sequences of any length', () => {
  const model = made({ cell: 'gru' });
  for (const timesteps of [1, 3, 50, 1000, 6]) {
    const { x, y } = u.task('last', { samples: 3, timesteps });
    const predictions = model.predict(x, { timesteps });
    for (let i = 0; i < 3; i++) {
      const trace = model.trace(x.subarray(i * timesteps, (i + 1) * timesteps), y[i]);
      assert.equal(predictions[i], trace.prediction[timesteps - 1]);
    }
    assert.ok(Number.isFinite(model.evaluate(x, y, { timesteps }).loss));
    assert.ok(model.gradient(x, y, { timesteps }).gradient.length > 0);
  }
});

for (const cell of CELLS)
  test(`${cell}: a cut gives the numbers of a model whose weights were set to zero`, () => {
    const { x, y } = u.task('first', { samples: N, timesteps: T });
    for (const cut of [{ keep: 'diagonal' }, { keep: 'off_diagonal' }, { withoutRecurrence: true }] as const) {
      const model = made({ cell, layers: 2 });
      const other = made({ cell, layers: 2 });
      const weights = other.getWeights();
      other.tensors.forEach(({ name, shape: [rows = 0, columns = 0] }, k) => {
        if (!name.endsWith('recurrent_kernel')) return;
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const kept = 'keep' in cut && (i === j % rows) === (cut.keep === 'diagonal');
            if (!kept) (weights[k] as Float32Array)[i * columns + j] = 0;
          }
      });
      other.setWeights(weights);
      assert.deepEqual(model.predict(x, cut), other.predict(x));
      assert.deepEqual(model.evaluate(x, y, cut), other.evaluate(x, y));
      const [a, b] = [model.trace(x.subarray(0, T), y[0], cut), other.trace(x.subarray(0, T), y[0])];
      assert.deepEqual([a.loss, a.prediction], [b.loss, b.prediction]);
      assert.deepEqual(a.layers[1]?.h, b.layers[1]?.h);
      const { dRecurrentKernel } = model.contribution(a, 3);
      const back = model.backward(x, y, cut).terms;
      const [width, units] = [(a.layers[0]?.gates ?? 0) * 5, 5];
      for (const terms of [dRecurrentKernel, back])
        terms.forEach((value, at) => {
          const diagonal = Math.floor(at / width) % units === (at % width) % units;
          if (!('keep' in cut) || diagonal !== (cut.keep === 'diagonal')) assert.equal(value, 0);
        });
      const last = model.terms(a, 3, 2);
      assert.equal(last.sum.at(-1), a.layers[0]?.z[2 * width + 2]);
    }
    const whole = made({ cell });
    const reset = whole.predict(x, { resetBefore: 4 });
    const rest = Float32Array.from({ length: N * 3 }, (_, k) => x[Math.floor(k / 3) * T + 3 + (k % 3)] as number);
    assert.deepEqual(reset, whole.predict(rest, { timesteps: 3 }));
  });

for (const cell of CELLS)
  test(`${cell}: a sequence split in two gives the bits of the whole`, () => {
    const model = made({ cell, layers: 2 });
    const { x, y } = u.task('first', { samples: 1, timesteps: T });
    const whole = model.trace(x, y[0]);
    const part = (name: 'h' | 'c') => {
      const rows = whole.layers.flatMap((layer) => [...layer[name].subarray(2 * 5, 3 * 5)]);
      return Float32Array.from(rows);
    };
    const initialState = cell === 'lstm' ? { h: part('h'), c: part('c') } : { h: part('h') };
    const second = model.trace(x.subarray(2), y[0], { initialState });
    assert.deepEqual(second.prediction, whole.prediction.slice(2));
    assert.deepEqual(second.layers[1]?.h, whole.layers[1]?.h.slice(10));
    assert.equal(second.loss, whole.loss);
    assert.ok(model.terms(second, 1, 0).kind.includes('state'));
    const rest = { timesteps: T - 2, initialState };
    assert.equal(model.predict(x.subarray(2), rest)[0], whole.prediction[T - 1]);
    assert.equal(Math.fround(model.evaluate(x.subarray(2), y, rest).loss), whole.loss);
    model.resetStates(initialState);
    for (let t = 2; t < T; t++) assert.equal(model.step(x[t] as number).probability, whole.prediction[t]);
    model.resetStates();
    assert.equal(model.step(x[0] as number).probability, whole.prediction[0]);
  });

test('the hash of a data set depends on its lengths', () => {
  const { x, y } = padded(false);
  const data = { x, y, timesteps: T };
  const hashes = [
    u.hash(data),
    u.hash({ ...data, lengths: LENGTHS }),
    u.hash({ ...data, lengths: LENGTHS.with(0, 5) }),
  ];
  assert.equal(new Set(hashes).size, 3);
});

test('wrong lengths, states and cuts are named', () => {
  const model = made();
  const { x, y } = padded(false);
  const says = (call: () => unknown, message: RegExp) => assert.throws(call, message);
  says(
    () => model.evaluate(x, y, { lengths: [1, 2] }),
    /^RangeError: evaluate: lengths has 2 numbers: expected 8, one/,
  );
  says(
    () => model.predict(x, { lengths: LENGTHS.with(2, 0) }),
    /^RangeError: predict: lengths\[2\] is 0: expected a whole number from 1 to 6$/,
  );
  says(() => model.predict(x, { lengths: LENGTHS.with(2, 7) }), /lengths\[2\] is 7/);
  says(
    () => model.predict(x, { initialState: { h: [1, 2] } }),
    /^RangeError: predict: initialState.h has 2 numbers: expected 40 \(8 × 1 × 5: sequences, layers, units\)$/,
  );
  says(() => model.resetStates({ h: [0, 0, 0, 0, Number.NaN] }), /resetStates: state.h\[4\] is NaN/);
  says(() => model.resetStates({ h: new Float32Array(5), c: new Float32Array(5) }), /unknown option "c"/);
  says(() => model.evaluate(x, y, { keep: 'none' as 'all' }), /keep is "none": expected "all" or "diagonal" or/);
  says(() => model.evaluate(x, y, { resetBefore: 7 }), /resetBefore is 7: expected a whole number from 0 to 6/);
  says(() => model.gradient(x, y, { keep: 'all' } as object), /unknown option "keep"/);
  says(() => model.predict(x, { timesteps: 1001 }), /timesteps is 1001: expected a whole number from 1 to 1,000/);
});
