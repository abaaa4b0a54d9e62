/** The examples in docs/interface.md must run as they are. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const document = read('docs/interface.md');
const interfaceUrl = new URL('../../build/js/unrolled.js', import.meta.url).href;

/** What a program prints, line by line. */
function printed(program: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-docs-'));
  try {
    const script = join(folder, 'example.mjs');
    writeFileSync(script, program.replace('./unrolled.js', interfaceUrl));
    return execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the example of the documentation', () => {
  const [, example] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
  const lines = printed(example ?? '');
  assert.equal(lines[0], 'Model: "sequential"');
  const steps = lines.slice(-10).map(Number);
  const predicted = Number(/([\d.]+)$/.exec(lines.at(-11) as string)?.[1]);
  assert.equal(steps.at(-1), predicted);
  assert.ok(steps.every((p) => p > 0 && p < 1));
});

const parts = new Map(
  [...document.matchAll(/^\*\*([\w ]+)\.\*\*[^*]*?```ts\n([\s\S]*?)```/gm)].map(([, part, example]) => [part, example]),
);
const withData = (example: string | undefined, text: string): string =>
  `import { load } from './unrolled.js';
   const { ${'readTable, windows, readText, writeText, textSequences, ngrams, linearProbe, sequential, task'} } = await load();
   const text = ${JSON.stringify(text)};
   ${example}`;

test('the example of texts: the network beats counting, and goes on with a prompt', () => {
  const [accuracies = '', sentence] = printed(withData(parts.get('Texts'), ''));
  const [network, counted] = accuracies.split(' ').map(Number) as [number, number];
  assert.ok(network > counted && counted > 0.5 && network <= 1, accuracies);
  assert.equal(sentence, 'the dog sat on the log.');
});

test('the example of time series: the network is scored beside the baselines', () => {
  const lines = printed(withData(parts.get('Time series'), read('docs/data/chicago.csv'))).join('\n');
  for (const name of ['mean', 'persistence', 'season', 'least_squares']) assert.match(lines, new RegExp(`'${name}'`));
  assert.match(lines, /worseThan: \[/);
  const tomorrow = Number(lines.split('\n').at(-1));
  assert.ok(tomorrow > -40 && tomorrow < 40, lines);
});

test('the example of the linear probe: the last state knows the latest numbers best', () => {
  const known = printed(withData(parts.get('Linear probe'), '')).map((line) => line.split(' ').map(Number));
  assert.deepEqual(
    known.map(([t]) => t),
    [10, 9, 5, 1],
  );
  const r2 = known.map((line) => line[1] as number);
  assert.ok((r2[0] as number) > 0.9 && (r2[0] as number) <= 1, r2.join());
  assert.ok(
    r2.every((one, i) => i === 0 || one < (r2[i - 1] as number)),
    r2.join(),
  );
});
