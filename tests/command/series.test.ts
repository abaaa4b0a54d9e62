// Time series from a table: what fit keeps with the weights, what is printed in the unit of the target, and every refusal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, type Files, lines, refuses, type Result } from './program.ts';

/** A run that ends well; it may tell of something on stderr. */
function runs(args: string[], given: Files): Result {
  const run = both(args, given);
  assert.equal(run.code, 0, run.stderr);
  return run;
}

/** Days of a wave of period 10 around 20 degrees, with a trend, and a column of words. */
const level = (day: number): number => Math.round(100 * (20 + 5 * Math.sin((Math.PI * day) / 5) + day / 50)) / 100;
const date = (day: number): string => new Date(Date.UTC(2010, 0, 1 + day)).toISOString().slice(0, 10);
const days = 120;
const row = (day: number): string => `${date(day)},${level(day)},${day % 3},fine\n`;
const table = `date,temp,wind,sky\n${Array.from({ length: days }, (_, day) => row(day)).join('')}`;
const files = { 't.csv': table };
const parts = ['--table', 't.csv', '--test-from', '2010-04'];
const fit = ['fit', ...parts, '--target', 'temp', '--steps', '4', '--units', '8', '--cell', 'gru', '--epochs', '3'];
const first = 90; /* the first of April */

const scores = (stdout: string): Record<string, number[]> =>
  Object.fromEntries(
    lines(stdout)
      .map((line) => line.split(','))
      .filter((fields) => fields.length > 1)
      .map(([name = '', ...numbers]) => [name, numbers.map(Number)]),
  );
const trained = runs([...fit, '--learning-rate', '0.01', '--verbose', '2', '--save', 'w.safetensors'], files);
const weights = { 'w.safetensors': trained.files['w.safetensors'] as Buffer };
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const near = (found: number | undefined, wanted: number, distance = 1e-9): void =>
  assert.ok(Math.abs((found ?? Number.NaN) - wanted) <= distance, `${found}, ${wanted}`);

test('baselines are printed in the unit of the target', () => {
  const { stdout, stderr } = runs(
    ['baselines', ...parts, '--target', 'temp', '--steps', '4', '--period', '10', '--half-width', '0'],
    files,
  );
  assert.equal(stderr, '');
  const found = scores(stdout);
  assert.deepEqual(Object.keys(found), ['forecast', 'mean', 'persistence', 'season', 'least_squares']);
  const targets = Array.from({ length: days - first - 4 }, (_, n) => first + n + 4);
  const before = mean(Array.from({ length: first }, (_, day) => level(day)));
  const season = (day: number): number => mean(Array.from({ length: 9 }, (_, k) => level((day % 10) + 10 * k)));
  for (const [name, forecast] of [
    ['mean', () => before],
    ['persistence', (day: number) => level(day - 1)],
    ['season', season],
  ] as const) {
    const errors = targets.map((day) => forecast(day) - level(day));
    near(found[name]?.[0], Math.sqrt(mean(errors.map((error) => error * error))));
    near(found[name]?.[1], mean(errors.map(Math.abs)));
  }
});

test('fit scores the network beside them, and evaluate says the same', () => {
  const found = scores(trained.stdout);
  const { stdout } = runs(['evaluate', ...parts, '--weights', 'w.safetensors'], { ...files, ...weights });
  assert.deepEqual(scores(stdout), found);
  assert.ok((found['network']?.[0] ?? 9) < 5);
  const [, progress = ''] = /val_mean_absolute_error: (\S+)\n[^E]*$/.exec(trained.stdout) ?? [];
  near(Number(progress), found['network']?.[1] ?? 0, 6e-5);
  for (const [name, [error = 0]] of Object.entries(found).slice(1))
    assert.equal(
      trained.stderr.includes(`the network forecasts worse than the baseline ${name}\n`),
      name !== 'network' && error < (found['network']?.[0] ?? 0),
      name,
    );
});

test('predict forecasts also what comes after the table, and its errors are those that evaluate prints', () => {
  const given = { ...files, ...weights };
  const { stdout } = runs(['predict', '--table', 't.csv', '--weights', 'w.safetensors'], given);
  const [header, ...rest] = lines(stdout);
  assert.equal(header, 'time,forecast');
  assert.deepEqual(
    rest.map((line) => line.split(',')[0]),
    Array.from({ length: days - 3 }, (_, n) => date(n + 4)),
  );
  const errors = rest
    .map((line) => line.split(','))
    .map(([time, forecast], n) => [time ?? '', Number(forecast) - level(n + 4)] as const)
    .filter(([time]) => time >= date(first + 4) && time < date(days));
  near(Math.sqrt(mean(errors.map(([, error]) => error * error))), scores(trained.stdout)['network']?.[0] ?? 0, 1e-9);
  const part = runs(['predict', '--table', 't.csv', '--weights', 'w.safetensors', '--from', '2010-04-20'], given);
  assert.deepEqual(lines(part.stdout).slice(1), rest.slice(-8));
});

test('a stream forecasts at every row, with the state of all rows before', () => {
  const given = { ...files, ...weights };
  const { stdout } = runs(['predict', '--table', 't.csv', '--weights', 'w.safetensors', '--stream'], given);
  const streamed = lines(stdout).slice(1);
  assert.equal(streamed.length, days);
  const windows = lines(runs(['predict', '--table', 't.csv', '--weights', 'w.safetensors'], given).stdout).slice(1);
  assert.equal(streamed[3], windows[0]); // up to there both have read the same four rows
  assert.notEqual(streamed[4], windows[1]);
});

test('rolled forecasts feed themselves', () => {
  const alone = [...fit, '--inputs', 'temp', '--verbose', '0', '--save', 'a.npz'];
  const given = { ...files, 'a.npz': runs(alone, files).files['a.npz'] as Buffer };
  const predict = ['predict', '--table', 't.csv', '--weights', 'a.npz'];
  const rolled = lines(runs([...predict, '--roll', '5'], given).stdout).slice(1);
  assert.deepEqual(
    rolled.map((line) => line.split(',')[0]),
    [0, 1, 2, 3, 4].map((k) => date(days + k)),
  );
  let longer = table;
  for (const line of rolled) {
    const last = lines(runs(predict, { ...given, 't.csv': longer }).stdout).at(-1) ?? '';
    const [time, forecast] = last.split(',');
    assert.equal(time, line.split(',')[0]);
    near(Number(forecast), Number(line.split(',')[1]), 1e-5);
    longer += `${time},${line.split(',')[1]},0,fine\n`;
  }
  refuses(
    2,
    ' predict: --roll: expected weights that forecast the value of a column one row ahead from that column alone; w.safetensors reads 2 columns for "temp"',
    ['predict', '--table', 't.csv', '--weights', 'w.safetensors', '--roll', '3'],
    { ...files, ...weights },
  );
});

test('a second fit goes on with the windows and scales in the file', () => {
  const again = [
    'fit',
    ...parts,
    '--weights',
    'w.safetensors',
    '--epochs',
    '1',
    '--verbose',
    '0',
    '--save',
    'v.safetensors',
  ];
  const { files: left } = runs(again, { ...files, ...weights });
  const note = (file: Buffer | undefined): string | undefined => /"series":"(.*?)\}\]\}"/.exec(String(file))?.[1];
  assert.ok(note(weights['w.safetensors'])?.includes('wind'));
  assert.equal(note(left['v.safetensors']), note(weights['w.safetensors']));
});

test('labels: is it higher than now, or above a value?', () => {
  const above = ['--forecast', 'above', '--threshold', '-3.5', '--verbose', '2'];
  const { stdout } = runs([...fit, ...above], files);
  assert.match(stdout, /^forecast,accuracy$/m);
  assert.equal(scores(stdout)['label']?.[0], 1); // it is never so cold
  const higher = scores(runs([...fit, '--forecast', 'higher', '--verbose', '2'], files).stdout);
  const rises = Array.from({ length: days - first - 4 }, (_, n) => level(first + n + 4) > level(first + n + 3));
  near(higher['persistence']?.[0], rises.filter((rise) => !rise).length / rises.length);
});

test('what is missing is refused, dropped or filled, and said', () => {
  const holes = {
    't.csv': table
      .replace(`${level(5)},2,fine`, ',2,fine')
      .replace(row(20), '')
      .replace(row(30), row(30) + row(30)),
  };
  refuses(1, ' fit: t.csv:7:2: expected a value, got nothing. Correct it, or set missing to drop or fill', fit, holes);
  const said = (choice: string): string[] =>
    lines(both([...fit, '--verbose', '0', '--missing', choice], holes).stderr).map((line) =>
      line.replace('unrolled fit: t.csv: ', ''),
    );
  const same = [
    '1 line lacks a value, the first in line 7',
    '1 time is missing, the first in line 22',
    '1 time is repeated, the first in line 32',
  ];
  assert.deepEqual(said('drop'), [...same, '2 lines are left out, 0 values are filled in']);
  assert.deepEqual(said('fill'), [...same, '1 lines are left out, 3 values are filled in']);
  const sums = { 't.csv': `${table}Total,9,9,\n` };
  const end = days + 2;
  refuses(
    1,
    ` fit: t.csv:${end}:1: expected a time, got "Total". Correct it, or set missing to drop or fill`,
    fit,
    sums,
  );
  assert.match(
    both([...fit, '--verbose', '0', '--missing', 'drop'], sums).stderr,
    new RegExp(`fit: t\\.csv: 1 line at the end has no time and is left out, the first in line ${end}\\n`),
  );
  const header = table.split('\n')[0] as string;
  const units = { 't.csv': table.replace(`${header}\n`, `${header}\n,°C,m/s,\n`) };
  assert.equal(
    both([...fit, '--verbose', '0'], units).stderr,
    'unrolled fit: t.csv: line 2 has no numbers, so it is read as the units of the columns\n',
  );
  const code = { 't.csv': table.replace(`${level(5)},2,fine`, '-999.0,2,fine') };
  refuses(
    1,
    ' fit: t.csv:7:2: expected a value, got "-999.0", which stands for a missing value, because no other number comes near it. Correct it, or set missing to drop or fill',
    fit,
    code,
  );
  assert.deepEqual(
    lines(both([...fit, '--verbose', '0', '--missing', 'fill'], code).stderr).map((line) =>
      line.replace('unrolled fit: t.csv: ', ''),
    ),
    [
      'the number -999 stands for a missing value, because every other number is above -99',
      '1 line lacks a value, the first in line 7',
      '0 lines are left out, 1 values are filled in',
    ],
  );
});

test('a constant column and one that is too large are told', () => {
  const flat = { 't.csv': table.replaceAll(/,\d,fine/g, ',7,fine') };
  assert.match(
    runs([...fit, '--verbose', '0'], flat).stderr,
    /fit: t\.csv: column "wind" has only one value in the training part; the network learns nothing from it\n/,
  );
  assert.match(
    runs([...fit, '--verbose', '0', '--no-standardize'], files).stderr,
    /fit: t\.csv: column "temp" is so large that it saturates the units; leave out --no-standardize\n/,
  );
});

test('refusals', () => {
  const table4 = ['--table', 't.csv', '--steps', '4'];
  const cases: [number, string, string[]][] = [
    [2, ' fit: --target is missing', ['fit', ...table4]],
    [2, ' fit: --steps is missing', ['fit', '--table', 't.csv', '--target', 'temp']],
    [2, ' fit: --table and --data exclude each other', ['fit', ...table4, '--target', 'temp', '--data', 't.csv']],
    [2, ' fit: --table and --task exclude each other', ['fit', ...table4, '--target', 'temp', '--task', 'first']],
    [
      2,
      ' fit: --threshold: expected --forecast above as well',
      ['fit', ...table4, '--target', 'temp', '--threshold', '3'],
    ],
    [2, ' fit: --threshold is missing', ['fit', ...table4, '--target', 'temp', '--forecast', 'above']],
    [2, ' fit: --target: t.csv has no column "tmp"', ['fit', ...table4, '--target', 'tmp']],
    [
      2,
      ' fit: --target: expected a column of numbers, but "date" of t.csv has times',
      ['fit', ...table4, '--target', 'date'],
    ],
    [
      2,
      ' fit: --inputs: expected a column of numbers, but "sky" of t.csv has words',
      ['fit', ...table4, '--target', 'temp', '--inputs', 'temp,sky'],
    ],
    [
      2,
      ' fit: --from, --test-from and --until: expected them in the order of time',
      ['fit', ...table4, '--target', 'temp', '--test-from', '2010-02', '--from', '2010-03'],
    ],
    [
      2,
      ' fit: --loss binary_crossentropy does not agree with --forecast value, which needs mean_squared_error',
      ['fit', ...table4, '--target', 'temp', '--loss', 'binary_crossentropy'],
    ],
    [
      1,
      ' fit: t.csv: the test part has 2 rows and no window; expected at least 5 rows without a gap',
      ['fit', ...table4, '--target', 'temp', '--test-from', '2010-04-29'],
    ],
    [2, ' baselines: --table is missing', ['baselines']],
    [
      2,
      ' baselines: a part to test on is missing; expected --test-from TIME or --validation-split SHARE',
      ['baselines', ...table4, '--target', 'temp'],
    ],
    [2, ' evaluate: --weights is missing', ['evaluate', ...table4, '--target', 'temp']],
    [
      2,
      ' predict: --steps 5 does not agree with w.safetensors, which has 4 time steps',
      ['predict', '--table', 't.csv', '--weights', 'w.safetensors', '--steps', '5'],
    ],
    [
      2,
      ' evaluate: --target wind does not agree with w.safetensors, which has temp',
      ['evaluate', ...parts, '--weights', 'w.safetensors', '--target', 'wind'],
    ],
  ];
  for (const [code, message, args] of cases) refuses(code, message, args, { ...files, ...weights });
  refuses(
    2,
    ' fit: --test-from needs a column of times, but n.csv has none; --validation-split divides its rows without one',
    ['fit', '--table', 'n.csv', '--target', 'a', '--steps', '2', '--test-from', '3'],
    { 'n.csv': 'a\n1\n2\n3\n4\n5\n' },
  );
  const plain = runs(
    ['fit', '--task', 'first', '--samples', '8', '--steps', '4', '--epochs', '1', '--verbose', '0', '--save', 'p.npz'],
    {},
  );
  refuses(
    1,
    ' predict: p.npz says nothing about a time series; expected weights that unrolled fit --table has saved',
    ['predict', '--table', 't.csv', '--weights', 'p.npz'],
    { ...files, 'p.npz': plain.files['p.npz'] as Buffer },
  );
});

test('a time that the table cannot have is refused with the times that it has', () => {
  const expected = 'expected a time like 2010-01-01, or its beginning, got';
  const has = 'the times of t.csv run from 2010-01-01 to 2010-04-30';
  const few = ['fit', '--table', 't.csv', '--target', 'temp', '--steps', '4', '--verbose', '0'];
  for (const given of ['May', '22:00', '20.04.2010', '2010-4-20', '2010-4', '201', '2010-04-20Z'])
    refuses(2, ` fit: --test-from: ${expected} "${given}"; ${has}`, [...few, '--test-from', given], files);
  refuses(2, ` fit: --until: ${expected} "22:00"; ${has}`, [...few, '--until', '22:00'], files);

  /* three days of times alone, by the hour */
  const hour = (h: number): string => `${String(h % 24).padStart(2, '0')}:00`;
  const hours = Array.from({ length: 72 }, (_, h) => `${hour(h)},${level(h)}\n`).join('');
  const clocks = { 'c.csv': `time,temp\n${hours}` };
  const cut = ['fit', '--table', 'c.csv', '--target', 'temp', '--steps', '4', '--verbose', '0', '--test-from'];
  refuses(
    2,
    ' fit: --test-from: expected a time like 01 00:00, or its beginning, got "22:00"; the times of c.csv run from 01 00:00 to 03 23:00, where each begins with the number of its day',
    [...cut, '22:00'],
    clocks,
  );
  refuses(
    1,
    ' fit: c.csv: the test part has 2 rows and no window; expected at least 5 rows without a gap',
    [...cut, '03 22:00'],
    clocks,
  );
  /* a mean of the rows before is the baseline, so it tells which they are */
  const baseline = (table: string, text: string, from: string): number =>
    scores(
      runs(['baselines', '--table', table, '--target', 'temp', '--steps', '4', '--test-from', from], {
        [table]: text,
      }).stdout,
    )['mean']?.[1] ?? Number.NaN;
  const wanted = (rows: number, from: number): number => {
    const before = mean(Array.from({ length: from }, (_, h) => level(h)));
    return mean(Array.from({ length: rows - from - 4 }, (_, n) => Math.abs(level(from + 4 + n) - before)));
  };
  near(baseline('c.csv', clocks['c.csv'], '02 22:00'), wanted(72, 46));
  near(baseline('c.csv', clocks['c.csv'], '03'), wanted(72, 48));
  near(baseline('one.csv', `time,temp\n${hours.slice(0, hours.indexOf('00:00', 9))}`, '12:00'), wanted(24, 12));
  /* more than 99 days */
  const long = Array.from({ length: 110 * 24 }, (_, h) => `${hour(h)},${level(h)}\n`).join('');
  near(baseline('l.csv', `time,temp\n${long}`, '100 12:00'), wanted(110 * 24, 99 * 24 + 12));
  /* dates and times of day in two columns, the times first, as a spreadsheet exports them */
  const both = Array.from({ length: 72 }, (_, h) => `${hour(h)};${Math.floor(h / 24) + 1}.2.2010;${level(h)}\n`);
  for (const from of ['2010-02-02 22:00', '2010-02-02T22:00', '2010-02-02 21:30'])
    near(baseline('b.csv', `Zeit;Datum;temp\n${both.join('')}`, from), wanted(72, 46));
});
