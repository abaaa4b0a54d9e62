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
