/** One update, part by part. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const updateStepper: Figure = {
  selector: '#slowly',
  room: [0, 0, 0],
  load: () => import('./feed.ts'),
  views: {
    slowly: {
      parts: ['#figure', '#slow-dock'],
      controls: ['sequence', 'pictures'],
      height: [1270, 1390, 1860],
      heights: {
        'cell=gru': [1310, 1440, 1940],
        'cell=lstm': [1310, 1440, 1990],
      },
      main: '#figure',
      walks: 'part of the update',
      name: translate('One update, slowly'),
    },
  },
};
