// `data` must generate what the tasks promise, and an error in a CSV file must be reported with line, column and what
// was expected.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  both,
  csv,
  type Files,
  inFolder,
  lines,
  native,
  program,
  type Result,
  refuses,
  someWeights,
  succeeds,
  there,
} from './program.ts';

const rows = (text: string) =>
  lines(text)
    .slice(1)
    .map((line) => line.split(',').map(Number));

test('the output is a header, then one sequence per line', () => {
  const { stdout } = succeeds(['data', '--task', 'random', '--samples', '100', '--steps', '10']);
  const all = lines(stdout);
  assert.equal(all.length, 101);
  assert.equal(all[0], 'y,x1,x2,x3,x4,x5,x6,x7,x8,x9,x10');
  for (const [y, ...x] of rows(stdout)) {
    assert.ok(y === 0 || y === 1);
    assert.equal(x.length, 10);
    for (const value of x)
      assert.ok(value >= 0 && value < 1 && Math.fround(value) * 2 ** 24 === Math.round(Math.fround(value) * 2 ** 24));
  }
});

test('the label of first is x1 > 0.5, for the same x as random', () => {
  const first = rows(csv('first', 500, 3));
  const random = rows(csv('random', 500, 3));
  for (const [y, x1] of first) assert.equal(y, Math.fround(there(x1)) > 0.5 ? 1 : 0);
  assert.deepEqual(
    first.map((row) => row.slice(1)),
    random.map((row) => row.slice(1)),
  );
  assert.notDeepEqual(
    first.map((row) => row[0]),
    random.map((row) => row[0]),
  );
});

test('more samples and more steps keep the earlier values', () => {
  const small = lines(csv('random', 5, 3));
  const large = lines(csv('random', 600, 7));
  for (const [i, line] of small.entries()) assert.ok(there(large[i]).startsWith(line.replace(/\n$/, '')));
});

test('--first-sample continues where the samples before it end', () => {
  const whole = lines(csv('random', 600, 4));
  const part = lines(csv('random', 290, 4, '--first-sample', '310'));
  assert.deepEqual(part.slice(1), whole.slice(311));
  const last = lines(csv('random', 1, 4, '--first-sample', '4294967294'));
  assert.equal(last.length, 2);
});

test('--data-seed determines the data, and its default is 42', () => {
  const one = succeeds(['data', '--task=random', '--samples=3', '--steps=2', '--data-seed=1']).stdout;
  assert.notEqual(one, csv('random', 3, 2));
  assert.equal(csv('random', 3, 2, '--data-seed', '42'), csv('random', 3, 2));
  assert.equal(csv('random', 3, 2, '--data-seed', '1'), one);
});

test('numbers survive a round trip through a file bit by bit', () => {
  const numbers = [
    '0.1',
    '-0',
    '1e-45',
    '-3.4028235e+38',
    '1.17549435E-38',
    '16777217',
    '0.30000000000000004',
    '+.5',
    '5.',
  ];
  const text = `y,x1\n${numbers.map((number) => `0,${number}\n`).join('')}`;
  const shown = numbers.map((_, i) => {
    const args = ['step', '--data', 'd.csv', '--weights', 'w.safetensors', '--sample', String(i)];
    return there(lines(succeeds(args, { 'd.csv': text, 'w.safetensors': someWeights(1, 1) }).stdout)[0]?.split(',')[1]);
  });
  assert.deepEqual(shown.map(Number).map(Math.fround), numbers.map(Number).map(Math.fround));
  assert.deepEqual(shown, ['0.1', '-0', '1e-45', '-3.4028235e+38', '1.1754944e-38', '16777216', '0.3', '0.5', '5']);
});

const faults: [string, string, string][] = [
  ['empty', '', ':1: expected a table whose first line names the columns, got an empty file'],
  [
    'no header',
    '1,0.5\n',
    ':1:1: expected a header that begins with y,x1, got "1". Add a first line that names the columns, such as y,x1,x2',
  ],
  ['another header', 'label,a\n1,2\n', ':1:2: expected the column "x1" or "x1_1", got "a"'],
  [
    'a single word',
    'hello',
    ':1:1: expected the column "y" (the target) or "x1", got "hello". Name the columns y,x1,x2 and so on',
  ],
  [
    'decimals with a comma and with a point',
    'y;x1;x2\n1;0,5;0.25\n',
    ':2:3: expected a decimal comma, as in line 2, got "0.25". Write all numbers with the same decimal mark',
  ],
  ['header only', 'y,x1,x2\n', ':2: expected at least one sequence below the header, got none'],
  ['names out of order', 'y,x1,x3,x2\n1,2,3,4\n', ':1:3: expected the column "x2", got "x3"'],
  [
    'a column too few',
    'x1,x2,y\n2,3,1\n4,0\n',
    ':3:3: expected 3 columns, as in the header, got 2. Add the missing values, or delete this line',
  ],
  [
    'a last line that may have been cut off',
    'y,x1,x2\n1,2,3\n0,4',
    ':3:3: expected 3 columns, as in the header, got 2. Add the missing values, or delete this line, or end it with a line break if its sequence ends here',
  ],
  [
    'a column too many',
    'y,x1,x2\n1,2,3\n0,4,5,6\n',
    ':3:4: expected 3 columns, as in the header, got 4. Where commas separate columns, write decimals with a point',
  ],
  ['no number', 'y,x1,x2\n1,2,3\n0,4,abc\n', ':3:3: expected a number in column x2, got "abc"'],
  [
    'an empty field',
    'y,x1,x2\n1,,3\n',
    ':2:2: expected a number in column x1, got nothing. Fill in the missing value, or delete this line',
  ],
  [
    'nan',
    'y,x1\n1,nan\n',
    ':2:2: expected a number in column x1, got "nan". Fill in the missing value, or delete this line',
  ],
  ['infinity', 'y,x1\n1,-inf\n', ':2:2: expected a number in column x1, got "-inf"'],
  [
    'too large',
    'y,x1\n1,4e38\n',
    ':2:2: expected a number between -3.4028235e+38 and 3.4028235e+38 in column x1, got "4e38"',
  ],
  ['a label of 2', 'y,x1\n2,1\n', ':2:1: expected the label 0 or 1 in column y, got "2"'],
  ['a label of ½', 'y,x1\n0.5,1\n', ':2:1: expected the label 0 or 1 in column y, got "0.5"'],
  ['a NUL byte', 'y,x1\n1,\0\n', ': this file is not a text, because it has a NUL byte. Save it as CSV in UTF-8'],
  [
    'too many steps',
    `y${Array.from({ length: 1001 }, (_, i) => `,x${i + 1}`).join('')}\n`,
    ':1:1002: expected at most 1000 time steps, got 1001',
  ],
  [
    'too many features',
    `y${Array.from({ length: 65 }, (_, i) => `,x1_${i + 1}`).join('')}\n`,
    ':1:66: expected at most 64 features, got 65',
  ],
];

for (const [name, text, message] of faults) {
  test(`a CSV file with an error: ${name}`, () => {
    const files = { 'd.csv': text, 'w.safetensors': someWeights(2, 1) };
    for (const command of ['evaluate', 'predict', 'step']) {
      refuses(1, ` ${command}: d.csv${message}`, [command, '--data', 'd.csv', '--weights', 'w.safetensors'], files);
    }
    refuses(1, ` fit: d.csv${message}`, ['fit', '--data', 'd.csv', '--save', 's', '--history', 'h'], files);
    const validation = ['fit', '--task', 'first', '--samples', '4', '--steps', '1', '--validation-data', 'd.csv'];
    if (!text.startsWith('y,x1,x')) refuses(1, ` fit: d.csv${message}`, validation, files);
  });
}

test('files that cannot be read', () => {
  const files = { 'd.csv': csv('first', 4, 2), 'w.safetensors': someWeights(2, 1), 'folder/': '' };
  for (const command of ['evaluate', 'predict', 'step']) {
    const args = (data: string, weights: string) => [command, '--data', data, '--weights', weights];
    refuses(1, ` ${command}: no.csv: cannot read: no such file or directory`, args('no.csv', 'w.safetensors'), files);
    refuses(1, ` ${command}: no: cannot read: no such file or directory`, args('d.csv', 'no'), files);
    refuses(1, ` ${command}: folder: cannot read: is a directory`, args('folder', 'w.safetensors'), files);
    refuses(1, ` ${command}: folder: cannot read: is a directory`, args('d.csv', 'folder'), files);
    refuses(
      1,
      ` ${command}: d.csv/x: cannot read: a part of the path is not a directory`,
      args('d.csv/x', 'no'),
      files,
    );
  }
  refuses(1, ' fit: no: cannot read: no such file or directory', ['fit', '--data', 'no'], files);
  const other = ['fit', '--data', 'd.csv', '--validation-data', 'other.csv'];
  const message = ' fit: other.csv: expected time steps 2 and features 1, as in the training data, got 3 and 1';
  refuses(1, message, other, { ...files, 'other.csv': csv('first', 4, 3) });
});

test('data of several features', () => {
  const text = 'y,x1_1,x1_2,x2_1,x2_2\n1,0.5,-1,0.25,2\n';
  const files = { 'd.csv': text, 'w.safetensors': someWeights(3, 2), 'one.safetensors': someWeights(3, 1) };
  const shown = lines(succeeds(['step', '--data', 'd.csv', '--weights', 'w.safetensors'], files).stdout);
  assert.deepEqual(
    shown.map((line) => line.split(',').slice(0, 3)),
    [
      ['1', '0.5', '-1'],
      ['2', '0.25', '2'],
    ],
  );
  const message = ' evaluate: one.safetensors has weights for 1 features per time step, but the data have 2';
  refuses(1, message, ['evaluate', '--data', 'd.csv', '--weights', 'one.safetensors'], files);
});

test('line ends of Windows, a byte-order mark and blanks are accepted', () => {
  const plain = csv('first', 20, 3);
  const dressed = `\ufeff${plain.replaceAll('\n', ' \r\n').replaceAll(',', ' ,\t')}\r\n\n`;
  const files = { 'plain.csv': plain, 'dressed.csv': dressed, 'w.safetensors': someWeights(3, 1) };
  const of = (name: string) => native(['predict', '--data', name, '--weights', 'w.safetensors'], files);
  assert.equal(of('dressed.csv').stderr, '');
  assert.equal(of('dressed.csv').stdout, of('plain.csv').stdout);
});

test('a file of another program is read, and stderr says how', () => {
  const plain = csv('first', 20, 3);
  const german = `x1;x2;x3;y\r\n${rows(plain)
    .map(([y, ...x]) => [...x, y ? 1 : -1].map((value) => String(value).replace('.', ',').replace('-', '\u2212')))
    .map((fields) => `${fields.join(';')}\r\n`)
    .join('\r\n')}`;
  const files = { 'plain.csv': plain, 'german.csv': german, 'w.safetensors': someWeights(3, 1) };
  for (const command of ['predict', 'evaluate']) {
    const of = (name: string) => native([command, '--data', name, '--weights', 'w.safetensors'], files);
    assert.equal(of('german.csv').stdout, of('plain.csv').stdout);
    assert.deepEqual(
      lines(of('german.csv').stderr),
      [
        'The columns are separated by semicolons.',
        'The decimal mark is a comma.',
        'Typographic minus signs were read as -.',
        'The target y comes after x.',
        '19 lines without values were left out.',
        'The labels -1 and 1 were read as 0 and 1.',
      ].map((note) => `unrolled ${command}: german.csv: ${note}`),
    );
  }
});

test('fit says what is unusual in its data', () => {
  const text = `y,x1,x2\n${Array.from({ length: 20 }, (_, i) => `${i < 16 ? 0 : 1},${i === 3 ? -999 : i},7\n`).join('')}`;
  const fit = (...more: string[]) =>
    native(['fit', '--data', 'd.csv', '--epochs', '1', '--verbose', '0', ...more], { 'd.csv': text }).stderr;
  const always = [
    'The column x2 is the same in every sequence, so the network learns nothing from it.',
    '1 number is -999, in sequence 4, column x1. If this stands for a missing value, fill it in or delete the sequence.',
  ];
  const label =
    'All labels of the 16 training sequences are 0, so there is nothing to learn from them. Mix the lines of the file.';
  const said = (notes: string[]) => notes.map((note) => `unrolled fit: d.csv: ${note}\n`).join('');
  assert.equal(fit(), said(always));
  assert.equal(fit('--validation-split', '0.2'), said([label, ...always]));
});

/** Sequences of one to three time steps, as one file and as a file for each. */
const RAGGED = ['0,0.9', '1,0.25,-2,0.5', '1,0.125,0.75', '0,-1', '0,3,0.1'];
const ragged = `y,x1,x2,x3\n${RAGGED.map((row) => `${row}${','.repeat(4 - row.split(',').length)}\n`).join('')}`;
const alone = (row: string): string => {
  const names = row.split(',').map((_, i) => (i ? `x${i}` : 'y'));
  return `${names.join(',')}\n${row}\n`;
};
const runs = (args: string[], files: Files): Result => {
  const result = both(args, files);
  assert.equal(result.code, 0, result.stderr);
  return result;
};
const lossOf = (text: string): number => Number(/^loss: (.*)$/m.exec(text)?.[1]);

test('sequences that end early are evaluated, traced and stepped through as those of files without the rest', () => {
  const files = { 'd.csv': ragged, 'w.safetensors': someWeights(2, 1) };
  const given = ['--weights', 'w.safetensors'];
  const { stdout, stderr } = runs(['evaluate', '--data', 'd.csv', ...given], files);
  assert.match(stderr, /d\.csv: 4 sequences end early, the first in line 2\. /);
  let sum = 0;
  RAGGED.forEach((row, i) => {
    const one = { ...files, 'one.csv': alone(row) };
    const each = (command: string, ...more: string[]) => runs([command, ...more, ...given], one).stdout;
    sum += lossOf(each('evaluate', '--data', 'one.csv'));
    for (const command of ['trace', 'step'])
      assert.equal(each(command, '--data', 'd.csv', '--sample', String(i)), each(command, '--data', 'one.csv'));
  });
  const loss = lossOf(stdout);
  assert.ok(Math.abs(loss - sum / RAGGED.length) < 1e-6 * loss, `${loss}, not ${sum / RAGGED.length}`);
});

test('the mean of a trace is over the sequences that reach the time step', () => {
  const files = { 'd.csv': ragged, 'w.safetensors': someWeights(2, 1) };
  const norms = (...given: string[]) =>
    rows(runs(['trace', '--data', 'd.csv', '--weights', 'w.safetensors', ...given], files).stdout);
  const each = RAGGED.map((_, i) => norms('--sample', String(i)));
  norms('--mean').forEach(([, t, h], step) => {
    const there = each.filter((sequence) => sequence.length > step);
    const wanted = there.reduce((sum, sequence) => sum + (sequence[step]?.[2] ?? Number.NaN), 0) / there.length;
    assert.equal(t, step + 1);
    assert.ok(Math.abs((h ?? Number.NaN) - wanted) < 1e-12 + 1e-6 * wanted, `${h}, not ${wanted}`);
  });
});

test('fit trains with the lengths of a file, and its validation part keeps its own', () => {
  const tail = `y,x1,x2,x3\n${RAGGED.slice(3).join('\n')}\n`;
  const fit = (text: string, ...given: string[]) => {
    const options = ['--units', '2', '--epochs', '3', '--batch-size', '2', '--seed', '5', '--verbose', '0'];
    const saved = ['--save', 'w.npz', '--history', 'h.json'];
    const { files } = runs(['fit', '--data', 'd.csv', ...options, ...given, ...saved], { 'd.csv': text });
    return { weights: there(files['w.npz']), history: JSON.parse(Buffer.from(there(files['h.json'])).toString()) };
  };
  const { history, weights } = fit(ragged, '--validation-split', '0.4');
  const given = { 'tail.csv': tail, 'w.npz': weights };
  const loss = lossOf(runs(['evaluate', '--data', 'tail.csv', '--weights', 'w.npz'], given).stdout);
  assert.ok(Math.abs(history.val_loss.at(-1) - loss) < 1e-6, `${history.val_loss}, not ${loss}`);
  const left = ragged.split('\n').slice(0, 4).join('\n');
  const filled = `${left.replace('0,0.9,,', '0,0.9,0,0').replace('1,0.125,0.75,', '1,0.125,0.75,0')}\n`;
  assert.deepEqual(fit(`${left}\n`).history.loss, history.loss);
  assert.notDeepEqual(fit(filled).history.loss, history.loss);
});

test('probe takes sequences of the same length only', () => {
  const whole = ragged.replaceAll(',\n', ',0\n').replaceAll(',,', ',0,');
  const refused = (given: string[], file: string, texts: Files) => {
    const { code, stderr, files } = both(['probe', '--data', 'd.csv', ...given], texts);
    assert.equal(code, 1);
    assert.ok(
      stderr.endsWith(
        ` ${file} has sequences that end early, and the probe reads only sequences of the same length. Add the missing values, or delete these lines\n`,
      ),
      stderr,
    );
    assert.deepEqual(Object.keys(files), Object.keys(texts));
  };
  refused(['--validation-split', '0.4'], 'd.csv', { 'd.csv': ragged });
  refused(['--validation-data', 'v.csv'], 'v.csv', { 'd.csv': whole, 'v.csv': ragged });
});

test('a large file without a header is rejected before all of it is read', { timeout: 60_000 }, () => {
  for (const [start, why] of [
    ['', ': this file is not a text, because it has a NUL byte. Save it as CSV in UTF-8'],
    ['y,x1,z\n1,2,3\n', ':1:3: expected the column "x2", got "z"'],
  ] as const)
    inFolder({ big: start, 'd.csv': csv('first', 4, 2) }, (folder) => {
      truncateSync(join(folder, 'big'), 6 * 2 ** 30);
      for (const args of [
        ['evaluate', '--weights', 'w', '--data', 'big'],
        ['fit', '--verbose', '0', '--data', 'd.csv', '--validation-data', 'big'],
      ]) {
        const limited = 'ulimit -v 1000000; exec "$0" "$@"'; // too little memory for the whole file
        const run = spawnSync('bash', ['-c', limited, program, ...args], { cwd: folder, encoding: 'utf8' });
        assert.equal(run.stderr, `unrolled ${args[0]}: big${why}\n`);
        assert.equal(run.status, 1);
      }
    });
});
