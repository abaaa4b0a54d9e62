// The norms of `trace` must be those of the states and of the gradient, for one sequence and as a mean, and a cut must
// stop them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, lines, native, readTensors, refuses, succeeds, there, wasi } from './program.ts';
import { forward, sigmoid } from './reference.ts';

const steps = 6;
const made = ['--task', 'first', '--samples', '5', '--steps', String(steps)];
const network = ['--units', '7', '--seed', '3'];
const norm = (values: Iterable<number>): number => Math.hypot(...values);

type Row = Record<string, number>;

/** The lines of the table as records. `columns` checks the header. */
function trace(args: string[], files: Record<string, string | Uint8Array> = {}): Row[] {
  const [header, ...rows] = lines(succeeds(['trace', ...args], files).stdout);
  const names = there(header).split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [there(names[i]), Number(value)])));
}
const column = (rows: Row[], name: string, layer = 1): number[] =>
  rows.filter((row) => row['layer'] === layer).map((row) => there(row[name]));

function near(a: number, b: number, tolerance = 2e-6): void {
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1e-3, Math.abs(b)), `${a}, ${b}`); // compares float32 with double
}

test('the columns of the table', () => {
  const header = (...cell: string[]) =>
    lines(succeeds(['trace', ...made, ...network, '--layers', '2', ...cell]).stdout);
  for (const cell of ['simple_rnn', 'gru']) assert.equal(header('--cell', cell)[0], 'layer,t,h_norm,dh_norm,dz_norm');
  const lstm = header('--cell', 'lstm');
  assert.equal(lstm[0], 'layer,t,h_norm,dh_norm,dz_norm,c_norm,dc_norm');
  assert.deepEqual(
    lstm.slice(1).map((line) => line.split(',').slice(0, 2).join()),
    [1, 2].flatMap((layer) => [1, 2, 3, 4, 5, 6].map((t) => `${layer},${t}`)),
  );
});

for (const cell of ['simple_rnn', 'gru', 'lstm']) {
  test(`the norms of ${cell}`, () => {
    const w = there(
      native([
        'fit',
        ...made,
        ...network,
        '--cell',
        cell,
        '--layers',
        '2',
        '--epochs',
        '1',
        '--verbose',
        '0',
        '--save',
        'w',
      ]).files['w'],
    );
    const data = csv('first', 5, steps);
    const sequences = lines(data)
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const each = sequences.map((_, i) =>
      trace(['--data', 'd.csv', '--weights', 'w', '--sample', String(i)], { 'd.csv': data, w }),
    );
    for (const [i, rows] of each.entries()) {
      const [y, ...x] = there(sequences[i]) as [number, ...number[]];
      const { h, logit } = forward(
        w,
        x.map((value) => [value]),
      );
      for (const layer of [1, 2]) {
        for (const [t, value] of column(rows, 'h_norm', layer).entries()) near(value, norm(there(h[layer - 1]?.[t])));
      }
      // at the readout: dL/dh = (p - y) V, which is then multiplied by the activation's derivative
      const error = sigmoid(there(logit.at(-1)?.[0])) - y;
      const kernel = [...there(readTensors(w).values['dense/kernel']).data];
      near(there(column(rows, 'dh_norm', 2).at(-1)), norm(kernel.map((value) => error * value)));
      if (cell === 'simple_rnn')
        near(
          there(column(rows, 'dz_norm', 2).at(-1)),
          norm(kernel.map((value, j) => error * value * (1 - there(h[1]?.at(-1)?.[j]) ** 2))),
        );
    }
    const mean = trace(['--data', 'd.csv', '--weights', 'w', '--mean'], { 'd.csv': data, w });
    for (const [i, row] of mean.entries()) {
      for (const name of Object.keys(row))
        near(there(row[name]), each.reduce((sum, rows) => sum + there(rows[i]?.[name]), 0) / 5, 1e-14);
    }
  });
}

test('without input each step back multiplies the gradient’s norm by the spectral radius', () => {
  for (const gain of [0.5, 1, 1.5]) {
    const back = column(
      trace([...made, ...network, '--kernel-initializer', 'zeros', '--recurrent-gain', String(gain)]),
      'dh_norm',
    ).reverse();
    for (const [t, value] of back.entries()) near(value, there(back[0]) * gain ** t);
  }
});

test('without recurrence no gradient and no state passes from step to step', () => {
  const whole = trace([...made, ...network]);
  const reset = trace([...made, ...network, '--reset-before', '4']);
  assert.ok(column(whole, 'dh_norm').every((value) => value > 0));
  assert.deepEqual(
    column(reset, 'dh_norm').map((value) => value > 0),
    [false, false, false, true, true, true],
  );
  assert.deepEqual(column(reset, 'h_norm').slice(0, 3), column(whole, 'h_norm').slice(0, 3));
  assert.notEqual(column(reset, 'h_norm')[3], column(whole, 'h_norm')[3]);
  const without = trace([...made, ...network, '--without-recurrence']);
  assert.deepEqual(
    column(without, 'dh_norm').map((value) => value > 0),
    [false, false, false, false, false, true],
  );
  assert.equal(column(without, 'h_norm')[0], column(whole, 'h_norm')[0]);
  assert.deepEqual(trace([...made, ...network, '--reset-before', '0']), whole);
});

test('an untrained network has the initial weights of fit', () => {
  const how = [
    ...network,
    '--cell',
    'gru',
    '--recurrent-initializer',
    'glorot_uniform',
    '--recurrent-gain',
    '2',
    '--kernel-initializer',
    'orthogonal',
  ];
  const w = there(
    native(['fit', ...made, ...how, '--learning-rate', '0', '--epochs', '1', '--verbose', '0', '--save', 'w']).files[
      'w'
    ],
  );
  assert.deepEqual(trace([...made, ...how, '--mean']), trace([...made, '--weights', 'w', '--mean'], { w }));
});

test('the error for an explosion names it', () => {
  const args = [
    'trace',
    '--task',
    'first',
    '--samples',
    '2',
    '--steps',
    '40',
    '--activation',
    'relu',
    '--recurrent-initializer',
    'identity',
    '--recurrent-gain',
    '1000',
  ];
  for (const { code, stdout, stderr } of [native(args), wasi(args)]) {
    assert.match(
      stderr,
      /^unrolled trace: sequence 0, layer 1, time step \d+: the state or its gradient is not finite; the weights or the data are too large\n$/,
    );
    assert.equal(code, 1);
    assert.equal(stdout, '');
  }
});

test('evaluate, predict and trace with a cut answer as weights that were set to zero', () => {
  const data = csv('first', 12, steps);
  const trained = succeeds(
    ['fit', '--data', 'd.csv', ...network, '--cell', 'gru', '--epochs', '2', '--save', 'w.safetensors'],
    { 'd.csv': data },
  ).files['w.safetensors'] as Buffer;
  /** The file with zeros at the places of the recurrent kernel (U, 3U) that a cut removes. */
  const zeroed = (removes: (row: number, column: number) => boolean): Buffer => {
    const file = Buffer.from(trained);
    const length = Number(file.readBigUInt64LE(0));
    const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as Record<string, { data_offsets: number[] }>;
    const [begin = 0, end = 0] = there(header['gru/recurrent_kernel']).data_offsets;
    for (let i = 0; i < (end - begin) / 4; i++)
      if (removes(Math.floor(i / 21), i % 21)) file.writeFloatLE(0, 8 + length + begin + 4 * i);
    return file;
  };
  const cuts: [string[], (row: number, column: number) => boolean][] = [
    [['--keep', 'diagonal'], (row, column) => row !== column % 7],
    [['--keep', 'off_diagonal'], (row, column) => row === column % 7],
    [['--without-recurrence'], () => true],
  ];
  for (const [cut, removes] of cuts)
    for (const command of ['evaluate', 'predict', 'trace']) {
      const asked = [command, '--data', 'd.csv', '--weights', 'w'];
      const got = succeeds([...asked, ...cut], { 'd.csv': data, w: trained }).stdout;
      const wanted = succeeds(asked, { 'd.csv': data, w: zeroed(removes) }).stdout;
      assert.equal(got, wanted, `${command} ${cut.join(' ')}`);
      assert.notEqual(got, succeeds(asked, { 'd.csv': data, w: trained }).stdout);
    }
  const all = { 'd.csv': data, w: trained };
  const message = ' predict: --reset-before: expected at most 6, the last time step, got "7"';
  refuses(2, message, ['predict', '--data', 'd.csv', '--weights', 'w', '--reset-before', '7'], all);
});
