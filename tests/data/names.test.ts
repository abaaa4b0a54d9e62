// What features, targets and classes are called, and how their values are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText } from '../../web/figures/predict/answer-text.ts';
import { wordLines } from '../../web/figures/data/grid.ts';
import { sentence, shortWords, wordsOf } from '../../web/figures/data/sequences.ts';
import {
  className,
  featureCell,
  featureHead,
  featureName,
  featureText,
  namesOf,
  quantityField,
  quantityText,
  shortened,
  standardized,
  targetText,
  wordAt,
  wordsRead,
} from '../../web/shared/data-names.ts';
import type { Quantity } from '../../web/shared/shared-sentences.ts';

const temperature: Quantity = { name: 'temperature', unit: '°C', digits: 1, mean: 10, deviation: 8 };
const rain: Quantity = { name: 'rain', unit: '', digits: 2, mean: 1, deviation: 0.5 };
const weather = { quantities: [temperature, rain], target: temperature };
const words = { tokens: ['the', 'cat', '.'] };

test('a value of a quantity is in its unit, rounded as it is written', () => {
  assert.equal(quantityText(temperature, 0.5), '14.0 °C');
  assert.equal(quantityText(temperature, 0.5, false), '14.0');
  assert.equal(quantityText(rain, 2), '2.00');
  /* a 32-bit number that stands for 0 °C is no exact 0 */
  assert.equal(quantityText(temperature, Math.fround(-1.25) + 1e-8), '0.0 °C');
  assert.equal(quantityText(temperature, Number.NaN), 'NaN °C');
  assert.equal(quantityField(temperature, Math.fround(-1.25) - 1e-8), '0');
  assert.equal(featureText(weather, 1, 2), '2.00');
  assert.equal(featureCell(weather, 0, 0.5), '14.0');
  assert.equal(targetText(weather, -1, 3), '2.0 °C');
});

test('values that are far smaller than the decimals are written with digits of their own', () => {
  const tiny: Quantity = { name: 'force', unit: 'N', digits: 4, mean: 0, deviation: 1e-7 };
  assert.equal(quantityText(tiny, 1.5), '1.5·10⁻⁷ N');
});

test('a typed value is the standardized number that stands for it', () => {
  for (const value of [-12.8, 0, 10, 33.2]) {
    const number = standardized(temperature, value);
    assert.equal(quantityField(temperature, number), String(value));
  }
  assert.equal(standardized({ ...temperature, deviation: 0 }, 12), 2);
});

test('features and classes have the names of the data, or their numbers', () => {
  assert.equal(featureName(weather, 0), 'temperature');
  assert.equal(featureHead(weather, 0), 'temperature (°C)');
  assert.equal(featureHead(weather, 1), 'rain');
  assert.equal(featureName(words, 1), '“cat”');
  assert.equal(featureName({}, 1), undefined);
  assert.equal(className(words, 2), '“.”');
  assert.equal(className({}, 2), 'class 2');
  assert.deepEqual(namesOf(undefined), { quantities: undefined, target: undefined, tokens: undefined });
});

test('the word of a time step is the one whose feature is 1', () => {
  const x = [0, 1, 0, 1, 0, 0, 0.5, 0, 0, 1, 1, 0];
  const read = [1, 2, 3, 4].map((t) => wordAt(words, x, 3, t));
  assert.deepEqual(read, ['cat', 'the', undefined, undefined]);
  assert.deepEqual(wordsRead(words, { timesteps: 4, layers: [{ features: 3, x }] }), read);
  assert.deepEqual(wordsRead(words, { timesteps: 4, layers: [{ features: 2, x }] }), []);
  assert.deepEqual(wordsRead({}, { timesteps: 4, layers: [{ features: 3, x }] }), []);
});

test('a long name is cut to so many letters', () => {
  assert.equal(shortened('temperature', 11), 'temperature');
  assert.equal(shortened('temperature', 7), 'temper…');
  assert.equal(shortened('a bc', 3), 'a…');
});

const data = {
  ...{ x: [0.5, 2], y: [0.5], timesteps: 1, features: 2, predictions: [-1], outputs: 1, loss: 'mean_squared_error' },
  ...{ classes: [], right: [] },
};

test('the cards and their sentence have units', () => {
  const named = { ...data, names: weather };
  assert.deepEqual(shortWords(named, 0), { target: '14.0 °C', answer: '2.0 °C', mark: '' });
  assert.equal(sentence(named, 0), 'sequence 0 of 0 to 0, y = 14.0 °C, answer 2.0 °C');
  assert.equal(sentence(data, 0), 'sequence 0 of 0 to 0, y = 0.50, answer −1');
});

test('a card of words shows as many of them as fit', () => {
  const text = { ...data, names: words, x: [1, 0, 0, 0, 1, 0, 0, 0, 2], y: [1, 2, 0], timesteps: 3, features: 3 };
  assert.deepEqual(wordsOf(text, 0), ['the', 'cat', '…']);
  assert.equal(sentence(text, 0), 'sequence 0 of 0 to 0, the cat …');
  assert.equal(wordsOf(data, 0), undefined);
  assert.deepEqual(wordLines(['the', 'cat', 'sat'], 210), ['the cat sat']);
  assert.deepEqual(wordLines(['the', 'cats', 'sat', 'on', 'the', 'mat', 'of', 'it'], 90), ['the cats', 'sat on th…']);
});

test('the answer to a question says the word or the unit', () => {
  const answer = Float32Array.of(0.25, 0.5, 0.25);
  assert.equal(answerText('class', { answer, class: 1 }, words), 'p(“cat”) = 0.5');
  assert.equal(answerText('class', { answer, class: 1 }), 'p(class 1) = 0.5');
  assert.equal(answerText('value', { answer, class: undefined }, weather), 'ŷ = 12.0 °C');
});
