/** The types of tables and time series. Letters and errors are as in types.ts. */

import type { Dataset, Numbers, SequentialConfig } from './config-types.ts';

/** What is asked about the target's future value: the value itself, whether it is higher than now, or above a threshold. */
export type Forecast = 'value' | 'higher' | 'above';

/** A part of a series: its first row, and the row after its last. */
export type SeriesPart = readonly [first: number, end: number];

/** A time series: one row for each time, one column for each quantity, each in its own unit. */
export interface TimeSeries {
  /** The names of the columns. */
  columns: readonly string[];
  /** (rows, columns), flat. */
  values: ArrayLike<number>;
  /**
   * The time of each row in steps: whole numbers that grow. Where two differ by more than 1, the series has a gap, and no
   * window reaches across it. Default: 0, 1, 2, …
   */
  positions?: ArrayLike<number>;
}

export interface ReadTableOptions {
  /** The names of the columns to read. Default: all that have numbers. */
  columns?: readonly string[];
  /**
   * What to do where values or times are missing, or a time is repeated or irregular. 'refuse', the default, rejects and names the
   * first such place. 'drop' leaves such lines out; the positions then have gaps. 'fill' fills linearly between the neighbors in
   * time.
   */
  missing?: 'refuse' | 'drop' | 'fill';
}

/** A column of a table over time. */
export interface TableColumn {
  name: string;
  kind: 'numbers' | 'times' | 'words' | 'empty';
  /** In how many lines it has no value. −999 and −9999 count as no value if no other number comes near them. */
  missing: number;
}

export interface TableDescription {
  /** The lines below the first one. */
  rows: number;
  columns: TableColumn[];
}

/** How often something occurred, and the line and column of the first occurrence, counted from 1. */
export interface Places {
  count: number;
  line?: number;
  column?: number;
}

export interface TableReport {
  /** Lines that were left out. */
  dropped: number;
  /** Values that were filled in. */
  filled: number;
  /** −999 or −9999 if this number stands for missing values, because no other number that was read comes near it. */
  missingCode?: number;
  missingValues: Places;
  missingTimes: Places;
  repeatedTimes: Places;
  irregularTimes: Places;
  /** Lines at the end that have no time, such as sums; they are not read, and not counted as dropped. */
  undatedLines: Places;
  /** The line below the names that has units in place of numbers, if there is one. */
  unitLine?: number;
}

/** A table of a time series, in the order of time. */
export interface Table extends TimeSeries {
  columns: string[];
  values: Float64Array;
  positions: Float64Array;
  /** The time of each row: 2010-03-12, or with hours 2010-03-12 14:00; without times the number of the row; of times of day
   * alone 14:00, or if they go on for several days 02 14:00 on the second. */
  times: string[];
  report: TableReport;
}

export interface WindowOptions {
  /** The name of the column to forecast. It may be one of the inputs. */
  target: string;
  /** The names of the columns that the network reads. Default: all. */
  inputs?: readonly string[];
  /** T, the rows of a window. The last of them is "now". */
  timesteps: number;
  /**
   * How many rows after now the target lies. Default 1. With 0 there are no targets, and y is empty: these are the
   * windows to forecast from, up to the last row.
   */
  lead?: number;
  /** Rows from one window to the next. Default 1. */
  stride?: number;
  /** Default 'value'. */
  forecast?: Forecast;
  /** For the forecast 'above', in the target's unit. */
  threshold?: number;
  /** A target after every time step, not only after the last. Default false. */
  returnSequences?: boolean;
  /** Standardize each column by its mean and deviation over the training part. Default true. */
  standardize?: boolean;
  /** Standardize by these scales instead: those of the windows that a network was trained on. */
  scales?: Readonly<Record<string, Scale>>;
  /** The rows to train on. Default: all. */
  training?: SeriesPart;
  /** The rows to test on. No window reaches from one part into the other. */
  test?: SeriesPart;
  /** For the seasonal baseline: the mean over training rows within halfWidth of the same time of the period, in rows. */
  season?: { period: number; halfWidth: number };
}

/** The numbers by which a column is standardized: (value - mean) / deviation. With a deviation of 0 the column becomes zeros. */
export interface Scale {
  mean: number;
  deviation: number;
}

/**
 * What one must know to use a network for a time series. These are options of `windows`: `windows(series, { ...note })` makes
 * windows of other rows that are scaled in the same way. A file of weights can keep it.
 */
export interface SeriesNote {
  target: string;
  inputs: readonly string[];
  timesteps: number;
  lead: number;
  forecast: Forecast;
  threshold?: number;
  /** Of the target and of each input. */
  scales: Readonly<Record<string, Scale>>;
}

/** The score of forecasts: the two errors in the target's unit, or for labels the accuracy. */
export interface ForecastScore {
  rootMeanSquaredError?: number;
  meanAbsoluteError?: number;
  accuracy?: number;
  /** For the score of a network on the test part: the baselines that do better. */
  worseThan?: string[];
}

/** A forecast that needs no network, with its score on the test part. */
export interface Baseline extends ForecastScore {
  /** 'mean', 'persistence' (the latest value), 'season', 'least_squares' over the same window, or 'label' (the more common one). */
  name: string;
  /** (n, R), in the target's unit, or the labels 0 and 1. */
  forecasts: Float64Array;
}

/** What `windows` makes of a series. */
export interface Windows {
  /** x (n, T, F) and y (n, R), standardized, and for each window the row that is now. */
  readonly training: Dataset & { rows: Uint32Array };
  readonly test?: Dataset & { rows: Uint32Array };
  /** The configuration of a model for these windows, except its size: sequential({ ...config, units: 8 }). */
  readonly config: Pick<SequentialConfig, 'timesteps' | 'features' | 'loss' | 'returnSequences'>;
  /** The scale of each column, over the training part. */
  readonly scales: Readonly<Record<string, Scale>>;
  /** What a file of weights should keep: saveWeights({ series: note }). */
  readonly note: SeriesNote;
  /** Inputs that have only one value in the training part, so that the network learns nothing from them. */
  readonly constant: readonly string[];
  /** Predictions in the target's unit. Probabilities stay as they are. */
  undo(predictions: Numbers): Float64Array;
  /** The score of a model's predictions for the windows x of a part. */
  score(predictions: Numbers, part?: 'training' | 'test'): ForecastScore;
  /** The baselines that apply, learned from the training part, on the test part. */
  baselines(): Baseline[];
  /**
   * The inputs that are so large that they saturate the units of the first layer, so that a network with this many units learns
   * next to nothing from them. Standardized inputs do not.
   */
  saturating(units: number): string[];
}
