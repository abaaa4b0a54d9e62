/** Reads the data that a reader imported: which loss suits them, whether a page takes them, and what they are called. */

import { grouped } from '../shared/format.ts';
import type { DescribedTask } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { type CustomDataKey, customDataText, LEAST_CUSTOM, MOST_CUSTOM } from '../state/custom-data.ts';
import { LOSSES, OWN_TASK, trained } from '../state/config.ts';
import type { CsvDataset, Loss, Unrolled } from '../../wasm/js/types.ts';
import { formOf } from './import-form.ts';
import { type Formed, HELD_BACK, type ImportedText, readFormed } from './imported-forms.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';
import type { Series } from './shipped-data.ts';

/** The number of sequences in the preview. */
const FIRST = 5;

/** From so many sequences on, some are held back. */
const LEAST_TESTED = 20;

export interface Imported {
  data: CsvDataset;
  task: DescribedTask;
  series?: Series;
  text?: ImportedText;
}

type Range = readonly [low: number, high: number];

/** Data as they are read with one loss, and what their targets ask for then. */
interface Reading {
  read: CsvDataset;
  found: ReturnType<Unrolled['targets']>;
}

/**
 * Parses a text. @throws RnnError with line and column, RangeError if there are more data than a page takes.
 * `known`: the name of data that a link asks for or that are in use. Their order and their settings stay as they are.
 * undefined: the text comes from a link, and so do all settings.
 */
export async function readImported(
  engine: Unrolled,
  request: RequestOf<'bring'> & Partial<RequestOf<'look'>>,
): Promise<{ answer: AnswerOf<'bring'>; imported: Imported }> {
  const kept = request.form ? { form: request.form, text: request.text } : formOf(request.text);
  const formed = kept && (await readFormed(engine, kept.form, kept.text));
  const { read, found, losses } = formed ? readingOf(engine, formed) : await readings(engine, request);
  const { known } = request;
  const { samples, timesteps, features, x, y } = read;
  const every = read.returnSequences === true;
  const early = read.lengths?.findIndex((length) => length < timesteps) ?? -1;
  if (early >= 0)
    throw new RangeError(
      translate(
        `Sequence ${grouped(early + 1)} of the file ends before time step ${grouped(timesteps)}: this page takes sequences of the same length. Add the missing values, or delete this line.`,
      ),
    );
  const limit = (counted: string, count: number, least: number, most: number): void => {
    if (count < least || count > most)
      throw new RangeError(
        translate(`The file has ${counted}, but this page takes ${grouped(least)} to ${grouped(most)}.`),
      );
  };
  const [rows, steps, numbers] = [samples, timesteps, timesteps * features];
  limit(
    plural(rows, { one: translate(`${grouped(rows)} sequence`), other: translate(`${grouped(rows)} sequences`) }),
    rows,
    LEAST_CUSTOM,
    MOST_CUSTOM.samples,
  );
  limit(plural(steps, { other: translate(`${grouped(steps)} time steps`) }), steps, 1, MOST_CUSTOM.timesteps);
  limit(
    plural(numbers, { other: translate(`${grouped(numbers)} numbers a sequence`) }),
    numbers,
    1,
    MOST_CUSTOM.numbers,
  );
  const kind = kindOf(found.loss);
  const nameOf = (data: CsvDataset): string =>
    customDataText({
      ...{ samples, timesteps, features, kind, classes: found.classes ?? 0, every },
      hash: engine.hash(data),
    });
  const tested = known === undefined || formed ? undefined : holdBack(engine, read, found.loss);
  /* links name the order in which the sequences were: that of the file, stratified, or random, as it once was */
  const orders = tested && [() => read, () => tested.data, () => reordered(engine, read)];
  const asked = orders?.map((order) => order()).find((data) => nameOf(data) === known);
  const data = asked ?? tested?.data ?? read;
  const own = nameOf(data);
  const task: DescribedTask = {
    ...{
      name: OWN_TASK,
      text: formed?.question ?? translate('Your own data.'),
      solution: translate('Nobody knows yet. Look at which sequences are answered wrongly.'),
    },
    ...{ chance: found.guess, leastTimesteps: timesteps, features, loss: found.loss, returnSequences: every },
    ...(found.classes !== undefined && { classes: found.classes }),
    ...(formed?.table && { quantities: formed.table.quantities, target: formed.table.target }),
    ...(formed?.tokens && { tokens: formed.tokens }),
  };
  const width = timesteps * features;
  /* vectors of words are no numbers to look at */
  const count = formed?.tokens ? 0 : FIRST;
  const answer = {
    own,
    samples,
    timesteps,
    features,
    every,
    ...found,
    losses,
    formed: formed !== undefined,
    notes: formed?.notes ?? [...read.notes, ...(asked ? [alreadyKnown()] : (tested?.notes ?? []))],
    first: { x: x.slice(0, count * width), y: y.slice(0, count * (every ? timesteps : 1)) },
    csv: formed?.source ?? (await engine.writeCsv(data)),
    ...(formed ? { split: formed.split } : tested && !asked && { split: tested.split }),
    ...(formed?.table && { table: formed.table }),
  };
  const { series, text } = formed ?? {};
  return { answer, imported: { data, task, ...(series && { series }), ...(text && { text }) } };
}

const alreadyKnown = (): string =>
  translate('These are the data that this page already has or asks for, so all settings stay as they are.');

/**
 * Holds back the last part of the sequences, to be measured on. In a file that is sorted by its targets the last ones
 * are all alike, and a rare label may be missing in them, so its sequences are put in another order first.
 */
function holdBack(
  engine: Unrolled,
  read: CsvDataset,
  loss: Loss,
): { data: CsvDataset; split: number; notes: readonly string[] } {
  const { samples, y } = read;
  if (samples < LEAST_TESTED)
    return {
      ...{ data: read, split: 0 },
      notes: [
        translate(
          `No sequence is held back for testing, because there are fewer than ${LEAST_TESTED}. The network may learn them by heart, so its accuracy on them says nothing about new sequences.`,
        ),
      ],
    };
  const count = trained({ samples, split: HELD_BACK });
  const cut = (count * y.length) / samples;
  /* of each sequence, unless its targets are numbers */
  const labels = loss === LOSSES.r ? undefined : y.filter((_, i) => (i + 1) % (y.length / samples) === 0);
  const sorted = endsUnlike(engine, y.subarray(0, cut), y.subarray(cut), loss);
  const lacking = labels !== undefined && lacksLabel(labels, count);
  const data = sorted || lacking ? reordered(engine, read, labels) : read;
  const [held, all] = [grouped(samples - count), grouped(samples)];
  return {
    data,
    split: HELD_BACK,
    notes: [
      lacking
        ? translate(
            `The last sequences of the file lack a label, so they would be no fair test. The sequences are therefore put in a random order, which is always the same. Then the last ${held} of the ${all} are held back for testing.`,
          )
        : sorted
          ? translate(
              `The last targets of the file are not like the others, as in a sorted file, so they would be no fair test. The sequences are therefore put in a random order, which is always the same. Then the last ${held} of the ${all} are held back for testing.`,
            )
          : translate(`The last ${held} of the ${all} sequences are held back for testing.`),
      ...(labels && y.length === samples
        ? [translate(`How often each label is among them: ${counted(data.y, data.y.subarray(cut)).join(', ')}.`)]
        : []),
    ],
  };
}

/** Are the last targets all alike or all new, as in a file that is sorted by them? */
function endsUnlike(engine: Unrolled, first: Float32Array, last: Float32Array, loss: Loss): boolean {
  if (loss === LOSSES.r) {
    const [[low, high], [from, to]] = [engine.columnRanges(first)[0] as Range, engine.columnRanges(last)[0] as Range];
    return (from >= high || to <= low) && Math.min(low, from) < Math.max(high, to);
  }
  const [learned, held] = [new Set(first), new Set(last)];
  return (held.size === 1 && learned.size > 1) || [...held].some((label) => !learned.has(label));
}

/** How often each label occurs. */
function tally(labels: Float32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Is a label of several sequences in none of those from `count` on? */
function lacksLabel(labels: Float32Array, count: number): boolean {
  const held = tally(labels.subarray(count));
  return [...tally(labels)].some(([label, times]) => times > 1 && !held.has(label));
}

/** Each label with how many of the sequences held back have it: 0 (3×), 1 (2×). */
function counted(labels: Float32Array, held: Float32Array): string[] {
  const times = tally(held);
  return [...tally(labels).keys()]
    .sort((a, b) => a - b)
    .map((label) => `${label} (${grouped(times.get(label) ?? 0)}×)`);
}

/**
 * The same sequences in a random order: that of random numbers of the core. It is stratified by their labels: the k-th
 * of n sequences with the same label comes at the share k / n of the order, so the end has one of each label if there is
 * room, and then about its share of each. Rare labels are therefore more frequent there than in the file. The only sequence
 * of a label comes first, to be learned.
 */
function reordered(engine: Unrolled, read: CsvDataset, labels?: Float32Array): CsvDataset {
  const { samples, x, y } = read;
  const { x: keys } = engine.task('random', { samples, timesteps: 1 });
  let order = Array.from(keys, (_, sample) => sample).sort((a, b) => (keys[a] as number) - (keys[b] as number));
  if (labels) {
    const [counts, before] = [tally(labels), new Map<number, number>()];
    const places = order.map((sample) => {
      const label = labels[sample] as number;
      const [k, n] = [(before.get(label) ?? 0) + 1, counts.get(label) as number];
      before.set(label, k);
      return { sample, share: n > 1 ? k / n : 0 };
    });
    order = places.sort((a, b) => a.share - b.share).map(({ sample }) => sample);
  }
  const rows = (of: Float32Array): Float32Array => {
    const width = of.length / samples;
    return Float32Array.from(
      of,
      (_, i) => of[(order[Math.floor(i / width)] as number) * width + (i % width)] as number,
    );
  };
  return { ...read, x: rows(x), y: rows(y) };
}

/** Sequences that were made of a table or of a text have one loss. The classes of a text are its words. */
function readingOf(engine: Unrolled, { data: read, tokens }: Formed): Reading & { losses: Loss[] } {
  const loss = tokens ? LOSSES.c : LOSSES.r;
  const found = engine.targets(read.y, loss);
  return { read, found: tokens ? { ...found, classes: tokens.length } : found, losses: [loss] };
}

/**
 * Reads a text with every loss, and chooses: the one that is asked for; or else labels if the targets can be labels,
 * because as numbers −1 and 1 would stay what they are and FALSE and TRUE would be refused; or else what the numbers
 * ask for.
 */
async function readings(
  engine: Unrolled,
  { text, loss: wanted }: RequestOf<'bring'>,
): Promise<Reading & { losses: Loss[] }> {
  const all = Object.values(LOSSES);
  const readings: Partial<Record<Loss, Reading>> = {};
  const refusals: Partial<Record<Loss, unknown>> = {};
  await Promise.all(
    all.map(async (loss) => {
      try {
        const read = await engine.readCsv(text, { loss });
        readings[loss] = { read, found: engine.targets(read.y, loss) };
      } catch (error) {
        refusals[loss] = error;
      }
    }),
  );
  const numbers = readings[LOSSES.r];
  const fitting = (): Loss => (numbers ? engine.targets(numbers.read.y).loss : LOSSES.r);
  const loss = wanted ?? (readings[LOSSES.b] ? LOSSES.b : fitting());
  const reading = readings[loss];
  if (!reading) throw refusals[loss];
  return { ...reading, losses: all.filter((each) => readings[each]) };
}

const kindOf = (loss: Loss): CustomDataKey['kind'] => (loss === LOSSES.b ? 'b' : loss === LOSSES.c ? 'c' : 'r');
