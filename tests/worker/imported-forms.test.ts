// A table over time and a text that a reader imports: which sequences are made of them, and what the preview says.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readFormed } from '../../web/worker/imported-forms.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('a column of a table without any value is left out, and the rows stay', async () => {
  const lines = count(60).map((i) => `${day(i)};${i % 7},5;`);
  const formed = await readFormed(engine, { kind: 'series', timesteps: 3 }, `date;temp;snow\n${lines.join('\n')}\n`);
  assert.deepEqual(formed.table?.columns, ['temp']);
  assert.match(formed.notes[0] ?? '', /^The table has 60 rows/);
});

test('the first irregular line is the first of the file, whatever is wrong in it', async () => {
  const lines = count(60)
    .filter((i) => i !== 10)
    .map((i) => `${day(i)},${i === 40 ? '' : i % 7}`);
  const { notes } = await readFormed(engine, { kind: 'series', timesteps: 3 }, `date,temp\n${lines.join('\n')}\n`);
  assert.match(notes.join('\n'), /The first gap is in line 12\./);
});

test('lines that were left out are told with their cause: a missing value, a time, or both', async () => {
  const said = async (changed: (line: string, i: number) => string[]): Promise<string> => {
    const lines = count(60).flatMap((i) => changed(`${day(i)},${i % 7}`, i));
    return (
      await readFormed(engine, { kind: 'series', timesteps: 3 }, `date,temp\n${lines.join('\n')}\n`)
    ).notes.join();
  };
  const empty = (line: string): string => line.replace(/,.*/, ',');
  const value = 'because a value is missing.';
  const time = 'time is repeated or irregular.';
  for (const [wanted, place, changed] of [
    [`1 line was left out, ${value}`, 'gap', (line: string, i: number) => [i === 5 ? empty(line) : line]],
    [`2 lines were left out, ${value}`, 'gap', (line: string, i: number) => [i === 5 || i === 9 ? empty(line) : line]],
    [
      `1 line was left out, because its ${time}`,
      'gap, repeated or irregular time',
      (line: string, i: number) => (i === 4 ? [line, line] : [line]),
    ],
    [
      `2 lines were left out, because their ${time}`,
      'gap, repeated or irregular time',
      (line: string, i: number) => (i === 4 ? [line, line, line.replace(',', ' 05:00,')] : [line]),
    ],
    [
      `2 lines were left out, because a value is missing or their ${time}`,
      'gap, repeated or irregular time',
      (line: string, i: number) => (i === 4 ? [line, line] : [i === 9 ? empty(line) : line]),
    ],
  ] as const) {
    const notes = await said(changed);
    assert.ok(notes.includes(wanted), notes);
    assert.ok(notes.includes(`The first ${place} is in line 7. No sequence reaches across a gap.`), notes);
  }
});

test('lines at the end without a date are left out and named, and a line of units is read', async () => {
  const rows = count(60).map((i) => `${day(i)};${i % 7},5;${i % 5}`);
  const table = `Datum;Temp;Regen\n;°C;mm\n${rows.join('\n')}\n`;
  const read = (text: string) => readFormed(engine, { kind: 'series', timesteps: 3 }, text);
  const { notes, table: about } = await read(`${table}"Summe";210,5;120\n`);
  assert.match(notes[0] ?? '', /^The table has 60 rows .* these columns: Temp \(°C\), Regen \(mm\)\.$/);
  assert.ok(notes.includes('Line 2 has no numbers, so it was read as the units of the columns.'), notes.join('\n'));
  assert.ok(notes.includes('Line 63, “Summe”, has no time and was left out.'), notes.join('\n'));
  assert.deepEqual(
    about?.quantities.map(({ name, unit }) => [name, unit]),
    [
      ['Temp', '°C'],
      ['Regen', 'mm'],
    ],
  );
  const two = await read(`${table};210,5;120\nQuelle: eine Station\n`);
  assert.ok(
    two.notes.includes('2 lines at the end have no time and were left out. The first of them is line 63, “210,5”.'),
    two.notes.join('\n'),
  );
  await assert.rejects(
    read(`${table}Summe;210,5;120\n${day(60)};1;2\n`),
    /line 63, column 1: expected a date as in line 3, got "Summe"\. Correct it, or delete this line$/,
  );
});

test('times of day alone name the rows, with the day if there are several', async () => {
  const clock = (i: number): string => new Date(900_000 * (32 + i)).toISOString().slice(11, 16);
  const read = (n: number) =>
    readFormed(
      engine,
      { kind: 'series', timesteps: 3 },
      `time,temp\n${count(n)
        .map((i) => `${clock(i)},${i % 7}`)
        .join('\n')}\n`,
    );
  const one = await read(40);
  assert.match(
    one.notes[0] ?? '',
    /^The table has 40 rows in order of time, from 08:00 to 17:45\. .* columns: temp\.$/,
  );
  assert.equal(one.notes.join('\n').includes('left out'), false);
  assert.match((await read(96)).notes[0] ?? '', /from day 1 08:00 to day 2 07:45\./);
});

test('a time of day in a column beside that of the date belongs to it', async () => {
  const lines = count(96).map((i) => `${new Date(900_000 * i).toISOString().slice(0, 16).replace('T', ',')},${i % 7}`);
  const { notes } = await readFormed(engine, { kind: 'series', timesteps: 3 }, `date,time,temp\n${lines.join('\n')}\n`);
  assert.match(notes[0] ?? '', /^The table has 96 rows in order of time, from 1970-01-01 00:00 to 1970-01-01 23:45\. /);
});

test('no window of a text straddles the border between the training part and the part that is held back', async () => {
  const text = count(100)
    .map((i) => `word${String.fromCharCode(97 + (i % 26))}`)
    .join(' ');
  const { data, split } = await readFormed(engine, { kind: 'text', timesteps: 5 }, text);
  /* windows of 5 words and the word after them, in 80 and in 20 words */
  assert.equal(data.samples, 75 + 15);
  assert.equal(Math.floor(data.samples * (1 - split)), 75);
  const read = await engine.readText(text);
  assert.deepEqual([...data.y.slice(75 * 5, 76 * 5)], [...read.tokens.slice(81, 86)]);
});

test('a text of many words has shorter sequences than asked for if a page takes no longer ones', async () => {
  const text = count(400)
    .map((i) => `w${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + (i % 7))}`)
    .join(' ');
  const { data, notes } = await readFormed(engine, { kind: 'text', timesteps: 50 }, text);
  assert.equal(data.timesteps, 32);
  assert.match(notes.join('\n'), /The sequences have 32 words in place of 50/);
});

test('a text that is too short is refused with advice', async () => {
  await assert.rejects(
    readFormed(engine, { kind: 'text', timesteps: 7 }, 'The cat sees the moon. The dog sees the sun.'),
    /^RangeError: The text has 12 words and punctuation marks, which are too few for sequences of 7 words\. Choose fewer time steps, or bring a longer text\.$/,
  );
});

test('the notes of a long text have no ordinals', async () => {
  const text = count(5000)
    .map((i) => ['a', 'b', 'c'][i % 3])
    .join(' ');
  const { data, notes } = await readFormed(engine, { kind: 'text', timesteps: 7 }, text);
  assert.ok(data.samples <= 2000);
  assert.match(notes.join('\n'), /Sequences of 7 words begin 3 words apart/);
});

test('of a table with many columns the first 64 are used, with as many time steps as a page takes', async () => {
  const names = count(70).map((i) => `c${i}`);
  const lines = count(120).map((i) => [day(i), ...names.map((_, k) => (i * (k + 3)) % 11)].join());
  const text = `date,${names.join()}\n${lines.join('\n')}\n`;
  const { data, table, notes } = await readFormed(engine, { kind: 'series', timesteps: 40 }, text);
  assert.deepEqual(table?.columns, names.slice(0, 64));
  assert.deepEqual([data.features, data.timesteps], [64, 32]);
  assert.match(notes.join('\n'), /The network reads the first 64 columns of numbers/);
  assert.match(notes.join('\n'), /The sequences have 32 time steps in place of 40/);
});

test('a table of which most rows were left out is refused with the cause and the cure', async () => {
  const lines = count(120).map((i) => `${day(i)},${i % 7},${i === 5 ? '1' : ''}`);
  await assert.rejects(
    readFormed(
      engine,
      { kind: 'series', timesteps: 3, columns: ['temp', 'snow'] },
      `date,temp,snow\n${lines.join('\n')}\n`,
    ),
    /^RangeError: Of the 120 rows of the table, 119 have a missing value and were left out\. The rest is too short for sequences of 3 rows\. Choose columns with fewer missing values, or fill them in\.$/,
  );
});

test('columns that are mostly empty are left out, and columns of the same name are read once', async () => {
  const lines = count(120).map((i) => `${day(i)},${i % 7},${i === 5 ? '1' : ''},${i % 5}`);
  const { table, notes } = await readFormed(
    engine,
    { kind: 'series', timesteps: 3 },
    `date,temp,snow,temp\n${lines.join('\n')}\n`,
  );
  assert.deepEqual(table?.columns, ['temp']);
  assert.deepEqual(
    table.found.map(({ name, missing }) => [name, missing]),
    [
      ['temp', 0],
      ['snow', 119],
    ],
  );
  assert.match(
    notes.join('\n'),
    /^The network does not read snow, because more than half of the values are missing\.$/m,
  );
  assert.match(notes.join('\n'), /^Several columns are called temp\. The first of them is used\.$/m);
});

test('columns without numbers are named, and a table that begins with a title is refused with advice', async () => {
  const lines = count(60).map((i) => `${day(i)};${i % 7};;${i % 9 === 0 ? 'rain' : ''}`);
  const table = `date;temp;;remark\n${lines.join('\n')}\n`;
  const { notes } = await readFormed(engine, { kind: 'series', timesteps: 3 }, table);
  assert.match(notes.join('\n'), /^These columns are left out, because they have no numbers: remark\.$/m);
  await assert.rejects(
    readFormed(engine, { kind: 'series', timesteps: 3 }, `My weather;;;\n${table}`),
    /^RangeError: The table has no column of numbers\. Its first line must be the names of the columns/,
  );
});

test('rows of a table without weekends are read one after another', async () => {
  const lines = count(140)
    .filter((i) => i % 7 < 5)
    .map((i) => `${day(i)},${i % 11}`);
  const { data, notes, series } = await readFormed(
    engine,
    { kind: 'series', timesteps: 7 },
    `date,price\n${lines.join('\n')}\n`,
  );
  assert.equal(data.samples, 100 - 2 * 7);
  assert.deepEqual([...(series?.positions as Float64Array)], count(100));
  assert.match(notes.join('\n'), /as if none were missing/);
  assert.doesNotMatch(notes.join('\n'), /No sequence reaches across a gap/);
});

test('a column of numbers without a name is left out', async () => {
  const lines = count(60).map((i) => `${i},${day(i)},${i % 7}`);
  const { table, notes } = await readFormed(
    engine,
    { kind: 'series', timesteps: 3 },
    `,date,temp\n${lines.join('\n')}\n`,
  );
  assert.deepEqual(table?.columns, ['temp']);
  assert.match(notes.join('\n'), /^Columns of numbers without a name are left out\.$/m);
});

test('a table that is too short is refused with advice', async () => {
  await assert.rejects(
    readFormed(engine, { kind: 'series', timesteps: 7 }, `date,temp\n${day(0)},1\n`),
    /^RangeError: The table has too few rows \(1\) for sequences of 7 rows\. Choose fewer time steps, or bring a longer table\.$/,
  );
});

test('the preview names a target that never changes, and other columns that never change', async () => {
  const lines = count(60).map((i) => `${day(i)},${i % 7},5`);
  const text = `date,temp,level\n${lines.join('\n')}\n`;
  const ofTemp = (await readFormed(engine, { kind: 'series', timesteps: 3 }, text)).notes.join('\n');
  assert.match(
    ofTemp,
    /The network can learn nothing from level, because all values in the training part are the same\./,
  );
  assert.doesNotMatch(ofTemp, /nothing to forecast/);
  const ofLevel = (await readFormed(engine, { kind: 'series', target: 'level', timesteps: 3 }, text)).notes.join('\n');
  assert.match(
    ofLevel,
    /All values of “level” in the training part are the same, so there is nothing to forecast\. Choose another column\./,
  );
});

test('a code for missing values is written with a minus sign', async () => {
  const lines = count(60).map((i) => `${day(i)},${i === 30 ? -999 : i % 7}`);
  const { notes } = await readFormed(engine, { kind: 'series', timesteps: 3 }, `date,temp\n${lines.join('\n')}\n`);
  assert.match(notes.join('\n'), /^−999 stands for a missing value/m);
});

test('the preview and the chart of forecasts have one error, the root mean squared one', async () => {
  const values = count(60).map((i) => (i * i * 7) % 23);
  const lines = values.map((value, i) => `${day(i)},${value}`);
  const { notes, series } = await readFormed(
    engine,
    { kind: 'series', timesteps: 3 },
    `date,wind (m/s)\n${lines.join('\n')}\n`,
  );
  const [, error, ofMean] =
    /their root mean squared error \(RMSE\) is ([\d.]+)\u00a0m\/s for the row before, ([\d.]+)\u00a0m\/s/.exec(
      notes.join('\n'),
    ) ?? [];
  /* by hand, over the rows that are held back */
  const { training, test: held } = series?.windows ?? {};
  const rows = (held?.rows ?? new Uint32Array()).length;
  assert.equal(rows + (training?.rows.length ?? 0), 54);
  const rms = (misses: number[]): number => Math.sqrt(misses.reduce((sum, one) => sum + one * one, 0) / misses.length);
  const last = count(rows).map((i) => 60 - rows + i);
  const byRowBefore = rms(last.map((i) => (values[i] as number) - (values[i - 1] as number)));
  assert.ok(Math.abs(Number(error) - byRowBefore) < 0.006, `${error}, ${byRowBefore}`);
  const learned = values.slice(0, 60 - rows - 3);
  const mean = learned.reduce((sum, value) => sum + value, 0) / learned.length;
  const byMean = rms(last.map((i) => (values[i] as number) - mean));
  assert.ok(Math.abs(Number(ofMean) - byMean) < 0.006, `${ofMean}, ${byMean}`);
});
