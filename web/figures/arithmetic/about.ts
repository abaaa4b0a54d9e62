/** The arithmetic of one unit at one time step. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const arithmetic: Figure = {
  selector: 'rnn-arithmetic',
  room: [1070, 1070, 1440],
  load: () => import('./feed.ts'),
  views: {
    arithmetic: {
      parts: ['#place', '#arithmetic'],
      controls: ['step', 'play', 'speed', 'sequence', 'pictures'],
      height: [1160, 1560, 2100],
      heights: {
        'cell=gru': [1340, 1720, 2330],
        'cell=lstm': [1360, 1610, 2190],
      },
      main: '#arithmetic',
      walks: 'time',
      name: translate('The arithmetic of one unit'),
    },
  },
  picture: () => ({
    name: 'arithmetic',
    title: translate('The arithmetic of one unit at one time step'),
    parts:
      '.notice, .head > label, .head > .aside, .gates, .formula, .line, .chain, .chain + .aside, .fall > svg, .bend',
    words: '.fall > svg, .bend > svg',
  }),
};
