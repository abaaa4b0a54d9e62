/** Sentences that more than one page says. */

import type { Divergence } from '../wasm/js/types.ts';
import { grouped } from './format.ts';

export const milliseconds = (value: number): string => (value < 9.95 ? value.toFixed(1) : value.toFixed(0));

/** Where a training stopped for good. `batches`: of an epoch. */
export function divergence({ what, epoch, batch }: Divergence, batches: number): string {
  const name = { loss: 'the loss', weight: 'a weight', 'validation loss': 'the validation loss' }[what];
  const kept = epoch === 1 ? '' : epoch === 2 ? ' The epoch before it is kept.' : ` The ${epoch - 1} epochs before it are kept.`;
  return `Training diverged: in epoch ${epoch}, batch ${batch} (update ${grouped((epoch - 1) * batches + batch)}), ${name} was no longer a finite number.${kept}`;
}

/** What the core says of its tasks; the build of another language brings its words for it. */
declare const CORE_WORDS: Readonly<Record<string, string>>;
const said = typeof CORE_WORDS === 'undefined' ? {} : CORE_WORDS;
export const told = (sentence: string): string => said[sentence] ?? sentence;
