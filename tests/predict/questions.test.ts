// The answer to each question must follow from the engine's numbers, computed here in another way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../web/state/state.ts';
import { QUESTIONS } from '../../web/figures/predict/question.ts';
import { full } from '../../web/shared/format.ts';
import { answerOf, asked, engine, network, stateOf } from './support.ts';

const CASES: readonly Partial<State>[] = [
  {},
  { at: 0 },
  { sample: 7, seed: 3 },
  { at: 33, sample: 2, seed: 11 },
  { task: 'random', sample: 4 },
  { task: 'last', sample: 1, at: 90 },
  { task: 'majority', cell: 'gru', sample: 5 },
  { task: 'first', cell: 'lstm', sample: 9, steps: 6 },
  { task: 'first', layers: 2, layer: 2, sample: 3 },
  { task: 'parity', activation: 'relu', sample: 8, seed: 5 },
  { task: 'order', cell: 'gru', steps: 12, sample: 6 },
  { task: 'order', layers: 2, sample: 12, units: 5 },
  { task: 'adding', cell: 'lstm', sample: 2 },
  { task: 'adding', sample: 11, at: 12, units: 3 },
  { task: 'sine', sample: 10 },
  { task: 'echo', cell: 'gru', sample: 3 },
  { task: 'echo', sample: 1, layers: 3, layer: 2 },
  { steps: 25, sample: 13, seed: 8 },
];

const named = (part: Partial<State>): string => JSON.stringify(part);

/** Checks that at least this many different answers occurred, so that a constant answer would fail. */
function several(name: string, seen: Set<string>, least: number): void {
  assert.ok(seen.size >= least, `${name}: only ${[...seen]}`);
}

test('input: the answer changes as when the engine reads the changed sequence', async () => {
  const seen = new Set<string>();
  const cases = [...CASES, ...Array.from({ length: 12 }, (_, sample) => ({ sample, seed: sample * 31 }))];
  for (const part of cases) {
    const state = stateOf(part);
    const question = await asked('input', state);
    const { x, trace, info, set } = network(state);
    const [place, value] = question.shown.edits?.[0] as [number, number];
    const changed = x.slice();
    changed[place - 1] = value;
    const [before, after] = [answerOf(trace()), answerOf(trace(changed))];
    const k = before.values.length > 1 ? before.class : 0;
    const [from, to] = [before.values[k], after.values[k]] as [number, number];
    const range = info.loss === 'mean_squared_error' ? Math.max(...set.y) - Math.min(...set.y) : 1;
    const wanted = Math.abs(to - from) < range / 20 ? 'hardly' : to > from ? 'rise' : 'fall';
    assert.equal(question.answer, wanted, named(part));
    assert.ok(
      question.numbers[0]?.includes(` = ${full(from)} with`) && question.numbers[1]?.includes(` = ${full(to)} with`),
      named(part),
    );
    /* large enough to matter: more than a quarter of the range of this feature */
    const own = set.x.filter((_, i) => i % info.features === (place - 1) % info.features);
    assert.ok(Math.abs(value - (x[place - 1] as number)) > (Math.max(...own) - Math.min(...own)) / 4, named(part));
    seen.add(question.answer);
  }
  several('input', seen, 3);
});

test('loop: the answer, or the loss, is that with recurrent kernels of zeros', async () => {
  const seen = new Set<string>();
  for (const part of CASES) {
    const state = stateOf(part);
    const question = await asked('loop', state);
    const { model, trace, info, y } = network(state);
    const before = trace();
    model.setWeights(
      model.tensors.map(({ name }, i) =>
        model.getWeights()[i]!.map((weight) => (name.endsWith('recurrent_kernel') ? 0 : weight)),
      ),
    );
    const after = trace();
    const graded = info.returnSequences || info.loss === 'mean_squared_error';
    const wanted = graded
      ? after.loss > before.loss
        ? 'grow'
        : after.loss < before.loss
          ? 'shrink'
          : 'same'
      : answerOf(after).class === y[0]
        ? 'right'
        : 'wrong';
    assert.equal(question.answer, wanted, named(part));
    if (!graded)
      assert.match(question.text, answerOf(before).class === y[0] ? /sequence correctly\./ : /sequence wrongly\./);
    else assert.ok(question.numbers[1]?.includes(full(after.loss)), named(part));
    assert.equal(question.shown.cut, 'loop');
    seen.add(question.answer);
  }
  several('loop', seen, 3);
});

/** Keras's count, in which the GRU has two biases. */
function parameters({ cell, layers, units }: State, features: number, outputs: number): number {
  const [gates, biases] = { simple_rnn: [1, 1], gru: [3, 2], lstm: [4, 1] }[cell] as [number, number];
  const layer = (width: number): number => gates * units * (width + units + biases);
  return layer(features) + (layers - 1) * layer(units) + outputs * (units + 1);
}

test('length: the number of weights does not depend on the length of the sequence', async () => {
  for (const part of CASES) {
    const state = stateOf(part);
    const question = await asked('length', state);
    const { info } = network(state);
    const count = parameters(state, info.features, info.classes ?? 1).toLocaleString('en');
    assert.equal(question.answer, 'same');
    assert.deepEqual(question.numbers, [
      `${count} parameters to read ${state.steps}`,
      `${count} parameters to read ${2 * state.steps}`,
    ]);
    assert.equal(question.shown.length, state.steps > 25 ? undefined : 2 * state.steps);
  }
  assert.deepEqual((await asked('length', stateOf({ steps: 40, epochs: 1 }))).shown, {});
});

test('term: the largest term of the sum is the largest product of a weight and its input', async () => {
  const seen = new Set<string>();
  for (const part of CASES) {
    const state = stateOf(part);
    const question = await asked('term', state);
    const { t = 0, unit = 0 } = question.shown;
    const { model, trace } = network(state);
    const layer = trace().layers[state.layer - 1]!;
    const own = model.tensors
      .slice(3 * (state.layer - 1), 3 * state.layer)
      .map((tensor, i) => ({ ...tensor, values: model.getWeights()[3 * (state.layer - 1) + i]! }));
    const [kernel, recurrent, bias] = own as [(typeof own)[number], (typeof own)[number], (typeof own)[number]];
    const width = kernel.shape[1] as number;
    const low = layer.gates > 1 ? { gru: '_u', lstm: '_i' }[state.cell as 'gru' | 'lstm'] : '';
    const lowered = (n: number): string => [...String(n)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
    const sizes = new Map<string, number>([[`b${low}[${unit}]`, bias.values[unit - 1]!]]);
    if (bias.shape.length > 1) sizes.set(`b′${low}[${unit}]`, bias.values[width + unit - 1]!);
    for (let f = 0; f < layer.features; f++) {
      const [u, x] = layer.features === 1 ? ['', ''] : [`,${f + 1}`, `[${f + 1}]`];
      sizes.set(
        `U${low}[${unit}${u}]·x${lowered(t)}${x}`,
        kernel.values[f * width + unit - 1]! * layer.x[(t - 1) * layer.features + f]!,
      );
    }
    for (let k = 0; k < layer.units; k++)
      sizes.set(
        `W${low}[${unit},${k + 1}]·h${lowered(t - 1)}[${k + 1}]`,
        recurrent.values[k * width + unit - 1]! * layer.h[(t - 1) * layer.units + k]!,
      );
    const largest = [...sizes].reduce((best, one) => (Math.abs(one[1]) > Math.abs(best[1]) ? one : best))[0];
    const words = question.choices.find(({ name }) => name === question.answer)?.words;
    assert.equal(words, largest, named(part));
    assert.ok(
      question.choices.every((choice) => sizes.has(choice.words)),
      named(part),
    );
    assert.ok(question.numbers[0]?.startsWith(largest), named(part));
    seen.add(largest[0] as string);
  }
  several('term', seen, 2);
});

test('gradient: the answer is where the trace has the larger one', async () => {
  const seen = new Set<string>();
  for (const part of [
    ...CASES,
    { gain: 3, at: 0 },
    { steps: 40, at: 0, epochs: 1 },
    { activation: 'relu' as const, at: 0, sample: 3, seed: 9 },
  ]) {
    const state = stateOf(part);
    if (state.gain !== 1) {
      /* this test's plain network has no gain, so the answer is checked by its effect on an untrained network */
      assert.equal((await asked('gradient', state)).answer, 'first');
      seen.add('first');
      continue;
    }
    const question = await asked('gradient', state);
    const { dHNorm } = network(state).trace().layers[state.layer - 1]!;
    const [first, last] = [dHNorm[0], dHNorm.at(-1)] as [number, number];
    assert.equal(question.answer, first > last ? 'first' : first < last ? 'last' : 'equal', named(part));
    assert.ok(
      question.numbers[0]?.endsWith(` = ${full(first)}`) && question.numbers[1]?.endsWith(` = ${full(last)}`),
      named(part),
    );
    seen.add(question.answer);
  }
  several('gradient', seen, 2);
});

test('empty: the answer is the time steps with a zero contribution to ∂L/∂W', async () => {
  const seen = new Set<string>();
  for (const part of [
    ...CASES,
    { activation: 'relu' as const, at: 0, units: 1, seed: 4 },
    { activation: 'relu' as const, at: 0, units: 1, seed: 2 },
  ]) {
    const state = stateOf(part);
    const question = await asked('empty', state);
    const { model, trace } = network(state);
    const made = trace();
    const zeros = Array.from({ length: state.steps }, (_, i) => i + 1).filter((t) =>
      model.contribution(made, t, state.layer - 1).dRecurrentKernel.every((value) => value === 0),
    );
    assert.ok(zeros.includes(1));
    assert.equal(question.answer, zeros.length > 1 ? 'several' : 'first', named(part));
    seen.add(question.answer);
  }
  several('empty', seen, 2);
});

test('readout: those with a target are trained', async () => {
  const seen = new Set<string>();
  for (const part of CASES) {
    const state = stateOf(part);
    const question = await asked('readout', state);
    const { info, trace } = network(state);
    const { t = 0 } = question.shown;
    const { prediction, outputs } = trace();
    assert.equal(question.answer, info.returnSequences ? 'yes' : 'no', named(part));
    assert.ok(t >= 1 && t < state.steps);
    const k = outputs > 1 ? answerOf(trace()).class : 0;
    assert.ok(question.numbers[0]?.endsWith(` = ${full(prediction[(t - 1) * outputs + k]!)}`), named(part));
    seen.add(question.answer);
  }
  several('readout', seen, 2);
});

test('feature: only U grows, by one row', async () => {
  for (const part of CASES) {
    const state = stateOf(part);
    const question = await asked('feature', state);
    const { info } = network(state);
    const width = { simple_rnn: 1, gru: 3, lstm: 4 }[state.cell] * state.units;
    assert.equal(question.answer, 'U');
    const number = (count: number): string => count.toLocaleString('en');
    assert.equal(
      question.numbers[0],
      `U: (${info.features}, ${width}) → (${info.features + 1}, ${width}), ${number(info.features * width)} → ${number((info.features + 1) * width)} weights`,
    );
    assert.ok(question.numbers[1]?.startsWith(`W: (${state.units}, ${width}) → (${state.units}, ${width}), `));
  }
});

test('luck: the accuracy on new coin tosses after ten times the epochs is that of a separate training', async () => {
  for (const part of [{}, { seed: 1 }, { seed: 5, epochs: 20, cell: 'gru' as const }, { samples: 40, epochs: 150 }]) {
    const state = stateOf({ task: 'random', ...part });
    const question = await asked('luck', state);
    const more = Math.min(1000, 10 * state.epochs);
    const { model, set } = network({ ...state, epochs: more });
    const fresh = engine.task('random', { samples: 1000, timesteps: state.steps, firstSample: engine.newSample });
    const { accuracy = Number.NaN } = model.evaluate(fresh.x, fresh.y);
    /* 1.96 standard deviations of 1,000 tosses, plus half a toss because shares are discrete */
    const band = 1.96 * Math.sqrt(0.25 / 1000);
    if (Math.abs(Math.abs(accuracy - 0.5) - band) > 0.001)
      assert.equal(
        question.answer,
        accuracy > 0.5 + band ? 'more' : accuracy < 0.5 - band ? 'fewer' : 'half',
        named(part),
      );
    const percent = (share = Number.NaN): string => `${(100 * share).toFixed(1)} %`;
    assert.deepEqual(question.numbers, [
      `right on ${percent(model.evaluate(set.x, set.y).accuracy)} of the training sequences after ${more.toLocaleString('en')} epochs`,
      `right on ${percent(accuracy)} of 1,000 new sequences`,
    ]);
  }
});

test('every question has two to four choices, one of which is the answer, and does not give it away', async () => {
  for (const part of CASES)
    for (const name of QUESTIONS) {
      if (name === 'luck' && part.task !== 'random') continue;
      const { text, choices, answer, numbers, why } = await asked(name, stateOf(part));
      assert.ok(
        choices.length >= 2 &&
          choices.length <= 4 &&
          new Set(choices.map((choice) => choice.name)).size === choices.length,
        name,
      );
      assert.equal(choices.filter((choice) => choice.name === answer).length, 1, name);
      const all = [text, why, ...numbers, ...choices.flatMap(({ words, reply = '' }) => [words, reply])].join('\n');
      assert.doesNotMatch(all, /undefined|NaN|\d-\d|-\d|−0\.0*\b(?!\d)/, `${name}: ${all}`);
      assert.ok(!why.includes('\n') && text.endsWith('?'));
    }
});
