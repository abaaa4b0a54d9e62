// Is what the lab's session answers the same, whatever else it is asked at the same time?
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { initialOf } from '../../web/state/fields.ts';
import { configOf, type LabState, TABLE } from '../../web/state/lab.ts';
import { Lab } from '../../web/worker/lab.ts';
import type { LabRun } from '../../web/worker/protocol.ts';
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

const diverging: LabState = { ...initialOf(TABLE), activation: 'relu', optimizer: 'sgd', rate: 1000 };

test('a run that diverged is looked at as it last was: its numbers are numbers, and its gradients say what exploded', async () => {
  const lab = new Lab(engine);
  const run = await lab.run({ ...configOf(diverging), within: Number.POSITIVE_INFINITY }, pause);
  const end = await lab.moment(asked(diverging), pause);
  assert.ok(run && 'updates' in run && end);
  assert.equal(end.at, run.updates);
  assert.ok(end.trained.every(Number.isFinite));
  const exploded = await lab.exploded(configOf(diverging), pause);
  const { backward } = (await lab.backward({ ...asked(diverging), layer: 1, mean: true, weight: 0 }, pause)) ?? {};
  assert.equal(exploded?.at, end.at);
  assert.deepEqual(exploded?.layers, [{ first: backward?.norms.dH[0], last: backward?.norms.dH.at(-1), sum: backward?.norms.sum[0], rate: backward?.rateH }]);
});

test('the mean over a batch is the gradient that the next update uses', async () => {
  const lab = new Lab(engine);
  const rate = 0.1;
  const state: LabState = { ...initialOf(TABLE), optimizer: 'sgd', rate, at: 7 };
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const moment = await lab.moment(asked(state), pause);
  const answer = await lab.backward({ ...asked(state), layer: 1, mean: true, weight: 0 }, pause);
  assert.equal(answer?.backward.samples, 4);
  const w = moment?.tensors.find(({ name }) => name.endsWith('recurrent_kernel'));
  for (let i = 0; i < (w?.count ?? 0); i++) {
    const at = (w?.offset ?? 0) + i;
    const moved = ((moment?.trained[at] as number) - (moment?.next?.[at] as number)) / rate;
    assert.ok(Math.abs(moved - (answer?.backward.sums[i] as number)) < 2e-6, `W ${i}`);
  }
});

test('the figures on fresh sequences are those of the history at the end of an epoch, and the same when they are measured', async () => {
  const [after, before] = [new Lab(engine), new Lab(engine)];
  const state = { ...initialOf(TABLE), at: 48 };
  await after.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const [known, measured] = [await after.moment(asked(state), pause), await before.moment(asked(state), pause)];
  assert.deepEqual(known?.judging, measured?.judging);
});

test('a run that measures some epochs is the same run, and a moment of it is measured where the run was not', async () => {
  const state = { ...initialOf(TABLE), units: 6, epochs: 7 };
  const run = async (lab: Lab, every?: number) => (await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY, ...(every && { every }) }, pause)) as LabRun;
  const [lab, alone] = [new Lab(engine), new Lab(engine)];
  const [some, all] = [await run(lab, 3), await run(alone)];
  assert.equal(some.every, 3);
  assert.deepEqual(some.history.loss, all.history.loss);
  assert.deepEqual(some.history.val_loss, [all.history.val_loss?.[2], all.history.val_loss?.[5]]);
  const { batches } = all;
  for (const epoch of [3, 4, 7]) {
    const moments = [await lab.moment(asked({ ...state, at: epoch * batches }), pause), await alone.moment(asked({ ...state, at: epoch * batches }), pause)];
    assert.deepEqual(moments[0]?.judging, moments[1]?.judging);
    assert.equal(moments[0]?.judging?.loss, all.history.val_loss?.[epoch - 1]);
    assert.deepEqual(moments[0]?.trained, moments[1]?.trained);
  }
  /* asked for in full, it is in full */
  assert.deepEqual({ ...(await run(lab)), milliseconds: 0 }, { ...all, milliseconds: 0 });
});

test('large runs are not kept beside one another', async () => {
  const lab = new Lab(engine);
  const large: LabState = { ...initialOf(TABLE), units: 256, steps: 100, batch: 64, epochs: 1 };
  const memory: number[] = [];
  for (let seed = 0; seed < 6; seed++) {
    await lab.moment(asked({ ...large, seed, at: 0 }), pause);
    memory.push(engine.memoryBytes);
  }
  assert.equal(memory.at(-1), memory[1], `${memory}`);
});

test('a quick moment is the same but for what was not measured, and a slow one behind it is whole', async () => {
  const lab = new Lab(engine);
  const state = { ...initialOf(TABLE), at: 21 };
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const quick = await lab.moment({ ...asked(state), quick: true }, pause);
  const whole = await lab.moment(asked(state), pause);
  assert.equal(quick?.judging, undefined);
  assert.ok(whole?.judging);
  assert.deepEqual({ ...quick, judging: undefined }, { ...whole, judging: undefined });
  const end = await lab.moment({ ...asked({ ...state, at: 20 }), quick: true }, pause);
  assert.deepEqual(end?.judging, (await new Lab(engine).moment(asked({ ...state, at: 20 }), pause))?.judging);
});

test('with a split, the training is measured on what is trained on, and the rest on what was held back', async () => {
  const lab = new Lab(engine);
  const state: LabState = { ...initialOf(TABLE), task: 'random', units: 32, epochs: 100, split: 0.2 };
  const moment = await lab.moment(asked(state), pause);
  const { x, y } = engine.task('random', { samples: 100, timesteps: 10 });
  const model = engine.sequential({ units: 32, timesteps: 10, features: 1 });
  model.setWeights(moment?.trained as Float32Array);
  assert.deepEqual(moment?.training, model.evaluate(x.subarray(0, 800), y.subarray(0, 80)));
  assert.notDeepEqual(moment?.training, model.evaluate(x, y));
});

test('a split parts the sequences between two of them, however its share is rounded', async () => {
  const lab = new Lab(engine);
  for (const [samples, split] of [
    [49, 0.35],
    [97, 0.15],
    [110, 0.45],
    [1000, 0.7],
  ] as const) {
    const state: LabState = { ...initialOf(TABLE), samples, split, epochs: 1, units: 2 };
    const moment = await lab.moment({ ...asked(state), at: 1 }, pause);
    const kept = Math.floor(samples * (1 - split));
    const { x, y } = engine.task('first', { samples, timesteps: 10 });
    const model = engine.sequential({ units: 2, timesteps: 10, features: 1 });
    model.setWeights(moment?.trained as Float32Array);
    assert.deepEqual(moment?.training, model.evaluate(x.subarray(0, kept * 10), y.subarray(0, kept)), `${samples}, ${split}`);
  }
});

test('a question about luck takes what is trained on, to the sequence', async () => {
  const lab = new Lab(engine);
  const state: LabState = { ...initialOf(TABLE), task: 'random', samples: 100, split: 0.43, epochs: 1, units: 2 };
  const { facts } = (await lab.predict({ ...configOf(state), at: -1, sample: 0, layer: 1, question: 'luck' }, pause)) ?? {};
  assert.ok(facts);
});

test('a moment before a divergence is the same, whether its end was looked at before or not', async () => {
  const state: LabState = { ...initialOf(TABLE), optimizer: 'sgd', rate: 1000, activation: 'relu', at: 0 };
  const direct = await new Lab(engine).moment(asked(state), pause);
  const lab = new Lab(engine);
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  await lab.moment(asked({ ...state, at: -1 }), pause);
  const later = await lab.moment(asked(state), pause);
  assert.ok(direct?.next);
  assert.deepEqual(later?.next, direct.next);
});
