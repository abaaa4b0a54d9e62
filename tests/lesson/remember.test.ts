// Every number in the chapter "A network that remembers", from the states that its steps and words set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chapter, moment, says } from './chapter.ts';

const page = chapter('remember');
const answer = async (step: number, set?: string): Promise<number> =>
  (await moment(page.at(step, set))).trace.prediction.at(-1) ?? Number.NaN;

test('the trained network answers yes, and no once the first number is below ½', async () => {
  const state = page.at(1);
  assert.ok((await answer(1)) > 0.9);
  for (const x of [0.05, 0.2, 0.35, 0.45]) {
    const { trace } = await moment({ ...state, edits: [[1, x]] });
    assert.ok((trace.prediction.at(-1) ?? 1) < 0.5, `x₁ = ${x}`);
  }
});

test('before training the answer hardly moves', async () => {
  const { original, parameters } = await moment(page.at(2));
  says(page, 'You drag the first number from 0.59 down to 0.05.');
  assert.equal((original[0] ?? 0).toFixed(2), '0.59');
  assert.equal(parameters.length, 89);
  says(page, '89');
  const moved = Math.abs((await answer(2, 'at=0&x=1:0.05')) - (await answer(2)));
  assert.ok(moved < 0.05, `${moved}`);
  says(page, 'It moved a little, and not even toward no.');
  assert.ok((await answer(2, 'at=0&x=1:0.05')) > (await answer(2)), 'the answer moved toward no');
  assert.ok((await moment({ ...page.at(2, 'at=0&x=1:0.05'), at: -1 })).trace.prediction.at(-1)! < 0.1);
});

test('the fifth number does not change the answer', async () => {
  says(page, 'What happens if you drag the fifth number from 0.52 up to 0.98?');
  const { original } = await moment(page.at(4));
  assert.equal((original[4] ?? 0).toFixed(2), '0.52');
  const [before, after] = [await answer(4), await answer(4, 'x=5:0.98')];
  assert.ok(before > 0.99 && after > 0.99 && Math.abs(before - after) < 0.01, `${before}, ${after}`);
  says(page, 'so p stays near 1');
  says(page, 'Only the first one turns the answer.');
  for (const place of [2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const x of [0.02, 0.98]) {
      const { trace } = await moment({ ...page.at(4), edits: [[place, x]] });
      assert.ok((trace.prediction.at(-1) ?? 0) > 0.5, `x${place} = ${x}`);
    }
});

test('it is right on far more new sequences than guessing', async () => {
  const { judging } = await moment(page.at(6));
  assert.ok((judging?.accuracy ?? 0) > 0.95);
  says(page, 'Pure guessing would reach 0.5.');
});
