/** A symbol that can be asked for its meaning. A page that has no `<rnn-symbol>` shows the symbol alone. */

import { html, type TemplateResult } from 'lit';
import type { Sizes, TermName } from './vocabulary.ts';

/** Symbols that stand in one `[data-symbols]` are one stop of the Tab key; arrow keys move among them. */
export const explained = (term: TermName, sizes: Sizes, content: unknown): TemplateResult =>
  html`<rnn-symbol term=${term} .sizes=${sizes}>${content}</rnn-symbol>`;

/** Can symbols be asked on this page? */
export const canAsk = (): boolean => globalThis.customElements?.get('rnn-symbol') !== undefined;
