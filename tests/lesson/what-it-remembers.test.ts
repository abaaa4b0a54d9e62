// Every number in the chapter "What it remembers", and what its figure shows beside least squares of this test's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../web/state/state.ts';
import { chapter, engine, moment, run, SEEDS, says } from './chapter.ts';
import { accuraciesAt, probedAt } from './many-seeds.ts';

const page = chapter('what-it-remembers');
const percent = (value: number | undefined): number => Math.round(100 * (value ?? Number.NaN));
const shown = (value: number | undefined): string => (value ?? Number.NaN).toFixed(2);
const untrained = page.at(1);
const forgets = page.at(2, 'at=-1');
const first = page.at(3);

/** Solves the normal equations by elimination. Each row of x ends with 1. */
function leastSquares(x: readonly number[][], y: readonly number[]): number[] {
  const size = x[0]?.length ?? 0;
  const rows = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size + 1 }, (_, b) =>
      x.reduce((sum, row, i) => sum + (row[a] as number) * (b < size ? (row[b] as number) : (y[i] as number)), 0),
    ),
  );
  for (const [a, pivot] of rows.entries())
    for (const [b, row] of rows.entries()) {
      const factor = a === b ? 0 : (row[a] as number) / (pivot[a] as number);
      for (let c = a; c <= size; c++) row[c] = (row[c] as number) - factor * (pivot[c] as number);
    }
  return rows.map((row, a) => (row[size] as number) / (row[a] as number));
}

/** R² of each number without the worker and without the core's probe: states step by step, then least squares. */
async function alone(state: State, trained: boolean): Promise<number[]> {
  const { task, samples, steps, units, cell, rate, clip, epochs, seed, data } = state;
  const model = engine.sequential({ units, cell, seed, timesteps: steps });
  if (trained) {
    model.compile({ learningRate: rate, globalClipnorm: clip });
    const set = engine.task(task, { samples, timesteps: steps, dataSeed: data });
    await model.fit(set.x, set.y, { epochs, batchSize: 32 });
  }
  const { x } = engine.task(task, {
    ...{ samples: 1000, timesteps: steps, dataSeed: data },
    firstSample: engine.newSample,
  });
  const sequences = Array.from({ length: 1000 }, (_, n) => [...x.slice(n * steps, (n + 1) * steps)]);
  const states = sequences.map((sequence) => {
    model.resetStates();
    return [...(sequence.map((value) => model.step(value)).at(-1)?.h ?? []), 1];
  });
  model.dispose();
  return Array.from({ length: steps }, (_, t) => {
    const y = sequences.map((sequence) => sequence[t] as number);
    const weights = leastSquares(states.slice(0, 500), y.slice(0, 500));
    const mean = y.slice(500).reduce((sum, one) => sum + one, 0) / 500;
    let [error, spread] = [0, 0];
    for (const [i, state] of states.slice(500).entries()) {
      const value = y[500 + i] as number;
      error += (value - state.reduce((sum, one, k) => sum + one * (weights[k] as number), 0)) ** 2;
      spread += (value - mean) ** 2;
    }
    return 1 - error / spread;
  });
}

test('the figure shows what least squares finds in the states of a model without the worker', async () => {
  for (const change of [{}, { task: 'first', rate: 0.003 }, { cell: 'gru', units: 8, steps: 5 }] as Partial<State>[]) {
    const state = { ...forgets, epochs: 5, ...change };
    const answer = await probedAt(state);
    assert.equal(answer.measured, 500);
    for (const [values, wanted] of [
      [answer.r2, await alone(state, true)],
      [answer.untrained, await alone(state, false)],
    ] as const) {
      assert.equal(values.length, state.steps);
      for (const [i, value] of values.entries())
        assert.ok(
          Math.abs((value ?? Number.NaN) - (wanted[i] as number)) < 1e-4,
          `${JSON.stringify(change)}, number ${i + 1}: ${value}, ${wanted[i]}`,
        );
    }
  }
});

test('an untrained network carries traces of all numbers', async () => {
  says(page, 'This network reads 20 numbers and has not been trained yet. Its last hidden state is 32 numbers');
  says(page, 'Its weights are fitted on 500 new sequences, and it is measured on 500 others.');
  says(page, 'R² is 0.70 for the first number and 0.99 or more for the last three.');
  says(page, 'R² of the first number was 0.70.');
  const { r2, untrained: before, measured } = await probedAt(untrained);
  assert.deepEqual([r2.length, before.length, untrained.units, measured], [20, 0, 32, 500]);
  assert.equal(shown(r2[0]), '0.70');
  for (const value of r2.slice(-3)) assert.ok(Number(shown(value)) >= 0.99, String(value));
});

test('trained on the last number, it forgets the first one, with every seed', async () => {
  says(page, 'The network is right on 95 % of new sequences now, and R² of the first number fell from 0.70 to −0.07.');
  says(
    page,
    'In 20 runs from other initial weights, R² was above 0.5 before training and below 0.1 after it, every time.',
  );
  says(page, 'R² of the first number was then −0.07.');
  assert.equal(percent((await run(forgets)).history.val_accuracy?.at(-1)), 95);
  const here = await probedAt(forgets);
  assert.deepEqual([here.untrained[0], here.r2[0]].map(shown), ['0.70', '-0.07']);
  for (const seed of SEEDS(20, 4)) {
    const { r2, untrained: before } = await probedAt({ ...forgets, seed });
    assert.ok((before[0] ?? 0) > 0.5 && (r2[0] ?? 1) < 0.1, `run seed ${seed}: ${before[0]}, then ${r2[0]}`);
  }
});

test('it keeps what the answer needs: the first number, all of them, or none', async () => {
  says(page, 'In it, this number has R² = 0.85, and those in the middle about 0.');
  says(page, 'needs all of them, and a network that is trained on it keeps something of each');
  says(page, 'knows only the latest numbers. Without W, only the last number is left.');
  const kept = (await probedAt(first)).r2;
  assert.equal(shown(kept[0]), '0.85');
  for (const value of kept.slice(3, 16)) assert.ok((value ?? 1) < 0.1, `in the middle: ${value}`);
  assert.ok((kept[18] ?? 0) > 0.5 && (kept[19] ?? 0) > 0.9);
  const all = (await probedAt(page.at(3, 'task=majority'))).r2;
  for (const value of all) assert.ok((value ?? 0) > 0.25, `of a majority: ${value}`);
  const gru = (await probedAt(page.at(3, 'cell=gru&at=0'))).r2;
  assert.ok((gru[19] ?? 0) > 0.99 && (gru[17] ?? 0) > 0.7);
  for (const value of gru.slice(0, 10)) assert.ok((value ?? 1) < 0.2, `an untrained GRU: ${value}`);
  /* a state that is computed from the last number alone cannot know the others */
  const cut = (await probedAt(page.at(3, 'cut=loop'))).r2;
  assert.ok((cut[19] ?? 0) > 0.99);
  for (const value of cut.slice(0, 19)) assert.ok((value ?? 1) < 0.05, `without W: ${value}`);
});

test('a pair in a new place: the GRU is right, and a network without recurrence guesses', async () => {
  says(page, 'The GRU is right on 100 % of new sequences of 20 numbers, and here even of 1,000.');
  says(
    page,
    'In 20 runs from other initial weights, it was right on more than 99 % of those of 20 numbers every time.',
  );
  says(
    page,
    'is right on 81 % of new sequences with the pair among the first ten, and on 50 % with the pair among the last ten: it guesses.',
  );
  const state = page.at(4);
  assert.deepEqual((await accuraciesAt(state, [20, 1000])).map(percent), [100, 100]);
  for (const seed of SEEDS(20, 4)) {
    const [right = 0] = await accuraciesAt({ ...state, seed }, [20]);
    assert.ok(right > 0.99, `run seed ${seed}: ${right}`);
  }
  /* one time step with 20 features: the recurrent weights never act */
  const { samples, data, seed } = state;
  const model = engine.sequential({ units: 32, timesteps: 1, features: 20, seed });
  model.compile({ learningRate: 0.01 });
  const early = engine.task('early_pair', { samples, timesteps: 20, dataSeed: data });
  await model.fit(early.x, early.y, { epochs: 30, batchSize: 32 });
  const right = ['early_pair', 'pair'].map((task) => {
    const { x, y } = engine.task(task, {
      ...{ samples: 1000, timesteps: 20, dataSeed: data },
      firstSample: engine.newSample,
    });
    return percent((model.evaluate(x, y) as { accuracy: number }).accuracy);
  });
  model.dispose();
  assert.deepEqual(right, [81, 50]);
});

test('at another distance from the answer the SimpleRNN guesses', async () => {
  says(page, 'It is right on 99 % of such sequences.');
  says(page, 'At 10 steps it is right on 50 %, as by guessing, and at 25 on 29 %.');
  says(page, 'With the pair among the last ten of 20, it is right on 49 %.');
  says(page, 'reaches 94 % at 10 steps, but guesses at 1,000.');
  const state = page.at(5);
  assert.deepEqual((await accuraciesAt(state, [20, 10, 25])).map(percent), [99, 50, 29]);
  const { trained } = await moment(state);
  const model = engine.sequential({ units: state.units, timesteps: 20 });
  model.setWeights(trained);
  const { x, y } = engine.task('pair', {
    ...{ samples: 1000, timesteps: 20, dataSeed: state.data },
    firstSample: engine.newSample,
  });
  assert.equal(percent((model.evaluate(x, y) as { accuracy: number }).accuracy), 49);
  model.dispose();
  assert.deepEqual((await accuraciesAt(page.at(5, 'cell=gru&rate=0.02&len=10'), [10, 1000])).map(percent), [94, 50]);
});
