/** CSS colors and gradients in the form of SVG 1.1: hexadecimal, with separate opacity. */

import { fromOklab, type Rgb, toOklab } from '../figures/network/color-scale.ts';

export interface Paint {
  color: string;
  opacity: number;
}

let brush: CanvasRenderingContext2D | undefined;
const known = new Map<string, readonly [number, number, number, number]>();

function onePixel(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  return canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
}

/** The bytes of a color in any CSS syntax, computed by the browser. */
function bytesOf(color: string): readonly [number, number, number, number] {
  let bytes = known.get(color);
  if (bytes) return bytes;
  brush ??= onePixel();
  // The opacity is read from the text, because the bytes of a half transparent pixel are not exact.
  const alpha = /(?:\/|,[^,]+,[^,]+,)\s*([\d.]+)(%?)\s*\)$/.exec(color);
  const part = alpha ? Number(alpha[1]) / (alpha[2] ? 100 : 1) : color === 'transparent' ? 0 : 1;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = alpha && part > 0 ? color.replace(/((?:\/|,[^,]+,[^,]+,)\s*)[\d.]+%?(\s*\))$/, '$11$2') : color;
  brush.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = brush.getImageData(0, 0, 1, 1).data;
  bytes = [r, g, b, part];
  known.set(color, bytes);
  return bytes;
}

const hex = (rgb: readonly number[]): string =>
  `#${rgb
    .slice(0, 3)
    .map((c) => c.toString(16).padStart(2, '0'))
    .join('')}`;

/** undefined if the color is invisible. */
export function paintOf(color: string): Paint | undefined {
  if (!color || color === 'none') return undefined;
  const bytes = bytesOf(color);
  return bytes[3] > 0 ? { color: hex(bytes), opacity: bytes[3] } : undefined;
}

/** fill and fill-opacity, or stroke and stroke-opacity. */
export function painted(
  name: 'fill' | 'stroke',
  paint: Paint | undefined,
  opacity = 1,
): Record<string, string | undefined> {
  if (!paint) return { [name]: 'none' };
  const seen = paint.opacity * opacity;
  return { [name]: paint.color, [`${name}-opacity`]: seen < 1 ? String(Math.round(seen * 1000) / 1000) : undefined };
}

/** Splits at commas outside of parentheses. */
function split(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

/** SVG interpolates in sRGB only, so this many stops are added between two colors that are interpolated in Oklab. */
const BETWEEN = 8;

/**
 * The stops of a computed linear-gradient() from left to right with evenly spaced colors, or undefined for any other
 * gradient.
 */
export function stopsOf(image: string): { offset: number; color: string }[] | undefined {
  const inside = /^linear-gradient\((.*)\)$/.exec(image)?.[1];
  if (!inside) return undefined;
  const [first = '', ...rest] = split(inside);
  if (!/^(to right|90deg)/.test(first)) return undefined;
  const ends = rest.map((color) => bytesOf(color).slice(0, 3) as unknown as Rgb);
  const oklab = first.includes('oklab');
  const mix = (a: Rgb, b: Rgb, part: number): Rgb => {
    const [from, to] = oklab ? [toOklab(a), toOklab(b)] : [a, b];
    const mixed = from.map((c, k) => c + ((to[k] as number) - c) * part) as unknown as Rgb;
    return oklab ? fromOklab(mixed) : (mixed.map(Math.round) as unknown as Rgb);
  };
  const count = (ends.length - 1) * BETWEEN;
  return Array.from({ length: count + 1 }, (_, k) => {
    const place = Math.min(ends.length - 2, Math.floor(k / BETWEEN));
    return { offset: k / count, color: hex(mix(ends[place] as Rgb, ends[place + 1] as Rgb, k / BETWEEN - place)) };
  });
}
