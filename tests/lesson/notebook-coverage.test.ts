// docs/notebook-coverage.md may only name chapters, steps, cells and figures that exist. tests/house/proofs.test.ts holds
// the tests that it names to the files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIGURES } from '../../web/figures/index.ts';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { NOTEBOOK_CELLS } from '../../web/state/pages.ts';
import { read } from '../house/tree.ts';

const notebook = read('web/pages/notebook.html');
const rows = read('docs/notebook-coverage.md')
  .split('\n')
  .filter((line) => /^\| (?!the notebook says|cell of the original|claim)\S/.test(line));

const markupOf = (chapter: string): string => read(`web/lesson/${chapter}.html`);
const stepsOf = (markup: string): number => markup.match(/<section[^>]*\sdata-step=/g)?.length ?? 0;
/** As web/packaging/lesson.mjs finds it. */
const titleOf = (markup: string): string =>
  (/<p class="chapter-title">(.+?)<\/p>/s.exec(markup) ?? /<h1[^>]*>(.+?)<\/h1>/s.exec(markup))?.[1] ?? '';

/** The steps of chapters that a row names: [title, steps](../web/lesson/name.html). */
const placesIn = (row: string): { title: string; steps: number[]; chapter: string }[] =>
  [...row.matchAll(/\[([^\]]+), steps? ([\d, ]+)\]\(\.\.\/web\/lesson\/([\w-]+)\.html\)/g)].map(
    ([, title = '', steps = '', chapter = '']) => ({ title, steps: steps.split(', ').map(Number), chapter }),
  );
const cellsIn = (row: string): string[] => [...row.matchAll(/cell `(\w+)`/g)].map(([, cell]) => cell as string);
const figuresIn = (row: string): string[] => [...row.matchAll(/`(rnn-[\w-]+)`/g)].map(([, figure]) => figure as string);

test('every chapter and step that the table names exists, under its title', () => {
  const places = rows.flatMap(placesIn);
  assert.equal(places.length, rows.join('').split('../web/lesson/').length - 1, 'a link names its steps');
  for (const { title, steps, chapter } of places) {
    assert.ok(CHAPTERS.includes(chapter), chapter);
    assert.equal(title, titleOf(markupOf(chapter)));
    for (const step of steps) assert.ok(step >= 1 && step <= stepsOf(markupOf(chapter)), `${title}, step ${step}`);
  }
});

test('every figure that the table names is in a chapter or cell of its row', () => {
  for (const row of rows)
    for (const figure of figuresIn(row)) {
      assert.ok(
        FIGURES.some(({ selector }) => selector === figure),
        figure,
      );
      const pages = [
        ...placesIn(row).map(({ chapter }) => markupOf(chapter)),
        ...(cellsIn(row).length > 0 ? [notebook] : []),
      ];
      assert.ok(
        pages.some((page) => page.includes(`<${figure}`)),
        `${figure}: ${row}`,
      );
    }
});

test('every cell of the notebook has a row, and every row a place', () => {
  assert.deepEqual(rows.flatMap(cellsIn).toSorted(), [...NOTEBOOK_CELLS].toSorted());
  for (const row of rows) {
    assert.ok(placesIn(row).length + cellsIn(row).length > 0 || row.includes('not yet'), row);
    assert.ok(/`tests\/\S+`: “/.test(row) || row.includes('not yet'), row);
  }
});
