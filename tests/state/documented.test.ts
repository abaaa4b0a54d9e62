// docs/addresses.md must list every field of the pages, with its key, range and default.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Field, Table } from '../../web/state/fields.ts';
import { valueText } from '../../web/state/address.ts';
import { chapterPage } from '../../web/state/chapter-page.ts';
import { LAB, NOTEBOOK } from '../../web/state/pages.ts';
import { TABLE } from '../../web/state/state.ts';
import { root } from '../house/tree.ts';

const text = readFileSync(join(root, 'docs/addresses.md'), 'utf8');

function values(spec: Field): string {
  if (spec.kind === 'choice') return spec.choices.map((choice) => `\`${choice}\``).join(' ');
  if (spec.kind === 'flag') return '`0` `1`';
  if (spec.kind === 'text') return `${spec.form}, at most ${spec.most.toLocaleString('en')} characters`;
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 10 });
  const range = `${number(spec.minimum)} … ${number(spec.maximum)}`;
  if (spec.kind === 'edits')
    return `\`place:value_place:value…\`, places from ${spec.first}, values ${range}${spec.follows ? `, or what the ${spec.follows} allow` : ''}`;
  return `${range}${spec.whole ? ', whole' : ''}`;
}

function first(spec: Field): string {
  if (spec.kind === 'edits' && spec.initial.length > 0) return `\`${valueText(spec.initial)}\``;
  if (spec.kind === 'edits' || spec.initial === '') return 'none';
  return `\`${spec.kind === 'flag' ? Number(spec.initial) : spec.initial}\``;
}

const rows = (table: Table): string =>
  Object.values(table)
    .map((spec) => `| \`${spec.key}\` | ${spec.label} | ${values(spec)} | ${first(spec)} |`)
    .join('\n');

for (const [page, table] of [
  ['notebook.html', NOTEBOOK.table],
  ['lab.html', LAB.table],
] as const)
  test(`the table of ${page} agrees with the code`, () => {
    const section = text.split(/^## /m).find((part) => part.startsWith(page)) ?? '';
    const listed = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .join('\n');
    assert.equal(listed, rows(table));
  });

test('the table of names agrees with the code, and no name is another field’s key', () => {
  const section = text.split(/^## /m).find((part) => part.startsWith('Names in scripts')) ?? '';
  const tables = { 'notebook.html': NOTEBOOK.table, 'lab.html': LAB.table } as const;
  const rows = Object.entries(tables).flatMap(([page, table]) =>
    Object.entries<Field>(table).flatMap(([name, { key }]) =>
      key === name ? [] : [`| ${page} | \`${key}\` | \`${name}\` |`],
    ),
  );
  assert.equal(
    section
      .split('\n')
      .filter((line) => /^\| (notebook|lab)/.test(line))
      .join('\n'),
    rows.join('\n'),
  );
  for (const table of Object.values(tables)) {
    const names = Object.entries<Field>(table);
    for (const [name, { key }] of names)
      assert.ok(
        names.every(([other, field]) => other === name || (other.toLowerCase() !== key && field.key !== name)),
        name,
      );
  }
});

test('the table of the chapters lists what a chapter has beside the fields of the lab', () => {
  const { table } = chapterPage(
    '',
    Array.from({ length: TABLE.lesson.maximum }, () => ''),
  );
  const beside = Object.fromEntries(Object.entries(table).filter(([name]) => !(name in LAB.table)));
  const section = text.split(/^## /m).find((part) => part.startsWith('index.html')) ?? '';
  assert.equal(
    section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .join('\n'),
    rows(beside),
  );
  for (const name of Object.keys(LAB.table)) assert.equal(table[name]?.key, LAB.table[name]?.key, name);
});
