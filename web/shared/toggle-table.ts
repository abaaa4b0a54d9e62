/** The table below a figure, inside a <details> element whose state is the figure's property `open`. */

import { emit } from './events.ts';

/** Listener of the <details> element's `toggle` event in a figure's template. Lit calls it with the figure as `this`. */
export function toggleTable(this: HTMLElement & { open: boolean }, event: Event): void {
  const { open } = event.target as HTMLDetailsElement;
  if (open === this.open) return;
  this.open = open;
  emit(this, 'rnn-open', { open });
}
