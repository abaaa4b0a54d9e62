/** Backpropagation through time, and the check of one gradient. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const backward: Figure = {
  selector: 'rnn-backward',
  room: [1120, 1120, 1600],
  load: () => import('./feed.ts'),
  views: {
    backward: {
      parts: ['#place', '#backward'],
      controls: ['step', 'play', 'speed', 'sequence', 'pictures'],
      height: [1480, 1580, 2220],
      heights: {
        'cell=lstm': [1540, 1580, 2220],
      },
      main: '#backward',
      walks: 'time, backward',
      name: translate('Backpropagation through time'),
    },
  },
  picture: () => ({
    name: 'backpropagation',
    title: translate('Backpropagation through time'),
    parts: '.notice, .facts, .plot, .legend',
    words: '.notice, #description, .controls [aria-valuetext]',
  }),
};
