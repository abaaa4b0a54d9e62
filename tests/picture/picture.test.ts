// The SVG of a picture must contain what was drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cells } from '../../web/picture/pixel-paths.ts';
import { parseFont } from '../../web/picture/fonts.ts';
import { type Call, type Matrix, pathData, rectData, scaleOf } from '../../web/picture/path.ts';
import { element, escape, short } from '../../web/picture/xml.ts';

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const call = (name: string, numbers: number[], matrix: Matrix = IDENTITY): Call => ({ name, numbers, matrix });

test('the markup is well formed with any text', () => {
  const text = `a < b && "c" > 'd' \u0000\u0007\ud835\udc9f −0`;
  assert.equal(escape(text), "a &lt; b &amp;&amp; &quot;c&quot; &gt; 'd' \ud835\udc9f −0");
  assert.equal(
    element('text', { x: 1 / 3, y: -0.001, fill: '"', none: undefined }, 'x'),
    '<text x="0.33" y="0" fill="&quot;">x</text>',
  );
  assert.equal(short(-0), '0');
});

test('a path is transformed by the canvas’s transformation at the time of each call', () => {
  const calls = [call('moveTo', [1, 2]), call('lineTo', [3, 4], [2, 0, 0, 2, 10, 20]), call('closePath', [])];
  assert.equal(pathData(calls), 'M1 2L16 28Z');
  assert.equal(rectData([1, 0, 0, 1, 5, 5], [0, 0, 2, 3]), 'M5 5L7 5L7 8L5 8Z');
  assert.equal(rectData([0, 2, -2, 0, 3, 4], [0, 0, 1, 2]), 'M3 4L3 6L-1 6L-1 4Z');
  assert.equal(scaleOf([0, 2, -2, 0, 3, 4]), 2);
  assert.equal(pathData([call('closePath', [])]), '');
  assert.equal(pathData([call('lineTo', [1, 2]), call('bezierCurveTo', [1, 2, 3, 4, 5, 6])]), 'M1 2C1 2 3 4 5 6');
  assert.equal(pathData([call('moveTo', [0, 0]), call('lineTo', [Number.NaN, 1]), call('lineTo', [2, 2])]), 'M0 0L2 2');
});

test('every cell is covered once, by its own color', () => {
  const [width, height] = [5, 4];
  const shade = (row: number, column: number): number[] =>
    row === 1 && column < 2 ? [0, 0, 0, 0] : [(row * 3 + column) % 3, 0, 200, 255];
  const data = Array.from({ length: width * height }, (_, k) => shade(Math.floor(k / width), k % width)).flat();
  const markup = cells({ width, height, data }, [2, 0, 0, 2, 1, 1], 10, 20, 10 * width, 5 * height);
  const painted = new Map<string, string>();
  for (const [, fill, d] of markup.matchAll(/fill="([^"]*)" d="([^"]*)"/g)) {
    for (const [, ...box] of (d as string).matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+Z/g)) {
      const [left, top, right, bottom] = box.map(Number) as [number, number, number, number];
      for (let x = left; x < right; x += 20) {
        for (let y = top; y < bottom; y += 10) {
          const cell = `${(y - 41) / 10} ${(x - 21) / 20}`;
          assert.ok(!painted.has(cell), `${cell} twice`);
          painted.set(cell, fill as string);
        }
      }
    }
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [r, , b, a] = shade(row, column) as [number, number, number, number];
      assert.equal(painted.get(`${row} ${column}`), a ? `#0${r}00${b.toString(16)}` : undefined);
    }
  }
});

test('fonts of a canvas are kept', () => {
  assert.deepEqual(parseFont('italic 600 12.5px "STIX Two Math", serif'), {
    style: 'italic',
    weight: '600',
    size: 12.5,
    family: '"STIX Two Math", serif',
  });
  assert.deepEqual(parseFont('10px sans-serif'), { style: 'normal', weight: '400', size: 10, family: 'sans-serif' });
  assert.deepEqual(parseFont('bold 9px / 12px a, b'), { style: 'normal', weight: 'bold', size: 9, family: 'a, b' });
});
