/** The modules without the JavaScript interface. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bytesOf, dataBytes, filesBytes, KINDS } from './support.ts';

type Exports = Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory };

async function start(bytes: Uint8Array<ArrayBuffer>): Promise<Exports> {
  const instance = await WebAssembly.instantiate(await WebAssembly.compile(bytes));
  const exports = instance.exports as unknown as Exports;
  exports._initialize?.();
  return exports;
}

/** Exports that Emscripten adds by itself. */
const TOOLCHAIN = [
  'memory',
  '_initialize',
  '__indirect_function_table',
  '__errno_location',
  'stackSave',
  'stackRestore',
  'stackAlloc',
];

const call = (e: Exports, name: string, ...numbers: number[]): number =>
  (e[name] as (...n: number[]) => number)(...numbers) >>> 0;

function textAt(e: Exports, address: number): string {
  const memory = new Uint8Array(e.memory.buffer);
  return new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address)));
}

const answers = (e: Exports): Float64Array => new Float64Array(e.memory.buffer, call(e, 'answers'), 40);

function sizeOf(e: Exports, size: string, ...numbers: number[]): number {
  assert.equal(call(e, size, ...numbers), 0, size);
  return answers(e)[0] as number;
}

/** Asks for a size and reserves a block of it. */
const block = (e: Exports, size: string, ...numbers: number[]): number =>
  call(e, 'reserve', sizeOf(e, size, ...numbers));

/**
 * An argument of a call: a number, or an address, which a test may replace by a wrong one. A record as an argument
 * contains more numbers and addresses.
 */
interface Address {
  address: number;
  alignment: number;
  fields?: readonly Argument[];
}
type Argument = number | Address;
type Calls = readonly (readonly [string, ...Argument[]])[];

const at = (address: number, alignment = 4): Address => ({ address, alignment });

/** The numbers of a record as doubles in their own block. */
function record(e: Exports, fields: readonly Argument[]): Address {
  const address = call(e, 'reserve', 8 * fields.length);
  const argument: Address = { address, alignment: 8, fields };
  write(e, argument, fields.map(plain));
  return argument;
}

const write = (e: Exports, { address }: Address, numbers: number[]): void =>
  new Float64Array(e.memory.buffer, address, numbers.length).set(numbers);

// for the records config (GRU, tanh, one layer, 8 units) and optimizer (RMSprop)
const [UNITS, TIMESTEPS, SAMPLES] = [8, 5, 6];
const PARAMETERS = 3 * UNITS * (1 + UNITS + 2) + UNITS + 1;
const CONFIG = [1, 0, 1, 0, 1, UNITS, TIMESTEPS, 1, 0, 0, 1, 0, 1, 42];
const OPTIMIZER = [2, 0, 0.001, 0.9, 0.999, 1e-7, 0.9, 0, 0, 0];

/** A small model and everything else that calls need as arguments. */
function stage(e: Exports) {
  const [units, timesteps, samples] = [UNITS, TIMESTEPS, SAMPLES];
  const config = record(e, CONFIG);
  const optimizer = record(e, OPTIMIZER);
  const model = block(e, 'model_size', config.address);
  assert.equal(call(e, 'model_init', model, config.address), 0);
  const workspace = block(e, 'workspace_size', model, samples, timesteps);
  assert.equal(call(e, 'workspace_init', workspace, model, samples, timesteps), 0);
  const x = call(e, 'reserve', 4 * samples * timesteps);
  const y = call(e, 'reserve', 4 * samples);
  assert.equal(call(e, 'task', 1, 42, 0, samples, timesteps, 0, x, y), 0);
  const lengths = call(e, 'reserve', 4 * samples);
  new Uint32Array(e.memory.buffer, lengths, samples).fill(3);
  const states = call(e, 'reserve', 4 * samples * units);
  new Float32Array(e.memory.buffer, states, samples * units).fill(0.5);
  const sequences = [at(x), at(y), samples, timesteps, at(lengths), at(states), 0];
  const data = record(e, [...sequences, 0, 2, 1]);
  const one = record(e, [at(x), at(y), 1, timesteps, 0, at(states), 0, 0, 2, 1]);
  const plan = record(e, [...sequences, ...sequences, 2, 4, 1, 1, 0, 0, 0, 0, 0, 0]);
  const fit = block(e, 'fit_size', model, samples, 2, 4, 0, 0);
  assert.equal(call(e, 'fit_begin', fit, model, plan.address), 0);
  const fresh = block(e, 'fit_size', model, samples, 2, 4, 0, 0);
  const classes = record(e, [1, 0, 1, 0, 1, units, timesteps, 3, 1, 1, 3, 0, 1, 42]); // three, read out at every step
  const speaker = block(e, 'model_size', classes.address);
  assert.equal(call(e, 'model_init', speaker, classes.address), 0);
  const [prompt, spoken] = [call(e, 'reserve', 8), call(e, 'reserve', 4 * 4 * 5)];
  new Uint32Array(e.memory.buffer, prompt, 2).set([2, 0]);
  const trace = block(e, 'trace_size', model, timesteps);
  const backward = block(e, 'backward_size', model, timesteps, samples);
  const [parameters, text, doubles] = [4 * PARAMETERS, 4096, 8 * samples].map((bytes) => call(e, 'reserve', bytes)) as [
    number,
    number,
    number,
  ];
  new Uint8Array(e.memory.buffer).fill(0, text, text + 4096);
  new Float32Array(e.memory.buffer, parameters, PARAMETERS).fill(0.25);
  new Float64Array(e.memory.buffer, doubles, samples).fill(1);
  const gates = call(e, 'reserve', 4 * 2 * 3 * units);
  const question = record(e, [0, 2, at(x), at(x), at(gates), 0, 0, 0, 0, 0, 1, 3]);
  const snapshotBytes = sizeOf(e, 'model_size', config.address);
  const snapshot = call(e, 'reserve', snapshotBytes);
  assert.equal(call(e, 'snapshot', model, snapshot, snapshotBytes), 0);
  // each call with arguments that work; addresses are marked, so that a test can replace one at a time
  const calls: Calls = [
    ['model_size', config],
    ['config', at(model)],
    ['metric', at(model)],
    ['optimizer', at(model)],
    ['compile', at(model), optimizer],
    ['set_learning_rate', at(model), 0.01],
    ['tensor', at(model), 0],
    ['parameters', at(model)],
    ['set_parameters', at(model), at(parameters), PARAMETERS],
    ['counters', at(model)],
    ['snapshot', at(model), at(snapshot, 1), snapshotBytes],
    ['restore', at(model), at(snapshot, 1), snapshotBytes],
    ['summary_size', at(model)],
    ['summary', at(model), at(text, 1), 4096],
    ['workspace_size', at(model), 4, timesteps],
    ['fit', at(fit), at(model), at(workspace), 1],
    ['fit_batch', at(fit), at(model), at(parameters), 4],
    ['history', at(fit)],
    ['evaluate', at(model), at(workspace), data],
    ['predict', at(model), at(workspace), data, at(parameters)],
    ['confusion', at(model), at(workspace), data, at(parameters)],
    ['gradient', at(model), at(workspace), data, at(parameters)],
    ['gradient_check', at(model), at(workspace), data, 3],
    ['backward_size', at(model), timesteps, samples],
    ['backward', at(backward, 8), at(model), data, 0],
    ['step', at(model), at(parameters)],
    ['set_states', at(model), at(states), 0],
    ['generate', at(speaker), at(prompt), 2, 0.5, 0, 42, 4, 2 ** 32 - 1, 2, at(spoken)],
    ['trace_size', at(model), timesteps],
    ['trace', at(trace, 8), at(model), one],
    ['trace_layer', 0],
    ['contribution', at(model), 0, at(x), at(x), at(x), at(x), 0, at(parameters)],
    ['terms', at(model), question, at(parameters)],
    ['activate', at(model), 2, at(parameters), 5],
    ['task', 0, 42, 0, samples, timesteps, 0, at(x), at(y)],
    ['task_targets', 1, at(x), timesteps, at(y)],
    ['targets', at(y), samples, 0],
    ['judge', at(x), samples, 1, at(y), at(parameters)],
    ['dataset_hash', at(x), at(y), samples, timesteps, 1, 0, at(lengths)],
    ['majority_share', at(y), samples],
    ['quantile', at(doubles, 8), samples, 0.5],
    ['column_ranges', at(x), samples, timesteps, at(parameters)],
    ['fit_begin', at(fresh), at(model), plan],
  ];
  return { model, workspace, x, y, samples, timesteps, fit, snapshot, snapshotBytes, calls };
}

/** Everything that calls of the module for files need as arguments. */
function stageFiles(e: Exports): { calls: Calls } {
  const [config, optimizer, program] = [CONFIG, OPTIMIZER, [0, 0.5, 2, 3, 1, 1, 0, 0]].map((numbers) =>
    record(e, numbers),
  ) as [Address, Address, Address];
  const parameters = call(e, 'reserve', 4 * PARAMETERS);
  new Float32Array(e.memory.buffer, parameters, PARAMETERS).fill(0.25);
  const names = call(e, 'reserve', 13);
  new Uint8Array(e.memory.buffer).set(new TextEncoder().encode('d.csv\0\0w.npz\0'), names);
  const text = call(e, 'reserve', 8192);
  new Uint8Array(e.memory.buffer).fill(0, text, text + 8192);
  const put = (text: string): number => {
    const place = call(e, 'reserve', text.length);
    new Uint8Array(e.memory.buffer).set(new TextEncoder().encode(text), place);
    return place;
  };
  const [note, value, columns] = [put('key\0value\0'), call(e, 'reserve', 5), put('up\0in\0')];
  const scales = call(e, 'reserve', 32);
  new Float64Array(e.memory.buffer, scales, 4).set([1, 2, 3, 4]);
  const series = record(e, [7, 1, 0, 0, 1, at(scales, 8)]);
  const seriesBytes = sizeOf(e, 'series_note_write', series.address, columns, 6, 0, 0);
  const seriesText = call(e, 'reserve', seriesBytes);
  assert.equal(call(e, 'series_note_write', series.address, columns, 6, seriesText, seriesBytes), 0);
  const files = [0, 1].map((format) => {
    const given = [config.address, parameters, format, 1, note, 10] as const;
    const bytes = sizeOf(e, 'weights_write', ...given, 0, 0);
    const file = call(e, 'reserve', bytes);
    assert.equal(call(e, 'weights_write', ...given, file, bytes), 0);
    return { file: at(file, 1), bytes };
  });
  const calls: Calls = [
    ...files.flatMap(
      ({ file, bytes }, format): Calls => [
        ['weights_measure', file, bytes, config],
        ['weights_read', file, bytes, config, at(parameters)],
        ['weights_write', config, at(parameters), format, 1, at(note, 1), 10, file, bytes],
        ['weights_note', file, bytes, at(note, 1), 4, at(value, 1), 5],
      ],
    ),
    ['series_note_write', series, at(columns, 1), 6, at(seriesText, 1), seriesBytes],
    ['series_note_read', at(seriesText, 1), seriesBytes - 1],
    ['series_column', 1],
    ['program', config, optimizer, program, at(names, 1), 13, at(text, 1), 8192],
  ];
  return { calls };
}

/** Where the address 0 stands for something: no targets, lengths or states. */
const OPTIONAL =
  /^((trace|predict) 2\.1|(evaluate|predict|confusion|gradient|gradient_check|backward|trace) 2\.[45]|fit_begin 2\.([45]|1[12])|set_states 1|contribution 3|dataset_hash 6|csv_read 10|(dataset_notes|csv_write(_size)?) 6|(series_scales|windows_\w+|baseline_\w+) 0\.1|ngrams(_size)? [05]\.6)$/;

/** The calls about a data set as CSV: its label never changes, so there is something to say about it. */
function callsOfCsv(e: Exports): Calls {
  const shape = [SAMPLES, TIMESTEPS, 1, 0];
  const x = call(e, 'reserve', 4 * SAMPLES * TIMESTEPS);
  const y = call(e, 'reserve', 4 * SAMPLES);
  new Float32Array(e.memory.buffer, x, SAMPLES * TIMESTEPS).fill(0.25);
  new Float32Array(e.memory.buffer, y, SAMPLES).fill(1);
  const lengths = call(e, 'reserve', 4 * SAMPLES);
  new Uint32Array(e.memory.buffer, lengths, SAMPLES).fill(TIMESTEPS);
  const bytes = sizeOf(e, 'csv_write_size', x, y, ...shape, lengths);
  const text = call(e, 'reserve', bytes);
  assert.equal(call(e, 'csv_write', x, y, ...shape, lengths, text, bytes), 0);
  const noteBytes = sizeOf(e, 'dataset_notes', x, y, ...shape, lengths, 0, SAMPLES, 0, 0);
  assert.ok(noteBytes > 0);
  const notes = call(e, 'reserve', noteBytes);
  return [
    ['csv_measure', at(text, 1), bytes],
    ['csv_read', at(text, 1), bytes, ...shape, 0, 1, at(x), at(y), at(lengths)],
    ['csv_notes', at(text, 1), bytes, 0, at(notes, 1), noteBytes],
    ['dataset_notes', at(x), at(y), ...shape, at(lengths), 0, SAMPLES, at(notes, 1), noteBytes],
    ['csv_write_size', at(x), at(y), ...shape, at(lengths)],
    ['csv_write', at(x), at(y), ...shape, at(lengths), at(text, 1), bytes],
  ];
}

/** Everything that calls of the module for data need as arguments: ten rows of two columns. */
function stageData(e: Exports): { calls: Calls } {
  const [rows, columns] = [10, 2];
  const values = call(e, 'reserve', 8 * rows * columns);
  new Float64Array(e.memory.buffer, values, rows * columns).set(Float64Array.from({ length: 20 }, (_, i) => i % 7));
  const positions = call(e, 'reserve', 8 * rows);
  new Float64Array(e.memory.buffer, positions, rows).set(Float64Array.from({ length: rows }, (_, i) => i));
  const inputs = call(e, 'reserve', 8);
  new Uint32Array(e.memory.buffer, inputs, 2).set([1, 0]);
  const series = record(e, [at(values, 8), at(positions, 8), rows, columns]);
  const windows = record(e, [at(inputs), 2, 0, 3, 1, 1, 0, 0, 0]);
  const [x, y, now, drive, scales, forecasts] = [4 * 7 * 6, 4 * 7, 4 * 7, 16, 32, 8 * 7].map((bytes) =>
    call(e, 'reserve', bytes),
  ) as [number, number, number, number, number, number];
  assert.equal(call(e, 'series_scales', series.address, 0, rows, scales), 0);
  new Float64Array(e.memory.buffer, forecasts, 7).fill(1);
  new Float32Array(e.memory.buffer, y, 7).fill(1);
  const text = new TextEncoder().encode('t,a,b\n2010-01-01,1,2\n2010-01-02,3,4\n2010-01-03,5,6\n2010-01-04,7,8\n');
  const words = call(e, 'reserve', text.length);
  new Uint8Array(e.memory.buffer).set(text, words);
  assert.equal(call(e, 'table_measure', words, text.length), 0);
  const table = record(e, [...answers(e).subarray(0, 15)]);
  const chosen = call(e, 'reserve', 8);
  new Uint32Array(e.memory.buffer, chosen, 2).set([2, 1]);
  const counts = call(e, 'reserve', 4 * 3);
  const numbers = call(e, 'reserve', 8 * 2 * 4);
  const places = call(e, 'reserve', 8 * 4);
  const bytes = sizeOf(e, 'baseline_size', series.address, windows.address);
  const scratch = call(e, 'reserve', bytes);
  const calls: Calls = [
    ...callsOfCsv(e),
    ['table_measure', at(words, 1), text.length],
    ['table_column', at(words, 1), text.length, table, 1],
    ['table_missing', at(words, 1), text.length, table, at(counts)],
    ['table_read', at(words, 1), text.length, table, at(chosen), 2, 0, 4, at(numbers, 8), at(places, 8)],
    ['table_time', table, 1],
    ['series_scales', series, 0, rows, at(scales, 8)],
    ['windows_count', series, windows, 0, rows],
    ['windows_make', series, windows, at(scales, 8), 0, rows, at(x), at(y), at(now)],
    ['windows_score', series, windows, 0, rows, at(forecasts, 8)],
    ['scale_undo', at(scales, 8), at(y), 7, at(forecasts, 8)],
    ['input_drive', at(x), 7, 3, 2, 2, at(drive, 8)],
    ['baseline_size', series, windows],
    ['baseline_forecasts', series, windows, 0, 6, 6, rows, 2, 3, 1, at(scratch, 8), bytes, at(forecasts, 8)],
    ...stageTexts(e),
  ];
  return { calls };
}

/** A text of seven tokens with five different ones, and sequences of them. */
function stageTexts(e: Exports): Calls {
  const put = (bytes: Uint8Array): number => {
    const address = call(e, 'reserve', bytes.length);
    new Uint8Array(e.memory.buffer).set(bytes, address);
    return address;
  };
  const room = (bytes: number): number => call(e, 'reserve', bytes);
  const [text, list] = ['a b c. a b d', 'a b c d .'].map((words) => new TextEncoder().encode(words)) as [
    Uint8Array,
    Uint8Array,
  ];
  const [words, known] = [put(text), put(list)];
  const [count, classes, timesteps] = [7, 5, 2];
  assert.equal(call(e, 'text_measure', words, text.length, 0, 0), 0);
  const bytes = answers(e)[1] as number;
  const scratch = room(bytes);
  const [tokens, marks, written] = [room(4 * count), room(count), room(100)];
  assert.equal(call(e, 'vocabulary_read', known, list.length, 0, 0), 0);
  assert.equal(call(e, 'text_encode', words, text.length, count, tokens, marks), 0);
  const layout = record(e, [0, timesteps, 1, classes, classes]);
  const samples = count - timesteps;
  const [x, y, lengths] = [room(4 * samples * timesteps * classes), room(4 * samples * timesteps), room(4 * samples)];
  assert.equal(call(e, 'text_sequences', tokens, marks, count, layout.address, x, y, lengths), 0);
  const data = record(e, [at(x), at(y), samples, timesteps, classes, 1, at(lengths)]);
  const counts = sizeOf(e, 'ngrams_size', data.address, classes, 1);
  const [block, predictions] = [room(counts), room(4 * samples * timesteps * classes)];
  return [
    ['text_measure', at(words, 1), text.length, 0, 0],
    ['vocabulary_build', at(words, 1), text.length, 0, 0, 3, at(scratch, 8), bytes],
    ['vocabulary_read', at(known, 1), list.length, 0, 0],
    ['text_encode', at(words, 1), text.length, count, at(tokens), at(marks, 1)],
    ['text_decode', at(tokens), count, at(written, 1), 100],
    ['text_sequences_measure', at(tokens), at(marks, 1), count, layout],
    ['text_sequences', at(tokens), at(marks, 1), count, layout, at(x), at(y), at(lengths)],
    ['ngrams_size', data, classes, 1],
    ['ngrams', data, classes, 1, at(block, 8), counts, data, 1, at(predictions)],
    ...probeCalls(e),
    [
      'answers_by_step',
      at(predictions),
      classes,
      at(y),
      samples,
      timesteps,
      lengths,
      at(tokens),
      2,
      at(room(8 * timesteps)),
    ],
  ];
}

/** A probe of three columns over four rows, and over two others. */
function probeCalls(e: Exports): Calls {
  const room = (bytes: number): number => call(e, 'reserve', bytes);
  const [columns, rows, others] = [3, 4, 2];
  const bytes = sizeOf(e, 'probe_size', columns);
  const inputs = [columns * rows, rows, columns * others, others].map((count) => room(4 * count));
  const [x = 0, y = 0, otherX = 0, otherY = 0] = inputs;
  const [block, solution] = [room(bytes), room(8 * (columns + 1))];
  return [['probe', at(x), at(y), rows, at(otherX), at(otherY), others, columns, at(block, 8), bytes, at(solution, 8)]];
}

const plain = (argument: Argument): number => (typeof argument === 'number' ? argument : argument.address);

/**
 * Each call with one argument after another replaced, including those inside a record. `spoil` returns wrong values for
 * an argument, which must all give an error status.
 */
function spoiled(
  e: Exports,
  calls: Calls,
  spoil: (name: string, argument: Argument, place: string) => readonly number[],
): void {
  for (const [name, ...given] of calls)
    for (const [i, argument] of given.entries()) {
      for (const number of spoil(name, argument, String(i)))
        assert.notEqual(
          call(e, name, ...given.map((one, k) => (k === i ? number : plain(one)))),
          0,
          `${name}, argument ${i} = ${number}`,
        );
      if (typeof argument === 'number' || !argument.fields) continue;
      const fields = argument.fields.map(plain);
      for (const [k, field] of argument.fields.entries())
        for (const number of spoil(name, field, `${i}.${k}`)) {
          write(e, argument, fields.with(k, number));
          assert.notEqual(call(e, name, ...given.map(plain)), 0, `${name}, field ${k} of argument ${i} = ${number}`);
        }
      write(e, argument, fields);
    }
}

interface Described {
  title: string;
  bytes: () => Uint8Array<ArrayBuffer>;
  /** The section of docs/interface.md that lists its exports. */
  section: string;
  most: number;
  stage: (e: Exports) => { calls: Calls; others?: number[] };
}

const MODULES: Described[] = [
  ...KINDS.map(
    (kind): Described => ({
      title: `the ${kind} module`,
      bytes: () => bytesOf(kind),
      section: 'Exports of the network',
      most: 32_000,
      stage: (e) => {
        const { calls, model, workspace } = stage(e);
        return { calls, others: [model, workspace] };
      },
    }),
  ),
  { title: 'the module for files', bytes: filesBytes, section: 'Exports of files', most: 25_700, stage: stageFiles },
  { title: 'the module for data', bytes: dataBytes, section: 'Exports of data', most: 33_500, stage: stageData },
];

/** The rows of a section's first table: an export with its parameters and the records that it fills. */
function documented(title: string): { name: string; parameters: string[]; records: string[] }[] {
  const document = readFileSync(new URL('../../docs/interface.md', import.meta.url), 'utf8');
  const [, section = ''] = new RegExp(`### ${title}\n([\\s\\S]*?)\n##`).exec(document) ?? [];
  return [...section.matchAll(/^\| `(\w+)\((.*?)\)` \|.*\|(.*)\|$/gm)].map(
    ([, name = '', parameters = '', records = '']) => ({
      name,
      parameters: parameters.split(', ').filter((one) => one !== ''),
      records: [...records.matchAll(/`(\w+)`/g)].map((match) => match[1] as string),
    }),
  );
}

for (const kind of KINDS)
  test(`the ${kind} module knows every status by name and text`, async () => {
    const e = await start(bytesOf(kind));
    const header = readFileSync(new URL('../../core/rnn.h', import.meta.url), 'utf8');
    const statuses = [...header.matchAll(/^ {4}(RNN_\w+) = (\d+),? /gm)].filter(([, name]) =>
      /^RNN_(OK|ERROR_\w+|DIVERGED)$/.test(name as string),
    );
    assert.ok(statuses.length >= 10);
    for (const [, name, value] of statuses) {
      assert.equal(textAt(e, call(e, 'status_name', Number(value))), name);
      assert.notEqual(textAt(e, call(e, 'status_text', Number(value))), '');
    }
    assert.equal(textAt(e, call(e, 'status_name', 0xffffffff)), 'RNN_UNKNOWN');
  });

for (const { title, bytes, section, most, stage: staged } of MODULES)
  describe(title, () => {
    test(`has at most ${most.toLocaleString('en')} bytes gzipped`, () => {
      const size = gzipSync(bytes(), { level: 9 }).length;
      assert.ok(size <= most, `${size} bytes`);
    });

    test('imports nothing, and its exports are those of the documentation', async () => {
      const module = await WebAssembly.compile(bytes());
      assert.deepEqual(WebAssembly.Module.imports(module), []);
      const found = WebAssembly.Module.exports(module).map((one) => one.name);
      const rows = [...documented('Exports of every module'), ...documented(section)];
      assert.deepEqual(found.filter((name) => !TOOLCHAIN.includes(name)).sort(), rows.map(({ name }) => name).sort());
      const e = await start(bytes());
      for (const { name, parameters } of rows)
        assert.equal((e[name] as unknown as { length: number }).length, parameters.length, name);
    });

    test('the documentation names exactly the existing records', async () => {
      const e = await start(bytes());
      const records: string[] = [];
      for (let address = call(e, 'record', 0); address !== 0; address = call(e, 'record', records.length))
        records.push(textAt(e, address));
      const names = records.map((one) => one.split(' ')[0] as string);
      assert.equal(new Set(names).size, names.length);
      const answered = new Set(documented(section).flatMap((row) => row.records));
      const going = ['config', 'optimizer', 'data', 'plan', 'question', 'program', 'series', 'windows', 'layout'];
      assert.deepEqual(
        [...answered].filter((name) => !names.includes(name)),
        [],
      );
      assert.deepEqual(
        names.filter((name) => !answered.has(name) && !going.includes(name)),
        [],
      );
    });

    test('reserves aligned blocks that do not overlap, and reuses gaps', async () => {
      const e = await start(bytes());
      const sizes = [1, 15, 16, 17, 1000];
      const blocks = sizes.map((bytes) => call(e, 'reserve', bytes));
      for (const [i, address] of blocks.entries()) {
        assert.equal(address % 8, 0);
        if (i > 0) assert.ok(address >= (blocks[i - 1] as number) + (sizes[i - 1] as number));
      }
      assert.equal(call(e, 'release', blocks[2] as number), 0);
      assert.equal(call(e, 'reserve', 16), blocks[2]);
      for (const bytes of [0, -1, Number.NaN, 0.5, 2 ** 32, Number.POSITIVE_INFINITY])
        assert.equal(call(e, 'reserve', bytes), 0, String(bytes));
      assert.equal(call(e, 'release', 0), 1);
      assert.equal(call(e, 'release', (blocks[0] as number) + 4), 1);
    });

    test('grows memory, and returns 0 if that is not possible', async () => {
      const e = await start(bytes());
      const before = e.memory.buffer.byteLength;
      const large = call(e, 'reserve', 2 * before);
      assert.notEqual(large, 0);
      assert.ok(e.memory.buffer.byteLength >= large + 2 * before);
      assert.equal(call(e, 'reserve', 0xffffffff), 0);
      assert.notEqual(call(e, 'reserve', 100), 0);
    });

    test('every call with right arguments works', async () => {
      const e = await start(bytes());
      for (const [name, ...numbers] of staged(e).calls) assert.equal(call(e, name, ...numbers.map(plain)), 0, name);
    });

    test('a wrong address gives an error status, for each argument of each call', async () => {
      const e = await start(bytes());
      const { calls, others = [] } = staged(e);
      const released = call(e, 'reserve', 64);
      call(e, 'release', released);
      spoiled(e, calls, (name, argument, place) => {
        if (typeof argument === 'number') return [];
        const bad = [0, 1, 64, released, 0x7ffffff0, 0xfffffff0, argument.address + 0x1000000];
        if (argument.alignment > 1) bad.push(argument.address + 1, argument.address + 2);
        bad.push(...others.filter((other) => other !== argument.address));
        return OPTIONAL.test(`${name} ${place}`) ? bad.slice(1) : bad;
      });
    });

    test('numbers that would lead past the end of a block give an error status', async () => {
      const e = await start(bytes());
      spoiled(e, staged(e).calls, (name, argument, place) => {
        // counts, extents and capacities are whole numbers from 4 on, except sizes that are not extents, and seeds
        if (typeof argument !== 'number' || argument < 4 || (name === 'task' && place === '1') || place.endsWith('.13'))
          return [];
        if (['workspace_size', 'trace_size'].includes(name)) return [];
        // what a table is described by leads nowhere
        if (name.startsWith('table_') && place.includes('.')) return [];
        if (name === 'generate' && place !== '6') return []; // a seed, and a token at which to stop
        return [0xffffffff, 0x80000000, 0x40000000];
      });
    });

    test('no arguments make it trap', async () => {
      const e = await start(bytes());
      const { calls } = staged(e);
      const addresses = calls.flatMap(([, ...numbers]) => numbers.filter((one) => typeof one !== 'number').map(plain));
      const nasty = [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        16,
        89,
        4096,
        1e6,
        2 ** 31 - 1,
        2 ** 31,
        2 ** 32 - 1,
        -1,
        0.5,
        Number.NaN,
        1e300,
        ...addresses,
      ];
      const names = Object.keys(e).filter((name) => ![...TOOLCHAIN, 'reserve', 'release'].includes(name));
      let state = 12345;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const any = (): number => nasty[random(nasty.length)] as number;
      const never = (name: string, numbers: number[]): void => {
        try {
          call(e, name, ...numbers);
        } catch (error) {
          assert.fail(`${name}(${numbers}): ${error}`);
        }
      };
      const before = e.memory.buffer.byteLength;
      for (let i = 0; i < 20_000; i++) {
        const name = names[random(names.length)] as string;
        never(name, Array.from({ length: (e[name] as unknown as { length: number }).length }, any));
        /* and a call that works, with some of its numbers and those of its records replaced */
        const [known, ...given] = calls[random(calls.length)] as Calls[number];
        const records: number[] = [];
        const numbers = given.map((argument) => {
          if (random(5) === 0) return any();
          if (typeof argument === 'number' || !argument.fields) return plain(argument);
          records.push(
            record(
              e,
              argument.fields.map((field) => (random(5) === 0 ? any() : plain(field))),
            ).address,
          );
          return records.at(-1) as number;
        });
        never(known, numbers);
        for (const address of records) call(e, 'release', address);
      }
      assert.equal(e.memory.buffer.byteLength, before, 'only reserve may grow memory');
    });
  });

for (const kind of KINDS)
  describe(`the ${kind} module`, () => {
    test('says whether it has SIMD', async () => {
      const e = await start(bytesOf(kind));
      call(e, 'limits');
      assert.equal(answers(e)[2], kind === 'simd' ? 1 : 0);
    });

    test('a malicious snapshot is rejected with the reason and changes nothing', async () => {
      const e = await start(bytesOf(kind));
      const { model, workspace, fit, snapshot: place, snapshotBytes: bytes } = stage(e);
      const memory = () => new DataView(e.memory.buffer, place, bytes);
      const named = (status: number): string => textAt(e, call(e, 'status_name', status));
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 0);
      assert.equal(call(e, 'snapshot', model, place, bytes), 0);
      const sound = new Uint8Array(e.memory.buffer, place, bytes).slice();
      const header =
        8 +
        64 +
        72 +
        16 +
        8 +
        8 +
        16; /* magic and stepped, config, optimizer, powers, updates, epochs and position, sums */
      const found = new Set<string>();
      for (let at = 0; at + 4 <= header; at += 4)
        for (const value of [0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff, 0x7ff80000, 0x314d4e52]) {
          memory().setUint32(at, value, true);
          const status = call(e, 'restore', model, place, bytes);
          found.add(named(status));
          if (status === 0)
            assert.equal(
              named(call(e, 'fit', fit, model, workspace, Infinity))
                .replace('RNN_DIVERGED', 'RNN_OK')
                .replace('RNN_ERROR_SHAPE', 'RNN_OK'),
              'RNN_OK',
            );
          new Uint8Array(e.memory.buffer, place, bytes).set(sound);
          if (status === 0) assert.equal(call(e, 'restore', model, place, bytes), 0);
          assert.equal(call(e, 'snapshot', model, place, bytes), 0);
          assert.deepEqual(new Uint8Array(e.memory.buffer, place, bytes).slice(), sound, `${value} at ${at}`);
        }
      assert.deepEqual([...found].sort(), ['RNN_ERROR_SHAPE', 'RNN_ERROR_SNAPSHOT', 'RNN_ERROR_VERSION', 'RNN_OK']);
    });

    test('targets that became invalid during a fit are rejected, and the fit continues once they are corrected', async () => {
      const e = await start(bytesOf(kind));
      const { model, workspace, y, samples, fit, snapshot: place, snapshotBytes: bytes } = stage(e);
      const state = (): Uint8Array => {
        assert.equal(call(e, 'snapshot', model, place, bytes), 0);
        return new Uint8Array(e.memory.buffer, place, bytes).slice();
      };
      const targets = new Float32Array(e.memory.buffer, y, samples);
      const [sound, before] = [targets.slice(), state()];
      for (const wrong of [-1, 2, 0.5, 1e9, -1e30, Infinity, NaN]) {
        targets.fill(wrong);
        assert.equal(
          textAt(e, call(e, 'status_name', call(e, 'fit', fit, model, workspace, Infinity))),
          'RNN_ERROR_DATA',
          String(wrong),
        );
        assert.deepEqual(state(), before, String(wrong));
      }
      targets.set(sound);
      assert.equal(call(e, 'fit', fit, model, workspace, Infinity), 0);
      assert.notDeepEqual(state(), before);
    });

    test('a fit whose data were released stops', async () => {
      const e = await start(bytesOf(kind));
      const { fit, model, workspace, y } = stage(e);
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 0);
      call(e, 'release', y);
      assert.equal(call(e, 'fit', fit, model, workspace, 1), 1);
    });
  });

test('a program is not written over the names of its files', async () => {
  const e = await start(filesBytes());
  const [config, optimizer, program] = (stageFiles(e).calls.at(-1) as [string, ...Argument[]])
    .slice(1, 4)
    .map((one) => plain(one as Argument)) as [number, number, number];
  const names = new TextEncoder().encode('d.csv\0\0w.npz\0');
  const capacity = 8192;
  const block = call(e, 'reserve', capacity + 2 * names.length);
  const memory = (): Uint8Array => new Uint8Array(e.memory.buffer, block, capacity + 2 * names.length);
  const text = block + names.length;
  for (const [place, refused] of [
    [block, false],
    [block + 1, true],
    [text, true],
    [text + 4000, true],
    [text + capacity - 1, true],
    [text + capacity, false],
  ] as const) {
    memory().fill(0);
    memory().set(names, place - block);
    const before = memory().slice();
    assert.equal(
      call(e, 'program', config, optimizer, program, place, names.length, text, capacity),
      Number(refused),
      `names at ${place - text}`,
    );
    if (refused) assert.deepEqual(memory(), before);
    else assert.match(new TextDecoder().decode(memory()), /here \/ "w\.npz"[\s\S]*read\("d\.csv"\)/);
  }
});
