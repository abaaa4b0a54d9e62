// What only a native program meets: a full disk, an output nobody takes, a terminal.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { csv, inFolder, native, program, someWeights, wasi } from './program.ts';

const data = csv('first', 50, 6);
const files = { 'd.csv': data, 'many.csv': csv('first', 3000, 1), w: someWeights(3, 1) };

test('output that does not arrive is a failure', { skip: !existsSync('/dev/full') }, () => {
  const runs = [['--help'], ['data', '--task', 'first', '--samples', '3000', '--steps', '9'], ['summary'], ['predict', '--data', 'd.csv', '--weights', 'w'], ['predict', '--data', 'many.csv', '--weights', 'w'], ['step', '--data', 'd.csv', '--weights', 'w'], ['evaluate', '--data', 'd.csv', '--weights', 'w'], ['fit', '--data', 'd.csv']];
  for (const run of [native, wasi]) {
    for (const args of runs) {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = run(args, files, full);
      closeSync(full);
      const name = args[0] === '--help' ? 'unrolled' : `unrolled ${args[0]}`;
      assert.equal(stderr, `${name}: cannot write to standard output: no space left\n`);
      assert.equal(code, 1, args.join(' '));
    }
  }
});

test('a full disk leaves the old weights and no temporary file', () => {
  inFolder({ ...files, old: 'old weights' }, (folder) => {
    // A file may grow to one block of 512 bytes; the signal of the limit is ignored, so that writing fails.
    const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`;
    const run = spawnSync('sh', ['-c', limited, program, 'fit', '--data', 'd.csv', '--epochs', '1', '--verbose', '0', '--save', 'old'], { cwd: folder, encoding: 'utf8' });
    assert.equal(run.stderr, 'unrolled fit: old: cannot write: the file would become too large\n');
    assert.equal(run.status, 1);
    assert.equal(readFileSync(join(folder, 'old'), 'utf8'), 'old weights');
    assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(files), 'old'].sort());
  });
});

// A pipe stands for /dev/null and its like, which a test that fails must not destroy.
test('what is not a regular file is not replaced', () => {
  inFolder(files, (folder) => {
    assert.equal(spawnSync('mkfifo', ['pipe'], { cwd: folder }).status, 0);
    const run = spawnSync(program, ['fit', '--data', 'd.csv', '--save', 'pipe'], { cwd: folder, encoding: 'utf8' });
    assert.equal(run.stderr, 'unrolled fit: pipe: cannot write: it is not a regular file\n');
    assert.equal(run.stdout, '');
    assert.equal(run.status, 1);
    assert.ok(statSync(join(folder, 'pipe')).isFIFO());
  });
});

/** What a terminal is sent: `script` is part of util-linux. */
function onTerminal(args: string[]): string {
  return inFolder(files, (folder) => {
    const quoted = [program, ...args].map((word) => `'${word}'`).join(' ');
    const run = spawnSync('script', ['-qec', quoted, '/dev/null'], { cwd: folder, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stdout);
    return run.stdout.replaceAll('\r\n', '\n');
  });
}

const hasScript = spawnSync('script', ['--version']).status === 0;

test('on a terminal a bar is redrawn in place', { skip: !hasScript }, () => {
  const shown = onTerminal(['fit', '--data', 'd.csv', '--epochs', '2', '--batch-size', '10']);
  const epochs = shown.split(/^Epoch \d\/2\n/m).slice(1);
  assert.equal(epochs.length, 2);
  for (const epoch of epochs) {
    assert.equal(epoch.at(-1), '\n');
    const drawn = epoch.slice(0, -1).split('\r').slice(1);
    assert.equal(drawn.length, 6);
    assert.ok(!epoch.slice(0, -1).includes('\n'));
    assert.match(drawn[0] as string, /^0\/5 \[>\.{29}\]$/);
    assert.match(drawn[2] as string, /^2\/5 \[={11}>\.{18}\] - loss: \d\.\d{4} - accuracy: \d\.\d{4} *$/);
    assert.match(drawn[5] as string, /^5\/5 \[={30}\] - loss: \d\.\d{4} - accuracy: \d\.\d{4} *$/);
  }
  const plain = native(['fit', '--data', 'd.csv', '--epochs', '2', '--batch-size', '10'], files).stdout.split('\n');
  const last = epochs.map((epoch) => epoch.slice(epoch.lastIndexOf('] - ') + 2).trimEnd());
  assert.deepEqual(last, [1, 3].map((line) => (plain[line] as string).slice('5/5 '.length)));
});

test('on a terminal a long epoch is drawn in at most 30 parts, a short line covers a longer one', { skip: !hasScript }, () => {
  const shown = onTerminal(['fit', '--data', 'd.csv', '--epochs', '1', '--batch-size', '1', '--validation-data', 'd.csv']);
  const drawn = shown.split('\r').slice(1);
  assert.ok(drawn.length <= 31 && drawn.length > 20);
  for (const [i, line] of drawn.entries()) assert.ok(line.length >= (drawn[i - 1] ?? '').trimEnd().length);
  assert.match(drawn.at(-1) as string, /^50\/50 .* - val_loss: \d\.\d{4} - val_accuracy: \d\.\d{4}\n$/);
});
