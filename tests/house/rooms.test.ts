// The room that a page keeps for a figure: the tables of the guide have the heights of the source.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type View, VIEWS } from '../../web/embed/views.ts';
import { read } from './tree.ts';

const guide = read('docs/embedding/README.md');
const row = (cells: readonly string[], heights: readonly number[]): string =>
  `| ${[...cells.map((cell) => `\`${cell}\``), ...heights].join(' | ')} |`;
const table = (heading: string): string[] => {
  const lines = guide.slice(guide.indexOf(heading)).split('\n');
  return lines.slice(2, lines.indexOf(''));
};
const views = Object.entries(VIEWS) as [string, View][];

test('the guide has the height of every view', () => {
  assert.deepEqual(
    table('| view | from 960 px of width').sort(),
    views.map(([name, { height }]) => row([name], height)).sort(),
  );
});

test('the guide has the height of every view that needs another one for a cell', () => {
  const wanted = views.flatMap(([name, { heights = {} }]) =>
    Object.entries(heights).flatMap(([field, height]) => {
      const [key = '', value = ''] = field.split('=');
      return key === 'cell' ? [row([name, value], height)] : [];
    }),
  );
  assert.deepEqual(table('| view | `cell` |').sort(), wanted.sort());
});
