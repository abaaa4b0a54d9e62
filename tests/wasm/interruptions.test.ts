/**
 * Every network trains to the same bits with and without interruptions, in portions of 1 update or of 1,000, and from a
 * snapshot. tests/web/bits.test.ts checks the same in a worker.
 */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { KINDS, loadKind, type SequentialConfig, type Unrolled, weightBits } from './support.ts';

const OPTIMIZERS = [
  { optimizer: 'adam' },
  { optimizer: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true, globalClipnorm: 0.1 },
  { optimizer: 'rmsprop', momentum: 0.5, clipvalue: 0.01 },
] as const;
/** A task for each loss, and one with a readout at every step. */
const TASKS = ['first', 'order', 'adding', 'echo'];
const [SAMPLES, STEPS] = [22, 6];

for (const kind of KINDS)
  describe(`interruptions of training, ${kind}`, () => {
    let u: Unrolled;
    before(async () => {
      u = await loadKind(kind);
    });

    for (const cell of ['simple_rnn', 'gru', 'lstm'] as const)
      for (const name of TASKS)
        for (const [i, compiled] of OPTIMIZERS.entries())
          test(`${cell}, ${name}, ${compiled.optimizer}`, async () => {
            const task = u.tasks.find((one) => one.name === name);
            assert.ok(task);
            const { features, loss, classes, returnSequences = false } = task;
            const { x, y } = u.task(name, { samples: SAMPLES, timesteps: STEPS });
            // 17 sequences to train on: 4 batches, the last of 2
            const options = { epochs: 3, batchSize: 5, validationSplit: 0.2 };
            const fresh = () => {
              const shape = {
                features,
                loss,
                returnSequences,
                ...(classes && { classes }),
              } as Partial<SequentialConfig>;
              const model = u.sequential({
                units: 5,
                timesteps: STEPS,
                cell,
                layers: 1 + (i % 2),
                l2: i === 2 ? 0.01 : 0,
                ...shape,
              });
              model.compile(compiled);
              return model;
            };
            const whole = fresh();
            const start = weightBits(whole);
            const history = await whole.fit(x, y, options);
            const end = weightBits(whole);
            assert.notEqual(end, start);
            for (const budget of [1, 1000]) {
              const model = fresh();
              const training = model.training(x, y, options);
              while (!training.advance(budget).done);
              assert.deepEqual([weightBits(model), training.history], [end, history], `budget ${budget}`);
              model.dispose();
            }
            const [cut, other] = [fresh(), fresh()];
            const [training, elsewhere] = [cut.training(x, y, options), other.training(x, y, options)];
            training.advance(6);
            const snapshot = cut.snapshot();
            elsewhere.advance(5);
            other.restore(snapshot);
            for (const each of [training, elsewhere]) each.advance();
            assert.deepEqual([weightBits(cut), training.history], [end, history]);
            assert.deepEqual([weightBits(other), elsewhere.history], [end, history]);
            cut.restore(snapshot);
            training.advance();
            assert.deepEqual([weightBits(cut), training.history], [end, history], 'back to the snapshot');
            for (const model of [whole, cut, other]) model.dispose();
          });
  });
