// A chapter as it is written, with the states that its markup sets, and the numbers that the page would show there: they
// come from the sessions that the page uses.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withFields } from '../../web/state/address.ts';
import { chapterPage } from '../../web/state/chapter-page.ts';
import { configOf, END } from '../../web/state/config.ts';
import { momentConfigOf, type State } from '../../web/state/state.ts';
import type { Reading, TimedReading } from '../../web/figures/timing/readings.ts';
import type { AnswerOf, Forecasts, Lane, Moment, RequestOf, Run } from '../../web/worker/protocol.ts';
import { Requests } from '../../web/worker/requests.ts';
import { read, root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
export const engine = await load();
const sessions = new Requests(engine);
const go = async (): Promise<boolean> => true;

function sure<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('given up');
  return answer;
}

/** Asks as a page does. */
async function ask<L extends Lane>(lane: L, request: RequestOf<L>): Promise<AnswerOf<L>> {
  return sure((await sessions.answer(lane, request, go)) as AnswerOf<L> | undefined);
}

const plain = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

export interface Chapter {
  /** The path of the chapter's file. */
  file: string;
  markup: string;
  /** Its text, without markup. */
  text: string;
  /** The text of a step, from 1, without markup. */
  textOf(step: number): string;
  /** The state with which a step begins; `set`: after what the reader clicked or was shown there, as `data-set` says it. */
  at(step: number, set?: string): State;
}

export function chapter(name: string): Chapter {
  const file = `web/lesson/${name}.html`;
  const markup = read(file);
  const settings = /data-chapter="([^"]*)"/.exec(markup)?.[1] ?? '';
  const steps = [...markup.matchAll(/<section[^>]*\sdata-step="([^"]*)"[^>]*>(.*?)<\/section>/gs)];
  const page = chapterPage(
    settings.replaceAll('&amp;', '&'),
    steps.map(([, set = '']) => set.replaceAll('&amp;', '&')),
  );
  return {
    file,
    markup,
    text: plain(markup),
    textOf: (step) => plain(steps[step - 1]?.[2] ?? ''),
    at(step, set) {
      const first = page.initialAt(step);
      if (set === undefined) return first;
      assert.ok(
        markup.includes(`"${set.replaceAll('&', '&amp;')}"`),
        `${file}: nothing sets ${set} any more, which a number of its text is measured at`,
      );
      return page.follow(
        withFields(set, first),
        first,
        [...new URLSearchParams(set).keys()].map((key) => nameOf(page, key)),
      );
    },
  };
}

function nameOf({ table }: ReturnType<typeof chapterPage>, key: string): keyof State {
  const name = Object.entries(table).find(([, field]) => field.key === key)?.[0];
  if (!name) throw new Error(`no field of the state has the key “${key}”`);
  return name as keyof State;
}

/** Fails with the sentence to change, unless the chapter still says this. */
export function says({ file, text }: Chapter, sentence: string, why = ''): void {
  assert.ok(text.includes(sentence), `${file}: change the sentence that should read “${sentence}”${why && `: ${why}`}`);
}

export const run = async (state: State): Promise<Run> =>
  (await ask('run', { ...configOf(state), within: Number.POSITIVE_INFINITY })) as Run;

export async function moment(state: State): Promise<Moment> {
  await run(state);
  return await ask('moment', momentConfigOf(state));
}

export async function arithmetic(state: State): Promise<AnswerOf<'arithmetic'>['numbers']> {
  const { t, unit, layer, gate } = state;
  await run(state);
  return (await ask('arithmetic', { ...momentConfigOf(state), t, unit, layer, gate })).numbers;
}

export async function backward(state: State): Promise<AnswerOf<'backward'>> {
  const { layer, mean, weight } = state;
  await run(state);
  return await ask('backward', { ...momentConfigOf(state), layer, mean, weight });
}

/** The accuracy on new sequences at the end of the run, from each of these run seeds. */
export async function finals(state: State, seeds: readonly number[]): Promise<number[]> {
  const { runs } = await ask('seeds', { ...configOf(state), seeds });
  return runs.map(({ final }) => sure(final));
}

export interface Measured {
  seed: number;
  /** The accuracy on the training data after the last epoch; of new sequences at the end of the run. */
  training: number;
  fresh: number;
}

/** The same run from each of these run seeds. None may diverge. */
export async function measured(state: State, seeds: readonly number[]): Promise<Measured[]> {
  const { runs } = await ask('seeds', { ...configOf(state), seeds });
  return runs.map(({ seed, values, final }) => ({ seed, training: sure(values.at(-1)), fresh: sure(final) }));
}

/** The run seeds that a text speaks of: all of them in `make test-all`, the first few in `make test`. */
export const SEEDS = (all: number, few: number): number[] =>
  Array.from({ length: process.env.EVERY === '1' ? all : few }, (_, seed) => seed);

/** What `<rnn-forecast>` shows at the end of the run. */
export function forecasts(state: State): Promise<Forecasts> {
  const { file, cut, reset, shuffled } = state;
  return ask('forecast', { ...configOf(state), at: END, file, cut, reset, shuffled });
}

/** What `<rnn-timing>` shows; undefined if `wanted` says that nobody waits any more. */
export async function timing(
  state: State,
  readings: readonly Reading[],
  measured: boolean,
  wanted = go,
): Promise<TimedReading[] | undefined> {
  const request = { ...configOf(state), readings, measured, round: 0 };
  return ((await sessions.answer('timing', request, wanted)) as AnswerOf<'timing'> | undefined)?.readings;
}
