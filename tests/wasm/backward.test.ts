/** Backpropagation through a layer and the gradient check must agree with traces, gradients and losses. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadKind, type Sequential, thrown, type Unrolled, weightBits } from './support.ts';

let u: Unrolled;
before(async () => {
  u = await loadKind('simd');
});

const CELLS = ['simple_rnn', 'gru', 'lstm'] as const;
const norm = (values: Iterable<number>): number => Math.hypot(...values);
const close = (got: number, want: number, size: number, what?: string): void =>
  assert.ok(Math.abs(got - want) <= 1e-5 * size, `${what}: ${got}, expected ${want}`);

test('for one sequence the numbers are those of its trace and contributions', () => {
  for (const cell of CELLS) {
    const model = u.sequential({ units: 5, timesteps: 7, cell, layers: 2 });
    const { x, y } = u.task('first', { samples: 1, timesteps: 7 });
    const trace = model.trace(x, y);
    for (const layer of [0, 1]) {
      const back = model.backward(x, y, { layer });
      const from = trace.layers[layer];
      assert.ok(from);
      assert.deepEqual(
        [back.samples, back.timesteps, back.units, back.gates, back.layer],
        [1, 7, 5, from.gates, layer],
      );
      assert.equal(Math.fround(back.loss), trace.loss);
      assert.deepEqual(back.dH, from.dH);
      assert.deepEqual(back.dC, from.dC);
      assert.deepEqual(back.norms.dH, from.dHNorm);
      assert.deepEqual(back.norms.eachDH, from.dHNorm);
      assert.equal(back.norms.dC.length, cell === 'lstm' ? 7 : 0);
      const count = 5 * 5 * from.gates;
      let sum = new Float32Array(count);
      for (let t = 7; t >= 1; t--) {
        const term = back.terms.slice((t - 1) * count, t * count);
        assert.deepEqual(
          [...term].map((d) => d + 0),
          [...model.contribution(trace, t, layer).dRecurrentKernel].map((d) => d + 0),
          `${cell} t = ${t}`,
        );
        sum = sum.map((d, i) => d + (term[i] as number));
        assert.deepEqual(
          [...back.sums.slice((t - 1) * count, t * count)].map((d) => d + 0),
          [...sum].map((d) => d + 0),
        );
        close(back.norms.term[t - 1] as number, norm(term), norm(term));
        close(back.norms.sum[t - 1] as number, norm(sum), norm(sum));
      }
      assert.equal(back.norms.term[0], 0, 'h_0 = 0');
      close(back.rateH, ((from.dHNorm[0] as number) / (from.dHNorm[6] as number)) ** (1 / 6), 1, 'rate');
      if (cell === 'lstm')
        close(back.rateC, ((back.norms.dC[0] as number) / (back.norms.dC[6] as number)) ** (1 / 6), 1, 'rate of c');
      else assert.ok(Number.isNaN(back.rateC));
    }
  }
});

test('for a batch the numbers are the mean over its sequences, and the gradient of an update', () => {
  for (const cell of CELLS) {
    const model = u.sequential({ units: 6, timesteps: 5, cell });
    const { x, y } = u.task('rising', { samples: 6, timesteps: 5 });
    const back = model.backward(x, y);
    const each = Array.from({ length: 6 }, (_, i) => model.backward(x.slice(5 * i, 5 * i + 5), y.slice(i, i + 1)));
    const mean = (of: (one: (typeof each)[number]) => number): number =>
      each.reduce((sum, one) => sum + of(one) / 6, 0);
    back.dH.forEach((d, k) => {
      close(
        d,
        mean((one) => one.dH[k] as number),
        1,
      );
    });
    back.terms.forEach((d, k) => {
      close(
        d,
        mean((one) => one.terms[k] as number),
        1,
      );
    });
    back.norms.eachDH.forEach((d, k) => {
      close(
        d,
        mean((one) => one.norms.dH[k] as number),
        1,
      );
      assert.ok(d >= (back.norms.dH[k] as number) * (1 - 1e-6));
    });
    const gradient = model.gradient(x, y).gradient[1] as Float32Array;
    assert.ok(norm(gradient) > 0);
    gradient.forEach((d, k) => {
      close(back.sums[k] as number, d, norm(gradient), `${cell} ${k}`);
    });
    close(back.loss, model.evaluate(x, y).loss, 1);
  }
});

test('sequences may have any length, and the recurrence may be cut', () => {
  const model = u.sequential({ units: 6, timesteps: 5 });
  const { x, y } = u.task('first', { samples: 2, timesteps: 20 });
  const back = model.backward(x, y, { timesteps: 20, resetBefore: 8 });
  assert.equal(back.norms.dH.length, 20);
  assert.deepEqual(back.cut, { withoutRecurrence: false, resetBefore: 8, keep: 'all' });
  assert.ok(back.norms.dH.subarray(0, 7).every((d) => d === 0) && (back.norms.dH[7] as number) > 0);
  assert.equal(back.norms.term[7], 0);
  assert.ok(Number.isNaN(back.rateH));
  const without = model.backward(x, y, { timesteps: 20, withoutRecurrence: true });
  assert.ok(without.terms.every((d) => d === 0));
});

test('the gradient check is the difference of two losses, and changes nothing', () => {
  for (const cell of CELLS) {
    const model: Sequential = u.sequential({ units: 4, timesteps: 6, cell, l2: 0.01 });
    const { x, y } = u.task('first', { samples: 8, timesteps: 6 });
    const { gradient } = model.gradient(x, y);
    const [bits, snapshot] = [weightBits(model), model.snapshot()];
    const flat = model.getWeights().flatMap((tensor) => [...tensor]);
    const analytic = gradient.flatMap((tensor) => [...tensor]);
    const other = u.sequential({ units: 4, timesteps: 6, cell, l2: 0.01 });
    const lossWith = (index: number, weight: number): number => {
      other.setWeights(flat.map((w, k) => (k === index ? weight : w)));
      return other.evaluate(x, y).loss;
    };
    for (let index = 0; index < model.parameterCount; index++) {
      const check = model.gradientCheck(x, y, index);
      const w = flat[index] as number;
      assert.equal(check.parameter, index);
      assert.equal(check.analytic, analytic[index]);
      /* a power of two, except for the rounding of the two weights; |w| is below 1 */
      const step = 2 ** Math.round(Math.log2(check.step));
      assert.ok(Math.abs(w) <= 1 && step <= 2 ** -8 && step >= 2 ** -14);
      assert.equal(check.lossAbove, lossWith(index, Math.fround(w + step)));
      assert.equal(check.lossBelow, lossWith(index, Math.fround(w - step)));
      assert.equal(check.numeric, (check.lossAbove - check.lossBelow) / (2 * check.step));
      assert.ok(
        Math.abs(check.numeric - check.analytic) <= check.tolerance,
        `${cell} ${index}: ${JSON.stringify(check)}`,
      );
      assert.equal(check.tolerance, check.rounding + check.truncation);
      assert.ok(check.tolerance < 1e-3);
    }
    assert.equal(weightBits(model), bits);
    assert.deepEqual(model.snapshot(), snapshot);
  }
});

test('wrong arguments are named', async () => {
  const model = u.sequential({ units: 4, timesteps: 3 });
  const [x, y] = [[1, 2, 3], [1]];
  const cases: [() => unknown, RegExp][] = [
    [() => model.backward(x, y, { layer: 1 }), /^backward: layer is 1: expected a whole number from 0 to 0$/],
    [
      () => model.backward(x, y, { timesteps: 1001 }),
      /^backward: timesteps is 1001: expected a whole number from 1 to 1,000$/,
    ],
    [() => model.backward(x, y, { timesteps: 2 }), /^backward: x has 3 numbers: expected a multiple of 2/],
    [
      () => model.backward(x, y, { resetBefore: 4 }),
      /^backward: resetBefore is 4: expected a whole number from 0 to 3$/,
    ],
    [() => model.backward(x, [2]), /^backward: y\[0\] is 2: expected 0 or 1$/],
    [() => model.gradientCheck(x, y, 29), /^gradientCheck: parameter is 29: expected a whole number from 0 to 28$/],
    [() => model.gradientCheck(x, y, 0.5), /^gradientCheck: parameter is 0.5/],
    [() => model.gradientCheck(x, [1, 0], 0), /^gradientCheck: y has 2 labels/],
  ];
  for (const [run, message] of cases) assert.match((await thrown(run)).message, message);
  const large = u.sequential({ units: 512, timesteps: 1000 });
  assert.equal((await thrown(() => large.backward(new Float32Array(1000), y))).code, 'RNN_ERROR_TOO_LARGE');
  model.dispose();
  assert.equal((await thrown(() => model.backward(x, y))).code, 'DISPOSED');
  assert.equal((await thrown(() => model.gradientCheck(x, y, 0))).code, 'DISPOSED');
});
