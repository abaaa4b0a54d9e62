/** The labels at the ends of curves: where they stand, and how wide they are, without asking the browser for a layout. */

import { dodge } from './dodge.ts';
import { widest } from './number-text.ts';

export interface Label {
  /** Its look: a class of the element's style. */
  kind: string;
  value: string;
  name: string;
  /** The end of what it names, in CSS pixels of the plot. */
  x: number;
  y: number;
  /** Labels of one column make room for each other. */
  column: number;
}

/** Height of a label, and how far it stands from the end of its curve. */
export const LABEL_HEIGHT = 17;
export const LABEL_GAP = 12;

/** Where the middles of labels come to lie between top and bottom. */
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

/** Width of a text in CSS pixels, as if all its digits were the same. */
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
