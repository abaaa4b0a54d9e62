/** Fits, portions, snapshots, and memory. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type FitOptions, KINDS, loadKind, NOTEBOOK, thrown, twin, type Unrolled, weightBits } from './support.ts';

for (const kind of KINDS)
  describe(`training, ${kind}`, () => {
    let u: Unrolled;
    let x: Float32Array;
    let y: Float32Array;
    before(async () => {
      u = await loadKind(kind);
      ({ x, y } = twin(u));
    });
    const fresh = () => u.sequential(NOTEBOOK);

    test('two fits of 5 epochs equal one of 10', async () => {
      const [one, two] = [fresh(), fresh()];
      const whole = await one.fit(x, y, { epochs: 10, validationSplit: 0.2 });
      const first = await two.fit(x, y, { epochs: 5, validationSplit: 0.2 });
      const second = await two.fit(x, y, { epochs: 5, validationSplit: 0.2 });
      assert.deepEqual(whole.loss, [...first.loss, ...second.loss]);
      assert.deepEqual(whole.val_accuracy, [...(first.val_accuracy ?? []), ...(second.val_accuracy ?? [])]);
      assert.equal(weightBits(one), weightBits(two));
      assert.deepEqual(two.counters, { updates: 30, epochs: 10, position: 0 });
    });

    test('portions of any size give the bits of one fit', async () => {
      const model = fresh();
      const options = { epochs: 6, batchSize: 32, validationSplit: 0.1 };
      const history = await model.fit(x, y, options);
      for (const budget of [1, 2, 3, 7, undefined]) {
        const slow = fresh();
        const training = slow.training(x, y, options);
        let updates = 0;
        for (let done = false; !done; ) {
          const progress = training.advance(budget);
          assert.ok(budget === undefined || progress.updates - updates <= budget);
          assert.equal(progress.batches, 3);
          updates = progress.updates;
          done = progress.done;
        }
        assert.equal(updates, 18);
        assert.deepEqual(training.history, history);
        assert.equal(weightBits(slow), weightBits(model));
        training.dispose();
        assert.deepEqual(training.history, history);
      }
    });

    test('with plain SGD an update moves the weights by the gradient of nextBatch', () => {
      const model = fresh();
      model.compile({ optimizer: 'sgd', learningRate: 0.5 });
      const training = model.training(x, y, { epochs: 2, batchSize: 32 });
      const seen: number[] = [];
      for (let update = 0; update < 8; update++) {
        const batch = training.nextBatch();
        assert.equal(batch.length, update % 4 === 3 ? 4 : 32);
        seen.push(...batch);
        const taken = {
          x: Float32Array.from([...batch].flatMap((b) => [...x.subarray(b * 10, b * 10 + 10)])),
          y: Float32Array.from(batch, (b) => y[b] as number),
        };
        const gradient = model.gradient(taken.x, taken.y).gradient.flatMap((part) => [...part]);
        const before = model.getWeights().flatMap((part) => [...part]);
        training.advance(1);
        for (const [i, now] of model
          .getWeights()
          .flatMap((part) => [...part])
          .entries())
          assert.ok(Math.abs(now - ((before[i] as number) - 0.5 * (gradient[i] as number))) < 1e-6);
      }
      for (let sample = 0; sample < 100; sample++) assert.equal(seen.filter((one) => one === sample).length, 2);
      training.dispose();
      assert.throws(() => training.nextBatch(), { code: 'ENDED' });
    });

    test('each list of the history has the metrics of the data in its name', async () => {
      const model = fresh();
      const validation = u.task('first', { samples: 50, timesteps: 10, firstSample: u.newSample });
      const history = await model.fit(x, y, {
        epochs: 3,
        validationData: [validation.x, validation.y],
        validationSplit: 0.5,
      });
      const { loss, accuracy } = model.evaluate(validation.x, validation.y);
      assert.equal(history.val_loss?.[2], loss);
      assert.equal(history.val_accuracy?.[2], accuracy);
      assert.equal(model.counters.updates, 12, 'validationData go before validationSplit: all 100 are trained on');
      const same = await fresh().fit(x, y, { epochs: 3, validationData: validation });
      assert.deepEqual(same, history);
      const none = await fresh().fit(x, y, { epochs: 3 });
      assert.deepEqual(Object.keys(none).sort(), ['accuracy', 'loss']);
      assert.deepEqual(none.loss, history.loss);
    });

    test('validationFreq skips validation of some epochs and changes nothing else', async () => {
      const validationData = u.task('first', { samples: 50, timesteps: 10, firstSample: u.newSample });
      const all = await fresh().fit(x, y, { epochs: 7, validationData });
      const logs: string[][] = [];
      const model = fresh();
      const some = await model.fit(x, y, {
        epochs: 7,
        validationData,
        validationFreq: 3,
        onEpochEnd: (_, log) => logs.push(Object.keys(log)),
      });
      assert.deepEqual({ ...some, val_loss: [], val_accuracy: [] }, { ...all, val_loss: [], val_accuracy: [] });
      assert.deepEqual(some.val_loss, [all.val_loss?.[2], all.val_loss?.[5]]);
      assert.deepEqual(some.val_accuracy, [all.val_accuracy?.[2], all.val_accuracy?.[5]]);
      assert.deepEqual(
        logs.map((names) => names.includes('val_loss')),
        [false, false, true, false, false, true, false],
      );
      const never = await fresh().fit(x, y, { epochs: 2, validationData, validationFreq: 3 });
      assert.deepEqual([never.val_loss, never.val_accuracy], [[], []]);
    });

    test('validationSplit validates with the last samples', async () => {
      const [split, apart] = [fresh(), fresh()];
      const one = await split.fit(x, y, { epochs: 3, validationSplit: 0.25 });
      const last = { x: x.slice(750), y: y.slice(75) };
      const other = await apart.fit(x.slice(0, 750), y.slice(0, 75), { epochs: 3, validationData: last });
      assert.deepEqual(one, other);
    });

    test('without shuffling the first batch is the first samples', () => {
      const training = fresh().training(x, y, { epochs: 1, batchSize: 8, shuffle: false });
      const first = fresh().gradient(x.subarray(0, 80), y.subarray(0, 8));
      assert.equal(training.advance(1).batchLoss, first.loss);
      const other = fresh().training(x, y, { epochs: 1, batchSize: 8 });
      assert.notEqual(other.advance(1).batchLoss, first.loss);
    });

    test('flat, nested and plain arrays give the same', async () => {
      const reference = fresh();
      await reference.fit(x, y, { epochs: 1 });
      const rows = Array.from({ length: 100 }, (_, i) => [...x.subarray(i * 10, i * 10 + 10)]);
      const forms = [
        [...x],
        Float64Array.from(x),
        rows,
        rows.map((row) => row.map((value) => [value])),
        rows.map((row) => Float32Array.from(row)),
      ];
      for (const form of forms) {
        const model = fresh();
        await model.fit(form, [...y], { epochs: 1 });
        assert.equal(weightBits(model), weightBits(reference));
      }
    });

    test('onEpochEnd is called after each epoch and may wait for the event loop', async () => {
      const model = fresh();
      const heard: unknown[] = [];
      const history = await model.fit(x, y, {
        epochs: 3,
        validationSplit: 0.2,
        onEpochEnd: (epoch, logs) => void heard.push([epoch, logs]),
      });
      assert.deepEqual(
        heard,
        [0, 1, 2].map((e) => [
          e,
          {
            loss: history.loss[e],
            accuracy: history.accuracy?.[e],
            val_loss: history.val_loss?.[e],
            val_accuracy: history.val_accuracy?.[e],
          },
        ]),
      );
      const plain = fresh();
      await plain.fit(x, y, { epochs: 3, validationSplit: 0.2 });
      assert.equal(weightBits(model), weightBits(plain));
    });

    test('fit yields to the event loop only if the callback returns a promise', async () => {
      const order: string[] = [];
      const run = async (onEpochEnd: FitOptions['onEpochEnd']) => {
        order.length = 0;
        setImmediate(() => order.push('event loop'));
        await fresh().fit(x, y, { epochs: 3, ...(onEpochEnd && { onEpochEnd }) });
        order.push('fitted');
        await new Promise((resolve) => setImmediate(resolve));
        return [...order];
      };
      const epochs = ['epoch 0', 'epoch 1', 'epoch 2'];
      assert.deepEqual(await run(undefined), ['fitted', 'event loop']);
      assert.deepEqual(await run((epoch) => void order.push(`epoch ${epoch}`)), [...epochs, 'fitted', 'event loop']);
      const waited = await run(async (epoch) => void order.push(`epoch ${epoch}`));
      assert.ok(waited.indexOf('event loop') < waited.indexOf('epoch 2'), String(waited));
    });

    test('false, a promise of false, and stopTraining stop after the epoch, and nothing is lost', async () => {
      for (const stop of [() => false, async () => false]) {
        const model = fresh();
        assert.equal(
          (await model.fit(x, y, { epochs: 10, onEpochEnd: (epoch) => (epoch === 1 ? stop() : undefined) })).loss
            .length,
          2,
        );
        await model.fit(x, y, { epochs: 8 });
        const whole = fresh();
        await whole.fit(x, y, { epochs: 10 });
        assert.equal(weightBits(model), weightBits(whole));
      }
      const model = fresh();
      const history = await model.fit(x, y, {
        onEpochEnd: (epoch) => {
          model.stopTraining = epoch === 2;
        },
      });
      assert.equal(history.loss.length, 3);
      assert.equal((await model.fit(x, y, { epochs: 2 })).loss.length, 2, 'a new fit begins with stopTraining false');
    });

    test('an error in onEpochEnd rejects the fit, and the model can still be used', async () => {
      const model = fresh();
      const error = await thrown(() =>
        model.fit(x, y, {
          epochs: 5,
          onEpochEnd: (epoch) => {
            if (epoch === 1) throw new Error('enough');
          },
        }),
      );
      assert.equal(error.message, 'enough');
      assert.equal(model.counters.epochs, 2);
      await model.fit(x, y, { epochs: 8 });
      const whole = fresh();
      await whole.fit(x, y, { epochs: 10 });
      assert.equal(weightBits(model), weightBits(whole));
    });

    test('the model may be used in onEpochEnd, but not fitted', async () => {
      const model = fresh();
      const accuracies: number[] = [];
      const errors: (string | undefined)[] = [];
      await model.fit(x, y, {
        epochs: 2,
        batchSize: 4,
        onEpochEnd: async () => {
          accuracies.push(model.evaluate(x, y).accuracy ?? Number.NaN);
          errors.push((await thrown(() => model.fit(x, y))).code, (await thrown(() => model.training(x, y))).code);
        },
      });
      assert.equal(accuracies.length, 2);
      assert.deepEqual(errors, ['BUSY', 'BUSY', 'BUSY', 'BUSY']);
      const plain = fresh();
      await plain.fit(x, y, { epochs: 2, batchSize: 4 });
      assert.equal(weightBits(model), weightBits(plain));
    });

    test('a snapshot in the middle of an epoch contains the whole state', () => {
      const model = fresh();
      const training = model.training(x, y, { epochs: 4 });
      training.advance(6);
      const [snapshot, early] = [model.snapshot(), model.counters];
      assert.deepEqual(early, { updates: 6, epochs: 1, position: 64 });
      training.advance();
      const [end, history] = [weightBits(model), training.history];
      model.restore(snapshot);
      assert.deepEqual(model.counters, early);
      assert.equal(training.advance(0).epoch, 1);
      assert.equal(training.history.loss.length, 1);
      training.advance();
      assert.equal(weightBits(model), end);
      assert.deepEqual(training.history, history);
      const twinModel = fresh();
      twinModel.restore(model.snapshot());
      assert.equal(weightBits(twinModel), end);
    });

    test('compile resets the moments, setLearningRate keeps them', async () => {
      const [compiled, set, plain] = [fresh(), fresh(), fresh()];
      for (const model of [compiled, set, plain]) await model.fit(x, y, { epochs: 1 });
      compiled.compile();
      set.setLearningRate(0.001);
      assert.equal(compiled.learningRate, 0.001);
      for (const model of [compiled, set, plain]) await model.fit(x, y, { epochs: 1 });
      assert.equal(weightBits(set), weightBits(plain));
      assert.notEqual(weightBits(compiled), weightBits(plain));
    });

    test('divergence is reported in the history, and a snapshot restores the model', async () => {
      const model = u.sequential({ ...NOTEBOOK, activation: 'relu' });
      model.compile({ learningRate: 1000 });
      const start = model.snapshot();
      const history = await model.fit(x, y, { epochs: 100 });
      assert.ok(
        history.diverged && history.diverged.epoch === history.loss.length + 1,
        JSON.stringify(history.diverged),
      );
      assert.ok(history.loss.every(Number.isFinite));
      model.restore(start);
      const training = model.training(x, y, { epochs: 100 });
      const progress = training.advance();
      assert.deepEqual([progress.done, progress.diverged], [true, history.diverged]);
      assert.deepEqual(training.history, history);
      assert.deepEqual(training.advance().diverged, history.diverged, 'again, not on');
      let calls = 0;
      model.restore(start);
      assert.deepEqual(await model.fit(x, y, { epochs: 100, onEpochEnd: () => void calls++ }), history);
      assert.equal(calls, history.loss.length);
      model.restore(start);
      model.compile({ learningRate: 0.001 });
      assert.equal((await model.fit(x, y, { epochs: 2 })).diverged, undefined);
    });

    test('a new fit ends the previous training', async () => {
      const model = fresh();
      const old = model.training(x, y, { epochs: 2 });
      old.advance(5);
      const history = old.history;
      await model.fit(x, y, { epochs: 1 });
      assert.equal((await thrown(() => old.advance())).code, 'ENDED');
      assert.deepEqual(old.history, history);
    });

    test('larger batches get a larger workspace, and smaller ones still give the same bits', async () => {
      const [one, other] = [fresh(), fresh()];
      one.evaluate(x, y);
      const many = twin(u, 1024);
      one.gradient(many.x, many.y);
      await one.fit(x, y, { epochs: 2, batchSize: 7 });
      await other.fit(x, y, { epochs: 2, batchSize: 7 });
      assert.equal(weightBits(one), weightBits(other));
    });

    test('memory does not grow with models, fits, trainings and errors', async () => {
      const engine = await loadKind(kind);
      const many = twin(engine, 3000);
      const cycle = async () => {
        const model = engine.sequential({ ...NOTEBOOK, units: 128 });
        const training = model.training(many.x, many.y, { epochs: 1, batchSize: 256 });
        training.advance(1);
        await model.fit(x, y, { epochs: 1, batchSize: 100 });
        model.training(many.x, many.y).advance(1); // not disposed here, because the model's dispose does it
        model.trace(x.subarray(0, 10), 1);
        model.restore(model.snapshot());
        await model.loadWeights(await model.saveWeights());
        model.predict(many.x);
        await thrown(() => model.loadWeights(new Uint8Array(100_000)));
        await thrown(() => engine.readCsv(`y,x1\n${'1,2\n'.repeat(50_000)}1`));
        await thrown(() => engine.sequential({ ...NOTEBOOK, units: 0 }));
        model.dispose();
      };
      await cycle();
      const before = engine.memoryBytes;
      for (let i = 0; i < 100; i++) await cycle();
      assert.equal(engine.memoryBytes, before);
    });

    test('memory growth does not change living models', async () => {
      const engine = await loadKind(kind);
      const model = engine.sequential(NOTEBOOK);
      const training = model.training(x, y, { epochs: 4 });
      training.advance(5);
      const [weights, size] = [model.getWeights(), engine.memoryBytes];
      engine.sequential({ units: 512, timesteps: 200 }).gradient(new Float32Array(200 * 64), new Float32Array(64));
      assert.ok(engine.memoryBytes > size);
      assert.deepEqual(model.getWeights(), weights);
      training.advance();
      const plain = fresh();
      await plain.fit(x, y, { epochs: 4 });
      assert.equal(weightBits(model), weightBits(plain));
    });
  });
