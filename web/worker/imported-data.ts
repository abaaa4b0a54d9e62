/** Reads the data that a reader imported: which loss suits them, whether a page takes them, and what they are called. */

import { grouped } from '../shared/format.ts';
import type { DescribedTask } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { type CustomDataKey, customDataText, LEAST_CUSTOM, MOST_CUSTOM } from '../state/custom-data.ts';
import { LOSSES, OWN_TASK } from '../state/config.ts';
import type { CsvDataset, Loss, Unrolled } from '../../wasm/js/types.ts';
import { formOf } from './import-form.ts';
import { type Formed, type ImportedText, readFormed } from './imported-forms.ts';
import type { AnswerOf, RequestOf } from './protocol.ts';
import type { Series } from './shipped-data.ts';

/** The number of sequences in the preview. */
const FIRST = 5;

export interface Imported {
  data: CsvDataset;
  task: DescribedTask;
  series?: Series;
  text?: ImportedText;
}

/** Data as they are read with one loss, and what their targets ask for then. */
interface Reading {
  read: CsvDataset;
  found: ReturnType<Unrolled['targets']>;
}

/**
 * Parses a text. @throws RnnError with line and column, RangeError if there are more data than a page takes.
 */
export async function readImported(
  engine: Unrolled,
  request: RequestOf<'bring'>,
): Promise<{ answer: AnswerOf<'bring'>; imported: Imported }> {
  const kept = request.form ? { form: request.form, text: request.text } : formOf(request.text);
  const formed = kept && (await readFormed(engine, kept.form, kept.text));
  const { read, found, losses } = formed ? readingOf(engine, formed) : await readings(engine, request);
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
  const hash = engine.hash(read);
  const own = customDataText({
    samples,
    timesteps,
    features,
    kind: kindOf(found.loss),
    classes: found.classes ?? 0,
    every,
    hash,
  });
  const task: DescribedTask = {
    ...{
      name: OWN_TASK,
      text: formed?.question ?? translate('Your own data.'),
      solution: translate('Nobody has said yet: look at which sequences are answered wrongly.'),
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
    notes: formed?.notes ?? read.notes,
    first: { x: x.slice(0, count * width), y: y.slice(0, count * (every ? timesteps : 1)) },
    csv: formed?.source ?? (await engine.writeCsv(read)),
    ...(formed && { split: formed.split }),
    ...(formed?.table && { table: formed.table }),
  };
  const { series, text } = formed ?? {};
  return { answer, imported: { data: read, task, ...(series && { series }), ...(text && { text }) } };
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
