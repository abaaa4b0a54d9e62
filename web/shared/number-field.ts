/**
 * What fields for numbers share. A decimal comma that is typed where the browser knows the point alone would be left
 * out, and 0,1 would be 1; and a field shows its whole number, however long it is.
 */

import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

const KNOWN = (1.5).toLocaleString().includes(',');

/** For `beforeinput` of a field for numbers: a point comes in its place. A browser that takes commas is left alone. */
export function replaceComma(event: InputEvent): void {
  if (KNOWN || event.data !== ',') return;
  event.preventDefault();
  document.execCommand(
    'insertText',
    false,
    '.',
  ); /* the one way into a field for numbers that has no selection to be set */
}

/**
 * Widens a field to its text: `<input type="number" ${roomFor(text)} .value=${text}>`. The style's own width is the
 * least; its `--field-frame` is what padding and arrows take.
 */
class RoomFor extends Directive {
  #hasListener = false;

  override render(_: string): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [text]: [string]): typeof noChange {
    const field = element as HTMLInputElement;
    if (!this.#hasListener) field.addEventListener('input', () => widen(field, field.value));
    this.#hasListener = true;
    widen(field, text);
    return noChange;
  }
}

function widen(field: HTMLInputElement, text: string): void {
  field.style.minWidth = `calc(${text.length + 1}ch + var(--field-frame, 3em))`;
}

export const roomFor = directive(RoomFor);
