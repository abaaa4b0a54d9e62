/** Exported files must run in their frameworks and give the same results there. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { load } from '../../build/js/unrolled.js';

const program = resolve(process.env['BUILD'] ?? 'build', 'unrolled');
const standIns = import.meta.dirname;
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'unrolled-hosts-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, args: string[], environment: Record<string, string> = {}): string {
  const done = spawnSync(name, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
  });
  assert.equal(done.status, 0, `${name} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}
const unrolled = (...args: string[]): string => run(program, args);
/** Debian's Python, even if another one comes first in PATH. */
const python = (code: string, modules = ''): string =>
  run('/usr/bin/python3', ['-c', code], { PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: '1' });
const numbers = (text: string): number[] => (text.match(/-?[\d.]+(e[-+]?\d+)?/g) ?? []).map(Number);

function near(got: number[], expected: number[], tolerance: number, what: string): void {
  assert.equal(got.length, expected.length, what);
  for (const [i, value] of expected.entries())
    assert.ok(
      Math.abs((got[i] as number) - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${what}[${i}]: ${got[i]}, expected ${value}`,
    );
}

/** A script's predictions before training. */
const PREDICTIONS = (file: string) => `import runpy
found = runpy.run_path("${file}", run_name="read")
print("predictions", *[repr(float(p)) for p in found["predictions"].reshape(-1)])`;

/**
 * The network, its training options, and how close its training losses are to ours: PyTorch's RMSprop and Adam add
 * epsilon at another place.
 */
const WORKS: [string, string, string, number][] = [
  ['the notebook', '--task random --samples 100 --steps 10', '', 1e-4],
  [
    'SimpleRNN, relu, classes',
    '--task order --samples 60 --steps 10 --activation relu --units 6',
    '--optimizer sgd --learning-rate 0.05',
    1e-5,
  ],
  [
    'two SimpleRNN, a number',
    '--task adding --samples 50 --steps 8 --layers 2 --units 5 --l2 0.01',
    '--optimizer sgd --learning-rate 0.05 --momentum 0.9 --nesterov',
    1e-5,
  ],
  [
    'GRU, a label',
    '--task first --samples 80 --steps 6 --cell gru --units 7',
    '--optimizer sgd --learning-rate 0.1 --momentum 0.5 --global-clipnorm 0.05',
    1e-5,
  ],
  [
    'two GRU, every time step',
    '--task echo --samples 60 --steps 7 --cell gru --layers 2 --units 4 --l2 0.02',
    '--optimizer adam --beta-1 0.8 --clipvalue 0.01',
    1e-4,
  ],
  [
    'LSTM, a label',
    '--task parity --samples 60 --steps 5 --cell lstm --units 6',
    '--optimizer rmsprop --rho 0.8 --learning-rate 0.003',
    1e-2,
  ],
  [
    'three LSTM, classes',
    '--task order --samples 40 --steps 10 --cell lstm --layers 3 --units 4',
    '--optimizer rmsprop --momentum 0.5 --learning-rate 0.001',
    1e-2,
  ],
  [
    'LSTM, a number, every time step',
    '--task echo --samples 40 --steps 6 --cell lstm --units 3',
    '--optimizer sgd --nesterov --learning-rate 0.1',
    1e-5,
  ],
];

for (const [name, network, training, nearness] of WORKS)
  describe(name, () => {
    const words = (text: string): string[] => text.split(' ').filter(Boolean);
    const made = words(network);
    const how = [...words(training), '--epochs', '4', '--batch-size', '16', '--no-shuffle'];
    const l2 = made.includes('--l2') ? ['--l2', made[made.indexOf('--l2') + 1] as string] : [];
    const like = ['--data', 'm.csv', '--weights', 'm.npz'];
    let predictions: number[];
    let figures: number[];
    before(() => {
      /* trained weights, so that biases are not 0 */
      unrolled('fit', ...made, '--learning-rate', '0.01', '--epochs', '2', '--verbose', '0', '--save', 'w.safetensors');
      for (const framework of ['pytorch', 'keras'])
        unrolled(
          'export',
          ...made,
          ...how,
          '--weights',
          'w.safetensors',
          '--validation-samples',
          '20',
          '--framework',
          framework,
          '--output',
          framework === 'keras' ? 'k' : 'm',
        );
      predictions = numbers(unrolled('predict', ...like));
      figures = numbers(unrolled('evaluate', ...like, ...l2).split('confusion')[0] as string);
    });

    test('PyTorch predicts what we predict, to 1e-6', () => {
      const said = python(PREDICTIONS('m.py'));
      near(numbers(said.split('predictions').at(-1) as string), predictions, 1e-6, 'prediction');
      near(numbers(said.split('\n')[1] as string), figures, 1e-5, 'figure');
    });

    test('PyTorch continues training as we do', () => {
      unrolled(
        'fit',
        ...like,
        '--validation-data',
        'm_validation.csv',
        ...how,
        ...l2,
        '--verbose',
        '0',
        '--history',
        'h.json',
      );
      const history = JSON.parse(readFileSync(join(folder, 'h.json'), 'utf8')) as Record<string, number[]>;
      const lines = python('import runpy; runpy.run_path("m.py", run_name="__main__")')
        .split('\n')
        .filter((line) => line.startsWith('epoch'));
      const losses = lines.map((line) => numbers(line.replace(/^epoch \S+/, '')));
      near(
        losses.map(([loss]) => loss as number),
        history['loss'] as number[],
        nearness,
        'loss',
      );
      near(
        losses.map(([, loss]) => loss as number),
        history['val_loss'] as number[],
        nearness,
        'val_loss',
      );
    });

    test('the Keras file runs with a replacement for Keras, whose predictions agree to 1e-6', () => {
      const said = python(PREDICTIONS('k.py'), standIns);
      near(numbers(said.split('predictions').at(-1) as string), predictions, 1e-6, 'prediction');
      near(numbers(said.split('\n')[1] as string), figures, 1e-5, 'figure');
      const fit = python('import runpy; runpy.run_path("k.py", run_name="__main__")', standIns);
      assert.match(fit, /fit would read 20 sequences, loss/);
      assert.match(fit, /fit would run 4 epochs in batches of 16 in order/);
    });
  });

/** A wave with a trend, another wave, and a constant column. Some days are missing. */
const level = (day: number): number => 20 + 5 * Math.sin((Math.PI * day) / 6) + day / 10;
const dayOf = (day: number): string => new Date(Date.UTC(2010, 0, 1 + day)).toISOString().slice(0, 10);
const present = Array.from({ length: 120 }, (_, day) => day).filter((day) => ![40, 41, 100].includes(day));
const table = `date,temp,wind,same\n${present
  .map((day) => `${dayOf(day)},${level(day).toFixed(2)},${level(3 * day + 2).toFixed(3)},7\n`)
  .join('')}`;

/** What a script of a series says of its test part: the forecast of each window's last time step, and the metric. */
const FORECASTS = `import runpy
found = runpy.run_path("s.py", run_name="read")
x, y, series, model = found["x_val"], found["y_val"], found["series"], found["model"]
if "keras" in found:
    predictions, metric = model.predict(x), model.evaluate(x, y)[1]
else:
    text, predictions = found["evaluate"](x, y)
    metric = text.split()[-1]
scale = series["target"] if series["forecast"] == "value" else {"mean": 0, "deviation": 1}
print("forecasts", *[repr(float(scale["mean"] + scale["deviation"] * p)) for p in predictions.reshape(len(x), -1)[:, -1]])
print("metric", metric)`;

describe('a time series', () => {
  const parts = ['--table', 't.csv', '--missing', 'drop', '--test-from', '2010-04'];
  const kinds: [string, string][] = [
    ['a value', ''],
    ['a value two days later, from every second window', '--lead 2 --stride 2'],
    ['a value that is no input, not standardized', '--inputs wind --no-standardize'],
    ['a value after every step', '--return-sequences --cell lstm'],
    ['higher than now', '--forecast higher --cell gru'],
    ['above a threshold after every step', '--forecast above --threshold 30 --return-sequences'],
  ];
  before(() => writeFileSync(join(folder, 't.csv'), table));
  for (const [name, how] of kinds)
    for (const framework of ['pytorch', 'keras'])
      test(`${framework}, ${name}: forecasts and errors are those of the command`, () => {
        const options = how.split(' ').filter(Boolean);
        const fit = ['--target', 'temp', '--steps', '5', '--units', '4', '--learning-rate', '0.01', '--verbose', '0'];
        const lead = options.includes('--lead') ? 2 : 1;
        const given = ['--weights', 'w.npz', '--stride', `${lead}`];
        unrolled('fit', ...parts, ...options, ...fit, '--epochs', '3', '--save', 'w.npz');
        unrolled('export', ...parts, ...given, '--epochs', '2', '--framework', framework, '--output', 's');
        const said = python(FORECASTS, framework === 'keras' ? standIns : '');
        const [forecasts = '', metric = ''] = (said.split('forecasts').at(-1) as string).split('metric');
        /* the command also forecasts times that are not in the table */
        const ends = new Set(
          present.filter((day) => day >= 90 && present.includes(day + 1 - lead)).map((day) => dayOf(day)),
        );
        const expected = unrolled('predict', ...parts.slice(0, 4), ...given, '--from', '2010-04')
          .split('\n')
          .map((line) => line.split(','))
          .filter(([time = '']) => ends.has(time))
          .map(([, forecast]) => Number(forecast));
        assert.ok(expected.length > 5);
        near(numbers(forecasts), expected, 1e-6, 'forecast');
        const evaluated = unrolled('evaluate', ...parts, ...given)
          .trimEnd()
          .split('\n')
          .at(-1) as string;
        const errors = evaluated.split(',').slice(1).map(Number);
        if (options.includes('--forecast')) near(numbers(metric), errors, 1e-6, 'accuracy');
        else near(numbers(/^temp .* validation (.*)$/m.exec(said)?.[1] ?? ''), errors, 1e-5, 'error');
        python('import runpy; runpy.run_path("s.py", run_name="__main__")', framework === 'keras' ? standIns : '');
      });

  test('JavaScript writes the same program for weights in a safetensors file', async () => {
    const u = await load();
    const rows = present.slice(0, 40); /* before the first gap */
    const series = { columns: ['temp'], values: Float64Array.from(rows, level) };
    const { training, config, note, undo } = await u.windows(series, {
      target: 'temp',
      timesteps: 5,
      training: [0, 40],
    });
    const model = u.sequential({ ...config, units: 3 });
    await model.fit(training.x, training.y, { epochs: 2 });
    writeFileSync(join(folder, 'w.safetensors'), await model.saveWeights({ series: note }));
    writeFileSync(
      join(folder, 'd.csv'),
      `time,temp,step\n${rows.map((day) => `${dayOf(day)},${level(day)},${day}\n`).join('')}`,
    );
    for (const framework of ['keras', 'pytorch'] as const) {
      const files = { data: 'd.csv', weights: 'w.safetensors' };
      writeFileSync(join(folder, 's.py'), await model.continueIn(framework, { ...files, stride: 1 }));
      const said = numbers(python(PREDICTIONS('s.py'), standIns).split('predictions').at(-1) as string);
      near([...undo(said)], [...undo([...model.predict(training.x)])], 1e-6, framework);
    }
  });
});

/** What a script says before and while it would train: its data's measures, and those of the validation data. */
const MEASURES = `import runpy
found = runpy.run_path("s.py", run_name="read")
x, y = found["x_val"], found["y_val"]
if "keras" in found:
    valid = found["is_valid"](x) if "is_valid" in found else None
    predictions, measures = found["model"].predict(x), found["model"].evaluate(x, y, sample_weight=valid, batch_size=len(x))
    if valid is not None:
        predictions = predictions[valid > 0]
    measures = [float(m) for m in measures]
else:
    measures, predictions = found["evaluate"](x, y)
print("measures", measures)
print("predictions", *[repr(float(p)) for p in predictions.reshape(-1)])`;

/** The lines of `evaluate` with the loss and the metric. */
const measuresOf = (...args: string[]): number[] =>
  numbers(unrolled('evaluate', ...args).split('confusion')[0] as string);

/** Checks a script s.py: its own measures, those of the validation data, and its predictions for them. */
function measures(framework: string, own: number[], validation: number[], predictions?: number[]): string {
  const said = python(MEASURES, framework === 'keras' ? standIns : '');
  near(numbers(/^loss: .*$/m.exec(said)?.[0] ?? ''), own, 2e-6, 'measure');
  near(numbers(/^measures (.*)$/m.exec(said)?.[1] ?? ''), validation, 2e-6, 'measure of the validation data');
  if (predictions) near(numbers(said.split('predictions').at(-1) as string), predictions, 1e-6, 'prediction');
  return said;
}

describe('a text', () => {
  const story =
    'The cat isn’t here. The dog, who has 3.5 bones, barks — at the CAT! “Café”, said Ä well-known man…\r\nThe dog sleeps;\tthe cat\u00a0sleeps: 1,000 zebras do not. ';
  const kinds: [string, string, string][] = [
    ['words', '--tokens words', 'A story: the dog isn’t 3.5.\n'],
    [
      'words as one number, of capitals too',
      '--features 1 --keep-case --vocabulary 9',
      'The dog has THE dog 2,5 😀 it.',
    ],
    ['characters', '--tokens characters', 'A cat\r\nand\tdogs'],
    ['the most frequent characters', '--tokens characters --vocabulary 12', 'É, dogs\u2028cats'],
  ];
  before(() => writeFileSync(join(folder, 't.txt'), `\ufeff${story.repeat(3)}A and a story.`));
  for (const [name, how, other] of kinds)
    for (const framework of ['pytorch', 'keras'])
      test(`${framework}, ${name}: the same tokens, measures and generated text`, () => {
        writeFileSync(join(folder, 'v.txt'), other);
        const data = ['--text', 't.txt', '--steps', '6'];
        const fit = ['--cell', 'gru', '--units', '9', '--learning-rate', '0.03', '--epochs', '25', '--verbose', '0'];
        unrolled('fit', ...data, ...how.split(' '), ...fit, '--save', 'w.npz');
        const given = ['--weights', 'w.npz', '--stride', '2'];
        const files = ['--validation-text', 'v.txt', '--learning-rate', '1', '--framework', framework, '--output', 's'];
        unrolled('export', ...data, ...given, ...files);
        const validation = ['--text', 's_validation.txt', '--weights', 'w.npz'];
        const said = measures(framework, measuresOf(...data, ...given), measuresOf(...validation));
        const notes = JSON.parse(python('import numpy as np; print(np.load("w.npz")["__metadata__"].item().decode())'));
        const byWords = notes.tokens === 'words';
        const first = byWords ? notes.vocabulary.split(' ')[0] : notes.vocabulary[0];
        const prompt = ['--prompt', first, '--count', '20', '--temperature', '0', '--best', '1'];
        const tokens = unrolled('generate', '--weights', 'w.npz', ...prompt)
          .trimEnd()
          .split('\n')
          .map((line) => (line.split('\t')[0] as string).replace('\\n', '\n'));
        assert.equal(tokens.length, 20);
        const generated = tokens.join(byWords ? ' ' : '');
        assert.ok(said.includes(`\ngenerated: ${generated}\n`), `${said}, expected ${generated}`);
        python('import runpy; runpy.run_path("s.py", run_name="__main__")', framework === 'keras' ? standIns : '');
      });
});

describe('sequences that end early', () => {
  /** Every seventh sequence is whole, the others have one to five time steps. `y` gives the targets of its inputs. */
  const ragged = (y: (x: number[]) => number[], targets: number): string => {
    const cells = (values: number[], count: number) => Array.from({ length: count }, (_, i) => values[i] ?? '');
    const lines = Array.from({ length: 41 }, (_, i) => {
      const x = Array.from(
        { length: i % 7 === 0 ? 5 : 1 + ((3 * i) % 5) },
        (_, t) => Math.round(1e3 * Math.sin(9 * i + 4 * t)) / 1e3,
      );
      return [...cells(y(x), targets), ...cells(x, 5)].join(',');
    });
    const names = (letter: string, count: number) => Array.from({ length: count }, (_, t) => `${letter}${t + 1}`);
    return `${[...(targets === 1 ? ['y'] : names('y', targets)), ...names('x', 5)].join(',')}\n${lines.join('\n')}\n`;
  };
  /** The command predicts padding, too, from the state that it carries on. A script's predictions leave it out. */
  const valid = (predictions: number[]): number[] => {
    const rows = readFileSync(join(folder, 's_validation.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const lengths = rows.map(
      (row) =>
        row
          .split(',')
          .slice(-5)
          .filter((cell) => cell !== '').length,
    );
    const each = predictions.length / (5 * rows.length);
    if (each < 1) return predictions;
    return predictions.filter((_, i) => Math.floor(i / each) % 5 < (lengths[Math.floor(i / each / 5)] as number));
  };
  const kinds: [string, string, string][] = [
    ['a label', ragged(([x = 0]) => [Number(x > 0)], 1), '--cell lstm --layers 2'],
    ['a label for every time step', ragged((x) => x.map((v) => Number(v > 0)), 5), '--cell gru'],
    ['a number for every time step', ragged((x) => x.map((v) => 2 * v), 5), '--loss mean_squared_error --l2 0.01'],
    ['classes', ragged((x) => x.map((v) => Math.round(1 + v)), 5), '--loss sparse_categorical_crossentropy'],
  ];
  for (const [name, text, how] of kinds)
    for (const framework of ['pytorch', 'keras'])
      test(`${framework}, ${name}: the same measures, predictions and training`, () => {
        writeFileSync(join(folder, 'd.csv'), text);
        const options = how.split(' ');
        const l2 = options.includes('--l2') ? options.slice(options.indexOf('--l2')) : [];
        const made = ['--units', '4', '--epochs', '5', '--learning-rate', '0.02', '--verbose', '0'];
        unrolled('fit', '--data', 'd.csv', ...options, ...made, '--save', 'w.npz');
        const data = ['--data', 'd.csv', '--weights', 'w.npz', ...l2, '--validation-split', '0.25'];
        const train = [
          '--optimizer',
          'sgd',
          '--learning-rate',
          '0.1',
          '--batch-size',
          '8',
          '--no-shuffle',
          '--epochs',
          '3',
        ];
        unrolled('export', ...data, ...train, '--framework', framework, '--output', 's');
        const of = (file: string) => ['--data', file, '--weights', 'w.npz'];
        measures(
          framework,
          measuresOf(...of('s.csv'), ...l2),
          measuresOf(...of('s_validation.csv'), ...l2),
          valid(numbers(unrolled('predict', ...of('s_validation.csv')))),
        );
        const lines = python(
          'import runpy; runpy.run_path("s.py", run_name="__main__")',
          framework === 'keras' ? standIns : '',
        );
        if (framework === 'keras') return;
        unrolled('fit', ...data, ...train, '--verbose', '0', '--history', 'h.json');
        const history = JSON.parse(readFileSync(join(folder, 'h.json'), 'utf8'));
        const losses = [...lines.matchAll(/^epoch .*: loss: (\S+) validation loss: (\S+),/gm)];
        near(
          losses.map(([, loss]) => Number(loss)),
          history.loss,
          1e-5,
          'loss',
        );
        near(
          losses.map(([, , loss]) => Number(loss)),
          history.val_loss,
          1e-5,
          'validation loss',
        );
      });

  test('JavaScript writes the same programs with masks', async () => {
    const u = await load();
    const model = u.sequential({ units: 4, timesteps: 5, returnSequences: true });
    model.compile({ optimizer: 'sgd', learningRate: 1 });
    writeFileSync(join(folder, 'd.csv'), (kinds[1] as string[])[1] as string);
    const same = ['--units', '4', '--optimizer', 'sgd', '--learning-rate', '1'];
    for (const framework of ['keras', 'pytorch'] as const) {
      unrolled('export', '--data', 'd.csv', ...same, '--framework', framework, '--output', 's');
      const text = await model.continueIn(framework, { data: 's.csv', weights: 's.npz', masks: true });
      assert.equal(readFileSync(join(folder, 's.py'), 'utf8'), text);
    }
  });
});

describe('files', () => {
  test('numpy reads our npz, and we read numpy’s', () => {
    unrolled(
      'fit',
      '--task',
      'first',
      '--samples',
      '20',
      '--steps',
      '4',
      '--cell',
      'gru',
      '--units',
      '3',
      '--epochs',
      '1',
      '--verbose',
      '0',
      '--save',
      'o.npz',
    );
    const said = python(`import json, numpy as np
weights = np.load("o.npz")
print(json.dumps({name: [str(weights[name].dtype), weights[name].shape] for name in weights.files if name != "__metadata__"}))
print(weights["__metadata__"].item().decode())
np.savez("again.npz", **{name: weights[name] for name in weights.files})`).split('\n');
    assert.deepEqual(JSON.parse(said[0] as string), {
      'gru/kernel': ['float32', [1, 9]],
      'gru/recurrent_kernel': ['float32', [3, 9]],
      'gru/bias': ['float32', [2, 9]],
      'dense/kernel': ['float32', [3, 1]],
      'dense/bias': ['float32', [1]],
    });
    assert.deepEqual(JSON.parse(said[1] as string), { activation: 'tanh', cell: 'gru', loss: 'binary_crossentropy' });
    unrolled(
      'fit',
      '--task',
      'first',
      '--samples',
      '20',
      '--steps',
      '4',
      '--weights',
      'again.npz',
      '--learning-rate',
      '0',
      '--epochs',
      '1',
      '--verbose',
      '0',
      '--save',
      'back.npz',
    );
    assert.deepEqual(readFileSync(join(folder, 'back.npz')), readFileSync(join(folder, 'o.npz')));
  });

  test('scripts read safetensors and split the data as JavaScript does', async () => {
    const u = await load();
    const model = u.sequential({ units: 4, timesteps: 5, cell: 'gru' });
    const { x, y } = u.task('first', { samples: 30, timesteps: 5 });
    await model.fit(x, y, { epochs: 1 });
    writeFileSync(join(folder, 'd.csv'), await u.writeCsv({ x, y, timesteps: 5 }));
    writeFileSync(join(folder, 'w.safetensors'), await model.saveWeights());
    for (const framework of ['keras', 'pytorch'] as const) {
      writeFileSync(
        join(folder, 's.py'),
        await model.continueIn(framework, { data: 'd.csv', weights: 'w.safetensors', validationSplit: 0.3, epochs: 2 }),
      );
      near(
        numbers(
          python(PREDICTIONS('s.py'), framework === 'keras' ? standIns : join(standIns, '.'))
            .split('predictions')
            .at(-1) as string,
        ),
        [...model.predict(x)].slice(0, 21),
        1e-6,
        framework,
      );
    }
  });
});

describe('TF.js accepts the weights', () => {
  for (const cell of ['simple_rnn', 'lstm'] as const)
    test(`${cell}: its probabilities agree with ours to 1e-6`, async () => {
      const tf = createRequire(new URL('../peers/package.json', import.meta.url))('@tensorflow/tfjs');
      const u = await load();
      const model = u.sequential({ units: 8, timesteps: 10, layers: 2, cell });
      const { x, y } = u.task('first', { samples: 40, timesteps: 10 });
      await model.fit(x, y, { epochs: 3 });
      const make = cell === 'lstm' ? tf.layers.lstm : tf.layers.simpleRNN;
      const options = { units: 8, recurrentActivation: 'sigmoid' };
      const peer = tf.sequential({
        layers: [
          make({ ...options, returnSequences: true, inputShape: [10, 1] }),
          make(options),
          tf.layers.dense({ units: 1, activation: 'sigmoid' }),
        ],
      });
      /* read from the file according to the description of the format */
      const file = Buffer.from(await model.saveWeights());
      const start = 8 + Number(file.readBigUInt64LE(0));
      const header = JSON.parse(file.subarray(8, start).toString()) as Record<
        string,
        { shape: number[]; data_offsets: [number, number] }
      >;
      const tensors = model.tensors.map(({ name }) => {
        const {
          shape,
          data_offsets: [from, to],
        } = header[name] as { shape: number[]; data_offsets: [number, number] };
        return tf.tensor(
          Float32Array.from({ length: (to - from) / 4 }, (_, i) => file.readFloatLE(start + from + 4 * i)),
          shape,
        );
      });
      peer.setWeights(tensors);
      const said = (await peer.predict(tf.tensor(x, [40, 10, 1])).data()) as Float32Array;
      near([...said], [...model.predict(x)], 1e-6, cell);
    });
});
