/** Sentences that more than one page says. */

import type { Divergence } from '../wasm/js/types.ts';

export const milliseconds = (value: number): string => (value < 9.95 ? value.toFixed(1) : value.toFixed(0));

/** Where a training stopped for good. */
export function divergence({ what, epoch, batch }: Divergence): string {
  const name = what === 'weight' ? 'a weight' : `the ${what}`;
  const kept = epoch === 1 ? '' : epoch === 2 ? ' The epoch before it is kept.' : ` The ${epoch - 1} epochs before it are kept.`;
  return `Training diverged: in epoch ${epoch}, batch ${batch}, ${name} was no longer a finite number.${kept}`;
}
