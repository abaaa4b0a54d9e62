// Every number in the chapter "Slow?" but the times, which are measured in the reader's browser and asserted nowhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANES, readingsOf } from '../../web/figures/timing/readings.ts';
import type { State } from '../../web/state/state.ts';
import { read } from '../house/tree.ts';
import { chapter, engine, says, timing } from './chapter.ts';

const page = chapter('slow');

test('the same 1,000 steps each time; ten sequences make three groups of four', async () => {
  says(
    page,
    'The figure shows 1,000 steps of a network with 32 units: as one long sequence, as ten, and as a hundred.',
  );
  says(page, 'Ten sequences make three groups, so 3 × 100 = 300 steps come one after another, not 1,000.');
  says(page, 'A hundred sequences make 25 groups, so 250 steps are left.');
  says(page, 'This program computes the same step of up to four sequences at once.');
  assert.equal(page.at(1).units, 32);
  const readings = await timing(page.at(1), readingsOf('chains', page.at(1).steps), false);
  assert.deepEqual(
    readings?.map(({ sequences, steps }) => [sequences, steps]),
    [
      [1, 1000],
      [10, 100],
      [100, 10],
    ],
  );
  assert.match(read('core/numeric/lanes.h'), new RegExp(`vector_size\\(${LANES} \\* sizeof\\(rnn_real\\)\\)`));
  assert.equal(LANES, 4);
  assert.equal(Math.ceil(10 / LANES) * 100, 300);
  assert.equal(Math.ceil(100 / LANES) * 10, 250);
});

/** The multiplications of a network of one feature and one answer, as its equation has them: none by W at the first step. */
const counted = (units: number, steps: number) => ({
  u: units * steps,
  w: units * units * (steps - 1),
  v: units,
  all: units * steps + units * units * (steps - 1) + units,
});

test('multiplications: nearly all by W, and 27 times as many as in a dense layer', async () => {
  says(page, 'U and V have 32 weights each and W has 32 × 32');
  says(page, 'W takes 9,216 of the 9,568 multiplications.');
  says(page, 'which gets all ten numbers at once, needs 352 in all, V included: 27 times fewer');
  for (const units of [32, 33, 5]) {
    const state: State = { ...page.at(3), units };
    const [network, dense] = (await timing(state, readingsOf('multiplications', state.steps), false)) ?? [];
    assert.deepEqual(network?.multiplications, counted(units, 10));
    /* ten weights and an answer's weight for each unit */
    assert.deepEqual(dense?.multiplications, { u: 10 * units, w: 0, v: units, all: 11 * units });
    assert.ok(Math.abs((dense?.fewer ?? 0) - counted(units, 10).all / (11 * units)) < 1e-9);
  }
  const { w, all } = counted(32, 10);
  assert.deepEqual([w, all, 11 * 32, Math.round(all / (11 * 32))], [9216, 9568, 352, 27]);
  assert.equal(Math.round((100 * w) / all), 96);
});

test('gates multiply the work: a GRU has three of each matrix, an LSTM four', async () => {
  for (const [cell, gates] of [
    ['gru', 3],
    ['lstm', 4],
  ] as const) {
    const state: State = { ...page.at(3), cell };
    const [network] = (await timing(state, readingsOf('multiplications', 10), false)) ?? [];
    const { u, w, v } = counted(32, 10);
    assert.deepEqual(network?.multiplications, { u: gates * u, w: gates * w, v, all: gates * (u + w) + v });
  }
});

test('times are measured when they are asked for, given up when nobody waits, and refused if they take much work', async () => {
  const readings = readingsOf('chains', 10);
  const small: State = { ...page.at(1), units: 2 };
  const measured = await timing(small, readings, true);
  for (const { milliseconds, faster } of measured ?? []) {
    assert.ok(Number.isFinite(milliseconds) && (milliseconds ?? 0) > 0, String(milliseconds));
    assert.equal(faster, (measured?.[0]?.milliseconds ?? 0) / (milliseconds ?? 0));
  }
  assert.deepEqual(
    (await timing(small, readings, false))?.map(({ milliseconds, faster }) => [milliseconds, faster]),
    readings.map(() => [undefined, undefined]),
  );
  assert.equal(await timing(small, readings, true, async () => false), undefined);
  const large: State = { ...page.at(2), units: 512, cell: 'lstm' };
  await assert.rejects(timing(large, readingsOf('lengths', 10), true), /Choose fewer units or layers/);
});

/** A step without tanh: h becomes a · h + b. */
interface Step {
  a: number;
  b: number;
}

test('without tanh, 1,000 steps are joined in ten rounds, and the state is the same', () => {
  says(page, 'Eight steps are joined in three rounds. How many rounds do 1,000 steps need?');
  says(page, 'Ten halvings take 1,024 down to 1.');
  says(page, '500 pairs are joined in the first round.');
  says(page, 'Without tanh, steps can be joined, and 1,000 of them take 10 rounds.');
  assert.equal(2 ** 10, 1024);
  const joined = (steps: readonly Step[]) => {
    let [rounds, left] = [0, [...steps]];
    const pairs: number[] = [];
    for (; left.length > 1; rounds++) {
      pairs.push(Math.floor(left.length / 2));
      left = Array.from({ length: Math.ceil(left.length / 2) }, (_, i) => {
        const [first, second] = [left[2 * i] as Step, left[2 * i + 1] ?? { a: 1, b: 0 }];
        return { a: second.a * first.a, b: second.a * first.b + second.b };
      });
    }
    return { rounds, pairs, whole: left[0] as Step };
  };
  const steps = Array.from({ length: 1000 }, (_, i): Step => ({ a: 0.9 + 0.1 * Math.sin(i), b: Math.cos(3 * i) }));
  const { rounds, pairs, whole } = joined(steps);
  assert.deepEqual([rounds, pairs[0], joined(steps.slice(0, 8)).rounds], [10, 500, 3]);
  const state = (from: number): number => steps.reduce((h, { a, b }) => a * h + b, from);
  for (const from of [0, 1, -2]) assert.ok(Math.abs(state(from) - (whole.a * from + whole.b)) < 1e-9);
});

test('with tanh, two steps are not one multiplication and one addition', () => {
  says(page, 'With tanh between them, they cannot.');
  const two = (h: number): number => Math.tanh(0.9 * Math.tanh(0.9 * h + 0.1) + 0.1);
  const [low, middle, high] = [two(-1), two(0), two(1)];
  assert.ok(Math.abs((low + high) / 2 - middle) > 0.01);
});

test('parameters do not grow with the steps', () => {
  says(page, 'It is 1,121, as for ten steps. The time does grow.');
  for (const timesteps of [10, 1000]) {
    const model = engine.sequential({ units: 32, timesteps });
    assert.equal(model.parameterCount, 1121);
    model.dispose();
  }
});
