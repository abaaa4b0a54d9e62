// Learning rates by epoch and early stopping through the interface: what is passed on, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKind } from './support.ts';

const u = await loadKind('simd');
const { x, y } = u.task('random', { samples: 60, timesteps: 8 });
const validationData = u.task('random', { samples: 40, timesteps: 8, firstSample: u.newSample });
const make = () => u.sequential({ units: 16, timesteps: 8 });

test('learning rates by epoch are fits with the rate set between them', async () => {
  const [phases, scheduled] = [make(), make()];
  for (const [epochs, rate] of [
    [2, 0.01],
    [3, 0.002],
  ] as const) {
    phases.setLearningRate(rate);
    await phases.fit(x, y, { epochs });
  }
  await scheduled.fit(x, y, { epochs: 5, learningRates: [0.01, 0.01, 0.002] });
  assert.deepEqual(scheduled.getWeights(), phases.getWeights());
});

test('early stopping ends a fit with the weights of the best epoch', async () => {
  const options = { epochs: 60, validationData, learningRates: Float64Array.of(0.02) };
  const all = await make().fit(x, y, options);
  const losses = all.val_loss as number[];
  const model = make();
  const seen: number[] = [];
  const stopped = await model.fit(x, y, {
    ...options,
    earlyStopping: { patience: 4, restoreBestWeights: true },
    onEpochEnd: (epoch) => void seen.push(epoch),
  });
  const epochs = stopped.loss.length;
  const best = 1 + losses.indexOf(Math.min(...losses.slice(0, epochs)));
  assert.ok(epochs < 60 && best < epochs);
  assert.equal(epochs - best, 4);
  assert.equal(seen.length, epochs);
  assert.deepEqual(stopped.val_loss, losses.slice(0, epochs));
  assert.equal(model.evaluate(validationData.x, validationData.y).loss, losses[best - 1]);
  const again = make();
  const run = again.training(x, y, { ...options, earlyStopping: { patience: 4 } });
  const progress = run.advance();
  assert.deepEqual([progress.done, progress.epoch, progress.bestEpoch], [true, epochs, best]);
  assert.notDeepEqual(again.getWeights(), model.getWeights());
});

test('seeds that stop early have the quantiles of the runs that reached an epoch', async () => {
  const options = { runs: 5, epochs: 40, validationData, learningRates: [0.02], earlyStopping: { patience: 2 } };
  const { histories, quantile } = await u.seeds({ units: 16, timesteps: 8 }, x, y, options);
  const longest = Math.max(...histories.map(({ loss }) => loss.length));
  assert.ok(histories.some(({ loss }) => loss.length < longest));
  const maximum = quantile('loss', 1);
  assert.equal(maximum.length, longest);
  const last = histories.flatMap(({ loss }) => loss.slice(longest - 1, longest));
  assert.equal(maximum.at(-1), Math.max(...last));
});

test('wrong rates and rules are refused by name', async () => {
  const model = make();
  const refuses = (options: object, expected: RegExp) => assert.rejects(model.fit(x, y, options), expected);
  await refuses({ learningRates: 0.1 }, /^TypeError: fit: learningRates /);
  await refuses({ learningRates: [] }, /^RangeError: fit: the number of learningRates is 0: expected 1 to 10/);
  await refuses({ epochs: 1, learningRates: [0.1, 0.1] }, /^RangeError: fit: the number of learningRates is 2: /);
  await refuses({ epochs: 2, learningRates: [0.1, -1] }, /^RangeError: fit: learningRates\[1\] is -1: /);
  await refuses({ earlyStopping: {} }, /^RangeError: fit: earlyStopping monitors val_loss, which needs /);
  await refuses({ earlyStopping: { monitor: 'mean_absolute_error' } }, /^RangeError: fit: monitor is /);
  await refuses({ earlyStopping: { monitor: 'loss', patience: 1.5 } }, /^RangeError: fit: patience is 1.5: /);
  await refuses(
    { earlyStopping: { monitor: 'loss', minDelta: Number.NaN } },
    /^(Type|Range)Error: fit: minDelta is NaN: /,
  );
  await refuses({ earlyStopping: { monitor: 'loss', restoreBestWeights: 1 } }, /^TypeError: fit: restoreBestWeights /);
  await refuses({ earlyStopping: { patiense: 1 } }, /patiense/);
});
