/** The places of the lab that the code fills, by id, with their types. */

import type { RnnArithmetic } from '../elements/rnn-arithmetic.ts';
import type { RnnBackward } from '../elements/rnn-backward.ts';
import type { RnnCurves } from '../elements/rnn-curves.ts';
import type { RnnData } from '../elements/rnn-data.ts';
import type { RnnMany } from '../elements/rnn-many.ts';
import type { RnnNetwork } from '../elements/rnn-network.ts';
import type { RnnPredict } from '../elements/rnn-predict.ts';
import type { RnnSequence } from '../elements/rnn-sequence.ts';
import type { RnnTraining } from '../elements/rnn-training.ts';
import type { Outdated } from '../outdated.ts';
import { PagePartsOf } from '../page-parts.ts';
import type { LabTable } from '../state/lab-state.ts';
import type { Store } from '../state/store.ts';

export type LabStore = Store<LabTable>;
export type LabOutdated = Outdated<LabTable, Parameters<PageParts['byId']>[0]>;

interface Parts {
  training: RnnTraining;
  metric: RnnCurves;
  loss: RnnCurves;
  figure: RnnNetwork;
  arithmetic: RnnArithmetic;
  data: RnnData;
  backward: RnnBackward;
  predict: RnnPredict;
  many: RnnMany;
  compare: HTMLSelectElement;
  'than-select': HTMLSelectElement;
  'metric-b': RnnCurves;
  'loss-b': RnnCurves;
  'figure-b': RnnNetwork;
  fields: HTMLDetailsElement;
  'slow-range': HTMLInputElement;
  by: HTMLSelectElement;
  sequence: RnnSequence;
  bring: HTMLDetailsElement;
  'bring-text': HTMLTextAreaElement;
  'bring-file': HTMLInputElement;
  'bring-kind': HTMLSelectElement;
  'bring-table': HTMLTableElement;
  weights: HTMLDetailsElement;
  'weights-file': HTMLInputElement;
  'many-progress': HTMLProgressElement;
  'figure-a': RnnNetwork;
}

type Text =
  | 'refused'
  | 'notices'
  | 'task-text'
  | 'task-chance'
  | 'task-solution'
  | 'offer'
  | 'offer-text'
  | 'offer-take'
  | 'caption'
  | 'diverged'
  | 'place'
  | 'what-if'
  | 'what-if-text'
  | 'what-if-dropped'
  | 'cut-offer'
  | 'cut-offer-text'
  | 'cut-offer-show'
  | 'undo'
  | 'weights-needed'
  | 'weights-wrong'
  | 'than-number'
  | 'than-choice'
  | 'than-a'
  | 'than-a-choice'
  | 'other'
  | 'other-caption'
  | 'needed'
  | 'bring-wrong'
  | 'bring-words'
  | 'bring-preview'
  | 'bring-kind-label'
  | 'bring-use'
  | 'bring-cancel'
  | 'changed'
  | 'changed-text'
  | 'changed-undo'
  | 'changed-limit'
  | 'a-place'
  | 'a-name'
  | 'b-name'
  | 'offer-b'
  | 'offer-b-text'
  | 'offer-b-take'
  | 'other-place'
  | 'take-wrong'
  | 'offer-stop'
  | 'many-run'
  | 'many-stop'
  | 'many-state'
  | 'slow-back'
  | 'slow-play'
  | 'slow-next';

export class PageParts extends PagePartsOf<Parts, Text> {}
