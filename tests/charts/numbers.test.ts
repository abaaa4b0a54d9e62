// Every number must be written as the page promises.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortNumber } from '../../web/charts/number-text.ts';
import { tickTexts } from '../../web/charts/ticks.ts';
import {
  endTexts,
  exact,
  fieldText,
  formatNumber,
  full,
  grouped,
  probability,
  scientific,
} from '../../web/shared/format.ts';

/** The value of a text, as a reader understands it. */
function read(text: string): number {
  if (text.endsWith('∞')) return text.startsWith('−') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const plain = text.replaceAll('−', '-').replaceAll(',', '').replace('·10', 'e');
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return Number(plain.replace('⁻', '-').replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(digits.indexOf(digit))));
}

/** Floats of all magnitudes, including the smallest and the largest, always the same ones. */
function floats(): number[] {
  const made: number[] = [
    0, -0, 1, -1, 0.5, 1e-45, 1.17549435e-38, 3.4028234663852886e38, 999_999.96875, 1e6, 1e-4, 9.9999e-5,
  ];
  for (let power = -45; power <= 38; power++)
    for (const m of [1, 1.2, 2.5, 4.996, 7.777777, 9.9999999]) made.push(m * 10 ** power, -m * 10 ** power);
  return made.map(Math.fround).filter(Number.isFinite);
}

test('ordinary numbers have fixed decimals and a true minus sign, are never a negative zero, and have words if they are not finite', () => {
  const cases: [number, number, string][] = [
    [0, 3, '0.000'],
    [-0, 0, '0'],
    [0.5, 2, '0.50'],
    [-1.005, 1, '−1.0'],
    [99.97, 1, '100.0'],
    [285, 2, '285.00'],
    [Number.NaN, 2, 'NaN'],
    [Number.NEGATIVE_INFINITY, 2, '−∞'],
  ];
  for (const [value, digits, text] of cases) assert.equal(formatNumber(value, digits), text);
});

test('numbers that fixed decimals would hide keep their significant digits', () => {
  const cases: [number, number, string][] = [
    [0.00012, 3, '0.00012'],
    [Math.fround(0.00012), 4, '0.00012'],
    [-0.001, 2, '−0.001'],
    [0.0437, 2, '0.044'],
    [Math.fround(0.05), 2, '0.05'],
    [1.6e-5, 2, '1.6·10⁻⁵'],
    [-2.5e-7, 3, '−2.5·10⁻⁷'],
    [1e-45, 2, '1.0·10⁻⁴⁵'],
  ];
  for (const [value, digits, text] of cases) assert.equal(formatNumber(value, digits), text);
});

test('large numbers have separated thousands, and from 2³² on a power of ten', () => {
  const cases: [number, number, string][] = [
    [Math.fround(-12345.678), 3, '−12,345.678'],
    [Math.fround(1234.5678), 4, '1,234.568'],
    [999_999, 0, '999,999'],
    [1_767_232_000, 2, '1,767,232,000'],
    [1_767_318_400, 3, '1,767,318,400'],
    [2 ** 32, 2, '4.29·10⁹'],
    [1e38, 2, '1.0·10³⁸'],
    [-7.531946680553937e19, 3, '−7.53·10¹⁹'],
  ];
  for (const [value, digits, text] of cases) assert.equal(formatNumber(value, digits), text);
});

test('every float is written so that a reader knows its size, and only zero is written as zero', () => {
  for (const value of floats())
    for (let digits = 0; digits <= 6; digits++) {
      for (const text of [formatNumber(value, digits), scientific(value), shortNumber(value, digits)]) {
        const told = read(text);
        if (value === 0) assert.match(text, /^0(\.0+)?$/, text);
        else assert.ok(Math.abs(told - value) <= 0.051 * Math.abs(value), `${value} with ${digits} digits: ${text}`);
        assert.ok(text.length <= 14, text);
      }
      if (digits <= 4 && Math.abs(value) < 1e3)
        assert.ok(Math.abs(read(formatNumber(value, digits)) - value) <= 0.51 * 10 ** -digits, String(value));
    }
});

test('a field has the fewest digits that read back to the same float', () => {
  for (const value of floats()) {
    for (const text of [exact(value), fieldText(value)])
      assert.equal(Math.fround(Number(text)), value === 0 ? Number(text) : value, text);
    assert.equal(Math.fround(read(full(value))) + 0, value + 0, full(value));
  }
  assert.equal(fieldText(Math.fround(1e38)), '1e+38');
  assert.equal(fieldText(1767232000), '1767232000');
  assert.equal(fieldText(Math.fround(1.6e-5)), '0.000016');
  assert.equal(fieldText(-0), '0');
  assert.equal(fieldText(Number.NaN), '');
});

test('ticks of an axis differ from one another at every scale', () => {
  for (let power = -44; power <= 37; power++)
    for (const from of [0, -2, 3]) {
      const ticks = [0, 1, 2, 3].map((k) => (from + 0.5 * k) * 10 ** power);
      const texts = tickTexts(ticks);
      assert.equal(new Set(texts).size, ticks.length, texts.join(' '));
      ticks.forEach((tick, k) =>
        assert.ok(Math.abs(read(texts[k] as string) - tick) <= 1e-6 * Math.abs(tick), `${tick}: ${texts[k]}`),
      );
    }
});

test('a norm is written with significant digits, and zero without a power', () => {
  assert.deepEqual(endTexts([1767232000000, 1767232600000]), ['1.767232·10¹²', '1.767233·10¹²']);
  assert.deepEqual(endTexts([0, 0.5]), ['0', '0.50']);
  assert.deepEqual(tickTexts([1e38]), ['1·10³⁸']);
  assert.equal(scientific(0, 2), '0');
  assert.equal(scientific(-2.5e-7, 2), '−2.5·10⁻⁷');
  assert.equal(grouped(1234567), '1,234,567');
});

test('a probability has two or three digits, is the number itself to these, and never looks certain', () => {
  for (let p = 0; p <= 1; p += 1 / 9973) {
    const text = probability(p);
    const found = /^0\.(\d{2,3})$/.exec(text);
    if (!found) {
      assert.equal(text, p < 0.5 ? 'almost 0' : 'almost 1', `${p}`);
      assert.ok(Math.min(p, 1 - p) <= 0.0005, `${p} is ${text}`);
      continue;
    }
    const [, digits = ''] = found;
    assert.ok(Number(text) > 0 && Number(text) < 1, `${p} looks certain: ${text}`);
    assert.ok(Math.abs(Number(text) - p) <= 0.5 * 10 ** -digits.length + 1e-12, `${p} is not ${text}`);
  }
});
