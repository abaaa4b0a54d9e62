// Every number in the chapter "One cell, drawn ten times", from the states that its steps and words set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber } from '../../web/shared/format.ts';
import { chapter, moment, says } from './chapter.ts';

const page = chapter('one-cell');

test('U has 16 numbers, W 16 × 16, the bias 16, and V 16 and a bias: 305 together', async () => {
  const { parameters, tensors } = await moment(page.at(1));
  assert.deepEqual(
    tensors.map(({ count }) => count),
    [16, 16 * 16, 16, 16, 1],
  );
  assert.equal(parameters.length, 305);
  says(page, '305');
});

test('50 time steps need the same 305 parameters', async () => {
  says(page, 'It has 305 parameters for 10 time steps. How many does it need for 50?');
  const { parameters, trace } = await moment(page.at(2, 'steps=50&t=50'));
  assert.equal(parameters.length, 305);
  assert.equal(trace.layers[0]?.h.length, (50 + 1) * 16); /* h₀ comes first */
});

test('one changed weight of W changes every column but the first', async () => {
  const before = await moment(page.at(3));
  const after = await moment(page.at(3, 'w=264:2'));
  const w = before.tensors[1];
  assert.ok(w && w.offset <= 264 && 264 < w.offset + w.count, 'the weight is one of W');
  assert.equal(after.parameters[264], 2);
  const changed = Array.from({ length: 10 }, (_, t) =>
    Array.from({ length: 16 }, (_, j) => (t + 1) * 16 + j).some(
      (k) => before.trace.layers[0]?.h[k] !== after.trace.layers[0]?.h[k],
    ),
  );
  assert.deepEqual(changed, [false, ...Array.from({ length: 9 }, () => true)]);
  says(page, 'The first column has none. Every later column has some.');
});

test('three units are three numbers at each of ten time steps', async () => {
  const { trace } = await moment(page.at(4, 'units=3'));
  assert.equal(trace.layers[0]?.h.length, (10 + 1) * 3);
  says(page, 'With 3 units there are 10 columns of 3 numbers.');
});

test('with 3 units the network is less sure', async () => {
  const before = (await moment(page.at(4))).trace.prediction.at(-1) ?? 0;
  const after = (await moment(page.at(4, 'units=3'))).trace.prediction.at(-1) ?? 1;
  assert.ok(after < before - 0.1, `${after}`);
  says(page, `instead of ${formatNumber(before, 2)}.`);
});
