/** The charts' helpers: positions, ranges, ticks, words. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, runAt, table, valuesAt, valuesAtMoment } from '../../web/figures/curves/curve-words.ts';
import {
  type Curves,
  explodes,
  lastFinite,
  length,
  axisValues,
  axisPosition,
  stepOf,
  upTo,
} from '../../web/figures/curves/curve-data.ts';
import { dodge } from '../../web/charts/dodge.ts';
import { type Cloud, MOST_MARKS, nearest, placeMarks, ROW, valueCount, valueRange } from '../../web/charts/dots.ts';
import { shortNumber, widest } from '../../web/charts/number-text.ts';
import { bandPath, linePath } from '../../web/charts/path-data.ts';
import { extent, nextRange, type Range } from '../../web/charts/range.ts';
import { powerTexts, powerTicks, tickTexts, valueTicks, wholeTicks } from '../../web/charts/ticks.ts';

/** Whole numbers that look random and are always the same. */
function* lehmer(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48271) % 2147483647) yield state / 2147483647;
}

const curves = (some: Partial<Curves>): Curves => ({
  series: [],
  ghost: [],
  bands: [],
  lines: [],
  chance: undefined,
  stop: undefined,
  epochs: 1,
  ...some,
});
const training = (values: number[]): Curves['series'][number] => ({ role: 'train', label: 'training', values });
const fresh = (values: number[]): Curves['series'][number] => ({ role: 'fresh', label: 'fresh data', values });

test('a logarithmic axis has a position for each value above 0, and for no other', () => {
  const some = curves({
    series: [training([0.5, 0, 4e10, 1e300, Number.NaN])],
    lines: [{ value: -1, label: 'below' }],
    epochs: 6,
    log: true,
  });
  assert.deepEqual(
    [0.5, 0, 4e10, 1e300, -1, Number.NaN].map((value) => axisPosition(some, value)),
    [Math.log10(0.5), Number.NaN, Math.log10(4e10), 300, Number.NaN, Number.NaN],
  );
  assert.deepEqual(extent(axisValues(some)), [Math.log10(0.5), 300]);
  assert.match(
    describe({ ...some, stop: { epoch: 5 }, step: 'update' }, 2),
    /after update 4\..* The run stopped in update 5: diverged\. The value axis is logarithmic\.$/,
  );
});

test('ticks of a logarithmic axis are powers of ten, or round numbers where there are few', () => {
  assert.deepEqual(powerTexts(powerTicks(-1, 5, 6)), ['0.1', '1', '10', '100', '1,000', '10⁴', '10⁵']);
  assert.deepEqual(powerTexts(powerTicks(0, 38, 4)), ['1', '10¹⁰', '10²⁰', '10³⁰']);
  assert.deepEqual(powerTexts(powerTicks(-0.5, 1, 6)), ['0.5', '1', '2', '5', '10']);
  for (const [low, high] of [
    [-3, 40],
    [0, 2],
    [0.2, 0.4],
    [-300, 300],
  ] as const)
    for (const place of powerTicks(low, high, 5))
      assert.ok(place >= low && place <= high, `${place} in ${low} to ${high}`);
});

test('a loss far above its first value counts as exploded, and a falling one does not', () => {
  assert.ok(explodes([training([0.7, 3e6, 2e5])], 0.7));
  assert.ok(explodes([training([2e6, 3e6])], 0.7));
  assert.ok(!explodes([training([0.7, 0.4, 1e-6])], 0.7));
  assert.ok(!explodes([training([0.7, 2, Number.NaN])], 0.7));
  assert.deepEqual(upTo({ ...fresh([1, 2, 3]), each: 4 }, 9).values, [1, 2]);
});

test('labels keep their order, do not overlap and stay inside the frame', () => {
  const random = lehmer(11);
  const next = (): number => random.next().value as number;
  for (let round = 0; round < 500; round++) {
    const wanted = Array.from({ length: 1 + Math.floor(6 * next()) }, () => 240 * next() - 20);
    const middles = dodge(wanted, 17, 0, 200);
    const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
    let edge = 0;
    for (const i of order) {
      assert.ok((middles[i] as number) - 8.5 >= edge - 1e-9, `${wanted} gave ${middles}`);
      edge = (middles[i] as number) + 8.5;
    }
    assert.ok(edge <= 200 + 1e-9, `${wanted} gave ${middles}`);
  }
});

test('labels with enough space do not move, and neighbors move by equal amounts', () => {
  assert.deepEqual(dodge([50, 100], 17, 0, 200), [50, 100]);
  assert.deepEqual(dodge([100, 100], 20, 0, 200), [90, 110]);
  assert.deepEqual(dodge([104, 96], 20, 0, 200), [110, 90]);
  assert.deepEqual(dodge([], 20, 0, 200), []);
});

test('too many labels are placed closer together, still in order', () => {
  const middles = dodge([10, 10, 10, 10, 10], 17, 0, 50);
  assert.deepEqual(middles, [5, 15, 25, 35, 45]);
});

test('an epoch axis has whole numbers, the last one always', () => {
  assert.deepEqual(wholeTicks(1, 10, 9), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(wholeTicks(1, 10, 5), [2, 4, 6, 8, 10]);
  assert.deepEqual(wholeTicks(1, 1, 5), [1]);
  for (let last = 2; last < 3000; last += 7) {
    const ticks = wholeTicks(1, last, 8);
    assert.equal(ticks.at(-1), last);
    assert.ok(ticks.length <= 14 && ticks.every(Number.isInteger), `${last}: ${ticks}`);
    for (let i = 1; i < ticks.length; i++)
      assert.ok((ticks[i] as number) > (ticks[i - 1] as number), `${last}: ${ticks}`);
  }
});

test('ticks have enough digits to be different', () => {
  assert.deepEqual(tickTexts(valueTicks(0.3, 1, 4)), ['0.4', '0.6', '0.8', '1.0']);
  assert.deepEqual(tickTexts([0, 0.05, 0.1]), ['0.00', '0.05', '0.10']);
  assert.deepEqual(tickTexts([-0.5, 0, 0.5]), ['\u22120.5', '0.0', '0.5']);
  assert.deepEqual(tickTexts([0, 50_000]), ['0', '50,000']);
});

test('numbers are short, with a true minus, and a dash where there is none', () => {
  assert.equal(shortNumber(0.5949), '0.59');
  assert.equal(shortNumber(-0.001), '\u22120.001');
  assert.equal(shortNumber(-1.5), '\u22121.50');
  assert.equal(shortNumber(123.456), '123.5');
  assert.equal(shortNumber(90412.4), '90,412');
  assert.equal(shortNumber(-12_345_678), '\u22121.23·10⁷');
  assert.equal(shortNumber(Number.NaN), '–');
  assert.equal(shortNumber(undefined), '–');
  assert.equal(widest('0.59 training'), widest('0.81 training'));
});

test('the range of an axis contains all values, even while something moves', () => {
  const random = lehmer(5);
  const next = (): number => random.next().value as number;
  let held: Range | undefined;
  for (let round = 0; round < 1000; round++) {
    const low = 10 ** (4 * next() - 2) * (next() - 0.3);
    const values: Range = [low, low + 10 ** (4 * next() - 2)];
    held = nextRange(held, next() < 0.5 ? [0.3, 1] : undefined, values, next() < 0.5);
    assert.ok(held[0] <= values[0] && values[1] <= held[1] && held[0] < held[1], `${held} for ${values}`);
  }
});

test('while something moves, the range never shrinks and does not follow every value', () => {
  let held: Range = nextRange(undefined, [0, 0.8], [0.5, 0.7], true);
  assert.deepEqual(held, [0, 0.8]);
  let changes = 0;
  for (let high = 0.8; high < 4; high += 0.01) {
    const wider = nextRange(held, [0, 0.8], [0.5, high], true);
    assert.ok(wider[0] <= held[0] && wider[1] >= held[1]);
    if (wider[1] !== held[1]) changes++;
    held = wider;
  }
  assert.ok(changes <= 10, `${changes} jumps`);
  assert.deepEqual(nextRange(held, [0, 0.8], [0.5, 0.7], true), held);
  assert.deepEqual(nextRange([0, 1], undefined, [0.9, 1.1], true)[0], 0);
  assert.deepEqual(nextRange(held, [0, 0.8], [0.5, 0.7], false), [0, 0.8]);
});

test('at rest a range depends only on its values, not on what was shown before', () => {
  for (const values of [[0, 0.53], [0.5, 0.7], [1e-6, 2e-6], undefined] as const)
    for (const before of [
      [0, 1],
      [0, 0.6],
      [-5, 5],
    ] as const)
      assert.deepEqual(nextRange(before, undefined, values, false), nextRange(undefined, undefined, values, false));
});

test('a range without a base ignores what is not finite, and is never empty', () => {
  assert.deepEqual(extent([[Number.NaN, 2, Number.POSITIVE_INFINITY], [], [-1]]), [-1, 2]);
  assert.equal(extent([[Number.NaN]]), undefined);
  assert.deepEqual(nextRange(undefined, undefined, undefined, false), [0, 1]);
  const [low, high] = nextRange(undefined, undefined, [0.69, 0.69], false);
  assert.ok(low < 0.69 && high > 0.69);
});

test('a line has a point for each value, and a gap where nothing can be drawn', () => {
  const path = (values: number[], joined?: boolean): string =>
    linePath(
      values.length,
      (i) => 10 * i,
      (i) => values[i] as number,
      joined,
    );
  const broken = [1, 2.0049, Number.NaN, Number.POSITIVE_INFINITY, 5, 6.5];
  assert.equal(path(broken), 'M0 1L10 2M40 5L50 6.5');
  assert.equal(path(broken, true), 'M0 1L10 2L40 5L50 6.5');
  assert.equal(path([Number.NaN]), '');
});

test('a band goes forth above and back below, each part of it on its own', () => {
  const low = [1, 2, Number.NaN, 4, 5];
  const high = [11, 12, 13, 14, 15];
  const path = bandPath(
    low.length,
    (i) => 10 * i,
    (i) => low[i] as number,
    (i) => high[i] as number,
  );
  assert.equal(path, 'M0 11L10 12L10 2L0 1M30 14L40 15L40 5L30 4');
});

test('the axis is as long as the longest series, and the last finite value ends a line', () => {
  const some = curves({ series: [training([0.5])], ghost: [fresh([0.4, 0.5, 0.6, 0.7, 0.8])], epochs: 4 });
  assert.equal(length(some), 5);
  assert.equal(lastFinite([0.1, Number.NaN]), 0);
  assert.equal(lastFinite([]), -1);
});

test('a chart has a description of what it shows', () => {
  const some = curves({
    series: [training([0.5, 0.594]), fresh([0.49, Number.NaN])],
    ghost: [training([0.45, 0.55])],
    lines: [{ value: 0.5, label: '½' }],
    chance: { low: 0.469, high: 0.531, label: '95 % of coin tosses' },
    stop: { epoch: 3, label: 'not a number' },
  });
  assert.equal(runAt(some, 2, 2), 'epoch 2: training 0.59, fresh data –');
  assert.equal(valuesAt(some, 1, 2), 'epoch 1: training 0.50, fresh data 0.49; before: training 0.45');
  const text = describe(some, 2);
  for (const part of [
    'training: 0.50 after epoch 1, 0.59 after epoch 2.',
    'Line at 0.50: ½.',
    'Band from 0.47 to 0.53: 95 % of coin tosses.',
    'The run stopped in epoch 3: not a number.',
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
  const { head, rows } = table(some, 4);
  assert.deepEqual(head, ['epoch', 'training', 'fresh data', 'training, run before']);
  assert.deepEqual(rows[1], ['2', '0.5940', '–', '0.5500']);
  assert.equal(describe(curves({ series: [training([])] }), 2), 'training: no value yet.');
  assert.equal(describe(curves({ series: [training([0.53])], step: 'update' }), 2), 'training: 0.53 after update 1.');
});

test('at a moment before the end, the words say where it is and that the curves are faint from there on', () => {
  const some = curves({ series: [training([0.5, 0.594, 0.7]), fresh([0.49, 0.5, 0.6])], ghost: [training([0.45])] });
  for (const [moment, told, now] of [
    [0, 'The network is shown before its first update, so all of the curves are faint.', 'before the first update'],
    [0.25, 'The network is shown in the middle of epoch 1. From there on, the curves are faint.', 'in epoch 1'],
    [
      1,
      'The network is shown after epoch 1. From there on, the curves are faint.',
      'epoch 1: training 0.50, fresh data 0.49; before: training 0.45',
    ],
    [
      2.75,
      'The network is shown in the middle of epoch 3. From there on, the curves are faint.',
      'in epoch 3; epoch 2: training 0.59, fresh data 0.50; before: training –',
    ],
  ] as const) {
    const text = describe({ ...some, moment }, 2);
    assert.ok(text.includes(told), text);
    assert.equal(valuesAtMoment(some, moment, 2), now);
  }
  assert.doesNotMatch(describe(some, 2), /faint/);
});

const cloud = (samples: number, timesteps: number, timestep: number): Cloud => {
  const random = lehmer(3);
  const x = Float32Array.from({ length: samples * timesteps }, () => random.next().value as number);
  return {
    x,
    y: Uint8Array.from({ length: samples }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    timesteps,
    features: 1,
    feature: 0,
    timestep,
  };
};

test('each sequence has a mark at its value, in the row of its class', () => {
  const some = cloud(100, 10, 4);
  const box = { left: 60, top: 10, width: 400, height: 200 };
  const marks = placeMarks(some, [0, 1], box);
  assert.equal(marks.count, 100);
  for (let i = 0; i < marks.count; i++) {
    const value = some.x[10 * i + 3] as number;
    assert.ok(Math.abs((marks.across[i] as number) - (60 + 400 * value)) < 1e-3);
    const row = some.y[i] === 1 ? ROW[1] : ROW[0];
    assert.ok(Math.abs(((marks.down[i] as number) - 10) / 200 - row) <= 0.161);
    assert.equal(nearest(marks, marks.across[i] as number, marks.down[i] as number, 5), i);
  }
  assert.equal(nearest(marks, 0, 0, 5), -1);
});

test('with all time steps there are as many marks as fit, and none for values that are not finite', () => {
  assert.equal(valueCount(cloud(100, 10, 0)), 1000);
  const box = { left: 0, top: 0, width: 100, height: 100 };
  assert.equal(placeMarks(cloud(100, 10, 0), [0, 1], box).count, 1000);
  assert.equal(placeMarks(cloud(1000, 10, 0), [0, 1], box).count, MOST_MARKS);
  const broken = cloud(10, 1, 1);
  (broken.x as Float32Array)[4] = Number.NaN;
  assert.equal(placeMarks(broken, [0, 1], box).count, 9);
  assert.ok(valueRange(broken).every(Number.isFinite));
});

test('isolated values are shown at their steps only, and the latest one in between', () => {
  const apart = curves({
    series: [
      { role: 'train', label: 'training', values: [6, 5, 4, 3, 2, 1] },
      { role: 'fresh', label: 'fresh data', values: [0.5, 0.25], each: 3 },
    ],
    epochs: 6,
    step: 'update',
  });
  assert.equal(length(apart), 6);
  assert.deepEqual(
    apart.series.map((series) => [0, 1].map((index) => stepOf(series, index))),
    [
      [1, 2],
      [3, 6],
    ],
  );
  assert.equal(runAt(apart, 5, 2), 'update 5: training 2.00, fresh data 0.50');
  assert.equal(runAt(apart, 2, 2), 'update 2: training 5.00, fresh data –');
  assert.equal(
    describe(apart, 2),
    'training: 6.00 after update 1, 1.00 after update 6. fresh data: 0.50 after update 3, 0.25 after update 6.',
  );
  assert.deepEqual(
    table(apart, 2).rows.map((row) => row[2]),
    ['', '', '0.50', '', '', '0.25'],
  );
});

test('a long table shows the rows around the cursor', () => {
  const long = curves({
    series: [{ role: 'train', label: 'training', values: Array.from({ length: 1000 }, (_, i) => i) }],
    epochs: 1000,
  });
  const first = (around?: number): string | undefined => table(long, 0, around).rows[0]?.[0];
  assert.deepEqual([first(), first(500), first(1000), table(long, 0, 500).rows.length], ['1', '400', '801', 200]);
});
