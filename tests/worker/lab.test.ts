// Is what the lab's session answers the same, whatever else it is asked at the same time?
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { initialOf } from '../../web/state/fields.ts';
import { configOf, type LabState, TABLE } from '../../web/state/lab.ts';
import { Lab } from '../../web/worker/lab.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href)) as Engine;
const engine = await load();

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pause = (): Promise<boolean> => turn().then(() => true);
const asked = (state: LabState) => {
  const { at, sample, edits, weights, cut, reset, length } = state;
  return { ...configOf(state), at, sample, edits, weights, cut, reset, length };
};
const backwardOf = (state: LabState) => ({ ...asked(state), layer: 1, mean: false, weight: 5 });
const arithmeticOf = (state: LabState) => ({ ...asked(state), t: 3, unit: 1, layer: 1, gate: 0 });

/** Long enough for replays of more than one slice. */
const long = { ...initialOf(TABLE), units: 48, steps: 40, samples: 600, epochs: 20 };

test('lanes that look at one run at the same time do not disturb each other', async () => {
  const [lab, alone] = [new Lab(engine), new Lab(engine)];
  for (const one of [lab, alone]) await one.run({ ...configOf(long), within: Number.POSITIVE_INFINITY }, pause);
  for (const at of [37, 300, 119, 242]) {
    const state = { ...long, at };
    const later = { ...configOf(long), at: at + 3 };
    const wanted = [await alone.moment(asked(state), pause), await alone.backward(backwardOf(state), pause), await alone.arithmetic(arithmeticOf(state), pause), await alone.weights(later, pause)];
    const all = await Promise.all([lab.moment(asked(state), pause), lab.backward(backwardOf(state), pause), lab.arithmetic(arithmeticOf(state), pause), lab.weights(later, pause)]);
    assert.deepEqual(all, wanted);
    assert.equal(all[0]?.at, at);
  }
});

test('a moment that waits for a run can be given up, and an earlier one does not wait', async () => {
  const lab = new Lab(engine);
  let trained = false;
  const run = lab.run({ ...configOf({ ...long, epochs: 60 }), within: Number.POSITIVE_INFINITY }, pause).then(() => {
    trained = true;
  });
  await turn();
  assert.equal(await lab.moment(asked({ ...long, epochs: 60 }), () => turn().then(() => false)), undefined);
  assert.equal((await lab.moment(asked({ ...long, epochs: 60, at: 0 }), pause))?.at, 0);
  assert.ok(!trained);
  await run;
});

test('the last update has a next one before it, and none behind', async () => {
  const lab = new Lab(engine);
  const state = initialOf(TABLE);
  const end = await lab.moment(asked(state), pause);
  const before = await lab.moment(asked({ ...state, at: 159 }), pause);
  assert.deepEqual(before?.next, end?.trained);
  assert.equal(end?.next, undefined);
});

test('where the next update diverges there is none', async () => {
  const lab = new Lab(engine);
  const state: LabState = { ...initialOf(TABLE), activation: 'relu', optimizer: 'sgd', rate: 1000 };
  const run = await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  assert.ok(run && 'diverged' in run && run.diverged);
  assert.equal((await lab.moment(asked(state), pause))?.next, undefined);
});
