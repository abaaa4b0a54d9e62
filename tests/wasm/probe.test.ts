/** Linear probes in JavaScript, beside a line that is worked out by hand; wrong arguments. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.ts';

const { linearProbe } = await load();

test('the line through four points, and what it explains of two others', async () => {
  /* through (0, 1), (1, 3), (2, 2), (3, 5): slope 1.1, constant 1.1 */
  const { r2, weights, bias } = await linearProbe({ x: [0, 1, 2, 3], y: [1, 3, 2, 5] }, { x: [0, 2], y: [0, 4] });
  assert.ok(Math.abs(r2 - (1 - (1.1 ** 2 + 0.7 ** 2) / 8)) < 1e-12, String(r2));
  assert.equal(weights.length, 1);
  assert.ok(Math.abs((weights[0] as number) - 1.1) < 1e-12 && Math.abs(bias - 1.1) < 1e-12, `${weights} ${bias}`);
});

test('the arguments may change while the module is loaded', async () => {
  const { linearProbe } = await load();
  const [x, y] = [Float32Array.of(0, 1, 2), Float32Array.of(1, 3, 5)];
  const pending = linearProbe({ x, y }, { x, y });
  x.fill(7);
  assert.deepEqual((await pending).r2, 1);
});

for (const [what, training, measured, message] of [
  ['no rows', { x: [], y: [] }, { x: [1], y: [1] }, /^linearProbe: training\.x is empty/],
  ['a row that is short', { x: [1, 2, 3], y: [1, 2] }, { x: [1], y: [1] }, /training\.x has 3 numbers/],
  ['other columns', { x: [1, 2], y: [1] }, { x: [1], y: [1] }, /measured\.x has 1 numbers? per row.*2, as in training/],
  ['no number', { x: [1, Number.NaN], y: [1, 2] }, { x: [1], y: [1] }, /training\.x\[1\].*finite/],
] as const)
  test(`${what}: refused`, async () => {
    await assert.rejects(linearProbe(training, measured), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  });
