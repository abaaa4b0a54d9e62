// Every number in the chapter "Inside one step", from the states that its steps and words set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber, probability } from '../../web/shared/format.ts';
import { arithmetic, chapter, moment, says } from './chapter.ts';

const page = chapter('inside-one-step');
const short = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
const V = /data-right="none" data-reveal="(w=[^"]*)"/;

test('unit 8 adds two terms at time step 1 and ten at time step 2, eight of them from h₁', async () => {
  says(page, 'The hidden state h of this network is a list of eight numbers.');
  const first = await arithmetic(page.at(1));
  assert.deepEqual([first.units, first.unit, first.timestep], [8, 8, 1]);
  assert.deepEqual(first.terms.kind, ['bias', 'input']);
  says(page, 'It has eight new bars, and each is one weight of W multiplied by one number of h₁.');
  const { kind, index, value } = (await arithmetic(page.at(2, 't=2'))).terms;
  assert.deepEqual(kind, ['bias', 'input', ...Array.from({ length: 8 }, () => 'state')]);
  assert.deepEqual(index.slice(2), [0, 1, 2, 3, 4, 5, 6, 7]);
  const { trace } = await moment(page.at(2));
  assert.deepEqual([...value.slice(2)], [...(trace.layers[0]?.h.slice(8, 16) ?? [])]);
  says(page, 'A sum of ten bars can become large');
  assert.equal(kind.length, 10);
});

test('the bar of U · x₁ follows the first dot', async () => {
  const [low, high] = await Promise.all(
    [0.1, 0.9].map((x) => arithmetic({ ...page.at(1), edits: [[1, x]] as [number, number][] })),
  );
  assert.ok(Math.abs(high?.terms.product[1] ?? 0) > 5 * Math.abs(low?.terms.product[1] ?? 0));
  assert.notEqual(low?.a[0], high?.a[0]);
});

test('tanh leaves a small sum as it is and flattens a large one', async () => {
  const near = await arithmetic(page.at(3, 't=4'));
  assert.equal(short(near.a[0]), short(near.z[0]));
  says(page, `At time step 4 the sum of unit 8 is ${short(near.z[0])}, and so is the result.`);
  const far = await arithmetic(page.at(3, 't=8'));
  says(page, `At time step 8 the sum ${short(far.z[0])} becomes ${short(far.a[0])}`);
});

test('a first dot below the line makes the sum negative and p small', async () => {
  says(page, 'The sum becomes negative, and p falls below ½.');
  const state = page.at(4);
  const at = async (x: number) => (await moment({ ...state, edits: [[1, x]] })).trace;
  for (const x of [0.05, 0.2, 0.35, 0.45]) {
    const { logit, prediction } = await at(x);
    assert.ok((logit.at(-1) ?? 0) < 0 && (prediction.at(-1) ?? 1) < 0.5, `x₁ = ${x}: change the task of step 4`);
  }
  const { logit, prediction } = (await moment(state)).trace;
  assert.ok((logit.at(-1) ?? 0) > 0 && (prediction.at(-1) ?? 0) > 0.5);
});

test('V turned round changes the answer and not one bit of the states', async () => {
  const state = page.at(5);
  const before = await moment(state);
  const set = V.exec(page.markup)?.[1] ?? '';
  const after = await moment(page.at(5, set));
  const readout = before.tensors.filter(({ name }) => name.startsWith('dense'));
  const places = readout.flatMap(({ offset, count }) => Array.from({ length: count }, (_, k) => offset + k));
  for (const [k, weight] of before.parameters.entries())
    assert.equal(
      after.parameters[k],
      places.includes(k) ? -weight : weight,
      `parameter ${k} is now ${weight}: change data-reveal of the guess “turned” in ${page.file}`,
    );
  assert.deepEqual(after.trace.layers[0]?.h, before.trace.layers[0]?.h);
  const [was, is] = [before.trace.prediction.at(-1) ?? 0, after.trace.prediction.at(-1) ?? 0];
  says(page, `p was ${probability(was)} and is now ${probability(is)}.`);
  assert.ok(Math.abs(was + is - 1) < 1e-6);
});

test('two features make U twice as wide, and more time steps make nothing larger', async () => {
  says(page, 'The network has 89 parameters with one feature and 97 with two.');
  const one = await moment(page.at(6));
  const two = await moment(page.at(6, 'task=adding'));
  const longer = await moment({ ...page.at(6), steps: 20 });
  assert.deepEqual(
    [one, two, longer].map(({ parameters }) => parameters.length),
    [89, 97, 89],
  );
  const shapes = ({ tensors }: typeof one) => tensors.map(({ shape }) => shape.join('×'));
  assert.deepEqual(shapes(one), ['1×8', '8×8', '8', '8×1', '1']);
  assert.deepEqual(shapes(two), ['2×8', '8×8', '8', '8×1', '1']);
  const { kind } = (await arithmetic(page.at(6, 'task=adding'))).terms;
  says(page, 'With two features unit 8 has two weights in U, and a bar for each.');
  assert.equal(kind.filter((one) => one === 'input').length, 2);
});
