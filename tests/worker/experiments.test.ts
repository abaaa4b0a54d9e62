// Each experiment must show its point when a reader opens it, for every seed. The points are measured with the engine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasVanished, checkConfirms, verdict } from '../../web/figures/backward/backward-sentences.ts';
import { shown } from '../../web/figures/backward/backward-data.ts';
import { fromAddress } from '../../web/state/address.ts';
import { configOf, END } from '../../web/state/config.ts';
import { COMPARED, initialComparison, type State, momentConfigOf, otherOf } from '../../web/state/state.ts';
import { NOTEBOOK } from '../../web/state/pages.ts';
import { Requests } from '../../web/worker/requests.ts';
import type { Run } from '../../web/worker/protocol.ts';
import { root } from '../house/tree.ts';
import { answerOf, asked, engine, network, stateOf } from '../predict/support.ts';

const SEEDS = [42, 0, 1, 2, 3, 7, 1000];
const lab = new Requests(engine);
const pause = async (): Promise<boolean> => true;

function sure<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('given up');
  return answer;
}

const run = async (state: State): Promise<Run> =>
  sure(await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause)) as Run;
async function backward(state: State) {
  const { backward, check, largest } = sure(
    await lab.backward({ ...momentConfigOf(state), layer: state.layer, mean: state.mean, weight: state.weight }, pause),
  );
  return { backward: sure(backward), check: sure(check), largest: sure(largest) };
}

async function cutting(state: State, cut: 'loop' | 'state') {
  const { at, sample, file, reset } = state;
  return sure(await lab.cutting({ ...configOf(state), at, sample, file, reset, cut }, pause));
}

/**
 * Is the answer correct before the cut and wrong after it? The cut sets the recurrent kernels to zero ('loop') or the
 * state before a step ('state').
 */
function turns(state: State, cut: 'loop' | 'state'): boolean {
  const { model, x, y, trace } = network(state);
  const right = answerOf(trace()).class === y[0];
  if (cut === 'loop')
    model.setWeights(
      model.tensors.map(({ name }, i) =>
        model.getWeights()[i]!.map((weight) => (name.endsWith('recurrent_kernel') ? 0 : weight)),
      ),
    );
  let last = Number.NaN;
  model.resetStates();
  for (const [i, value] of x.entries()) {
    if (cut === 'state' && i === state.reset - 1) model.resetStates();
    last = model.step(value).probability;
  }
  return right && last > 0.5 !== (y[0] === 1);
}

test('cut the loop or the state: the offered sequence is answered correctly before and wrongly after, for every seed', async () => {
  for (const seed of SEEDS)
    for (const cut of ['loop', 'state'] as const) {
      const state = stateOf({ seed, reset: 2 });
      const { effect, sample } = await cutting(state, cut);
      assert.equal(effect === 'turns', turns(state, cut), `${seed} ${cut}: ${effect}`);
      assert.ok(sample !== undefined && turns({ ...state, sample }, cut), `${seed} ${cut}: ${sample}`);
    }
});

test('cut the loop: on sequence 0 of the initial state the answer stays correct, so another sequence is offered', async () => {
  const { effect, sample } = await cutting(stateOf(), 'loop');
  assert.equal(effect, 'right');
  assert.ok(sample !== undefined && sample > 0);
});

test('cut the loop: if targets are numbers or there is one per step, the loss more than doubles', async () => {
  for (const seed of SEEDS.slice(0, 3))
    for (const part of [{ task: 'adding' }, { task: 'sine' }, { task: 'echo', cell: 'gru' }] as const) {
      const state = stateOf({ seed, ...part });
      const { sample } = await cutting(state, 'loop');
      assert.ok(sample !== undefined, `${part.task} ${seed}`);
      const [before, after] = await Promise.all(
        (['none', 'loop'] as const).map(
          async (cut) => sure(await lab.moment({ ...momentConfigOf({ ...state, sample, cut }) }, pause)).trace.loss,
        ),
      );
      assert.ok(after! > 2 * before!, `${part.task} ${seed}: ${before} → ${after}`);
    }
});

test('resetting a state that is 0 anyway changes no answer, and no sequence is offered', async () => {
  const state = stateOf({ reset: 1 });
  const answer = await cutting(state, 'state');
  assert.equal(answer.sample, undefined);
  assert.equal(answer.effect, 'right');
});

test('the question about the cut loop: on the sequence chosen for it, the answer becomes wrong', async () => {
  for (const seed of SEEDS) {
    const state = stateOf({ seed, question: 'loop' });
    const { sample } = await cutting(state, 'loop');
    const question = await asked('loop', { ...state, sample: sample as number });
    assert.equal(question.answer, 'wrong', String(seed));
    assert.match(question.text, /rightly|correctly/);
  }
});

test('questions whose answer does not depend on the seed have the intended answer', async () => {
  for (const seed of SEEDS) {
    assert.equal((await asked('length', stateOf({ seed }))).answer, 'same');
    assert.equal((await asked('empty', stateOf({ seed }))).answer, 'first');
    assert.equal((await asked('readout', stateOf({ seed }))).answer, 'no');
    assert.equal((await asked('feature', stateOf({ seed }))).answer, 'U');
  }
});

test('the gradient check: both values agree within rounding and curvature, for every weight', async () => {
  for (const part of [
    ...SEEDS.map((seed) => ({ seed })),
    { at: 0 },
    { seed: 3, at: 0, steps: 50, gain: 1.5 },
    { cell: 'lstm' },
    { cell: 'gru', layers: 2, units: 4 },
    { task: 'adding' },
    { task: 'order', cell: 'gru', units: 4 },
  ] as const) {
    const state = stateOf(part as Partial<State>);
    const { parameters } = sure(await lab.moment(momentConfigOf(state), pause));
    for (const mean of [false, true])
      for (let weight = 0; weight < parameters.length; weight += 1 + Math.floor(parameters.length / 50)) {
        const { check } = await backward({ ...state, mean, weight });
        assert.ok(
          Math.abs(check.analytic - check.numeric) <= check.tolerance,
          `${JSON.stringify(part)} ${mean} ${weight}: ${verdict(check)}`,
        );
      }
  }
});

test('the gradient check: both values agree in the first view, and the gradient of the offered weight is larger than the tolerance', async () => {
  for (const seed of SEEDS) {
    const state = stateOf({ seed });
    const { check, largest } = await backward(state);
    assert.match(verdict(check), /^They agree/, String(seed));
    const offered = (await backward({ ...state, weight: largest })).check;
    assert.ok(checkConfirms(offered), `${seed}: ${verdict(offered)}`);
  }
  /* also if the weight in the address has a gradient of zero: a unit of relu that never fires */
  const dead = stateOf({ activation: 'relu' });
  const { parameters } = sure(await lab.moment(momentConfigOf(dead), pause));
  let silent = 0;
  for (let weight = 0; weight < parameters.length; weight++) {
    const { check, largest } = await backward({ ...dead, weight });
    if (checkConfirms(check)) continue;
    silent += 1;
    assert.ok(checkConfirms((await backward({ ...dead, weight: largest })).check));
  }
  assert.ok(silent > 0);
});

test('vanishing gradient: the offered setting shows one, for every seed, cell and layer', async () => {
  for (const part of [
    ...SEEDS.map((seed) => ({ seed })),
    { cell: 'gru' },
    { cell: 'lstm' },
    { layers: 2, layer: 2 },
    { task: 'adding', sample: 3 },
    { steps: 100 },
  ] as const) {
    const state = stateOf(part as Partial<State>);
    const { sample, layer } = state;
    const { change } = await lab.vanishing({ ...configOf(state), sample, layer });
    assert.ok(change, JSON.stringify(part));
    const there = stateOf({ ...state, ...change });
    assert.ok(hasVanished(shown((await backward(there)).backward, 'h')), JSON.stringify({ part, change }));
  }
});

test('compare: the first choice in the table gives a different run, for every setting and seed', async () => {
  for (const seed of SEEDS.slice(0, 4))
    for (const part of [{}, { samples: 10 }, { samples: 20, batch: 64 }] as const)
      for (const compare of COMPARED) {
        const state = stateOf({ seed, ...part, epochs: 10 });
        const other = otherOf({ ...state, compare, than: initialComparison(state, compare) }) as State;
        const [a, b] = [await run(state), await run(other)];
        assert.notDeepEqual(a.history.loss, b.history.loss, `${seed} ${JSON.stringify(part)} ${compare}`);
      }
});

test('one update step by step: the last update can be shown, and none after the end of the run', async () => {
  for (const seed of SEEDS) {
    const end = sure(await lab.moment(momentConfigOf(stateOf({ seed, at: END })), pause));
    const next = async (at: number): Promise<number | undefined> => {
      const state = stateOf({ seed, at });
      return sure(await lab.next({ ...configOf(state), at, file: '', weight: 0 }, pause)).value;
    };
    assert.equal(await next(END), undefined);
    assert.ok((await next(end.at - 1)) !== undefined);
  }
});

/** The notebook's run of a state. */
function trained({ task, samples, steps, units, activation, rate, epochs, batch, seed, data }: State) {
  const set = engine.task(task, { samples, timesteps: steps, dataSeed: data });
  const fresh = engine.task(task, { samples: 1000, timesteps: steps, dataSeed: data, firstSample: 10_000 });
  const model = engine.sequential({ units, timesteps: steps, seed, activation });
  model.compile({ learningRate: rate });
  const training = model.training(set.x, set.y, { epochs, batchSize: batch });
  training.advance(Number.POSITIVE_INFINITY);
  const { history } = training;
  const judged = history.diverged ? undefined : model.evaluate(fresh.x, fresh.y).accuracy;
  return { history, judged };
}

test('the notebook’s links open what their sentences say, for every seed', () => {
  const points: Readonly<Record<string, (made: ReturnType<typeof trained>) => boolean>> = {
    'v=1&epochs=500': ({ history, judged }) =>
      (history.accuracy?.at(-1) as number) > 0.95 && Math.abs((judged as number) - 0.5) < 0.05,
    'v=1&task=first': ({ history, judged }) =>
      (history.accuracy?.at(-1) as number) > (history.accuracy?.[0] as number) + 0.15 && (judged as number) > 0.7,
    'v=1&task=first&rate=30': ({ history }) => !history.diverged && Math.max(...history.loss) > 20,
    'v=1&task=first&rate=1000&activation=relu': ({ history }) => history.diverged !== undefined,
  };
  const page = readFileSync(join(root, 'web/pages/notebook.html'), 'utf8');
  const links = [...page.matchAll(/href="#(v=1[^"]*)" data-state/g)].map(([, link]) =>
    (link as string).replaceAll('&amp;', '&'),
  );
  assert.deepEqual(links.filter((link) => link !== 'v=1').sort(), Object.keys(points).sort());
  for (const [link, holds] of Object.entries(points))
    for (const seed of SEEDS) {
      const made = trained({ ...fromAddress(NOTEBOOK, link).state, seed });
      assert.ok(holds(made), `${link} with seed ${seed}: ${made.history.accuracy?.at(-1)}, ${made.judged}`);
    }
});
