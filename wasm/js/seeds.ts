/** Trains the same network from many run seeds, one after another, to see how much of a result is luck. */

import { checkChoice, checkNumber, checkOptions, checkThat, grouped, wrongKind } from './checks.ts';
import type { Core } from './core.ts';
import { COMPILE, CONFIG, isPromise, Model, turn } from './sequential.ts';
import { TRAINING_OPTIONS } from './training.ts';
import type { History, Numbers, Seeds, SeedsOptions, Sequences, SequentialConfig } from './types.ts';
import { checkShare, quantile } from './baselines.ts';

const OPERATION = 'seeds';
/** The default of the command's --runs, too. */
const RUNS = 100;

/**
 * Checks the options. Those that also belong to a model, to compile or to a training are checked when these are first
 * used.
 */
function checkSeeds(core: Core, config: SequentialConfig, options: SeedsOptions): { runs: number; firstSeed: number } {
  const { runs = RUNS, firstSeed = config.seed ?? core.number('seed'), onRunEnd } = options;
  checkNumber(core, OPERATION, 'runs', runs, 'epochs'); /* like --runs of the command, it has the range of epochs */
  if (config.seed !== undefined) checkNumber(core, OPERATION, 'seed', config.seed, 'seed');
  checkNumber(core, OPERATION, 'firstSeed', firstSeed, 'seed');
  const given = options.firstSeed === undefined ? 'seed' : 'firstSeed';
  const last = core.ranges.seed.maximum - (runs - 1);
  checkThat(
    OPERATION,
    given,
    firstSeed,
    () => `at most ${grouped(last)}, so that ${runs} seeds follow one another`,
    (seed) => seed <= last,
  );
  if (onRunEnd !== undefined && typeof onRunEnd !== 'function')
    throw wrongKind(OPERATION, 'onRunEnd', onRunEnd, 'a function');
  return { runs, firstSeed };
}

/**
 * Results of the runs. Quantiles are taken over the runs that did not diverge, because only these have all
 * epochs, unless they stopped early: an epoch has the runs that reached it. The
 * caller gets copies of the histories, because quantile reads the originals later.
 */
function seedsOf(core: Core, histories: History[]): Seeds {
  const whole = histories.filter((history) => !history.diverged);
  const names = Object.keys(histories[0] ?? {}).filter((name) => name !== 'diverged');
  return {
    histories: structuredClone(histories),
    diverged: histories.length - whole.length,
    quantile: (name, q) => {
      checkChoice('quantile', 'name', name, names);
      checkShare('quantile', 'q', q);
      /* with early stopping some runs have more epochs than others */
      const columns = whole.map((history) => history[name] as number[]);
      return Array.from({ length: Math.max(0, ...columns.map((column) => column.length)) }, (_, epoch) =>
        quantile(
          core,
          columns.filter((column) => epoch < column.length).map((column) => column[epoch] as number),
          q,
        ),
      );
    },
  };
}

export async function seeds(
  core: Core,
  config: SequentialConfig,
  x: Sequences,
  y: Numbers,
  options: SeedsOptions = {},
): Promise<Seeds> {
  /* copies, so that later changes by the caller do not affect the runs */
  const own = checkOptions(OPERATION, options, ['runs', 'firstSeed', 'compile', 'onRunEnd', ...TRAINING_OPTIONS]);
  const shape = checkOptions('sequential', config, CONFIG);
  const { runs: _, firstSeed: __, compile = {}, onRunEnd, ...how } = own;
  const optimizer = checkOptions('compile', compile, COMPILE);
  const { runs, firstSeed } = checkSeeds(core, shape, own);
  const histories: History[] = [];
  let data: ReturnType<Model['checked']> | undefined;
  for (let run = 0; run < runs; run++) {
    const model = new Model(core, { ...shape, seed: firstSeed + run });
    try {
      model.compile(optimizer);
      data ??= model.checked(OPERATION, x, y, how);
      const training = model.begin(OPERATION, data);
      training.advance();
      histories.push(training.history);
    } finally {
      model.dispose();
    }
    if (!onRunEnd) continue;
    let answer = onRunEnd(run, structuredClone(histories[run] as History));
    if (isPromise(answer)) {
      answer = await answer;
      await turn();
    }
    if (answer === false) break;
  }
  return seedsOf(core, histories);
}
