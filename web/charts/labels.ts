/**
 * The labels at the ends of curves. Their widths are measured on a canvas, which does not force the browser to lay out
 * the page.
 */

import { dodge } from './dodge.ts';
import { widest } from './number-text.ts';

export interface Label {
  /** A class of the element's style sheet. */
  kind: string;
  value: string;
  name: string;
  /** The end of the labeled line, in CSS pixels of the plot. */
  x: number;
  y: number;
  /** Labels in the same column are moved apart. */
  column: number;
}

/** The height of a label, and its distance from the end of its curve, in CSS pixels. */
export const LABEL_HEIGHT = 17;
export const LABEL_GAP = 12;

/** The middles of the labels between top and bottom, without overlap. */
export function middlesOf(labels: readonly Label[], top: number, bottom: number): number[] {
  const middles = labels.map((l) => l.y);
  for (const column of new Set(labels.map((l) => l.column))) {
    const places = labels.flatMap((l, i) => (l.column === column ? [i] : []));
    const moved = dodge(
      places.map((i) => middles[i] as number),
      LABEL_HEIGHT,
      top,
      bottom,
    );
    places.forEach((i, k) => {
      middles[i] = moved[k] as number;
    });
  }
  return middles;
}

const widths = new Map<string, number>();
let measure: CanvasRenderingContext2D | null | undefined;

/**
 * The width of a text in CSS pixels with all digits counted as equally wide, so that it does not change with the
 * number.
 */
export function textWidth(text: string, font: string): number {
  const key = font + widest(text);
  let width = widths.get(key);
  if (width === undefined) {
    measure ??= document.createElement('canvas').getContext('2d');
    if (!measure) return 7 * text.length;
    measure.font = font;
    width = measure.measureText(widest(text)).width;
    widths.set(key, width);
  }
  return width;
}
