/** The places in index.html that the code fills, by id, with their types. */

import type { RnnCell } from '../elements/rnn-cell.ts';
import type { RnnCompare } from '../elements/rnn-compare.ts';
import type { RnnCurves } from '../elements/rnn-curves.ts';
import type { RnnNetwork } from '../elements/rnn-network.ts';
import type { RnnScatter } from '../elements/rnn-scatter.ts';
import type { RnnTraining } from '../elements/rnn-training.ts';
import type { TABLE } from '../state/notebook.ts';
import type { Store } from '../state/store.ts';

export type NotebookStore = Store<typeof TABLE>;

interface Places {
  compare: RnnCompare;
  scatter: RnnScatter;
  accuracy: RnnCurves;
  loss: RnnCurves;
  training: RnnTraining;
  'slow-accuracy': RnnCurves;
  'slow-loss': RnnCurves;
  figure: RnnNetwork;
}

type Text =
  | 'refused'
  | 'notices'
  | 'shapes'
  | 'summary'
  | 'log'
  | 'evaluation'
  | 'band-state'
  | 'network-caption'
  | 'what-if'
  | 'what-if-hint'
  | 'what-if-text'
  | 'what-if-dropped'
  | 'undo'
  | 'run-all'
  | 'copy-all';

export const CELLS = ['data', 'scatter', 'model', 'compile', 'fit', 'evaluate', 'curves'] as const;

export function byId<Id extends keyof Places>(id: Id): Places[Id];
export function byId(id: Text): HTMLElement;
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

export function cell(name: string): RnnCell {
  const found = document.querySelector<RnnCell>(`rnn-cell[name="${name}"]`);
  if (!found) throw new Error(`the page has no cell ${name}`);
  return found;
}

/** Writes only what differs: a selection in the text survives. */
export function setText(id: Text, text: string): void {
  const place = byId(id);
  if (place.textContent !== text) place.textContent = text;
}

/** Shows a sentence, or hides the place when there is none. */
export function setNotice(id: Text, text: string): void {
  setText(id, text);
  byId(id).hidden = text === '';
}
