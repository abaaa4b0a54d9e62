// The data figure must show each sequence correctly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { across, down, rangeAround, timestepAt, valueAt } from '../../web/figures/data/plot.ts';
import { CELL, gridOf, lines, rangeOf } from '../../web/figures/data/grid.ts';
import { answerOf, countOf, type Sequences, sentence, shortWords, shown } from '../../web/figures/data/sequences.ts';

const data = (part: Partial<Sequences>): Sequences => ({
  ...{ x: [0, 0.5, 1, 0.25, 0.75, 0.5], y: [1, 0, 1], timesteps: 2, features: 1 },
  ...{ predictions: [0.9, 0.6, 0.2], outputs: 1, loss: 'binary_crossentropy', classes: [1, 1, 0], right: [1, 0, 0] },
  ...part,
});

test('labels and probabilities, correct and wrong', () => {
  const binary = data({});
  assert.equal(countOf(binary), 3);
  assert.deepEqual(
    [0, 1, 2].map((i) => answerOf(binary, i)?.right),
    [true, false, false],
  );
  assert.deepEqual(shown(binary, true), [1, 2]);
  assert.deepEqual(shortWords(binary, 1), { target: '○', answer: '0.60', mark: '✗' });
  assert.equal(sentence(binary, 0), 'sequence 0 of 0 to 2, y = 1, p(y = 1) 0.90, right');
});

test('the engine decides which answers are correct', () => {
  assert.deepEqual(shown(data({ right: [0, 1, 1] }), true), [0]);
  assert.equal(answerOf(data({ right: [] }), 0)?.right, undefined);
});

test('of several classes the most probable one is the answer', () => {
  const classes = data({
    y: [2, 0, 1],
    outputs: 3,
    loss: 'sparse_categorical_crossentropy',
    predictions: [0.1, 0.2, 0.7, 0.3, 0.4, 0.3, 0.3, 0.4, 0.3],
    classes: [2, 1, 1],
    right: [1, 0, 1],
  });
  assert.deepEqual(
    [0, 1, 2].map((i) => answerOf(classes, i)?.right),
    [true, false, true],
  );
  assert.equal(sentence(classes, 1), 'sequence 1 of 0 to 2, y = 0, class 1, probability 0.40, wrong');
});

test('numbers, and targets of every time step, are neither correct nor wrong', () => {
  assert.equal(
    sentence(data({ loss: 'mean_squared_error', y: [0.5, -1, 2], classes: [], right: [] }), 1),
    'sequence 1 of 0 to 2, y = −1, answer 0.60',
  );
  const every = data({ y: [1, 0, 1, 1, 0, 0], predictions: [1, 0, 1, 1, 0, 0] });
  assert.equal(answerOf(every, 0), undefined);
  assert.equal(sentence(every, 2), 'sequence 2 of 0 to 2');
  assert.equal(sentence(data({ predictions: [] }), 0), 'sequence 0 of 0 to 2, y = 1');
});

test('the chosen sequence is always visible, and every sequence is visible on some page', () => {
  for (const [width, count] of [
    [320, 7],
    [1360, 100],
    [1360, 2000],
    [100, 1],
  ] as const) {
    const seen = new Set<number>();
    for (let chosen = 0; chosen < count; chosen++) {
      const { from, to, columns, cell } = gridOf(width, count, chosen);
      assert.ok(from <= chosen && chosen < to && to - from <= 3 * columns && Math.abs(columns * cell - width) < 1e-9);
      for (let i = from; i < to; i++) seen.add(i);
    }
    assert.equal(seen.size, count);
  }
  assert.equal(gridOf(600, 0, 0).to, 0);
});

test('a line is drawn at its numbers', () => {
  const range = rangeOf(data({}));
  assert.deepEqual(range, [0, 1]);
  const [line] = lines(data({}), 0, range, 128);
  const points = (line as string)
    .slice(1)
    .split('L')
    .map((point) => point.split(' ').map(Number)) as [number, number][];
  assert.equal(points.length, 2);
  const [[x0, y0], [x1, y1]] = points as [[number, number], [number, number]];
  assert.ok(x0 < x1 && Math.abs(y0 - y1 - (CELL.height - 32) / 2) < 0.11);
  assert.equal(lines(data({ x: new Array(60).fill(0.5), timesteps: 2, features: 10 }), 0, [0, 1], 128).length, 4);
});

test('positions and values on a plot convert in both directions', () => {
  const plot = { width: 600, height: 180, low: -2, high: 3, timesteps: 12, left: 44 };
  for (let t = 1; t <= 12; t++) assert.equal(timestepAt(plot, across(plot, t)), t);
  for (const value of [-2, -0.5, 0, 1.25, 3]) assert.ok(Math.abs(valueAt(plot, down(plot, value)) - value) < 0.02);
  assert.equal(timestepAt({ ...plot, timesteps: 1 }, 10), 1);
  assert.deepEqual(rangeAround(0.02, 0.97), [0, 1]);
  assert.deepEqual(rangeAround(-3.2, 14), [-10, 20]);
  const [low, high] = rangeAround(5, 5);
  assert.ok(low <= 5 && high >= 5 && high > low);
});

test('for every range, positions are finite and a height converts back to its value', () => {
  const ranges = [
    [0, 0],
    [1e38, 1e38],
    [-1e38, 1e38],
    [0, 1e-40],
    [1e-45, 1e-45],
    [-3.4e38, 3.4e38],
    [0.00012, 0.00012],
    [1767232000, 1767232060],
  ];
  for (const [least = 0, most = 0] of ranges) {
    const set = data({ x: [least, most, least, most, least, most] });
    for (const path of lines(set, 0, rangeOf(set), 128))
      assert.doesNotMatch(path, /NaN|Infinity/, `${least} to ${most}`);
    const [low, high] = rangeAround(least, most);
    assert.ok(
      low <= least && high >= most && high > low && Number.isFinite(high - low),
      `${least} to ${most}: ${low} to ${high}`,
    );
    const plot = { width: 600, height: 180, low, high, timesteps: 4, left: 60 };
    for (const value of [least, most])
      assert.ok(Math.abs(valueAt(plot, down(plot, value)) - value) <= (high - low) / 100, `${value}`);
    assert.ok(
      low === 0 || Math.abs(most - least) > 0 || high - low <= 2 * Math.abs(least),
      'a constant fills its axis',
    );
  }
});
