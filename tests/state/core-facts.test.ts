// Do the facts in the pages agree with the core, and does no page contain a second list of them?
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SequentialConfig, Unrolled } from '../../wasm/js/types.ts';
import { factsOf } from '../../web/packaging/core-facts.mjs';
import * as facts from '../../web/shared/core-facts.ts';
import { TABLE } from '../../web/state/state.ts';
import { files, linesWith, read, root } from '../house/tree.ts';
import { loadKind } from '../wasm/support.ts';

const { CELLS, GATES, ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, TASKS, LEAST_TIMESTEPS, RANGES } = facts;
const engine: Unrolled = await loadKind('scalar');

test('the module is what the engine that was built says', async () => {
  const facts = factsOf(engine, await engine.taskTexts());
  assert.equal(readFileSync(join(root, 'web/shared/core-facts.ts'), 'utf8'), facts);
});

const small = { units: 2, timesteps: 3 };
const make = (config: Partial<SequentialConfig>): void => engine.sequential({ ...small, ...config }).dispose();

test('the engine takes every choice, and each of its limits but nothing beyond', () => {
  for (const cell of CELLS) make({ cell });
  for (const activation of ACTIVATIONS) make({ activation });
  for (const recurrentInitializer of INITIALIZERS) make({ recurrentInitializer });
  for (const name of ['units', 'layers', 'features', 'seed'] as const) {
    const [least, most] = RANGES[name];
    for (const right of [least, most]) make({ [name]: right });
    for (const wrong of [least - 1, most + 1]) assert.throws(() => make({ [name]: wrong }), RangeError, name);
  }
  const classes = (count: number): void => make({ loss: 'sparse_categorical_crossentropy', classes: count });
  for (const right of RANGES.classes) classes(right);
  for (const wrong of [RANGES.classes[0] - 1, RANGES.classes[1] + 1]) assert.throws(() => classes(wrong), RangeError);
  const model = engine.sequential(small);
  const { x, y } = engine.task('first', { samples: 2, timesteps: 3 });
  const begin = (batchSize: number): void => model.training(x, y, { epochs: 1, batchSize }).dispose();
  for (const right of RANGES.batchSize) begin(right);
  for (const wrong of [RANGES.batchSize[0] - 1, RANGES.batchSize[1] + 1]) assert.throws(() => begin(wrong), RangeError);
  for (const optimizer of OPTIMIZERS) model.compile({ optimizer });
  for (const loss of LOSSES) assert.ok(engine.targets([0, 1], loss).loss === loss);
  model.dispose();
});

test('a trace has as many sums for each unit as a cell has gates', () => {
  for (const cell of CELLS) {
    const model = engine.sequential({ ...small, cell });
    const [layer] = model.trace([0.1, 0.2, 0.3]).layers;
    assert.equal(layer?.z.length, small.timesteps * GATES[cell] * small.units, cell);
    model.dispose();
  }
});

test('a task can be made of its fewest time steps, and of no fewer', () => {
  for (const task of TASKS) {
    const timesteps = LEAST_TIMESTEPS[task];
    engine.task(task, { samples: 2, timesteps });
    assert.throws(() => engine.task(task, { samples: 2, timesteps: timesteps - 1 }), RangeError, task);
  }
});

// ------------------------------------------------------------------------------------------------- no second list

/** Two names of one list beside each other, or each with its number. */
const copies = [CELLS, ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, TASKS].flatMap((names) => {
  const name = names.join('|');
  const [quoted, numbered] = [`['"](?:${name})['"]`, `\\b['"]?(?:${name})['"]?:\\s*\\d+`];
  return [quoted, numbered].map((one) => new RegExp(`${one},\\s*${one}`, 'g'));
});
const copiesIn = (text: string): string[] =>
  copies.flatMap((copy) => [...text.matchAll(copy)].map(([found]) => found)).sort();

test('no source of the pages has a second list', () => {
  const sources = files.filter((file) => /^web\/.*\.ts$/.test(file));
  assert.ok(sources.length > 100);
  const found = sources.flatMap((file) => copiesIn(read(file)).map((copy) => `${file}: ${copy}`));
  /* the notebook has only these two tasks */
  assert.deepEqual(
    found.filter((line) => !line.endsWith("'random', 'first'")),
    [],
  );
  for (const [text, ...there] of [
    ["['simple_rnn', 'gru', 'lstm']", "'simple_rnn', 'gru'"],
    ['{ simple_rnn: 1, gru: 3 }', 'simple_rnn: 1, gru: 3'],
    ["[\n  'tanh',\n  'relu',\n]", "'tanh',\n  'relu'"],
    ["['tanh', 'σ']"],
  ] as const)
    assert.deepEqual(copiesIn(text), there);
});

test('the menus of the lab offer each of the core’s choices, in the order of the state’s table', () => {
  const lab = read('web/pages/lab.html');
  for (const name of ['cell', 'activation', 'initializer', 'optimizer'] as const) {
    const [, menu = ''] = new RegExp(`<select data-field="${name}"[^>]*>(.*?)</select>`, 's').exec(lab) ?? [];
    const options = [...menu.matchAll(/<option(?: value="(\w+)")?>([^<]+)/g)].map(([, value, words]) => value ?? words);
    assert.deepEqual(options, [...TABLE[name].choices], name);
  }
});

test('no state table writes a limit of the core as a number', () => {
  const tables = files.filter((file) => /^web\/state\/.*\.ts$/.test(file));
  const limits = [RANGES.units, RANGES.features, RANGES.batchSize, RANGES.seed].map(([, most]) => most);
  const limit = new RegExp(`[ (](?:${limits.join('|')}|2 \\*\\* 32 - 1)\\b`);
  assert.deepEqual(linesWith(limit, tables), []);
  assert.equal(linesWith(limit, ['x'], () => "units: whole('units', 'units', 8, 1, 512),").length, 1);
});
