// `export` must write the files that it promises, with the same script as the JavaScript interface.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from '../../build/js/unrolled.js';
import { csv, inFolder, native, program, refuses, succeeds } from './program.ts';

const u = await load();
const made = ['--task', 'first', '--samples', '12', '--steps', '5'];
const given = ['--framework', 'keras', '--output', 'm'];

for (const framework of ['keras', 'pytorch'] as const)
  for (const [name, config, compile, how, args] of [
    ['a notebook', {}, {}, {}, []],
    [
      'SimpleRNN with relu',
      { activation: 'relu', l2: 0.01 },
      { optimizer: 'sgd', learningRate: 0.1, momentum: 0.5, nesterov: true },
      { shuffle: false },
      [
        '--activation',
        'relu',
        '--l2',
        '0.01',
        '--optimizer',
        'sgd',
        '--learning-rate',
        '0.1',
        '--momentum',
        '0.5',
        '--nesterov',
        '--no-shuffle',
      ],
    ],
    [
      'GRU',
      { cell: 'gru', layers: 2 },
      { optimizer: 'rmsprop', rho: 0.8, clipvalue: 0.25 },
      { epochs: 3 },
      [
        '--cell',
        'gru',
        '--layers',
        '2',
        '--optimizer',
        'rmsprop',
        '--rho',
        '0.8',
        '--clipvalue',
        '0.25',
        '--epochs',
        '3',
      ],
    ],
    [
      'LSTM',
      { cell: 'lstm', layers: 3, loss: 'mean_squared_error' },
      { beta1: 0.5, globalClipnorm: 2 },
      { batchSize: 4, validationData: 'm_validation.csv' },
      [
        '--cell',
        'lstm',
        '--layers',
        '3',
        '--beta-1',
        '0.5',
        '--global-clipnorm',
        '2',
        '--batch-size',
        '4',
        '--validation-split',
        '0.25',
      ],
    ],
  ] as const)
    test(`${framework}, ${name}: the script is the one that JavaScript writes`, async () => {
      const regression = 'loss' in config;
      const files: Record<string, string> = regression ? { 'd.csv': csv('first', 12, 5) } : {};
      const data = regression ? ['--data', 'd.csv', '--loss', config.loss] : made;
      const { files: left, stdout } = succeeds(
        ['export', ...data, '--units', '3', ...args, '--framework', framework, '--output', 'm'],
        files,
      );
      const validates = 'validationData' in how;
      assert.deepEqual(
        Object.keys(left),
        ['d.csv', 'm.csv', 'm.npz', 'm.py', 'm_validation.csv'].filter(
          (file) => (file !== 'd.csv' || regression) && (!file.startsWith('m_') || validates),
        ),
      );
      assert.equal(stdout, '');
      const model = u.sequential({ units: 3, timesteps: 5, ...config });
      model.compile(compile);
      const text = await model.continueIn(framework, { data: 'm.csv', weights: 'm.npz', ...how });
      assert.equal(left['m.py']?.toString(), text);
      assert.ok(!text.includes('$'));
      assert.deepEqual(new Uint8Array(left['m.npz'] as Buffer), await model.saveNpz());
      const lines = csv('first', 12, 5).trimEnd().split('\n');
      const training = validates ? 9 : 12;
      assert.equal(left['m.csv']?.toString(), `${lines.slice(0, 1 + training).join('\n')}\n`);
      if (validates)
        assert.equal(left['m_validation.csv']?.toString(), `${[lines[0], ...lines.slice(10)].join('\n')}\n`);
    });

/** Twelve days of two columns, without the seventh; the last four are to test on. */
const days = Array.from({ length: 12 }, (_, day) => [
  `2010-03-${day + 10}`,
  day % 3,
  20 + ((day * day) % 7) / 4,
]).filter((_, day) => day !== 6);
const table = `day,wind,"temp ""in the shade"""\n${days.map((row) => `${row.join(',')}\n`).join('')}`;

for (const framework of ['keras', 'pytorch'] as const)
  test(`${framework}: of a table, its parts are exported with the steps of their times`, async () => {
    const target = 'temp "in the shade"';
    const parts = ['--table', 't.csv', '--missing', 'drop', '--test-from', '2010-03-18'];
    const windows = ['--target', target, '--steps', '2', '--stride', '2', '--units', '3'];
    const { files } = native(['export', ...parts, ...windows, '--framework', framework, '--output', 'm'], {
      't.csv': table,
    });
    const rows = days.map((row) => `${row.join(',')},${Number(String(row[0]).slice(8)) - 10}\n`);
    const header = 'time,"wind","temp ""in the shade""",step\n';
    assert.equal(files['m.csv']?.toString(), header + rows.slice(0, 7).join(''));
    assert.equal(files['m_validation.csv']?.toString(), header + rows.slice(7).join(''));
    const model = u.sequential({ units: 3, timesteps: 2, features: 2, loss: 'mean_squared_error' });
    model.compile({});
    const names = { data: 'm.csv', weights: 'm.npz', validationData: 'm_validation.csv' };
    assert.equal(files['m.py']?.toString(), await model.continueIn(framework, { ...names, stride: 2 }));
    const { series } = await model.loadWeights(new Uint8Array(files['m.npz'] as Buffer));
    assert.deepEqual([series?.target, series?.timesteps, series?.lead], [target, 2, 1]);
    const again = native(['predict', '--table', 'm_validation.csv', '--weights', 'm.npz'], files);
    const whole = native(['predict', '--table', 't.csv', '--weights', 'm.npz', '--from', '2010-03-18'], {
      ...files,
      't.csv': table.replace(/2010-03-1[0-7].*\n/g, ''),
    });
    assert.equal(again.stdout, whole.stdout);
    assert.equal(again.stdout.trimEnd().split('\n').length, 4);
  });

/** Keras refuses a whole number where it expects a float. */
for (const options of [
  '--optimizer adam --learning-rate 1 --beta-1 0 --beta-2 0 --epsilon 1 --clipvalue 1 --l2 1',
  '--optimizer adam --learning-rate 1000000 --global-clipnorm 30 --l2 2',
  '--optimizer sgd --learning-rate 30 --momentum 0 --nesterov --global-clipnorm 2',
  '--optimizer rmsprop --learning-rate 1000 --rho 0 --momentum 0 --epsilon 1 --clipvalue 3 --l2 10',
])
  for (const framework of ['keras', 'pytorch'] as const)
    test(`${framework}: whole numbers are written as floats: ${options}`, () => {
      const { files } = succeeds(
        ['export', ...made, ...options.split(' '), '--framework', framework, '--output', 'm'],
        {},
      );
      const text = files['m.py']?.toString() ?? '';
      const floats = [
        ...text.matchAll(
          /\b(?:learning_rate|lr|beta_[12]|epsilon|eps|rho|alpha|momentum|clipvalue|global_clipnorm|L2)[=(]([^,()\s]+)/g,
        ),
        ...text.matchAll(/\bbetas=\(([^,]+), ([^)]+)\)/g),
      ].flatMap((match) => match.slice(1));
      assert.ok(floats.length > 0, text);
      for (const float of floats)
        assert.match(float, /^-?\d+(\.\d+(e[+-]?\d+)?|e[+-]?\d+)(\*\*0\.5)?$/, `${float} in ${floats}`);
    });

test('weights and data from files are exported to another folder', () => {
  const weights = native(['fit', ...made, '--units', '3', '--epochs', '1', '--verbose', '0', '--save', 'w.npz']).files[
    'w.npz'
  ] as Buffer;
  const { files } = succeeds(['export', '--data', 'd.csv', '--weights', 'w.npz', ...given], {
    'd.csv': csv('first', 12, 5),
    'w.npz': weights,
  });
  assert.deepEqual(files['m.npz'], weights);
  assert.deepEqual(files['m.csv'], files['d.csv']);
  succeeds(['export', ...made, '--framework', 'keras', '--output', 'f/m'], { 'f/': '' });
});

test('an error is named, and nothing is written', () => {
  const files = { 'm.csv': csv('first', 12, 5), 'v.csv': csv('first', 12, 5), 'm_validation.csv': csv('first', 12, 5) };
  refuses(2, ' export: --framework is missing', ['export', ...made, '--output', 'm']);
  refuses(2, ' export: --output is missing', ['export', ...made, '--framework', 'keras']);
  refuses(2, ' export: --framework: expected keras or pytorch, got "jax"', [
    'export',
    ...made,
    '--framework',
    'jax',
    '--output',
    'm',
  ]);
  refuses(2, ' export: --output: expected a name of at most 992 bytes, to which .py, .csv and .npz are added', [
    'export',
    ...made,
    '--framework',
    'keras',
    '--output',
    'f/',
  ]);
  refuses(
    2,
    ' export: --output m would overwrite m.csv, which --data reads; give --output another name',
    ['export', '--data', 'm.csv', ...given],
    files,
  );
  refuses(
    2,
    ' export: --output m would overwrite ./m_validation.csv, which --validation-data reads; give --output another name',
    ['export', '--data', 'v.csv', '--validation-data', './m_validation.csv', ...given],
    files,
  );
  refuses(
    2,
    ' export: --output m would overwrite m_validation.csv, which --data reads; give --output another name',
    ['export', '--data', 'm_validation.csv', '--validation-data', 'v.csv', ...given],
    files,
  );
  refuses(
    2,
    ' export: --output m would overwrite ./m.npz, which --weights reads; give --output another name',
    ['export', ...made, '--weights', './m.npz', ...given],
    { 'm.npz': 'mine' },
  );
});

const over = (input: string, option: string, stem = 'm') =>
  ` export: --output ${stem} would overwrite ${input}, which ${option} reads; give --output another name`;
const targets = ['m.py', 'm.csv', 'm_validation.csv', 'm.npz'];

test('no input is overwritten by a file or by its temporary file', () => {
  const d = csv('first', 12, 5);
  for (const target of targets) {
    for (const input of [target, `${target}.tmp`]) {
      const files = { 'd.csv': d, [input]: d };
      const split = ['--validation-split', '0.5'];
      refuses(2, over(input, '--data'), ['export', '--data', input, ...split, ...given], files);
      refuses(
        2,
        over(input, '--validation-data'),
        ['export', '--data', 'd.csv', '--validation-data', input, ...given],
        files,
      );
      refuses(
        2,
        over(input, '--weights'),
        ['export', '--data', 'd.csv', '--weights', input, ...split, ...given],
        files,
      );
    }
  }
  const fresh = ['--validation-samples', '4'];
  refuses(
    2,
    over('m_validation.csv', '--weights'),
    ['export', ...made, ...fresh, '--weights', 'm_validation.csv', ...given],
    { 'm_validation.csv': d },
  );
});

test('without validation no m_validation.csv is written, so an input may have this name', () => {
  const d = csv('first', 12, 5);
  const { files } = succeeds(['export', '--data', 'm_validation.csv', ...given], { 'm_validation.csv': d });
  assert.equal(files['m_validation.csv']?.toString(), d);
  assert.equal(files['m.csv']?.toString(), d);
});

test('no input is overwritten through another of its names', () => {
  const d = csv('first', 12, 5);
  for (const target of targets)
    for (const link of [linkSync, symlinkSync])
      inFolder({ 'd.csv': d }, (folder) => {
        const run = (...args: string[]) =>
          spawnSync(program, ['export', '--validation-split', '0.5', '--framework', 'keras', ...args], {
            cwd: folder,
            encoding: 'utf8',
          });
        link(link === linkSync ? join(folder, 'd.csv') : 'd.csv', join(folder, target));
        const linked = run('--data', 'd.csv', '--output', 'm');
        assert.equal(linked.stderr, `unrolled${over('d.csv', '--data')}\n`);
        assert.equal(linked.status, 2);
        mkdirSync(join(folder, 'real'));
        symlinkSync('real', join(folder, 'alias'));
        writeFileSync(join(folder, 'real', target), d);
        const folders = run('--data', `real/${target}`, '--output', 'alias/m');
        assert.equal(folders.stderr, `unrolled${over(`real/${target}`, '--data', 'alias/m')}\n`);
        assert.equal(folders.status, 2);
        assert.equal(readFileSync(join(folder, 'd.csv'), 'utf8'), d);
        assert.equal(readFileSync(join(folder, 'real', target), 'utf8'), d);
        assert.deepEqual(readdirSync(folder).sort(), ['alias', 'd.csv', target, 'real'].sort());
      });
});

test('if one file cannot be written, none is', () => {
  const d = csv('first', 12, 5);
  const args = ['export', '--data', 'd.csv', '--validation-split', '0.5', ...given];
  for (const target of targets) {
    const others = Object.fromEntries(targets.filter((name) => name !== target).map((name) => [name, 'old']));
    for (const old of [{}, others]) {
      refuses(1, ` export: ${target}: cannot write: is a directory`, args, { 'd.csv': d, ...old, [`${target}/`]: '' });
      refuses(
        1,
        ` export: ${target}.tmp exists already, perhaps left by an interrupted run; remove it, then try again`,
        args,
        { 'd.csv': d, ...old, [`${target}.tmp`]: 'left' },
      );
    }
  }
});

test('a full disk leaves the old files and no temporary file', () => {
  const files = { 'd.csv': csv('first', 600, 5), 'm.npz': 'old weights', 'm.py': 'old program' };
  inFolder(files, (folder) => {
    // A file may grow to 8 KiB, which is enough for the weights but not for the data. The signal for exceeding it is
    // ignored.
    const limited = `trap '' XFSZ; ulimit -f 16; exec "$0" "$@"`;
    const run = spawnSync('sh', ['-c', limited, program, 'export', '--data', 'd.csv', '--units', '2', ...given], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(run.stderr, 'unrolled export: m.csv: cannot write: the file would become too large\n');
    assert.equal(run.status, 1);
    assert.deepEqual(
      Object.fromEntries(
        readdirSync(folder)
          .sort()
          .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
      ),
      files,
    );
  });
});

test('validationFreq is in the file only if it skips epochs', async () => {
  const model = u.sequential({ units: 2, timesteps: 3 });
  const validated = { validationSplit: 0.5, epochs: 6 };
  const [keras, pytorch] = [await model.continueIn('keras', validated), await model.continueIn('pytorch', validated)];
  for (const [framework, text] of [
    ['keras', keras],
    ['pytorch', pytorch],
  ] as const) {
    assert.equal(await model.continueIn(framework, { ...validated, validationFreq: 1 }), text);
    assert.equal(
      await model.continueIn(framework, { epochs: 6, validationFreq: 3 }),
      await model.continueIn(framework, { epochs: 6 }),
      'without validation data',
    );
  }
  const every = { ...validated, validationFreq: 3 };
  assert.equal(
    await model.continueIn('keras', every),
    keras.replace('validation_data=(x_val, y_val))', 'validation_data=(x_val, y_val), validation_freq=3)'),
  );
  const told = ', "validation", evaluate(x_val, y_val)[0])\n';
  assert.ok(pytorch.includes(told));
  assert.equal(
    await model.continueIn('pytorch', every),
    pytorch.replace(
      told,
      ')\n        if epoch % 3 == 0:\n            print("validation", evaluate(x_val, y_val)[0])\n',
    ),
  );
  model.dispose();
});

test('the error of continueIn names a wrong argument', async () => {
  const model = u.sequential({ units: 2, timesteps: 3 });
  for (const [args, said] of [
    [['jax'], /^RangeError: continueIn: framework is "jax": expected "keras" or "pytorch"/],
    [['keras', { data: '' }], /^TypeError: continueIn: data is "": expected the name of a file/],
    [['keras', { weights: 'a/b' }], /^TypeError: continueIn: weights is "a\/b": expected the name of a file/],
    [['keras', { validationData: 3 }], /^TypeError: continueIn: validationData is 3: expected the name of a file/],
    [['keras', { validationSplit: 1 }], /^RangeError: continueIn: validationSplit is 1: expected/],
    [
      ['keras', { validationSplit: 0.5, validationData: 'v.csv' }],
      /^RangeError: continueIn: validationData and validationSplit exclude each other/,
    ],
    [['keras', { epochs: 0 }], /^RangeError: continueIn: epochs is 0: expected/],
    [
      ['keras', { validationFreq: 0 }],
      /^RangeError: continueIn: validationFreq is 0: expected a whole number from 1 to 100,000/,
    ],
    [['keras', { stride: 0 }], /^RangeError: continueIn: stride is 0: expected a whole number from 1 to/],
    [
      ['keras', { stride: 1, validationSplit: 0.5 }],
      /^RangeError: continueIn: stride and validationSplit exclude each other; give validationData/,
    ],
    [['keras', { stride: 1, masks: true }], /^RangeError: continueIn: stride and masks exclude each other/],
    [['keras', { rate: 0 }], /^TypeError: continueIn: unknown option "rate"/],
  ] as const)
    await assert.rejects(
      (model.continueIn as (...all: readonly unknown[]) => Promise<string>).call(model, ...args),
      (error) => said.test(String(error)) || String(error) === String(said),
    );
  model.dispose();
  await assert.rejects(model.continueIn('keras'), /continueIn: this model was disposed/);
});
