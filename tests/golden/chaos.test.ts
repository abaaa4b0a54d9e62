// Checks that a difference in rounding grows as docs/determinism.md says. Two runs differ in one initial weight by one
// unit in the last place.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const { load } = (await import(
  pathToFileURL(join(resolve(process.env['BUILD'] ?? 'build'), 'js/unrolled.js')).href
)) as typeof import('../../wasm/js/unrolled.ts');
const engine = await load();
const text = readFileSync('docs/determinism.md', 'utf8');
const epochs = [...(/^\| learning rate \|(.*)\|$/m.exec(text)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
const rows = [...text.matchAll(/^\| (0\.\d+) \|( \d\.?\d*e[+-]\d+ \|)+$/gm)].map(([line]) =>
  line.split('|').slice(1, -1).map(Number),
);

/** The losses of the notebook's fit after each epoch. */
async function losses(learningRate: number, nudged: boolean): Promise<number[]> {
  const { x, y } = engine.task('random', { samples: 100, timesteps: 10 });
  const model = engine.sequential({ units: 32, timesteps: 10 });
  model.compile({ learningRate });
  const weights = model.getWeights();
  const [kernel] = weights;
  assert.ok(kernel);
  if (nudged) new Uint32Array(kernel.buffer, kernel.byteOffset, 1)[0]! += 1;
  model.setWeights(weights);
  const { loss } = await model.fit(x, y, { epochs: Math.max(...epochs) });
  model.dispose();
  return loss;
}

test('the table has learning rates below and above the edge of chaos', () => {
  assert.ok(rows.length >= 7 && epochs.length >= 3 && rows.every((row) => row.length === 1 + epochs.length));
});

for (const [rate = 0, ...told] of rows)
  test(`at learning rate ${rate}`, async () => {
    const [one, other] = [await losses(rate, false), await losses(rate, true)];
    const differences = one.map((loss, epoch) => Math.abs(loss / (other[epoch] as number) - 1));
    const largest = epochs.map((count) => Number(Math.max(...differences.slice(0, count)).toPrecision(2)));
    assert.deepEqual(largest, told);
  });
