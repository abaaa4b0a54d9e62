/** Texts: vocabularies, tokens, sequences to train on, and counts as a baseline. The core does it all, in the module for data. */

import {
  checkBoolean,
  checkChoice,
  checkLengths,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkSequences,
  checkTargets,
  checkText,
  checkThat,
  checkUint8Array,
  checkWhole,
  wrong,
  wrongKind,
  wrongValue,
} from './checks.ts';
import type { Core, Module, TemporaryBlocks } from './core.ts';
import { RnnError } from './errors.ts';
import type {
  Ngrams,
  NgramsOptions,
  ReadText,
  ReadTextOptions,
  TextSequences,
  TextSequencesOptions,
  TokenData,
  Vocabulary,
} from './text-types.ts';

/** Larger numbers are not whole numbers of the core's. */
const MOST = 2 ** 32 - 1;
/** The longest context that the core counts. */
const MOST_CONTEXT = 4;

/** What is between two tokens of a vocabulary that is written as one text. */
const separator = (unit: string): string => (unit === 'words' ? ' ' : '');

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A copy of a vocabulary. The module checks what the tokens are. */
function checkVocabulary(operation: string, vocabulary: Vocabulary): Vocabulary {
  const { unit, keepCase, tokens } = checkOptions(operation, vocabulary, ['unit', 'keepCase', 'tokens']);
  if (!Array.isArray(tokens)) throw wrongKind(operation, 'vocabulary.tokens', tokens, 'an array of tokens');
  for (const [i, token] of tokens.entries())
    if (typeof token !== 'string') throw wrongKind(operation, `vocabulary.tokens[${i}]`, token, 'a token');
  return { unit, keepCase: checkBoolean(operation, 'vocabulary.keepCase', keepCase), tokens: [...tokens] };
}

/** The vocabulary that the module keeps now. */
function vocabularyOf(data: Module, unit: string, keepCase: boolean): Vocabulary {
  const { list } = data.read<{ list: string }>('vocabulary');
  const tokens = Object.freeze(unit === 'words' ? list.split(' ') : [...list]);
  return Object.freeze({ unit: unit as Vocabulary['unit'], keepCase, tokens });
}

/** Gives the module a vocabulary to keep, and returns it as the module read it. */
export function keepVocabulary(
  data: Module,
  temporary: TemporaryBlocks,
  operation: string,
  { unit, keepCase, tokens }: Vocabulary,
): Vocabulary {
  const index = checkChoice(operation, 'vocabulary.unit', unit, data.texts('token_unit_name'));
  const bytes = bytesOf(tokens.join(separator(unit)));
  try {
    data.call(operation, 'vocabulary_read', temporary.put(bytes), bytes.length, index, Number(keepCase));
  } catch (error) {
    if (!(error instanceof RnnError && error.diagnosis)) throw error;
    throw new RangeError(`${operation}: vocabulary.tokens: ${error.diagnosis.text}`);
  }
  const read = vocabularyOf(data, unit, keepCase);
  for (const [i, token] of tokens.entries())
    if (token !== read.tokens[i])
      throw wrongValue(
        operation,
        `vocabulary.tokens[${i}]`,
        token,
        `a token as readText makes it: "${read.tokens[i]}"`,
      );
  return read;
}

export async function readText(
  core: Core,
  text: string | Uint8Array,
  options: ReadTextOptions = {},
): Promise<ReadText> {
  const operation = 'readText';
  const { vocabulary: given, ...rest } = checkOptions(operation, options, ['unit', 'keepCase', 'limit', 'vocabulary']);
  const vocabulary = given === undefined ? undefined : checkVocabulary(operation, given);
  const other = Object.entries(rest).find(([, value]) => value !== undefined)?.[0];
  if (vocabulary && other !== undefined)
    throw wrong(operation, `${other} is given together with a vocabulary`, 'the vocabulary alone, which has its own');
  const { unit = 'words', keepCase = false } = vocabulary ?? rest;
  const { limit = core.ranges.classes.maximum } = rest;
  checkBoolean(operation, 'keepCase', keepCase);
  checkNumber(core, operation, 'limit', limit, 'classes');
  const bytes = checkText(operation, 'text', text);
  const data = await core.data(operation);
  const index = checkChoice(operation, 'unit', unit, data.texts('token_unit_name'));
  return data.withTemporary(operation, (temporary) => {
    const place = [temporary.put(bytes), bytes.length] as const;
    data.call(operation, 'text_measure', ...place, index, Number(keepCase));
    const [count, blockBytes] = data.pair();
    if (vocabulary) keepVocabulary(data, temporary, operation, vocabulary);
    else {
      const block = temporary.space(blockBytes);
      data.call(operation, 'vocabulary_build', ...place, index, Number(keepCase), limit, block, blockBytes);
    }
    const used = vocabularyOf(data, unit, keepCase);
    const [tokens, marks] = [temporary.space(4 * count), temporary.space(count)];
    data.call(operation, 'text_encode', ...place, count, tokens, marks);
    const { unknown, folded } = data.read<{ unknown: number; folded: number }>('text');
    return {
      vocabulary: used,
      tokens: data.wholes(tokens, count),
      marks: data.bytes(marks, count),
      unknown,
      folded,
    };
  });
}

function checkTokens(operation: string, name: string, tokens: unknown, size: number): Uint32Array {
  if (!Array.isArray(tokens) && !(tokens instanceof Uint32Array))
    throw wrongKind(operation, name, tokens, 'an array of tokens, as readText gives them');
  const copy = Uint32Array.from(tokens);
  for (let i = 0; i < copy.length; i++)
    if (copy[i] !== tokens[i] || (copy[i] as number) >= size)
      checkWhole(operation, `${name}[${i}]`, tokens[i], 0, size - 1);
  return copy;
}

export async function writeText(
  core: Core,
  vocabulary: Vocabulary,
  tokens: ReadonlyArray<number> | Uint32Array,
): Promise<string> {
  const operation = 'writeText';
  const known = checkVocabulary(operation, vocabulary);
  const numbers = checkTokens(operation, 'tokens', tokens, known.tokens.length);
  const data = await core.data(operation);
  return data.withTemporary(operation, (temporary) => {
    keepVocabulary(data, temporary, operation, known);
    const place = [temporary.put(numbers), numbers.length] as const;
    data.call(operation, 'text_decode', ...place, 0, 0);
    const [bytes] = data.pair();
    const text = temporary.space(bytes);
    if (bytes > 0) data.call(operation, 'text_decode', ...place, text, bytes);
    return new TextDecoder().decode(data.bytes(text, bytes));
  });
}

export async function textSequences(
  core: Core,
  text: Pick<ReadText, 'vocabulary' | 'tokens' | 'marks'>,
  options: TextSequencesOptions = {},
): Promise<TextSequences> {
  const operation = 'textSequences';
  const read = checkOptions(operation, text, ['vocabulary', 'tokens', 'marks', 'unknown', 'folded']);
  const { form = 'windows', ...how } = checkOptions(operation, options, ['form', 'timesteps', 'stride', 'oneHot']);
  const { timesteps, stride = 1, oneHot = true } = how;
  if (timesteps !== undefined) checkNumbers(core, operation, { timesteps });
  else if (form === 'windows') throw wrongKind(operation, 'timesteps', timesteps, 'the number of tokens of a window');
  checkWhole(operation, 'stride', stride, 1, MOST);
  checkBoolean(operation, 'oneHot', oneHot);
  const classes = checkVocabulary(operation, read.vocabulary).tokens.length;
  checkNumber(core, operation, 'the number of tokens in the vocabulary', classes, 'classes');
  const tokens = checkTokens(operation, 'tokens', read.tokens, classes);
  const marks = new Uint8Array(checkUint8Array(operation, 'marks', read.marks));
  if (marks.length !== tokens.length)
    throw wrong(operation, `marks has ${marks.length} numbers`, `${tokens.length}, one for each token`);
  const features = oneHot ? classes : 1;
  const data = await core.data(operation);
  const index = checkChoice(operation, 'form', form, data.texts('text_form_name'));
  return data.withTemporary(operation, (temporary) => {
    const record = { form: index, timesteps: timesteps ?? 0, stride, outputs: classes, features };
    const layout = temporary.put(data.numbers('layout', record));
    const place = [temporary.put(tokens), temporary.put(marks), tokens.length, layout] as const;
    const status = data.answer('text_sequences_measure', ...place);
    if (data.statusName(status) === 'RNN_ERROR_EMPTY') throw tooShort(operation, form, tokens.length, timesteps);
    if (status !== 0) throw data.error(operation, status);
    const { samples, ...shape } =
      data.read<Record<'samples' | 'timesteps' | 'tooShort' | 'tooLong', number>>('sequences');
    const steps = samples * shape.timesteps;
    const [x, y] = [temporary.space(4 * steps * features), temporary.space(4 * steps)];
    const lengths = temporary.space(4 * samples);
    data.call(operation, 'text_sequences', ...place, x, y, lengths);
    const loss = 'sparse_categorical_crossentropy';
    return {
      x: data.floats(x, steps * features),
      y: data.floats(y, steps),
      lengths: data.wholes(lengths, samples),
      config: { timesteps: shape.timesteps, features, classes, returnSequences: true, loss },
      tooShort: shape.tooShort,
      tooLong: shape.tooLong,
    };
  });
}

/** The error for a text without a sequence. */
function tooShort(operation: string, form: string, tokens: number, timesteps: number | undefined): RangeError {
  if (form === 'windows')
    return wrong(
      operation,
      `the text has ${tokens} tokens`,
      `at least ${(timesteps ?? 0) + 1}, one more than timesteps`,
    );
  const most = timesteps === undefined ? '' : ` and at most ${timesteps + 1}`;
  return wrong(operation, `none of the ${form} fits`, `one with at least 2${most} tokens`);
}

/** A copy of tokens as data, and how to pass it to a call. */
function checkTokenData(core: Core, operation: string, name: string, given: TokenData) {
  const names = ['x', 'y', 'lengths', 'config', 'tooShort', 'tooLong'];
  const { x, y, lengths, config } = checkOptions(operation, given, names);
  const {
    timesteps,
    classes,
    features,
    returnSequences = false,
  } = checkOptions(operation, config, ['timesteps', 'features', 'classes', 'returnSequences', 'loss']);
  checkNumbers(core, operation, { timesteps, classes });
  const several = classes as number;
  const fits = (count: number) => count === 1 || count === several;
  const width = checkThat(operation, `${name}.config.features`, features ?? 1, `1 or ${several}, the classes`, fits);
  checkBoolean(operation, 'returnSequences', returnSequences);
  const inputs = checkSequences(operation, `${name}.x`, x, timesteps, width);
  const samples = inputs.length / (timesteps * width);
  const readouts = returnSequences ? timesteps : 1;
  const targets = checkTargets(operation, `${name}.y`, y, { classes: several }, samples, readouts);
  const valid = checkLengths(operation, `${name}.lengths`, lengths, samples, timesteps);
  const put = (data: Module, temporary: TemporaryBlocks): number =>
    temporary.put(
      data.numbers('data', {
        x: temporary.put(inputs),
        y: temporary.put(targets),
        samples,
        timesteps,
        features: width,
        returnSequences: Number(returnSequences),
        lengths: valid ? temporary.put(valid) : 0,
      }),
    );
  return { classes: several, predictions: samples * readouts * several, put };
}

export async function ngrams(core: Core, training: TokenData, options: NgramsOptions = {}): Promise<Ngrams> {
  const operation = 'ngrams';
  const {
    context = 1,
    prior = 1,
    data: asked = training,
  } = checkOptions(operation, options, ['context', 'prior', 'data']);
  checkWhole(operation, 'context', context, 0, MOST_CONTEXT);
  checkThat(operation, 'prior', prior, 'a finite number from 0', (number) => number >= 0 && number < Infinity);
  const counted = checkTokenData(core, operation, 'training', training);
  const measured = checkTokenData(core, operation, 'data', asked);
  const { classes } = counted;
  if (measured.classes !== classes)
    throw wrong(operation, `data.config.classes is ${measured.classes}`, `${classes}, as in the training data`);
  const data = await core.data(operation);
  return data.withTemporary(operation, (temporary) => {
    const from = counted.put(data, temporary);
    data.call(operation, 'ngrams_size', from, classes, context);
    const [bytes] = data.pair();
    const block = temporary.space(bytes);
    const of = measured.put(data, temporary);
    const predictions = temporary.space(4 * measured.predictions);
    data.call(operation, 'ngrams', from, classes, context, block, bytes, of, prior, predictions);
    return {
      ...data.read<{ loss: number; accuracy: number }>('metrics'),
      predictions: data.floats(predictions, measured.predictions),
    };
  });
}
