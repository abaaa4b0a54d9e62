/** Images with one pixel per cell as vector graphics: one path per color. */

import { place, type Matrix } from './path.ts';
import { element, short } from './xml.ts';

export interface Pixels {
  width: number;
  height: number;
  /** r g b a, row by row. */
  data: ArrayLike<number>;
}

/** The image drawn at (x, y) with size width × height. Neighboring cells of one color become one rectangle. */
export function cells(pixels: Pixels, m: Matrix, x: number, y: number, width: number, height: number): string {
  const pathOf = new Map<number, string>();
  const [wide, tall] = [width / pixels.width, height / pixels.height];
  const color = (row: number, column: number): number => {
    const at = 4 * (row * pixels.width + column);
    const byte = (k: number): number => pixels.data[at + k] as number;
    return byte(3) === 0 ? -1 : (byte(0) << 16) | (byte(1) << 8) | byte(2);
  };
  for (let row = 0; row < pixels.height; row++) {
    for (let column = 0, next = 0; column < pixels.width; column = next) {
      const own = color(row, column);
      for (next = column + 1; next < pixels.width && color(row, next) === own; ) next++;
      if (own < 0) continue;
      const [left, top] = place(m, x + column * wide, y + row * tall);
      const [right, bottom] = place(m, x + next * wide, y + (row + 1) * tall);
      pathOf.set(
        own,
        `${pathOf.get(own) ?? ''}M${short(left)} ${short(top)}H${short(right)}V${short(bottom)}H${short(left)}Z`,
      );
    }
  }
  const paths = [...pathOf].map(([own, d]) => element('path', { fill: `#${own.toString(16).padStart(6, '0')}`, d }));
  // Without this, seams of the background would be visible between cells.
  return paths.length > 0 ? element('g', { 'shape-rendering': 'crispEdges' }, paths.join('')) : '';
}
