/** The data that come with the pages: a table over time and a text. Loaded when a network is first trained on them. */

import chicago from '../../docs/data/chicago.csv?days';
import littleHouse from '../../docs/data/little-house.txt?raw';
import type { DescribedTask, Quantity } from '../shared/shared-sentences.ts';
import { translate } from '../shared/translate.ts';
import { AGREEMENT_TASK, SERIES_TASK } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import { FRESH } from './protocol.ts';
import type { Dataset, ReadText, Table, Task, Unrolled, Vocabulary, Windows } from '../../wasm/js/types.ts';

/** What the data follow from. */
export type ShippedRequest = Pick<Config, 'task' | 'samples' | 'steps' | 'data' | 'columns' | 'period'>;

/** The windows of a table over time, and its times as texts and in steps. */
export interface Series {
  windows: Windows;
  times: readonly string[];
  positions: ArrayLike<number>;
  /** Of a table of the reader: its windows if only the first `count` are trained on. undefined: these are too few. */
  trainedOn?: (count: number) => Promise<Windows | undefined>;
}

export interface Shipped {
  task: DescribedTask;
  training: Dataset;
  /** The windows of the new time. A text has none. */
  fresh?: Dataset;
  series?: Series;
  /** The words that the network knows. */
  vocabulary?: Vocabulary;
  /** Sentences whose verb is hard, and the forms of the verb. */
  traps?: Dataset & { among: readonly number[] };
}

/** The columns of the table. The first one is the target. */
const QUANTITIES = [
  { column: 'temp', name: translate('temperature'), unit: '°C', digits: 1 },
  { column: 'humidity', name: translate('humidity'), unit: '%', digits: 0 },
  { column: 'wind', name: translate('wind'), unit: 'm/s', digits: 1 },
];

/** For the seasonal baseline: the rows of a year, and how far a date may lie from another one. */
const SEASON = { period: 365.25, halfWidth: 10 };

/** On how many sentences the verb is measured. */
const TRAPS = 300;

export class ShippedData {
  readonly #engine: Unrolled;
  #table: Promise<Table> | undefined;
  #text: Promise<ReadText> | undefined;

  constructor(engine: Unrolled) {
    this.#engine = engine;
  }

  /** @throws RangeError if there are not enough rows before the period, or none in it. */
  make(request: ShippedRequest): Promise<Shipped> {
    if (request.task === SERIES_TASK) return this.#windows(request);
    return request.task === AGREEMENT_TASK ? this.#agreement(request) : this.#windowsOfText(request);
  }

  async #windows({ samples, steps, columns, period }: ShippedRequest): Promise<Shipped> {
    this.#table ??= this.#engine.readTable(chicago);
    const table = await this.#table;
    const { times } = table;
    const inside = (time: string): boolean => time.startsWith(period);
    const [from, end] = [times.findIndex(inside), times.findLastIndex(inside) + 1];
    /* a window is followed by the row of its target */
    const first = from - samples - steps;
    if (end - from <= steps || first < 0)
      throw new RangeError(
        translate(
          `The table is too short for ${samples} sequences of ${steps} days before ${period} and new ones in that time. It has the days ${times[0]} to ${times.at(-1)}. Choose another period, fewer sequences or fewer time steps.`,
        ),
      );
    const asked = columns === '' ? QUANTITIES.map((_, i) => i + 1) : columns.split('.').map(Number);
    if (asked.some((one) => one > QUANTITIES.length) || new Set(asked).size < asked.length)
      throw new RangeError(
        translate(
          `columns=${columns} cannot be read. The table has the columns 1 to ${QUANTITIES.length}, and each is named once.`,
        ),
      );
    const chosen = asked.map((one) => QUANTITIES[one - 1] as (typeof QUANTITIES)[number]);
    const windows = await this.#engine.windows(table, {
      target: 'temp',
      inputs: chosen.map(({ column }) => column),
      timesteps: steps,
      training: [first, from],
      test: [from, end],
      season: SEASON,
    });
    const quantity = ({ column, ...words }: (typeof QUANTITIES)[number]): Quantity => ({
      ...words,
      ...(windows.scales[column] as { mean: number; deviation: number }),
    });
    const { training, test } = windows;
    const { features = 1, loss = 'mean_squared_error' } = windows.config;
    return {
      task: {
        ...{ name: SERIES_TASK, text: translate('What will the temperature be tomorrow?') },
        solution: translate('Start with today’s temperature, and correct it by what the earlier days tell.'),
        scope: translate('Nobody knows what would have come after the changed numbers.'),
        ...{ chance: this.#engine.targets(training.y, loss).guess, leastTimesteps: 1 },
        ...{ features, loss, quantities: chosen.map(quantity) },
        target: quantity(QUANTITIES[0] as (typeof QUANTITIES)[number]),
      },
      training,
      fresh: test as Dataset,
      series: { windows, times, positions: table.positions },
    };
  }

  async #windowsOfText({ steps }: ShippedRequest): Promise<Shipped> {
    this.#text ??= this.#engine.readText(littleHouse);
    const text = await this.#text;
    const { x, y, config } = await this.#engine.textSequences(text, { timesteps: steps });
    const { features = 1, classes = 0, loss = 'sparse_categorical_crossentropy' } = config;
    const task: DescribedTask = {
      ...{ name: 'text', text: translate('Which word comes next?') },
      solution: translate('Remember the earlier words, because some words depend on the one four places earlier.'),
      scope: translate('Nobody knows which word would come after the changed ones.'),
      ...{ chance: 1 / classes, leastTimesteps: 1, features, loss, classes, returnSequences: true },
      tokens: text.vocabulary.tokens,
    };
    return { task, training: { x: x as Float32Array, y: y as Float32Array }, vocabulary: text.vocabulary };
  }

  async #agreement({ samples, steps: timesteps, data: dataSeed }: ShippedRequest): Promise<Shipped> {
    const { tokens = [], ...task } = this.#engine.tasks.find(({ name }) => name === AGREEMENT_TASK) as Task;
    return {
      task: {
        ...{ ...task, tokens, text: translate('Which word comes next?') },
        solution: translate('Remember the first noun: the verb agrees with it.'),
        scope: translate('Nobody knows which word would come after the changed ones.'),
      },
      training: this.#engine.task(AGREEMENT_TASK, { samples, timesteps, dataSeed }),
      fresh: this.#engine.task(AGREEMENT_TASK, {
        ...{ samples: FRESH, timesteps, dataSeed },
        firstSample: this.#engine.newSample,
      }),
      vocabulary: { unit: 'words', keepCase: false, tokens },
      traps: {
        ...this.#engine.task('agreement_traps', { samples: TRAPS, timesteps, dataSeed }),
        among: [tokens.indexOf('is'), tokens.indexOf('are')],
      },
    };
  }
}
