// Every number in the chapter "What is a sequence?".
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleOf } from '../../web/figures/data-cube/examples.ts';
import { chapter, engine, says } from './chapter.ts';

const page = chapter('sequence');

test('the shapes that the text names are those of its steps', () => {
  const shape = (step: number, set?: string): number[] => {
    const { samples, steps, features } = page.at(step, set);
    return [samples, steps, features];
  };
  assert.deepEqual(shape(1), [100, 10, 1]);
  assert.deepEqual(shape(2), [365, 7, 3]);
  says(page, 'Which number of the shape (365, 7, 3) changes?');
  assert.deepEqual(shape(2, 'steps=14'), [365, 14, 3]);
  says(page, 'The block is (365, 14, 3) now.');
});

test('the sentence has 6 time steps and 5 different words, and one of them is read twice', () => {
  const { steps, features } = page.at(3);
  const example = exampleOf('words', features);
  const words = Array.from({ length: steps }, (_, t) => example.step(t));
  assert.equal(words.join(' '), 'the cat sat on the mat');
  assert.deepEqual([steps, features], [6, new Set(words).size]);
  says(page, '6 time steps and 5 different words, so 5 rows are used');
  for (const t of words.keys()) {
    const column = Array.from({ length: features }, (_, row) => example.cell(t, row));
    assert.equal(column.filter((cell) => cell === '1').length, 1);
    assert.equal(example.feature(column.indexOf('1'), false), words[t]);
  }
  const single = exampleOf('words', page.at(3, 'features=1').features);
  assert.deepEqual([single.cell(0, 0), single.cell(1, 0)], ['1', '2']);
  says(page, '“the” is 1, “cat” is 2');
});

test('the numbers in the block are the first sequence of the task', () => {
  const { x } = engine.task('first', { samples: 1, timesteps: 10 });
  const example = exampleOf('numbers', 1);
  assert.deepEqual(
    [...x].map((value) => value.toFixed(2)),
    Array.from(x, (_, t) => example.cell(t, 0)),
  );
});
