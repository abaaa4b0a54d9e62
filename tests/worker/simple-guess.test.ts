// What a moment says of the network beside a simple guess, on data of the reader and on those that come with the pages.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { place } from '../../web/app/captions.ts';
import { initialOf } from '../../web/state/fields.ts';
import { type State, momentConfigOf, TABLE } from '../../web/state/state.ts';
import { Requests } from '../../web/worker/requests.ts';
import type { Moment, RequestOf } from '../../web/worker/protocol.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();
const pause = (): Promise<boolean> => Promise.resolve(true);
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);

/** The lab with data of the reader, as after "Use these data". */
async function brought(request: RequestOf<'bring'>, some: Partial<State> = {}): Promise<[Requests, State]> {
  const lab = new Requests(engine);
  const { own, samples, timesteps: steps, split = 0 } = await lab.look({ ...request, known: '' });
  return [lab, { ...initialOf(TABLE), task: 'own', own, samples, steps, split, ...some }];
}

async function momentOf(lab: Requests, state: State, quick = false): Promise<Moment> {
  const moment = await lab.moment({ ...momentConfigOf(state), quick }, pause);
  assert.ok(moment);
  return moment;
}

/** y says whether x1 is above ½, or nothing that x1 tells. */
const sequences = (samples: number, learnable: boolean): string =>
  `y,x1,x2\n${count(samples)
    .map((i) => {
      const x = ((i * 7919) % 1000) / 1000;
      return `${learnable ? Number(x > 0.5) : Number((i * i * 31) % 7 > 2)},${x},${((i * 104_729) % 977) / 977}\n`;
    })
    .join('')}`;

test('sequences: the share of the most common label among those held back, and whether the network is right more often', async () => {
  for (const learnable of [true, false]) {
    const text = sequences(200, learnable);
    const [lab, state] = await brought({ text }, { epochs: 100, rate: 0.03 });
    const { y } = await engine.readCsv(text);
    const ones = [...y.slice(160)].filter((label) => label === 1).length;
    const guess = Math.max(ones, 40 - ones) / 40;
    const moment = await momentOf(lab, state);
    const right = moment.judging?.accuracy as number;
    assert.equal(right > guess, learnable, `${right}, ${guess}`);
    const verdict = learnable
      ? 'The network beats this simple guess. Only 40 sequences are held back, so this can be luck.'
      : 'The network does not beat this simple guess.';
    assert.equal(
      moment.comparison,
      `Always answering the most common label among these is right on ${(100 * guess).toFixed(1)} % of them. ${verdict}`,
    );
    /* both numbers stand in the caption of the network */
    const caption = place(moment, 5, state);
    assert.ok(caption.includes(`${(100 * right).toFixed(1)} % of the 40 held back. ${moment.comparison}`), caption);
  }
});

test('sequences with numbers as targets: the loss of their mean', async () => {
  const text = `y,x1,x2\n${count(100)
    .map((i) => `${((i * 37) % 101) / 101},${((i * 37) % 101) / 101},0\n`)
    .join('')}`;
  const [lab, state] = await brought({ text }, { epochs: 60 });
  const held = count(20).map((i) => (((i + 80) * 37) % 101) / 101);
  const mean = held.reduce((sum, y) => sum + y, 0) / 20;
  const guess = held.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 20;
  for (const at of [0, -1]) {
    const moment = await momentOf(lab, { ...state, at });
    const beats = (moment.judging?.loss as number) < guess;
    assert.equal(beats, at === -1);
    assert.equal(
      moment.comparison,
      `Always answering their mean gives a loss of ${guess.toFixed(4)}. The network ${beats ? 'beats' : 'does not beat'} this simple guess.`,
    );
  }
});

const rms = (misses: number[]): number => Math.sqrt(misses.reduce((sum, one) => sum + one * one, 0) / misses.length);
const table = (values: number[]): string =>
  `date,wind (m/s)\n${values.map((value, i) => `${day(i)},${value}`).join('\n')}\n`;

test('a table: the errors of the network and of the better one of two guesses, in the unit of the target', async () => {
  for (const [name, values, guess] of [
    ['a slow wave', count(160).map((i) => Number((10 + 8 * Math.sin(i / 6)).toFixed(2))), 'the row before'],
    [
      'a zigzag',
      count(160).map((i) => Number(((i % 2) * 4 + ((Math.sin(i) * 43_758) % 1)).toFixed(2))),
      'the mean of all training rows',
    ],
  ] as const) {
    const [lab, state] = await brought(
      { text: table(values), form: { kind: 'series', timesteps: 7 } },
      { epochs: 200, rate: 0.03 },
    );
    const moment = await momentOf(lab, state);
    const [, rows, own, guessed, other, verdict] =
      /^On the (\d+) rows held back the network’s root mean squared error \(RMSE\) is ([\d.]+)\u00a0m\/s, and (.*), as a guess, has ([\d.]+)\u00a0m\/s\. The network (beats|does not beat) this simple guess\.$/.exec(
        moment.comparison,
      ) ?? [];
    assert.equal(guessed, guess, `${name}: ${moment.comparison}`);
    const held = Number(rows);
    const { features } = await lab.sequences(state).task;
    assert.equal(features, 1);
    const rowsHeld = count(held).map((i) => values.length - held + i);
    const learned = values.slice(0, values.length - held - 7);
    const mean = learned.reduce((sum, value) => sum + value, 0) / learned.length;
    const byGuess = rms(
      rowsHeld.map((i) => (values[i] as number) - (guess === 'the row before' ? (values[i - 1] as number) : mean)),
    );
    assert.ok(Math.abs(Number(other) - byGuess) < 0.006, `${name}: ${other}, ${byGuess}`);
    /* the network's answers come standardized by the training rows */
    const deviation = rms(learned.map((value) => value - mean));
    const byNetwork = rms(
      rowsHeld.map(
        (row, i) => mean + deviation * (moment.predictions.at(i - held) as number) - (values[row] as number),
      ),
    );
    assert.ok(Math.abs(Number(own) - byNetwork) < 0.006, `${name}: ${own}, ${byNetwork}`);
    assert.equal(verdict, byNetwork < byGuess ? 'beats' : 'does not beat');
    assert.equal(verdict, 'beats', name);
    /* before it has learned anything it does not */
    assert.match((await momentOf(lab, { ...state, at: 0 })).comparison, /The network does not beat this simple guess/);
    /* a moment while the reader plays is not measured, and a network that learned from these rows is not compared */
    assert.equal((await momentOf(lab, { ...state, at: 3 }, true)).comparison, '');
    for (const split of [0, 0.1]) assert.equal((await momentOf(lab, { ...state, split })).comparison, '');
    /* a network that exploded is shown as before */
    const exploded: Partial<State> = { activation: 'relu', optimizer: 'sgd', rate: 1e9, at: -1 };
    const last = await momentOf(lab, { ...state, ...exploded });
    assert.ok(!Number.isFinite(last.judging?.loss));
    assert.equal(last.comparison, '');
    assert.match(place(await momentOf(lab, { ...state, split: 0 }), 5, { ...state, split: 0 }), /None is held back/);
  }
});

test('a table of which more is held back: the network and the guess are measured on the same rows, all of them', async () => {
  const values = count(160).map((i) => Number((10 + 8 * Math.sin(i / 6)).toFixed(2)));
  const [steps, choice] = [7, { kind: 'series', timesteps: 7 } as const];
  const [lab, state] = await brought({ text: table(values), form: choice }, { epochs: 50, rate: 0.03 });
  const { samples } = state;
  const learnedOf = (split: number): number => Math.floor(samples * (1 - split));
  /* the row of each target: none of a window that reaches from one part of the table into the other */
  const most = learnedOf(state.split);
  const rows = count(samples).map((i) => (i < most ? i + steps : values.length - samples + i));
  const standardized = values.slice(0, most + steps);
  const mean = (of: number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const deviation = rms(standardized.map((value) => value - mean(standardized)));
  for (const split of [0.2, 0.5, 0.75]) {
    const learned = learnedOf(split);
    const held = rows.slice(learned);
    const own = { ...state, split };
    const moment = await momentOf(lab, own);
    const errors = held.map(
      (row, i) =>
        mean(standardized) + deviation * (moment.predictions.at(i - held.length) as number) - (values[row] as number),
    );
    const byGuess = held.map((row) => (values[row - 1] as number) - (values[row] as number));
    const [, all, network, guess] =
      /^On the (\d+) rows held back .* is ([\d.]+)\u00a0m\/s, and the row before, as a guess, has ([\d.]+)\u00a0m\/s/.exec(
        moment.comparison,
      ) ?? [];
    assert.equal(Number(all), held.length, moment.comparison);
    assert.ok(Math.abs(Number(network) - rms(errors)) < 0.006, `${split}: ${network}, ${rms(errors)}`);
    assert.ok(Math.abs(Number(guess) - rms(byGuess)) < 0.006, `${split}: ${guess}, ${rms(byGuess)}`);
    /* and so does the figure of forecasts */
    const found = await lab.forecast(
      { ...momentConfigOf(own), cut: 'none', reset: 0, shuffled: false, within: Number.POSITIVE_INFINITY },
      pause,
    );
    assert.ok(found);
    assert.deepEqual(found.times, held.map(day));
    assert.equal(found.first, learned);
    assert.ok(Math.abs(found.error - rms(errors)) < 1e-4);
    for (const { name, rootMeanSquaredError } of found.baselines) {
      const before = mean(values.slice(0, (held[0] as number) - steps));
      if (name === 'persistence') assert.ok(Math.abs((rootMeanSquaredError ?? 0) - rms(byGuess)) < 1e-9);
      if (name === 'mean')
        assert.ok(
          Math.abs((rootMeanSquaredError ?? 0) - rms(held.map((row) => (values[row] as number) - before))) < 1e-9,
        );
    }
  }
  /* with fewer sequences than a part needs for a window nothing is said */
  assert.equal((await momentOf(lab, { ...state, split: 0.99 })).comparison, '');
});

test('a text: counting which word follows which is the guess', async () => {
  const text = count(60)
    .map((i) => `The ${['cat', 'dog', 'cow'][i % 3]} sees the ${['moon', 'sun'][i % 2]}.`)
    .join('\n');
  const [lab, state] = await brought({ text, form: { kind: 'text', timesteps: 7 } }, { epochs: 60, rate: 0.03 });
  /* the word that follows another one most often, counted in all training sequences; ties go to the first word */
  const { x, y } = lab.sequences(state);
  const { classes = 0 } = lab.sequences(state).task;
  const trained = Math.floor(state.samples * (1 - state.split)) * 7;
  const read = (place: number): number => x.subarray(place * classes, (place + 1) * classes).indexOf(1);
  const counts = count(classes).map(() => count(classes).map(() => 0));
  for (const place of count(trained)) (counts[read(place)] as number[])[y[place] as number]! += 1;
  let right = 0;
  for (let place = trained; place < y.length; place++) {
    const follows = counts[read(place)] as number[];
    right += Number(follows.indexOf(Math.max(...follows)) === y[place]);
  }
  const guess = right / (y.length - trained);
  const moment = await momentOf(lab, state);
  assert.ok((moment.judging?.accuracy as number) > guess);
  assert.equal(
    moment.comparison.replace(/ Only .*/, ''),
    `Answering what most often follows the latest word is right on ${(100 * guess).toFixed(1)} % of these. The network beats this simple guess.`,
  );
});

test('the table that comes with the pages, and none of the core’s tasks', async () => {
  const lab = new Requests(engine);
  const state = { ...initialOf(TABLE), task: 'series', steps: 7, samples: 300, epochs: 30 } as State;
  const { comparison } = (await lab.answer('moment', momentConfigOf(state), pause)) as Moment;
  const {
    error = 0,
    baselines = [],
    target,
  } = (await lab.forecast({ ...momentConfigOf(state), shuffled: false }, pause)) ?? {};
  const before = baselines.find(({ name }) => name === 'persistence')?.rootMeanSquaredError ?? 0;
  assert.equal(target?.unit, '°C');
  assert.ok(
    comparison.includes(
      `is ${error.toFixed(2)}\u00a0°C, and the day before, as a guess, has ${before.toFixed(2)}\u00a0°C. The network ${error < before ? 'beats' : 'does not beat'} this`,
    ),
    comparison,
  );
  assert.equal((await momentOf(lab, initialOf(TABLE))).comparison, '');
});
