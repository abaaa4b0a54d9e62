// Is the lab's state held together by its table, its rules and the core?
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fromAddress, toAddress } from '../../web/state/address.ts';
import { clampTo, type Field, initialOf } from '../../web/state/fields.ts';
import { COMPARED, END, firstThan, isWhatIf, LAB, type LabField, type LabState, moment, otherOf, runUpdates, stepsRead, TABLE, TASKS, trained } from '../../web/state/lab.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href)) as Engine;
const engine = await load();

const FIELDS = Object.keys(TABLE) as LabField[];
const field = (name: LabField): Field => TABLE[name];
const { settle, follow } = LAB;
const initial = (): LabState => initialOf(TABLE);

/** A small generator with a fixed seed, so that a failure comes again (Marsaglia's xorshift, 2003). */
function generator(seed: number): (below: number) => number {
  let word = seed;
  return (below) => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return (word >>> 0) % below;
  };
}

function randomState(below: (limit: number) => number): LabState {
  const state: Record<string, unknown> = initial();
  for (const name of FIELDS) {
    const spec = field(name);
    if (below(2)) continue;
    if (spec.kind === 'flag') state[name] = below(2) === 1;
    else if (spec.kind === 'choice') state[name] = spec.choices[below(spec.choices.length)];
    else if (spec.kind === 'edits') state[name] = [[spec.first + below(10), below(1000) / 1000]];
    else if (spec.kind === 'number') state[name] = clampTo(spec, spec.minimum + (below(1_000_001) / 1_000_000) * (spec.maximum - spec.minimum));
  }
  return settle(state as LabState);
}

/** What another network may make smaller. */
const CURSORS: readonly LabField[] = ['at', 'layer', 'gate', 'unit', 'than', 'edits', 'weights'];

function inRange(state: LabState): void {
  for (const name of FIELDS) {
    const spec = field(name);
    const value = state[name];
    if (spec.kind === 'number') assert.ok((value as number) >= spec.minimum && (value as number) <= spec.maximum, `${name} ${value}`);
    else if (spec.kind === 'choice') assert.ok(spec.choices.includes(value as string), `${name} ${value}`);
    else if (spec.kind === 'flag') assert.equal(typeof value, 'boolean');
  }
  assert.ok(state.sample < state.samples && state.t <= stepsRead(state) && state.unit <= state.units && state.layer <= state.layers);
  const other = otherOf(state);
  if (other) assert.ok(Number.isInteger(other.at), `update ${other.at}`);
  if (state.compare !== 'none') assert.deepEqual(FIELDS.filter((name) => other?.[name] !== state[name] && !CURSORS.includes(name)).filter((name) => name !== state.compare), []);
  assert.ok(moment(state) >= 0 && moment(state) <= runUpdates(state) && trained(state) >= 1);
}

test('its tasks and cells are the core’s', () => {
  assert.deepEqual([...TASKS], engine.tasks.map(({ name }) => name));
  assert.deepEqual([...TABLE.cell.choices], [...engine.cells]);
  assert.deepEqual([...TABLE.activation.choices], [...engine.activations]);
  assert.deepEqual([...TABLE.optimizer.choices].sort(), [...engine.optimizers].sort());
  assert.deepEqual([...TABLE.initializer.choices].sort(), [...engine.initializers].sort());
});

test('its ranges lie inside the core’s', () => {
  const same = { samples: 'samples', steps: 'timesteps', units: 'units', layers: 'layers', gain: 'recurrentGain', batch: 'batchSize', epochs: 'epochs', clip: 'globalClipnorm' } as const;
  for (const [name, quantity] of Object.entries(same)) {
    const spec = field(name as LabField) as Extract<Field, { kind: 'number' }>;
    const range = engine.ranges[quantity];
    assert.ok(spec.minimum >= range.minimum && spec.maximum <= range.maximum, name);
  }
});

test('the first state has an empty address, and is settled', () => {
  assert.equal(toAddress(LAB, initial()), '');
  assert.deepEqual(settle(initial()), initial());
});

test('what is written reads back the same', () => {
  const below = generator(42);
  for (let i = 0; i < 2000; i++) {
    const state = randomState(below);
    const { state: back, notices } = fromAddress(LAB, toAddress(LAB, state));
    assert.deepEqual(back, state);
    assert.deepEqual(notices, []);
  }
});

test('hostile addresses give states in range', () => {
  const below = generator(7);
  const keys = [...FIELDS.map((name) => field(name).key), '__proto__', 'constructor', 'v', ''];
  const values = ['', '-1', '1e999', 'NaN', '0x10', '９', '%', '%zz', '1:2_3', '1:x', ':', '-0', '0.5', '99999999999', '<b>', 'lstm', 'null', '∞'];
  for (let i = 0; i < 3000; i++) {
    const pairs = Array.from({ length: below(12) }, () => `${keys[below(keys.length)]}=${values[below(values.length)]}`);
    inRange(fromAddress(LAB, `#v=1&${pairs.join('&')}`).state);
  }
});

test('random changes keep the state in range', () => {
  const below = generator(3);
  let state = initial();
  for (let i = 0; i < 3000; i++) {
    const other = randomState(below);
    const name = FIELDS[below(FIELDS.length)] as LabField;
    state = follow({ ...state, [name]: other[name] }, state, [name]);
    inRange(state);
  }
});

test('what if ends when training moves or another sequence is chosen, and only then', () => {
  const before = { ...initial(), edits: [[3, 0.9]] as const, weights: [[0, 1]] as const, cut: 'loop' as const, length: 20 };
  const after = (part: Partial<LabState>): LabState => follow({ ...before, ...part }, before, Object.keys(part) as LabField[]);
  for (const part of [{ at: 5 }, { rate: 0.1 }, { sample: 3 }, { task: 'last' as const }]) assert.ok(!isWhatIf(after(part)), JSON.stringify(part));
  for (const part of [{ t: 5 }, { unit: 3 }, { fold: 0.5 }, { reset: 2 }, { edits: [] }]) assert.ok(isWhatIf(after(part)), JSON.stringify(part));
});

test('a comparison begins with another setting, in range', () => {
  for (const compare of COMPARED) {
    const state = settle({ ...initial(), compare, than: firstThan(initial(), compare) });
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

test('as many sequences are trained on as the core leaves after a split', () => {
  for (const samples of [10, 33, 100, 999])
    for (const split of [0, 0.1, 0.2, 0.25, 0.3, 0.7, 0.8]) {
      const model = engine.sequential({ units: 1, timesteps: 2 });
      const { x, y } = engine.task('first', { samples, timesteps: 2 });
      const { batches } = model.training(x, y, { epochs: 1, batchSize: 1, validationSplit: split }).advance(0);
      assert.equal(trained({ samples, split }), batches, `${samples} ${split}`);
      model.dispose();
    }
});
