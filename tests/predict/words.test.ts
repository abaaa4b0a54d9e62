// The order of questions, the response to a guess, and the format of numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  moreEpochs,
  nextQuestion,
  objection,
  pick,
  QUESTIONS,
  type QuestionName,
} from '../../web/figures/predict/question.ts';
import { full } from '../../web/shared/format.ts';
import { verdictOf } from '../../web/figures/predict/answer-text.ts';
import { ask, asked, stateOf } from './support.ts';

test('all suitable questions are asked in turn, and then the first again', () => {
  const round = (setting: Parameters<typeof nextQuestion>[1]): QuestionName[] => {
    const met: QuestionName[] = [];
    for (let now = nextQuestion('none', setting); !met.includes(now); now = nextQuestion(now, setting)) met.push(now);
    return met;
  };
  assert.deepEqual(round(stateOf({ task: 'random' })), [...QUESTIONS]);
  assert.deepEqual(
    round(stateOf()),
    QUESTIONS.filter((name) => name !== 'luck'),
  );
  assert.deepEqual(round(stateOf({ steps: 1 })), ['input', 'loop', 'length', 'term', 'feature']);
});

test('no question requires a run that takes too long', () => {
  assert.equal(moreEpochs(stateOf()), 400);
  assert.equal(moreEpochs(stateOf({ epochs: 300 })), 1000);
  assert.equal(moreEpochs(stateOf({ epochs: 1000 })), 0);
  assert.equal(moreEpochs(stateOf({ units: 512, steps: 100 })), 0);
  assert.match(objection('luck', stateOf({ task: 'random', units: 512 })), /too long/);
  assert.match(objection('luck', stateOf()), /“random”/);
  assert.equal(objection('input', stateOf()), '');
});

test('if there is no suitable question, the figure says so', async () => {
  /* no bias yet, no W, and an input of zeros */
  const nothing = {
    initializer: 'zeros',
    at: 0,
    steps: 3,
    changes: [0, 1, 2].map((place) => [place, 0] as const),
  } as const;
  assert.match(String(await ask('term', stateOf(nothing))), /No sum of this network/);
  assert.match(
    String(await ask('luck', stateOf({ task: 'random', optimizer: 'sgd', activation: 'relu', rate: 1e6 }))),
    /diverges/,
  );
  assert.match(
    String(
      await ask(
        'input',
        stateOf({ samples: 10, steps: 1, changes: Array.from({ length: 10 }, (_, i) => [4096 * i, 20] as const) }),
      ),
    ),
    /no other value to try/,
  );
});

test('the choice depends only on sequence and seed, and every option is chosen by some', () => {
  const met = new Set<number>();
  for (let sample = 0; sample < 40; sample++) {
    const at = { sample, seed: 42 };
    assert.equal(pick(10, at, 1), pick(10, { ...at }, 1));
    met.add(pick(10, at, 1));
    assert.notDeepEqual(
      [0, 1, 2, 3].map((purpose) => pick(1000, at, purpose)),
      [0, 1, 2, 3].map(() => pick(1000, at, 0)),
    );
  }
  assert.deepEqual(
    [...met].sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
});

test('the response to a correct guess says so; to a wrong one it gives the answer and the mistake', async () => {
  const question = await asked('length', stateOf());
  assert.deepEqual(verdictOf(question, 'same'), {
    right: true,
    mark: 'Right.',
    words: '“As many: 89” is the answer.',
    reply: '',
  });
  const wrong = verdictOf(question, 'double');
  assert.deepEqual([wrong.right, wrong.mark, wrong.words], [false, 'Not this time.', '“As many: 89” is the answer.']);
  assert.match(wrong.reply, /drawn again/);
});

test('numbers are written with all their digits', () => {
  for (const value of [0.1, -0.37, 1 / 3, 123456.7, -1.25e-9, 6.02e23].map(Math.fround)) {
    const read = full(value)
      .replace('−', '-')
      .replace(
        /·10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
        (_, minus: string, digits: string) =>
          `e${minus && '-'}${[...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('')}`,
      );
    assert.equal(Math.fround(Number(read)), value, full(value));
  }
  assert.deepEqual([full(-0), full(0), full(Number.POSITIVE_INFINITY), full(-0.5)], ['0', '0', '∞', '−0.5']);
});

/** All that a question says, before and after its answer. */
const saidBy = ({ text, choices, numbers, why }: Exclude<Awaited<ReturnType<typeof ask>>, string>): string =>
  [text, ...choices.map(({ words, reply }) => `${words} ${reply ?? ''}`), ...numbers, why].join('\n');

test('questions name features and classes that have names, with units', async () => {
  const quantities = [
    { name: 'temperature', unit: '°C', digits: 1, mean: 10, deviation: 8 },
    { name: 'wind', unit: 'm/s', digits: 1, mean: 4, deviation: 1 },
  ];
  const weather = { quantities, target: quantities[0]! };
  const words = { tokens: ['the', 'cat', 'sat', 'on', 'a', 'mat', '.', 'dog'] };
  const all: string[] = [];
  for (const name of QUESTIONS) {
    const [numbers, classes] = [
      await ask(name, stateOf({ task: 'adding', epochs: 2 }), weather),
      await ask(name, stateOf({ task: 'order', steps: 20, epochs: 2 }), words),
    ];
    for (const made of [numbers, classes]) if (typeof made !== 'string') all.push(saidBy(made));
  }
  const said = all.join('\n');
  assert.doesNotMatch(said, /\bclass \d/);
  assert.doesNotMatch(said, /x[₀-₉]+\[\d+\](?! \()/);
  assert.match(said, /(Temperature|Wind) at time step \d+ is [−\d.]+ (°C|m\/s)\. If it were [−\d.]+ (°C|m\/s),/);
  assert.match(said, /ŷ = [−\d.]+ °C/);
  assert.match(said, /p\(“\w+”\) = [\d.]+/);
  assert.match(said, /the right word is “\w+”/);
});
