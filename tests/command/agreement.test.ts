// Options that contradict each other, a task or a file must be rejected with what was expected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, native, refuses, succeeds, there } from './program.ts';

const sparse = 'sparse_categorical_crossentropy';
const of = (task: string) => ['--task', task, '--samples', '20', '--steps', '5'];
const made = (task: string, ...more: string[]) =>
  there(
    native(['fit', ...of(task), '--units', '3', '--epochs', '1', '--verbose', '0', '--save', 'w', ...more]).files['w'],
  );
const first = ['fit', ...of('first')];

test('activations that a cell does not have', () => {
  for (const cell of ['gru', 'lstm']) {
    refuses(2, ` fit: --activation: expected tanh with --cell ${cell}, got "relu"`, [
      ...first,
      '--cell',
      cell,
      '--activation',
      'relu',
    ]);
    refuses(2, ` summary: --activation: expected tanh with --cell ${cell}, got "relu"`, [
      'summary',
      '--cell',
      cell,
      '--activation',
      'relu',
    ]);
    succeeds([...first, '--cell', cell, '--activation', 'tanh', '--epochs', '1']);
  }
});

test('options that do not belong to an optimizer', () => {
  const parts: [string[], string[], string][] = [
    [['--momentum', '0.9'], ['sgd', 'rmsprop'], 'sgd or rmsprop'],
    [['--nesterov'], ['sgd'], 'sgd'],
    [['--rho', '0.5'], ['rmsprop'], 'rmsprop'],
    [['--beta-1', '0.5'], ['adam'], 'adam'],
    [['--beta-2', '0.5'], ['adam'], 'adam'],
    [['--epsilon', '0.1'], ['adam', 'rmsprop'], 'adam or rmsprop'],
  ];
  for (const [part, methods, expected] of parts) {
    for (const method of ['adam', 'sgd', 'rmsprop']) {
      const args = [...first, '--optimizer', method, ...part];
      if (methods.includes(method)) succeeds([...args, '--epochs', '1']);
      else refuses(2, ` fit: ${part[0]}: expected --optimizer ${expected} as well, got ${method}`, args);
    }
  }
  refuses(2, ' fit: --momentum: expected --optimizer sgd or rmsprop as well, got adam', [...first, '--momentum', '0']);
  refuses(2, ' fit: --global-clipnorm and --clipvalue exclude each other', [
    ...first,
    '--global-clipnorm',
    '1',
    '--clipvalue',
    '1',
  ]);
});

test('numbers of the network and the optimizer out of range', () => {
  const wrong: [string, string, string[]][] = [
    ['--layers', 'a whole number from 1 to 3', ['0', '4', '1.5']],
    ['--classes', 'a whole number from 2 to 64', ['1', '65']],
    ['--l2', 'a finite number of at least 0', ['-1', 'nan']],
    ['--recurrent-gain', 'a number from 0 to 1000', ['-1', '1001']],
    ['--momentum', 'a number in [0, 1)', ['1', '-0.1']],
    ['--rho', 'a number in [0, 1)', ['1']],
    ['--beta-1', 'a number in [0, 1)', ['1']],
    ['--beta-2', 'a number in [0, 1)', ['1', 'inf']],
    ['--epsilon', 'a finite number of at least 0', ['-1e-9']],
    ['--global-clipnorm', 'a finite number of at least 0', ['-1']],
    ['--clipvalue', 'a finite number of at least 0', ['-1']],
    ['--cell', 'simple_rnn, gru, lstm or dense', ['rnn', 'LSTM']],
    ['--loss', `binary_crossentropy, ${sparse} or mean_squared_error`, ['mse']],
    ['--optimizer', 'adam, sgd or rmsprop', ['Adam']],
    ['--kernel-initializer', 'glorot_uniform, orthogonal, identity or zeros', ['he']],
    ['--recurrent-initializer', 'glorot_uniform, orthogonal, identity or zeros', ['']],
  ];
  for (const [option, expected, values] of wrong) {
    for (const value of values)
      refuses(2, ` fit: ${option}: expected ${expected}, got "${value}"`, ['fit', `${option}=${value}`]);
  }
});

test('classes with a loss that has none', () => {
  const files = { 'd.csv': csv('first', 6, 4) };
  const message = (loss: string) => ` fit: --classes: expected --loss ${sparse} as well, got ${loss}`;
  refuses(2, message('binary_crossentropy'), ['fit', '--data', 'd.csv', '--classes', '2'], files);
  refuses(
    2,
    message('mean_squared_error'),
    ['fit', '--data', 'd.csv', '--loss', 'mean_squared_error', '--classes', '2'],
    files,
  );
  refuses(2, ' summary: --classes is missing', ['summary', '--loss', sparse]);
});

test('options that contradict the task', () => {
  const wrong: [string, string[], string][] = [
    ['first', ['--loss', 'mean_squared_error'], 'binary_crossentropy'],
    ['first', ['--classes', '2'], 'binary_crossentropy'],
    ['order', ['--features', '1'], '6 features'],
    ['order', ['--loss', 'binary_crossentropy'], sparse],
    ['order', ['--classes', '5'], '4 classes'],
    ['adding', ['--classes', '2'], 'mean_squared_error'],
    ['adding', ['--features', '1'], '2 features'],
    ['echo', ['--features', '2'], '1 feature'],
  ];
  for (const [task, args, has] of wrong) {
    refuses(2, ` fit: ${args.join(' ')} does not agree with --task, which has ${has}`, ['fit', ...of(task), ...args]);
  }
  const right: [string, string[]][] = [
    ['order', ['--features', '6', '--loss', sparse, '--classes', '4']],
    ['adding', ['--features', '2', '--loss', 'mean_squared_error']],
    ['echo', ['--features', '1', '--loss', 'mean_squared_error', '--return-sequences']],
  ];
  for (const [task, args] of right) {
    const run = ['fit', ...of(task), '--epochs', '1'];
    assert.equal(succeeds([...run, ...args]).stdout, succeeds(run).stdout);
  }
});

test('options that contradict the weights', () => {
  const files = {
    'order.csv': csv('order', 6, 5),
    order: made('order', '--cell', 'gru', '--layers', '2'),
    'echo.csv': csv('echo', 6, 5),
    echo: made('echo', '--cell', 'lstm'),
    'first.csv': csv('first', 6, 5),
    first: made('first'),
  };
  const wrong: [string, string[], string][] = [
    ['order', ['--cell', 'lstm'], 'gru'],
    ['order', ['--layers', '1'], '2 layers'],
    ['echo', ['--layers', '3'], '1 layer'],
    ['order', ['--units', '4'], '3 units'],
    ['order', ['--activation', 'relu'], 'tanh'],
    ['order', ['--loss', 'mean_squared_error'], sparse],
    ['order', ['--classes', '3'], '4 classes'],
    ['echo', ['--classes', '3'], 'mean_squared_error'],
    ['first', ['--classes', '2'], 'binary_crossentropy'],
  ];
  for (const command of ['fit', 'evaluate', 'predict', 'step']) {
    for (const [name, args, has] of wrong) {
      const run = [command, '--data', `${name}.csv`, '--weights', name];
      refuses(
        2,
        ` ${command}: ${args.join(' ')} does not agree with ${name}, which has ${has}`,
        [...run, ...args],
        files,
      );
    }
    const epoch = command === 'fit' ? ['--epochs', '1'] : [];
    succeeds(
      [
        command,
        '--data',
        'order.csv',
        '--weights',
        'order',
        '--cell',
        'gru',
        '--layers',
        '2',
        '--units',
        '3',
        '--loss',
        sparse,
        '--classes',
        '4',
        ...epoch,
      ],
      files,
    );
    succeeds(
      [
        command,
        '--data',
        'echo.csv',
        '--weights',
        'echo',
        '--cell',
        'lstm',
        '--return-sequences',
        '--loss',
        'mean_squared_error',
        ...epoch,
      ],
      files,
    );
  }
  refuses(
    2,
    ' evaluate: --confusion does not agree with echo, which has mean_squared_error',
    ['evaluate', '--data', 'echo.csv', '--weights', 'echo', '--confusion'],
    files,
  );
  for (const option of ['--kernel-initializer', '--recurrent-initializer', '--recurrent-gain']) {
    const value = option === '--recurrent-gain' ? '1' : 'zeros';
    refuses(
      2,
      ` fit: --weights and ${option} exclude each other`,
      ['fit', '--data', 'first.csv', '--weights', 'first', option, value],
      files,
    );
  }
});

test('a task and weights that contradict each other', () => {
  const files = { order: made('order'), first: made('first'), echo: made('echo') };
  const wrong: [string, string, string][] = [
    ['order', 'first', '1 feature'],
    ['first', 'order', '6 features'],
    ['first', 'echo', 'mean_squared_error'],
    ['echo', 'first', 'binary_crossentropy'],
  ];
  for (const [task, weights, has] of wrong) {
    refuses(
      2,
      ` fit: --task ${task} does not agree with ${weights}, which has ${has}`,
      ['fit', ...of(task), '--weights', weights],
      files,
    );
  }
  succeeds(['fit', ...of('sine'), '--weights', 'first', '--epochs', '1'], files);
});

test('data that contradict the weights, or validation data that contradict the data', () => {
  const every = 'y1,y2,x1,x2\n0,1,0.5,0.25\n';
  const last = 'y,x1,x2\n1,0.5,0.25\n';
  const weights = (data: string) =>
    there(native(['fit', '--data', 'd', '--epochs', '1', '--save', 'w'], { d: data }).files['w']);
  const files = { 'every.csv': every, 'last.csv': last, every: weights(every), last: weights(last) };
  for (const command of ['fit', 'evaluate', 'predict', 'step']) {
    const run = (data: string, file: string) => [command, '--data', data, '--weights', file];
    refuses(
      1,
      ` ${command}: last has weights for one y per sequence, but the data have a y for every time step`,
      run('every.csv', 'last'),
      files,
    );
    refuses(
      1,
      ` ${command}: every has weights for a y for every time step, but the data have one y per sequence`,
      run('last.csv', 'every'),
      files,
    );
    const flag = [...run('last.csv', 'last'), '--return-sequences'];
    refuses(
      2,
      ` ${command}: --return-sequences does not agree with last.csv, which has one y per sequence`,
      flag,
      files,
    );
  }
  const validation = ['fit', '--data', 'every.csv', '--validation-data', 'last.csv'];
  refuses(
    1,
    ' fit: last.csv: expected a y for every time step, as in the training data, got one y per sequence',
    validation,
    files,
  );
  const other = ['fit', '--data', 'last.csv', '--validation-data', 'every.csv'];
  refuses(
    1,
    ' fit: every.csv: expected one y per sequence, as in the training data, got a y for every time step',
    other,
    files,
  );
});

test('targets that are not valid for the loss', () => {
  const data = (y: string) => ({ 'd.csv': `y,x1\n1,0.5\n${y},0.25\n` });
  const run = ['fit', '--data', 'd.csv', '--epochs', '1'];
  const classes = (most: number, y: string) =>
    ` fit: d.csv:3:1: expected a class (a whole number from 0 to ${most}) in column y, got "${y}"`;
  for (const y of ['-1', '64', '1.5', 'x', 'nan']) refuses(1, classes(63, y), [...run, '--loss', sparse], data(y));
  refuses(1, classes(2, '3'), [...run, '--loss', sparse, '--classes', '3'], data('3'));
  refuses(
    1,
    ' fit: d.csv:3:1: expected a number in column y, got "x"',
    [...run, '--loss', 'mean_squared_error'],
    data('x'),
  );
  refuses(
    1,
    ' fit: d.csv:3:1: expected a number in column y, got "inf"',
    [...run, '--loss', 'mean_squared_error'],
    data('inf'),
  );
  succeeds([...run, '--loss', 'mean_squared_error'], data('-2.5e3'));
  const later = { ...data('2'), 'v.csv': 'y,x1\n3,1\n' };
  const message = ' fit: v.csv:2:1: expected a class (a whole number from 0 to 2) in column y, got "3"';
  refuses(1, message, [...run, '--loss', sparse, '--validation-data', 'v.csv'], later);
  succeeds([...run, '--loss', sparse, '--validation-data', 'v.csv', '--classes', '4'], later);
});

test('a header with a y for each time step must have all of them', () => {
  const wrong = (message: string, data: string) =>
    refuses(1, ` fit: d.csv:${message}`, ['fit', '--data', 'd.csv'], { 'd.csv': data });
  wrong('1: expected one target y, or one for each time step (y1 to y3), got 2', 'y1,y2,x1,x2,x3\n0,1,1,2,3\n');
  wrong('1:2: expected the column "y2", "x1" or "x1_1", got "y3"', 'y1,y3,x1,x2\n0,1,1,2\n');
  wrong('2:2: expected the label 0 or 1 in column y2, got "2"', 'y1,y2,x1,x2\n0,2,1,2\n');
});
