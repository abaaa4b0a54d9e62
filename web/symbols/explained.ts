/** A symbol with a tooltip that explains it. On a page without `<rnn-symbol>` only the symbol is shown. */

import { html, type TemplateResult } from 'lit';
import type { Sizes, TermName } from './vocabulary.ts';

/** The symbols inside one `[data-symbols]` share one stop of the Tab key, and arrow keys move among them. */
export const explained = (term: TermName, sizes: Sizes, content: unknown): TemplateResult =>
  html`<rnn-symbol term=${term} .sizes=${sizes}>${content}</rnn-symbol>`;

/** Does this page have tooltips for symbols? */
export const canAsk = (): boolean => globalThis.customElements?.get('rnn-symbol') !== undefined;
