// Every number in the chapter "How it learns", from the states that its steps and words set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber, probability } from '../../web/shared/format.ts';
import type { State } from '../../web/state/state.ts';
import { backward, chapter, engine, finals, moment, run, SEEDS, says } from './chapter.ts';

const page = chapter('how-it-learns');
const short = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
const COUNT = 1000;

const dataOf = ({ samples, steps }: State, firstSample = 0) =>
  engine.task('first', { samples, timesteps: steps, dataSeed: 42, firstSample });

/** A network of the chapter, made without the page's sessions. */
function networkOf({ units, steps, seed, rate }: State) {
  const model = engine.sequential({ units, timesteps: steps, seed });
  model.compile({ learningRate: rate });
  return model;
}

const weightsOf = (model: ReturnType<typeof networkOf>): number[] => model.getWeights().flatMap((all) => [...all]);
const changed = (now: number[], before: number[]): number => now.filter((w, k) => !Object.is(w, before[k])).length;

test('reading changes no weight, and one update changes all 89', () => {
  says(page, 'How many of its 89 parameters have changed when it has read them all?');
  says(page, 'only the 64 of W');
  says(page, 'Every weight moves once');
  const state = page.at(1);
  const model = networkOf(state);
  const data = dataOf(state);
  const first = weightsOf(model);
  assert.deepEqual([first.length, model.getWeights()[1]?.length, state.samples], [89, 64, 500]);
  model.predict(data.x);
  model.evaluate(data.x, data.y);
  for (let t = 0; t < state.steps; t++) model.step(data.x[t] as number);
  assert.equal(changed(weightsOf(model), first), 0);
  model.training(data.x, data.y, { epochs: 1 }).advance(1);
  const moved = weightsOf(model);
  assert.equal(changed(moved, first), 89);
  says(page, 'Adam, the rule for updates, at first moves each weight by about this much.');
  assert.equal(state.rate, 0.01);
  for (const [k, weight] of moved.entries())
    assert.ok(Math.abs(Math.abs(weight - (first[k] ?? 0)) - 0.01) < 0.0005, `weight ${k} does not move by about 0.01`);
  model.dispose();
});

test('before training the answers are worth nothing', async () => {
  says(page, 'its answers are worth nothing');
  const { judging } = await moment(page.at(1));
  assert.ok(Math.abs((judging?.accuracy ?? 1) - 0.5) < 0.1);
});

test('an epoch is 16 updates of at most 32 sequences', async () => {
  says(
    page,
    'An update uses a batch of 32 sequences, of which you see one. After 16 updates all 500 have been used once: one epoch.',
  );
  const state = page.at(2);
  assert.deepEqual([state.batch, state.samples, (await run(state)).batches], [32, 500, 16]);
});

test('the weight that is changed by hand agrees with the gradient', async () => {
  const { check, backward: all } = await backward(page.at(3));
  assert.ok(check && all);
  assert.ok(Math.abs(check.analytic - check.numeric) <= check.tolerance);
  assert.ok(Math.abs(check.analytic) >= 10 * check.tolerance, 'the gradient of this weight is too small to be checked');
  says(page, 'The first step contributes nothing, because the state before it is zero.');
  assert.equal(all.norms.term[0], 0);
  assert.ok(all.norms.term.slice(1).every((norm) => norm > 0));
});

test('the gradient of W has 64 numbers for 20 time steps', async () => {
  says(page, 'W has 8 × 8 = 64 weights at any length, so its gradient has 64 numbers.');
  const state = { ...page.at(3), steps: 20 };
  const data = dataOf(state);
  const model = networkOf(state);
  const { gradient } = model.gradient(data.x.subarray(0, 20), data.y.subarray(0, 1));
  assert.equal(gradient[1]?.length, 64);
  says(page, 'The figure shows it for 10 steps, and it is no larger for 20.');
  assert.equal(page.at(3, 't=1').steps, 10);
  const { backward: all } = await backward(state);
  assert.deepEqual([all?.timesteps, all?.norms.term.length], [20, 20]);
  model.dispose();
});

test('the loss falls where the accuracy stands still', async () => {
  const early = await moment(page.at(4, 'at=16'));
  const late = await moment(page.at(4, 'at=-1'));
  assert.deepEqual([early.epoch, early.batch, late.epoch], [1, 0, 40]);
  const p = ({ trace }: typeof early): number => trace.prediction.at(-1) ?? 0;
  assert.equal(early.trace.y[0], 1);
  assert.ok(p(early) > 0.5 && p(late) > 0.5);
  says(page, `After epoch 1 this sequence gets p = ${probability(p(early))}.`);
  says(page, `That is barely right, and its loss is ${short(early.trace.loss)}.`);
  assert.equal(late.trace.loss.toFixed(3), '0.001');
  says(page, `After epoch 40 p is ${probability(p(late))} and the loss is 0.001.`);
  const [one, other] = await Promise.all(['at=256', 'at=448'].map((set) => moment(page.at(4, set))));
  assert.deepEqual([one?.epoch, other?.epoch], [16, 28]);
  assert.equal(one?.judging?.accuracy, other?.judging?.accuracy);
  const percent = formatNumber(100 * (one?.judging?.accuracy ?? 0), 1);
  says(
    page,
    `After epoch 16 and after epoch 28 the network is right on ${percent} % of new sequences, but their loss has fallen from ${one?.judging?.loss.toFixed(3)} to ${other?.judging?.loss.toFixed(3)}.`,
  );
});

test('the learning rates: too small, right, too large', async () => {
  says(page, 'With 0.0001 it hardly gets anywhere. With 0.01 it learns. With 0.3 every update goes too far.');
  const setting = (rate: number): string => `rate=${rate}&batch=32&epochs=40`;
  const reached = async (set: string) => finals(page.at(5, set), [42, ...SEEDS(20, 3)]);
  for (const final of await reached(setting(0.0001))) assert.ok(final < 0.8, `${page.file}: 0.0001 reaches ${final}`);
  for (const final of await reached(setting(0.01))) assert.ok(final > 0.9, `${page.file}: 0.01 reaches only ${final}`);
  for (const final of await reached(setting(0.3))) assert.ok(final < 0.7, `${page.file}: 0.3 reaches ${final}`);
  assert.ok(Math.abs(((await reached(setting(0.0001)))[0] ?? 0) - 0.5) < 0.05);
});

test('one batch of all sequences teaches less in 40 epochs', async () => {
  says(page, 'an epoch is one update, and 40 epochs teach less');
  const whole = page.at(5, 'rate=0.01&batch=500&epochs=40');
  const { updates, batches } = await run(whole);
  assert.deepEqual([updates, batches], [40, 1]);
  const seeds = [42, ...SEEDS(20, 3)];
  const [all, small] = [await finals(whole, seeds), await finals(page.at(5), seeds)];
  const middle = (values: number[]): number => engine.quantile(values, 0.5);
  assert.ok((all[0] ?? 1) < (small[0] ?? 0));
  assert.ok(middle(all) < middle(small) - 0.01, `${page.file}: ${middle(all)} against ${middle(small)}`);
});

/** The share of new sequences that are answered correctly after each time step. */
async function rightAt(state: State): Promise<number[]> {
  const model = networkOf(state);
  const data = dataOf(state);
  await model.fit(data.x, data.y, { epochs: state.epochs, batchSize: state.batch });
  const fresh = dataOf({ ...state, samples: COUNT }, engine.newSample);
  const right = Array.from({ length: state.steps }, () => 0);
  for (let i = 0; i < COUNT; i++) {
    const { prediction } = model.trace(fresh.x.subarray(i * state.steps, (i + 1) * state.steps));
    for (const t of right.keys()) if ((prediction[t] as number) > 0.5 === (fresh.y[i] === 1)) (right[t] as number)++;
  }
  model.dispose();
  return right.map((count) => count / COUNT);
}

test('only the last answer was trained', async () => {
  const state = page.at(6);
  const shares = await rightAt(state);
  const [nine, ten] = [shares[8] ?? 0, shares[9] ?? 0];
  says(page, `After step 10 the trained network is right on ${COUNT * ten} of 1,000 new sequences.`);
  says(page, `It is right on only ${COUNT * nine} of 1,000.`);
  says(page, `about ${COUNT * nine}`);
  assert.equal((await run(state)).history.val_accuracy?.at(-1), ten);
  const others: number[][] = [];
  for (const seed of SEEDS(20, 2)) others.push(await rightAt({ ...state, seed }));
  const after = (t: number): number[] => others.map((share) => share[t - 1] ?? 0);
  const percent = (share: number): number => Math.round(100 * share);
  says(
    page,
    'the answer after step 9 is right on 2 % to 89 % of new sequences, and after step 10 always on more than 94 %.',
  );
  assert.ok(Math.min(...after(10)) > 0.94, `${page.file}: ${Math.min(...after(10))} after step 10`);
  const ends = [percent(Math.min(...after(9))), percent(Math.max(...after(9)))];
  assert.ok(
    ends.every((end) => end >= 2 && end <= 89),
    `${page.file}: ${ends} after step 9`,
  );
  if (others.length >= 20) assert.deepEqual(ends, [2, 89], page.file);
});
