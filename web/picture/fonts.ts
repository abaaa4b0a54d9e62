/** Fonts: CSS fonts as SVG attributes, and the height of a text above its baseline. */

import type { Attributes } from './xml.ts';

export interface Font {
  style: string;
  weight: string;
  /** In pixels. */
  size: number;
  family: string;
}

/** The font of a computed style. */
export const fontOf = (style: CSSStyleDeclaration): Font => ({
  style: style.fontStyle,
  weight: style.fontWeight,
  size: Number.parseFloat(style.fontSize),
  family: style.fontFamily,
});

/** The font in a canvas's `font`. */
export function parseFont(font: string): Font {
  const [, before = '', size = '10', family = 'sans-serif'] =
    /^(.*?)\s*([\d.]+)px(?:\s*\/\s*\S+)?\s+(.*)$/.exec(font) ?? [];
  const words = before.split(/\s+/);
  return {
    style: words.find((word) => word === 'italic' || word === 'oblique') ?? 'normal',
    weight: words.find((word) => word === 'bold' || /^\d+$/.test(word)) ?? '400',
    size: Number(size),
    family,
  };
}

export const fontAttributes = ({ style, weight, size, family }: Font): Attributes => ({
  'font-family': family.replaceAll('"', "'"),
  'font-size': size,
  'font-style': style === 'normal' ? undefined : style,
  'font-weight': weight === '400' || weight === 'normal' ? undefined : weight,
});

let gauge: CanvasRenderingContext2D | null | undefined;
const reaches = new Map<string, { above: number; below: number }>();

/** The extent of a font above and below its baseline, in pixels. */
export function fontExtent({ style, weight, size, family }: Font): { above: number; below: number } {
  const font = `${style} ${weight} ${size}px ${family}`;
  let reach = reaches.get(font);
  if (!reach) {
    gauge ??= document.createElement('canvas').getContext('2d');
    if (!gauge) return { above: 0.93 * size, below: 0.24 * size };
    gauge.font = font;
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = gauge.measureText('x');
    reach = { above, below };
    reaches.set(font, reach);
  }
  return reach;
}
