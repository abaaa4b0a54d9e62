// The numbers in the prose of the notebook. What its links open is in tests/worker/experiments.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTEBOOK } from '../../web/state/pages.ts';
import { read } from '../house/tree.ts';
import { engine } from './chapter.ts';

const file = 'web/pages/notebook.html';
const prose = read(file)
  .replace(/<[^>]+>/g, '')
  .replace(/\s+/g, ' ');

function says(sentence: string): void {
  assert.ok(prose.includes(sentence), `${file} no longer says “${sentence}”: change the test, too`);
}

test('the notebook has 1,000 values and 100 labels', () => {
  says('x has 1,000 values and y has 100 labels');
  const { task, samples, steps, data } = NOTEBOOK.initial;
  const { x, y } = engine.task(task, { samples, timesteps: steps, dataSeed: data });
  assert.deepEqual([x.length, y.length], [1000, 100]);
});

test('guessing gets 12 or more of 20 right in a quarter of all cases', () => {
  says('Pure guessing gets 12 or more of 20 right in a quarter of all cases.');
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  let ways = 0;
  for (let right = 12; right <= 20; right++) ways += choose(20, right);
  assert.equal((ways / 2 ** 20).toFixed(2), '0.25');
});

test('the more common of 100 random labels is about as good as the 0.55 of the original', () => {
  says('an accuracy of about 0.55 here');
  says('always giving the more common label scores about as much');
  const shares = Array.from({ length: 100 }, (_, dataSeed) => {
    const { y } = engine.task('random', { samples: 100, timesteps: 10, dataSeed });
    const ones = y.reduce((sum, label) => sum + label, 0);
    return Math.max(ones, 100 - ones) / 100;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  assert.ok(Math.abs(mean - 0.55) < 0.02, `${mean} on average over 100 data seeds`);
});
