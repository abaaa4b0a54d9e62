/** Texts in JavaScript: tokens, sequences and counts, beside those of the command and of other readers; wrong arguments. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { native } from '../command/program.ts';
import { bits, bytesOf, dataBytes, load, type ReadText, type Sequential, thrown, type Vocabulary } from './support.ts';

const { readText, writeText, textSequences, ngrams, sequential } = await load();
const house = readFileSync(new URL('../../docs/data/little-house.txt', import.meta.url), 'utf8');
const story = 'A cat sat. The cat ran off!\n\n“Why?” it asked';

test('a text becomes tokens, by frequency and then by place', async () => {
  const { vocabulary, tokens, unknown, folded } = await readText(house);
  const words = house.toLowerCase().match(/[a-z]+|\./g) as string[];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const listed = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  assert.deepEqual(vocabulary, { unit: 'words', keepCase: false, tokens: listed });
  assert.deepEqual(
    [...tokens].map((token) => listed[token]),
    words,
  );
  assert.equal(unknown, 0);
  assert.equal(folded, house.match(/[A-Z]/g)?.length);
  const few = await readText(house, { limit: 8 });
  assert.deepEqual(few.vocabulary.tokens, [...listed.slice(0, 7), '<unknown>']);
  assert.equal(few.unknown, words.filter((word) => listed.indexOf(word) >= 7).length);
});

test('marks say where lines and sentences end', async () => {
  const { tokens, marks, vocabulary } = await readText(story, { keepCase: true });
  const shown = Array.from(tokens, (token, i) => `${vocabulary.tokens[token]}${'|'.repeat(marks[i] as number)}`);
  assert.deepEqual(shown, 'A cat sat .|| The cat ran off !||| “ Why ? ”|| it asked|||'.split(' '));
  const letters = await readText('Hi. A', { unit: 'characters' });
  assert.deepEqual([...letters.marks], [0, 0, 2, 4, 3]);
  assert.deepEqual(
    letters.vocabulary.tokens.map((letter) => letter),
    ['h', 'i', '.', ' ', 'a'],
  );
});

test('a text that is written and read again gives the same tokens, also characters and bytes of a file', async () => {
  for (const unit of ['words', 'characters'] as const)
    for (const keepCase of [false, true]) {
      const read = await readText(`${story}\n👋\n`, { unit, keepCase });
      const text = await writeText(read.vocabulary, read.tokens);
      const again = await readText(new TextEncoder().encode(text), { vocabulary: read.vocabulary });
      assert.deepEqual(again.tokens, read.tokens);
      assert.deepEqual(again.vocabulary, read.vocabulary);
      if (unit === 'characters' && keepCase) assert.equal(text, `${story}\n👋\n`);
    }
  const { vocabulary } = await readText('the cat');
  assert.equal(await writeText(vocabulary, []), '');
  assert.equal(await writeText(vocabulary, [1, 0]), 'cat the');
});

test('windows and sentences have the next tokens as targets', async () => {
  const read = await readText('a b a c. d a.', {});
  const [a, b, stop, c, d] = ['a', 'b', '.', 'c', 'd'].map((word) => read.vocabulary.tokens.indexOf(word));
  const windows = await textSequences(read, { timesteps: 3, stride: 2, oneHot: false });
  const inputs = [a, b, a, a, c, stop, stop, d, a].map((token) => Math.fround((token as number) / 4));
  assert.deepEqual([...windows.x], inputs);
  assert.deepEqual([...windows.y], [b, a, c, c, stop, d, d, a, stop]);
  assert.deepEqual([...windows.lengths], [3, 3, 3]);
  assert.deepEqual(windows.config, {
    timesteps: 3,
    features: 1,
    classes: 5,
    returnSequences: true,
    loss: 'sparse_categorical_crossentropy',
  });
  const sentences = await textSequences(read, { form: 'sentences' });
  assert.deepEqual([...sentences.lengths], [4, 2]);
  assert.deepEqual([...sentences.y], [b, a, c, stop, a, stop, 0, 0]);
  const hot = (token: number | undefined): number[] => [0, 1, 2, 3, 4].map((k) => Number(k === token));
  assert.deepEqual([...sentences.x], [a, b, a, c, d, a, undefined, undefined].flatMap(hot));
  const short = await textSequences(await readText('one\ntwo words\nand three words'), { form: 'lines', timesteps: 1 });
  assert.deepEqual([short.tooShort, short.tooLong, [...short.lengths]], [1, 1, [1]]);
});

test('a network that trains on the sequences is that of the command, to the bit', async () => {
  const fit = ['fit', '--text', 't.txt', '--steps', '12', '--epochs', '3', '--verbose', '0', '--save', 'w.safetensors'];
  const { files } = native(fit, { 't.txt': house });
  const { x, y, config } = await textSequences(await readText(house), { timesteps: 12 });
  const model = sequential({ ...config, units: 32 });
  await model.fit(x, y, { epochs: 3 });
  const twin = sequential({ ...config, units: 32 });
  await twin.loadWeights(files['w.safetensors'] as Uint8Array);
  const weights = (of: Sequential): string => bits(...of.getWeights());
  assert.equal(weights(model), weights(twin));
});

test('counts are those of the command, and pairs are counted as by hand', async () => {
  const read = await readText(house);
  const { vocabulary } = read;
  const { x, y, config, lengths } = await textSequences(read, { timesteps: 12 });
  const { stdout } = native(['ngrams', '--text', 't.txt', '--steps', '12', '--prior', '0.5'], { 't.txt': house });
  const lines = String(stdout).trim().split('\n').slice(1);
  for (const [context, line] of lines.entries()) {
    const { loss, accuracy } = await ngrams({ x, y, config }, { context, prior: 0.5 });
    assert.equal(line, `${context},${loss},${accuracy}`);
  }
  const pairs = await ngrams({ x, y, config, lengths }, { prior: 0 });
  const K = config.classes as number;
  const counts = new Float64Array(K * K);
  const token = (i: number): number => x.subarray(i * K, (i + 1) * K).indexOf(1);
  for (const [i, next] of y.entries()) counts[token(i) * K + next] = (counts[token(i) * K + next] as number) + 1;
  for (const i of [0, 5, y.length - 1]) {
    const row = counts.subarray(token(i) * K, (token(i) + 1) * K);
    const all = row.reduce((sum, count) => sum + count, 0);
    assert.deepEqual(
      [...pairs.predictions.subarray(i * K, (i + 1) * K)],
      Array.from(row, (count) => Math.fround(count / all)),
    );
  }
  const rare = vocabulary.tokens.at(-1);
  const other = await textSequences(await readText(`${rare} ${rare}`, { vocabulary }), { timesteps: 1 });
  const never = await ngrams({ x, y, config }, { context: 4, data: other });
  assert.equal(never.predictions.length, K);
  assert.ok(Math.abs(never.predictions.reduce((sum, p) => sum + p, 0) - 1) < 1e-6);
});

test('wrong arguments and texts are refused by name', async () => {
  const read = await readText('a b c a b');
  const { vocabulary } = read;
  // biome-ignore lint/suspicious/noExplicitAny: these calls are wrong on purpose.
  const any = (value: unknown): any => value;
  const cases: [() => unknown, RegExp][] = [
    [() => readText(any(3)), /^readText: text is 3: expected a string or a Uint8Array$/],
    [() => readText('a', { unit: any('word') }), /^readText: unit is "word": expected "words" or "characters"$/],
    [() => readText('a', { keepCase: any(1) }), /^readText: keepCase is 1: expected true or false$/],
    [() => readText('a', { limit: 65 }), /^readText: limit is 65: expected a whole number from 2 to 64$/],
    [
      () => readText('a', { limit: 3, vocabulary }),
      /^readText: limit is given together with a vocabulary: expected the vocabulary alone/,
    ],
    [() => readText(' \n'), /^readText: line 2, column 1: expected a text with at least one word, got none$/],
    [
      () => readText('ab\ncd\u0007'),
      /^readText: line 2, column 3: expected a text in UTF-8, got the control character/,
    ],
    [() => readText(Uint8Array.of(97, 10, 255)), /^readText: line 2, column 1: expected a text in UTF-8, got the byte/],
    [
      () => readText(Uint8Array.of(255, 254, 97, 0)),
      /^readText: line 1, column 1: expected a text in UTF-8, got one in UTF-16; save it as UTF-8$/,
    ],
    [
      () => readText('a\nx', { vocabulary }),
      /^readText: line 2, column 1: expected one of the vocabulary's 3 words, got "x"$/,
    ],
    [() => writeText(vocabulary, [0, 3]), /^writeText: tokens\[1\] is 3: expected a whole number from 0 to 2$/],
    [() => writeText(vocabulary, [0.5]), /^writeText: tokens\[0\] is 0\.5: expected a whole number from 0 to 2$/],
    [
      () => writeText(vocabulary, any('a')),
      /^writeText: tokens is "a": expected an array of tokens, as readText gives them$/,
    ],
    [() => textSequences(read), /^textSequences: timesteps is undefined: expected the number of tokens of a window$/],
    [
      () => textSequences(read, { timesteps: 5 }),
      /^textSequences: the text has 5 tokens: expected at least 6, one more than timesteps$/,
    ],
    [
      () => textSequences(read, { form: 'lines', timesteps: 2 }),
      /^textSequences: none of the lines fits: expected one with at least 2 and at most 3 tokens$/,
    ],
    [
      () => textSequences(read, { form: any('line') }),
      /^textSequences: form is "line": expected "windows" or "sentences" or "lines"$/,
    ],
    [
      () => textSequences(read, { timesteps: 1, stride: 0 }),
      /^textSequences: stride is 0: expected a whole number from 1/,
    ],
    [
      () => textSequences({ ...read, marks: read.marks.slice(1) }, { timesteps: 1 }),
      /^textSequences: marks has 4 numbers: expected 5, one for each token$/,
    ],
    [
      () => textSequences({ ...read, tokens: Uint32Array.of(9) }, { timesteps: 1 }),
      /^textSequences: tokens\[0\] is 9: expected a whole number from 0 to 2$/,
    ],
  ];
  const lists: [Partial<Record<keyof Vocabulary, unknown>>, RegExp][] = [
    [{ tokens: 'ab' }, /^readText: vocabulary\.tokens is "ab": expected an array of tokens$/],
    [{ tokens: ['a', 1] }, /^readText: vocabulary\.tokens\[1\] is 1: expected a token$/],
    [{ tokens: ['a'] }, /^readText: vocabulary\.tokens: expected at least two tokens$/],
    [{ tokens: ['a', 'b', 'a'] }, /^readText: vocabulary\.tokens: expected each token once, .*, got "a"$/],
    [
      { tokens: ['a', 'two words', 'b'] },
      /^readText: vocabulary\.tokens\[1\] is "two words": expected a token as readText makes it: "two"$/,
    ],
    [{ tokens: ['A', 'b'] }, /^readText: vocabulary\.tokens\[0\] is "A": expected a token as readText makes it: "a"$/],
    [{ tokens: ['a', ''] }, /^readText: vocabulary\.tokens/],
    [{ keepCase: 0 }, /^readText: vocabulary\.keepCase is 0: expected true or false$/],
    [{ unit: 'letters' }, /^readText: unit is "letters": expected "words" or "characters"$/],
  ];
  for (const [change, message] of lists)
    cases.push([() => readText('a', { vocabulary: any({ ...vocabulary, ...change }) }), message]);
  const made = await textSequences(read, { timesteps: 2 });
  const other = await textSequences(await readText('a b c d'), { timesteps: 2 });
  const config = (change: object) => any({ ...made, config: { ...made.config, ...change } });
  cases.push(
    [() => ngrams(made, { context: 5 }), /^ngrams: context is 5: expected a whole number from 0 to 4$/],
    [() => ngrams(made, { prior: -1 }), /^ngrams: prior is -1: expected a finite number from 0$/],
    [() => ngrams(config({ features: 2 })), /^ngrams: training\.config\.features is 2: expected 1 or 3, the classes$/],
    [() => ngrams(config({ classes: 1 })), /^ngrams: classes is 1: expected a whole number from 2 to 64$/],
    [() => ngrams(made, { data: other }), /^ngrams: data\.config\.classes is 4: expected 3, as in the training data$/],
    [() => ngrams({ ...made, y: [0] }), /^ngrams: training\.y has 1 labels: expected 6, 2 for each sequence of x$/],
    [
      () => ngrams({ ...made, lengths: [1] }),
      /^ngrams: training\.lengths has 1 number: expected 3, one for each sequence of x$/,
    ],
  );
  for (const [run, message] of cases) assert.match((await thrown(run)).message, message);
  assert.equal((await thrown(() => readText('\u0000'))).code, 'RNN_ERROR_TEXT');
});

test('arguments are copied before the module is loaded, and the module is loaded when it is needed', async () => {
  const own = await load({ bytes: bytesOf('simd') });
  assert.match(
    (await thrown(() => own.readText('a'))).message,
    /^readText: data are read and prepared by a module of its own/,
  );
  const given = await load({ bytes: bytesOf('scalar'), dataBytes: dataBytes() });
  const bytes = new TextEncoder().encode('a b a');
  const later: Promise<ReadText> = given.readText(bytes);
  bytes.fill(0);
  const read = await later;
  assert.deepEqual([...read.tokens], [0, 1, 0]);
  const tokens = read.tokens.slice();
  const text = given.writeText(read.vocabulary, tokens);
  tokens.fill(7);
  assert.equal(await text, 'a b a');
  assert.ok(Object.isFrozen(read.vocabulary) && Object.isFrozen(read.vocabulary.tokens));
});

test('a file of weights keeps the vocabulary, and the command goes on with it', async () => {
  for (const unit of ['words', 'characters'] as const) {
    const read = await readText(house, { unit, keepCase: unit === 'characters' });
    const { config } = await textSequences(read, { timesteps: 12 });
    const model = sequential({ ...config, units: 8 });
    for (const save of ['saveWeights', 'saveNpz'] as const) {
      const file = await model[save]({ vocabulary: read.vocabulary });
      const twin = sequential({ ...config, units: 8, seed: 1 });
      assert.deepEqual(twin.notes, {});
      assert.deepEqual(await twin.loadWeights(file), { vocabulary: read.vocabulary });
      assert.deepEqual(twin.notes, { vocabulary: read.vocabulary });
      assert.deepEqual(await twin[save](), file);
      const prompt = await readText('the cat', { vocabulary: twin.notes.vocabulary as Vocabulary });
      const { tokens } = twin.generate(prompt.tokens, { temperature: 0, tokens: 5 });
      const name = save === 'saveNpz' ? 'w.npz' : 'w.safetensors';
      const more = ['--prompt', 'the cat', '--temperature', '0', '--count', '5'];
      const { stdout } = native(['generate', '--weights', name, ...more], { [name]: file });
      assert.equal(String(stdout), `${await writeText(read.vocabulary, tokens)}\n`);
    }
  }
});

test('notes that do not suit the network are refused, and those of the command are read', async () => {
  const fit = ['fit', '--text', 't.txt', '--steps', '12', '--epochs', '1', '--verbose', '0', '--save', 'w.npz'];
  const { files } = native(fit, { 't.txt': house });
  const read = await readText(house);
  const { config } = await textSequences(read, { timesteps: 12 });
  const model = sequential({ ...config, units: 32 });
  assert.deepEqual(await model.loadWeights(files['w.npz'] as Uint8Array), { vocabulary: read.vocabulary });
  const { vocabulary } = read;
  // biome-ignore lint/suspicious/noExplicitAny: these calls are wrong on purpose.
  const save = (change: any) => thrown(() => model.saveWeights({ vocabulary: { ...vocabulary, ...change } }));
  const tokens = vocabulary.tokens.slice(1);
  const cases: [object, RegExp][] = [
    [{ tokens }, /^saveWeights: the vocabulary has 29 tokens: expected 30, the outputs of the network$/],
    [{ tokens: ['two words', ...tokens] }, /^saveWeights: vocabulary\.tokens\[0\] is "two words": expected a token/],
    [{ unit: 'letters' }, /^saveWeights: vocabulary\.unit is "letters": expected "words" or "characters"$/],
  ];
  for (const [change, message] of cases) assert.match((await save(change)).message, message);
  const foreign = sequential({ units: 2, timesteps: 3 });
  assert.match(
    (await thrown(() => foreign.saveNpz({ series: {} as never }))).message,
    /^saveNpz: series\.inputs is undefined: expected an array of names$/,
  );
});
