/** The places of the lab that the code fills, by id, with their types. */

import type { RnnArithmetic } from '../figures/arithmetic/element.ts';
import type { RnnBackward } from '../figures/backward/element.ts';
import type { RnnCurves } from '../figures/curves/element.ts';
import type { RnnData } from '../figures/data/element.ts';
import type { RnnMany } from '../figures/many/element.ts';
import type { RnnNetwork } from '../figures/network/element.ts';
import type { RnnPredict } from '../figures/predict/element.ts';
import type { RnnSequence } from '../figures/sequence/element.ts';
import type { RnnTraining } from '../controls/rnn-training.ts';
import type { Outdated } from './outdated.ts';
import { PagePartsOf } from './page-parts.ts';
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
