/** The places of the notebook that the code fills, by id, with their types. */

import type { RnnCell } from '../elements/rnn-cell.ts';
import type { RnnCompare } from '../elements/rnn-compare.ts';
import type { RnnCurves } from '../elements/rnn-curves.ts';
import type { RnnNetwork } from '../elements/rnn-network.ts';
import type { RnnScatter } from '../elements/rnn-scatter.ts';
import type { RnnTraining } from '../elements/rnn-training.ts';
import type { Outdated } from '../outdated.ts';
import { PagePartsOf } from '../page-parts.ts';
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
