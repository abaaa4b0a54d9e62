// Learning rates by epoch and early stopping: the command passes on what the options say, and refuses what they cannot mean.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, refuses, succeeds, there } from './program.ts';

const data = ['--task', 'random', '--samples', '60', '--steps', '8', '--units', '16'];
const histories = (args: string[]) => {
  const { files, stdout } = succeeds(['fit', ...data, ...args, '--history', 'h.json', '--save', 'w.npz']);
  const history = JSON.parse(there(files['h.json']).toString()) as Record<string, number[]>;
  return { history, stdout, weights: there(files['w.npz']) };
};

test('learning rates by epoch are fits with --weights one after another', () => {
  /* sgd has no moments, which a second fit would begin anew; without shuffling epochs are alike */
  const how = ['--optimizer', 'sgd', '--no-shuffle', '--verbose', '0'];
  const first = histories([...how, '--epochs', '3', '--learning-rate', '0.1']);
  const second = succeeds(
    ['fit', ...data, ...how, '--epochs', '2', '--learning-rate', '0.01', '--weights', 'w.npz', '--save', 'v.npz'],
    { 'w.npz': first.weights },
  );
  const both = histories([...how, '--epochs', '5', '--learning-rates', '3@0.1,1@0.01']);
  assert.deepEqual(both.weights, second.files['v.npz']);
});

test('early stopping follows the history, and says so', () => {
  const how = ['--epochs', '60', '--learning-rate', '0.02', '--validation-samples', '40', '--verbose', '2'];
  const all = histories(how).history;
  const losses = there(all['val_loss']);
  const stop = ['--early-stopping', 'val_loss', '--patience', '3', '--restore-best-weights'];
  const { history, stdout, weights } = histories([...how, ...stop]);
  const epochs = there(history['loss']).length;
  const best = 1 + losses.indexOf(Math.min(...losses.slice(0, epochs)));
  assert.ok(epochs < 60 && epochs - best === 3);
  assert.equal(lines(stdout).at(-1), `Stopped early after epoch ${epochs}. The best epoch was ${best}.`);
  assert.deepEqual(weights, histories([...how.with(1, String(best))]).weights);
});

test('seeds take both', () => {
  const how = ['--runs', '3', '--epochs', '30', '--validation-samples', '40', '--learning-rates', '5@0.02,1@0.01'];
  const stop = ['--early-stopping', 'val_loss', '--patience', '2', '--min-delta', '0.001'];
  const rows = lines(succeeds(['seeds', ...data, ...how, ...stop]).stdout).slice(1);
  rows.forEach((row, i) => {
    const { history } = histories([...how.slice(2), ...stop, '--seed', String(42 + i), '--verbose', '0']);
    assert.deepEqual(
      row.split(',').slice(1, 5).map(Number),
      Object.values(history).map((list) => there(list.at(-1))),
    );
  });
});

test('what these options cannot mean', () => {
  const wrong = (args: string[], message: string) => refuses(2, ` fit: ${message}`, ['fit', ...data, ...args]);
  for (const text of ['0.1', '3@', '@0.1', '3@0.1,', '1.5@0.1', '-1@0.1', '3@-1', '3 @0.1', '0@0.1'])
    wrong(
      ['--learning-rates', text],
      `--learning-rates: expected epochs@rate, separated by commas, such as 3@0.01,2@0.001, got "${text}"`,
    );
  for (const text of ['3@1e999', '3@0.1;'])
    wrong(
      ['--learning-rates', text],
      `--learning-rates: expected a finite rate of at least 0 after each @, got "${text}"`,
    );
  wrong(
    ['--learning-rates', '3@0.1,8@0.01'],
    '--learning-rates: expected rates for at most 10 epochs, as --epochs says, got "3@0.1,8@0.01"',
  );
  wrong(
    ['--learning-rates', '3@0.1', '--learning-rate', '1'],
    '--learning-rate and --learning-rates exclude each other',
  );
  wrong(['--patience', '3'], '--patience needs --early-stopping');
  wrong(
    ['--early-stopping', 'val_metric'],
    '--early-stopping val_metric needs validation data, for example by --validation-split',
  );
  wrong(
    ['--early-stopping', 'accuracy'],
    '--early-stopping: expected loss, metric, val_loss or val_metric, got "accuracy"',
  );
});
