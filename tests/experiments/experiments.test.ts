// The quick experiments of docs/experiments.md must reach their thresholds and give its numbers, and a miss must be
// noticed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experiments, judge, type Output, read, run, valueOf } from './experiments.ts';

const all = experiments();
const quick = all.filter(({ seconds }) => seconds <= 0.5);

test('every part has a quick experiment', () => {
  for (const part of ['gradient', 'clipping', 'words', 'random'])
    assert.ok(
      quick.some(({ name }) => name.startsWith(part)),
      part,
    );
});

for (const experiment of quick) {
  test(experiment.name, () => {
    const output = run(experiment);
    for (const row of experiment.rows) {
      const { value, reached, same } = judge(row, output);
      assert.ok(reached, `${row.bar}: ${value}\n${output.stderr}`);
      assert.ok(same, `${row.bar}: ${value}, in docs/experiments.md ${row.measured}`);
    }
  });
}

const output: Output = {
  exit: 1,
  stdout: 'Epoch 1/2 - loss: 0.9 - val_loss: 0.8\nEpoch 2/2 - loss: 0.1234 - val_loss: 0.0049\n',
  stderr: 'unrolled fit: diverged in epoch 7, update 208 (batch 16 of 32): the loss is no longer finite\n',
};
const table: Output = { exit: 0, stdout: 'layer,t,h_norm,dh_norm\n1,1,0.5,3e-16\n1,2,0.25,1.5\n2,1,7,8\n', stderr: '' };

test('numbers are read from the output of a run', () => {
  assert.equal(valueOf('loss', output), 0.1234);
  assert.equal(valueOf('val_loss', output), 0.0049);
  assert.equal(valueOf('exit', output), 1);
  assert.equal(valueOf('update', output), 208);
  assert.equal(valueOf('dh_norm(1)', table), 3e-16);
  assert.equal(valueOf('dh_norm(1)/dh_norm(2)', table), 2e-16);
  for (const missing of ['accuracy', 'dh_norm(3)', 'c_norm(1)', 'update'])
    assert.ok(Number.isNaN(valueOf(missing, table)), missing);
});

test('a missed threshold, a different digit and a missing number are noticed', () => {
  const verdict = (bar: string, measured: string, of = output) => {
    const { reached, same } = judge({ name: 'x', bar, measured }, of);
    return [reached, same];
  };
  assert.deepEqual(verdict('val_loss < 0.005', '0.0049'), [true, true]);
  assert.deepEqual(verdict('val_loss < 0.0049', '0.0049'), [false, true]);
  assert.deepEqual(verdict('val_loss > 0.005', '0.0048'), [false, false]);
  assert.deepEqual(verdict('0.1 < loss < 0.2', '0.12'), [true, true]);
  assert.deepEqual(verdict('0.13 < loss < 0.2', '0.13'), [false, false]);
  assert.deepEqual(verdict('exit = 1', '0'), [true, false]);
  assert.deepEqual(verdict('dh_norm(1)/dh_norm(2) < 1e-15', '2.0e-16', table), [true, true]);
  assert.deepEqual(verdict('dh_norm(1)/dh_norm(2) < 1e-15', '2.1e-16', table), [true, false]);
  assert.deepEqual(verdict('accuracy > 0', '1'), [false, false]);
});

test('a document whose commands and rows do not match is rejected', () => {
  const row = '| a | what | `loss < 1` | 0.5 | 2.5 |\n';
  const block = '```\n# a\nunrolled fit\n```\n';
  assert.deepEqual(read(row + block), [
    { name: 'a', command: 'unrolled fit', seconds: 2.5, rows: [{ name: 'a', bar: 'loss < 1', measured: '0.5' }] },
  ]);
  assert.throws(() => read(row), /no command is called a/);
  assert.throws(() => read(block), /no row says what a gives/);
  assert.throws(() => read(row.replace('2.5', '') + block), /no row says what a costs/);
  assert.throws(() => read(row + block + block), /two commands are called a/);
  assert.throws(() => read(row.replace('<', '≤') + block), /expected a bar/);
  assert.throws(() => read(row + row.replace('| what', '') + block), /expected \| name \| what/);
  assert.equal(read(row + row.replace('| 2.5', '|') + block)[0]?.rows.length, 2);
});
