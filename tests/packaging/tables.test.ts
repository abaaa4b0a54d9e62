// Is a table in a script the table of the file?
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tables } from '../../web/packaging/tables.mjs';
import { root } from '../house/tree.ts';

const { load } = tables();

test('a script gives the text of chicago.csv, although it holds only the first date', async () => {
  const file = join(root, 'docs/data/chicago.csv');
  const code = load(`${file}?days`) as string;
  const script = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  assert.equal(script.default, readFileSync(file, 'utf8'));
  assert.equal(code.match(/\d{4}-\d\d-\d\d/g)?.length, 1);
});

test('a table with a gap is refused', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'unrolled-')), 'gap.csv');
  writeFileSync(file, 'date,value\n2020-02-28,1\n2020-03-01,2\n');
  assert.throws(() => load(`${file}?days`), /no day follows 2020-02-28/);
});

test('columns of any size and with any decimals come back, and a number that would not is refused', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'unrolled-')), 'values.csv');
  const table =
    'date,small,large,fine\n2024-02-28,-0.5,9000,0.001\n2024-02-29,0.0,-9000,-0.999\n2024-03-01,7.3,12,0.060\n';
  writeFileSync(file, table);
  const code = load(`${file}?days`) as string;
  const script = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  assert.equal(script.default, table);
  assert.ok(!Array.from(code).some((one) => one > '~' && one < '\xa1'), 'no control character');
  writeFileSync(file, table.replace('7.3', '7'));
  assert.throws(() => load(`${file}?days`), /7 has not the decimals of its column, which are 1/);
});
