// Is every number written as the page promises?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber, scientific } from '../../web/format.ts';

test('a true minus sign, never a negative zero, and words for what is no number', () => {
  assert.equal(formatNumber(-0.001), '0.00');
  assert.equal(formatNumber(-1.005, 1), '−1.0');
  assert.equal(formatNumber(Number.NaN), 'NaN');
  assert.equal(formatNumber(Number.NEGATIVE_INFINITY), '−∞');
});

test('what explodes stays readable', () => {
  assert.equal(formatNumber(-7.531946680553937e19, 3), '−7.5·10¹⁹');
  assert.equal(formatNumber(999_999_999, 0), '999999999');
  assert.equal(formatNumber(1e9, 2), '1.0·10⁹');
  assert.equal(scientific(-2.5e-7), '−2.5·10⁻⁷');
});
