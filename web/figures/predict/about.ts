/** A question about the network that the reader answers before the answer is shown. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const predict: Figure = {
  selector: 'rnn-predict',
  room: [121, 121, 144],
  load: () => import('./feed.ts'),
  views: {
    predict: {
      parts: ['#figure', '.predict'],
      controls: ['sequence', 'what-if'],
      height: [1420, 1580, 2160],
      heights: {
        'cell=gru': [1440, 1580, 2160],
        'cell=lstm': [1440, 1580, 2210],
      },
      main: '#figure',
      walks: 'time',
      name: translate('Predict, then reveal'),
    },
  },
};
