/** Positions and words of the backward figure. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decades, markOf, partOf, ticks } from '../../web/figures/backward/axis.ts';
import { columnX, layout, scrollFor, visibleColumns, cellAt } from '../../web/figures/backward/backward-layout.ts';
import { type Backward, cellOf, shown } from '../../web/figures/backward/backward-data.ts';
import { scientific } from '../../web/shared/format.ts';
import {
  emptyNote,
  indexOf,
  notice,
  placeOf,
  checkConfirms,
  verdict,
} from '../../web/figures/backward/backward-sentences.ts';

const SIZES = [1, 2, 10, 50, 1000].flatMap((T) =>
  [1, 8, 32, 512].flatMap((U) => [1, 3, 4].flatMap((G) => [320, 390, 768, 1440].map((width) => ({ T, U, G, width })))),
);

test('columns are in order inside the sheet, and rows are above one another', () => {
  for (const { T, U, G, width } of SIZES) {
    const l = layout(width, T, U, G);
    for (let t = 1; t <= T; t++) {
      assert.ok(columnX(l, t + 1) - columnX(l, t) >= l.side + 12, 'room for the sign');
      assert.deepEqual(cellAt(l, columnX(l, t), l.tickY), { timestep: t });
    }
    assert.ok(
      columnX(l, T + 1) + l.side / 2 <= l.sheet + 1,
      `${JSON.stringify({ T, width })}: the sum is in the sheet`,
    );
    const edges = [
      l.strips.top,
      l.strips.bottom,
      l.tickY,
      l.norms.top,
      l.norms.bottom,
      l.zeroY,
      l.terms.top,
      l.terms.bottom,
      l.sums.top,
      l.sums.bottom,
      l.height,
    ];
    assert.deepEqual(
      edges,
      [...edges].sort((a, b) => a - b),
    );
  }
});

test('the cursor is scrolled into view, and its column is drawn', () => {
  for (const { T, U, G, width } of SIZES) {
    const l = layout(width, T, U, G);
    for (const t of new Set([1, Math.ceil(T / 2), T])) {
      for (const before of [0, l.sheet]) {
        const scroll = scrollFor(l, t, before);
        assert.ok(columnX(l, t) >= scroll && columnX(l, t) <= scroll + l.frame);
        const [from, to] = visibleColumns(l, scroll);
        assert.ok(from <= t && t <= to && to - from <= l.frame / l.pitch + 4);
      }
    }
  }
});

test('a position on a strip identifies unit and time step', () => {
  const l = layout(1000, 10, 8, 1);
  assert.deepEqual(cellAt(l, columnX(l, 3), l.strips.top + 1), { timestep: 3, unit: 1 });
  assert.deepEqual(cellAt(l, columnX(l, 3), l.strips.bottom - 1), { timestep: 3, unit: 8 });
  assert.deepEqual(cellAt(l, columnX(l, 11), 40), {});
  assert.deepEqual(cellAt(l, -5, 40), {});
});

test('on the axis equal factors have equal distances, and zero and infinite values are left out', () => {
  const axis = decades([0, Number.NaN, 3e-7, 0.2, Number.POSITIVE_INFINITY, 1e-41]);
  assert.deepEqual(axis, [-7, 0]);
  assert.equal(partOf(1e-7, axis), 0);
  assert.equal(partOf(1, axis), 1);
  const step = partOf(1e-3, axis) - partOf(1e-4, axis);
  assert.ok(Math.abs(partOf(1e-5, axis) - partOf(1e-6, axis) - step) < 1e-12);
  assert.deepEqual(decades([0]), [-1, 0]);
  assert.deepEqual(decades([1]), [-1, 0]);
  assert.deepEqual([0, 1e-41, 2 ** -126, 1, Number.POSITIVE_INFINITY, Number.NaN].map(markOf), [
    'zero',
    'zero',
    'value',
    'value',
    'broken',
    'broken',
  ]);
  assert.deepEqual(ticks([-7, 0], 5), [-6, -4, -2, 0]);
  assert.deepEqual(ticks([-2, 0], 5), [-2, -1, 0]);
  for (const from of [-38, -20, -3]) assert.ok(ticks([from, 1], 5).length <= 7);
});

test('numbers have significant digits and a true minus sign, and are never a negative zero', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [0.012345, '0.0123'],
    [-0.9999, '\u22121.00'],
    [9.996, '10.0'],
    [1234.4, '1,234'],
    [-1.2345e-7, '\u22121.23·10⁻⁷'],
    [9.9999e-5, '1.00·10⁻⁴'],
    [4.2e12, '4.20·10¹²'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '\u2212∞'],
  ];
  for (const [value, text] of cases) assert.equal(scientific(value), text);
});

const back = (norms: number[], more: Partial<Backward> = {}): Backward => {
  const T = norms.length;
  const dH = Float32Array.from(norms);
  const rest = {
    dC: new Float32Array(0),
    eachDH: dH,
    eachDC: new Float32Array(0),
    term: new Float32Array(T),
    sum: new Float32Array(T),
  };
  const maps = new Float32Array(4 * T);
  return {
    samples: 3,
    timesteps: T,
    units: 2,
    gates: 1,
    layer: 0,
    cut: { withoutRecurrence: false, resetBefore: 0, keep: 'all' },
    loss: 1,
    rateH: 0.5,
    rateC: Number.NaN,
    dH: new Float32Array(2 * T),
    dC: rest.dC,
    norms: { dH, ...rest },
    terms: maps,
    sums: maps,
    ...more,
  };
};

test('the sentence below the figure is correct, even if no gradient arrives', () => {
  assert.match(
    notice(shown(back([0.25, 0.5]), 'h'), false),
    /is 0\.500 at t = 2 and 0\.250 at t = 1\. On average each step back multiplies it by 0\.500\. It shrinks going back in time\. Each step multiplies it by W and by the slope of the activation/,
  );
  assert.match(notice(shown(back([0.25, 0.5]), 'h'), true), /the norm of the mean ∂L\/∂h/);
  assert.match(
    notice(shown(back([0, 0.5], { rateH: Number.NaN }), 'h'), false),
    /Nothing of the error reaches the first step/,
  );
  assert.match(
    notice(shown(back([Number.NaN, 0.5], { rateH: Number.NaN }), 'h'), false),
    /is no longer a finite number/,
  );
  assert.match(notice(shown(back([0.5], { rateH: Number.NaN }), 'h'), false), /^There is only one time step/);
  assert.equal(shown(back([1]), 'c').state, 'h', 'no cell state, no ∂L/∂c');
});

test('an empty term has a reason', () => {
  const cut = (withoutRecurrence: boolean, resetBefore: number) =>
    back([1, 1, 1], { cut: { withoutRecurrence, resetBefore, keep: 'all' } });
  assert.deepEqual(
    [1, 2, 3].map((t) => emptyNote(cut(false, 3), t)),
    ['h₀ = 0', undefined, 'h reset'],
  );
  assert.deepEqual(
    [1, 2].map((t) => emptyNote(cut(true, 0), t)),
    ['h₀ = 0', 'W = 0'],
  );
});

test('maps are read in Keras’s order', () => {
  const maps = Float32Array.from({ length: 2 * 2 * 6 }, (_, i) => i); // T 2, U 2, G 3
  const data = back([1, 1], { gates: 3 });
  assert.equal(cellOf(maps, data, 2, 1, 0, 1), 12 + 1 * 6 + 2 + 0);
});

test('the position of each weight identifies its index', () => {
  const tensors = [
    { name: 'a', shape: [2, 3], offset: 0, count: 6 },
    { name: 'b', shape: [3], offset: 6, count: 3 },
  ];
  for (let i = 0; i < 9; i++) {
    const place = placeOf(tensors, i);
    assert.ok(place);
    assert.equal(indexOf(place), i);
  }
  assert.deepEqual([placeOf(tensors, 4)?.row, placeOf(tensors, 4)?.column, placeOf(tensors, 7)?.row], [2, 2, 2]);
  assert.equal(placeOf(tensors, 9), undefined);
});

test('the result of the gradient check: agreement, disagreement, or too small to tell', () => {
  const check = (analytic: number, numeric: number) => ({
    parameter: 0,
    analytic,
    numeric,
    relativeError: 0,
    step: 2 ** -8,
    tolerance: 8e-5,
    lossAbove: 1,
    lossBelow: 1,
    rounding: 6e-5,
    truncation: 2e-5,
  });
  const allowed =
    /With 32-bit numbers a difference of up to 8\.00·10⁻⁵ is possible: 6\.00·10⁻⁵ because the losses are rounded, and 2\.00·10⁻⁵ because the loss is curved/;
  assert.match(verdict(check(0.1, 0.10001)), /^They agree\. They are 1\.00·10⁻⁵ apart\./);
  assert.match(verdict(check(0.1, 0.2)), /^They are 0\.100 apart/);
  assert.match(verdict(check(1e-7, 2e-6)), /smaller than what the comparison can show/);
  for (const [analytic, numeric] of [
    [0.1, 0.10001],
    [0.1, 0.2],
    [1e-7, 2e-6],
  ] as const)
    assert.match(verdict(check(analytic, numeric)), allowed);
  assert.deepEqual(
    [checkConfirms(check(0.1, 0.10001)), checkConfirms(check(0.1, 0.2)), checkConfirms(check(2e-4, 2e-4))],
    [true, false, false],
  );
  assert.match(verdict(check(Number.NaN, 0)), /not a finite number/);
});
