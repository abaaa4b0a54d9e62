/** Different ways to compute the same number must give the same bits. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  bits,
  KINDS,
  type Kind,
  loadKind,
  NOTEBOOK,
  type Sequential,
  type TraceLayer,
  twin,
  type Unrolled,
  weightBits,
} from './support.ts';

const CONFIGS = [
  NOTEBOOK,
  { units: 1, timesteps: 1, features: 1, seed: 0 },
  { units: 5, timesteps: 7, features: 3, seed: 4294967295 },
  { units: 33, timesteps: 4, features: 2, activation: 'relu', seed: 7 },
  { units: 6, timesteps: 5, features: 2, cell: 'gru', layers: 2 },
  { units: 7, timesteps: 5, features: 2, cell: 'lstm', layers: 3, l2: 0.01 },
  { units: 5, timesteps: 4, cell: 'gru', returnSequences: true, loss: 'sparse_categorical_crossentropy', classes: 3 },
  { units: 5, timesteps: 4, cell: 'lstm', layers: 2, returnSequences: true, loss: 'mean_squared_error' },
] as const;

/** Data with any number of features, made of a task's numbers in order. */
function dataFor(u: Unrolled, model: Sequential, samples: number) {
  const { x } = u.task('first', { samples, timesteps: model.timesteps * model.features });
  const count = samples * (model.returnSequences ? model.timesteps : 1);
  const said = (value: number) =>
    model.loss === 'mean_squared_error' ? value : Math.floor(value * Math.max(2, model.outputs));
  return { x, y: Float32Array.from({ length: count }, (_, i) => said(x[(i * 7) % x.length] as number)) };
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
        const trace = model.trace(x.subarray(0, model.timesteps * model.features), y.subarray(0, y.length / 37));
        const lengths = Uint32Array.from({ length: 37 }, (_, i) => 1 + (i % model.timesteps));
        const masked = u.sequential(config);
        const maskedHistory = await masked.fit(x, y, { epochs: 2, batchSize: 8, lengths });
        const arrays = [trace, ...trace.layers].flatMap((part) =>
          Object.values(part).filter((value) => value instanceof Float32Array),
        );
        results.push({
          first,
          weights: weightBits(model),
          history,
          masked: [maskedHistory, weightBits(masked), bits(masked.predict(x, { lengths }))],
          trace: [trace.loss, bits(...arrays)],
          predictions: bits(model.predict(x)),
          evaluation: model.evaluate(x, y),
          snapshot: bits(model.snapshot()),
          file: bits(await model.saveWeights()),
          csv: await u.writeCsv({
            x,
            y,
            timesteps: model.timesteps,
            features: model.features,
            returnSequences: model.returnSequences,
          }),
        });
      }
      assert.deepEqual(results[0], results[1]);
      assert.notEqual(results[0]?.first, results[0]?.weights);
      assert.notEqual(results[0]?.first, results[0]?.masked[1]);
    });
});

for (const kind of KINDS)
  describe(`the ${kind} module: invariants`, () => {
    let u: Unrolled;
    before(async () => {
      u = await loadKind(kind);
    });

    for (const config of CONFIGS)
      test(`step, trace and predict agree bit by bit: ${JSON.stringify(config)}`, async () => {
        const model = u.sequential(config);
        const { timesteps, features, outputs } = model;
        const { x, y } = dataFor(u, model, 6);
        const readouts = y.length / 6;
        await model.fit(x, y, { epochs: 3 });
        const predictions = model.predict(x);
        for (let i = 0; i < 6; i++) {
          const one = x.subarray(i * timesteps * features, (i + 1) * timesteps * features);
          const trace = model.trace(one, y.subarray(i * readouts, (i + 1) * readouts));
          model.resetStates();
          for (let t = 0; t < timesteps; t++) {
            const said = model.step(one.subarray(t * features, (t + 1) * features));
            assert.deepEqual(said.predictions, trace.prediction.slice(t * outputs, (t + 1) * outputs));
            assert.deepEqual(said.logits, trace.logit.slice(t * outputs, (t + 1) * outputs));
            assert.equal(said.probability, said.predictions[0]);
            const states = trace.layers.flatMap(({ h, units }) => [...h.slice((t + 1) * units, (t + 2) * units)]);
            assert.deepEqual([...said.h], states);
          }
          const told = trace.prediction.slice((timesteps - readouts) * outputs);
          assert.deepEqual(told, predictions.slice(i * told.length, (i + 1) * told.length));
        }
      });

    for (const config of CONFIGS)
      test(`contributions add up to the gradient: ${JSON.stringify(config)}`, () => {
        const model = u.sequential({ ...config, l2: 0 });
        const { timesteps, features } = model;
        const { x, y } = dataFor(u, model, 1);
        const trace = model.trace(x, y);
        const { gradient, loss } = model.gradient(x, y);
        assert.ok(Math.abs(loss - trace.loss) <= 1e-6 * Math.max(1, loss));
        const sums = gradient.slice(0, 3 * model.layers).map((tensor) => new Float64Array(tensor.length));
        for (let layer = 0; layer < model.layers; layer++)
          for (let t = 1; t <= timesteps; t++) {
            const { dKernel, dRecurrentKernel, dBias } = model.contribution(trace, t, layer);
            for (const [i, part] of [dKernel, dRecurrentKernel, dBias].entries()) {
              const sum = sums[3 * layer + i] as Float64Array;
              for (const [k, value] of part.entries()) sum[k] = (sum[k] as number) + value;
            }
          }
        const distance = Math.hypot(
          ...sums.flatMap((sum, i) => [...sum].map((value, k) => value - ((gradient[i] as Float32Array)[k] as number))),
        );
        const norm = Math.hypot(...gradient.flatMap((tensor) => [...tensor]));
        assert.ok(norm > 0 && distance <= 1e-5 * norm, `${distance} of ${norm}`);
        assert.equal(trace.layers[0]?.x.length, timesteps * features);
      });

    for (const config of CONFIGS)
      test(`terms add up to the traced numbers bit by bit: ${JSON.stringify(config)}`, () => {
        const model = u.sequential(config);
        const { x } = dataFor(u, model, 1);
        const { timesteps } = model;
        const weights = model.getWeights();
        for (const cut of [{}, { withoutRecurrence: true }, { resetBefore: Math.min(3, timesteps) }]) {
          const trace = model.trace(x, undefined, cut);
          for (const [layer, { units, features, gates, z, a, h, q, c }] of trace.layers.entries())
            for (let t = 1; t <= timesteps; t++) {
              const unit = (7 * t) % units;
              const heard = t > 1 && !('withoutRecurrence' in cut) && cut.resetBefore !== t;
              for (let gate = 0; gate < gates; gate++) {
                const terms = model.terms(trace, t, unit, { layer, gate });
                const at = (t - 1) * gates * units + gate * units + unit;
                assert.equal(terms.sum.at(-1), z[at]);
                const states = terms.kind.flatMap((kind, k) => (kind === 'state' ? [k] : []));
                assert.deepEqual(
                  states.map((k) => terms.index[k]),
                  heard ? [...Array(units).keys()] : [],
                );
                for (const k of states) {
                  const from = terms.index[k] as number;
                  assert.equal(terms.value[k], h[(t - 1) * units + from]);
                  assert.equal(
                    terms.weight[k],
                    (weights[3 * layer + 1] as Float32Array)[from * gates * units + gate * units + unit],
                  );
                }
                const inputs = terms.kind.flatMap((kind, k) => (kind === 'input' ? [terms.value[k]] : []));
                assert.deepEqual(inputs, [
                  ...(trace.layers[layer] as (typeof trace.layers)[number]).x.slice((t - 1) * features, t * features),
                ]);
                for (const [k, product] of terms.product.entries())
                  assert.equal(product, Math.fround((terms.weight[k] as number) * (terms.value[k] as number)));
                if (q.length && gate === 2) assert.equal(terms.value.at(-1), q[(t - 1) * units + unit]);
                assert.equal(model.activate([z[at] as number], gate)[0], a[at]);
              }
              if (gates === 1) continue;
              const state = model.terms(trace, t, unit, { layer, gate: gates });
              assert.equal(state.sum.at(-1), h[t * units + unit]);
              if (c.length) assert.equal(state.sum[1], c[t * units + unit]);
            }
        }
      });

    test('h_0 is 0, and the first step contributes nothing to the gradient of the recurrent kernel', () => {
      const model = u.sequential(NOTEBOOK);
      const { x, y } = twin(u, 1);
      const trace = model.trace(x, y[0]);
      assert.ok(trace.layers[0]?.h.subarray(0, 32).every((h) => h === 0));
      const first = model.contribution(trace, 1);
      assert.ok(first.dRecurrentKernel.every((d) => d === 0));
      assert.ok(first.dBias.some((d) => d !== 0));
    });

    test('a trace accepts any length, and has no gradient without a label', () => {
      const model = u.sequential(NOTEBOOK);
      for (const timesteps of [1, 3, 50, 1000]) {
        const trace = model.trace(new Float32Array(timesteps).fill(0.5));
        assert.equal(trace.timesteps, timesteps);
        const [layer] = trace.layers as [TraceLayer];
        assert.equal(layer.h.length, (timesteps + 1) * 32);
        assert.ok(Number.isNaN(trace.y[0]) && Number.isNaN(trace.loss) && layer.dZ.every(Number.isNaN));
        assert.ok(trace.prediction.every((p) => p > 0 && p < 1));
      }
    });

    test('evaluate agrees with predict and the labels', () => {
      const model = u.sequential(NOTEBOOK);
      const { x, y } = twin(u, 137);
      const p = model.predict(x);
      const { loss, accuracy } = model.evaluate(x, y);
      const right = [...p].filter((one, i) => Number(one > 0.5) === y[i]).length;
      const mean = [...p].reduce((sum, one, i) => sum - Math.log(y[i] === 1 ? one : 1 - one), 0) / p.length;
      assert.equal(accuracy, right / 137);
      // p is a float, so its logarithm has an error of about 1e-7
      assert.ok(Math.abs(loss - mean) < 1e-5, `${loss} ${mean}`);
    });

    test('weights survive files, lists and flat arrays bit by bit', async () => {
      const [one, other] = [u.sequential(NOTEBOOK), u.sequential({ ...NOTEBOOK, seed: 1 })];
      assert.notEqual(weightBits(one), weightBits(other));
      const original = weightBits(other);
      await other.loadWeights(await one.saveWeights());
      assert.equal(weightBits(one), weightBits(other));
      const third = u.sequential({ ...NOTEBOOK, seed: 1 });
      other.setWeights(third.getWeights());
      assert.equal(weightBits(other), original);
      other.setWeights(one.getWeights().flatMap((tensor) => [...tensor]));
      assert.equal(weightBits(other), weightBits(one));
    });

    test('results are copies', async () => {
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
