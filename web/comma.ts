/** A decimal comma, typed where the browser knows the point alone: left out, 0,1 would be 1. */

const KNOWN = (1.5).toLocaleString().includes(',');

/** For `beforeinput` of a field for numbers: a point comes in its place. A browser that takes commas is left alone. */
export function onComma(event: InputEvent): void {
  if (KNOWN || event.data !== ',') return;
  event.preventDefault();
  document.execCommand('insertText', false, '.'); /* the one way into a field for numbers that has no selection to be set */
}
