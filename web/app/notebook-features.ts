/** What only the notebook's page has beside its figures: its cells. Other pages do not load it. */

import { NotebookCells } from '../features/notebook-cells.ts';
import type { App } from './app.ts';

export { NOTEBOOK_VALUES as values } from './notebook-values.ts';

export function cells(app: App): void {
  if (app.parts.find('rnn-code-cell')) new NotebookCells(app);
}
