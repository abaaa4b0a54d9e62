/**
 * The arithmetic figure without a browser: its numbers must be those of the trace, its bars the sums, and its text the
 * numbers.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { load, type SequentialConfig, type Unrolled } from '../../build/js/unrolled.js';
import {
  activatedLetter,
  groupName,
  resultLetter,
  sizesOf,
  sourceOf,
  sumLetter,
  symbolsOf,
  termName,
} from '../../web/figures/arithmetic/cell-vocabulary.ts';
import { type Arithmetic, arithmeticOf, type SumChoice } from '../../web/figures/arithmetic/numbers.ts';
import { type Order, rowAt, rowsOf, stagesOf, sumsOf } from '../../web/figures/arithmetic/rows.ts';
import { toSpeech, toText } from '../../web/figures/arithmetic/symbols.ts';
import { frameOf } from '../../web/figures/arithmetic/waterfall.ts';
import { exact } from '../../web/shared/format.ts';
import {
  calculation,
  description,
  noStatesNote,
  tableRows,
  termSentence,
} from '../../web/figures/arithmetic/calculation-text.ts';
import { meaningOf } from '../../web/symbols/vocabulary.ts';

let u: Unrolled;
before(async () => {
  u = await load();
});

const CELLS = ['simple_rnn', 'gru', 'lstm'] as const;

/** A network with biases, and the trace of one sequence. */
function tracedBy(config: Partial<SequentialConfig>, cut = {}) {
  const model = u.sequential({ units: 8, timesteps: 6, ...config } as SequentialConfig);
  const weights = model
    .getWeights()
    .map((tensor, k) => (k % 3 === 2 ? tensor.map((b, i) => b + (i % 7) / 20 - 0.15) : tensor));
  model.setWeights(weights);
  const { x } = u.task('first', { samples: model.features, timesteps: model.timesteps });
  const trace = model.trace(x, undefined, cut);
  return {
    model,
    trace,
    of: (place: Partial<SumChoice>) => arithmeticOf(model, trace, { timestep: 3, unit: 5, ...place }),
  };
}

const of = (config: Partial<SequentialConfig>, place: Partial<SumChoice> = {}, cut = {}): Arithmetic =>
  tracedBy(config, cut).of(place);

/** The same figure with other sums. */
const withSums = (a: Arithmetic, values: readonly number[]): Arithmetic => ({
  ...a,
  terms: { ...a.terms, sum: Float32Array.from(values) },
});

test('every sum ends at the traced number, and the curve goes through the traced point', () => {
  for (const cell of CELLS)
    for (const layers of [1, 2, 3] as const)
      for (const cut of [{}, { withoutRecurrence: true }, { resetBefore: 4 }]) {
        const { trace, of: at } = tracedBy({ cell, layers, features: 2 }, cut);
        for (let layer = 0; layer < layers; layer++)
          for (let timestep = 1; timestep <= 6; timestep++) {
            const from = trace.layers[layer] as (typeof trace.layers)[number];
            const { gates, units } = from;
            for (let gate = 0; gate <= (gates > 1 ? gates : 0); gate++) {
              const a = at({ timestep, layer, gate, unit: 7 });
              const z = Array.from({ length: gates }, (_, k) => from.z[((timestep - 1) * gates + k) * units + 6]);
              assert.deepEqual([...a.z], z);
              const h = from.h[timestep * units + 6];
              assert.equal(a.terms.sum.at(-1), gate < gates ? z[gate] : h);
              const sums = sumsOf(a);
              assert.equal(sums.length, (cell === 'gru' && gate === 2) || (cell === 'lstm' && gate === 4) ? 2 : 1);
              const ends = sums.map(({ last }) => a.terms.sum[last]);
              if (cell === 'gru' && gate === 2) assert.equal(ends[0], from.q[(timestep - 1) * units + 6]);
              if (cell === 'lstm' && gate === 4) assert.equal(ends[0], from.c[timestep * units + 6]);
              const { curve } = a;
              assert.equal(curve === undefined, cell === 'gru' && gate === 3);
              if (!curve) continue;
              assert.deepEqual(
                [...curve.z],
                [...curve.z].sort((p, q) => p - q),
              );
              assert.equal(curve.z[curve.at], ends[gate < gates ? ends.length - 1 : 0]);
              if (gate < gates) assert.equal(curve.a[curve.at], a.a[gate]);
              else assert.equal(curve.a[curve.at], a.terms.value[2]);
            }
          }
      }
});

test('a position that the trace does not have is clamped', () => {
  const { of: at } = tracedBy({ units: 4 });
  const pick = ({ timestep, unit, layer, gate }: Arithmetic) => [timestep, unit, layer, gate];
  assert.deepEqual(pick(at({ timestep: 99, unit: 99, layer: 2, gate: 4 })), [6, 4, 0, 0]);
  assert.deepEqual(pick(at({ timestep: 0, unit: Number.NaN, layer: -1, gate: -1 })), [1, 1, 0, 0]);
});

test('each term has one row, none overlap, and a bar goes from sum to sum', () => {
  for (const cell of CELLS)
    for (const units of [1, 2, 8, 32, 60, 512])
      for (const layer of [0, 1])
        for (const gate of [0, 2])
          for (const order of ['added', 'size'] as Order[]) {
            const a = of({ cell, units, layers: 2 }, { unit: 1, gate, layer });
            const { rows, terms, height, domain } = rowsOf(a, order);
            const n = a.terms.kind.length;
            assert.deepEqual(
              terms.map(({ term }) => term).sort((p, q) => p - q),
              [...Array(n).keys()],
            );
            assert.ok(height < 1000, `${height} px`);
            rows.forEach((row, k) => {
              const next = rows[k + 1];
              assert.ok(row.top + row.height <= (next?.top ?? height) + 1e-9);
              assert.ok(Math.min(row.from, row.to) >= domain[0] && Math.max(row.from, row.to) <= domain[1]);
              assert.equal(
                rowAt({ rows, terms, height, domain }, row.top + row.height / 2),
                row.kind === undefined ? undefined : row,
              );
              if (row.labelled) assert.ok(row.height >= 17);
            });
            assert.equal(rowAt({ rows, terms, height, domain }, -1), undefined);
            const labelled = terms.filter((row) => row.labelled).length;
            assert.ok(labelled >= 1 && labelled <= 80);
            for (const [k, row] of terms.entries()) {
              const { product, sum } = a.terms;
              if (order === 'added') {
                assert.equal(row.to, sum[row.term]);
                assert.equal(row.from, row.term === row.sum.first ? 0 : sum[row.term - 1]);
              } else {
                assert.deepEqual([row.from, row.to], [0, product[row.term]]);
                const above = terms[k - 1];
                if (above?.sum === row.sum) assert.ok(Math.abs(product[above.term] as number) >= Math.abs(row.to));
              }
            }
            for (const width of [300, 358, 700, 1072]) {
              const frame = frameOf(a, { rows, terms, height, domain }, width);
              for (const { from, to } of rows)
                for (const v of [from, to]) assert.ok(frame.x(v) >= frame.names - 0.01 && frame.x(v) <= width - 57);
              assert.ok(frame.ticks.length >= 2 && frame.ticks.some(({ text }) => Number(text) === 0));
            }
          }
});

test('numbers that are not finite leave the rows finite', () => {
  const a = of({});
  const broken = withSums(
    a,
    [...a.terms.sum].map((sum, k) => (k > 3 ? (k > 5 ? Number.NaN : Number.POSITIVE_INFINITY) : sum)),
  );
  for (const order of ['added', 'size'] as Order[]) {
    const rows = rowsOf(broken, order);
    assert.ok(
      [...rows.domain, rows.height, ...rows.rows.flatMap(({ from, to, top }) => [from, to, top])].every(
        Number.isFinite,
      ),
    );
  }
  assert.match(calculation(broken), /sum Infinity\n/);
  assert.deepEqual(rowsOf(withSums(a, [...a.terms.sum].fill(0)), 'added').domain, [-1, 1]);
});

test('a stage consists of consecutive terms of one kind', () => {
  const kinds = (a: Arithmetic) =>
    stagesOf(a).map(
      ({ kind, first, last, begins, ends }) =>
        `${kind} ${first}-${last}${begins ? ' begins' : ''}${ends ? ' ends' : ''}`,
    );
  assert.deepEqual(kinds(of({ features: 2 })), ['bias 0-0 begins', 'input 1-2', 'state 3-10 ends']);
  assert.deepEqual(kinds(of({ cell: 'gru' })), [
    'bias 0-0 begins',
    'recurrent_bias 1-1',
    'input 2-2',
    'state 3-10 ends',
  ]);
  assert.deepEqual(kinds(of({ cell: 'gru' }, { gate: 2 })), [
    'recurrent_bias 0-0 begins',
    'state 1-8 ends',
    'bias 9-9 begins',
    'input 10-10',
    'reset 11-11 ends',
  ]);
  assert.deepEqual(kinds(of({ cell: 'lstm' }, { gate: 4 })), [
    'kept 0-0 begins',
    'written 1-1 ends',
    'read 2-2 begins ends',
  ]);
  assert.deepEqual(kinds(of({}, { timestep: 1 })), ['bias 0-0 begins', 'input 1-1 ends']);
});

test('in a gated cell each symbol has one meaning, with the gate as subscript of weights and sum', () => {
  for (const [cell, letters] of [
    ['gru', ['u', 'r', 'g']],
    ['lstm', ['i', 'f', 'g', 'o']],
  ] as const) {
    const { of: at } = tracedBy({ cell });
    const read = (name: string): string | undefined => /^(?:z|U|W|b|b′)_(\w)\[/.exec(name)?.[1];
    letters.forEach((letter, gate) => {
      const a = at({ gate });
      const names = a.terms.kind.map((kind, k) => toText(termName(a, kind, a.terms.index[k] as number)));
      const lows = [...names, toText([sumLetter(a)])].map(read).filter((low) => low !== undefined);
      assert.ok(lows.length > 8, names.join(' '));
      assert.deepEqual([...new Set(lows)], [letter]);
      assert.equal(toText([activatedLetter(a)]), `${letter}[5]`);
    });
    const other = ['z', 'q', 'h', 'c', 'x', 'b', 'p', 'y', 't'];
    assert.deepEqual(
      letters.filter((letter) => other.includes(letter)),
      [],
    );
    const equations = readFileSync(new URL('../../docs/equations.md', import.meta.url), 'utf8');
    for (const letter of letters) assert.match(equations, new RegExp(`dL/dz_${letter} =`));
  }
});

test('terms, sums and shapes have the names of the lesson', () => {
  const names = (a: Arithmetic) => a.terms.kind.map((kind, k) => toText(termName(a, kind, a.terms.index[k] as number)));
  const simple = of({ units: 32 });
  assert.deepEqual(names(simple).slice(0, 4), ['b[5]', 'U[5]·x_3', 'W[5,1]·h_2[1]', 'W[5,2]·h_2[2]']);
  assert.equal(toText(groupName(simple, 'state')), 'W[5]·h_2');
  assert.equal(names(of({ features: 2 }))[2], 'U[5,2]·x_3[2]');
  assert.deepEqual(names(of({ cell: 'lstm' }, { gate: 1 })).slice(0, 3), ['b_f[5]', 'U_f[5]·x_3', 'W_f[5,1]·h_2[1]']);
  assert.deepEqual(names(of({ cell: 'lstm' }, { gate: 4 })), ['f·c_2[5]', 'i·g', 'o·tanh(c_3[5])']);
  assert.deepEqual(names(of({ cell: 'gru' }, { gate: 3 })), ['u·h_2[5]', '(1 − u)·g']);
  assert.deepEqual(
    names(of({ cell: 'gru' }, { gate: 2 })).filter((_, k) => k < 1 || k > 8),
    ['b′_g[5]', 'b_g[5]', 'U_g[5]·x_3', 'r·q'],
  );
  const results = (a: Arithmetic) => sumsOf(a).map(({ final }) => toText([resultLetter(a, final)]));
  assert.deepEqual(results(simple), ['z_3[5]']);
  assert.deepEqual(results(of({ cell: 'gru' }, { gate: 2 })), ['q[5]', 'z_g[5]']);
  assert.deepEqual(results(of({ cell: 'lstm' }, { gate: 4 })), ['c_3[5]', 'h_3[5]']);
  const shapes = (a: Arithmetic) =>
    Object.fromEntries(Object.entries(symbolsOf(a)).map(([name, { shape }]) => [name, shape]));
  assert.deepEqual(shapes(simple), {
    U: '(1)',
    x: '(1)',
    W: '(32)',
    h: '(32)',
    b: 'one number',
    recurrentBias: 'one number',
    r: 'one number',
    z: 'one number',
    out: 'one number',
  });
  const lstm = of({ cell: 'lstm', units: 4, features: 3 }, { unit: 1 });
  const said = meaningOf(symbolsOf(lstm).U.term, sizesOf(lstm));
  assert.equal(said?.shape, '4 × 3 for each of the 4 sums, the same at every time step');
  assert.equal(said?.keras, 'kernel, (3, 16): rows and columns swapped');
  assert.deepEqual(simple.terms.kind.slice(0, 3).map(sourceOf), ['b', 'x', 'h']);
  assert.equal(sourceOf('written'), 'written');
});

test('a term is described in a sentence', () => {
  const a = of({});
  const text = (value: number | undefined) => (value as number).toFixed(3).replace('-', '\u2212');
  const { weight, value, product, sum } = a.terms;
  assert.equal(
    termSentence(a, 4),
    `W [5,3] times h 2 [3]: ${text(weight[4])} times ${text(value[4])} is ${text(product[4])}. The sum goes from ${text(sum[3])} to ${text(sum[4])}. This is term 5 of 10.`,
  );
  assert.equal(
    termSentence(a, 0),
    `b [5] is ${text(product[0])}. The sum begins with ${text(sum[0])}. This is term 1 of 10.`,
  );
  assert.equal(description(a), `This is a waterfall of 10 terms of unit 5 at time step 3. z 3 [5] is ${text(sum[9])}.`);
  assert.equal(toSpeech(['(1 − ', { letter: 'u' }, ')·', { letter: 'g' }]), '(1  minus  u) times g');
});

test('the reason why the previous state contributes nothing', () => {
  assert.equal(noStatesNote(of({})), '');
  assert.match(noStatesNote(of({}, { timestep: 1 })), /^The state before the first time step is 0/);
  assert.match(noStatesNote(of({}, {}, { withoutRecurrence: true })), /loop is cut/);
  assert.match(noStatesNote(of({}, {}, { resetBefore: 3 })), /reset to 0 before time step 3/);
  assert.equal(noStatesNote(of({ cell: 'gru' }, { gate: 3, timestep: 1 })), '');
});

test('digits are the fewest that read back to the same bits', () => {
  assert.deepEqual([0.1, -0.5, 16777216, 1e-45, 0, -0, Number.NaN].map(Math.fround).map(exact), [
    '0.1',
    '-0.5',
    '16777216',
    '1e-45',
    '0',
    '-0',
    'NaN',
  ]);
  const words = new Uint32Array(1);
  const floats = new Float32Array(words.buffer);
  let state = 1;
  for (let k = 0; k < 20_000; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words[0] = state;
    const value = floats[0] as number;
    if (Number.isFinite(value)) assert.ok(Object.is(Math.fround(Number(exact(value))), value), exact(value));
  }
});

test('the copied text contains the whole calculation, bit by bit', () => {
  for (const cell of CELLS)
    for (const gate of cell === 'simple_rnn' ? [0] : [0, 2, cell === 'gru' ? 3 : 4]) {
      const a = of({ cell, features: 2 }, { gate });
      const lines = calculation(a).split('\n');
      const { weight, value, product, sum, kind } = a.terms;
      const terms = lines.filter((line) => line.includes('    sum '));
      assert.equal(terms.length, kind.length);
      const floats = (text: string) =>
        [...text.matchAll(/(?<![\w[,])-?\d[\d.e-]*(?![\w\],])/g)].map(([number]) => Math.fround(Number(number)));
      for (const [k, line] of terms.entries()) {
        const found = floats(line.slice(line.indexOf(' = ')));
        const bias = kind[k]?.endsWith('bias');
        assert.deepEqual(found, bias ? [product[k], sum[k]] : [weight[k], value[k], product[k], sum[k]], line);
      }
      for (const { last, final } of sumsOf(a))
        assert.ok(lines.includes(`${toText([resultLetter(a, final)])} = ${exact(sum[last] as number)}`));
      if (gate < a.gates)
        assert.ok(
          lines.some(
            (line) =>
              line.endsWith(`= ${exact(a.a[gate] as number)}`) && /^\w+(_\d)?\[5\] = (tanh|sigmoid)\(z/.test(line),
          ),
          lines.join('\n'),
        );
    }
});

test('the table has a row for each term, and its numbers', () => {
  const a = of({});
  const rows = tableRows(a);
  const text = (value: number | undefined) =>
    (value as number).toFixed(6).replace('-', '\u2212').replace('\u22120.000000', '0.000000');
  rows.forEach((row, k) => {
    const { weight, value, product, sum, kind } = a.terms;
    assert.deepEqual([row.weight, row.product, row.sum], [weight[k], product[k], sum[k]].map(text));
    assert.equal(row.value, kind[k] === 'bias' ? '1' : text(value[k]));
  });
});
