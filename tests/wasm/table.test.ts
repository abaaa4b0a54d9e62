/** Tables of a time series in JavaScript: what is read, and how a wrong one or a wrong argument is refused. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load, thrown } from './support.ts';

const { readTable, describeTable, windows } = await load();
const text =
  'day,temp,sky,wind\n2010-02-27,1.5,clear,3\n2010-02-28,,rain,4\n2010-03-02,0.1,rain,6\n2010-03-03,7,rain,8\n';

test('columns are described, with how many values each misses', async () => {
  const [day, sky] = [
    { name: 'day', kind: 'times', missing: 0 },
    { name: 'sky', kind: 'words', missing: 0 },
  ];
  const temp = { name: 'temp', kind: 'numbers', missing: 1 };
  assert.deepEqual(await describeTable(text), {
    rows: 4,
    columns: [day, temp, sky, { name: 'wind', kind: 'numbers', missing: 0 }],
  });
  assert.deepEqual(await describeTable(text.replace(/,[0-9]\n/g, ',\n')), {
    rows: 4,
    columns: [...[day, temp, sky, { name: 'wind', kind: 'empty', missing: 4 }]],
  });
  assert.match((await thrown(() => describeTable(''))).message, /^describeTable: line 1: expected a table/);
});

test('columns of numbers are read, with the times', async () => {
  const whole = await readTable(
    text.replace('-02-28,,', '-02-28,2,').replace('03-02', '03-01').replace('03-03', '03-02'),
  );
  assert.deepEqual(whole, {
    columns: ['temp', 'wind'],
    values: Float64Array.of(1.5, 3, 2, 4, 0.1, 6, 7, 8),
    positions: Float64Array.of(0, 1, 2, 3),
    times: ['2010-02-27', '2010-02-28', '2010-03-01', '2010-03-02'],
    report: {
      dropped: 0,
      filled: 0,
      missingValues: { count: 0 },
      missingTimes: { count: 0 },
      repeatedTimes: { count: 0 },
      irregularTimes: { count: 0 },
      undatedLines: { count: 0 },
    },
  });
});

test('what is missing is refused, dropped or filled, and reported', async () => {
  assert.match(
    (await thrown(() => readTable(text))).message,
    /^readTable: line 3, column 2: expected a value, got nothing\./,
  );
  const dropped = await readTable(text, { missing: 'drop' });
  assert.deepEqual(dropped.times, ['2010-02-27', '2010-03-02', '2010-03-03']);
  assert.deepEqual([...dropped.positions], [0, 3, 4]);
  assert.deepEqual(dropped.report.missingValues, { count: 1, line: 3, column: 2 });
  assert.deepEqual(dropped.report.missingTimes, { count: 1, line: 4, column: 1 });
  assert.equal(dropped.report.dropped, 1);
  const filled = await readTable(new TextEncoder().encode(text), { missing: 'fill', columns: ['wind', 'temp'] });
  assert.deepEqual(filled.columns, ['wind', 'temp']);
  assert.deepEqual(
    [...filled.values].filter((_, i) => i % 2 === 0),
    [3, 4, 5, 6, 8],
  );
  assert.equal(filled.report.filled, 3);
  const utf16 = Uint8Array.of(255, 254, ...[...'a\n1\n2\n'].flatMap((letter) => [letter.charCodeAt(0), 0]));
  assert.deepEqual([...(await readTable(utf16)).values], [1, 2]);
});

test('a table of years, in which -9999 stands for a missing value', async () => {
  const years = 'year;ice\n1990;6,1\n1991;-9999\n1992;7,5\n';
  const { columns, values, times, report } = await readTable(years, { missing: 'fill' });
  assert.deepEqual([columns, [...values], times], [['ice'], [6.1, 6.8, 7.5], ['1990', '1991', '1992']]);
  assert.deepEqual([report.missingCode, report.missingValues], [-9999, { count: 1, line: 3, column: 2 }]);
  assert.equal((await readTable('year;ice\n1990;6,1\n')).report.missingCode, undefined);
});

test('wrong arguments and texts are refused by name', async () => {
  const cases: [Parameters<typeof readTable>, RegExp][] = [
    [[text, { columns: ['sky'] }], /^readTable: column "sky" has words: expected a column of numbers$/],
    [[text, { columns: ['day'] }], /^readTable: column "day" has times: expected a column of numbers$/],
    [[text, { columns: ['rain'] }], /^readTable: columns\[0\] is "rain": expected "temp" or "wind"$/],
    [[text, { columns: [] }], /^readTable: columns is an array of 0: expected an array of names of columns$/],
    [
      [text, { missing: 'ignore' as 'drop' }],
      /^readTable: missing is "ignore": expected "refuse" or "drop" or "fill"$/,
    ],
    [[3 as unknown as string], /^readTable: text is 3: expected a string or a Uint8Array$/],
    [['a,b\nx,y\n'], /^readTable: the table has no column of numbers: expected at least one$/],
    [['1,2\n3,4\n'], /^readTable: line 1, column 1: expected a first line that names the columns, got "1"$/],
    [[''], /^readTable: line 1: expected a table whose first line names the columns, got an empty file$/],
  ];
  for (const [given, message] of cases) assert.match((await thrown(() => readTable(...given))).message, message);
});

test('the weather of Chicago is read as another reader reads it', async () => {
  const file = readFileSync(new URL('../../docs/data/chicago.csv', import.meta.url), 'utf8');
  const lines = file
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const { columns, values, times, positions } = await readTable(file);
  assert.deepEqual(columns, ['temp', 'humidity', 'wind']);
  assert.deepEqual(
    times,
    lines.map(([date]) => date),
  );
  assert.deepEqual(
    [...values],
    lines.flatMap((line) => line.slice(1).map(Number)),
  );
  assert.deepEqual(
    [...positions],
    lines.map((_, i) => i),
  );
});

/** The weights of least squares by Householder reflections, in double: another method than the core's. */
function householder(rows: number[][], wanted: number[]): number[] {
  const a = rows.map((row, i) => [...row, wanted[i] as number]);
  const columns = rows[0]?.length ?? 0;
  for (let j = 0; j < columns; j++) {
    const below = a.slice(j);
    const length = Math.hypot(...below.map((row) => row[j] as number));
    const along = below.map((row) => row[j] as number);
    along[0] = (along[0] as number) + ((along[0] as number) > 0 ? length : -length);
    const norm = along.reduce((sum, value) => sum + value * value, 0);
    for (let k = j; k <= columns; k++) {
      const dot = below.reduce((sum, row, i) => sum + (along[i] as number) * (row[k] as number), 0);
      for (const [i, row] of below.entries()) row[k] = (row[k] as number) - ((2 * dot) / norm) * (along[i] as number);
    }
  }
  const solution = new Array<number>(columns).fill(0);
  for (let j = columns - 1; j >= 0; j--) {
    const row = a[j] as number[];
    const known = solution.slice(j + 1).reduce((sum, value, k) => sum + value * (row[j + 1 + k] as number), 0);
    solution[j] = ((row[columns] as number) - known) / (row[j] as number);
  }
  return solution;
}

test('least squares on the weather is that of Householder’s method, to 1e-9', async () => {
  const file = readFileSync(new URL('../../docs/data/chicago.csv', import.meta.url), 'utf8');
  const { columns, values, positions, times } = await readTable(file);
  const first = (year: string): number => times.findIndex((time) => time >= year);
  const [training, later]: [number, number][] = [
    [first('2001'), first('2005')],
    [first('2005'), first('2006')],
  ];
  const made = await windows({ columns, values, positions }, { target: 'temp', timesteps: 7, training, test: later });
  const row = (now: number): number[] => [...values.subarray(3 * (now - 6), 3 * (now + 1)), 1];
  const weights = householder(
    Array.from(made.training.rows, row),
    Array.from(made.training.rows, (now) => values[3 * (now + 1)] as number),
  );
  const { forecasts } = made.baselines().find(({ name }) => name === 'least_squares') ?? { forecasts: [] };
  assert.equal(forecasts.length, 365 - 7);
  for (const [n, forecast] of forecasts.entries()) {
    const wanted = row(made.test?.rows[n] ?? 0).reduce((sum, value, k) => sum + value * (weights[k] as number), 0);
    assert.ok(Math.abs(forecast - wanted) <= 1e-9 * Math.abs(wanted) + 1e-12, `${n}: ${forecast}, ${wanted}`);
  }
});
