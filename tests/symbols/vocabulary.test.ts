/**
 * The vocabulary has one plain sentence per symbol, with the shapes of the current network. Each setting has one name.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type FieldName, TABLE } from '../../web/state/state.ts';
import { CELLS, GATES } from '../../web/shared/core-facts.ts';
import { gatesOf } from '../../web/symbols/gates.ts';
import { meaningOf, type Sizes, TERMS } from '../../web/symbols/vocabulary.ts';
import { loadKind } from '../wasm/support.ts';

const engine = await loadKind('simd');
const LSTM: Sizes = { units: 7, inputs: 3, gates: 4, timesteps: 12, outputs: 5, layer: 1 };

test('each entry has a name and one sentence', () => {
  assert.ok(TERMS.length > 30);
  for (const term of TERMS) {
    const { name, text, shape, keras } = meaningOf(term, LSTM) as NonNullable<ReturnType<typeof meaningOf>>;
    assert.match(name, /^[A-Z][\w\- ]+$/, term);
    assert.match(text, /^[A-Z][^.]*\.$/, `${term}: ${text}`);
    assert.doesNotMatch(`${shape} ${keras}`, /NaN|undefined|\.$/, term);
  }
});

test('shapes are those of Keras’s tensors, transposed', () => {
  const of = (term: 'U' | 'W' | 'V' | 'b', sizes = LSTM) => [
    meaningOf(term, sizes)?.shape,
    meaningOf(term, sizes)?.keras,
  ];
  assert.deepEqual(of('U'), [
    '7 × 3 for each of the 4 sums, the same at every time step',
    'kernel, (3, 28): rows and columns swapped',
  ]);
  assert.deepEqual(of('W'), [
    '7 × 7 for each of the 4 sums, the same at every time step',
    'recurrent_kernel, (7, 28): rows and columns swapped',
  ]);
  assert.deepEqual(of('V'), ['5 × 7', 'kernel of Dense, (7, 5)']);
  const gru = { ...LSTM, gates: 3 };
  assert.equal(of('b', gru)[1], 'bias, (2, 21)');
  const simple = { ...LSTM, gates: 1, units: 8 };
  assert.equal(of('W', simple)[0], '8 × 8, the same at every time step');
});

test('an element, a row and a matrix have different shapes', () => {
  const shapes = (term: 'W' | 'U' | 'h', part?: 'row' | 'element') => {
    const meaning = meaningOf(term, { ...LSTM, gates: 1, ...(part && { part }) });
    return [meaning?.shape, meaning?.whole];
  };
  assert.deepEqual(shapes('W'), ['7 × 7, the same at every time step', '']);
  assert.deepEqual(shapes('W', 'row'), ['7 numbers', '7 × 7, the same at every time step']);
  assert.deepEqual(shapes('U', 'row'), ['3 numbers', '7 × 3, the same at every time step']);
  assert.deepEqual(shapes('W', 'element'), ['one number', '7 × 7, the same at every time step']);
  assert.deepEqual(shapes('h', 'element'), ['one number', '7 numbers, one for each unit, new at every time step']);
});

test('without a network there is no shape', () => {
  assert.equal(meaningOf('W')?.shape, '');
  assert.equal(meaningOf('gain')?.keras, 'the gain of initializers.Orthogonal');
});

test('settings have the names of the state table', () => {
  const page = readFileSync(new URL('../../web/pages/lab.html', import.meta.url), 'utf8');
  const groups = page.slice(
    page.indexOf('<div class="groups">'),
    page.indexOf('</details>', page.indexOf('<div class="groups">')),
  );
  const settings = [...groups.matchAll(/class="setting"[^>]*>(.*?)<(?:select data-field|rnn-handle field)="(\w+)"/g)];
  assert.ok(settings.length >= 15);
  for (const [, markup = '', field] of settings)
    assert.equal(
      markup
        .replace(/<[^>]*>/g, '')
        .trim()
        .toLowerCase(),
      TABLE[field as FieldName].label,
      field,
    );
  for (const name of ['initializer', 'gain', 'clip'] as const)
    assert.equal(meaningOf(name)?.name.toLowerCase(), TABLE[name].label);
});

test('each gate has the activation that the engine gives it', () => {
  /* at 0 a logistic function is ½, a tanh 0 */
  for (const cell of CELLS) {
    const model = engine.sequential({ cell, units: 1, timesteps: 1 });
    const here = gatesOf(GATES[cell], 'tanh');
    assert.equal(new Set(here.map(({ letter }) => letter)).size, GATES[cell], cell);
    assert.deepEqual(
      here.map(({ activation }) => (activation === 'σ' ? 0.5 : 0)),
      here.map((_, gate) => model.activate([0], gate)[0]),
      cell,
    );
    model.dispose();
  }
});
