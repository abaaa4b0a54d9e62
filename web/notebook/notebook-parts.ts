/** The places of the notebook that the code fills, by id, with their types. */

import type { RnnCell } from '../controls/rnn-cell.ts';
import type { RnnCompare } from '../figures/compare/element.ts';
import type { RnnCurves } from '../figures/curves/element.ts';
import type { RnnNetwork } from '../figures/network/element.ts';
import type { RnnScatter } from '../figures/scatter/element.ts';
import type { RnnTraining } from '../controls/rnn-training.ts';
import type { Outdated } from '../app/outdated.ts';
import { PagePartsOf } from '../app/page-parts.ts';
import type { TABLE } from '../state/notebook-state.ts';
import type { Store } from '../state/store.ts';

export type NotebookStore = Store<typeof TABLE>;
export type NotebookOutdated = Outdated<typeof TABLE, Parameters<PageParts['byId']>[0]>;

interface Parts {
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
  | 'slow-log'
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

export class PageParts extends PagePartsOf<Parts, Text> {
  cell(name: string): RnnCell {
    return this.first(`rnn-cell[name="${name}"]`) as RnnCell;
  }
}
