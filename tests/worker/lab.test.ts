// The lab's session must give the same answers whatever else it does at the same time.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { initialOf } from '../../web/state/fields.ts';
import { configOf, shownUpdate } from '../../web/state/config.ts';
import { type State, momentConfigOf, TABLE } from '../../web/state/state.ts';
import { historyCsv, historyJson } from '../../web/features/tables.ts';
import { Requests } from '../../web/worker/requests.ts';
import type { Run } from '../../web/worker/protocol.ts';
import { LIMIT } from '../../web/worker/work-estimate.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pause = (): Promise<boolean> => turn().then(() => true);
const backwardOf = (state: State) => ({ ...momentConfigOf(state), layer: 1, mean: false, weight: 5 });
const arithmeticOf = (state: State) => ({ ...momentConfigOf(state), t: 3, unit: 1, layer: 1, gate: 0 });

/** A run that takes longer than one slice to replay. */
const long = { ...initialOf(TABLE), units: 48, steps: 40, samples: 600, epochs: 20 };

test('lanes that use one run at the same time do not disturb each other', async () => {
  const [lab, alone] = [new Requests(engine), new Requests(engine)];
  for (const one of [lab, alone]) await one.run({ ...configOf(long), within: Number.POSITIVE_INFINITY }, pause);
  for (const at of [37, 300, 119, 242]) {
    const state = { ...long, at };
    const later = { ...configOf(long), at: at + 3, file: '' };
    const wanted = [
      await alone.moment(momentConfigOf(state), pause),
      await alone.backward(backwardOf(state), pause),
      await alone.arithmetic(arithmeticOf(state), pause),
      await alone.weights(later, pause),
    ];
    const all = await Promise.all([
      lab.moment(momentConfigOf(state), pause),
      lab.backward(backwardOf(state), pause),
      lab.arithmetic(arithmeticOf(state), pause),
      lab.weights(later, pause),
    ]);
    assert.deepEqual(all, wanted);
    assert.equal(all[0]?.at, at);
  }
});

test('a moment that waits for a run can be canceled, and an earlier one does not wait', async () => {
  const lab = new Requests(engine);
  let trained = false;
  const run = lab.run({ ...configOf({ ...long, epochs: 60 }), within: Number.POSITIVE_INFINITY }, pause).then(() => {
    trained = true;
  });
  await turn();
  assert.equal(await lab.moment(momentConfigOf({ ...long, epochs: 60 }), () => turn().then(() => false)), undefined);
  assert.equal((await lab.moment(momentConfigOf({ ...long, epochs: 60, at: 0 }), pause))?.at, 0);
  assert.ok(!trained);
  await run;
});

/** One weight after the update that follows a moment. */
async function nextOf(lab: Requests, state: State, weight: number): Promise<number | undefined> {
  const { at, file } = state;
  const answer = await lab.next({ ...configOf(state), at, file, weight }, pause);
  assert.ok(answer);
  return answer.value;
}

test('the moment before the last update has a next update, and the moment after it has none', async () => {
  const lab = new Requests(engine);
  const state = initialOf(TABLE);
  const end = await lab.moment(momentConfigOf(state), pause);
  for (const weight of [0, 30, (end?.trained.length ?? 0) - 1]) {
    assert.equal(await nextOf(lab, { ...state, at: 159 }, weight), end?.trained[weight]);
    assert.equal(await nextOf(lab, state, weight), undefined);
  }
  /* and it changes nothing of a moment */
  assert.deepEqual((await lab.moment(momentConfigOf(state), pause))?.trained, end?.trained);
});

test('if the next update diverges, there is no next update', async () => {
  const lab = new Requests(engine);
  const state: State = { ...initialOf(TABLE), activation: 'relu', optimizer: 'sgd', rate: 1000 };
  const run = await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  assert.ok(run && 'diverged' in run && run.diverged);
  assert.equal(await nextOf(lab, state, 0), undefined);
});

const diverging: State = { ...initialOf(TABLE), activation: 'relu', optimizer: 'sgd', rate: 1000 };

test('a diverged run is shown at its last finite state, and its gradients show what exploded', async () => {
  const lab = new Requests(engine);
  const run = await lab.run({ ...configOf(diverging), within: Number.POSITIVE_INFINITY }, pause);
  const end = await lab.moment(momentConfigOf(diverging), pause);
  assert.ok(run && 'updates' in run && end);
  assert.equal(end.at, run.updates);
  assert.ok(end.trained.every(Number.isFinite));
  const exploded = await lab.exploded(configOf(diverging), pause);
  const { backward } =
    (await lab.backward({ ...momentConfigOf(diverging), layer: 1, mean: true, weight: 0 }, pause)) ?? {};
  assert.equal(exploded?.at, end.at);
  assert.deepEqual(exploded?.layers, [
    {
      first: backward?.norms.dH[0],
      last: backward?.norms.dH.at(-1),
      sum: backward?.norms.sum[0],
      rate: backward?.rateH,
    },
  ]);
});

test('the batches of a diverged run end with its last finite loss, whatever diverged', async () => {
  const of = (some: Partial<State>): State => ({ ...initialOf(TABLE), optimizer: 'sgd', ...some });
  const states = {
    loss: of({ activation: 'relu', rate: 1000 }),
    weight: of({ task: 'adding', cell: 'lstm', rate: 1e6 }),
    late: of({ task: 'adding', rate: 30 }),
  };
  for (const [name, state] of Object.entries(states)) {
    const run = await new Requests(engine).run(configOf(state), pause);
    assert.ok(run && !('offer' in run) && run.diverged, name);
    const { epoch, batch, what } = run.diverged;
    const update = (epoch - 1) * run.batches + batch;
    assert.equal(run.batchLoss.length, what === 'loss' ? update - 1 : update, name);
    assert.ok(run.batchLoss.every(Number.isFinite) && run.batchLoss.length > 1, name);
    assert.equal(run.batchMetric.length, run.batchLoss.length);
  }
});

test('the mean over a batch is the gradient that the next update uses', async () => {
  const lab = new Requests(engine);
  const rate = 0.1;
  const state: State = { ...initialOf(TABLE), optimizer: 'sgd', rate, at: 7 };
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const moment = await lab.moment(momentConfigOf(state), pause);
  const answer = await lab.backward({ ...momentConfigOf(state), layer: 1, mean: true, weight: 0 }, pause);
  assert.equal(answer?.backward?.samples, 4);
  const w = moment?.tensors.find(({ name }) => name.endsWith('recurrent_kernel'));
  for (let i = 0; i < (w?.count ?? 0); i++) {
    const at = (w?.offset ?? 0) + i;
    const next = await nextOf(lab, state, at);
    const moved = ((moment?.trained[at] as number) - (next as number)) / rate;
    assert.ok(Math.abs(moved - (answer?.backward?.sums[i] as number)) < 2e-6, `W ${i}`);
  }
});

test('metrics on new sequences at the end of an epoch are those of the history, and the same when measured again', async () => {
  const [after, before] = [new Requests(engine), new Requests(engine)];
  const state = { ...initialOf(TABLE), at: 48 };
  await after.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const [known, measured] = [
    await after.moment(momentConfigOf(state), pause),
    await before.moment(momentConfigOf(state), pause),
  ];
  assert.deepEqual(known?.judging, measured?.judging);
});

test('a run that validates only some epochs is the same run, and a moment of it is measured where the run was not', async () => {
  const state = { ...initialOf(TABLE), units: 6, epochs: 7 };
  const run = async (lab: Requests, every?: number) =>
    (await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY, ...(every && { every }) }, pause)) as Run;
  const [lab, alone] = [new Requests(engine), new Requests(engine)];
  const [some, all] = [await run(lab, 3), await run(alone)];
  assert.equal(some.every, 3);
  assert.deepEqual(some.history.loss, all.history.loss);
  assert.deepEqual(some.history.val_loss, [all.history.val_loss?.[2], all.history.val_loss?.[5]]);
  const { batches } = all;
  for (const epoch of [3, 4, 7]) {
    const moments = [
      await lab.moment(momentConfigOf({ ...state, at: epoch * batches }), pause),
      await alone.moment(momentConfigOf({ ...state, at: epoch * batches }), pause),
    ];
    assert.deepEqual(moments[0]?.judging, moments[1]?.judging);
    assert.equal(moments[0]?.judging?.loss, all.history.val_loss?.[epoch - 1]);
    assert.deepEqual(moments[0]?.trained, moments[1]?.trained);
  }
  /* when the whole run is requested, it is whole */
  assert.deepEqual({ ...(await run(lab)), milliseconds: 0 }, { ...all, milliseconds: 0 });
});

test('the exported history has the validation metrics of some epochs at these epochs', async () => {
  const state = { ...initialOf(TABLE), units: 3, epochs: 7 };
  const { history, every } = (await new Requests(engine).run(
    { ...configOf(state), within: Number.POSITIVE_INFINITY, every: 3 },
    pause,
  )) as Run;
  const [head = [], ...rows] = historyCsv(history, every)
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const column = head.indexOf('val_loss');
  assert.deepEqual(
    rows.map((row) => row[column]),
    ['', '', history.val_loss?.[0], '', '', history.val_loss?.[1], ''].map(String),
  );
  assert.deepEqual(
    rows.map((row) => Number(row[head.indexOf('loss')])),
    history.loss,
  );
  assert.deepEqual(JSON.parse(historyJson(history, every)), { ...history, validation_freq: 3 });
});

test('a run that is timed again is trained again, and only its time is new', async () => {
  for (const change of [{}, { split: 0.2 }, { activation: 'relu', optimizer: 'sgd', rate: 1000 }] as Partial<State>[])
    for (const every of [1, 3]) {
      const lab = new Requests(engine);
      const request = { ...configOf({ ...initialOf(TABLE), units: 3, epochs: 7, ...change }), every };
      const run = (again: boolean, step: number) => withClock(step, () => lab.run({ ...request, again }, pause));
      const first = structuredClone((await run(false, 1000)) as Run);
      const second = structuredClone((await run(true, 1)) as Run);
      assert.deepEqual([first.trainings, second.trainings], [1, 2]);
      assert.ok(second.milliseconds < first.milliseconds, `${second.milliseconds} of a clock 1000 times slower`);
      assert.deepEqual({ ...second, trainings: 1, milliseconds: first.milliseconds }, first);
      assert.deepEqual(await run(false, 1000), second);
    }
});

/** Runs `ask` while each reading of the clock advances it by this many milliseconds. */
async function withClock<T>(milliseconds: number, ask: () => Promise<T>): Promise<T> {
  const { now } = performance;
  let at = 0;
  performance.now = () => {
    at += milliseconds;
    return at;
  };
  try {
    return await ask();
  } finally {
    performance.now = now;
  }
}

/** Everything that the page shows and exports of a state, except durations. */
async function allOf(state: State, within: number) {
  const lab = new Requests(engine);
  const config = configOf(state);
  const run = await lab.run({ ...config, within }, pause);
  const taken = { ...config, within, at: state.at, file: '' };
  const moment = await lab.moment({ ...momentConfigOf(state), within }, pause);
  return {
    run: run && { ...run, milliseconds: 0, offer: 'offer' in run },
    moment,
    arithmetic: await lab.arithmetic({ ...arithmeticOf(state), within }, pause),
    backward: await lab.backward({ ...backwardOf(state), within }, pause),
    question: await lab.predict(
      { ...config, within, at: state.at, sample: 0, file: '', layer: 1, question: 'term' },
      pause,
    ),
    weights: await lab.weights(taken, pause),
    program: await lab.program({ ...taken, framework: 'pytorch', name: 'x' }, pause),
    file: state.file,
  };
}

const offered: State = { ...initialOf(TABLE), units: 256 };

test('everything shown and exported is the same on a slow and on a fast machine, for trained and for offered runs', async () => {
  const states: [State, number][] = [
    [initialOf(TABLE), LIMIT],
    [initialOf(TABLE), 0],
    [offered, LIMIT],
    [{ ...offered, at: 3 }, LIMIT],
    [{ ...offered, at: 159 }, LIMIT],
    [{ ...offered, activation: 'relu', optimizer: 'sgd', rate: 1000 }, LIMIT],
    [{ ...offered, steps: 60, samples: 300, batch: 300 }, LIMIT],
  ];
  for (const [state, within] of states) {
    const [slow, fast] = [
      await withClock(1000, () => allOf(state, within)),
      await withClock(0, () => allOf(state, within)),
    ];
    assert.deepEqual(slow, fast, JSON.stringify([state.units, state.at, within]));
  }
});

test('an offered run is shown at update 0, or at the requested update if it can be reached quickly, or at its end if requested whole', async () => {
  const lab = new Requests(engine);
  const answer = await lab.run({ ...configOf(offered), within: LIMIT }, pause);
  assert.ok(answer && 'offer' in answer && answer.offer > 0 && answer.reach > 2 && answer.reach < 160);
  const at = async (update: number, within = LIMIT): Promise<number | undefined> =>
    (await lab.moment({ ...momentConfigOf({ ...offered, at: update }), within }, pause))?.at;
  assert.equal(await at(-1), 0);
  assert.equal(await at(answer.reach), answer.reach);
  assert.equal(await at(answer.reach + 1), 0);
  const initial = await lab.weights({ ...configOf(offered), within: LIMIT, at: -1, file: '' }, pause);
  assert.deepEqual(
    initial?.file,
    (await new Requests(engine).weights({ ...configOf(offered), at: 0, file: '' }, pause))?.file,
  );
  assert.equal(await at(-1, Number.POSITIVE_INFINITY), 160);
  /* a run that a reader trained to its end is cached and complete from then on */
  await lab.run({ ...configOf(offered), within: Number.POSITIVE_INFINITY }, pause);
  assert.equal(await at(-1), 160);
});

test('a stopped run is only shown at update 0, whatever is requested and however short it is', async () => {
  const lab = new Requests(engine);
  const short = initialOf(TABLE);
  const answer = await lab.run({ ...configOf(short), within: 0 }, pause);
  assert.ok(answer && 'offer' in answer && answer.reach === 0);
  for (const at of [-1, 1, 160])
    assert.equal((await lab.moment({ ...momentConfigOf({ ...short, at }), within: 0 }, pause))?.at, 0, `${at}`);
});

test('page and worker agree on the update that is shown', async () => {
  const lab = new Requests(engine);
  const answer = await lab.run({ ...configOf(offered), within: LIMIT }, pause);
  assert.ok(answer && 'offer' in answer);
  for (const at of [-1, 0, 1, answer.reach, answer.reach + 1, 159, 160]) {
    const moment = await lab.moment({ ...momentConfigOf({ ...offered, at }), within: LIMIT }, pause);
    assert.equal(moment?.at, shownUpdate(at, 160, answer.reach), `${at}`);
  }
  assert.equal(shownUpdate(-1, 160), 160);
  assert.equal(shownUpdate(7, 5), 5);
});

test('large runs are not cached together', async () => {
  const lab = new Requests(engine);
  const large: State = { ...initialOf(TABLE), units: 256, steps: 100, batch: 64, epochs: 1 };
  const memory: number[] = [];
  for (let seed = 0; seed < 6; seed++) {
    await lab.moment(momentConfigOf({ ...large, seed, at: 0 }), pause);
    memory.push(engine.memoryBytes);
  }
  const [one = 0, two = 0, three = 0] = memory;
  assert.equal(memory.at(-1), three, `${memory}`);
  assert.ok(
    three - two < (two - one) / 20,
    `blocks of another size fill the gaps of the run before, all but a rest: ${memory}`,
  );
});

test('a quick moment lacks only what was not measured, and a slow one after it is complete', async () => {
  const lab = new Requests(engine);
  const state = { ...initialOf(TABLE), at: 21 };
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  const quick = await lab.moment({ ...momentConfigOf(state), quick: true }, pause);
  const whole = await lab.moment(momentConfigOf(state), pause);
  assert.equal(quick?.judging, undefined);
  assert.ok(whole?.judging);
  assert.deepEqual({ ...quick, judging: undefined }, { ...whole, judging: undefined });
  const end = await lab.moment({ ...momentConfigOf({ ...state, at: 20 }), quick: true }, pause);
  assert.deepEqual(
    end?.judging,
    (await new Requests(engine).moment(momentConfigOf({ ...state, at: 20 }), pause))?.judging,
  );
});

test('with a validation split, training metrics use the training data and validation metrics the rest', async () => {
  const lab = new Requests(engine);
  const state: State = { ...initialOf(TABLE), task: 'random', units: 32, epochs: 100, split: 0.2 };
  const moment = await lab.moment(momentConfigOf(state), pause);
  const { x, y } = engine.task('random', { samples: 100, timesteps: 10 });
  const model = engine.sequential({ units: 32, timesteps: 10, features: 1 });
  model.setWeights(moment?.trained as Float32Array);
  assert.deepEqual(moment?.training, model.evaluate(x.subarray(0, 800), y.subarray(0, 80)));
  assert.notDeepEqual(moment?.training, model.evaluate(x, y));
});

test('a validation split falls between two sequences, however its share is rounded', async () => {
  const lab = new Requests(engine);
  for (const [samples, split] of [
    [49, 0.35],
    [97, 0.15],
    [110, 0.45],
    [1000, 0.7],
  ] as const) {
    const state: State = { ...initialOf(TABLE), samples, split, epochs: 1, units: 2 };
    const moment = await lab.moment({ ...momentConfigOf(state), at: 1 }, pause);
    const kept = Math.floor(samples * (1 - split));
    const { x, y } = engine.task('first', { samples, timesteps: 10 });
    const model = engine.sequential({ units: 2, timesteps: 10, features: 1 });
    model.setWeights(moment?.trained as Float32Array);
    assert.deepEqual(
      moment?.training,
      model.evaluate(x.subarray(0, kept * 10), y.subarray(0, kept)),
      `${samples}, ${split}`,
    );
  }
});

test('a question about luck uses exactly the number of training sequences', async () => {
  const lab = new Requests(engine);
  const state: State = { ...initialOf(TABLE), task: 'random', samples: 100, split: 0.43, epochs: 1, units: 2 };
  const { facts } =
    (await lab.predict({ ...configOf(state), at: -1, sample: 0, file: '', layer: 1, question: 'luck' }, pause)) ?? {};
  assert.ok(facts);
});

test('a moment before a divergence is the same whether or not the end was shown before', async () => {
  const state: State = { ...initialOf(TABLE), optimizer: 'sgd', rate: 1000, activation: 'relu', at: 0 };
  const direct = await new Requests(engine).moment(momentConfigOf(state), pause);
  const lab = new Requests(engine);
  await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause);
  await lab.moment(momentConfigOf({ ...state, at: -1 }), pause);
  const later = await lab.moment(momentConfigOf(state), pause);
  assert.ok(direct);
  assert.deepEqual(later?.trained, direct.trained);
  const next = await nextOf(lab, state, 0);
  assert.ok(next !== undefined);
  assert.equal(await nextOf(new Requests(engine), state, 0), next);
});

test('with weights from a file, every answer uses them bit by bit', async () => {
  const lab = new Requests(engine);
  const of = { units: 5, cell: 'gru', layers: 2 } as const;
  const model = engine.sequential({ ...of, timesteps: 10, seed: 7 });
  model.compile();
  for (const bytes of [await model.saveNpz(), await model.saveWeights()]) {
    const { file, ...network } = await lab.load({ ...configOf(initialOf(TABLE)), bytes });
    assert.deepEqual(network, { ...of, activation: 'tanh' });
    const state: State = { ...initialOf(TABLE), ...network, file, epochs: 3 };
    const asIs = await lab.moment(momentConfigOf({ ...state, file: '' }), pause);
    const moment = await lab.moment(momentConfigOf(state), pause);
    assert.ok(moment && asIs);
    const data = engine.task('first', { samples: 100, timesteps: 10, dataSeed: 42 });
    const fresh = engine.task('first', { samples: 1000, timesteps: 10, dataSeed: 42, firstSample: engine.newSample });
    assert.deepEqual(moment.trained, Float32Array.from(model.getWeights().flatMap((tensor) => [...tensor])));
    assert.deepEqual(moment.predictions, model.predict(data.x));
    assert.deepEqual(
      [moment.training, moment.judging],
      [model.evaluate(data.x, data.y), model.evaluate(fresh.x, fresh.y)],
    );
    assert.deepEqual(moment.answers, engine.answers(model.predict(data.x), data.y, 1));
    assert.deepEqual(moment.trace.prediction, model.trace(data.x.subarray(0, 10), data.y.subarray(0, 1)).prediction);
    assert.deepEqual([moment.file, await nextOf(lab, state, 0), moment.at, asIs.file], [file, undefined, asIs.at, '']);
    assert.notDeepEqual(moment.predictions, asIs.predictions);
    /* a quick moment first, then one measured on new data as well, and back to the training's own weights */
    assert.equal(
      (await lab.moment({ ...momentConfigOf({ ...state, at: 4 }), quick: true }, pause))?.judging,
      undefined,
    );
    assert.deepEqual((await lab.moment(momentConfigOf({ ...state, at: 4 }), pause))?.judging, moment.judging);
    assert.deepEqual(await lab.moment(momentConfigOf({ ...state, file: '' }), pause), asIs);
    const { backward } = (await lab.backward(backwardOf(state), pause)) ?? {};
    assert.deepEqual(
      backward?.norms,
      model.backward(data.x.subarray(0, 10), data.y.subarray(0, 1), { layer: 0, timesteps: 10 }).norms,
    );
    assert.deepEqual((await lab.weights({ ...configOf(state), at: -1, file }, pause))?.file, await model.saveWeights());
    const { files } =
      (await lab.program({ ...configOf(state), at: -1, file, framework: 'pytorch', name: 'gru' }, pause)) ?? {};
    assert.deepEqual(files?.['gru.npz'], await model.saveNpz());
    /* not for another network */
    assert.equal((await lab.moment(momentConfigOf({ ...state, units: 6 }), pause))?.file, '');
  }
});

test('a file of weights of another network is rejected with the difference', async () => {
  const lab = new Requests(engine);
  const config = configOf(initialOf(TABLE));
  const bytesOf = (more: object): Promise<Uint8Array> =>
    engine.sequential({ units: 3, timesteps: 10, ...more }).saveNpz();
  const refused = (bytes: Uint8Array, message: RegExp): Promise<void> =>
    assert.rejects(lab.load({ ...config, bytes }), { message });
  await refused(await bytesOf({ features: 2 }), /^loadWeights: the file has features 2: expected features 1$/);
  await refused(
    await bytesOf({ loss: 'mean_squared_error' }),
    /^loadWeights: the file has loss mean_squared_error: expected loss binary_crossentropy$/,
  );
  await refused(await bytesOf({ cell: 'dense' }), /^The file has the weights of a dense network\. Choose /);
  await refused(new Uint8Array(40), /^weightsConfig: /);
  await refused((await bytesOf({})).subarray(0, 300), /^weightsConfig: /);
  const wild = await engine.sequential({ units: 3, timesteps: 10 }).saveWeights();
  wild.set([0, 0, 0xc0, 0x7f], wild.length - 4); /* make the last number NaN */
  await refused(wild, /^weightsConfig: dense\/bias: expected finite numbers, got NaN or infinity at index 0$/);
});

/** The label and the loss of a sequence in the lab's session, and whether it has gradients. */
async function labelled(part: Partial<State>) {
  const lab = new Requests(engine);
  const state: State = { ...initialOf(TABLE), epochs: 1, steps: 8, at: 4, ...part };
  const moment = await lab.moment(momentConfigOf(state), pause);
  const back = await lab.backward({ ...momentConfigOf(state), layer: 1, mean: false, weight: 0 }, pause);
  const mean = await lab.backward({ ...momentConfigOf(state), layer: 1, mean: true, weight: 0 }, pause);
  assert.ok(moment && back && mean?.backward && mean.check);
  assert.equal(back.labels, moment.labels);
  const { labels, trace } = moment;
  const none = !['data', 'rule'].includes(labels);
  assert.equal(Number.isNaN(trace.loss), none);
  assert.equal(back.backward === undefined && back.check === undefined, none);
  if (back.backward) assert.ok(Math.abs(back.backward.loss - trace.loss) < 1e-5);
  return {
    labels,
    y: [...trace.y],
    x: trace.layers[0]?.x as Float32Array,
    loss: trace.loss,
    p: trace.prediction.at(-1) as number,
  };
}

test('while inputs differ from the data, the label follows the task’s rule', async () => {
  for (let sample = 0; sample < 6; sample++) {
    const asIs = await labelled({ sample });
    assert.equal(asIs.labels, 'data');
    for (const value of [5, -3]) {
      const { labels, y, loss, p } = await labelled({ sample, edits: [[1, value]] });
      assert.deepEqual([labels, y], ['rule', [value > 0.5 ? 1 : 0]]);
      assert.ok(Math.abs(loss + Math.log(value > 0.5 ? p : 1 - p)) < 1e-5, 'the loss is that of this label');
    }
    /* the last word of the sentence identifies each of the tasks */
    const last = await labelled({ task: 'last', sample, edits: [[8, -3]] });
    assert.deepEqual([last.labels, last.y], ['rule', [0]]);
    const majority = await labelled({
      task: 'majority',
      sample,
      edits: [1, 2, 3, 4, 5].map((place) => [place, 5] as const),
    });
    assert.deepEqual([majority.labels, majority.y], ['rule', [1]]);
    const rising = await labelled({ task: 'rising', sample, edits: [[1, 7]] });
    assert.deepEqual([rising.labels, rising.y], ['rule', [0]]);
    const [parity, flipped] = [
      await labelled({ task: 'parity', sample }),
      await labelled({
        task: 'parity',
        sample,
        edits: [
          [3, 1],
          [4, 1],
        ],
      }),
    ];
    const above = [2, 3].filter((i) => (parity.x[i] as number) <= 0.5).length;
    assert.deepEqual(
      [flipped.labels, flipped.y],
      above === 0 && parity.x[2] === 1 ? ['data', parity.y] : ['rule', [((parity.y[0] as number) + above) % 2]],
    );
    const echo = await labelled({ task: 'echo', sample, edits: [[2, 9]] });
    assert.deepEqual([echo.labels, echo.y[4]], ['rule', 9]);
    const adding = await labelled({ task: 'adding', sample });
    const marked = adding.x.findIndex((value, i) => i % 2 === 1 && value === 1);
    const more = await labelled({ task: 'adding', sample, edits: [[marked, 5]] });
    assert.equal(more.labels, 'rule');
    assert.ok(
      Math.abs((more.y[0] as number) - ((adding.y[0] as number) - (adding.x[marked - 1] as number) + 5)) < 1e-5,
    );
    assert.equal((await labelled({ task: 'adding', sample, edits: [[marked + 1, 0]] })).labels, 'unruled', 'one mark');
    const sine = await labelled({ task: 'sine', sample, steps: 20 });
    assert.deepEqual((await labelled({ task: 'sine', sample, steps: 20, edits: [[4, 9]] })).labels, 'unruled');
    const near = await labelled({ task: 'sine', sample, steps: 20, edits: [[4, (sine.x[3] as number) + 1e-6]] });
    assert.deepEqual([near.labels, near.y], ['rule', sine.y]);
    assert.equal((await labelled({ task: 'order', sample, edits: [[1, 0.5]] })).labels, 'unruled');
    assert.equal((await labelled({ task: 'random', sample, edits: [[1, 5]] })).labels, 'unruled');
  }
});

test('the label of a sequence of another length, with changed data, and with a change to the same value', async () => {
  const asIs = await labelled({ task: 'majority' });
  assert.equal((await labelled({ task: 'majority', edits: [[1, asIs.x[0] as number]] })).labels, 'data');
  const longer = await labelled({ task: 'majority', length: 20 });
  assert.deepEqual([longer.labels, longer.y], ['data', [...(engine.taskTargets('majority', longer.x) ?? [])]]);
  const changed = await labelled({ task: 'last', length: 20, edits: [[20, 5]] });
  assert.deepEqual([changed.labels, changed.y], ['rule', [1]]);
  /* numbers that the reader changed in the data set are data, and labels keep their values */
  const data = await labelled({ changes: [[0, 5]] });
  assert.deepEqual([data.labels, data.x[0], data.y], ['data', 5, (await labelled({})).y]);
  assert.deepEqual((await labelled({ changes: [[0, 5]], length: 20 })).labels, 'rule', 'no datum has this length');
  /* a label that the reader set does not follow a rule */
  assert.equal((await labelled({ changes: [[2048, 1]] })).labels, 'data');
  assert.equal((await labelled({ changes: [[2048, 1]], edits: [[1, 5]] })).labels, 'typed');
  assert.equal(
    (await labelled({ changes: [[4096 + 2048, 1]], edits: [[1, 5]] })).labels,
    'rule',
    'of another sequence',
  );
});

test('data whose sequences end early are refused, and it is said where', async () => {
  await assert.rejects(new Requests(engine).bring({ text: `y,x1,x2\n${'1,2,3\n0,4,5\n'.repeat(10)}1,6\n0,7,8\n` }), {
    name: 'RangeError',
    message:
      'Sequence 21 of the file ends before time step 2: this page takes sequences of the same length. Add the missing values, or delete this line.',
  });
});

test('what-if limits follow the data and the weights', async () => {
  const lab = new Requests(engine);
  const kelvins = Array.from({ length: 12 }, (_, i) => `${i % 2},${280 + i},${0.0001 * (i + 1)}`).join('\n');
  const { own, timesteps } = await lab.bring({ text: `y,x1_1,x1_2\n${kelvins}\n` });
  const state: State = { ...initialOf(TABLE), task: 'own', own, samples: 12, steps: timesteps, epochs: 1, at: 1 };
  const x = async (part: Partial<State>) => [
    ...((await lab.moment(momentConfigOf({ ...state, ...part }), pause))?.trace.layers[0]?.x ?? []),
  ];
  assert.deepEqual(await x({ edits: [[1, 285]] }), [285, Math.fround(0.0001)]);
  assert.deepEqual(
    await x({
      edits: [
        [1, 1e30],
        [2, -1e30],
      ],
    }),
    [5000, -10],
    'ten times a round number above them, or ten',
  );
  const moment = await lab.moment(momentConfigOf({ ...state, edits: [[1, 285]] }), pause);
  assert.deepEqual(
    [moment?.labels, moment?.ranges],
    [
      'own',
      [
        [280, 291],
        [Math.fround(0.0001), Math.fround(0.0012)],
      ],
    ],
  );
  const weights = (
    await lab.moment(
      momentConfigOf({
        ...state,
        weights: [
          [0, 1e6],
          [1, 99],
        ],
      }),
      pause,
    )
  )?.parameters;
  assert.deepEqual([...(weights?.slice(0, 2) ?? [])], [100, 99]);
});
