/** Notes in files of weights: the vocabulary of a text, and the windows and scales of a time series. */

import { checkChoice, checkOptions, checkWhole, wrong, wrongKind } from './checks.ts';
import type { Module, TemporaryBlocks } from './core.ts';
import type { Scale, SeriesNote } from './series-types.ts';
import type { Vocabulary } from './text-types.ts';
import type { Sequential, WeightsNotes } from './types.ts';

/** The keys of the notes in a file. */
const [TOKENS, CASE, VOCABULARY, SERIES] = ['tokens', 'case', 'vocabulary', 'series'] as const;

const bytesOf = (texts: readonly string[]): Uint8Array =>
  new TextEncoder().encode(texts.map((text) => `${text}\0`).join(''));

/** A copy of the notes, if they suit the network. */
export function checkNotes(operation: string, model: Sequential, given: WeightsNotes): WeightsNotes {
  const { vocabulary, series } = checkOptions(operation, given, ['vocabulary', 'series']);
  return {
    ...(vocabulary !== undefined && { vocabulary: checkVocabulary(operation, model, vocabulary) }),
    ...(series !== undefined && { series: checkSeries(operation, model, series) }),
  };
}

function checkVocabulary(operation: string, { outputs }: Sequential, given: Vocabulary): Vocabulary {
  const { unit, keepCase, tokens } = checkOptions(operation, given, ['unit', 'keepCase', 'tokens']);
  checkChoice(operation, 'vocabulary.unit', unit, ['words', 'characters']);
  if (!Array.isArray(tokens)) throw wrongKind(operation, 'vocabulary.tokens', tokens, 'an array of tokens');
  if (tokens.length !== outputs)
    throw wrong(operation, `the vocabulary has ${tokens.length} tokens`, `${outputs}, the outputs of the network`);
  const one = unit === 'words' ? /^[^\s\0]+$/u : /^[^\0]$/u;
  for (const [i, token] of tokens.entries())
    if (typeof token !== 'string' || !one.test(token))
      throw wrongKind(operation, `vocabulary.tokens[${i}]`, token, 'a token, as readText gives it');
  return { unit, keepCase, tokens: [...tokens] };
}

function checkSeries(operation: string, model: Sequential, given: SeriesNote): SeriesNote {
  const names = ['target', 'inputs', 'timesteps', 'lead', 'forecast', 'threshold', 'scales'];
  const note = checkOptions(operation, given, names);
  const loss = note.forecast === 'value' ? 'mean_squared_error' : 'binary_crossentropy';
  if (!Array.isArray(note.inputs)) throw wrongKind(operation, 'series.inputs', note.inputs, 'an array of names');
  if (note.inputs.length !== model.features || model.loss !== loss)
    throw wrong(
      operation,
      `the series has ${note.inputs.length} inputs and the forecast ${note.forecast}`,
      `${model.features} inputs and a forecast that suits ${model.loss}, as the network has`,
    );
  checkWhole(operation, 'series.lead', note.lead, 1, 2 ** 32 - 1);
  const scales = Object.fromEntries(
    [note.target, ...note.inputs].map((name): [string, Scale] => {
      if (typeof name !== 'string' || name.includes('\0') || new TextEncoder().encode(name).length > 131)
        throw wrongKind(operation, 'a column of the series', name, 'a name of at most 131 bytes');
      const { mean, deviation } = checkOptions(operation, { ...note.scales?.[name] } as Scale, ['mean', 'deviation']);
      if (!Number.isFinite(mean) || !Number.isFinite(deviation))
        throw wrong(operation, `series.scales["${name}"] is incomplete`, 'a finite mean and a finite deviation');
      return [name, { mean, deviation }];
    }),
  );
  return { ...note, inputs: [...note.inputs], scales };
}

/** Places the notes in the memory of the module for files, as weights_write takes them. */
export function putNotes(
  files: Module,
  temporary: TemporaryBlocks,
  operation: string,
  { vocabulary, series }: WeightsNotes,
): [count: number, address: number, bytes: number] {
  const texts: string[] = [];
  if (vocabulary) {
    const { unit, keepCase, tokens } = vocabulary;
    texts.push(TOKENS, unit, CASE, keepCase ? 'kept' : 'folded', VOCABULARY, tokens.join(unit === 'words' ? ' ' : ''));
  }
  if (series) texts.push(SERIES, seriesText(files, temporary, operation, series));
  const bytes = bytesOf(texts);
  return [texts.length / 2, bytes.length ? temporary.put(bytes) : 0, bytes.length];
}

function seriesText(files: Module, temporary: TemporaryBlocks, operation: string, note: SeriesNote): string {
  const columns = [note.target, ...note.inputs];
  const scales = columns.flatMap((name) => [note.scales[name]?.mean ?? 0, note.scales[name]?.deviation ?? 1]);
  const record = files.numbers('series', {
    timesteps: note.timesteps,
    lead: note.lead,
    forecast: checkChoice(operation, 'series.forecast', note.forecast, files.texts('forecast_name')),
    threshold: note.threshold ?? 0,
    features: note.inputs.length,
    scales: temporary.put(Float64Array.from(scales)),
  });
  const names = bytesOf(columns);
  const given = [temporary.put(record), temporary.put(names), names.length] as const;
  files.call(operation, 'series_note_write', ...given, 0, 0);
  const [bytes] = files.pair();
  const text = temporary.space(bytes);
  files.call(operation, 'series_note_write', ...given, text, bytes);
  return files.text(text);
}

/** The notes of a file of weights that is in the memory of the module for files. */
export function takeNotes(
  files: Module,
  temporary: TemporaryBlocks,
  operation: string,
  file: readonly [address: number, bytes: number],
): WeightsNotes {
  const note = (key: string): [address: number, bytes: number] | undefined => {
    const name = bytesOf([key]);
    const given = [...file, temporary.put(name), name.length] as const;
    files.call(operation, 'weights_note', ...given, 0, 0);
    const [bytes] = files.pair();
    if (bytes === 0) return undefined;
    const value = temporary.space(bytes);
    files.call(operation, 'weights_note', ...given, value, bytes);
    return [value, bytes];
  };
  const text = (key: string): string | undefined => {
    const found = note(key);
    return found && new TextDecoder().decode(files.bytes(...found));
  };
  const [unit, list] = [text(TOKENS), text(VOCABULARY)];
  const series = note(SERIES);
  const isUnit = unit === 'words' || unit === 'characters';
  return Object.freeze({
    ...(isUnit &&
      list !== undefined && {
        vocabulary: Object.freeze({
          unit,
          keepCase: text(CASE) === 'kept',
          tokens: Object.freeze(unit === 'words' ? list.split(' ') : [...list]),
        }),
      }),
    ...(series && seriesOf(files, operation, series)),
  });
}

/** Returns nothing if another program made the note: it may use the same key. */
function seriesOf(files: Module, operation: string, text: [address: number, bytes: number]): WeightsNotes {
  if (files.answer('series_note_read', ...text) !== 0) return {};
  const { timesteps, lead, forecast, threshold, features } =
    files.read<Record<'timesteps' | 'lead' | 'forecast' | 'threshold' | 'features', number>>('series');
  const columns = Array.from({ length: features + 1 }, (_, i) => {
    files.call(operation, 'series_column', i);
    return files.read<Scale & { name: string }>('column');
  });
  const [target = '', ...inputs] = columns.map(({ name }) => name);
  const name = files.texts('forecast_name')[forecast] as SeriesNote['forecast'];
  const scales = columns.map(({ name: column, mean, deviation }): [string, Scale] => [column, { mean, deviation }]);
  const rest = { ...(name === 'above' && { threshold }), scales: Object.fromEntries(scales) };
  return { series: { target, inputs, timesteps, lead, forecast: name, ...rest } };
}
