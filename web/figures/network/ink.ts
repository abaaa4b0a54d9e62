/** The page's colors for the canvases. */

import { type Rgb, valueScale } from './color-scale.ts';
import type { Ink } from './cell-painting.ts';

/** The custom properties that the canvases need. The browser resolves them on hidden elements of the class `probe`. */
export const TOKENS = ['neg', 'zero', 'pos', 'error', 'ink', 'line', 'paper', 'select', 'u', 'w', 'v', 'b'] as const;

/** The present colors. The color scale is made again only if they have changed. */
export class Inks {
  #ink: Ink | undefined;
  #tokens = '';

  read(host: HTMLElement): Ink {
    const probes = [...(host.shadowRoot?.querySelectorAll('.probe') ?? [])].map(
      (probe) => getComputedStyle(probe).color,
    );
    const tokens = probes.join('|');
    if (this.#ink && tokens === this.#tokens) return this.#ink;
    this.#tokens = tokens;
    const color = Object.fromEntries(TOKENS.map((name, k) => [name, probes[k]])) as Record<
      (typeof TOKENS)[number],
      string
    >;
    const { ink, line, paper, select, u, w, v, b } = color;
    const scale = valueScale(bytesOf(color.neg), bytesOf(color.zero), bytesOf(color.pos), bytesOf(color.error));
    this.#ink = { scale, ink, line, paper, select, font: getComputedStyle(host).fontFamily, roles: { u, w, v, b } };
    return this.#ink;
  }
}

/** The bytes of a CSS color, computed by the browser. */
function bytesOf(color: string): Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const g = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  g.fillStyle = color;
  g.fillRect(0, 0, 1, 1);
  const [r, green, b] = g.getImageData(0, 0, 1, 1).data;
  return [r ?? 0, green ?? 0, b ?? 0];
}
