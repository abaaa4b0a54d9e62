// The lab's state must be consistent with its table, its rules and the core.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { change, firstAddress, partsOf } from '../../web/embed/attributes.ts';
import { fromAddress, toAddress, valueText } from '../../web/state/address.ts';
import { clampTo, type Field, initialOf } from '../../web/state/fields.ts';
import { Store } from '../../web/state/store.ts';
import {
  withChange,
  inputPlace,
  type CustomDataKey,
  customDataKey,
  customDataText,
  placeOf,
  targetPlace,
} from '../../web/state/custom-data.ts';
import { LAB } from '../../web/state/pages.ts';
import { configOf, END, newSequences, stepsRead, trained } from '../../web/state/config.ts';
import {
  COMPARED,
  epochUpdates,
  initialComparison,
  isOpen,
  isWhatIf,
  type FieldName,
  type State,
  moment,
  otherOf,
  runUpdates,
  TABLE,
} from '../../web/state/state.ts';
import { TASKS } from '../../web/shared/core-facts.ts';
import { NOT_OFFERED } from '../../web/packaging/core-facts.mjs';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

const FIELDS = Object.keys(LAB.table) as FieldName[];
const field = (name: FieldName): Field => TABLE[name];
const { settle, follow } = LAB;
const initial = (): State => initialOf(TABLE);

/** A small generator with a fixed seed, so that failures can be reproduced (Marsaglia's xorshift, 2003). */
function generator(seed: number): (below: number) => number {
  let word = seed;
  return (below) => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return (word >>> 0) % below;
  };
}

function randomState(below: (limit: number) => number): State {
  const state: Record<string, unknown> = initial();
  for (const name of FIELDS) {
    const spec = field(name);
    if (below(2)) continue;
    if (spec.kind === 'flag') state[name] = below(2) === 1;
    else if (spec.kind === 'choice') state[name] = spec.choices[below(spec.choices.length)];
    else if (name === 'own')
      state[name] =
        `${10 + below(1991)}x${1 + below(100)}x${1 + below(20)}${['b', 'r', 'c3', 'bs', 'c64'][below(5)]}-00ff${below(
          2 ** 31,
        )
          .toString(16)
          .padStart(12, '0')}`;
    else if (name === 'csv') state[name] = 'a-_Z'.repeat(1 + below(1024));
    else if (name === 'shownWeight') state[name] = `${'wubv'[below(4)]}${1 + below(8)}.${1 + below(3)}`;
    else if (name === 'open') state[name] = TABLE.open.names.filter(() => below(3) === 0).join('_');
    else if (spec.kind === 'edits') state[name] = [[spec.first + below(10), below(1000) / 1000]];
    else if (spec.kind === 'number')
      state[name] = clampTo(spec, spec.minimum + (below(1_000_001) / 1_000_000) * (spec.maximum - spec.minimum));
  }
  return settle(state as State);
}

/** Fields that another network may reduce. */
const CURSORS: readonly FieldName[] = ['at', 'layer', 'gate', 'unit', 'than', 'edits', 'weights'];

function inRange(state: State): void {
  for (const name of FIELDS) {
    const spec = field(name);
    const value = state[name];
    if (spec.kind === 'number')
      assert.ok((value as number) >= spec.minimum && (value as number) <= spec.maximum, `${name} ${value}`);
    else if (spec.kind === 'choice') assert.ok(spec.choices.includes(value as string), `${name} ${value}`);
    else if (spec.kind === 'flag') assert.equal(typeof value, 'boolean');
  }
  assert.ok(
    state.sample < state.samples + newSequences(state) &&
      state.t <= stepsRead(state) &&
      state.unit <= state.units &&
      state.layer <= state.layers,
  );
  const other = otherOf(state);
  if (other) assert.ok(Number.isInteger(other.at), `update ${other.at}`);
  if (state.compare !== 'none')
    assert.deepEqual(
      FIELDS.filter((name) => other?.[name] !== state[name] && !CURSORS.includes(name)).filter(
        (name) => name !== state.compare,
      ),
      [],
    );
  assert.ok(moment(state) >= 0 && moment(state) <= runUpdates(state) && trained(state) >= 1);
}

test('its tasks and cells are the core’s, but for those that the pages do not offer', () => {
  const offered = (names: readonly string[]) => names.filter((name) => !NOT_OFFERED.includes(name));
  assert.deepEqual([...TASKS], offered(engine.tasks.map(({ name }) => name)));
  assert.deepEqual([...TABLE.cell.choices], offered(engine.cells));
  assert.deepEqual([...TABLE.activation.choices], [...engine.activations]);
  assert.deepEqual([...TABLE.optimizer.choices].sort(), [...engine.optimizers].sort());
  assert.deepEqual([...TABLE.initializer.choices].sort(), [...engine.initializers].sort());
});

test('custom data: their extents are kept, and invalid ones are left out', () => {
  const own = '60x20x2c4s-0123456789abcdef';
  assert.deepEqual(customDataKey(own), {
    samples: 60,
    timesteps: 20,
    features: 2,
    kind: 'c',
    classes: 4,
    every: true,
    hash: '0123456789abcdef',
  });
  assert.equal(customDataText(customDataKey(own) as CustomDataKey), own);
  const { state, notices } = fromAddress(LAB, `#v=1&task=own&own=${own}&csv=abc&n=100&steps=10&len=30`);
  assert.deepEqual([state.task, state.samples, state.steps, state.length, state.csv], ['own', 60, 20, 0, 'abc']);
  assert.equal(toAddress(LAB, state), `#v=1&task=own&n=60&steps=20&own=${own}&csv=abc`);
  assert.ok(notices.length > 0);
  for (const bad of [
    '',
    '9x10x1b-0123456789abcdef',
    '2001x10x1b-0123456789abcdef',
    '60x101x1b-0123456789abcdef',
    '60x100x21b-0123456789abcdef',
    '60x20x0b-0123456789abcdef',
    '60x20x2c1-0123456789abcdef',
    '60x20x2b-0123456789ABCDEF',
    '60x20x2b',
    '<script>',
  ]) {
    const { state: settled } = fromAddress(LAB, `#v=1&task=own&own=${encodeURIComponent(bad)}&csv=abc`);
    assert.deepEqual([settled.task, settled.own, settled.csv], ['first', '', ''], bad);
  }
  /* custom data stay available while another task is selected, and are not part of its run */
  const elsewhere = follow({ ...state, task: 'last' }, state, ['task']);
  assert.equal(elsewhere.own, own);
  assert.equal(configOf(elsewhere).own, '');
});

test('a changed datum stays when the data grow, and is removed with them', () => {
  const place = inputPlace(3, 4, 1, 2);
  assert.deepEqual(placeOf(place), { sample: 3, index: 7, target: false });
  assert.deepEqual(placeOf(targetPlace(12, 5)), { sample: 12, index: 5, target: true });
  const before = settle({ ...initial(), changes: [[place, 0.5]] });
  const grown = follow({ ...before, samples: 500, steps: 50 }, before, ['samples', 'steps']);
  assert.equal(grown.changes, before.changes);
  assert.deepEqual(follow({ ...before, data: 7 }, before, ['data']).changes, []);
  assert.deepEqual(withChange([[5, 1]], 3, 2), [
    [3, 2],
    [5, 1],
  ]);
  assert.deepEqual(withChange([[5, 1]], 5, undefined), []);
});

test('a table and a text have one length, and the new days of the table are numbered on', () => {
  for (const [task, more, length] of [
    ['first', '', 20],
    ['series', '&n=100&steps=7&sample=450', 0],
    ['text', '&n=76&steps=12', 0],
  ] as const) {
    const { state, notices } = fromAddress(LAB, `#v=1&task=${task}${more}&len=20`);
    assert.equal(state.length, length, task);
    assert.equal(notices.length, length === 0 ? 1 : 0, notices.join(' '));
    if (task === 'series') assert.equal(state.sample, 450);
  }
});

test('its ranges are within those of the core', () => {
  const same = {
    samples: 'samples',
    steps: 'timesteps',
    units: 'units',
    layers: 'layers',
    gain: 'recurrentGain',
    batch: 'batchSize',
    epochs: 'epochs',
    clip: 'globalClipnorm',
  } as const;
  for (const [name, quantity] of Object.entries(same)) {
    const spec = field(name as FieldName) as Extract<Field, { kind: 'number' }>;
    const range = engine.ranges[quantity];
    assert.ok(spec.minimum >= range.minimum && spec.maximum <= range.maximum, name);
  }
});

test('the initial state has an empty address and is consistent', () => {
  assert.equal(toAddress(LAB, initial()), '');
  assert.deepEqual(settle(initial()), initial());
});

test('a written address reads back the same state', () => {
  const below = generator(42);
  for (let i = 0; i < 2000; i++) {
    const state = randomState(below);
    const { state: back, notices } = fromAddress(LAB, toAddress(LAB, state));
    assert.deepEqual(back, state);
    assert.deepEqual(notices, []);
  }
});

test('malicious addresses give states in range', () => {
  const below = generator(7);
  const keys = [...FIELDS.map((name) => field(name).key), '__proto__', 'constructor', 'v', ''];
  const values = [
    '',
    '-1',
    '1e999',
    'NaN',
    '0x10',
    '９',
    '%',
    '%zz',
    '1:2_3',
    '1:x',
    ':',
    '-0',
    '0.5',
    '99999999999',
    '<b>',
    'lstm',
    'null',
    '∞',
  ];
  for (let i = 0; i < 3000; i++) {
    const pairs = Array.from(
      { length: below(12) },
      () => `${keys[below(keys.length)]}=${values[below(values.length)]}`,
    );
    inRange(fromAddress(LAB, `#v=1&${pairs.join('&')}`).state);
  }
});

test('random changes keep the state in range', () => {
  const below = generator(3);
  let state = initial();
  for (let i = 0; i < 3000; i++) {
    const other = randomState(below);
    const name = FIELDS[below(FIELDS.length)] as FieldName;
    state = follow({ ...state, [name]: other[name] }, state, [name]);
    inRange(state);
  }
});

test('whatever changes the time step, the number field is of the time step that is shown', () => {
  const below = generator(4);
  let moved = 0;
  let ended = 0;
  for (let i = 0; i < 3000; i++) {
    const before = randomState(below);
    const name = FIELDS[below(FIELDS.length)] as FieldName;
    const after = follow({ ...before, [name]: randomState(below)[name] }, before, [name]);
    const what = `${name}: ${toAddress(LAB, before)} → ${toAddress(LAB, after)}`;
    assert.deepEqual(settle(after), after, what);
    if (after.t !== before.t && name !== 'shownInput') {
      moved++;
      assert.equal(after.shownInput, 0, what);
    }
    if (before.slow > 0 && after.slow === 0 && name !== 'open') assert.ok(isOpen(after, 'slow'), what);
    const last = stepsRead(after);
    if (last !== stepsRead(before) && before.t === stepsRead(before) && after.slow === 0 && name !== 't') {
      ended++;
      assert.equal(after.t, last, what);
    }
  }
  assert.ok(moved > 100 && ended > 10, `${moved} ${ended}`);
});

test('changed inputs are reset when training moves or another sequence is chosen, and only then', () => {
  const before = {
    ...initial(),
    edits: [[3, 0.9]] as const,
    weights: [[0, 1]] as const,
    cut: 'loop' as const,
    length: 20,
  };
  const after = (part: Partial<State>): State =>
    follow({ ...before, ...part }, before, Object.keys(part) as FieldName[]);
  for (const part of [{ at: 5 }, { rate: 0.1 }, { sample: 3 }, { task: 'last' as const }])
    assert.ok(!isWhatIf(after(part)), JSON.stringify(part));
  for (const part of [{ t: 5 }, { unit: 3 }, { fold: 0.5 }, { reset: 2 }, { edits: [] }])
    assert.ok(isWhatIf(after(part)), JSON.stringify(part));
});

test('a comparison begins with another setting, in range', () => {
  for (const compare of COMPARED) {
    const state = settle({ ...initial(), compare, than: initialComparison(initial(), compare) });
    assert.notEqual(otherOf(state)?.[compare], state[compare], compare);
  }
});

test('another run is shown at its end, and its last time step stays the last', () => {
  const before = { ...initial(), at: 7 };
  assert.equal(follow({ ...before, rate: 0.1 }, before, ['rate']).at, END);
  assert.equal(follow({ ...before, steps: 20 }, before, ['steps']).t, 20);
  const early = { ...before, t: 3 };
  assert.equal(follow({ ...early, steps: 20 }, early, ['steps']).t, 3);
});

test('the number of training sequences is that of the core after a validation split', () => {
  for (const samples of [10, 33, 100, 999])
    for (const split of [0, 0.1, 0.2, 0.25, 0.3, 0.7, 0.8]) {
      const model = engine.sequential({ units: 1, timesteps: 2 });
      const { x, y } = engine.task('first', { samples, timesteps: 2 });
      const { batches } = model.training(x, y, { epochs: 1, batchSize: 1, validationSplit: split }).advance(0);
      assert.equal(trained({ samples, split }), batches, `${samples} ${split}`);
      model.dispose();
    }
});

test('repeated and superfluous parts of an address are reported briefly', () => {
  const of = (hash: string) => fromAddress(LAB, hash);
  assert.deepEqual(of('#v=1&units=3&units=500').notices, ['units: given 2 times; the first value is used.']);
  assert.equal(of('#v=1&units=3&units=500').state.units, 3);
  const many = of(`#v=1&${Array.from({ length: 5000 }, (_, i) => `k${i}=1`).join('&')}`).notices;
  assert.equal(many.length, 7);
  assert.equal(many[6], 'And 4,994 more like these.');
  const [long = ''] = of(`#v=1&csv=${'a'.repeat(4000)}`).notices;
  assert.equal(long, `numbers of the own data: “${'a'.repeat(24)}…” does not fit the other settings; it is left out.`);
  assert.deepEqual(of(`#v=1&x=${'9'.repeat(400)}:1`).state.edits, []);
});

test('a value that means the same as the one used is not reported, any other is', () => {
  const told = (fields: string): string[] => fromAddress(LAB, `#v=1&${fields}`).notices;
  for (const fields of [
    'at=160',
    'at=-1',
    'epochs=1&at=4',
    'n=2000&batch=1&epochs=1000&at=2000000',
    'n=2000&batch=1&epochs=1000&at=1999999',
    'steps=3&reset=5&t=3',
    'steps=3&reset=5&t=3&cut=loop',
    'task=own&own=60x12x2b-0123456789abcdef&n=60&steps=12&len=12',
    'open=many_data',
  ])
    assert.deepEqual(told(fields), [], fields);
  assert.deepEqual(told('at=161'), ['The run has only 160 updates; its end is shown.']);
  assert.deepEqual(told('epochs=1&n=10&at=2'), ['The run has only 1 update; its end is shown.']);
  assert.deepEqual(told('cell=gru&compare=activation&than=1').length, 1);
  assert.equal(told('steps=3&reset=5&cut=state&t=3').length, 1);
});

test('a valid attribute of a figure is not reported', () => {
  const below = generator(19);
  for (let i = 0; i < 1000; i++) {
    const state = randomState(below);
    const attributes = new Map(
      Object.values(LAB.table).map(({ key }, at) => [key as string, valueText(state[FIELDS[at] as FieldName])]),
    );
    const epoch = below(state.epochs + 1);
    attributes.delete('at');
    attributes.set('epoch', String(epoch));
    const { address, notice } = firstAddress('lab', (name) => attributes.get(name) ?? null);
    const read = fromAddress(LAB, address);
    assert.deepEqual([read.notices, notice], [[], undefined], address);
    assert.equal(moment(read.state), epoch * epochUpdates(state), address);
  }
});

test('settings that contradict each other are adjusted', () => {
  const of = (part: Partial<State>) => settle({ ...initial(), ...part });
  assert.equal(of({ cell: 'gru', compare: 'activation', than: 1 }).compare, 'none');
  assert.equal(of({ compare: 'activation', than: 1 }).compare, 'activation');
  for (const task of TASKS) {
    const { steps } = of({ task, steps: 1 });
    assert.doesNotThrow(() => engine.task(task, { samples: 10, timesteps: steps }));
    if (steps > 1) assert.throws(() => engine.task(task, { samples: 10, timesteps: steps - 1 }));
  }
});

test('B is a different network with valid numbers, and without weights at other positions', () => {
  for (const compare of COMPARED) {
    const spec = field(compare);
    for (const now of spec.kind === 'number'
      ? [spec.minimum, spec.initial, spec.maximum]
      : spec.kind === 'choice'
        ? spec.choices
        : []) {
      const state = settle({ ...initial(), [compare]: now } as State);
      const other = otherOf(settle({ ...state, compare, than: initialComparison(state, compare) }));
      if (other) assert.notEqual(other[compare], state[compare], `${compare} ${now}`);
    }
  }
  assert.equal(initialComparison({ ...initial(), rate: 0.1 }, 'rate'), 0.3);
  const typed: State = { ...initial(), weights: [[20, 5]] };
  for (const [compare, kept] of [
    ['units', 0],
    ['layers', 0],
    ['cell', 0],
    ['rate', 1],
  ] as const)
    assert.equal(
      otherOf(settle({ ...typed, compare, than: initialComparison(typed, compare) }))?.weights.length,
      kept,
      compare,
    );
});

test('a script may use the key or the name of each field, and gets a suggestion for any other', () => {
  const below = generator(20);
  const page = LAB;
  for (let i = 0; i < 200; i++) {
    const state = randomState(below);
    for (const called of [
      (name: FieldName) => name,
      (name: FieldName) => TABLE[name].key,
      (name: FieldName) => name.toUpperCase(),
    ]) {
      const store = new Store(page);
      const { taken, notices } = partsOf(page, Object.fromEntries(FIELDS.map((name) => [called(name), state[name]])));
      assert.deepEqual([notices, change(store, taken)], [[], []]);
      assert.deepEqual(store.state, state);
    }
  }
  const told = (part: Record<string, unknown>): string[] => {
    const { taken, notices } = partsOf(page, part);
    return [...notices, ...change(new Store(page), taken)];
  };
  assert.deepEqual(told({ nonsense: 1, learningRate: 1, sampels: 1, taks: 'first' }), [
    '“nonsense” is not known here.',
    '“learningRate” is not known here. Did you mean rate?',
    '“sampels” is not known here. Did you mean n?',
    '“taks” is not known here. Did you mean task?',
  ]);
  assert.deepEqual(told({ t: 99 }), ['time step: 99 does not fit the other settings; 10 is used.']);
  assert.deepEqual(told({ epochs: 50, at: 200 }), []);
  assert.deepEqual(told({ at: 161 }), ['The run has only 160 updates; its end is shown.']);
  assert.deepEqual(told({ t: undefined, n: null }), []);
});
