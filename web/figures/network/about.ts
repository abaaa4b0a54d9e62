/** The network over time, unrolled or folded. */

import { translate } from '../../shared/translate.ts';
import type { Figure } from '../definition.ts';

export const network: Figure = {
  selector: 'rnn-network',
  room: [940, 1060, 1530],
  load: () => import('./feed.ts'),
  views: {
    network: {
      parts: ['#place', '#figure'],
      controls: ['step', 'play', 'speed', 'sequence', 'what-if', 'pictures'],
      height: [1440, 1640, 2240],
      heights: {
        'cell=gru': [1440, 1640, 2280],
        'cell=lstm': [1440, 1640, 2330],
      },
      main: '#figure',
      walks: 'time',
      name: translate('The network over time'),
    },
  },
  picture: ({ fold = 0 }) => ({
    name: fold < 0.5 ? 'unrolled-network' : 'folded-network',
    title: fold < 0.5 ? translate('The network over time, unrolled') : translate('The network over time, folded'),
    parts: '.facts, .plot, .legend',
    words: '#description, .controls [aria-valuetext]:not(.fold *)',
    scrolls: '.frame',
  }),
};
