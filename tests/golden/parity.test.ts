// Does the command train as TF.js's gradients under Keras's Adam do? See README.md for the tolerance.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

interface Golden {
  epochs: number;
  batch_size: number;
  learning_rate: number;
  loss: number[];
  accuracy: number[];
  probabilities: number[];
}

const root = resolve(process.cwd());
const golden = join(root, 'tests/golden');
const expected = JSON.parse(readFileSync(join(golden, 'notebook.json'), 'utf8')) as Golden;

function unrolled(...args: string[]): string {
  return execFileSync(join(root, 'build/unrolled'), args, { encoding: 'utf8' });
}

function relative(got: number, want: number): number {
  return Math.abs(got - want) / Math.abs(want);
}

test('ten epochs of the notebook agree with TF.js gradients and the Adam of Keras', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-'));
  try {
    const data = join(golden, 'notebook.csv');
    const saved = join(folder, 'trained.safetensors');
    const history = join(folder, 'history.json');
    const options = { epochs: expected.epochs, 'batch-size': expected.batch_size, 'learning-rate': expected.learning_rate };
    unrolled(
      'fit', '--data', data, '--weights', join(golden, 'notebook.safetensors'), '--no-shuffle', '--verbose', '0',
      '--save', saved, '--history', history,
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    );
    const got = JSON.parse(readFileSync(history, 'utf8')) as Golden;
    assert.equal(got.loss.length, 10);
    got.loss.forEach((loss, epoch) => {
      assert.ok(relative(loss, expected.loss[epoch] as number) < 1e-5, `loss of epoch ${epoch + 1}: ${loss}`);
    });
    assert.deepEqual(got.accuracy, expected.accuracy);
    const lines = unrolled('predict', '--data', data, '--weights', saved).trim().split('\n').map(Number);
    assert.equal(lines.length, 100);
    lines.forEach((probability, i) => {
      assert.ok(Math.abs(probability - (expected.probabilities[i] as number)) < 1e-5, `sample ${i}: ${probability}`);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
