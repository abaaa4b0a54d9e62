// A network is trained on a text, kept with its vocabulary, and goes on with a prompt: the tokens are those that a loop
// over `step` chooses, and counting them is the baseline.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lines, native, readTensors, refuses, succeeds, there } from './program.ts';

const house = readFileSync('docs/data/little-house.txt', 'utf8');
/** The words of the text, as a reader parts them. */
const words = house.toLowerCase().match(/[a-z]+|\./g) as string[];
const files = { 't.txt': house };
const training = '--steps 12 --batch-size 16 --learning-rate 0.01 --global-clipnorm 1'.split(' ');
const fit = ['fit', '--text', 't.txt', ...training, '--epochs', '40', '--verbose', '0', '--save', 'w.safetensors'];
const weights = there(native(fit, files).files['w.safetensors']);
const trained = { 'w.safetensors': weights };
const generate = (...more: string[]) => ['generate', '--weights', 'w.safetensors', ...more];

/** The different words by frequency, equally frequent ones in the order in which they appear. */
function vocabularyOf(tokens: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

test('the file of weights has the vocabulary, by frequency', () => {
  const { metadata, values } = readTensors(weights);
  assert.equal(metadata['tokens'], 'words');
  assert.equal(metadata['case'], 'folded');
  assert.deepEqual(there(metadata['vocabulary']).split(' '), vocabularyOf(words));
  assert.deepEqual(there(values['simple_rnn/kernel']).shape, [30, 32]);
  const one = ['fit', '--text', 't.txt', '--epochs', '1', '--verbose', '0', '--save', 'w.npz'];
  const npz = there(succeeds(one, files).files['w.npz']);
  const again = succeeds(['generate', '--weights', 'w.npz', '--prompt', 'the cat', '--count', '3'], { 'w.npz': npz });
  assert.equal(lines(again.stdout).length, 1);
});

test('fit says what it found in the text', () => {
  const short = ['fit', '--text', 't.txt', '--steps', '3', '--epochs', '1', '--verbose', '2'];
  const first = (...more: string[]) => lines(succeeds([...short, ...more], files).stdout)[0];
  assert.equal(first(), `t.txt: ${words.length} words and a vocabulary of 30; 7 capital letters read as small ones`);
  const common = new Set(vocabularyOf(words).slice(0, 7));
  const others = words.filter((word) => !common.has(word)).length;
  assert.equal(
    first('--vocabulary', '8'),
    `t.txt: ${words.length} words and a vocabulary of 7, ${others} of them <unknown>; 7 capital letters read as small ones`,
  );
});

test('the trained network goes on with the text', () => {
  const greedy = succeeds(generate('--prompt', 'When the dog', '--temperature', '0', '--count', '6'), trained).stdout;
  assert.equal(greedy, 'was hungry he asked for bread\n');
  const stop = succeeds(generate('--prompt', 'when the dog', '--temperature', '0', '--stop', '.'), trained).stdout;
  assert.equal(stop, 'was hungry he asked for bread.\n');
});

test('the tokens and probabilities are those of step', () => {
  const vocabulary = vocabularyOf(words);
  const prompt = ['the', 'cat'];
  const table = lines(
    succeeds(generate('--prompt', 'The CAT', '--best', '3', '--count', '5', '--seed', '7'), trained).stdout,
  ).map((line) => line.split('\t'));
  const read = [...prompt, ...table.map((row) => there(row[0]))];
  const row = (token: string) => vocabulary.map((word) => (word === token ? 1 : 0));
  const names = [
    ...read.map((_, t) => `y${t + 1}`),
    ...read.flatMap((_, t) => vocabulary.map((_, f) => `x${t + 1}_${f + 1}`)),
  ];
  const csv = `${names.join(',')}\n${[...read.map(() => 0), ...read.flatMap(row)].join(',')}\n`;
  const states = lines(
    succeeds(['step', '--data', 's.csv', '--weights', 'w.safetensors'], { ...trained, 's.csv': csv }).stdout,
  );
  for (const [i, [token, ...best]] of table.entries()) {
    const p = there(states[prompt.length - 1 + i])
      .split(',')
      .slice(-30);
    const order = vocabulary
      .map((word, k) => ({ word, p: there(p[k]) }))
      .sort((a, b) => Number(b.p) - Number(a.p))
      .slice(0, 3);
    assert.deepEqual(
      best,
      order.flatMap(({ word, p }) => [word, p]),
    );
    assert.ok(vocabulary.includes(there(token)));
  }
});

test('draws depend on the seed alone', () => {
  const drawn = (...more: string[]) => succeeds(generate('--prompt', 'the', ...more), trained).stdout;
  assert.equal(drawn('--temperature', '3'), drawn('--temperature', '3', '--seed', '42'));
  assert.notEqual(drawn('--temperature', '3'), drawn('--temperature', '3', '--seed', '43'));
  assert.equal(drawn('--temperature', '3', '--top-k', '1'), drawn('--temperature', '0')); // the most probable one alone
});

test('ngrams counts as a reader would', () => {
  const table = lines(succeeds(['ngrams', '--text', 't.txt', '--prior', '0'], files).stdout).slice(1);
  for (const [context, line] of table.entries()) {
    const counts = new Map<string, Map<string, number>>();
    const key = (t: number) => words.slice(Math.max(0, t - context + 1), context ? t + 1 : 0).join(' ');
    for (let t = 0; t + 1 < words.length; t++) {
      const followed = counts.get(key(t)) ?? new Map<string, number>();
      counts.set(key(t), followed.set(there(words[t + 1]), (followed.get(there(words[t + 1])) ?? 0) + 1));
    }
    let right = 0;
    let loss = 0;
    for (const followed of counts.values()) {
      const all = [...followed.values()].reduce((a, b) => a + b, 0);
      right += Math.max(...followed.values());
      for (const count of followed.values()) loss -= count * Math.log(count / all);
    }
    const [, given, accuracy] = line.split(',').map(Number);
    assert.equal(accuracy, right / (words.length - 1));
    assert.ok(Math.abs(there(given) - loss / (words.length - 1)) < 1e-6, line);
  }
});

test('a validation text is read with the vocabulary of the training text', () => {
  const other = { ...files, 'v.txt': 'the cat slept . the dog slept in the sun .\n' };
  const args = ['fit', '--text', 't.txt', ...training, '--epochs', '2', '--verbose', '2', '--validation-text', 'v.txt'];
  assert.match(succeeds(args, other).stdout, / - val_accuracy: 0\.\d+\n/);
  refuses(1, ` fit: v.txt:1:5: expected one of the vocabulary's 30 words, got "zebra"`, args, {
    ...files,
    'v.txt': 'the zebra slept',
  });
  const long = { ...files, 'v.txt': 'the cat . '.repeat(900) }; // 2,700 words: sequences of 1,000
  assert.match(succeeds(args, long).stdout, / - val_accuracy: 0\.\d+\n/);
});

test('training goes on with the vocabulary of the weights', () => {
  const more = [
    'fit',
    '--text',
    'u.txt',
    '--steps',
    '4',
    '--weights',
    'w.safetensors',
    '--epochs',
    '1',
    '--verbose',
    '0',
    '--save',
    'v.safetensors',
  ];
  const { files: after } = succeeds(more, { ...trained, 'u.txt': 'the sun gave bread to the house .' });
  assert.deepEqual(readTensors(there(after['v.safetensors'])).metadata, readTensors(weights).metadata);
});

test('what does not fit together is refused', () => {
  const refused = (message: string, ...args: string[]) =>
    refuses(2, ` ${args[0]}: ${message}`, args, { ...files, ...trained });
  refused('--text and --task exclude each other', 'fit', '--text', 't.txt', '--task', 'first');
  refused('--text and --data exclude each other', 'fit', '--text', 't.txt', '--data', 'd.csv');
  refused('--tokens needs --text', 'fit', '--task', 'first', '--tokens', 'words');
  refused(
    '--loss mean_squared_error does not agree with --text, which has sparse_categorical_crossentropy',
    'fit',
    '--text',
    't.txt',
    '--loss',
    'mean_squared_error',
  );
  const measure = ['evaluate', '--text', 't.txt', '--weights', 'w.safetensors'] as const;
  refused('--stride needs --steps', ...measure, '--stride', '4');
  refused('--text and --data exclude each other', ...measure, '--data', 'd.csv');
  refused('--text and --validation-split exclude each other', ...measure, '--validation-split', '0.5');
  refused('--weights is missing', 'predict', '--text', 't.txt');
  refused('--prompt is missing', ...generate());
  refused('--weights is missing', 'generate', '--prompt', 'a');
  refused('--prompt: expected a text with at least one token', ...generate('--prompt', ' '));
  refused('--stop: expected a token of the vocabulary, got "cow"', ...generate('--prompt', 'the', '--stop', 'cow'));
  refused('--text is missing', 'ngrams');
  const said = (message: string, args: string[], more = {}) =>
    refuses(1, ` ${args[0]}: ${message}`, args, { ...files, ...trained, ...more });
  said(`--prompt:1:5: expected one of the vocabulary's 30 words, got "zebra"`, generate('--prompt', 'the zebra'));
  said('t.txt: expected at least 501 tokens, one more than time steps, got 88', [
    'fit',
    '--text',
    't.txt',
    '--steps',
    '500',
  ]);
  said('b.txt:2:2: expected a text in UTF-8, got the byte "\\xff"', ['ngrams', '--text', 'b.txt'], {
    'b.txt': Buffer.from('a\nb\xff', 'latin1'),
  });
  const plain = there(
    native(
      ['fit', '--task', 'first', '--samples', '8', '--steps', '3', '--epochs', '1', '--verbose', '0', '--save', 'p'],
      {},
    ).files['p'],
  );
  said('p has no vocabulary; train with --text FILE --save p', ['generate', '--weights', 'p', '--prompt', 'a'], {
    p: plain,
  });
});

test('evaluate and predict read a text with the vocabulary of the weights', () => {
  const [seen, other] = [house.slice(0, 200), house.slice(200)];
  const short = ['fit', '--text', 'a.txt', '--epochs', '2', '--steps', '9', '--verbose', '0', '--save', 'w.npz'];
  const learned = [...short, '--validation-text', 'b.txt', '--history', 'h.json'];
  const vocabulary = vocabularyOf(seen.toLowerCase().match(/[a-z]+|\./g) as string[]);
  const text = (other.toLowerCase().match(/[a-z]+|\./g) as string[]).filter((word) => vocabulary.includes(word));
  const fitted = succeeds(learned, { 'a.txt': seen, 'b.txt': text.join(' ') });
  const given = { 'w.npz': there(fitted.files['w.npz']), 'b.txt': text.join(' ') };
  const history = JSON.parse(String(fitted.files['h.json']));
  const evaluate = ['evaluate', '--text', 'b.txt', '--weights', 'w.npz'];
  const [loss, accuracy, ...more] = lines(succeeds(evaluate, given).stdout);
  assert.equal(loss, `loss: ${history.val_loss.at(-1)}`);
  assert.equal(accuracy, `accuracy: ${history.val_accuracy.at(-1)}`);
  assert.deepEqual(more, []);
  const predicted = lines(succeeds(['predict', '--text', 'b.txt', '--weights', 'w.npz'], given).stdout);
  assert.equal(predicted.length, text.length - 1);
  const right = predicted.filter((line, i) => {
    const p = line.split(',').map(Number);
    return p.indexOf(Math.max(...p)) === vocabulary.indexOf(there(text[i + 1]));
  });
  assert.equal(Math.fround(right.length / predicted.length), Math.fround(Number(accuracy?.replace('accuracy: ', ''))));
  const confused = lines(succeeds([...evaluate, '--confusion', '--steps', '4', '--stride', '4'], given).stdout);
  assert.equal(confused.length, 4 + vocabulary.length);
});
