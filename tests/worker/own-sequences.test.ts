// Sequences that a reader imports: which of them are held back for testing, and in which order they are kept.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Requests } from '../../web/worker/requests.ts';
import { root } from '../house/tree.ts';

type Engine = typeof import('../../wasm/js/unrolled.ts');
const { load } = (await import(
  pathToFileURL(join(root, process.env.BUILD ?? 'build', 'js/unrolled.js')).href
)) as Engine;
const engine = await load();

/** A file whose sequence i has the target y(i) and begins with i. */
const file = (samples: number, y: (i: number) => number): string =>
  `y,x1,x2\n${Array.from({ length: samples }, (_, i) => `${y(i)},${i},0.5\n`).join('')}`;

/** The targets and the first inputs of data as a link keeps them. */
async function kept(csv: string): Promise<{ y: number[]; first: number[] }> {
  const { x, y } = await engine.readCsv(csv, { loss: 'mean_squared_error' });
  return { y: [...y], first: [...x].filter((_, i) => i % 2 === 0) };
}

const look = (text: string, known = '') => new Requests(engine).look({ text, known });

test('from 20 sequences on the last fifth is held back, and the preview says how many; below, none is', async () => {
  for (const [samples, split, said] of [
    [19, 0, /^No sequence is held back for testing, because there are fewer than 20\./m],
    [20, 0.2, /^The last 4 of the 20 sequences are held back for testing\.$/m],
    [40, 0.2, /^The last 8 of the 40 sequences are held back for testing\.$/m],
  ] as const) {
    const { split: found, notes, csv } = await look(file(samples, (i) => i % 2));
    assert.equal(found, split);
    assert.match(notes.join('\n'), said);
    assert.deepEqual(
      (await kept(csv)).first,
      Array.from({ length: samples }, (_, i) => i),
    );
  }
});

test('sequences that are sorted by their targets are mixed, the same way each time, so that no label is missing', async () => {
  for (const [name, y] of Object.entries({
    labels: (i: number) => Number(i >= 20),
    classes: (i: number) => Math.floor(i / 14),
    numbers: (i: number) => 1.5 - i / 10,
  })) {
    const { split, notes, csv, own, first } = await look(file(40, y));
    assert.equal(split, 0.2, name);
    assert.match(notes.join('\n'), /in a random order, which is always the same\. Then the last 8 of the 40 are held/);
    const mixed = await kept(csv);
    assert.deepEqual(
      mixed.first.toSorted((a, b) => a - b),
      Array.from({ length: 40 }, (_, i) => i),
    );
    /* each sequence keeps its own target */
    assert.deepEqual(
      mixed.y,
      mixed.first.map((i) => Math.fround(y(i))),
    );
    const [learned, held] = [mixed.y.slice(0, 32), mixed.y.slice(32)];
    if (name === 'numbers') assert.ok(Math.max(...held) > Math.min(...learned));
    else assert.deepEqual(new Set(held), new Set(learned), name);
    assert.equal((await look(file(40, y))).own, own);
    /* a reader recognizes the beginning of the file */
    assert.equal(first.x[2], 1);
    /* what a link keeps is read as it is */
    assert.equal((await new Requests(engine).bring({ text: csv })).own, own);
  }
});

test('a rare label is in both parts, with its share, and the preview says how many of each label are held back', async () => {
  const rows = (labels: readonly number[]): string => file(labels.length, (i) => labels[i] as number);
  const times = (labels: readonly number[], label: number): number => labels.filter((one) => one === label).length;
  const many = Array.from({ length: 40 }, () => 0);
  const mixed = (labels: readonly number[]): number[] =>
    labels.map((_, i) => labels[(i * 3) % labels.length] as number);
  for (const [name, labels, said] of [
    ['two of 40, none of them at the end', many.with(3, 1).with(10, 1), '0 (7×), 1 (1×)'],
    ['sorted, with three of 40', many.with(37, 1).with(38, 1).with(39, 1), '0 (7×), 1 (1×)'],
    ['one of 40 at the end', Array.from({ length: 40 }, (_, i) => Number(i === 39)), '0 (8×), 1 (0×)'],
    [
      'five labels',
      Array.from({ length: 100 }, (_, i) => Math.floor(i / 20)),
      '0 (4×), 1 (4×), 2 (4×), 3 (4×), 4 (4×)',
    ],
    ['rare labels', mixed([...Array.from({ length: 30 }, () => 0), 1, 1, 2, 2, 3]), '0 (5×), 1 (1×), 2 (1×), 3 (0×)'],
  ] as const) {
    const { csv, notes } = await look(rows(labels));
    /* what is said is true of this file */
    const lacks = [...new Set(labels)].some(
      (one) => times(labels, one) > 1 && !labels.slice(Math.floor(0.8 * labels.length)).includes(one),
    );
    assert.equal(/^The last sequences of the file lack a label/.test(notes.at(-2) ?? ''), lacks, name);
    assert.equal(notes.at(-1), `How often each label is among them: ${said}.`, name);
    const { y } = await kept(csv);
    const cut = Math.floor(0.8 * labels.length);
    for (const label of new Set(labels)) {
      const [all, learned] = [times(labels, label), times(y.slice(0, cut), label)];
      assert.equal(times(y, label), all);
      assert.ok(learned > 0, `${name}: ${label}`);
      if (all > 1) assert.ok(learned < all, `${name}: ${label}`);
      /* at any border each part has its share of each label, within one sequence of each label */
      for (let border = 1; border < labels.length; border++) {
        const share = (all * border) / labels.length;
        const slack = new Set(labels).size;
        assert.ok(
          !notes.join('').includes('random order') || Math.abs(times(y.slice(0, border), label) - share) <= slack,
          `${name}: ${label} up to ${border}`,
        );
      }
    }
  }
  /* where the end of the file has each label it stays as it is, and numbers have no labels */
  const fair = Array.from({ length: 40 }, (_, i) => i % 2);
  const { csv, notes } = await look(rows(fair));
  assert.deepEqual((await kept(csv)).y, fair);
  assert.equal(notes.at(-1), 'How often each label is among them: 0 (4×), 1 (4×).');
  assert.doesNotMatch((await look(rows(fair.map((y, i) => y + i / 7)))).notes.join(), /each label/);
});

test('targets that are all the same are not mixed', async () => {
  for (const value of [1, 0.25]) assert.deepEqual((await kept((await look(file(30, () => value))).csv)).first[29], 29);
});

test('a file that a link asks for is read as the link names it, and no setting of the link changes', async () => {
  const sorted = file(40, (i) => Number(i >= 20));
  const requests = new Requests(engine);
  /* a link from before any sequences were held back */
  const { own: old } = await requests.bring({ text: sorted });
  const { own, split, notes, csv } = await look(sorted, old);
  assert.deepEqual([own, split], [old, undefined]);
  assert.equal((await kept(csv)).first[39], 39);
  assert.match(notes.join('\n'), /all settings stay as they are\.$/);
  /* and one from now */
  const { own: mixed } = await look(sorted);
  assert.notEqual(mixed, old);
  const again = await look(sorted, mixed);
  assert.deepEqual([again.own, again.split], [mixed, undefined]);
});
