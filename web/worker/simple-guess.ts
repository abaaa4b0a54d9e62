/** Says whether a network beats a simple guess on the sequences that it was not trained on. The core computes the scores. */

import { formatNumber, grouped } from '../shared/format.ts';
import type { DescribedTask } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { OWN_TASK, trained } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import type { Dataset, Loss, Metrics, Unrolled, Windows } from '../../wasm/js/types.ts';
import type { Series } from './shipped-data.ts';

/** A network that is right more often on fewer sequences than these may have been lucky. */
const FEW = 50;

/** What needs no network, and its score on the sequences that were not trained on. */
interface Guess {
  name: 'persistence' | 'mean' | 'constant' | 'latest word';
  score: number;
}

export interface Measured {
  config: Config;
  task: DescribedTask;
  /** The sequences that were trained on, and those that were not, with the network's metrics on these. */
  learned: Dataset;
  judges: Dataset;
  judging: Metrics;
  /** Of a table over time. */
  series: Series | undefined;
  predict: (x: Float32Array) => Float32Array;
}

/** Guesses are the same for all networks of a data set: by its inputs, and by the number of sequences trained on. */
const known = new WeakMap<object, Map<number, Promise<Guess>>>();

function guessOf(engine: Unrolled, data: object, measured: Measured): Promise<Guess> {
  const guesses = known.get(data) ?? new Map<number, Promise<Guess>>();
  known.set(data, guesses);
  const count = trained(measured.config);
  const guess = guesses.get(count) ?? made(engine, measured);
  guesses.set(count, guess);
  guess.catch(() => guesses.delete(count)); /* it may be made later, as when a module has not arrived */
  return guess;
}

async function made(engine: Unrolled, { config, task, learned, judges, series }: Measured): Promise<Guess> {
  if (series) {
    const [best] = series.windows
      .baselines()
      .flatMap(({ name, rootMeanSquaredError: score = Number.NaN }): Guess[] =>
        name === 'persistence' || name === 'mean' ? [{ name, score }] : [],
      )
      .sort((a, b) => a.score - b.score);
    return best as Guess;
  }
  const { features, classes, returnSequences } = task;
  if (task.tokens) {
    const text = (data: Dataset) => ({
      ...{ x: data.x as Float32Array, y: data.y as Float32Array },
      config: { timesteps: config.steps, features, classes: classes as number, returnSequences },
    });
    const { accuracy } = await engine.ngrams(text(learned), { context: 1, data: text(judges) });
    return { name: 'latest word', score: accuracy };
  }
  return { name: 'constant', score: engine.targets(judges.y, task.loss as Loss).guess };
}

const verdict = (beats: boolean): string =>
  beats ? translate('The network beats this simple guess.') : translate('The network does not beat this simple guess.');

/** The windows of a table, cut where the training of a network ends. undefined: it learned from rows that were held back. */
export async function windowsOf({ windows, trainedOn }: Series, config: Config): Promise<Windows | undefined> {
  if (config.task !== OWN_TASK) return windows;
  const [most, held] = [windows.training.y.length, windows.test?.y.length ?? 0];
  const count = trained(config);
  return config.samples === most + held && count <= most ? trainedOn?.(count) : undefined;
}

/** `data`: the inputs of all sequences. Returns an empty text if the network learned from rows that were held back. */
export async function compareWithGuess(engine: Unrolled, data: object, measured: Measured): Promise<string> {
  const { config, series, judging } = measured;
  if (series) {
    const windows = await windowsOf(series, config);
    if (!windows?.test) return '';
    const { x, y } = windows.test;
    const { rootMeanSquaredError: error = Number.NaN } = windows.score(measured.predict(x as Float32Array));
    const guess = await guessOf(engine, series.windows, { ...measured, series: { ...series, windows } });
    return ofRows(guess, error, y.length, measured);
  }
  const { name, score } = await guessOf(engine, data, measured);
  const { accuracy } = judging;
  if (accuracy === undefined) {
    const [loss, guess] = [judging.loss, score].map((one) => formatNumber(one, 4)) as [string, string];
    const beats = judging.loss < score && loss !== guess;
    return `${translate(`Always answering their mean gives a loss of ${guess}.`)} ${verdict(beats)}`;
  }
  const [right, guess] = [accuracy, score].map((one) => formatNumber(100 * one, 1)) as [string, string];
  const beats = accuracy > score && right !== guess;
  const count = config.samples - trained(config);
  return [
    name === 'latest word'
      ? translate(`Answering what most often follows the latest word is right on ${guess} % of these.`)
      : translate(`Always answering the most common label among these is right on ${guess} % of them.`),
    verdict(beats),
    ...(beats && count < FEW
      ? [
          plural(count, {
            one: translate('Only one sequence is held back, so this can be luck.'),
            other: translate(`Only ${grouped(count)} sequences are held back, so this can be luck.`),
          }),
        ]
      : []),
  ].join(' ');
}

/** For a table over time: the root mean squared errors of the network and of the guess, in the unit of the target. */
function ofRows({ name, score }: Guess, error: number, count: number, { config, task }: Measured): string {
  const { unit = '', digits = 1 } = task.target ?? {};
  const [own, other] = [error, score].map(
    (one) => `${formatNumber(one, Math.max(2, digits + 1))}${unit && `\u00a0${unit}`}`,
  ) as [string, string];
  const [all, latest] = [grouped(count), name === 'persistence'];
  const errors =
    config.task === OWN_TASK
      ? latest
        ? translate(
            `On the ${all} rows held back the network’s root mean squared error (RMSE) is ${own}, and the row before, as a guess, has ${other}.`,
          )
        : translate(
            `On the ${all} rows held back the network’s root mean squared error (RMSE) is ${own}, and the mean of all training rows, as a guess, has ${other}.`,
          )
      : latest
        ? translate(
            `On the ${all} new days the network’s root mean squared error (RMSE) is ${own}, and the day before, as a guess, has ${other}.`,
          )
        : translate(
            `On the ${all} new days the network’s root mean squared error (RMSE) is ${own}, and the mean of all training days, as a guess, has ${other}.`,
          );
  return `${errors} ${verdict(error < score && own !== other)}`;
}
