// Each run of `seeds` must equal a run of `fit` with the same seed, and the summary must be that of the runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, native, succeeds, there, wasi } from './program.ts';

const first = ['--task', 'first'];
const made = [...first, '--samples', '40', '--steps', '5', '--units', '6', '--epochs', '4'];

/** The output, one run per line, as records of text. */
function runs(args: string[]): Record<string, string>[] {
  const [header, ...rows] = lines(succeeds(['seeds', ...args]).stdout);
  const names = there(header).split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [there(names[i]), value])));
}

for (const [name, more] of [
  ['without validation', []],
  ['on fresh sequences', ['--validation-samples', '30']],
  ['with a split', ['--validation-split', '0.25', '--cell', 'gru']],
  ['of a mean squared error', ['--task', 'adding', '--optimizer', 'sgd']],
] as const)
  test(`each run equals that of fit: ${name}`, () => {
    const about = more.includes('--task' as never) ? made.slice(first.length) : made;
    const all = runs([...about, ...more, '--runs', '4', '--seed', '7']);
    assert.deepEqual(
      all.map((run) => run['seed']),
      ['7', '8', '9', '10'],
    );
    for (const run of all) {
      const { files } = native([
        'fit',
        ...about,
        ...more,
        '--seed',
        there(run['seed']),
        '--verbose',
        '0',
        '--history',
        'h.json',
      ]);
      const history = JSON.parse(new TextDecoder().decode(there(files['h.json']))) as Record<string, number[]>;
      const { seed: _, diverged, ...figures } = run;
      assert.equal(diverged, '');
      assert.deepEqual(
        Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value)])),
        Object.fromEntries(Object.entries(history).map(([key, list]) => [key, list.at(-1)])),
      );
    }
  });

test('a run does not depend on the runs before it', () => {
  const all = runs([...made, '--runs', '6', '--seed', '3']);
  assert.deepEqual(runs([...made, '--runs', '2', '--seed', '7']), all.slice(4));
});

test('the summary agrees with the runs', () => {
  const args = [...made, '--validation-samples', '30', '--runs', '21'];
  const all = runs(args);
  const [header, ...rows] = lines(succeeds(['seeds', ...args, '--summary']).stdout);
  assert.equal(header, 'over,loss,accuracy,val_loss,val_accuracy');
  const near = (a: number, b: number): void =>
    assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${a} ${b}`);
  for (const [i, name] of ['loss', 'accuracy', 'val_loss', 'val_accuracy'].entries()) {
    const values = all.map((run) => Number(run[name])).sort((a, b) => a - b);
    const said = Object.fromEntries(rows.map((row) => [there(row.split(',')[0]), Number(row.split(',')[i + 1])]));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    near(there(said['mean']), mean);
    near(
      there(said['sd']),
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)),
    );
    /* with 21 runs the quantiles are values of runs */
    for (const [quantile, place] of [
      ['minimum', 0],
      ['q05', 1],
      ['median', 10],
      ['q95', 19],
      ['maximum', 20],
    ] as const)
      assert.equal(said[quantile], values[place]);
  }
});

test('runs that diverge have the number of that update instead of results', () => {
  const wild = [...first, '--samples', '100', '--steps', '10', '--activation', 'relu', '--learning-rate', '1000'];
  const args = [...wild, '--runs', '3'];
  for (const run of runs(args)) {
    assert.equal(run['loss'], '');
    assert.match(there(run['diverged']), /^\d+$/);
    const { stderr } = native(['fit', ...wild, '--seed', there(run['seed'])]);
    assert.ok(stderr.includes(`update ${run['diverged']} `), stderr);
  }
  const summary = native(['seeds', ...args, '--summary']);
  assert.equal(summary.code, 1);
  assert.equal(summary.stderr, 'unrolled seeds: all 3 runs diverged\n');
});

test('wrong arguments are named', () => {
  for (const [args, said] of [
    [[...made, '--runs', '0'], /--runs: .*from 1 to/],
    [
      [...made, '--runs', '3', '--seed', '4294967294'],
      /--seed: expected at most 4294967293, so that 3 seeds follow one another/,
    ],
    [[...made, '--weights', 'w'], /--weights/],
    [['--runs', '3'], /--data|--task/],
  ] as const) {
    const { code, stderr } = native(['seeds', ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, said);
  }
});

test('the native and the WASI program print the same bytes', () => {
  for (const more of [[], ['--summary']]) {
    const args = ['seeds', ...made, '--cell', 'lstm', '--runs', '5', '--validation-samples', '20', ...more];
    assert.deepEqual(wasi(args), native(args));
  }
});
