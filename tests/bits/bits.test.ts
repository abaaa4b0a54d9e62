/**
 * Every available build and engine must give the same bits after the same runs. Those that are missing are reported as
 * not run. `UPDATE=1` writes `tests/golden/bits.json` from the native build. Use it only for a change that is meant to
 * change bits.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cases, expected } from './cases.ts';
import { byCommand, hasFma, hash } from './program.ts';
import { run } from './run.ts';

const build = resolve(process.env['BUILD'] ?? 'build');

/** The command line of each build, with the name of its row in the table. */
const programs: [row: string, command: string[]][] = [
  ['gcc -O3', [join(build, 'native/unrolled')]],
  ['gcc -O1, sanitizers', [join(build, 'sanitize/unrolled')]],
  ['clang -O3', [join(build, 'clang/unrolled')]],
  ['clang -O3 with AVX2 and FMA', [join(build, 'clang-avx2/unrolled')]],
  ['aarch64, under qemu', ['qemu-aarch64', join(build, 'aarch64/unrolled')]],
  ['WASI', [process.execPath, resolve('tests/wasi.mjs'), join(build, 'unrolled.wasm')]],
];

function isHere(command: string[]): boolean {
  const [program = ''] = command;
  const file = command.at(-1) ?? '';
  if (!existsSync(file)) return false;
  if (program.includes('/')) return true;
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (process.env['UPDATE'] === '1') {
  const command = programs[0]?.[1] ?? [];
  const made = Object.fromEntries(cases.map((wanted) => [wanted.name, byCommand(command, wanted)]));
  writeFileSync(new URL('../golden/bits.json', import.meta.url), `${JSON.stringify(made, null, 2)}\n`);
}

test('every case has expected bits, and no two cases have the same', () => {
  if (process.env['UPDATE'] === '1') return;
  assert.deepEqual(
    Object.keys(expected),
    cases.map(({ name }) => name),
  );
  assert.equal(new Set(Object.values(expected)).size, cases.length);
});

/** The scores of the baselines on the weather, as CSV with all digits. */
const scores = readFileSync(new URL('../golden/baselines.csv', import.meta.url), 'utf8');
const [TARGET, STEPS, FROM, YEAR, PERIOD] = ['temp', 7, '2009', '2013', 365.2425] as const;
const weather = 'docs/data/chicago.csv';

function baselinesBy([program = '', ...first]: readonly string[]): string {
  const window = ['--target', TARGET, '--steps', String(STEPS), '--period', String(PERIOD)];
  const part = ['--from', FROM, '--test-from', YEAR, '--until', YEAR];
  return execFileSync(program, [...first, 'baselines', '--table', weather, ...window, ...part], { encoding: 'utf8' });
}

for (const [row, command] of programs) {
  const missing = !isHere(command)
    ? 'not run: not built here'
    : row.includes('AVX2') && !hasFma()
      ? 'not run: this machine has no AVX2'
      : false;
  test(row, { skip: missing }, () => {
    for (const wanted of cases) assert.equal(byCommand(command, wanted), expected[wanted.name], wanted.name);
    assert.equal(baselinesBy(command), scores);
  });
}

for (const wasm of ['simd', 'scalar'] as const)
  test(`Node, ${wasm} module`, async () => {
    const { load } = (await import(
      pathToFileURL(join(build, 'js/unrolled.js')).href
    )) as typeof import('../../wasm/js/unrolled.ts');
    const engine = await load({ wasm });
    for (const wanted of cases) assert.equal(hash(await run(engine, wanted)), expected[wanted.name], wanted.name);
  });

test('Node, the module for data', async () => {
  const { load } = (await import(
    pathToFileURL(join(build, 'js/unrolled.js')).href
  )) as typeof import('../../wasm/js/unrolled.ts');
  const { readTable, windows } = await load();
  const table = await readTable(readFileSync(weather, 'utf8'));
  const row = (time: string): number => table.times.findIndex((each) => each >= time);
  const parts = { training: [row(FROM), row(YEAR)], test: [row(YEAR), row(String(Number(YEAR) + 1))] } as const;
  const season = { period: PERIOD, halfWidth: 10 };
  const made = await windows(table, { target: TARGET, timesteps: STEPS, ...parts, season });
  assert.deepEqual(
    made.baselines().map((each) => [each.name, each.rootMeanSquaredError, each.meanAbsoluteError]),
    scores
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([name, ...numbers]) => [name, ...numbers.map(Number)]),
  );
});
