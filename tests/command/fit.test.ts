// `fit` must train, print, save and stop as documented, and lose nothing if something fails.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  both,
  csv,
  headerOf,
  inFolder,
  lines,
  makeTensors,
  native,
  program,
  refuses,
  type Result,
  succeeds,
  there,
} from './program.ts';

interface History {
  loss: number[];
  accuracy: number[];
  val_loss?: number[];
  val_accuracy?: number[];
}

const data = csv('first', 100, 10);
const fit = (...more: string[]) => ['fit', '--data', 'd.csv', ...more];
const history = (result: Result): History => JSON.parse(there(result.files['h.json']).toString()) as History;

test('a run is the same each time, whether its data come from a task or from the task’s file', () => {
  const outputs = ['--history', 'h.json', '--save', 'w'];
  const a = succeeds(fit(...outputs), { 'd.csv': data });
  const b = succeeds(['fit', '--task', 'first', '--samples', '100', '--steps', '10', ...outputs]);
  assert.equal(a.stdout, b.stdout);
  assert.deepEqual(a.files['h.json'], b.files['h.json']);
  assert.deepEqual(a.files['w'], b.files['w']);
});

test('the defaults are those of --help', () => {
  const spelled = [
    '--units',
    '32',
    '--activation',
    'tanh',
    '--epochs',
    '10',
    '--batch-size',
    '32',
    '--learning-rate',
    '0.001',
  ];
  const rest = ['--validation-split', '0', '--seed', '42', '--verbose', '1', '--save', 'w'];
  const a = succeeds(fit('--save', 'w'), { 'd.csv': data });
  const b = succeeds(fit(...spelled, ...rest), { 'd.csv': data });
  assert.equal(a.stdout, b.stdout);
  assert.deepEqual(a.files['w'], b.files['w']);
});

test('every option that should change the run changes it', () => {
  const base = ['--units', '8', '--epochs', '3', '--verbose', '0', '--save', 'w'];
  const weights = (...args: string[]) =>
    there(
      native(fit(...base.filter((_, i) => base[i & ~1] !== args[0]), ...args), { 'd.csv': data }).files['w'],
    ).toString('hex');
  const changes = [
    ['--seed', '1'],
    ['--epochs', '4'],
    ['--batch-size', '16'],
    ['--learning-rate', '0.002'],
    ['--no-shuffle'],
    ['--activation', 'relu'],
    ['--units', '9'],
    ['--validation-split', '0.5'],
  ];
  const results = [weights(), ...changes.map((change) => weights(...change))];
  assert.equal(new Set(results).size, results.length);
});

test('with --no-shuffle and --weights the run depends only on its files', () => {
  const made = there(native(fit('--units', '6', '--epochs', '1', '--save', 'w'), { 'd.csv': data }).files['w']);
  const run = (seed: string) =>
    succeeds(fit('--weights', 'in', '--no-shuffle', '--seed', seed, '--save', 'w', '--history', 'h.json'), {
      'd.csv': data,
      in: made,
    });
  const [a, b] = [run('1'), run('2')];
  assert.equal(a.stdout, b.stdout);
  assert.deepEqual(a.files, b.files);
});

test('the history has full precision and agrees with evaluate', () => {
  const result = succeeds(fit('--epochs', '3', '--history', 'h.json', '--save', 'w', '--validation-data', 'v.csv'), {
    'd.csv': data,
    'v.csv': csv('first', 57, 10, '--data-seed', '7'),
  });
  const told = history(result);
  assert.deepEqual(Object.keys(told), ['loss', 'accuracy', 'val_loss', 'val_accuracy']);
  for (const series of Object.values(told) as number[][]) assert.equal(series.length, 3);
  assert.ok(there(result.files['h.json']).toString().endsWith(']}\n'));
  const evaluated = succeeds(
    ['evaluate', '--data', 'v.csv', '--weights', 'w'],
    result.files as Record<string, Buffer>,
  ).stdout;
  assert.equal(evaluated, `loss: ${there(told.val_loss).at(-1)}\naccuracy: ${there(told.val_accuracy).at(-1)}\n`);
  assert.deepEqual(Object.keys(history(succeeds(fit('--epochs', '2', '--history', 'h.json'), { 'd.csv': data }))), [
    'loss',
    'accuracy',
  ]);
});

test('--validation-split takes the last part and trains on the rest', () => {
  const all = lines(data);
  const cut = 1 + Math.floor(100 * (1 - 0.3));
  const files = {
    'd.csv': data,
    't.csv': `${all.slice(0, cut).join('\n')}\n`,
    'v.csv': `${[all[0], ...all.slice(cut)].join('\n')}\n`,
  };
  const outputs = ['--save', 'w', '--history', 'h.json'];
  const split = succeeds(fit('--validation-split', '0.3', ...outputs), files);
  const apart = succeeds(['fit', '--data', 't.csv', '--validation-data', 'v.csv', ...outputs], files);
  assert.equal(split.stdout, apart.stdout);
  assert.deepEqual(split.files['w'], apart.files['w']);
  assert.deepEqual(split.files['h.json'], apart.files['h.json']);
});

test('--verbose 0, 1 and 2', () => {
  const run = (verbose: string, ...more: string[]) =>
    succeeds(fit('--epochs', '2', '--verbose', verbose, '--history', 'h.json', ...more), { 'd.csv': data });
  assert.equal(run('0').stdout, '');
  for (const more of [[], ['--validation-split', '0.2']]) {
    const told = history(run('1', ...more));
    const figures = [0, 1].map((i) => {
      const names = ['loss', 'accuracy', 'val_loss', 'val_accuracy'] as const;
      return names
        .filter((name) => told[name])
        .map((name) => ` - ${name}: ${there(there(told[name])[i]).toFixed(4)}`)
        .join('');
    });
    const batches = more.length > 0 ? '3/3' : '4/4';
    assert.equal(run('1', ...more).stdout, `Epoch 1/2\n${batches}${figures[0]}\nEpoch 2/2\n${batches}${figures[1]}\n`);
    assert.equal(run('2', ...more).stdout, `Epoch 1/2${figures[0]}\nEpoch 2/2${figures[1]}\n`);
  }
});

test('--validation-samples generates the same new sequences as a file of them', () => {
  const fit = (...more: string[]) => [
    'fit',
    '--task',
    'order',
    '--samples',
    '30',
    '--steps',
    '8',
    '--data-seed',
    '5',
    '--epochs',
    '2',
    '--history',
    'h.json',
    ...more,
  ];
  const file = { 'v.csv': csv('order', 40, 8, '--data-seed', '5', '--first-sample', '1000000') };
  const told = succeeds(fit('--validation-samples', '40'));
  const read = succeeds(fit('--validation-data', 'v.csv'), file);
  assert.equal(told.stdout, read.stdout);
  assert.deepEqual(told.files['h.json'], read.files['h.json']);
  const other = succeeds(fit('--validation-samples', '41'));
  assert.notDeepEqual(history(other)['val_loss'], history(told)['val_loss']);
  assert.deepEqual(history(other)['loss'], history(told)['loss']);
});

test('task first reaches 0.95 on new sequences within 20 epochs', () => {
  const args = [
    'fit',
    '--task',
    'first',
    '--samples',
    '1000',
    '--steps',
    '10',
    '--learning-rate',
    '0.01',
    '--epochs',
    '20',
    '--verbose',
    '0',
  ];
  const told = history(
    succeeds([...args, '--validation-data', 'v.csv', '--history', 'h.json'], {
      'v.csv': csv('first', 1000, 10, '--first-sample', '1000000'),
    }),
  );
  assert.ok(Math.max(...there(told.val_accuracy)) > 0.95);
});

test('a run that diverges names epoch and update, keeps the completed epochs and saves no weights', () => {
  const relu = fit('--activation', 'relu', '--save', 'w', '--history', 'h.json', '--verbose', '2', '--epochs', '60');
  let latest = 0;
  // In the last cases some epochs succeed before training diverges.
  for (const [rate, seed] of [
    ['1000', '42'],
    ['1e30', '42'],
    ['10', '1'],
    ['12', '1'],
    ['8', '1'],
    ['10', '4'],
  ] as const) {
    const result = both([...relu, '--learning-rate', rate, '--seed', seed], { 'd.csv': data, w: 'old' });
    if (Number(rate) < 1000 && result.code === 0) continue;
    assert.equal(result.code, 1);
    const told =
      /^unrolled fit: diverged in epoch (\d+), update (\d+) \(batch (\d) of 4\): the loss is no longer finite; try a --learning-rate below (.*)\n$/.exec(
        result.stderr,
      );
    const [epoch, update, batch, named] = there(told ?? undefined)
      .slice(1)
      .map(Number) as [number, number, number, number];
    assert.equal(update, 4 * (epoch - 1) + batch);
    assert.equal(named, Number(rate));
    const kept = history(result);
    assert.equal(kept.loss.length, epoch - 1);
    assert.ok(kept.loss.every(Number.isFinite));
    assert.equal(lines(result.stdout).length, epoch);
    assert.equal(result.files['w']?.toString(), 'old');
    assert.deepEqual(Object.keys(result.files), ['d.csv', 'h.json', 'w']);
    latest = Math.max(latest, epoch);
  }
  assert.ok(latest > 1, 'one of them diverged after a completed epoch');
});

test('with tanh and a huge learning rate the loss stays finite and the run completes', () => {
  const result = succeeds(fit('--learning-rate', '1000', '--save', 'w', '--history', 'h.json'), { 'd.csv': data });
  assert.ok(history(result).loss.every(Number.isFinite));
});

test('a network that needs more than 1 GiB is rejected with its size', () => {
  const args = [
    'fit',
    '--task',
    'first',
    '--samples',
    '2000',
    '--steps',
    '1000',
    '--units',
    '512',
    '--batch-size',
    '1024',
    '--save',
    'w',
  ];
  const { code, stderr, files } = both(args);
  assert.equal(code, 1);
  const size = Number(
    /^unrolled fit: cell simple_rnn, layers 1, units 512, time steps 1000, features 1 and batches of 1024 need (\d+) bytes of memory; expected at most 1073741824 \(1 GiB\)\n$/.exec(
      stderr,
    )?.[1],
  );
  assert.ok(size > 2 ** 30);
  assert.deepEqual(files, {});
});

test('--save and --history replace old files and leave no other files', () => {
  const result = succeeds(fit('--save', 'w', '--history', 'h.json', '--epochs', '1'), {
    'd.csv': data,
    w: 'old',
    'h.json': 'old',
  });
  assert.deepEqual(Object.keys(result.files), ['d.csv', 'h.json', 'w']);
  assert.notEqual(result.files['w']?.toString(), 'old');
  const onto = succeeds(fit('--weights', 'w', '--save', 'w', '--epochs', '1'), {
    'd.csv': data,
    w: there(result.files['w']),
  });
  assert.notDeepEqual(onto.files['w'], result.files['w']);
});

test('an output that cannot be written is reported before training', () => {
  const files = { 'd.csv': data, 'folder/': '', 'busy.tmp': 'left', busy: 'old' };
  for (const option of ['--save', '--history']) {
    refuses(1, ' fit: none/w: cannot write: no such file or directory', fit(option, 'none/w'), files);
    refuses(1, ' fit: folder: cannot write: is a directory', fit(option, 'folder'), files);
    refuses(1, ' fit: d.csv/w: cannot write: a part of the path is not a directory', fit(option, 'd.csv/w'), files);
    const message = ' fit: busy.tmp exists already, perhaps left by an interrupted run; remove it, then try again';
    assert.equal(refuses(1, message, fit(option, 'busy'), files).stdout, '');
  }
});

test('a symbolic link is not replaced, and a replaced file keeps its permissions', () => {
  inFolder({ 'd.csv': data, w: 'old' }, (folder) => {
    const run = (target: string) =>
      spawnSync(program, fit('--save', target, '--epochs', '1'), { cwd: folder, encoding: 'utf8' });
    chmodSync(join(folder, 'w'), 0o600);
    symlinkSync('w', join(folder, 'link'));
    const refused = run('link');
    assert.equal(refused.status, 1);
    assert.equal(
      refused.stderr,
      'unrolled fit: link: cannot write: it is a symbolic link; give the name of the file itself\n',
    );
    assert.equal(readFileSync(join(folder, 'w'), 'utf8'), 'old');
    assert.equal(run('w').status, 0);
    assert.equal(statSync(join(folder, 'w')).mode & 0o777, 0o600);
    assert.notEqual(readFileSync(join(folder, 'w'), 'latin1'), 'old');
  });
});

test('validation data that overflow are named, without advice about the learning rate', () => {
  const numbers = Array<number>(2 + 4 + 2 + 2 + 1).fill(0.9);
  const files = {
    'd.csv': csv('first', 8, 3),
    w: makeTensors(headerOf(2, 1, { activation: 'relu' }), numbers),
    'v.csv': 'y,x1,x2,x3\n0,3e38,3e38,3e38\n',
  };
  const why = 'the validation loss is not finite after epoch 1; the weights or the validation data are too large';
  const { stderr } = both(
    ['fit', '--data', 'd.csv', '--weights', 'w', '--validation-data', 'v.csv', '--learning-rate', '0'],
    files,
  );
  assert.equal(stderr, `unrolled fit: ${why}\n`);
});
