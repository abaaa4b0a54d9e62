// Every error in a file of GRU, LSTM or stacked layers must be reported, and a valid file must give the network it
// describes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, csv, makeTensors, native, readTensors, succeeds, there } from './program.ts';

type Part = { name: string; shape: number[]; data: number[] };
interface Parts {
  metadata: Record<string, string> | undefined;
  parts: Part[];
}

const data = { 'd.csv': csv('order', 6, 4) };
const units = 3;
const made = (cell: string, layers: number) => {
  const how = [
    '--task',
    'order',
    '--samples',
    '6',
    '--steps',
    '4',
    '--units',
    String(units),
    '--epochs',
    '1',
    '--verbose',
    '0',
    '--save',
    'w',
  ];
  return there(native(['fit', ...how, '--cell', cell, '--layers', String(layers)]).files['w']);
};

function partsOf(file: Buffer): Parts {
  const { metadata, values } = readTensors(file);
  return {
    metadata,
    parts: Object.entries(values).map(([name, { shape, data: numbers }]) => ({ name, shape, data: [...numbers] })),
  };
}

/** A file made of these parts, one after the other. */
function fileOf({ metadata, parts }: Parts): Buffer {
  let at = 0;
  const header = parts.map(({ name, shape, data: { length } }) => {
    const begin = at;
    at += 4 * length;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, at] }];
  });
  return makeTensors(
    { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(header) },
    parts.flatMap((part) => part.data),
  );
}

const find = (made: Parts, name: string): Part => there(made.parts.find((part) => part.name === name));
/** Changes the shape of a tensor, with the corresponding number of elements. */
function reshape(name: string, ...shape: number[]) {
  return (file: Parts) => {
    const part = find(file, name);
    part.shape = shape;
    part.data = Array<number>(shape.reduce((a, b) => a * b)).fill(0.25);
  };
}
const without =
  (...names: string[]) =>
  (file: Parts) => {
    file.parts = file.parts.filter(({ name }) => !names.includes(name));
  };
const rename = (from: string, to: string) => (file: Parts) => {
  for (const part of file.parts) part.name = part.name.replace(from, to);
};
const say = (more: Record<string, string>) => (file: Parts) => {
  file.metadata = { ...file.metadata, ...more };
};
const layer = (name: string) => ['kernel', 'recurrent_kernel', 'bias'].map((part) => `${name}/${part}`);

const gru = made('gru', 2);
const lstm = made('lstm', 3);
const faults: [string, Buffer, (file: Parts) => unknown, string][] = [
  [
    'a GRU with one row of biases',
    gru,
    reshape('gru/bias', 9),
    "gru/bias: expected a shape of 2 numbers, got 1, as with reset_after=False. Build the GRU with reset_after=True, Keras's default, and train it again",
  ],
  ['a GRU with biases the other way', gru, reshape('gru/bias', 9, 2), 'gru/bias: expected shape (2, 9), got (9, 2)'],
  [
    'a GRU with the gates of an LSTM',
    gru,
    reshape('gru/kernel', 6, 12),
    'gru/kernel: expected shape (6, 9), got (6, 12)',
  ],
  [
    'a GRU whose upper layer reads the features',
    gru,
    reshape('gru_1/kernel', 6, 9),
    'gru_1/kernel: expected shape (3, 9), got (6, 9)',
  ],
  [
    'a GRU with layers of two widths',
    gru,
    reshape('gru_1/recurrent_kernel', 4, 12),
    'gru_1/recurrent_kernel: expected shape (3, 9), got (4, 12)',
  ],
  [
    'an LSTM with the biases of a GRU',
    lstm,
    reshape('lstm/bias', 2, 12),
    'lstm/bias: expected a shape of 1 number, got 2',
  ],
  [
    'an LSTM with three gates',
    lstm,
    reshape('lstm_2/recurrent_kernel', 3, 9),
    'lstm_2/recurrent_kernel: expected shape (3, 12), got (3, 9)',
  ],
  [
    'an LSTM of other units',
    lstm,
    reshape('lstm/recurrent_kernel', 4, 12),
    'lstm/kernel: expected shape (6, 16), got (6, 12)',
  ],
  ['no units', lstm, reshape('lstm/recurrent_kernel', 0, 0), 'lstm/recurrent_kernel: expected 1 to 512 units, got 0'],
  ['too many classes', lstm, reshape('dense/kernel', 3, 65), 'dense/kernel: expected 1 to 64 outputs, got 65'],
  [
    'a readout of fewer classes than biases',
    lstm,
    reshape('dense/kernel', 3, 5),
    'dense/bias: expected shape (5,), got (4,)',
  ],
  [
    'a layer between others missing',
    lstm,
    without(...layer('lstm_1')),
    'lstm_1/kernel: expected this tensor, got none',
  ],
  ['the first layer missing', lstm, without(...layer('lstm')), 'lstm/kernel: expected this tensor, got none'],
  ['one tensor of an upper layer missing', gru, without('gru_1/bias'), 'gru_1/bias: expected this tensor, got none'],
  ['a fourth layer', lstm, rename('lstm_2/', 'lstm_3/'), 'lstm_2/kernel: expected this tensor, got none'],
  [
    'layers of two cells',
    gru,
    rename('gru_1/', 'lstm_1/'),
    'unknown tensor "lstm_1/kernel"; expected gru/kernel, gru/recurrent_kernel, gru/bias, dense/kernel, dense/bias, for up to 3 layers. If the network does not need this tensor, leave it out',
  ],
  [
    'a GRU that says it is an LSTM',
    gru,
    say({ cell: 'lstm' }),
    'unknown tensor "gru/kernel"; expected lstm/kernel, lstm/recurrent_kernel, lstm/bias, dense/kernel, dense/bias, for up to 3 layers. If the network does not need this tensor, leave it out',
  ],
  ['relu in a GRU', gru, say({ activation: 'relu' }), '__metadata__: expected the activation tanh in a gru'],
  ['relu in an LSTM', lstm, say({ activation: 'relu' }), '__metadata__: expected the activation tanh in a lstm'],
  [
    'four outputs for a sigmoid',
    gru,
    say({ loss: 'binary_crossentropy' }),
    'dense/kernel: expected 1 output for binary_crossentropy, got 4',
  ],
  [
    'four outputs for a number',
    lstm,
    say({ loss: 'mean_squared_error' }),
    'dense/kernel: expected 1 output for mean_squared_error, got 4',
  ],
  [
    'a NaN in an upper layer',
    gru,
    (file) => find(file, 'gru_1/bias').data.splice(4, 1, NaN),
    'gru_1/bias: expected finite numbers, got NaN or infinity at index 4',
  ],
];

for (const [name, sound, change, message] of faults) {
  test(`a file of weights with an error: ${name}`, () => {
    const file = partsOf(sound);
    change(file);
    for (const [command, ...more] of [['evaluate'], ['fit', '--save', 'out']] as const) {
      const {
        code,
        stdout,
        stderr,
        files: left,
      } = both([command, '--data', 'd.csv', '--weights', 'w', ...more], { ...data, w: fileOf(file) });
      assert.deepEqual([code, stdout, Object.keys(left)], [1, '', ['d.csv', 'w']]);
      assert.equal(stderr.replace(/: byte \d+: /, ': '), `unrolled ${command}: w: ${message}\n`);
    }
  });
}

const shows = (file: Buffer) => succeeds(['predict', '--data', 'd.csv', '--weights', 'w'], { ...data, w: file }).stdout;

test('the order of tensors and layers does not matter, and their names determine the cell', () => {
  for (const file of [gru, lstm]) {
    const whole = partsOf(file);
    const turned = { ...whole, parts: [...whole.parts].reverse() };
    assert.equal(shows(fileOf(turned)), shows(file));
    assert.equal(shows(fileOf({ ...turned, metadata: undefined })), shows(file), 'more than one output are classes');
  }
});

test('a file without its upper layers gives a smaller network', () => {
  const file = partsOf(lstm);
  without(...layer('lstm_1'), ...layer('lstm_2'))(file);
  assert.notEqual(shows(fileOf(file)), shows(lstm));
});

test('options must agree with the metadata and with the names of a file', () => {
  const plain = fileOf({ ...partsOf(gru), metadata: undefined });
  for (const [option, value, has] of [
    ['--cell', 'lstm', 'gru'],
    ['--layers', '3', '2 layers'],
    ['--loss', 'mean_squared_error', 'sparse_categorical_crossentropy'],
    ['--classes', '3', '4 classes'],
  ] as const)
    for (const w of [gru, plain]) {
      const { code, stderr } = both(['predict', '--data', 'd.csv', '--weights', 'w', option, value], { ...data, w });
      assert.equal(stderr, `unrolled predict: ${option} ${value} does not agree with w, which has ${has}\n`);
      assert.equal(code, 2);
    }
});
