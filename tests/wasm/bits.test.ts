/** The same numbers from every way to get them. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { bits, KINDS, type Kind, loadKind, NOTEBOOK, type Sequential, twin, type Unrolled, weightBits } from './support.ts';

const CONFIGS = [
  NOTEBOOK,
  { units: 1, timesteps: 1, features: 1, seed: 0 },
  { units: 5, timesteps: 7, features: 3, seed: 4294967295 },
  { units: 33, timesteps: 4, features: 2, activation: 'relu', seed: 7 },
] as const;

/** Data of any number of features: a task's numbers, taken in order. */
function dataFor(u: Unrolled, model: Sequential, samples: number) {
  const { x } = u.task('first', { samples, timesteps: model.timesteps * model.features });
  return { x, y: Float32Array.from({ length: samples }, (_, i) => Number((x[i * model.timesteps * model.features] as number) > 0.5)) };
}

describe('with SIMD and without', () => {
  const engines = {} as Record<Kind, Unrolled>;
  before(async () => {
    for (const kind of KINDS) engines[kind] = await loadKind(kind);
  });

  for (const config of CONFIGS)
    test(`the same bits: ${JSON.stringify(config)}`, async () => {
      const results = [];
      for (const kind of KINDS) {
        const u = engines[kind];
        assert.equal(u.simd, kind === 'simd');
        const model = u.sequential(config);
        const { x, y } = dataFor(u, model, 37);
        const first = weightBits(model);
        model.compile({ learningRate: 0.01 });
        const history = await model.fit(x, y, { epochs: 5, batchSize: 8, validationSplit: 0.25 });
        const trace = model.trace(x.subarray(0, model.timesteps * model.features), 1);
        const arrays = Object.values(trace).filter((value) => value instanceof Float32Array);
        results.push({
          first,
          weights: weightBits(model),
          history,
          trace: [trace.loss, bits(...arrays)],
          predictions: bits(model.predict(x)),
          evaluation: model.evaluate(x, y),
          snapshot: bits(model.snapshot()),
          file: bits(model.saveWeights()),
          csv: u.writeCsv({ x, y, timesteps: model.timesteps, features: model.features }),
        });
      }
      assert.deepEqual(results[0], results[1]);
      assert.notEqual(results[0]?.first, results[0]?.weights);
    });
});

for (const kind of KINDS)
  describe(`the ${kind} module: invariants`, () => {
    let u: Unrolled;
    before(async () => {
      u = await loadKind(kind);
    });

    for (const config of CONFIGS)
      test(`step, trace and predict agree to the bit: ${JSON.stringify(config)}`, async () => {
        const model = u.sequential(config);
        const { units, timesteps, features } = model;
        const { x, y } = dataFor(u, model, 6);
        await model.fit(x, y, { epochs: 3 });
        const predictions = model.predict(x);
        for (let i = 0; i < 6; i++) {
          const one = x.subarray(i * timesteps * features, (i + 1) * timesteps * features);
          const trace = model.trace(one, y[i]);
          model.resetStates();
          for (let t = 0; t < timesteps; t++) {
            const said = model.step(one.subarray(t * features, (t + 1) * features));
            assert.equal(said.probability, trace.probability[t]);
            assert.equal(said.logit, trace.logit[t]);
            assert.deepEqual(said.h, trace.h.slice((t + 1) * units, (t + 2) * units));
          }
          assert.equal(trace.probability[timesteps - 1], predictions[i]);
        }
      });

    for (const config of CONFIGS)
      test(`contributions add up to the gradient: ${JSON.stringify(config)}`, () => {
        const model = u.sequential(config);
        const { timesteps, features } = model;
        const { x, y } = dataFor(u, model, 1);
        const trace = model.trace(x, y[0]);
        const { gradient, loss } = model.gradient(x, y);
        assert.ok(Math.abs(loss - trace.loss) <= 1e-6 * Math.max(1, loss));
        const sums = gradient.slice(0, 3).map((tensor) => new Float64Array(tensor.length));
        for (let t = 1; t <= timesteps; t++) {
          const { dKernel, dRecurrentKernel, dBias } = model.contribution(trace, t);
          for (const [i, part] of [dKernel, dRecurrentKernel, dBias].entries())
            for (const [k, value] of part.entries()) (sums[i] as Float64Array)[k] = ((sums[i] as Float64Array)[k] as number) + value;
        }
        const distance = Math.hypot(...sums.flatMap((sum, i) => [...sum].map((value, k) => value - ((gradient[i] as Float32Array)[k] as number))));
        const norm = Math.hypot(...gradient.flatMap((tensor) => [...tensor]));
        assert.ok(norm > 0 && distance <= 1e-5 * norm, `${distance} of ${norm}`);
        assert.equal(trace.x.length, timesteps * features);
      });

    test('h_0 is 0, and the first step adds nothing to the recurrent kernel', () => {
      const model = u.sequential(NOTEBOOK);
      const { x, y } = twin(u, 1);
      const trace = model.trace(x, y[0]);
      assert.ok(trace.h.subarray(0, 32).every((h) => h === 0));
      const first = model.contribution(trace, 1);
      assert.ok(first.dRecurrentKernel.every((d) => d === 0));
      assert.ok(first.dBias.some((d) => d !== 0));
    });

    test('a trace takes any length, and knows no gradient without a label', () => {
      const model = u.sequential(NOTEBOOK);
      for (const timesteps of [1, 3, 50, 1000]) {
        const trace = model.trace(new Float32Array(timesteps).fill(0.5));
        assert.equal(trace.timesteps, timesteps);
        assert.equal(trace.h.length, (timesteps + 1) * 32);
        assert.equal(trace.label, undefined);
        assert.ok(Number.isNaN(trace.loss) && trace.dZ.every(Number.isNaN) && trace.probability.every((p) => p > 0 && p < 1));
      }
    });

    test('evaluate is what predict and the labels say', () => {
      const model = u.sequential(NOTEBOOK);
      const { x, y } = twin(u, 137);
      const p = model.predict(x);
      const { loss, accuracy } = model.evaluate(x, y);
      const right = [...p].filter((one, i) => Number(one > 0.5) === y[i]).length;
      const mean = [...p].reduce((sum, one, i) => sum - Math.log(y[i] === 1 ? one : 1 - one), 0) / p.length;
      assert.equal(accuracy, right / 137);
      // p is a float: its logarithm is good to some 1e-7
      assert.ok(Math.abs(loss - mean) < 1e-5, `${loss} ${mean}`);
    });

    test('weights survive files, lists and flat arrays to the bit', () => {
      const [one, other] = [u.sequential(NOTEBOOK), u.sequential({ ...NOTEBOOK, seed: 1 })];
      assert.notEqual(weightBits(one), weightBits(other));
      const original = weightBits(other);
      other.loadWeights(one.saveWeights());
      assert.equal(weightBits(one), weightBits(other));
      const third = u.sequential({ ...NOTEBOOK, seed: 1 });
      other.setWeights(third.getWeights());
      assert.equal(weightBits(other), original);
      other.setWeights(one.getWeights().flatMap((tensor) => [...tensor]));
      assert.equal(weightBits(other), weightBits(one));
    });

    test('what comes out is a copy', async () => {
      const model = u.sequential(NOTEBOOK);
      const { x, y } = twin(u);
      const [weights, snapshot, p] = [model.getWeights(), model.snapshot(), model.predict(x)];
      const kept = [bits(...weights), bits(snapshot), bits(p)];
      await model.fit(x, y, { epochs: 2 });
      assert.deepEqual([bits(...weights), bits(snapshot), bits(p)], kept);
      weights[0]?.fill(0);
      assert.notEqual(model.getWeights()[0]?.[0], 0);
    });
  });
