/** Each run of `seeds` must equal that of a separate model, and its quantiles must be those of the runs. */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type History, KINDS, loadKind, type Seeds, thrown, twin, type Unrolled } from './support.ts';

const NET = { units: 6, timesteps: 10 } as const;
const HOW = { epochs: 3, batchSize: 16 } as const;
const LAST = 2 ** 32 - 1;

for (const kind of KINDS)
  describe(`seeds, ${kind}`, () => {
    let u: Unrolled;
    let x: Float32Array;
    let y: Float32Array;
    before(async () => {
      u = await loadKind(kind);
      ({ x, y } = twin(u, 40));
    });

    async function single(seed: number, net: object, compile: object, how: object, data = { x, y }): Promise<History> {
      const model = u.sequential({ ...NET, ...net, seed });
      model.compile(compile);
      const history = await model.fit(data.x, data.y, { ...HOW, ...how });
      model.dispose();
      return history;
    }

    for (const [name, net, compile, how] of [
      ['Adam', {}, {}, {}],
      [
        'a split',
        { cell: 'gru', l2: 0.01 },
        { optimizer: 'sgd', learningRate: 0.1, momentum: 0.5 },
        { validationSplit: 0.25 },
      ],
      [
        'two layers, in order',
        { cell: 'lstm', layers: 2 },
        { optimizer: 'rmsprop', globalClipnorm: 0.1 },
        { shuffle: false },
      ],
      ['a mean squared error', { loss: 'mean_squared_error' }, {}, { validationSplit: 0.5 }],
    ] as const)
      test(`each run equals that of a separate model: ${name}`, async () => {
        const { histories, diverged } = await u.seeds({ ...NET, ...net }, x, y, {
          ...HOW,
          ...how,
          runs: 4,
          firstSeed: 7,
          compile,
        });
        assert.equal(diverged, 0);
        const alone = [10, 9, 8, 7].map((seed) =>
          single(seed, net, compile, how),
        ); /* in reverse order, because no run depends on another */
        assert.deepEqual(histories, (await Promise.all(alone)).reverse());
        assert.notDeepEqual(histories[0], histories[1]);
      });

    test('seeds accepts validation data, begins at the seed of the config, and reaches the last seed', async () => {
      const fresh = u.task('first', { samples: 30, timesteps: 10, firstSample: u.newSample });
      const how = { validationData: fresh };
      const { histories } = await u.seeds({ ...NET, seed: LAST - 1 }, x, y, { ...HOW, ...how, runs: 2 });
      assert.deepEqual(histories, [await single(LAST - 1, {}, {}, how), await single(LAST, {}, {}, how)]);
      assert.equal(histories[0]?.val_loss?.length, HOW.epochs);
      const byDefault = await u.seeds(NET, x, y, { ...HOW, runs: 1 });
      assert.deepEqual(byDefault.histories, [await single(42, {}, {}, {})]);
    });

    test('quantiles are values of runs or between them', async () => {
      const seeds = await u.seeds(NET, x, y, { ...HOW, runs: 21, validationSplit: 0.25 });
      for (const name of ['loss', 'accuracy', 'val_loss', 'val_accuracy'] as const)
        for (let epoch = 0; epoch < HOW.epochs; epoch++) {
          const sorted = seeds.histories.map((history) => history[name]?.[epoch] as number).sort((a, b) => a - b);
          for (const [q, place] of [
            [0, 0],
            [0.05, 1],
            [0.5, 10],
            [0.95, 19],
            [1, 20],
          ] as const)
            assert.equal(seeds.quantile(name, q)[epoch], sorted[place]);
          const between = ((sorted[0] as number) + (sorted[1] as number)) / 2;
          assert.ok(Math.abs((seeds.quantile(name, 0.025)[epoch] as number) - between) <= 1e-12);
        }
      assert.equal(seeds.quantile('loss', 0.5).length, HOW.epochs);
      for (const [name, q, said] of [
        ['mean_absolute_error', 0.5, /quantile: name is "mean_absolute_error": expected "loss" or "accuracy"/],
        ['loss', 1.5, /quantile: q is 1.5: expected a number from 0 to 1/],
      ] as const)
        assert.match((await thrown(() => seeds.quantile(name, q))).message, said);
    });

    test('a run that diverges is counted and left out', async () => {
      const net = { ...NET, activation: 'relu' } as const;
      const how = { epochs: 8, batchSize: 16, runs: 12 };
      let some: Seeds | undefined;
      for (const learningRate of [3, 10, 30, 100]) {
        const seeds = await u.seeds(net, x, y, { ...how, compile: { optimizer: 'sgd', learningRate } });
        if (seeds.diverged > 0 && seeds.diverged < how.runs) some = seeds;
      }
      assert.ok(some, 'no rate at which some runs diverge');
      const whole = some.histories.filter((history) => !history.diverged);
      assert.equal(whole.length, how.runs - some.diverged);
      const worst = some.quantile('loss', 1);
      assert.deepEqual(
        worst,
        worst.map((_, epoch) => Math.max(...whole.map(({ loss }) => loss[epoch] as number))),
      );
      assert.equal(worst.length, how.epochs);
      const all = await u.seeds({ ...NET, loss: 'mean_squared_error' }, x, y, {
        ...how,
        compile: { optimizer: 'sgd', learningRate: 1e30 },
      });
      assert.equal(all.diverged, how.runs);
      assert.deepEqual(all.quantile('loss', 0.5), []);
    });

    test('onRunEnd is called after each run, may wait, and can stop', async () => {
      const whole = await u.seeds(NET, x, y, { ...HOW, runs: 5 });
      const heard: History[] = [];
      const stopped = await u.seeds(NET, x, y, {
        ...HOW,
        runs: 5,
        onRunEnd: (run, history) => {
          assert.equal(run, heard.length);
          heard.push(history);
          return run < 2;
        },
      });
      assert.deepEqual([stopped.histories, heard], [whole.histories.slice(0, 3), whole.histories.slice(0, 3)]);
      assert.notEqual(stopped.histories[0], heard[0], 'a copy');
      const later = await u.seeds(NET, x, y, { ...HOW, runs: 5, onRunEnd: async (run) => run < 1 });
      assert.deepEqual(later.histories, whole.histories.slice(0, 2));
      const failed = await thrown(() =>
        u.seeds(NET, x, y, {
          ...HOW,
          onRunEnd: () => {
            throw new Error('enough');
          },
        }),
      );
      assert.equal(failed.message, 'enough');
    });

    test('changes while it waits affect no run', async () => {
      const whole = await u.seeds(NET, x, y, { ...HOW, runs: 4 });
      const [mine, labels, config, compile] = [
        x.slice(),
        y.slice(),
        { ...NET, seed: 42 } as { units: number; timesteps: number; seed: number },
        { learningRate: 0.001 },
      ];
      const other = u.seeds({ ...NET, cell: 'gru' }, x, y, { ...HOW, runs: 4, onRunEnd: async () => true });
      const disturbed = await u.seeds(config, mine, labels, {
        ...HOW,
        runs: 4,
        compile,
        onRunEnd: async () => {
          mine.fill(0);
          labels.reverse();
          config.units = 1;
          compile.learningRate = 1;
        },
      });
      assert.deepEqual(disturbed.histories, whole.histories);
      assert.deepEqual(
        (await other).histories,
        (await u.seeds({ ...NET, cell: 'gru' }, x, y, { ...HOW, runs: 4 })).histories,
      );
    });

    test('memory does not grow, even after errors', async () => {
      await u.seeds(NET, x, y, { ...HOW, runs: 2 });
      const bytes = u.memoryBytes;
      await u.seeds(NET, x, y, { ...HOW, epochs: 1, runs: 2000 });
      for (let i = 0; i < 500; i++) await thrown(() => u.seeds(NET, x, [...y].fill(2), HOW));
      assert.equal(u.memoryBytes, bytes);
    });

    test('wrong arguments are named', async () => {
      for (const [args, said] of [
        [[NET, x, y, { runs: 0 }], /^RangeError: seeds: runs is 0: expected a whole number from 1 to 100,000$/],
        [[NET, x, y, { runs: '3' }], /^TypeError: seeds: runs is "3": expected/],
        [[NET, x, y, { runs: 2.5 }], /^RangeError: seeds: runs is 2.5: expected/],
        [[NET, x, y, { firstSeed: -1 }], /^RangeError: seeds: firstSeed is -1: expected/],
        [
          [NET, x, y, { runs: 3, firstSeed: LAST - 1 }],
          /^RangeError: seeds: firstSeed is 4294967294: expected at most 4,294,967,293, so that 3 seeds/,
        ],
        [[NET, x, y, { onRunEnd: 1 }], /^TypeError: seeds: onRunEnd is 1: expected a function$/],
        [[NET, x, y, { onEpochEnd: () => 0 }], /^TypeError: seeds: unknown option "onEpochEnd"/],
        [[NET, x, y, { epochs: 0 }], /^RangeError: seeds: epochs is 0: expected/],
        [[NET, x, y, { compile: { learningRate: -1 } }], /^RangeError: compile: learningRate is -1: expected/],
        [[NET, x, y, { compile: 'sgd' }], /^TypeError: compile: options is "sgd": expected/],
        [[NET, x, y.slice(1), {}], /^RangeError: seeds: y has 39 labels: expected 40/],
        [[NET, 'x', y, {}], /^TypeError: seeds: x is "x": expected sequences/],
        [[{ ...NET, units: 0 }, x, y, {}], /^RangeError: sequential: units is 0: expected/],
        [['NET', x, y, {}], /^TypeError: sequential: options is "NET": expected/],
        [[NET, x, y, null], /^TypeError: seeds: options is null: expected/],
      ] as const)
        assert.match(String(await thrown(() => (u.seeds as (...all: readonly unknown[]) => unknown)(...args))), said);
    });
  });
