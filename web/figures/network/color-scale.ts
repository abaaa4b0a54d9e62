/**
 * The color scale of values from negative through zero to positive. Colors are mixed in Oklab so that equal steps look
 * equal (Ottosson 2020).
 */

export type Rgb = readonly [number, number, number];

const toLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const toGamma = (c: number): number => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

/** Converts sRGB bytes to Oklab. */
export function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((c) => toLinear(c / 255)) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Converts Oklab to sRGB bytes, clipped to the range of the screen. */
export function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((c) => Math.round(255 * Math.min(1, Math.max(0, toGamma(Math.max(c, 0)))))) as unknown as Rgb;
}

export interface ValueScale {
  /** 255 colors as bytes r g b. The middle one is zero. */
  bytes: Uint8ClampedArray;
  /** The same colors in CSS syntax. */
  css: string[];
  /** The color of a value that is not finite. */
  broken: Rgb;
}

const COLORS = 255;
const MIDDLE = 127;

export function valueScale(negative: Rgb, zero: Rgb, positive: Rgb, broken: Rgb): ValueScale {
  const [low, middle, high] = [toOklab(negative), toOklab(zero), toOklab(positive)];
  const bytes = new Uint8ClampedArray(3 * COLORS);
  const css: string[] = [];
  for (let i = 0; i < COLORS; i++) {
    const end = i < MIDDLE ? low : high;
    const part = Math.abs(i - MIDDLE) / MIDDLE;
    const color = fromOklab(middle.map((c, k) => c + ((end[k] as number) - c) * part) as unknown as Rgb);
    bytes.set(color, 3 * i);
    css.push(`rgb(${color.join(' ')})`);
  }
  return { bytes, css, broken };
}

/** The index of a value on a scale from −limit to limit, or −1 if the value is not finite. */
export function shade(value: number, limit: number): number {
  if (!Number.isFinite(value)) return -1;
  const away = Math.round(Math.min(1, Math.abs(value) / limit) * MIDDLE);
  return value < 0 ? MIDDLE - away : MIDDLE + away;
}

export function colorOf(scale: ValueScale, value: number, limit: number): string {
  const place = shade(value, limit);
  return place < 0 ? `rgb(${scale.broken.join(' ')})` : (scale.css[place] as string);
}

/** Black or white, whichever has more contrast on the color of the value (contrast ratio of WCAG). */
export function inkOn(scale: ValueScale, value: number, limit: number): string {
  const place = shade(value, limit);
  const at = (k: number): number => (place < 0 ? (scale.broken[k] as number) : (scale.bytes[3 * place + k] as number));
  const light = 0.2126 * toLinear(at(0) / 255) + 0.7152 * toLinear(at(1) / 255) + 0.0722 * toLinear(at(2) / 255);
  return light > 0.179 ? '#000' : '#fff';
}
