/** Generated tokens beside a loop over `step`, in both modules; what a wrong argument is answered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bits, KINDS, loadKind, type Sequential, thrown, type Unrolled } from './support.ts';

const K = 6;

const modelOf = (u: Unrolled, features: number = K): Sequential => {
  const model = u.sequential({
    units: 10,
    timesteps: 4,
    features,
    cell: 'gru',
    returnSequences: true,
    loss: 'sparse_categorical_crossentropy',
    classes: K,
    seed: 3,
  });
  model.setWeights(model.getWeights().map((weights) => weights.map((weight) => 4 * weight)));
  return model;
};

const input = (token: number, features: number): number[] =>
  features === 1 ? [Math.fround(token / (K - 1))] : Array.from({ length: K }, (_, k) => (k === token ? 1 : 0));

for (const kind of KINDS)
  test(`each token is chosen from the prediction of step, ${kind}`, async () => {
    const u = await loadKind(kind);
    for (const features of [K, 1]) {
      const model = modelOf(u, features);
      const prompt = [4, 0, 2];
      const { tokens, best } = model.generate(prompt, { temperature: 0, tokens: 9, best: K });
      assert.equal(tokens.length, 9);
      assert.equal(best.length, 9);
      model.resetStates();
      let p: Float32Array = new Float32Array();
      for (const token of prompt) p = model.step(input(token, features)).predictions;
      for (const [i, token] of tokens.entries()) {
        const order = [...p.keys()].sort((a, b) => (p[b] as number) - (p[a] as number));
        assert.deepEqual([...(best[i]?.tokens ?? [])], order);
        assert.deepEqual(
          [...(best[i]?.probabilities ?? [])],
          order.map((k) => p[k]),
        );
        assert.equal(token, order[0]);
        p = model.step(input(token, features)).predictions;
      }
      model.dispose();
    }
  });

test('both modules draw the same tokens, and the defaults are temperature 1, 20 tokens and seed 42', async () => {
  const [one, other] = await Promise.all(KINDS.map(loadKind));
  const drawn = [one, other].map((u) =>
    bits(modelOf(u as Unrolled).generate([1], { temperature: 2, topK: 5, tokens: 50 }).tokens),
  );
  assert.equal(drawn[0], drawn[1]);
  const model = modelOf(one as Unrolled);
  const made = model.generate([1]);
  assert.equal(made.tokens.length, 20);
  assert.deepEqual(made.best, []);
  assert.deepEqual(made, model.generate(Uint32Array.of(1), { temperature: 1, topK: 0, seed: 42, tokens: 20, best: 0 }));
  const stop = made.tokens[3] as number;
  assert.deepEqual([...model.generate([1], { stop }).tokens], [...made.tokens.slice(0, made.tokens.indexOf(stop) + 1)]);
});

test('a wrong argument is refused by name', async () => {
  const u = await loadKind('simd');
  const model = modelOf(u);
  const refused: [() => unknown, string][] = [
    [() => model.generate([]), 'generate: prompt is empty: expected an array of numbers'],
    [() => model.generate([6]), 'generate: prompt[0] is 6: expected a whole number from 0 to 5'],
    [() => model.generate([1, 0.5]), 'generate: prompt[1] is 0.5: expected a whole number from 0 to 5'],
    [() => model.generate([1], { temperature: -1 }), 'generate: temperature is -1: expected a number from 0 to 100'],
    [() => model.generate([1], { best: 7 }), 'generate: best is 7: expected a whole number from 0 to 6'],
    [() => model.generate([1], { stop: 6 }), 'generate: stop is 6: expected a whole number from 0 to 5'],
  ];
  for (const [run, message] of refused) assert.equal((await thrown(run)).message, message);
  const other = u.sequential({ units: 3, timesteps: 4 });
  assert.equal((await thrown(() => other.generate([0]))).code, 'RNN_ERROR_SHAPE');
});
