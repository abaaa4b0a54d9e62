/**
 * The network figure's geometry must follow from its input alone, stay within bounds, and show nothing beyond the time
 * cursor.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorOf, fromOklab, inkOn, shade, toOklab, valueScale } from '../../web/figures/network/color-scale.ts';
import { over, under } from '../../web/figures/network/sheet-drawing.ts';
import { gutter } from '../../web/figures/network/gutter.ts';
import {
  columnAt,
  columnsBetween,
  columnX,
  type Layout,
  type LayoutInput,
  layout,
  rowBottom,
  rowMiddle,
  rowTop,
  scrollFor,
  unitAt,
} from '../../web/figures/network/network-layout.ts';
import { connector, height, overTime, rounded, threads, valueAt } from '../../web/figures/network/paths.ts';
import { inputDomain, inputStep, labelled, snap, stateLimit } from '../../web/figures/network/scales.ts';
import { roundUp } from '../../web/shared/format.ts';
import { type Scene, type SceneInput, scene } from '../../web/figures/network/scene.ts';
import { type Reading, read } from '../../web/figures/network/trace.ts';
import { rowOf, weightsOf } from '../../web/figures/network/weights.ts';
import { rows, sentence, unitSentence } from '../../web/figures/network/network-sentences.ts';
import { markup } from './markup.ts';

const TIMESTEPS = [1, 2, 3, 10, 25, 50];
const UNITS = [1, 2, 8, 32, 128, 512];
const FOLDS = [0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.9, 1];
const WIDTHS = [320, 358, 640, 768, 1088, 1440];

function* layouts(): Generator<[LayoutInput, Layout]> {
  for (const width of WIDTHS) {
    for (const timesteps of TIMESTEPS) {
      for (const units of UNITS) {
        for (const features of [1, 3, 8]) {
          for (const fold of FOLDS) {
            const input = { width, timesteps, units, features, fold, unit: units > 2 ? 3 : undefined };
            yield [input, layout(input)];
          }
        }
      }
    }
  }
}

/** Numbers that identify their position: x_t = t/100, h_t[j] = t/100 + j/10000, p_t = t/1000. */
function traceOf(timesteps: number, units: number, features = 1): Reading {
  const at = (count: number, value: (k: number) => number) => Float32Array.from({ length: count }, (_, k) => value(k));
  return read({
    timesteps,
    units,
    features,
    label: 1,
    loss: 0.25,
    x: at(timesteps * features, (k) => (Math.floor(k / features) + 1) / 100),
    z: at(timesteps * units, (k) => -(Math.floor(k / units) + 1) / 100),
    h: at((timesteps + 1) * units, (k) => (k < units ? 0 : Math.floor(k / units) / 100 + ((k % units) + 1) / 10000)),
    logit: at(timesteps, (k) => k / 10),
    probability: at(timesteps, (k) => (k + 1) / 1000),
  });
}

function sceneOf(change: Partial<SceneInput> = {}): Scene {
  return scene({
    width: 1000,
    trace: traceOf(10, 8),
    weights: undefined,
    timestep: 10,
    unit: undefined,
    fold: 0,
    readouts: false,
    edited: new Set(),
    original: undefined,
    disabled: false,
    coming: 0,
    ...change,
  });
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

test('the same input gives the same positions', () => {
  const input = { width: 1000, timesteps: 10, units: 8, features: 1, fold: 0.4, unit: 3 };
  assert.deepEqual(layout(input), layout({ ...input }));
});

test('columns keep their order, and coincide at fold 1', () => {
  for (const [input, l] of layouts()) {
    assert.equal(l.columns.length, input.timesteps + 1);
    for (let t = 1; t <= input.timesteps; t++) {
      const step = columnX(l, t) - columnX(l, t - 1);
      if (input.fold < 1) assert.ok(step > 0, `column ${t} stands left of ${t - 1} at fold ${input.fold}`);
      else assert.equal(step, 0);
    }
  }
});

test('columns move evenly with the fold, without jumps', () => {
  const at = (fold: number) => layout({ width: 1000, timesteps: 10, units: 8, features: 1, fold });
  for (let k = 0; k < 100; k++) {
    const [a, b] = [at(k / 100), at((k + 1) / 100)];
    for (let t = 0; t <= 10; t++) assert.ok(Math.abs(columnX(a, t) - columnX(b, t)) < 6);
    for (let t = 1; t <= 10; t++) assert.ok(Math.abs(connector(a, t).node.y - connector(b, t).node.y) < 8);
    assert.ok(Math.abs(a.stripWidth - b.stripWidth) < 2);
    assert.equal(a.height, b.height);
  }
});

test('everything lies within the gutter or the sheet', () => {
  for (const [input, l] of layouts()) {
    assert.ok(l.gutter.width < input.width * 0.5, `gutter ${l.gutter.width} of ${input.width}`);
    for (const box of Object.values(l.gutter.plates)) {
      assert.ok(box.left >= 0 && box.left + box.width <= l.gutter.labelRight);
      assert.ok(box.width > 0 && box.height > 0);
    }
    const half = l.stripWidth / 2;
    assert.ok(columnX(l, 0) - half >= 0 && columnX(l, input.timesteps) + half <= l.sheetWidth);
    for (let t = 1; t <= input.timesteps; t++) {
      const { node, start, end } = connector(l, t);
      for (const x of [node.x, start.x, end.x]) assert.ok(x >= 0 && x <= l.sheetWidth);
      assert.ok(node.y >= l.loopTop - 1e-9 && node.y <= l.strips.bottom);
    }
    const order = [
      l.output.top,
      l.output.bottom,
      l.rails.v,
      l.rails.w,
      l.loopTop,
      l.strips.top,
      l.strips.bottom,
      l.rails.b,
      l.rails.u,
    ];
    order.push(
      ...l.inputs.flatMap((panel) => [panel.top, panel.bottom]),
      l.tickY,
      l.lines.top,
      l.lines.bottom,
      l.height,
    );
    for (let k = 1; k < order.length; k++)
      assert.ok((order[k] as number) > (order[k - 1] as number), `level ${k} of ${order}`);
  }
});

test('unrolled strips stand apart, with room for a finger on each x', () => {
  for (const [input, l] of layouts()) {
    if (input.fold !== 0) continue;
    assert.ok(l.pitch >= 44, `${l.pitch} px`);
    assert.ok(l.pitch - l.stripWidth >= 20, 'no room for the connectors');
  }
});

test('rows fill the strip in order, and the chosen one has room for its number', () => {
  for (const [input, l] of layouts()) {
    assert.equal(rowTop(l, 1), l.strips.top);
    assert.equal(rowBottom(l, input.units), l.strips.bottom);
    for (let j = 1; j <= input.units; j++) assert.ok(rowBottom(l, j) > rowTop(l, j));
    if (input.unit !== undefined) assert.ok(rowBottom(l, input.unit) - rowTop(l, input.unit) >= 18 - 1e-9);
  }
});

test('a position on the screen identifies the unit and the column there', () => {
  for (const [input, l] of layouts()) {
    for (const unit of [1, Math.ceil(input.units / 2), input.units]) assert.equal(unitAt(l, rowMiddle(l, unit)), unit);
    assert.equal(unitAt(l, l.strips.top - 1), undefined);
    assert.equal(unitAt(l, l.strips.bottom), undefined);
    if (input.fold === 0)
      for (let t = 0; t <= input.timesteps; t++) assert.equal(columnAt(l, columnX(l, t), input.timesteps), t);
    assert.equal(columnAt(l, columnX(l, 0), 0), 0);
    // There is nothing to point at beyond the cursor.
    if (input.fold === 0) assert.equal(columnAt(l, columnX(l, input.timesteps), input.timesteps - 1), undefined);
  }
});

test('W is a straight arrow when unrolled, and one loop around the strip when folded', () => {
  const open = layout({ width: 1000, timesteps: 10, units: 8, features: 1, fold: 0 });
  for (let t = 1; t <= 10; t++) {
    const { path, start, end, node } = connector(open, t);
    assert.equal(count(path, /[LQ]/g), 1);
    assert.equal(start.y, end.y);
    assert.ok(start.x < node.x && node.x < end.x);
    assert.ok(start.x >= columnX(open, t - 1) + open.stripWidth / 2 && end.x <= columnX(open, t) - open.stripWidth / 2);
  }
  const folded = layout({ width: 1000, timesteps: 10, units: 8, features: 1, fold: 1 });
  const paths = new Set(Array.from({ length: 10 }, (_, k) => connector(folded, k + 1).path));
  assert.equal(paths.size, 1);
  const { start, end, node } = connector(folded, 1);
  assert.ok(start.x > columnX(folded, 1) && end.x < columnX(folded, 1), 'out at the right, in at the left');
  assert.ok(node.y < folded.strips.top, 'over the strip');
});

test('the cursor’s column scrolls into view, and no further than needed', () => {
  for (const [input, l] of layouts()) {
    const most = Math.max(0, l.sheetWidth - l.frameWidth);
    const half = l.stripWidth / 2;
    for (let k = 0; k <= 2 * input.timesteps; k++) {
      // Every step forward from the left end, and back from the right end.
      const t = Math.min(k, 2 * input.timesteps - k);
      const scroll = scrollFor(l, t, k <= input.timesteps ? 0 : most);
      assert.ok(scroll >= 0 && scroll <= most + 1e-9);
      const x = columnX(l, t) - scroll;
      assert.ok(x - half >= 0 && x + half <= l.frameWidth, `t ${t} at ${x} of ${l.frameWidth}`);
      assert.equal(scrollFor(l, t, scroll), scroll);
      const [from, to] = columnsBetween(l, scroll, scroll + l.frameWidth);
      assert.ok(from <= t && t <= to);
    }
  }
});

test('threads end at the chosen unit and start at every unit of the step before', () => {
  const l = layout({ width: 1000, timesteps: 3, units: 8, features: 1, fold: 0, unit: 5 });
  const drawn = threads(l, 2, 5, [1, -2, 3, -4, 5, -6, 7, -8]);
  assert.equal(drawn.length, 8);
  drawn.forEach((thread, i) => {
    assert.equal(thread.from.y, rowMiddle(l, i + 1));
    assert.equal(thread.to.y, rowMiddle(l, 5));
    const half = l.stripWidth / 2;
    assert.ok(thread.from.x >= columnX(l, 1) + half && thread.to.x <= columnX(l, 2) - half, 'outside the strips');
    assert.equal(Math.abs(thread.weight), i + 1);
  });
});

test('on a panel, the functions from value to height and back are inverse', () => {
  const panel = { top: 100, bottom: 158 };
  for (const value of [-2, -1.25, 0, 0.5, 3])
    assert.ok(Math.abs(valueAt(panel, [-2, 3], height(panel, [-2, 3], value)) - value) < 1e-12);
  assert.equal(height(panel, [0, 1], 7), panel.top);
  assert.equal(valueAt(panel, [0, 1], 1e6), 0);
});

test('a line over time has a gap at a value that is not finite', () => {
  const l = layout({ width: 1000, timesteps: 4, units: 8, features: 1, fold: 0 });
  assert.equal(
    count(
      overTime(l, 0, 4, (t) => (t === 2 ? Number.NaN : t)),
      /M/g,
    ),
    2,
  );
  assert.equal(rounded([], 4), '');
  assert.ok(!overTime(l, 0, 4, () => Number.NaN).includes('NaN'));
});

test('nothing beyond the time cursor is drawn', () => {
  for (const fold of [0, 0.3, 1]) {
    for (let timestep = 0; timestep <= 10; timestep++) {
      const s = sceneOf({ timestep, fold, readouts: true, unit: 2 });
      const [below, above] = [markup(under(s)), markup(over(s))];
      const seen = fold < 1 ? timestep : Math.min(timestep, 1);
      assert.equal(count(below, /class="node w"/g), seen, `W at t = ${timestep}, fold ${fold}`);
      assert.equal(count(below, /class="node u"/g), seen);
      assert.equal(count(below, /class="node v"/g), seen);
      assert.equal(count(above, /role="slider"/g), seen);
      for (let t = timestep + 1; t <= 10; t++) {
        assert.ok(!above.includes(`>${(t / 100).toFixed(2)}<`), `x_${t} is shown at t = ${timestep}`);
        assert.ok(!above.includes(`data-input=${t - 1} `), `x_${t} can be taken at t = ${timestep}`);
      }
    }
  }
});

test('readouts before the last step are drawn only on request, and dashed', () => {
  const plain = markup(under(sceneOf())) + markup(over(sceneOf())) + markup(gutter(sceneOf()));
  assert.equal(count(plain, /class="node v"/g), 1);
  assert.ok(!plain.includes('never trained'));
  const s = sceneOf({ readouts: true });
  const all = markup(under(s)) + markup(over(s)) + markup(gutter(s));
  assert.equal(count(all, /class="node v"/g), 10);
  assert.equal(count(markup(under(s)), /class=untrained/g), 9);
  assert.ok(all.includes('never trained'));
  const before = markup(under(sceneOf({ timestep: 4 })));
  assert.equal(count(before, /class="node v"/g), 0, 'no answer before the end');
});

test('weights are drawn once, with how often they were used', () => {
  const text = markup(gutter(sceneOf({ timestep: 7 })));
  for (const role of ['v', 'w', 'u', 'b']) assert.equal(count(text, new RegExp(`class="plate ${role}"`, 'g')), 1);
  assert.match(text.replace(/<[^>]+>/g, ''), /the same W, 7 times/);
});

test('an edited x shows its original as a ghost', () => {
  const trace = traceOf(10, 8);
  const original = trace.x.slice();
  original[2] = 0.9;
  const text = markup(over(sceneOf({ trace, original, edited: new Set([2]) })));
  assert.equal(count(text, /<circle class="ghost"/g), 1);
  assert.equal(count(text, /class=point edited|class="point edited/g), 1);
  assert.match(text, /edited, was 0\.90/);
});

test('units and times that the trace does not have are clamped', () => {
  assert.equal(sceneOf({ timestep: 99 }).timestep, 10);
  assert.equal(sceneOf({ timestep: -1 }).timestep, 0);
  assert.equal(sceneOf({ timestep: Number.NaN }).timestep, 0);
  for (const unit of [0, 9, -1, Number.NaN]) assert.equal(sceneOf({ unit }).unit, undefined);
  assert.equal(sceneOf({ unit: 8 }).unit, 8);
});

test('weights are found by Keras’s names in any order, and grouped by unit', () => {
  const tensors = [
    { name: 'dense/bias', shape: [1], offset: 0, count: 1 },
    { name: 'simple_rnn/recurrent_kernel', shape: [3, 3], offset: 1, count: 9 },
    { name: 'simple_rnn/kernel', shape: [2, 3], offset: 10, count: 6 },
    { name: 'dense/kernel', shape: [3, 1], offset: 16, count: 3 },
    { name: 'simple_rnn/bias', shape: [3], offset: 19, count: 3 },
  ];
  const parameters = Float32Array.from({ length: 22 }, (_, k) => k);
  const weights = weightsOf(parameters, tensors);
  assert.ok(weights);
  assert.deepEqual([...weights.c], [0]);
  assert.deepEqual([...weights.v], [16, 17, 18]);
  assert.deepEqual([...weights.b], [19, 20, 21]);
  // recurrent_kernel[i][j] is the weight from unit i to unit j, so the row of unit 2 is its second column.
  assert.deepEqual([...rowOf(weights, 2)], [2, 5, 8]);
  assert.deepEqual([...weights.u], [10, 13, 11, 14, 12, 15]);
  assert.equal(weightsOf(parameters, tensors.slice(1)), undefined);
  assert.equal(weightsOf(parameters.subarray(0, 21), tensors), undefined);
  assert.equal(weightsOf(undefined, tensors), undefined);
});

test('ranges hold every value and stay still while x is dragged within them', () => {
  assert.deepEqual(inputDomain([0.1, 0.9]), [0, 1]);
  assert.deepEqual(inputDomain([-3, 0.9]), [-5, 1]);
  assert.deepEqual(inputDomain([14]), [0, 20]);
  assert.deepEqual(inputDomain([0, 0]), [0, 1]);
  /* natural units: small numbers fill the axis, and numbers far from 0 have an axis without 0 */
  assert.deepEqual(inputDomain([0.00003, 0.00012]), [0, 0.0002]);
  assert.deepEqual(inputDomain([-0.00003, 0.00012]), [-0.00005, 0.0002]);
  assert.deepEqual(inputDomain([281.3, 296.2]), [280, 300]);
  assert.deepEqual(inputDomain([284.963, 285.028]), [284.96, 285.03]);
  assert.deepEqual(inputDomain([-285, -280.5]), [-285, -280]);
  assert.deepEqual(inputDomain([0, 296.2]), [0, 500]);
  assert.deepEqual(inputDomain([1e38, 1e38]), [0, 1e38]);
  assert.equal(snap(285.0449, inputStep([280, 300])), 285);
  assert.equal(snap(0.0000713, inputStep([0, 0.0002])), 0.000072);
  assert.deepEqual(inputDomain([Number.NaN, Number.POSITIVE_INFINITY, 0.5]), [0, 1]);
  assert.equal(stateLimit([0.99, -1]), 1);
  assert.equal(stateLimit([-1.5]), 2);
  assert.equal(stateLimit([37]), 50);
  assert.equal(stateLimit([Number.NaN]), 1);
  for (const value of [0.003, 0.7, 1, 1.01, 20, 999, 1e30])
    assert.ok(roundUp(value) >= value && roundUp(value) <= 10 * value);
  assert.equal(snap(0.30000000000000004, 0.01), 0.3);
  assert.equal(snap(-0.004, 0.01), 0);
});

test('an axis has its first and last number and no more than fit', () => {
  for (const units of [1, 2, 8, 12, 13, 32, 100, 128, 511, 512]) {
    const labels = labelled(units, 9);
    assert.equal(labels[0], 1);
    assert.equal(labels.at(-1), units);
    assert.ok(labels.length <= 11);
    assert.equal(new Set(labels).size, labels.length);
  }
});

test('the color scale is white at zero, symmetric, clamped at its limit, and marks values that are not finite', () => {
  const scale = valueScale([31, 99, 176], [255, 255, 255], [212, 100, 12], [179, 38, 30]);
  assert.equal(colorOf(scale, 0, 1), 'rgb(255 255 255)');
  assert.equal(colorOf(scale, -0, 1), 'rgb(255 255 255)');
  assert.equal(colorOf(scale, -1, 1), 'rgb(31 99 176)');
  assert.equal(colorOf(scale, 5, 1), 'rgb(212 100 12)');
  assert.equal(colorOf(scale, Number.NaN, 1), 'rgb(179 38 30)');
  assert.equal(colorOf(scale, Number.POSITIVE_INFINITY, 1), 'rgb(179 38 30)');
  for (const value of [0.1, 0.33, 0.5, 0.99]) assert.equal(shade(value, 1) - 127, 127 - shade(-value, 1));
  assert.equal(inkOn(scale, 0, 1), '#000');
  assert.equal(inkOn(scale, -1, 1), '#fff');
  for (const color of [
    [0, 0, 0],
    [255, 255, 255],
    [18, 200, 77],
    [212, 100, 12],
  ] as const) {
    assert.deepEqual([...fromOklab(toOklab(color))], [...color]);
  }
});

test('a slider has a sentence for screen readers', () => {
  const trace = { ...traceOf(10, 8), x: Float32Array.from({ length: 10 }, () => 0.42) };
  trace.h[3 * 8 + 4] = 0.61;
  assert.equal(sentence(trace, 3, 5), 't = 3 of 10, x 0.42, unit 5, h 0.61');
  trace.h[3 * 8 + 4] = -0.004;
  assert.equal(sentence(trace, 3, 5), 't = 3 of 10, x 0.42, unit 5, h −0.004');
  trace.h[3 * 8 + 4] = -0.61;
  assert.equal(unitSentence(trace, 3, 5), 'unit 5 of 8, h \u22120.61 at t = 3');
  assert.match(sentence(trace, 10), /p\(y = 1\) 0\.010, target 1$/);
  assert.match(
    sentence(trace, 10, undefined, { relabelled: true }),
    /p\(y = 1\) 0\.010, target of the changed sequence 1$/,
  );
  assert.match(
    sentence({ ...trace, targets: [Number.NaN] }, 10, undefined, { unlabelled: 'The labels are random.' }),
    /p\(y = 1\) 0\.010, no target: The labels are random\.$/,
  );
});

test('the table’s numbers are the trace’s', () => {
  const table = rows(traceOf(10, 8), 0, 4, 5);
  assert.equal(table.length, 5);
  assert.deepEqual(
    rows(traceOf(10, 8), 9, 10).map(({ target }) => target),
    ['', '1'],
  );
  const shown = table.map(({ t, x, z, h, logit, p }) => ({ t, x, z, h, logit, p }));
  assert.deepEqual(shown[0], { t: 0, x: [''], z: '', h: '0.0000', logit: '', p: [''] });
  assert.deepEqual(shown[3], { t: 3, x: ['0.0300'], z: '\u22120.0300', h: '0.0305', logit: '0.2000', p: ['0.0030'] });
});
