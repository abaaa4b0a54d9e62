// Measures the numbers of the answer key with the lab's session. Each kind of number has a name, and is written as the
// page writes it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { termName } from '../../web/figures/arithmetic/cell-vocabulary.ts';
import { formatNumber, scientific } from '../../web/shared/format.ts';
import { questionOf } from '../../web/figures/predict/build.ts';
import { termText } from '../../web/figures/predict/answer-text.ts';
import { fromAddress } from '../../web/state/address.ts';
import { LAB } from '../../web/state/pages.ts';
import { configOf } from '../../web/state/config.ts';
import { epochUpdates, type State, momentConfigOf, otherOf } from '../../web/state/state.ts';
import { Requests } from '../../web/worker/requests.ts';
import type { Run, Moment } from '../../web/worker/protocol.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();
const lab = new Requests(engine);
const pause = async (): Promise<boolean> => true;

export const stateOf = (address: string): State => fromAddress(LAB, address).state;

function sure<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('given up');
  return answer;
}

const run = async (state: State): Promise<Run> =>
  sure(await lab.run({ ...configOf(state), within: Number.POSITIVE_INFINITY }, pause)) as Run;

async function moment(state: State): Promise<Moment> {
  await run(state);
  return sure(await lab.moment(momentConfigOf(state), pause));
}

async function backward(state: State) {
  const { layer, mean, weight } = state;
  return sure(sure(await lab.backward({ ...momentConfigOf(state), layer, mean, weight }, pause)).backward);
}

/** A cache of each seed's metric on new sequences, which takes longest to compute. */
const kept = new Map<string, Promise<number[]>>();
function finals(state: State, count: number): Promise<number[]> {
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const config = configOf({ ...state, seed: 0 });
  const key = JSON.stringify([config, count]);
  const known =
    kept.get(key) ??
    lab.seeds({ ...config, seeds }, pause).then((answer) => sure(answer).runs.map(({ final }) => final as number));
  kept.set(key, known);
  return known;
}

const percent = (share: number): string => `${formatNumber(100 * share, 1)} %`;
const number = (value: number): string => formatNumber(value, 3);
const quantile = async (state: State, q: number): Promise<number> => engine.quantile(await finals(state, 100), q);
const bound = (text: string): number => Number(text) / 100;

/**
 * The first epoch after which at least this share of answers is correct. It is the number of the page's sentence, which
 * is measured after the epoch, and not the average that the curve shows.
 */
async function firstEpoch(state: State, of: 'training' | 'judging', least: number): Promise<string> {
  await run(state);
  for (let epoch = 1; epoch <= state.epochs; epoch++) {
    const figures = sure(await lab.moment(momentConfigOf({ ...state, at: epoch * epochUpdates(state) }), pause))[of];
    if ((figures?.accuracy ?? 0) >= least) return String(epoch);
  }
  return 'none';
}

/** The last answer and the target of each training sequence, in the network with the state's cut. */
async function everyAnswer(state: State): Promise<{ p: number; y: number }[]> {
  const answers: { p: number; y: number }[] = [];
  for (let sample = 0; sample < state.samples; sample++) {
    const { trace } = await moment({ ...state, sample });
    answers.push({ p: trace.prediction.at(-1) as number, y: trace.y.at(-1) as number });
  }
  return answers;
}

async function largestTerm(state: State): Promise<string> {
  const { t, unit, layer, gate } = state;
  await run(state);
  const { numbers } = sure(await lab.arithmetic({ ...momentConfigOf(state), t, unit, layer, gate }, pause));
  const { kind, index, product } = numbers.terms;
  const k = [...product.keys()].reduce((best, i) =>
    Math.abs(product[i] as number) > Math.abs(product[best] as number) ? i : best,
  );
  return `${termText(termName(numbers, kind[k] as (typeof kind)[number], index[k] as number))} = ${number(product[k] as number)}`;
}

async function rightAnswer(state: State): Promise<string> {
  const { at, sample, file, layer, question } = state;
  if (question === 'none') throw new Error('no question in this link');
  const { facts } = sure(await lab.predict({ ...configOf(state), at, sample, file, layer, question }, pause));
  const made = questionOf(facts);
  if (typeof made === 'string') throw new Error(made);
  return made.choices.find(({ name }) => name === made.answer)?.words ?? '';
}

async function outside(state: State): Promise<string> {
  const { low, high } = engine.chanceBand(1000);
  return String((await finals(state, 100)).filter((final) => final < low || final > high).length);
}

type Measure = (state: State, ...parts: string[]) => Promise<string>;

const MEASURES: readonly (readonly [RegExp, Measure])[] = [
  [/^right on training sequences$/, async (state) => percent((await moment(state)).training.accuracy ?? Number.NaN)],
  [/^right on new sequences$/, async (state) => percent((await moment(state)).judging?.accuracy ?? Number.NaN)],
  [/^loss on training sequences$/, async (state) => formatNumber((await moment(state)).training.loss, 4)],
  [/^loss on new sequences$/, async (state) => formatNumber((await moment(state)).judging?.loss ?? Number.NaN, 4)],
  [
    /^validation accuracy after epoch (\d+)$/,
    async (state, epoch) => number((await run(state)).history.val_accuracy?.[Number(epoch) - 1] ?? Number.NaN),
  ],
  [
    /^first epoch with ([\d.]+) % of new sequences right$/,
    (state, least) => firstEpoch(state, 'judging', bound(least as string)),
  ],
  [
    /^first epoch with ([\d.]+) % of training sequences right$/,
    (state, least) => firstEpoch(state, 'training', bound(least as string)),
  ],
  [
    /^p\(y = 1\) after time step (\d+)$/,
    async (state, t) => number((await moment(state)).trace.prediction[Number(t) - 1] as number),
  ],
  [/^target$/, async (state) => String((await moment(state)).trace.y.at(-1))],
  [/^parameters$/, async (state) => String((await moment(state)).parameters.length)],
  [
    /^norm of ∂L\/∂h at t = (\d+)$/,
    async (state, t) => scientific((await backward(state)).norms.dH[Number(t) - 1] as number),
  ],
  [/^one step back multiplies it by$/, async (state) => scientific((await backward(state)).rateH)],
  [
    /^norm of the term of t = (\d+)$/,
    async (state, t) => scientific((await backward(state)).norms.term[Number(t) - 1] as number),
  ],
  [/^norm of ∂L\/∂W$/, async (state) => scientific((await backward(state)).norms.sum[0] as number)],
  [
    /^all training sequences: p\(y = 1\) between$/,
    async (state) =>
      everyAnswer(state).then(
        (all) => `${number(Math.min(...all.map(({ p }) => p)))} and ${number(Math.max(...all.map(({ p }) => p)))}`,
      ),
  ],
  [
    /^all training sequences: right$/,
    async (state) =>
      everyAnswer(state).then((all) => `${all.filter(({ p, y }) => p > 0.5 === (y === 1)).length} of ${all.length}`),
  ],
  [/^largest term$/, largestTerm],
  [/^right choice$/, rightAnswer],
  [/^100 run seeds: median on new data$/, async (state) => number(await quantile(state, 0.5))],
  [
    /^100 run seeds: nine in ten between$/,
    async (state) => `${number(await quantile(state, 0.05))} and ${number(await quantile(state, 0.95))}`,
  ],
  [/^100 run seeds: best on new data$/, async (state) => number(Math.max(...(await finals(state, 100))))],
  [
    /^100 run seeds: the best one$/,
    async (state) => finals(state, 100).then((all) => String(all.indexOf(Math.max(...all)))),
  ],
  [/^100 run seeds: outside the band of coin tosses$/, outside],
  [
    /^10 run seeds: mean absolute error on new data$/,
    async (state) => finals(state, 10).then((all) => `${number(Math.min(...all))} to ${number(Math.max(...all))}`),
  ],
];

/** "B: …" measures the network to compare with. */
export async function measure(address: string, what: string): Promise<string> {
  const beside = what.startsWith('B: ');
  const here = stateOf(address);
  const state = beside ? otherOf(here) : here;
  if (!state) throw new Error(`${address} compares nothing`);
  for (const [words, made] of MEASURES) {
    const parts = words.exec(beside ? what.slice(3) : what);
    if (parts) return made(state, ...parts.slice(1));
  }
  throw new Error(`no measure is called “${what}”`);
}
