/**
 * Reads a table over time or a text that a reader imported, and makes sequences of it. What was chosen is kept in the
 * first line of the text, so that a link and the browser tab hold it together with the data.
 */

import { RANGES } from '../shared/core-facts.ts';
import { formatNumber, grouped } from '../shared/format.ts';
import type { Quantity } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { LEAST_CUSTOM, MOST_CUSTOM } from '../state/custom-data.ts';
import { trained } from '../state/config.ts';
import type {
  CsvDataset,
  Dataset,
  Scale,
  SeriesPart,
  Table,
  TableReport,
  Unrolled,
  Vocabulary,
  WindowOptions,
  Windows,
} from '../../wasm/js/types.ts';
import { markedText } from './import-form.ts';
import type { ChosenColumns, ImportForm, ReadColumns } from './protocol.ts';
import type { Series } from './shipped-data.ts';

/** The part of the sequences at the end that is held back, to be measured on. */
export const HELD_BACK = 0.2;

/** How many words of a text the network is given to continue, until the reader types others. */
const GIVEN = 2;

export interface ImportedText {
  vocabulary: Vocabulary;
  /** The sequences that are trained on, and those that are held back. */
  training: Dataset;
  test: Dataset;
  /** The first words, for the network to go on from. */
  beginning: string;
}

export interface Formed {
  data: CsvDataset;
  split: number;
  /** What was read and how, and what forecasts without a network achieve, in sentences. */
  notes: string[];
  question: string;
  table?: ReadColumns;
  tokens?: readonly string[];
  series?: Series;
  text?: ImportedText;
  /** The choices and the text, to be read again. */
  source: string;
}

/** @throws RnnError or RangeError if no sequences can be made of the text. */
export async function readFormed(engine: Unrolled, form: ImportForm, text: string | Uint8Array): Promise<Formed> {
  const decoded = typeof text === 'string' ? text : decode(text);
  if (form.kind === 'text') return readWords(engine, form, decoded);
  /* the bytes themselves tell what a file is that is no table */
  if (text !== decoded) await engine.describeTable(text);
  return readSeries(engine, form, decoded);
}

/** The encodings that the core reads. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** The share of n sequences that is held back, so that `count` of them are trained on. */
function splitOf(n: number, count: number): number {
  if (trained({ samples: n, split: HELD_BACK }) === count) return HELD_BACK;
  return Number(((n - count - 0.5) / n).toFixed(4));
}

/** Chooses the columns of a table, and says which others there are. */
async function chooseColumns(
  engine: Unrolled,
  form: ImportForm,
  text: string,
): Promise<{ choice: ChosenColumns; notes: string[] }> {
  const { rows, columns: all } = await engine.describeTable(text);
  /* a column without a name is most often the number of the line, as a data frame writes it */
  const numbers = all.filter(({ name, kind }) => kind === 'numbers' && name !== '');
  const unnamed = all.some(({ name, kind }) => kind === 'numbers' && name === '');
  if (numbers.length === 0)
    throw new RangeError(
      translate(
        'The table has no column of numbers. Its first line must be the names of the columns, and every line below it must be one time. Delete titles above the names, and units behind the numbers.',
      ),
    );
  const found = numbers.filter(({ name }, i) => numbers.findIndex((other) => other.name === name) === i);
  const named = (name: string): boolean => found.some((one) => one.name === name);
  const full = found.filter(({ missing }) => 2 * missing <= rows);
  const asked = form.columns?.filter(named) ?? [];
  const usual = (full.length > 0 ? full : found).map(({ name }) => name);
  const [, most] = RANGES.features;
  const columns = (asked.length > 0 ? asked : usual).slice(0, most);
  const column = form.target !== undefined && named(form.target) ? form.target : (columns[0] as string);
  const without = all.flatMap(({ name, kind }) => (name && (kind === 'words' || kind === 'empty') ? [name] : []));
  const sparse = asked.length > 0 || full.length === 0 ? [] : found.filter((one) => !full.includes(one));
  const repeated = new Set(numbers.filter((one) => !found.includes(one)).map(({ name }) => name));
  return {
    choice: { found, columns, column },
    notes: [
      ...(without.length > 0
        ? [translate(`These columns are left out, because they have no numbers: ${without.join(', ')}.`)]
        : []),
      ...(unnamed ? [translate('Columns of numbers without a name are left out.')] : []),
      ...(sparse.length > 0
        ? [
            translate(
              `The network does not read ${sparse.map(({ name }) => name).join(', ')}, because more than half of the values are missing.`,
            ),
          ]
        : []),
      ...(repeated.size > 0
        ? [translate(`Several columns are called ${[...repeated].join(', ')}. The first of them is used.`)]
        : []),
      ...((asked.length > 0 ? asked : usual).length > most
        ? [translate(`The network reads the first ${most} columns of numbers, because it takes no more.`)]
        : []),
    ],
  };
}

async function readSeries(engine: Unrolled, form: ImportForm, text: string): Promise<Formed> {
  const { choice, notes } = await chooseColumns(engine, form, text);
  const formed = await readWindows(engine, form, text, choice).catch((error: unknown) => {
    throw Object.assign(error as Error, { choice });
  });
  return { ...formed, notes: formed.notes.toSpliced(1, 0, ...notes) };
}

async function readWindows(engine: Unrolled, form: ImportForm, text: string, choice: ChosenColumns): Promise<Formed> {
  const { columns, column: target } = choice;
  /* values that are missing in other columns drop no lines */
  const wanted = columns.includes(target) ? columns : [...columns, target];
  const table = await engine.readTable(text, { missing: 'drop', columns: wanted }).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'RNN_ERROR_EMPTY') throw error;
    throw new RangeError(
      translate(
        `Each row of the table misses a value in at least one of these columns: ${wanted.join(', ')}. Choose columns with fewer missing values, or fill them in.`,
      ),
    );
  });
  const timesteps = Math.min(form.timesteps, Math.floor(MOST_CUSTOM.numbers / columns.length));
  const times = table.times.map(withDay);
  /* each of the two parts begins with a window that has no target before it */
  const first = Math.max(0, times.length - MOST_CUSTOM.samples - 2 * timesteps);
  const most = times.length - first - 2 * timesteps;
  if (most < 2) throw tooFewRows(table, timesteps);
  const cut = first + timesteps + trained({ samples: most, split: HELD_BACK });
  const parts: Record<'training' | 'test', SeriesPart> = { training: [first, cut], test: [cut, times.length] };
  const options = { target, inputs: columns, timesteps, ...parts };
  let { positions } = table;
  const windows = await engine
    .windows(table, options)
    .catch((error: unknown) => {
      if (!(error instanceof RangeError) || table.report.dropped > 0) throw error;
      /* days without weekends: between two gaps there is no room for a window */
      positions = Float64Array.from(times, (_, row) => row);
      return engine.windows({ ...table, positions }, options);
    })
    .catch((error: unknown) => {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(
        translate(
          `The table has so many gaps that no ${timesteps} rows and the row after them follow each other without a gap. Choose fewer time steps, or columns with fewer missing values.`,
        ),
      );
    });
  const { training, scales } = windows;
  const test = windows.test as NonNullable<Windows['test']>;
  const [x, y] = [joined(training.x, test.x), joined(training.y, test.y)];
  const samples = y.length;
  const quantities = columns.map((name) => quantityOf(name, scales[name] as Scale));
  const chosen: ImportForm = {
    ...{ kind: 'series', target, timesteps },
    ...(form.columns !== undefined && { columns }),
  };
  return {
    ...{ data: { x, y, samples, timesteps, features: columns.length, notes: [] } },
    series: { windows, times, positions, trainedOn: cutEarlier(engine, { ...table, positions }, options, windows) },
    table: { ...choice, quantities, target: quantityOf(target, scales[target] as Scale) },
    split: splitOf(samples, training.y.length),
    notes: [
      ...tableNotes({ ...table, times }, text, columns, first, positions !== table.positions),
      ...constantNotes(windows.constant, target),
      ...(timesteps < form.timesteps
        ? [
            translate(
              `The sequences have ${timesteps} time steps in place of ${form.timesteps}, because this page takes up to ${grouped(MOST_CUSTOM.numbers)} numbers a sequence.`,
            ),
          ]
        : []),
      translate(
        `Each sequence is ${timesteps} rows, and the target is “${target}” in the row after them. The last ${grouped(test.y.length)} of the ${grouped(samples)} sequences are held back.`,
      ),
      ...baselineNotes(windows, quantityOf(target, scales[target] as Scale)),
    ],
    question: translate(`What will “${target}” be in the next row?`),
    source: markedText(chosen, text),
  };
}

/**
 * Cuts the windows of a table at an earlier window, so that more of them are held back: the same windows, scaled in the
 * same way. Those that reached from one part into the other stay left out, because a time is missing there.
 */
function cutEarlier(
  engine: Unrolled,
  table: Table,
  { training: [first], test: [cut, end], ...options }: WindowOptions & Record<'training' | 'test', SeriesPart>,
  windows: Windows,
): (count: number) => Promise<Windows | undefined> {
  const { rows } = windows.training;
  const { timesteps } = options;
  const positions = table.positions.map((position, row) => position + Number(row >= cut));
  let latest: { count: number; windows: Promise<Windows | undefined> } | undefined;
  return (count) => {
    if (count === rows.length) return Promise.resolve(windows);
    const begin = (rows[count] as number) - timesteps + 1;
    if (count < 1 || (rows[0] as number) + 1 >= begin) return Promise.resolve(undefined);
    if (latest?.count !== count) {
      const parts: Record<'training' | 'test', SeriesPart> = { training: [first, begin], test: [begin, end] };
      const made = engine.windows({ ...table, positions }, { ...options, ...parts, scales: windows.scales });
      latest = { count, windows: made };
      made.catch(() => {
        latest = undefined;
      });
    }
    return latest.windows;
  };
}

function tooFewRows({ times, report: { dropped } }: Table, timesteps: number): RangeError {
  const rows = grouped(times.length + dropped);
  return new RangeError(
    dropped > times.length
      ? translate(
          `Of the ${rows} rows of the table, ${grouped(dropped)} have a missing value and were left out. The rest is too short for sequences of ${timesteps} rows. Choose columns with fewer missing values, or fill them in.`,
        )
      : translate(
          `The table has too few rows (${grouped(times.length)}) for sequences of ${timesteps} rows. Choose fewer time steps, or bring a longer table.`,
        ),
  );
}

/** Columns whose values are all the same in the training part: there is nothing to learn from them, or to forecast. */
function constantNotes(constant: readonly string[], target: string): string[] {
  const others = constant.filter((name) => name !== target);
  return [
    ...(constant.includes(target)
      ? [
          translate(
            `All values of “${target}” in the training part are the same, so there is nothing to forecast. Choose another column.`,
          ),
        ]
      : []),
    ...(others.length > 0
      ? [
          translate(
            `The network can learn nothing from ${others.join(', ')}, because all values in the training part are the same.`,
          ),
        ]
      : []),
  ];
}

/** A column called "wind (m/s)" or "wind [m/s]" has its unit in its name. */
function quantityOf(column: string, { mean, deviation }: Scale): Quantity {
  const [, name = column, unit = ''] = /^(.*\S)\s*[([]([^()[\]]+)[)\]]$/.exec(column) ?? [];
  const digits = deviation > 0 ? Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(deviation)))) : 1;
  return { name, unit, digits, mean, deviation };
}

/** Times of day that go on for several days are told apart by the day: "02 08:15" is "day 2 08:15". */
const withDay = (time: string): string => {
  const [, day, clock] = /^(\d\d+) (\d\d:.*)$/.exec(time) ?? [];
  return day && clock ? translate(`day ${Number(day)} ${clock}`) : time;
};

/** The first words in a line, by which a reader finds it. */
const beginningOf = (text: string, line = 0): string =>
  fieldsOf(text.split(/\r\n?|\n/)[line - 1] ?? '')
    .map((field) => field.replaceAll('"', '').trim())
    .find((field) => field !== '')
    ?.slice(0, 40) ?? '';

/** A comma separates the fields of a line only if nothing else does: otherwise it may be that of a number. */
const fieldsOf = (line: string): string[] => line.split(/[;\t]/.exec(line)?.[0] ?? ',');

function tableNotes(
  { times, report }: Table,
  text: string,
  columns: readonly string[],
  first: number,
  gapless: boolean,
): string[] {
  const { dropped, missingCode, unitLine, undatedLines } = report;
  const { count, line = 0 } = undatedLines;
  const places = [report.missingValues, report.missingTimes, report.repeatedTimes, report.irregularTimes];
  const lines = places.flatMap(({ line }) => (line === undefined ? [] : [line]));
  return [
    translate(
      `The table has ${grouped(times.length)} rows in order of time, from ${times[0]} to ${times.at(-1)}. The network reads these columns: ${columns.join(', ')}.`,
    ),
    ...(first > 0
      ? [translate(`The first ${grouped(first)} rows are not used, because this page takes 2,000 sequences.`)]
      : []),
    ...(unitLine === undefined
      ? []
      : [translate(`Line ${grouped(unitLine)} has no numbers, so it was read as the units of the columns.`)]),
    ...(count > 0
      ? [
          plural(count, {
            one: translate(`Line ${grouped(line)}, “${beginningOf(text, line)}”, has no time and was left out.`),
            other: translate(
              `${grouped(count)} lines at the end have no time and were left out. The first of them is line ${grouped(line)}, “${beginningOf(text, line)}”.`,
            ),
          }),
        ]
      : []),
    ...(dropped > 0 ? [droppedNote(report)] : []),
    ...(gapless
      ? [
          translate(
            'Times are missing everywhere, as in a table without weekends. The network therefore reads the rows one after another, as if none were missing.',
          ),
        ]
      : lines.length > 0
        ? [
            report.repeatedTimes.count + report.irregularTimes.count > 0
              ? translate(
                  `The first gap, repeated or irregular time is in line ${Math.min(...lines)}. No sequence reaches across a gap.`,
                )
              : translate(`The first gap is in line ${Math.min(...lines)}. No sequence reaches across a gap.`),
          ]
        : []),
    ...(missingCode === undefined
      ? []
      : [
          translate(
            `${formatNumber(missingCode, 0)} stands for a missing value, because no other number comes near it.`,
          ),
        ]),
  ];
}

/** How many lines were left out, and why. */
function droppedNote({ dropped, missingValues, repeatedTimes, irregularTimes }: TableReport): string {
  const lines = grouped(dropped);
  const times = repeatedTimes.count + irregularTimes.count;
  if (times === 0)
    return plural(dropped, {
      one: translate(`${lines} line was left out, because a value is missing.`),
      other: translate(`${lines} lines were left out, because a value is missing.`),
    });
  if (missingValues.count === 0)
    return plural(dropped, {
      one: translate(`${lines} line was left out, because its time is repeated or irregular.`),
      other: translate(`${lines} lines were left out, because their time is repeated or irregular.`),
    });
  return plural(dropped, {
    one: translate(`${lines} line was left out, because a value is missing and its time is repeated or irregular.`),
    other: translate(
      `${lines} lines were left out, because a value is missing or their time is repeated or irregular.`,
    ),
  });
}

/** What forecasts that need no network achieve on the sequences that are held back, in the unit of the target. */
function baselineNotes(windows: Windows, { unit, digits }: Quantity): string[] {
  const error = new Map(windows.baselines().map(({ name, rootMeanSquaredError }) => [name, rootMeanSquaredError]));
  const written = (name: string): string =>
    `${formatNumber(error.get(name) ?? Number.NaN, Math.max(2, digits + 1))}${unit && `\u00a0${unit}`}`;
  return [
    translate(
      `Three forecasts need no network. On the sequences held back, their root mean squared error (RMSE) is ${written('persistence')} for the row before, ${written('mean')} for the mean of all training rows, and ${written('least_squares')} for a linear regression on the rows that are read. The RMSE says how far off the forecasts are, and large misses count more in it.`,
    ),
  ];
}

async function readWords(engine: Unrolled, form: ImportForm, text: string): Promise<Formed> {
  const read = await engine.readText(text);
  const { tokens, marks, vocabulary, unknown, folded } = read;
  const features = vocabulary.tokens.length;
  const timesteps = Math.min(form.timesteps, Math.floor(MOST_CUSTOM.numbers / features));
  /* the text is cut before it is made into windows, so that none straddles the border */
  const cut = trained({ samples: tokens.length, split: HELD_BACK });
  const most = tokens.length - 2 * timesteps;
  if (tokens.length - cut <= timesteps || most < LEAST_CUSTOM)
    throw new RangeError(
      translate(
        `The text has ${grouped(tokens.length)} words and punctuation marks, which are too few for sequences of ${timesteps} words. Choose fewer time steps, or bring a longer text.`,
      ),
    );
  /* each of the two parts may have one window more than its share */
  const stride = most <= MOST_CUSTOM.samples ? 1 : Math.ceil(most / (MOST_CUSTOM.samples - 2));
  const part = (from: number, to: number) =>
    engine.textSequences(
      { vocabulary, tokens: tokens.slice(from, to), marks: marks.slice(from, to) },
      { timesteps, stride },
    );
  const known = [await part(0, cut), await part(cut, tokens.length)] as const;
  const [x, y] = [joined(known[0].x, known[1].x), joined(known[0].y, known[1].y)];
  const samples = y.length / timesteps;
  const count = known[0].y.length / timesteps;
  const held = samples - count;
  const right = async (context: number): Promise<string> =>
    formatNumber(100 * (await engine.ngrams(known[0], { context, data: known[1] })).accuracy, 1);
  return {
    data: {
      ...{ x, y, samples, timesteps, features },
      returnSequences: true,
      notes: [],
    },
    split: splitOf(samples, count),
    tokens: vocabulary.tokens,
    text: {
      ...{ vocabulary, training: known[0] as Dataset, test: known[1] as Dataset },
      beginning: Array.from(tokens.slice(0, GIVEN), (token) => vocabulary.tokens[token]).join(' '),
    },
    notes: [
      translate(
        `The text has ${grouped(tokens.length)} words and punctuation marks. The network knows the ${vocabulary.tokens.length} most frequent ones, for example ${vocabulary.tokens.slice(0, 8).join(' ')}.`,
      ),
      ...(unknown > 0
        ? [
            translate(
              `${grouped(unknown)} words and marks of the text are rarer, and the network reads each of them as <unknown>.`,
            ),
          ]
        : []),
      ...(folded > 0 ? [translate(`${grouped(folded)} capital letters are read as small ones.`)] : []),
      plural(stride, {
        one: translate(
          `A sequence of ${timesteps} words begins at each word, and its targets are the words that follow.`,
        ),
        other: translate(
          `Sequences of ${timesteps} words begin ${stride} words apart, and the targets are the words that follow.`,
        ),
      }),
      ...(timesteps < form.timesteps
        ? [
            translate(
              `The sequences have ${timesteps} words in place of ${form.timesteps}, because this page takes up to ${grouped(MOST_CUSTOM.numbers)} numbers a sequence.`,
            ),
          ]
        : []),
      translate(
        `Before any training: on the last ${grouped(held)} sequences, which are held back, always answering the most common word is right ${await right(0)} % of the time, and answering what most often follows the latest word is right ${await right(1)} % of the time.`,
      ),
    ],
    question: translate('Which word of your text comes next?'),
    source: markedText({ kind: 'text', timesteps }, text),
  };
}

function joined(a: ArrayLike<number>, b: ArrayLike<number>): Float32Array {
  const whole = new Float32Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
