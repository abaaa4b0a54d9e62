/** Time series: windows to train on, their scales, baselines and scores. The core computes them, in the module for data. */

import {
  checkBoolean,
  checkChoice,
  checkFloats,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPredictions,
  checkThat,
  checkWhole,
  wrong,
  wrongKind,
} from './checks.ts';
import type { Core, Module, TemporaryBlocks } from './core.ts';
import type {
  Baseline,
  Forecast,
  ForecastScore,
  Scale,
  SeriesPart,
  TimeSeries,
  WindowOptions,
  Windows,
} from './series-types.ts';
import type { Dataset, Loss } from './types.ts';

const SERIES = ['columns', 'values', 'positions', 'times', 'report'];
const WINDOWS = [
  'target',
  'inputs',
  'timesteps',
  'lead',
  'stride',
  'forecast',
  'threshold',
  'returnSequences',
  'standardize',
  'scales',
  'training',
  'test',
  'season',
];
/** Larger numbers of rows are not whole numbers of the core's. */
const MOST = 2 ** 32 - 1;

/** A series and windows as the core takes them, copied from the arguments. */
interface Cut {
  columns: string[];
  values: Float64Array;
  positions: Float64Array | undefined;
  inputs: Uint32Array;
  numbers: Record<string, number>;
  training: SeriesPart;
  test: SeriesPart | undefined;
  season: { period: number; halfWidth: number } | undefined;
}

function checkColumns(operation: string, columns: unknown): string[] {
  const expected = 'an array of different names';
  if (!Array.isArray(columns) || columns.length === 0) throw wrongKind(operation, 'columns', columns, expected);
  for (const name of columns) if (typeof name !== 'string') throw wrongKind(operation, 'a column', name, 'a name');
  if (new Set(columns).size < columns.length) throw wrong(operation, 'columns repeat a name', expected);
  return [...columns];
}

function checkPart(operation: string, name: string, part: unknown, rows: number): SeriesPart {
  if (!Array.isArray(part) || part.length !== 2)
    throw wrongKind(operation, name, part, 'the first row and the row after the last, [first, end]');
  const first = checkWhole(operation, `${name}[0]`, part[0], 0, rows);
  return [first, checkWhole(operation, `${name}[1]`, part[1], first, rows)];
}

function checkSeason(operation: string, season: unknown): { period: number; halfWidth: number } {
  const { period, halfWidth } = checkOptions(operation, season as { period: number; halfWidth: number }, [
    'period',
    'halfWidth',
  ]);
  const finite = (least: (value: number) => boolean) => (value: number) => Number.isFinite(value) && least(value);
  checkThat(
    operation,
    'season.period',
    period,
    'a number of rows above 0',
    finite((value) => value > 0),
  );
  checkThat(
    operation,
    'season.halfWidth',
    halfWidth,
    'a number of rows from 0',
    finite((value) => value >= 0),
  );
  return { period, halfWidth };
}

function check(
  core: Core,
  operation: string,
  series: TimeSeries,
  options: WindowOptions,
): Omit<Cut, 'numbers'> & {
  numbers: (forecasts: readonly string[]) => Record<string, number>;
} {
  const given = checkOptions(operation, series, SERIES);
  const columns = checkColumns(operation, given.columns);
  const values = checkFloats(operation, 'values', given.values, Float64Array);
  const rows = values.length / columns.length;
  if (!Number.isInteger(rows))
    throw wrong(operation, `values has ${values.length} numbers`, `a multiple of ${columns.length}, the columns`);
  const positions =
    given.positions === undefined ? undefined : checkFloats(operation, 'positions', given.positions, Float64Array);
  if (positions && positions.length !== rows)
    throw wrong(operation, `positions has ${positions.length} numbers`, `${rows}, one for each row`);
  const {
    target,
    inputs = columns,
    timesteps,
    lead = 1,
    stride = 1,
    forecast = 'value',
    threshold,
    returnSequences = false,
    training = [0, rows],
    test,
    season,
  } = checkOptions(operation, options, WINDOWS);
  checkNumbers(core, operation, { timesteps });
  checkWhole(operation, 'lead', lead, 0, MOST);
  checkWhole(operation, 'stride', stride, 1, MOST);
  checkBoolean(operation, 'returnSequences', returnSequences);
  const targetIndex = checkChoice(operation, 'target', target, columns);
  if (!Array.isArray(inputs)) throw wrongKind(operation, 'inputs', inputs, 'an array of names of columns');
  checkNumber(core, operation, 'the number of inputs', inputs.length, 'features');
  const chosen = Uint32Array.from(inputs, (name, i) => checkChoice(operation, `inputs[${i}]`, name, columns));
  const trainingPart = checkPart(operation, 'training', training, rows);
  const testPart = test === undefined ? undefined : checkPart(operation, 'test', test, rows);
  if (testPart && testPart[0] < trainingPart[1] && trainingPart[0] < testPart[1])
    throw wrong(operation, 'training and test share rows', 'parts that do not overlap');
  return {
    columns,
    values,
    positions,
    inputs: chosen,
    training: trainingPart,
    test: testPart,
    season: season === undefined ? undefined : checkSeason(operation, season),
    numbers: (forecasts) => {
      const index = checkChoice(operation, 'forecast', forecast, forecasts);
      const above = forecasts[index] === 'above';
      if (above !== (threshold !== undefined))
        throw wrong(
          operation,
          `threshold is ${threshold}`,
          above ? 'a number, with forecast "above"' : 'none without forecast "above"',
        );
      if (above) checkThat(operation, 'threshold', threshold, 'a finite number', Number.isFinite);
      return {
        features: chosen.length,
        target: targetIndex,
        timesteps,
        lead,
        stride,
        forecast: index,
        returnSequences: Number(returnSequences),
        threshold: threshold ?? 0,
      };
    },
  };
}

/** What a call of `windows` keeps, to cut windows and score forecasts again when asked. */
class Cutter {
  readonly #data: Module;
  readonly #cut: Cut;
  readonly #rows: number;
  readonly #baselines: readonly string[];
  readonly scales: Float64Array;
  #scored: Baseline[] | undefined;

  /** scales: given ones, or whether to measure them. */
  constructor(data: Module, cut: Cut, scales: Float64Array | boolean) {
    this.#data = data;
    this.#cut = cut;
    this.#rows = cut.values.length / cut.columns.length;
    this.#baselines = data.texts('baseline_name');
    const unscaled = () => Float64Array.from(cut.columns.flatMap(() => [0, 1]));
    this.scales = typeof scales === 'object' ? scales : scales ? this.#measure() : unscaled();
  }

  /** The records of the series and of the windows, in temporary memory. */
  #put(temporary: TemporaryBlocks): [series: number, windows: number] {
    const { values, positions, columns, inputs, numbers } = this.#cut;
    const series = {
      values: temporary.put(values),
      positions: positions ? temporary.put(positions) : 0,
      rows: this.#rows,
      columns: columns.length,
    };
    const cut = { ...numbers, inputs: temporary.put(new Uint8Array(inputs.buffer)) };
    return [temporary.put(this.#data.numbers('series', series)), temporary.put(this.#data.numbers('windows', cut))];
  }

  #measure(): Float64Array {
    return this.#data.withTemporary('windows', (temporary) => {
      const count = 2 * this.#cut.columns.length;
      const scales = temporary.space(8 * count);
      this.#data.call('windows', 'series_scales', this.#put(temporary)[0], ...this.#cut.training, scales);
      return this.#data.doubles(scales, count);
    });
  }

  #count(operation: string, part: SeriesPart): number {
    return this.#data.withTemporary(operation, (temporary) => {
      this.#data.call(operation, 'windows_count', ...this.#put(temporary), ...part);
      return this.#data.read<{ samples: number }>('count').samples;
    });
  }

  make(name: string, part: SeriesPart): Dataset & { rows: Uint32Array } {
    const { numbers } = this.#cut;
    const [timesteps, lead] = [numbers.timesteps as number, numbers.lead as number];
    const samples = this.#count('windows', part);
    if (samples === 0)
      throw wrong(
        'windows',
        `${name} has no window`,
        `at least ${timesteps + lead} rows without a gap, of timesteps ${timesteps} and lead ${lead}`,
      );
    return this.#data.withTemporary('windows', (temporary) => {
      const targets = lead === 0 ? 0 : samples * (numbers.returnSequences ? timesteps : 1);
      const inputs = samples * timesteps * (numbers.features as number);
      const [x, rows] = [temporary.space(4 * inputs), temporary.space(4 * samples)];
      const y = targets > 0 ? temporary.space(4 * targets) : 0;
      const scales = temporary.put(this.scales);
      this.#data.call('windows', 'windows_make', ...this.#put(temporary), scales, ...part, x, y, rows);
      return {
        x: this.#data.floats(x, inputs),
        y: this.#data.floats(y, targets),
        rows: new Uint32Array(this.#data.bytes(rows, 4 * samples).buffer),
      };
    });
  }

  /** Predictions in the unit of the target; probabilities stay as they are. */
  undo(operation: string, predictions: Float32Array): Float64Array {
    if (this.#cut.numbers.forecast !== 0) return Float64Array.from(predictions);
    const target = 2 * (this.#cut.numbers.target as number);
    return this.#data.withTemporary(operation, (temporary) => {
      const values = temporary.space(8 * predictions.length);
      const scale = temporary.put(this.scales.slice(target, target + 2));
      this.#data.call(operation, 'scale_undo', scale, temporary.put(predictions), predictions.length, values);
      return this.#data.doubles(values, predictions.length);
    });
  }

  score(operation: string, part: SeriesPart, forecasts: Float64Array): ForecastScore {
    return this.#data.withTemporary(operation, (temporary) => {
      this.#data.call(operation, 'windows_score', ...this.#put(temporary), ...part, temporary.put(forecasts));
      const found = this.#data.read<Required<ForecastScore>>('score');
      return Object.fromEntries(Object.entries(found).filter(([, value]) => !Number.isNaN(value)));
    });
  }

  /** @throws RangeError if the windows have no targets. */
  needTargets(operation: string): void {
    if (this.#cut.numbers.lead === 0) throw wrong(operation, 'the windows have no targets', 'a lead of at least 1');
  }

  baselines(): Baseline[] {
    const { test, season, numbers } = this.#cut;
    this.needTargets('baselines');
    if (!test) throw wrong('baselines', 'there is no test part', 'the option test of windows');
    this.#scored ??= this.#baselines.flatMap((name, index) => {
      if ((name === 'season' && !season) || (name === 'label' && numbers.forecast === 0)) return [];
      const forecasts = this.#forecasts(index, test);
      return [{ name, forecasts, ...this.score('baselines', test, forecasts) }];
    });
    return this.#scored.map((each) => ({ ...each, forecasts: each.forecasts.slice() }));
  }

  #forecasts(index: number, test: SeriesPart): Float64Array {
    const { training, season, numbers } = this.#cut;
    const targets = this.#count('baselines', test) * (numbers.returnSequences ? (numbers.timesteps as number) : 1);
    return this.#data.withTemporary('baselines', (temporary) => {
      const place = this.#put(temporary);
      this.#data.call('baselines', 'baseline_size', ...place);
      const [bytes] = this.#data.pair();
      const block = temporary.space(bytes);
      const forecasts = temporary.space(8 * targets);
      const { period = 1, halfWidth = 0 } = season ?? {};
      const how = [...training, ...test, index, period, halfWidth, block, bytes, forecasts];
      this.#data.call('baselines', 'baseline_forecasts', ...place, ...how);
      return this.#data.doubles(forecasts, targets);
    });
  }

  /** For each input: is it so large that it saturates the units of the first layer? */
  saturating(x: Float32Array, units: number): boolean[] {
    const { timesteps, features } = this.#cut.numbers as { timesteps: number; features: number };
    return this.#data.withTemporary('saturating', (temporary) => {
      const drive = temporary.space(8 * features);
      const samples = x.length / (timesteps * features);
      this.#data.call('saturating', 'input_drive', temporary.put(x), samples, timesteps, features, units, drive);
      const { saturating } = this.#data.read<{ saturating: number }>('drive');
      return Array.from(this.#data.doubles(drive, features), (each) => each > saturating);
    });
  }
}

/** Is the first of two scores the worse one? */
function isWorse(one: ForecastScore, other: ForecastScore): boolean {
  if (one.accuracy !== undefined) return one.accuracy < (other.accuracy ?? 0);
  return (one.rootMeanSquaredError ?? 0) > (other.rootMeanSquaredError ?? 0);
}

/** Scales that the caller gives, in the order of the columns; a column without one stays as it is. */
function checkScales(columns: readonly string[], needed: readonly string[], scales: unknown): Float64Array {
  const operation = 'windows';
  const given = checkOptions(operation, scales as Record<string, Scale>, columns);
  const pairs = columns.flatMap((name) => {
    const scale = Object.hasOwn(given, name) ? given[name] : undefined;
    if (scale === undefined && !needed.includes(name)) return [0, 1];
    const { mean, deviation } = checkOptions(operation, scale as Scale, ['mean', 'deviation']);
    checkThat(operation, `scales["${name}"].mean`, mean, 'a finite number', Number.isFinite);
    const fits = (number: number) => number >= 0 && number < Infinity;
    checkThat(operation, `scales["${name}"].deviation`, deviation, 'a finite number from 0', fits);
    return [mean, deviation];
  });
  return Float64Array.from(pairs);
}

function scaleOf(scales: Float64Array, column: number): Scale {
  return { mean: scales[2 * column] as number, deviation: scales[2 * column + 1] as number };
}

export async function windows(core: Core, series: TimeSeries, options: WindowOptions): Promise<Windows> {
  const operation = 'windows';
  const checked = check(core, operation, series, options);
  const { standardize, scales } = options;
  checkBoolean(operation, 'standardize', standardize ?? true);
  if (scales !== undefined && standardize !== undefined)
    throw wrong(operation, 'scales and standardize are both given', 'one of them');
  const needed = [options.target, ...Array.from(checked.inputs, (i) => checked.columns[i] as string)];
  const known = scales === undefined ? (standardize ?? true) : checkScales(checked.columns, needed, scales);
  const data = await core.data(operation);
  const cut: Cut = { ...checked, numbers: checked.numbers(data.texts('forecast_name')) };
  const cutter = new Cutter(data, cut, known);
  const { columns, inputs, numbers, training, test } = cut;
  const parts = { training, test };
  const made = { training: cutter.make('training', training), ...(test && { test: cutter.make('test', test) }) };
  const value = numbers.forecast === 0;
  const scaled = (name: string): [string, Scale] => [name, scaleOf(cutter.scales, columns.indexOf(name))];
  const targets = { training: made.training.y.length, test: made.test?.y.length };
  return Object.freeze({
    ...made,
    config: {
      timesteps: numbers.timesteps as number,
      features: inputs.length,
      loss: (value ? 'mean_squared_error' : 'binary_crossentropy') as Loss,
      ...(numbers.returnSequences === 1 && { returnSequences: true }),
    },
    scales: Object.fromEntries(columns.map(scaled)),
    note: {
      target: options.target,
      inputs: needed.slice(1),
      timesteps: numbers.timesteps as number,
      lead: numbers.lead as number,
      forecast: data.texts('forecast_name')[numbers.forecast as number] as Forecast,
      ...(options.threshold !== undefined && { threshold: options.threshold }),
      scales: Object.fromEntries(needed.map(scaled)),
    },
    constant: [...new Set(inputs)].filter((i) => cutter.scales[2 * i + 1] === 0).map((i) => columns[i] as string),
    undo: (predictions: ArrayLike<number>) => cutter.undo('undo', checkPredictions('undo', 'predictions', predictions)),
    score: (predictions: ArrayLike<number>, part: 'training' | 'test' = 'test') => {
      checkChoice('score', 'part', part, ['training', 'test']);
      cutter.needTargets('score');
      const rows = parts[part];
      if (!rows) throw wrong('score', 'there is no test part', 'the option test of windows');
      const forecasts = cutter.undo('score', checkPredictions('score', 'predictions', predictions));
      if (forecasts.length !== targets[part])
        throw wrong('score', `predictions has ${forecasts.length} numbers`, `${targets[part]}, one for each target`);
      const score = cutter.score('score', rows, forecasts);
      if (part === 'training') return score;
      const better = cutter.baselines().filter((baseline) => isWorse(score, baseline));
      return { ...score, worseThan: better.map(({ name }) => name) };
    },
    baselines: () => cutter.baselines(),
    saturating: (units: number) => {
      checkNumber(core, 'saturating', 'units', units, 'units');
      const flat = cutter.saturating(made.training.x, units);
      return columns.filter((_, column) => inputs.some((input, f) => input === column && flat[f]));
    },
  });
}
