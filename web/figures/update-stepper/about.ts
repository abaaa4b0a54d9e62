/** One update, part by part. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const updateStepper: Figure = {
  selector: '#slowly',
  room: [0, 0, 0],
  load: () => import('./feed.ts'),
  views: {
    slowly: {
      parts: ['#figure', '#slowly'],
      controls: ['sequence', 'pictures'],
      height: [1400, 1560, 2080],
      heights: {
        'cell=gru': [1440, 1570, 2120],
        'cell=lstm': [1440, 1570, 2170],
      },
      main: '#figure',
      walks: 'part of the update',
      name: translate('One update, slowly'),
    },
  },
};
