/** The shape of sequence data: samples × time steps × features. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const dataCube: Figure = {
  selector: 'rnn-data-cube',
  room: [260, 260, 260],
  load: () => import('./feed.ts'),
  picture: () => ({
    name: 'shape-of-the-data',
    title: translate('The shape of sequence data'),
    parts: '.plot, .shape',
    words: '.plot',
  }),
};
