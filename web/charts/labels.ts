/** The labels at the ends of curves: real text over the canvas, moved without asking the browser for a layout. */

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

interface Shown {
  box: HTMLElement;
  value: HTMLElement;
  name: Text;
  place: string;
}

export class Labels {
  #pool: Shown[] = [];
  #parent: HTMLElement;

  constructor(parent: HTMLElement) {
    this.#parent = parent;
  }

  /** Shows exactly these, between top and bottom; returns where their middles came to lie. */
  place(labels: readonly Label[], top: number, bottom: number): number[] {
    const middles = columns(labels, top, bottom);
    labels.forEach((label, i) => {
      const shown = this.#pool[i] ?? this.#create();
      set(shown.box, 'className', `label ${label.kind}`);
      set(shown.value, 'textContent', label.value);
      const name = label.value && label.name ? `\u2009 ${label.name}` : label.name;
      if (shown.name.data !== name) shown.name.data = name;
      const place = `translate(${(label.x + LABEL_GAP).toFixed(1)}px, ${((middles[i] as number) - LABEL_HEIGHT / 2).toFixed(1)}px)`;
      if (shown.place !== place) shown.box.style.transform = shown.place = place;
      if (shown.box.hidden) shown.box.hidden = false;
    });
    for (let i = labels.length; i < this.#pool.length; i++) (this.#pool[i] as Shown).box.hidden = true;
    return middles;
  }

  #create(): Shown {
    const box = document.createElement('div');
    const value = document.createElement('b');
    const name = document.createTextNode('');
    box.append(value, name);
    this.#parent.append(box);
    const shown = { box, value, name, place: '' };
    this.#pool.push(shown);
    return shown;
  }
}

function columns(labels: readonly Label[], top: number, bottom: number): number[] {
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

function set<Key extends 'className' | 'textContent'>(node: HTMLElement, key: Key, text: string): void {
  if (node[key] !== text) node[key] = text;
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
