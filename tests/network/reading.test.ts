/**
 * Larger networks in the figure, without a browser: each weight must be found where Keras stores it, each layer drawn
 * at its position, and each readout named correctly.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { over, under } from '../../web/figures/network/sheet-drawing.ts';
import { gutter } from '../../web/figures/network/gutter.ts';
import { layerAt, layout, rowMiddle, unitAt } from '../../web/figures/network/network-layout.ts';
import { textUnder, weightUnder } from '../../web/figures/network/hit-test.ts';
import { valueDomain } from '../../web/figures/network/scales.ts';
import { type Scene, type SceneInput, scene } from '../../web/figures/network/scene.ts';
import {
  answerOf,
  classOf,
  type EngineTrace,
  gateOf,
  type Reading,
  read,
  sumOf,
  targetOf,
  trained,
} from '../../web/figures/network/trace.ts';
import { columnsOf, type Tensor, weightAt, weightsOf } from '../../web/figures/network/weights.ts';
import { description } from '../../web/figures/network/description.ts';
import { cutSentence, sentence } from '../../web/figures/network/network-sentences.ts';
import { markup } from './markup.ts';

interface Sizes {
  units: number;
  features: number;
  gates: number;
  layers: number;
  outputs: number;
}

const NAMES: Record<number, string> = { 1: 'simple_rnn', 3: 'gru', 4: 'lstm' };

/** Keras's tensors of a network of this size. */
function tensorsOf({ units, features, gates, layers, outputs }: Sizes): { tensors: Tensor[]; count: number } {
  const tensors: Tensor[] = [];
  let offset = 0;
  const add = (name: string, shape: number[]): void => {
    const count = shape.reduce((a, b) => a * b, 1);
    tensors.push({ name, shape, offset, count });
    offset += count;
  };
  for (let l = 0; l < layers; l++) {
    const name = `${NAMES[gates]}${l ? `_${l}` : ''}`;
    add(`${name}/kernel`, [l ? units : features, gates * units]);
    add(`${name}/recurrent_kernel`, [units, gates * units]);
    add(`${name}/bias`, gates === 3 ? [2, 3 * units] : [gates * units]);
  }
  add('dense/kernel', [units, outputs]);
  add('dense/bias', [outputs]);
  return { tensors, count: offset };
}

/**
 * An engine's trace whose numbers identify their position: z = layer + gate/10 + t/100 + unit/1000, a = −z, h = t/100 +
 * unit/1000.
 */
function traceOf(sizes: Sizes & { timesteps: number; everyStep?: boolean }): EngineTrace {
  const { units, features, gates, layers, outputs, timesteps, everyStep = false } = sizes;
  const at = (count: number, value: (k: number) => number) => Float32Array.from({ length: count }, (_, k) => value(k));
  const none = new Float32Array(0);
  const layer = (l: number): EngineTrace['layers'][number] => {
    const wide = gates * units;
    const z = at(
      timesteps * wide,
      (k) => l + Math.floor((k % wide) / units) / 10 + (Math.floor(k / wide) + 1) / 100 + ((k % units) + 1) / 1000,
    );
    const h = at((timesteps + 1) * units, (k) =>
      k < units ? 0 : Math.floor(k / units) / 100 + ((k % units) + 1) / 1000,
    );
    const read = l > 1 ? units : features;
    const backward = { dH: none, dC: none, dZ: none, dQ: none, dHNorm: none };
    const c = gates === 4 ? h.map((value) => 3 * value) : none;
    return {
      features: read,
      units,
      gates,
      x: at(timesteps * read, (k) => k / 100),
      z,
      a: z.map((value) => -value),
      q: none,
      h,
      c,
      ...backward,
    };
  };
  return {
    timesteps,
    outputs,
    readouts: everyStep ? timesteps : 1,
    loss: 0.5,
    y: at(everyStep ? timesteps : 1, (k) => k % Math.max(2, outputs)),
    logit: at(timesteps * outputs, (k) => k),
    prediction: at(timesteps * outputs, (k) => ((k * 3) % 7) / 10),
    layers: Array.from({ length: layers }, (_, l) => layer(l + 1)),
    cut: { withoutRecurrence: false, resetBefore: 0, keep: 'all' },
  };
}

const STACK = { units: 4, features: 2, gates: 3, layers: 3, outputs: 1, timesteps: 5 };

function sceneOf(trace: Reading, change: Partial<SceneInput> = {}): Scene {
  return scene({
    width: 1000,
    trace,
    weights: undefined,
    timestep: trace.timesteps,
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
const words = (text: string): string => text.replace(/<[^>]+>/g, '');

test('every parameter except the readout’s bias is on one plate of one layer and gate, and can be found from there', () => {
  for (const gates of [1, 3, 4]) {
    for (const units of [1, 5]) {
      for (const outputs of [1, 3]) {
        const sizes = { units, features: 3, gates, layers: 2, outputs };
        const { tensors, count } = tensorsOf(sizes);
        const parameters = Float32Array.from({ length: count }, (_, k) => k);
        const seen = new Set<number>();
        for (let layer = 1; layer <= 2; layer++) {
          for (let gate = 0; gate < gates; gate++) {
            const weights = weightsOf(parameters, tensors, layer, gate);
            assert.ok(weights);
            for (const role of ['u', 'w', 'b', 'v'] as const) {
              for (let unit = 1; unit <= units; unit++) {
                for (let column = 0; column < columnsOf(weights, role); column++) {
                  const place = { role, unit, column };
                  const index = weights.index(place);
                  assert.equal(weightAt(weights, place), index);
                  assert.deepEqual(weights.place(index), place);
                  assert.ok(role === 'v' || !seen.has(index), `${index} stands on two plates`);
                  seen.add(index);
                }
              }
            }
            assert.equal(weights.place(count - 1), undefined);
          }
        }
        assert.equal(seen.size, count - outputs);
      }
    }
  }
});

test('a gate’s columns are read from the kernels in Keras’s order', () => {
  const { tensors, count } = tensorsOf({ units: 2, features: 1, gates: 3, layers: 1, outputs: 1 });
  const weights = weightsOf(
    Float32Array.from({ length: count }, (_, k) => k),
    tensors,
    1,
    1,
  );
  assert.ok(weights);
  // kernel: z z r r h h from 0; recurrent kernel: two such rows from 6; bias: two such rows from 18.
  assert.deepEqual([...weights.u], [2, 3]);
  assert.deepEqual([...weights.w], [8, 14, 9, 15]);
  assert.deepEqual([...weights.b], [20, 26, 21, 27]);
  assert.equal(weightsOf(new Float32Array(count), tensors, 2, 0), undefined);
  assert.equal(weightsOf(new Float32Array(count), tensors, 1, 3), undefined);
});

test('a reading has the numbers of the chosen layer and gate; a choice beyond the trace is clamped', () => {
  const given = traceOf(STACK);
  for (const layer of [1, 2, 3]) {
    for (const gate of [0, 1, 2]) {
      const trace = read(given, { layer, gate });
      assert.ok(Math.abs(sumOf(trace, 4, 2) - (layer + gate / 10 + 0.042)) < 1e-6);
      assert.equal(gateOf(trace, 4, 2), -sumOf(trace, 4, 2));
      assert.equal(trace.inputs, layer === 1 ? 2 : 4);
      assert.equal(trace.features, 2);
    }
  }
  const beyond = read(given, { layer: 9, gate: 7, state: 'c' });
  assert.deepEqual([beyond.layer, beyond.gate, beyond.state], [3, 2, 'h']);
  assert.equal(read(given, { layer: Number.NaN, gate: Number.NaN }).layer, 1);
  const lstm = read(traceOf({ ...STACK, gates: 4 }), { state: 'c' });
  assert.equal(lstm.shown, lstm.c);
});

test('answers, trained readouts and targets', () => {
  assert.equal(answerOf('binary_crossentropy', 1), 'probability');
  assert.equal(answerOf('meanSquaredError', 1), 'value');
  assert.equal(answerOf(undefined, 3), 'classes');
  const last = read(traceOf({ ...STACK, outputs: 3 }));
  assert.deepEqual([trained(last, 4), trained(last, 5), trained(last, 0)], [false, true, false]);
  assert.deepEqual([targetOf(last, 4), targetOf(last, 5)], [undefined, 0]);
  assert.equal(read(traceOf(STACK), { label: 1 }).targets[0], 1);
  // (t, k) → 3(3(t − 1) + k) mod 7, which is 1 4 0 at t = 5.
  assert.equal(classOf(last, 5), 1);
  const each = read(traceOf({ ...STACK, everyStep: true }), { label: 1 });
  assert.deepEqual(
    [1, 2, 3].map((t) => targetOf(each, t)),
    [0, 1, 0],
  );
  assert.match(
    sentence(each, 2, 1),
    /^t = 2 of 5, x 0\.02, 0\.03, layer 1, unit 1, h 0\.021, p\(y = 1\) 0\.300, target 1$/,
  );
  assert.match(description(each), /^This is a GRU network, .* 3 layers, .* At every time step the weights V/);
});

test('an axis of values includes 0 and all values', () => {
  assert.deepEqual(valueDomain([0.3, -0.02]), [-0.02, 0.5]);
  assert.deepEqual(valueDomain([]), [0, 1]);
  assert.deepEqual(valueDomain([-3, Number.NaN]), [-5, 0]);
});

test('layers are stacked, with the input below the lowest and the readout above the top layer; V is next to the top', () => {
  for (const width of [320, 768, 1440]) {
    for (let layer = 1; layer <= 3; layer++) {
      for (const outputs of [1, 12, 64]) {
        const bars = outputs > 1;
        const l = layout({
          width,
          timesteps: 9,
          units: 32,
          features: 3,
          fold: 0,
          layers: 3,
          layer,
          outputs,
          bars,
          kernelColumns: layer > 1 ? 32 : 3,
          biases: 2,
        });
        assert.equal(l.stack[layer - 1], l.strips);
        const upward = [
          l.height,
          l.lines.bottom,
          l.tickY,
          ...[...l.inputs].reverse().flatMap(({ top, bottom }) => [bottom, top]),
        ];
        for (const { top, bottom } of l.stack) upward.push(bottom, top);
        upward.push(l.rails.v, l.output.bottom, l.output.top, 0);
        for (let k = 1; k < upward.length; k++)
          assert.ok((upward[k] as number) < (upward[k - 1] as number), `level ${k} of ${upward}`);
        // The lines of the chosen layer's weights run beside its own strips.
        const [above, below] = [l.stack[layer], l.stack[layer - 2]];
        assert.ok(l.rails.w > (above?.bottom ?? 0) && l.rails.w < l.loopTop && l.loopTop < l.strips.top);
        assert.ok(l.rails.u < (below?.top ?? Number.POSITIVE_INFINITY) && l.rails.b > l.strips.bottom);
        assert.equal(l.gutter.plates.v.top, l.stack[2]?.top);
        assert.ok(l.gutter.width < 0.5 * width);
        l.stack.forEach(({ top, bottom }, k) => assert.equal(layerAt(l, (top + bottom) / 2), k + 1));
        assert.equal(unitAt(l, rowMiddle(l, 7)), 7);
      }
    }
  }
});

test('no layer shows anything beyond the cursor', () => {
  for (let timestep = 0; timestep <= 5; timestep++) {
    const below = markup(under(sceneOf(read(traceOf(STACK), { layer: 2 }), { timestep })));
    // Through time in the two lower layers, up into the third, and from x into the first.
    assert.equal(count(below, /class="pass-tip"/g), 4 * timestep);
    assert.equal(count(below, /class="node w"/g), timestep);
  }
});

test('trained readouts are always solid', () => {
  const each = sceneOf(read(traceOf({ ...STACK, everyStep: true })), { timestep: 4 });
  const all = markup(under(each)) + markup(over(each)) + markup(gutter(each));
  assert.equal(count(all, /class="node v"/g), 4);
  assert.equal(count(all, /class=untrained|class="untrained"|never trained/g), 0);
  assert.match(words(markup(gutter(each))), /V, 4 times/);
});

test('a cut is drawn on the connection that it cuts, in every layer, and described in words', () => {
  const trace = read(traceOf({ ...STACK, gates: 1 }), { layer: 1 });
  const loop = sceneOf(trace, { cut: 'loop' });
  assert.equal(count(markup(under(loop)), /class="cross"/g), 5);
  assert.equal(count(markup(under(loop)), /class="pass cut"/g), 10);
  assert.match(words(markup(gutter(loop))), /cut: W = 0/);
  const state = sceneOf(trace, { cut: 'state', reset: 2 });
  assert.equal(count(markup(under(state)), /class="cross"/g), 1);
  assert.equal(count(markup(under(state)), /class="pass cut"/g), 2);
  assert.equal(cutSentence(trace, 'none', 3), '');
  assert.match(cutSentence(trace, 'state', 3), /time step 3/);
});

test('a position on a bar identifies its class and probability', () => {
  const s = sceneOf(read(traceOf({ ...STACK, outputs: 3 })));
  const { top, bottom } = s.l.output;
  const at = (t: number, k: number) =>
    ({ on: 'sheet', x: s.l.columns[t] as number, y: top + ((bottom - top) * (k + 0.5)) / 3 }) as const;
  assert.equal(textUnder(s, at(5, 1)), 'p(class 1) = 0.400 at t = 5');
  assert.equal(textUnder(s, at(4, 1)), undefined, 'not asked');
});

test('a position on a plate identifies the weight there', () => {
  const sizes = { ...STACK, gates: 4, layers: 2, outputs: 2 };
  const { tensors, count } = tensorsOf(sizes);
  const weights = weightsOf(
    Float32Array.from({ length: count }, (_, k) => k / 100),
    tensors,
    1,
    3,
  );
  const s = sceneOf(read(traceOf(sizes), { layer: 1, gate: 3 }), { weights });
  const { w, v } = s.l.gutter.plates;
  const place = { on: 'gutter', x: w.left + (w.width * 2.5) / 4, y: rowMiddle(s.l, 2) } as const;
  assert.deepEqual(weightUnder(s, place), { role: 'w', unit: 2, column: 2 });
  assert.match(textUnder(s, place) ?? '', /^W o\[2, 3\] = \d+\.\d{3}: unit 3 into unit 2$/);
  // The rows of V are those of the top layer.
  const readout = { on: 'gutter', x: v.left + v.width * 0.75, y: v.top + v.height * 0.9 } as const;
  assert.deepEqual(weightUnder(s, readout), { role: 'v', unit: 4, column: 1 });
  assert.match(textUnder(s, readout) ?? '', /^V\[1, 4\] = .* into class 1$/);
});
