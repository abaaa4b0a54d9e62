// The SVG of a picture must contain what was drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cells } from '../../web/picture/pixel-paths.ts';
import { parseFont } from '../../web/picture/fonts.ts';
import { type Call, IDENTITY, type Matrix, pathData, place, scaleOf } from '../../web/picture/path.ts';
import { element, escape, short } from '../../web/picture/xml.ts';

const call = (name: string, numbers: number[], matrix: Matrix = IDENTITY): Call => ({ name, numbers, matrix });
/** The numbers of path data, in order. */
const numbers = (data: string): number[] => (data.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

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
  assert.equal(pathData([call('rect', [0, 0, 2, 3])], [1, 0, 0, 1, 5, 5]), 'M5 5L7 5 7 8 5 8Z');
  assert.equal(pathData([call('lineTo', [1, 2]), call('bezierCurveTo', [1, 2, 3, 4, 5, 6])]), 'M1 2C1 2 3 4 5 6');
  assert.equal(pathData([call('moveTo', [0, 0]), call('lineTo', [Number.NaN, 1]), call('lineTo', [2, 2])]), 'M0 0L2 2');
});

test('transformations are combined as on a canvas: the outer one last', () => {
  const [inner, outer]: Matrix[] = [
    [0, 2, -2, 0, 3, 4],
    [3, 0, 0, 3, 7, 8],
  ] as unknown as [Matrix, Matrix];
  const [x, y] = place(outer as Matrix, ...place(inner as Matrix, 5, 6));
  assert.deepEqual(numbers(pathData([call('moveTo', [5, 6], inner)], outer)), [x, y]);
  assert.equal(scaleOf(inner as Matrix), 2);
});

test('arcs end where the canvas ends them, in either direction', () => {
  const quarter = pathData([call('arc', [10, 10, 4, 0, Math.PI / 2, 0])]);
  assert.equal(quarter, 'M14 10A4 4 0 0 1 10 14');
  const rest = pathData([call('arc', [10, 10, 4, 0, Math.PI / 2, 1])]);
  assert.equal(rest, 'M14 10A4 4 0 1 0 10 14');
  const whole = pathData([call('moveTo', [14, 10]), call('arc', [10, 10, 4, 0, 2 * Math.PI])]);
  assert.equal(whole, 'M14 10L14 10A4 4 0 0 1 6 10A4 4 0 0 1 14 10');
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
