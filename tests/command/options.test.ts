// Every wrong argument must be rejected with exit code 2, its name and what was expected, and --help must list all
// options.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, csv, lines, refuses, someWeights, succeeds } from './program.ts';

const network = ['--cell', '--activation', '--layers', '--units', '--return-sequences', '--loss', '--classes'];
const series = [
  '--table',
  '--target',
  '--inputs',
  '--lead',
  '--stride',
  '--forecast',
  '--threshold',
  '--missing',
  '--no-standardize',
  '--from',
  '--test-from',
  '--until',
  '--period',
  '--half-width',
];
const text = ['--text', '--tokens', '--keep-case', '--vocabulary'];
const cuts = ['--without-recurrence', '--reset-before', '--keep'];
const epochs = ['--learning-rates', '--early-stopping', '--patience', '--min-delta', '--restore-best-weights'];
const commands: Record<string, string[]> = {
  tasks: [],
  data: ['--task', '--samples', '--steps', '--data-seed', '--first-sample', '--return-sequences'],
  summary: ['--steps', '--features', ...network],
  fit: [
    '--data',
    '--task',
    '--samples',
    '--steps',
    '--features',
    '--data-seed',
    ...series,
    ...text,
    ...network,
    '--l2',
    '--weights',
    '--seed',
    '--kernel-initializer',
    '--recurrent-initializer',
    '--recurrent-gain',
    '--optimizer',
    '--learning-rate',
    '--momentum',
    '--nesterov',
    '--rho',
    '--beta-1',
    '--beta-2',
    '--epsilon',
    '--global-clipnorm',
    '--clipvalue',
    '--epochs',
    '--batch-size',
    '--no-shuffle',
    '--validation-split',
    '--validation-data',
    '--validation-samples',
    '--validation-text',
    ...epochs,
    '--save',
    '--history',
    '--verbose',
  ],
  evaluate: [
    '--data',
    '--text',
    '--steps',
    '--features',
    ...series,
    ...network,
    '--l2',
    ...cuts,
    '--weights',
    '--validation-split',
    '--confusion',
    '--by-step',
    '--among',
  ],
  predict: [
    '--data',
    '--text',
    '--steps',
    '--features',
    '--table',
    '--stride',
    '--missing',
    '--from',
    '--until',
    '--roll',
    '--stream',
    ...network,
    ...cuts,
    '--weights',
  ],
  baselines: ['--steps', ...series, '--validation-split'],
  step: ['--data', '--steps', '--features', '--sample', ...network, '--weights', '--header'],
  trace: [
    '--data',
    '--task',
    '--samples',
    '--steps',
    '--features',
    '--data-seed',
    '--sample',
    '--mean',
    ...network,
    ...cuts,
    '--weights',
    '--seed',
    '--kernel-initializer',
    '--recurrent-initializer',
    '--recurrent-gain',
  ],
  probe: [
    '--data',
    '--task',
    '--samples',
    '--steps',
    '--features',
    '--data-seed',
    '--at',
    ...network,
    ...cuts,
    '--weights',
    '--seed',
    '--kernel-initializer',
    '--recurrent-initializer',
    '--recurrent-gain',
    '--validation-split',
    '--validation-data',
    '--validation-samples',
  ],
  generate: ['--weights', '--seed', '--prompt', '--count', '--temperature', '--top-k', '--stop', '--best'],
  ngrams: [...text, '--steps', '--stride', '--validation-text', '--prior'],
};
const flags = [
  '--keep-case',
  '--return-sequences',
  '--nesterov',
  '--no-shuffle',
  '--restore-best-weights',
  '--confusion',
  '--by-step',
  '--header',
  '--mean',
  '--without-recurrence',
  '--no-standardize',
  '--stream',
];
const all = [...new Set(Object.values(commands).flat())];
const files = { 'd.csv': csv('first', 6, 4), 'w.safetensors': someWeights(3, 1) };
const made = ['--task', 'first', '--samples', '6', '--steps', '4'];

test('--help of the program names every command', () => {
  const help = succeeds(['--help']).stdout;
  for (const command of Object.keys(commands)) assert.match(help, new RegExp(`^  ${command} +[A-Z]`, 'm'));
  assert.equal(succeeds(['-h']).stdout, help);
});

test('--help of a command names its options and no others', () => {
  for (const [command, options] of Object.entries(commands)) {
    const help = succeeds([command, '--help']).stdout;
    assert.match(help, new RegExp(`^Usage: unrolled ${command} `, 'm'));
    const named = lines(help)
      .map((line) => /^ {2}(--[a-z\d-]+)/.exec(line)?.[1])
      .filter((name) => name !== undefined);
    assert.deepEqual(named, [...options, '--help']);
    assert.equal(succeeds([command, '-h', '--nonsense']).stdout, help);
    for (const line of lines(help)) assert.ok(line.length <= 110, line);
  }
});

test('--help lists ranges and defaults', () => {
  const help = succeeds(['fit', '--help']).stdout;
  assert.match(help, /--units U .*1 to 512 \(default 32\)/);
  assert.match(help, /--epochs N .*1 to 100000 \(default 10\)/);
  assert.match(help, /--learning-rate RATE .*at least 0 \(default 0.001\)/);
  assert.match(help, /--validation-split SHARE .*in \[0, 1\) \(default 0\)/);
  assert.match(help, /--seed N .*0 to 4294967295 \(default 42\)/);
  assert.match(help, /--activation tanh\|relu .*\(default tanh\)/);
});

test('an option that belongs to another command is named', () => {
  for (const [command, options] of Object.entries(commands)) {
    for (const option of all.filter((name) => !options.includes(name))) {
      refuses(2, ` ${command}: ${option} is not an option of this command`, [command, option, '1']);
    }
  }
});

test('missing and unknown commands', () => {
  const list =
    'expected tasks, data, summary, fit, evaluate, predict, step, trace, probe, seeds, export, baselines, generate or ngrams';
  refuses(2, `: a command is missing; ${list}`, []);
  refuses(2, `: unknown command ""; ${list}`, ['']);
  refuses(2, `: unknown command "train"; ${list}`, ['train']);
  refuses(2, `: unknown command "--units"; ${list}`, ['--units', '3']);
  refuses(2, ': unknown command "fti"; did you mean "fit"?', ['fti']);
  refuses(2, ': unknown command "evalute"; did you mean "evaluate"?', ['evalute']);
  refuses(2, `: unknown command "${'x'.repeat(500)}"; ${list}`, ['x'.repeat(500)]);
});

test('unknown options', () => {
  refuses(2, ' fit: unknown option "--epoch"; did you mean "--epochs"?', ['fit', '--epoch', '3']);
  refuses(2, ' fit: unknown option "--lerning-rate"; did you mean "--learning-rate"?', ['fit', '--lerning-rate=3']);
  refuses(2, ' fit: unknown option "--dropout"; --help lists all', ['fit', '--dropout', '3']);
  refuses(2, ' fit: unknown option "-e"; --help lists all', ['fit', '-e', '3']);
  refuses(2, ' fit: unknown option "--"; --help lists all', ['fit', '--']);
  refuses(2, ' fit: unexpected argument "d.csv"; options begin with --', ['fit', 'd.csv']);
  refuses(2, ' fit: unexpected argument ""; options begin with --', ['fit', '']);
});

test('values that are missing, repeated or superfluous', () => {
  for (const [command, options] of Object.entries(commands)) {
    for (const option of options.filter((name) => !flags.includes(name))) {
      refuses(2, ` ${command}: ${option} needs a value`, [command, option]);
      refuses(2, ` ${command}: ${option} needs a value`, [command, option, '--help']);
    }
  }
  refuses(2, ' fit: --epochs is given twice', ['fit', '--epochs', '1', '--epochs=1']);
  for (const [command, options] of Object.entries(commands)) {
    for (const flag of options.filter((name) => flags.includes(name))) {
      refuses(2, ` ${command}: ${flag} is given twice`, [command, flag, flag]);
      refuses(2, ` ${command}: ${flag} takes no value`, [command, `${flag}=yes`]);
    }
  }
  refuses(2, ' fit: --data: expected the name of a file, got ""', ['fit', '--data=']);
});

const whole: [string, string, number, number][] = [
  ['fit', '--units', 1, 512],
  ['fit', '--steps', 1, 1000],
  ['fit', '--features', 1, 64],
  ['fit', '--epochs', 1, 100000],
  ['fit', '--batch-size', 1, 1024],
  ['fit', '--seed', 0, 4294967295],
  ['fit', '--data-seed', 0, 4294967295],
  ['data', '--samples', 1, 10000000],
  ['data', '--first-sample', 0, 4294967295],
  ['step', '--sample', 0, 4294967295],
  ['trace', '--reset-before', 0, 4294967295],
  ['probe', '--at', 1, 1000],
];

test('whole numbers that are out of range or not whole numbers', () => {
  for (const [command, option, minimum, maximum] of whole) {
    const never =
      option === '--units' ? ['99999999999999999999999', '1.5', '1e2', 'x', '', ' 1', '+1', '0x1', 'nan', '½'] : ['x'];
    const wrong = [String(minimum - 1), String(maximum + 1), ...never];
    for (const value of wrong) {
      refuses(2, ` ${command}: ${option}: expected a whole number from ${minimum} to ${maximum}, got "${value}"`, [
        command,
        `${option}=${value}`,
      ]);
    }
  }
});

test('real numbers that are out of range or not numbers', () => {
  for (const value of ['-1', 'nan', 'inf', '1e400', '1e39', '0x1', '', '1,5', '--', 'e', '1e', '1 ']) {
    refuses(2, ` fit: --learning-rate: expected a finite number of at least 0, got "${value}"`, [
      'fit',
      `--learning-rate=${value}`,
    ]);
  }
  for (const value of ['1', '-0.1', '1.5', 'nan', 'half']) {
    refuses(2, ` fit: --validation-split: expected a number in [0, 1), got "${value}"`, [
      'fit',
      `--validation-split=${value}`,
    ]);
  }
  refuses(2, ' fit: --learning-rate: expected a finite number of at least 0, got "-1"', [
    'fit',
    '--learning-rate',
    '-1',
  ]);
});

test('names that do not exist', () => {
  refuses(2, ' fit: --activation: expected tanh or relu, got "sigmoid"', ['fit', '--activation', 'sigmoid']);
  refuses(2, ' fit: --activation: expected tanh or relu, got "TANH"', ['fit', '--activation', 'TANH']);
  const tasks =
    'random, first, last, majority, rising, parity, order, sine, adding, echo, pair, early_pair, rhymes, agreement or agreement_traps';
  refuses(2, ` fit: --task: expected ${tasks}, got "middle"`, ['fit', '--task', 'middle']);
  refuses(2, ` data: --task: expected ${tasks}, got ""`, ['data', '--task=']);
  refuses(2, ' fit: --verbose: expected 0, 1 or 2, got "3"', ['fit', '--verbose', '3']);
});

test('options that are required', () => {
  refuses(2, ' data: --task is missing', ['data']);
  refuses(2, ' data: --samples is missing', ['data', '--task', 'first', '--steps', '3']);
  refuses(2, ' data: --steps is missing', ['data', '--task', 'first', '--samples', '3']);
  for (const [command, sources] of [
    ['fit', '--data FILE, --table FILE, --task NAME or --text FILE'],
    ['seeds', '--data FILE, --task NAME or --text FILE'],
    ['trace', '--data FILE or --task NAME'],
    ['probe', '--data FILE or --task NAME'],
    ['evaluate', '--data FILE, --table FILE or --text FILE'],
    ['predict', '--data FILE, --table FILE or --text FILE'],
    ['step', '--data FILE'],
  ] as const)
    refuses(2, ` ${command}: data are missing; expected ${sources}`, [command]);
  refuses(2, ' fit: --samples is missing', ['fit', '--task', 'first', '--steps', '3']);
  refuses(2, ' fit: --steps is missing', ['fit', '--task', 'first', '--samples', '3']);
  for (const command of ['evaluate', 'predict', 'step'])
    refuses(2, ` ${command}: --weights is missing`, [command, '--data', 'd.csv'], files);
});

test('options that exclude each other', () => {
  refuses(2, ' fit: --data and --task exclude each other', ['fit', '--data', 'd.csv', ...made], files);
  refuses(2, ' fit: --samples needs --task', ['fit', '--data', 'd.csv', '--samples', '6'], files);
  refuses(2, ' fit: --data-seed needs --task', ['fit', '--data', 'd.csv', '--data-seed', '6'], files);
  const split = ['fit', ...made, '--validation-split', '0.5', '--validation-data', 'd.csv'];
  refuses(2, ' fit: --validation-split and --validation-data exclude each other', split, files);
  for (const other of [
    ['--validation-split', '0.5'],
    ['--validation-data', 'd.csv'],
  ]) {
    refuses(
      2,
      ` fit: ${other[0]} and --validation-samples exclude each other`,
      ['fit', ...made, '--validation-samples', '5', ...other],
      files,
    );
  }
  refuses(2, ' fit: --validation-samples needs --task', ['fit', '--data', 'd.csv', '--validation-samples', '6'], files);
  refuses(2, ' trace: --sample and --mean exclude each other', ['trace', ...made, '--mean', '--sample', '0']);
  refuses(
    2,
    ' trace: --weights and --seed exclude each other',
    ['trace', ...made, '--seed', '1', '--weights', 'w.safetensors'],
    files,
  );
  refuses(2, ' trace: --samples needs --task', ['trace', '--data', 'd.csv', '--samples', '6'], files);
  refuses(2, ' fit: --save and --history are the same file, a', ['fit', ...made, '--save', 'a', '--history', 'a']);
  refuses(2, ' fit: --save and --data are the same file, d.csv', ['fit', '--data', 'd.csv', '--save', 'd.csv'], files);
  refuses(
    2,
    ' fit: --save and --data are the same file, ./d.csv',
    ['fit', '--data', 'd.csv', '--save', './d.csv'],
    files,
  );
  refuses(
    2,
    ' fit: --save d would overwrite d.tmp, which --data names, as its temporary file; give one of them another name',
    ['fit', '--data', 'd.tmp', '--save', 'd'],
    {
      'd.tmp': files['d.csv'],
    },
  );
  for (const save of ['--save', '--history']) {
    const first = (option: string, input: string) =>
      ` fit: ${save} o would overwrite ${input}, which ${option} names, as its temporary file; give one of them another name`;
    refuses(2, first('--data', 'o.tmp'), ['fit', '--data', 'o.tmp', save, 'o'], { 'o.tmp': files['d.csv'] });
    refuses(2, first('--validation-data', './o.tmp'), ['fit', ...made, '--validation-data', './o.tmp', save, 'o'], {
      'o.tmp': files['d.csv'],
    });
    refuses(2, first('--weights', 'o.tmp'), ['fit', ...made, '--weights', 'o.tmp', save, 'o'], {
      'o.tmp': files['w.safetensors'],
    });
    const other = save === '--save' ? '--history' : '--save';
    refuses(2, first(other, 'o.tmp'), ['fit', ...made, save, 'o', other, 'o.tmp']);
  }
  refuses(
    2,
    ' fit: --history and --data are the same file, d.csv',
    ['fit', '--data', 'd.csv', '--history', 'd.csv'],
    files,
  );
  const weights = ['fit', ...made, '--weights', 'w.safetensors', '--history', 'w.safetensors'];
  refuses(2, ' fit: --history and --weights are the same file, w.safetensors', weights, files);
  for (const option of ['--save', '--history']) {
    const validation = ['fit', ...made, '--validation-data', 'd.csv', option, 'd.csv'];
    refuses(2, ` fit: ${option} and --validation-data are the same file, d.csv`, validation, files);
  }
});

test('options that contradict the files', () => {
  for (const command of ['fit', 'evaluate', 'predict', 'step', 'trace']) {
    const args = [command, '--data', 'd.csv', '--weights', 'w.safetensors'];
    refuses(
      2,
      ` ${command}: --steps 5 does not agree with d.csv, which has 4 time steps`,
      [...args, '--steps', '5'],
      files,
    );
    refuses(
      2,
      ` ${command}: --features 2 does not agree with d.csv, which has 1 feature`,
      [...args, '--features', '2'],
      files,
    );
    refuses(
      2,
      ` ${command}: --units 4 does not agree with w.safetensors, which has 3 units`,
      [...args, '--units', '4'],
      files,
    );
    const rest = command === 'fit' ? ['--epochs', '1', '--verbose', '0'] : [];
    const relu = [...args, '--activation', 'relu', ...rest];
    const says = { ...files, 'w.safetensors': someWeights(3, 1, { activation: 'tanh' }) };
    refuses(2, ` ${command}: --activation relu does not agree with w.safetensors, which has tanh`, relu, says);
    succeeds(relu, files); /* the file does not determine it */
    succeeds([...args, '--steps', '4', '--features', '1', '--units', '3', '--activation', 'tanh', ...rest], files);
  }
  refuses(2, ' fit: --features 2 does not agree with --task, which has 1 feature', ['fit', ...made, '--features', '2']);
});

test('a sample that does not exist, or a split that leaves a part empty', () => {
  const step = ['step', '--data', 'd.csv', '--weights', 'w.safetensors'];
  refuses(
    2,
    ' step: --sample: expected a whole number from 0 to 5, the last sequence of d.csv, got "6"',
    [...step, '--sample', '6'],
    files,
  );
  succeeds([...step, '--sample', '5'], files);
  refuses(2, ' trace: --sample: expected a whole number from 0 to 5, the last sequence, got "6"', [
    'trace',
    ...made,
    '--sample',
    '6',
  ]);
  refuses(2, ' trace: --reset-before: expected at most 4, the last time step, got "5"', [
    'trace',
    ...made,
    '--reset-before',
    '5',
  ]);
  succeeds(['trace', ...made, '--sample', '5', '--reset-before', '4']);
  for (const share of ['0.9', '0.01', '1e-9']) {
    const result = both(['fit', ...made, '--validation-split', share, '--verbose', '0']);
    const training = Math.floor(6 * (1 - Number(share)));
    assert.equal(result.code, training > 0 && training < 6 ? 0 : 2, share);
  }
  refuses(2, ' fit: --validation-split 0.9 leaves a part of the 6 sequences empty', [
    'fit',
    ...made,
    '--validation-split',
    '0.9',
  ]);
  const far = ['data', ...made, '--first-sample', '4294967295'];
  refuses(2, ' data: --first-sample and --samples: expected at most 4294967296 together, got 4294967301', far);
});
